//! Bookings, no-shows and cancellations as visits: the rows of one client on one day are one visit with several lines.
//!
//! What the real files say (1 906 bookings): 1 652 client-days, 241 of them with 2–4 rows (230, 9 and 2), 175 with several staff, and
//! one row without a code. 16 rows at the till are card sales and no visits: 1 638 visits with 1 890 lines remain, 189 lines of them
//! promises. Every one of the 60 no-shows is exactly one booking row; (code, day, service, staff) is unique among the bookings.
//! Of 243 cancellations 31 (29 and 2 exact duplicates) match a booking that was made again; 212 have no time of day at all.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use uuid::Uuid;

use super::identity::{RowIdentity, import_id};
use super::receipts::ClientDay;
use super::report::{Fate, Report};
use super::rows::{BookingRow, CARD_SERVICE, CancellationRow, Client, NoShowRow, TILL, is_duplicate};

/// One visit of one client on one day.
#[derive(Debug, Clone)]
pub struct Visit {
    /// UUIDv5 of client and day; of the row itself where the client is nameless.
    pub id: Uuid,
    /// Who comes.
    pub client: Client,
    /// The day, in the store's local time.
    pub date: Date,
    /// At least one line, by start and then by position in the file.
    pub lines: Vec<VisitLine>,
    /// How it stands.
    pub outcome: Outcome,
}

/// One booked service within a visit.
#[derive(Debug, Clone)]
pub struct VisitLine {
    /// Which row it was; its UUID is the line's.
    pub identity: RowIdentity,
    /// The person, or `None` where the till stood in for a person to be found.
    pub staff: Option<String>,
    /// Service code.
    pub service: String,
    /// Local start in minutes from midnight.
    pub start_minute: u16,
    /// Whether the guest did not come.
    pub no_show: bool,
}

/// How a visit stands on the day of the import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Today or later: a promise already made.
    Promised,
    /// Past, and charged.
    Completed,
    /// Past, and the guest came for none of it.
    NoShow,
    /// Past, neither charged nor missed: nobody knows.
    Unresolved,
}

impl Visit {
    /// Local start of the first line in minutes from midnight.
    pub fn start_minute(&self) -> u16 {
        self.lines.iter().map(|line| line.start_minute).min().unwrap_or(0)
    }
}

/// The sale of a card, written among the bookings only because the till knows no other way.
#[derive(Debug, Clone)]
pub struct CardSale {
    /// Which row.
    pub identity: RowIdentity,
    /// Who bought it.
    pub client: Client,
    /// When.
    pub date: Date,
}

/// What was booked once, with everything known about it.
#[derive(Debug, Default)]
pub struct BookedDays {
    /// By day, start and id.
    pub visits: Vec<Visit>,
    /// Cards sold at the till.
    pub card_sales: Vec<CardSale>,
    /// Cancelled and not made again: the time of day is unknown and never invented.
    pub cancellations: Vec<CancellationRow>,
}

/// Client, day, service and staff: how the three lists name the same booking.
type BookingKey<'a> = (&'a str, Date, &'a str, &'a str);

/// The lists that name the same bookings, and what decides between them.
#[derive(Debug, Clone, Copy)]
pub struct BookingLists<'a> {
    /// All bookings.
    pub bookings: &'a [BookingRow],
    /// Those whose guest did not come.
    pub no_shows: &'a [NoShowRow],
    /// Those that were cancelled.
    pub cancellations: &'a [CancellationRow],
    /// Who was charged on which day.
    pub charged: &'a BTreeSet<ClientDay>,
    /// Codes of the price list.
    pub services: &'a BTreeSet<String>,
    /// The first day that is not history.
    pub today: Date,
}

const SOLD_CARD: Fate = Fate::Merged("sale of a 5+1 card at the till, kept as its receipt line");
const SOLD_CARD_UNCHARGED: Fate = Fate::NotYet("sale of a 5+1 card without a receipt: no amount to keep");
const VISIT_LINE: Fate = Fate::Imported("line of a visit");
const OPEN_LINE: Fate = Fate::Imported("line of a visit, no person named");
const UNRESOLVED: Fate = Fate::Attention("past, but neither charged nor missed");
const DUPLICATE: Fate = Fate::Merged("exact duplicate of another row");
const STRANGE_SERVICE: Fate = Fate::Rejected("service is not in the price list");
const MISSED: Fate = Fate::Merged("status of its booking");
const MISSED_BUT_CHARGED: Fate = Fate::Attention("status of its booking, yet charged on that day");
const NEVER_BOOKED: Fate = Fate::Rejected("no booking matches");
const MADE_AGAIN: Fate = Fate::Merged("the booking was made again and is kept");
const CANCELLED: Fate = Fate::Imported("cancelled visit, time of day unknown (history)");

/// Joins bookings, no-shows and cancellations, and accounts for every row of the three files.
pub fn join_bookings(lists: &BookingLists<'_>, report: &mut Report) -> BookedDays {
    let mut by_key: HashMap<BookingKey<'_>, Vec<Uuid>> = HashMap::new();
    for row in lists.bookings.iter().filter(|row| !is_duplicate(&row.identity, &row.client)) {
        by_key.entry(key_of(row)).or_default().push(row.identity.uuid());
    }
    let missed = match_no_shows(&by_key, lists, report);
    let mut days = BookedDays { cancellations: keep_unmade(&by_key, lists, report), ..BookedDays::default() };
    let mut visits: BTreeMap<Uuid, Visit> = BTreeMap::new();
    for row in lists.bookings {
        let no_show = missed.contains(&row.identity.uuid());
        let fate = booking_fate(row, no_show, lists);
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
    if visit.lines.iter().all(|line| line.no_show) {
        Outcome::NoShow
    } else if visit.date >= lists.today {
        Outcome::Promised
    } else if lists.charged.contains(&(visit.client.clone(), visit.date)) {
        Outcome::Completed
    } else {
        Outcome::Unresolved
    }
}

fn key_of(row: &BookingRow) -> BookingKey<'_> {
    (row.client.code(), row.date, &row.service, &row.staff)
}

fn booking_fate(row: &BookingRow, no_show: bool, lists: &BookingLists<'_>) -> Fate {
    let charged = || lists.charged.contains(&(row.client.clone(), row.date));
    if is_duplicate(&row.identity, &row.client) {
        DUPLICATE
    } else if !lists.services.contains(&row.service) {
        STRANGE_SERVICE
    } else if row.staff == TILL && row.service == CARD_SERVICE {
        if charged() { SOLD_CARD } else { SOLD_CARD_UNCHARGED }
    } else if row.date < lists.today && !no_show && !charged() {
        UNRESOLVED
    } else if row.staff == TILL {
        OPEN_LINE
    } else {
        // Three card rows name a person: the blow-dry that came with the card took that person's time.
        VISIT_LINE
    }
}

/// Ids of the bookings whose guest did not come.
fn match_no_shows(by_key: &HashMap<BookingKey<'_>, Vec<Uuid>>, lists: &BookingLists<'_>, report: &mut Report) -> BTreeSet<Uuid> {
    let mut missed = BTreeSet::new();
    for row in lists.no_shows {
        let key = (row.client.code(), row.date, row.service.as_str(), row.staff.as_str());
        let next = by_key.get(&key).and_then(|booked| booked.iter().find(|id| !missed.contains(*id)));
        let fate = match next {
            _ if is_duplicate(&row.identity, &row.client) => DUPLICATE,
            Some(booked) => {
                missed.insert(*booked);
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
fn keep_unmade(by_key: &HashMap<BookingKey<'_>, Vec<Uuid>>, lists: &BookingLists<'_>, report: &mut Report) -> Vec<CancellationRow> {
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

/// One sentence for a person, when the fate asks for one.
fn note(report: &mut Report, fate: Fate, client: &Client, date: Date, service: &str) {
    if let Fate::Attention(words) = fate {
        let code = client.code();
        report.attention.push(format!("{date} {code} {service}: {words}"));
    }
}

fn card_sale(row: &BookingRow) -> CardSale {
    CardSale { identity: row.identity.clone(), client: row.client.clone(), date: row.date }
}

fn add_line(visits: &mut BTreeMap<Uuid, Visit>, row: &BookingRow, no_show: bool) {
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
