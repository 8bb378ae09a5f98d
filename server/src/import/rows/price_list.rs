//! What the salon sells: services and retail products.

use std::collections::BTreeSet;

use super::{LONGEST_NAME, as_kept, name_in, parse_all};
use crate::import::files::read_rows;
use crate::import::identity::RowIdentity;
use crate::import::problem::{BadFile, Problem};
use crate::said::FileKind;

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

/// Reads the price list; one code may not stand twice.
pub fn read_services(bytes: &[u8]) -> Result<Vec<ServiceRow>, BadFile> {
    let mut seen = BTreeSet::new();
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
            description: as_kept(row.short("Desc", LONGEST_NAME)?),
            category: as_kept(row.text("Cate")),
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
            description: as_kept(row.text("Description")),
            price_cents: row.cents("Price")?,
            on_hand: row.whole("On Hand")?,
            identity: row.identity,
        })
    })
}
