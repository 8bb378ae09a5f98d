//! What the lists of bookings say, joined.

use std::collections::BTreeSet;

use jiff::civil::Date;
use uuid::Uuid;

use crate::import::identity::RowIdentity;
use crate::import::rows::{BookingRow, CancellationRow, Client, NoShowRow};

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
    /// The line of the report of no-shows, where the guest did not come.
    pub no_show: Option<u64>,
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

/// Client and day: what joins receipts to visits.
pub type ClientDay = (Client, Date);
