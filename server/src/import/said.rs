//! What an import said about one thing: kept, and compared with what the next one says.

use serde::{Deserialize, Serialize};
use shared::command::ImportVisit;
use shared::id::BookingId;

use crate::import::rows::ServiceRow;
use crate::import::sales::ImportedSale;

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

impl ServiceFacts {
    /// The facts of a row.
    pub fn of(row: &ServiceRow) -> Self {
        let (description, category) = (row.description.clone(), row.category.clone());
        Self { active: row.active, description, category, price_cents: row.price_cents }
    }
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
