//! Bookings, no-shows and cancellations as visits: the rows of one client on one day are one visit with several lines.
//!
//! What the real files say (1 906 bookings): 1 652 client-days, 241 of them with 2–4 rows (230, 9 and 2), 175 with several staff, and
//! one row without a code. 16 rows at the till are card sales and no visits: 1 638 visits with 1 890 lines remain, 189 lines of them
//! promises. Every one of the 60 no-shows is exactly one booking row; (code, day, service, staff) is unique among the bookings.
//! Of 243 cancellations 31 (29 and 2 exact duplicates) match a booking that was made again; 212 have no time of day at all.

mod fates;
mod matched;
pub mod visit;

use std::collections::BTreeMap;

use uuid::Uuid;

use super::identity::import_id;
use super::report::{Fate, Report};
use super::rows::{BookingRow, Client, TILL};
use crate::import::visits::visit::{BookedDays, BookingLists, CardSale, Outcome, Visit, VisitLine};

use fates::{SOLD_CARD, SOLD_CARD_UNCHARGED, booking_fate, note};
use matched::{by_key, keep_unmade, match_no_shows};

/// Joins bookings, no-shows and cancellations, and accounts for every row of the three files.
pub fn join_bookings(lists: &BookingLists<'_>, report: &mut Report) -> BookedDays {
    let by_key = by_key(lists.bookings);
    let missed = match_no_shows(&by_key, lists, report);
    let mut days = BookedDays { cancellations: keep_unmade(&by_key, lists, report), ..BookedDays::default() };
    let mut visits: BTreeMap<Uuid, Visit> = BTreeMap::new();
    for row in lists.bookings {
        let no_show = missed.get(&row.identity.uuid()).copied();
        let fate = booking_fate(row, no_show.is_some(), lists);
        note(report, fate, &row.client, row.date, &row.service);
        report.settle(&row.identity, fate);
        if fate == SOLD_CARD || fate == SOLD_CARD_UNCHARGED {
            days.card_sales.push(card_sale(row));
        } else if matches!(fate, Fate::Imported(_) | Fate::Attention(_)) {
            add_line(&mut visits, row, no_show);
        }
    }
    days.visits = visits.into_values().collect();
    for visit in &mut days.visits {
        visit.lines.sort_by_key(|line| (line.start_minute, line.identity.uuid()));
        visit.outcome = outcome_of(visit, lists);
    }
    days.visits.sort_by_key(|visit| (visit.date, visit.start_minute(), visit.id));
    days
}

fn outcome_of(visit: &Visit, lists: &BookingLists<'_>) -> Outcome {
    if visit.lines.iter().all(|line| line.no_show.is_some()) {
        Outcome::NoShow
    } else if visit.date >= lists.today {
        Outcome::Promised
    } else if lists.charged.contains(&(visit.client.clone(), visit.date)) {
        Outcome::Completed
    } else {
        Outcome::Unresolved
    }
}

fn card_sale(row: &BookingRow) -> CardSale {
    CardSale { identity: row.identity.clone(), client: row.client.clone(), date: row.date }
}

fn add_line(visits: &mut BTreeMap<Uuid, Visit>, row: &BookingRow, no_show: Option<u64>) {
    let id = match &row.client {
        Client::Known(code) => import_id("visit", &[code, &row.date.to_string()], 0),
        // Guests without a code are not known to be one person: each row is a visit.
        Client::WalkIn | Client::Nameless => import_id("visit", &[&row.identity.key], row.identity.occurrence),
    };
    let visit = visits.entry(id).or_insert_with(|| Visit {
        id,
        client: row.client.clone(),
        date: row.date,
        lines: Vec::new(),
        outcome: Outcome::Promised,
    });
    visit.lines.push(VisitLine {
        identity: row.identity.clone(),
        staff: (row.staff != TILL).then(|| row.staff.clone()),
        service: row.service.clone(),
        start_minute: row.minute,
        no_show,
    });
}

#[cfg(test)]
#[path = "visits_tests.rs"]
mod tests;
