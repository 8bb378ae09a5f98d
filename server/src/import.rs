//! Bringing a salon's past and promises in from its old system's CSV files.
//!
//! Reading and understanding are pure and come first, for all six files; only then is anything written, through commands like every
//! other change. So a bad file leaves no trace, and since ids follow from the rows a second run changes nothing.

pub mod bookings;
pub mod catalogue;
pub mod changes;
mod choice;
pub mod clock_time;
pub mod durations;
pub mod error;
pub mod files;
mod give;
pub mod identity;
pub mod known;
pub mod lanes;
pub mod plan;
pub mod problem;
pub mod receipts;
pub mod report;
pub mod roster;
pub mod rows;
pub mod run;
pub mod sales;
pub mod salon;
mod take_over;
pub mod target;
pub mod text;
pub mod visits;
pub mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::ToSpan;
use jiff::civil::Date;
use shared::money::Currency;
use shared::time::Timestamp;
use shared::zone::Zone;

use crate::import::visits::visit::{BookedDays, BookingLists, ClientDay};
use crate::said::FileKind;
use crate::zones::zone_between;

use problem::BadFile;
use receipts::Sale;
use report::{Fate, Report};
use roster::StaffWeek;
use rows::{Client, ProductRow, ReceiptRow, ServiceRow};
use words::Words;

pub use error::ImportError;

/// The zone of a salon of which nobody says where it is.
pub const SALON_ZONE: &str = "America/Vancouver";
/// What its prices are in.
pub const SALON_CURRENCY: Currency = Currency::CAD;

/// The six files as bytes, in the order of [`FileKind::ALL`].
#[derive(Debug, Clone, Default)]
pub struct SalonBytes {
    files: BTreeMap<FileKind, Vec<u8>>,
}

impl SalonBytes {
    /// Reads the files from a folder.
    ///
    /// # Errors
    /// When one is missing or cannot be read.
    pub fn read(folder: &Path) -> Result<Self, ImportError> {
        let mut salon = Self::default();
        for kind in FileKind::ALL {
            let file = kind.file_name();
            let bytes = std::fs::read(folder.join(file)).map_err(|source| ImportError::Unreadable { file, source })?;
            salon.put(kind, bytes);
        }
        Ok(salon)
    }

    /// Gives the content of one file.
    pub fn put(&mut self, kind: FileKind, bytes: Vec<u8>) {
        self.files.insert(kind, bytes);
    }

    fn of(&self, kind: FileKind) -> &[u8] {
        self.files.get(&kind).map_or(&[], Vec::as_slice)
    }
}

/// Everything the six files say, joined and accounted for. Nothing has been written yet.
#[derive(Debug)]
pub struct Understanding {
    /// The price list.
    pub services: Vec<ServiceRow>,
    /// Retail products; there is no place for them yet.
    pub products: Vec<ProductRow>,
    /// Everybody with a code, in order.
    pub clients: BTreeSet<String>,
    /// Visits, card sales and cancellations.
    pub days: BookedDays,
    /// Receipt lines by client and day.
    pub sales: BTreeMap<ClientDay, Vec<Sale>>,
    /// Week shifts as derived.
    pub roster: Vec<StaffWeek>,
    /// The first day that is not history, in the files' own calendar.
    pub today: Date,
    /// What became of each row so far.
    pub report: Report,
}

/// Reads and joins the six files. `today` splits history from promises, in the files' own calendar; without it, the day after
/// the last receipt does.
///
/// # Errors
/// The first file that is wrong, with line and reason.
pub fn understand(salon: &SalonBytes, today: Option<Date>) -> Result<Understanding, BadFile> {
    let bookings = rows::read_bookings(salon.of(FileKind::Bookings))?;
    let cancellations = rows::read_cancellations(salon.of(FileKind::Cancellations))?;
    let no_shows = rows::read_no_shows(salon.of(FileKind::NoShows))?;
    let receipts = rows::read_receipts(salon.of(FileKind::Receipts))?;
    let services = rows::read_services(salon.of(FileKind::Services))?;
    let products = rows::read_products(salon.of(FileKind::Products))?;
    let today = today.unwrap_or_else(|| day_after_last_receipt(&receipts));
    let mut report = Report::default();
    report.read(FileKind::Bookings, bookings.len());
    report.read(FileKind::Cancellations, cancellations.len());
    report.read(FileKind::NoShows, no_shows.len());
    report.read(FileKind::Receipts, receipts.len());
    report.read(FileKind::Services, services.len());
    report.read(FileKind::Products, products.len());
    for row in &services {
        report.settle(&row.identity, Fate::Imported(Words("项目", "service")));
    }
    for row in &products {
        report.settle(&row.identity, Fate::NotYet(Words("零售商品暂时没有位置", "retail products have no place yet")));
    }
    let clients = bookings
        .iter()
        .map(|row| &row.client)
        .chain(cancellations.iter().map(|row| &row.client))
        .chain(receipts.iter().map(|row| &row.client))
        .filter_map(|client| match client {
            Client::Known(code) => Some(code.clone()),
            Client::WalkIn | Client::Nameless => None,
        })
        .collect();
    let days = visits::join_bookings(
        &BookingLists {
            bookings: &bookings,
            no_shows: &no_shows,
            cancellations: &cancellations,
            charged: &receipts::charged_days(&receipts),
            services: &services.iter().map(|row| row.code.clone()).collect(),
            today,
        },
        &mut report,
    );
    let sales = receipts::join_receipts(receipts, &services, &products, &days, &mut report);
    let roster = roster::derive_roster(&days.visits, today);
    report.to_confirm = roster::describe(&roster);
    Ok(Understanding { services, products, clients, days, sales, roster, today, report })
}

/// Without a single receipt nothing has happened yet: everything is a promise.
fn day_after_last_receipt(receipts: &[ReceiptRow]) -> Date {
    receipts.iter().map(|row| row.date).max().map_or(Date::ZERO, |last| shifted(last, 1))
}

/// The table of a salon's zone: from before the oldest rows to beyond every horizon.
///
/// # Errors
/// When there is no such zone.
pub fn salon_zone(name: &str) -> Result<Zone, ImportError> {
    /// 2015-01-01T00:00Z
    const FROM: Timestamp = Timestamp(1_420_070_400_000);
    /// 2050-01-01T00:00Z
    const UNTIL: Timestamp = Timestamp(2_524_608_000_000);
    zone_between(name, FROM, UNTIL).ok_or_else(|| ImportError::NoZone(name.to_owned()))
}

/// The date in the salon at an instant.
fn current_date(zone: &Zone, now: Timestamp) -> Result<Date, ImportError> {
    let (year, month, day) = zone.local(now).0.ymd();
    let narrow = |number: u32| i8::try_from(number).ok();
    let date = || Date::new(i16::try_from(year).ok()?, narrow(month)?, narrow(day)?).ok();
    date().ok_or_else(|| ImportError::NoZone(zone.name.clone()))
}

/// How many days to add so that the data's `today` falls into the running week: whole weeks, so weekdays stay. The shifted today is
/// the current day or up to six days before it.
pub fn shift_days(data_today: Date, current: Date) -> i32 {
    let between = data_today.until(current).map_or(0, |span| span.get_days());
    between.div_euclid(7) * 7
}

/// A day moved by [`shift_days`]. A day off the calendar's end stays where it is.
pub fn shifted(day: Date, days: i32) -> Date {
    day.checked_add(days.days()).unwrap_or(day)
}

#[cfg(test)]
#[path = "import/import_tests.rs"]
mod tests;
