//! What was charged, line by line.

use jiff::civil::Date;

use super::{Client, LONGEST_CLIENT, as_kept, name_in, parse_all};
use crate::import::identity::RowIdentity;
use crate::import::problem::BadFile;
use crate::said::FileKind;

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
    /// By whom, or [`super::TILL`].
    pub staff: String,
    /// Pieces; negative for a return.
    pub quantity: i64,
    /// Before tax, in cents; negative for redemptions and returns.
    pub amount_cents: i64,
    /// Federal and provincial tax together, in ten-thousandths of the currency unit (not rounded).
    pub tax_ten_thousandths: i64,
}

/// Reads the receipt lines.
pub fn read_receipts(bytes: &[u8]) -> Result<Vec<ReceiptRow>, BadFile> {
    parse_all(FileKind::Receipts, bytes, |row| {
        let federal = row.ten_thousandths("GST")?;
        Ok(ReceiptRow {
            receipt: row.required("Receipt")?.to_owned(),
            date: row.date("Date")?,
            description: as_kept(row.text("Description")),
            client: Client::parse(row.short("Client", LONGEST_CLIENT)?),
            staff: name_in(&row, "Staff")?,
            quantity: row.whole("Quantity")?,
            amount_cents: row.cents("Amount")?,
            tax_ten_thousandths: federal.saturating_add(row.ten_thousandths("PST")?),
            identity: row.identity,
        })
    })
}
