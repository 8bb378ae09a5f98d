//! The rows of the six files as typed facts. Nothing is interpreted here, only parsed.

use jiff::civil::Date;

use super::clock_time::parse_minute;
use super::files::{Row, read_rows};
use super::identity::{FileKind, RowIdentity};
use super::problem::{BadFile, Problem};

/// The staff name that means the till, not a person.
pub const TILL: &str = "HOUSE";

/// The service whose rows at the till are sales of a card of five blow-dries and one free.
pub const CARD_SERVICE: &str = "SBD5+1";

/// Most characters of a client's code, which becomes the member's name.
const LONGEST_CLIENT: usize = 40;

/// Most characters of the name of a service or a person.
const LONGEST_NAME: usize = 80;

/// Whose row it is. Codes are opaque: no name and no phone can be read from them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Client {
    /// A client with a code.
    Known(String),
    /// The shared code of people who were not booked: many guests, never one member.
    WalkIn,
    /// The row gives no code.
    Nameless,
}

impl Client {
    fn parse(code: &str) -> Self {
        match code {
            "" => Client::Nameless,
            "WALK_IN" => Client::WalkIn,
            code => Client::Known(code.to_owned()),
        }
    }

    /// The code as the files write it.
    pub fn code(&self) -> &str {
        match self {
            Client::Known(code) => code,
            Client::WalkIn => "WALK_IN",
            Client::Nameless => "",
        }
    }
}

/// Whether a row only says again what another one said. One client is not in two equal places at once; two guests whose names
/// nobody wrote down may be.
pub fn is_duplicate(identity: &RowIdentity, client: &Client) -> bool {
    identity.repetition > 0 && matches!(client, Client::Known(_))
}

/// One booked service of one client.
#[derive(Debug, Clone)]
pub struct BookingRow {
    /// Which row.
    pub identity: RowIdentity,
    /// For whom.
    pub client: Client,
    /// Staff name, or [`TILL`].
    pub staff: String,
    /// Service code.
    pub service: String,
    /// Local day.
    pub date: Date,
    /// Local start in minutes from midnight, 0–1439.
    pub minute: u16,
}

/// One cancelled service; its time of day is not recorded.
#[derive(Debug, Clone)]
pub struct CancellationRow {
    /// Which row.
    pub identity: RowIdentity,
    /// For whom it was booked.
    pub client: Client,
    /// Staff name.
    pub staff: String,
    /// Service code.
    pub service: String,
    /// The day it was booked for.
    pub booked_for: Date,
    /// The day it was cancelled.
    pub cancelled_on: Date,
    /// Who entered the cancellation.
    pub cancelled_by: String,
}

impl CancellationRow {
    /// The person it was booked with, or `None` for the till.
    pub fn person(&self) -> Option<&str> {
        (self.staff != TILL).then_some(self.staff.as_str())
    }
}

/// One service whose guest did not come.
#[derive(Debug, Clone)]
pub struct NoShowRow {
    /// Which row.
    pub identity: RowIdentity,
    /// Who did not come.
    pub client: Client,
    /// Staff name.
    pub staff: String,
    /// Service code.
    pub service: String,
    /// Local day.
    pub date: Date,
}

/// One charged line. Taxes come on top of the amount.
#[derive(Debug, Clone)]
pub struct ReceiptRow {
    /// Which row.
    pub identity: RowIdentity,
    /// Receipt number as printed; families share one.
    pub receipt: String,
    /// Local day.
    pub date: Date,
    /// What was sold, in words; may be empty.
    pub description: String,
    /// To whom.
    pub client: Client,
    /// By whom, or [`TILL`].
    pub staff: String,
    /// Pieces; negative for a return.
    pub quantity: i64,
    /// Before tax, in cents; negative for redemptions and returns.
    pub amount_cents: i64,
    /// Federal and provincial tax together, in ten-thousandths of the currency unit (not rounded).
    pub tax_ten_thousandths: i64,
}

/// One service of the price list.
#[derive(Debug, Clone)]
pub struct ServiceRow {
    /// Which row.
    pub identity: RowIdentity,
    /// Whether it is still sold.
    pub active: bool,
    /// Service code.
    pub code: String,
    /// Name; may be empty.
    pub description: String,
    /// Category in the salon's words.
    pub category: String,
    /// Price before tax; `None` (written 0) means on consultation.
    pub price_cents: Option<i64>,
}

/// One retail product.
#[derive(Debug, Clone)]
pub struct ProductRow {
    /// Which row.
    pub identity: RowIdentity,
    /// Product code.
    pub code: String,
    /// Name; may be empty.
    pub description: String,
    /// Price before tax.
    pub price_cents: i64,
    /// Pieces on the shelf; may be negative after miscounting.
    pub on_hand: i64,
}

fn parse_all<T>(kind: FileKind, bytes: &[u8], parse: impl Fn(Row) -> Result<T, BadFile>) -> Result<Vec<T>, BadFile> {
    read_rows(kind, bytes)?.into_iter().map(parse).collect()
}

/// What becomes a name: neither empty nor too long.
fn name_in(row: &Row, column: &str) -> Result<String, BadFile> {
    row.required(column)?;
    Ok(row.short(column, LONGEST_NAME)?.to_owned())
}

/// Reads the bookings; the two notations of the time must agree.
pub fn read_bookings(bytes: &[u8]) -> Result<Vec<BookingRow>, BadFile> {
    parse_all(FileKind::Bookings, bytes, |row| {
        Ok(BookingRow {
            client: Client::parse(row.short("Code", LONGEST_CLIENT)?),
            staff: name_in(&row, "Staff")?,
            service: row.required("Service")?.to_owned(),
            date: row.date("Date")?,
            minute: booked_minute(&row)?,
            identity: row.identity,
        })
    })
}

fn booked_minute(row: &Row) -> Result<u16, BadFile> {
    let text = row.required("Time")?;
    let minute = parse_minute(text).ok_or_else(|| row.refuse(Problem::NotTime { column: "Time".to_owned(), value: text.to_owned() }))?;
    let given = row.whole("TimeInt")?;
    if i64::from(minute) != given {
        return Err(row.refuse(Problem::TwoTimes { minute, given }));
    }
    Ok(minute)
}

/// Reads the cancellations.
pub fn read_cancellations(bytes: &[u8]) -> Result<Vec<CancellationRow>, BadFile> {
    parse_all(FileKind::Cancellations, bytes, |row| {
        Ok(CancellationRow {
            client: Client::parse(row.short("Code", LONGEST_CLIENT)?),
            staff: name_in(&row, "Staff")?,
            service: row.required("Service")?.to_owned(),
            booked_for: row.date("Booking Date")?,
            cancelled_on: row.date("Cancel Date")?,
            cancelled_by: row.text("Canceled By").to_owned(),
            identity: row.identity,
        })
    })
}

/// Reads the no-shows.
pub fn read_no_shows(bytes: &[u8]) -> Result<Vec<NoShowRow>, BadFile> {
    parse_all(FileKind::NoShows, bytes, |row| {
        Ok(NoShowRow {
            client: Client::parse(row.short("Code", LONGEST_CLIENT)?),
            staff: name_in(&row, "Staff")?,
            service: row.required("Service")?.to_owned(),
            date: row.date("Date")?,
            identity: row.identity,
        })
    })
}

/// Reads the receipt lines.
pub fn read_receipts(bytes: &[u8]) -> Result<Vec<ReceiptRow>, BadFile> {
    parse_all(FileKind::Receipts, bytes, |row| {
        let federal = row.ten_thousandths("GST")?;
        Ok(ReceiptRow {
            receipt: row.required("Receipt")?.to_owned(),
            date: row.date("Date")?,
            description: row.text("Description").to_owned(),
            client: Client::parse(row.short("Client", LONGEST_CLIENT)?),
            staff: name_in(&row, "Staff")?,
            quantity: row.whole("Quantity")?,
            amount_cents: row.cents("Amount")?,
            tax_ten_thousandths: federal.saturating_add(row.ten_thousandths("PST")?),
            identity: row.identity,
        })
    })
}

/// Reads the price list; one code may not stand twice.
pub fn read_services(bytes: &[u8]) -> Result<Vec<ServiceRow>, BadFile> {
    let mut seen = std::collections::BTreeSet::new();
    let mut services = Vec::new();
    for row in read_rows(FileKind::Services, bytes)? {
        let code = name_in(&row, "Code")?;
        if !seen.insert(code.clone()) {
            return Err(row.refuse(Problem::DoubleService { code }));
        }
        let price = row.cents("Price")?;
        if price < 0 {
            return Err(row.refuse(Problem::Negative { column: "Price".to_owned(), value: row.text("Price").to_owned() }));
        }
        services.push(ServiceRow {
            active: row.flag("IsActive")?,
            code,
            description: row.short("Desc", LONGEST_NAME)?.to_owned(),
            category: row.text("Cate").to_owned(),
            price_cents: (price > 0).then_some(price),
            identity: row.identity,
        });
    }
    Ok(services)
}

/// Reads the products.
pub fn read_products(bytes: &[u8]) -> Result<Vec<ProductRow>, BadFile> {
    parse_all(FileKind::Products, bytes, |row| {
        Ok(ProductRow {
            code: row.required("Code")?.to_owned(),
            description: row.text("Description").to_owned(),
            price_cents: row.cents("Price")?,
            on_hand: row.whole("On Hand")?,
            identity: row.identity,
        })
    })
}

#[cfg(test)]
#[path = "rows_tests.rs"]
mod tests;
