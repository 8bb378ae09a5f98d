//! What an import said about one thing: kept, and compared with what the next one says.

use serde::{Deserialize, Serialize};
use shared::command::ImportVisit;
use shared::id::{BookingId, MemberId, StoreId};
use shared::time::LocalDate;
use uuid::Uuid;

/// What an import said about one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// A row of the price list.
    Service(ServiceFacts),
    /// A visit.
    Visit(ImportVisit),
}

/// What a row of the price list says beside its code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceFacts {
    /// Whether it is still sold.
    pub active: bool,
    /// Name; may be empty.
    pub description: String,
    /// Category in the salon's words.
    pub category: String,
    /// Price before tax; `None` is on consultation.
    pub price_cents: Option<i64>,
}

/// What a receipt line says beside its key, and what was made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaleFacts {
    /// Pieces.
    pub quantity: i64,
    /// Before tax, in cents.
    pub amount_cents: i64,
    /// Tax in ten-thousandths of the currency unit.
    pub tax_ten_thousandths: i64,
    /// Kind of sale.
    pub kind: String,
    /// Code of what was sold, or the words on the receipt.
    pub article: String,
    /// Whether the buyer was booked for it on this day.
    pub as_booked: bool,
    /// The buyer's visit on that day.
    pub booking: Option<BookingId>,
}

impl SaleFacts {
    /// The facts of a line.
    pub fn of(sale: &ImportedSale) -> Self {
        Self {
            quantity: sale.quantity,
            amount_cents: sale.amount_cents,
            tax_ten_thousandths: sale.tax_ten_thousandths,
            kind: sale.kind.to_owned(),
            article: sale.article.clone(),
            as_booked: sale.as_booked,
            booking: sale.booking,
        }
    }
}

/// One line of the sales history. Amounts are before tax; tax came on top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedSale {
    /// UUIDv5 of the row.
    pub id: Uuid,
    /// Where it stands in the files.
    pub place: Place,
    /// Store.
    pub store: StoreId,
    /// Local date.
    pub date: LocalDate,
    /// Receipt number as printed; families share one.
    pub receipt: String,
    /// The buyer; `None` for guests.
    pub member: Option<MemberId>,
    /// The buyer's visit on that day, where there is one.
    pub booking: Option<BookingId>,
    /// `service`, `product`, `card`, `redemption` or `return`.
    pub kind: &'static str,
    /// Code of the service or product, or the words on the receipt.
    pub article: String,
    /// Staff name as in the files; `HOUSE` is the till.
    pub staff: String,
    /// Whether the buyer was booked for this service on this day.
    pub as_booked: bool,
    /// Pieces.
    pub quantity: i64,
    /// Before tax, in cents.
    pub amount_cents: i64,
    /// Tax in ten-thousandths of the currency unit, not rounded.
    pub tax_ten_thousandths: i64,
}

/// The six files a salon hands over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// All appointments, past and future, with date and time.
    Bookings,
    /// Cancelled appointments: date, but no time of day.
    Cancellations,
    /// Guests who did not come: each is one of the bookings.
    NoShows,
    /// What was charged, line by line.
    Receipts,
    /// The services with their prices.
    Services,
    /// Retail products with stock.
    Products,
}

impl FileKind {
    /// Every kind, in the order in which the report lists them.
    pub const ALL: [FileKind; 6] =
        [FileKind::Bookings, FileKind::Cancellations, FileKind::NoShows, FileKind::Receipts, FileKind::Services, FileKind::Products];

    /// The file's name inside the salon's folder.
    pub const fn file_name(self) -> &'static str {
        match self {
            FileKind::Bookings => "future-bookings.csv",
            FileKind::Cancellations => "client-cancellations.csv",
            FileKind::NoShows => "no-show-report.csv",
            FileKind::Receipts => "receipt-transactions.csv",
            FileKind::Services => "service-listing.csv",
            FileKind::Products => "product-listing.csv",
        }
    }

    /// The columns an import needs; more are welcome and ignored.
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            FileKind::Bookings => &["Code", "Staff", "Service", "Date", "Time", "TimeInt"],
            FileKind::Cancellations => &["Cancel Date", "Code", "Service", "Staff", "Booking Date", "Canceled By", "Days"],
            FileKind::NoShows => &["Date", "Code", "Service", "Staff"],
            FileKind::Receipts => &["Receipt", "Date", "Description", "Client", "Staff", "Quantity", "Amount", "GST", "PST"],
            FileKind::Services => &["IsActive", "Code", "Desc", "Cate", "Price", "Cost"],
            FileKind::Products => &["IsActive", "Code", "Description", "Price", "On Hand"],
        }
    }

    /// The columns that say which row it is: whom, with whom, what, when.
    pub const fn key_columns(self) -> &'static [&'static str] {
        match self {
            FileKind::Bookings => &["Code", "Staff", "Service", "Date", "TimeInt"],
            FileKind::Cancellations => &["Code", "Staff", "Service", "Booking Date"],
            FileKind::NoShows => &["Code", "Staff", "Service", "Date"],
            FileKind::Receipts => &["Client", "Staff", "Description", "Date", "Receipt"],
            FileKind::Services | FileKind::Products => &["Code"],
        }
    }
}

/// Where something is said, for people with the file open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub kind: FileKind,
    /// Line counted from 1; `None` where the file does not say it any more.
    pub line: Option<u64>,
}
