//! The rows of the six files as typed facts. Nothing is interpreted here, only parsed.

mod booked;
mod price_list;
mod receipts;

use shared::text::clean_line;

use super::files::{Row, read_rows};
use super::identity::RowIdentity;
use super::problem::BadFile;
use crate::said::FileKind;
use crate::text::composed;

pub use booked::{BookingRow, CancellationRow, NoShowRow, read_bookings, read_cancellations, read_no_shows};
pub use price_list::{ProductRow, ServiceRow, read_products, read_services};
pub use receipts::{ReceiptRow, read_receipts};

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

fn parse_all<T>(kind: FileKind, bytes: &[u8], parse: impl Fn(Row) -> Result<T, BadFile>) -> Result<Vec<T>, BadFile> {
    read_rows(kind, bytes)?.into_iter().map(parse).collect()
}

/// A text as the product keeps it: what is compared with a record later is written like the record.
pub fn as_kept(text: &str) -> String {
    clean_line(&composed(text))
}

/// What becomes a name: neither empty nor too long.
fn name_in(row: &Row, column: &str) -> Result<String, BadFile> {
    row.required(column)?;
    Ok(row.short(column, LONGEST_NAME)?.to_owned())
}

#[cfg(test)]
#[path = "rows_tests.rs"]
mod tests;
