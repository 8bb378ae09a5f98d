//! No-shows and cancellations, matched with the bookings that they name.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use uuid::Uuid;

use super::fates::{CANCELLED, DUPLICATE, MADE_AGAIN, MISSED, MISSED_BUT_CHARGED, NEVER_BOOKED, STRANGE_SERVICE, note};
use crate::import::report::Report;
use crate::import::rows::{BookingRow, CancellationRow, is_duplicate};
use crate::import::visits::visit::BookingLists;

/// Client, day, service and staff: how the three lists name the same booking.
type BookingKey<'a> = (&'a str, Date, &'a str, &'a str);

/// Bookings by what names them.
pub(super) type Booked<'a> = HashMap<BookingKey<'a>, Vec<Uuid>>;

/// All bookings but the duplicates.
pub(super) fn by_key(bookings: &[BookingRow]) -> Booked<'_> {
    let mut by_key = Booked::new();
    for row in bookings.iter().filter(|row| !is_duplicate(&row.identity, &row.client)) {
        by_key.entry((row.client.code(), row.date, &row.service, &row.staff)).or_default().push(row.identity.uuid());
    }
    by_key
}

/// Ids of the bookings whose guest did not come, each with its line in the report of no-shows.
pub(super) fn match_no_shows(by_key: &Booked<'_>, lists: &BookingLists<'_>, report: &mut Report) -> BTreeMap<Uuid, u64> {
    let mut missed = BTreeMap::new();
    for row in lists.no_shows {
        let key = (row.client.code(), row.date, row.service.as_str(), row.staff.as_str());
        let next = by_key.get(&key).and_then(|booked| booked.iter().find(|id| !missed.contains_key(*id)));
        let fate = match next {
            _ if is_duplicate(&row.identity, &row.client) => DUPLICATE,
            Some(booked) => {
                missed.insert(*booked, row.identity.line);
                if lists.charged.contains(&(row.client.clone(), row.date)) { MISSED_BUT_CHARGED } else { MISSED }
            }
            None => NEVER_BOOKED,
        };
        note(report, fate, &row.client, row.date, &row.service);
        report.settle(&row.identity, fate);
    }
    missed
}

/// The cancellations that no later booking replaced.
pub(super) fn keep_unmade(by_key: &Booked<'_>, lists: &BookingLists<'_>, report: &mut Report) -> Vec<CancellationRow> {
    let fate_of = |row: &CancellationRow| {
        let key = (row.client.code(), row.booked_for, row.service.as_str(), row.staff.as_str());
        match by_key.get(&key) {
            _ if is_duplicate(&row.identity, &row.client) => DUPLICATE,
            _ if !lists.services.contains(&row.service) => STRANGE_SERVICE,
            Some(_) => MADE_AGAIN,
            None => CANCELLED,
        }
    };
    let mut kept = Vec::new();
    for row in lists.cancellations {
        let fate = fate_of(row);
        report.settle(&row.identity, fate);
        if fate == CANCELLED {
            kept.push(row.clone());
        }
    }
    kept
}
