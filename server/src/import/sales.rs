//! What was charged, as sales history: every receipt line as it was, beside the visit it belongs to.

use std::collections::BTreeMap;

use shared::id::BookingId;

use super::Understanding;
use super::receipts::{Article, Sale, SaleKind};
use super::rows::Client;
use super::target::Target;
use crate::import::visits::visit::ClientDay;
use crate::said::ImportedSale;

/// The sales history, by date and client.
pub fn sales_history(files: &Understanding, target: &Target) -> Vec<ImportedSale> {
    let visits: BTreeMap<ClientDay, BookingId> = files
        .days
        .visits
        .iter()
        .filter(|visit| matches!(visit.client, Client::Known(_)))
        .map(|visit| ((visit.client.clone(), visit.date), BookingId(target.salon.id(visit.id))))
        .collect();
    let mut history: Vec<ImportedSale> = files
        .sales
        .iter()
        .flat_map(|(day, sales)| sales.iter().map(|sale| imported_sale(sale, visits.get(day).copied(), target)))
        .collect();
    history.sort_by_key(|sale| (sale.date, sale.id));
    history
}

fn imported_sale(sale: &Sale, booking: Option<BookingId>, target: &Target) -> ImportedSale {
    ImportedSale {
        id: target.salon.id(sale.row.identity.uuid()),
        place: sale.row.identity.place(),
        store: target.salon.store_id(),
        date: target.date(sale.row.date),
        receipt: sale.row.receipt.clone(),
        member: match &sale.row.client {
            Client::Known(code) => Some(target.salon.member_id(code)),
            Client::WalkIn | Client::Nameless => None,
        },
        booking,
        kind: kind_name(sale.kind),
        article: match &sale.article {
            Article::Service(text) | Article::Product(text) | Article::Unlisted(text) => text.clone(),
        },
        staff: sale.row.staff.clone(),
        as_booked: sale.as_booked,
        quantity: sale.row.quantity,
        amount_cents: sale.row.amount_cents,
        tax_ten_thousandths: sale.row.tax_ten_thousandths,
    }
}

fn kind_name(kind: SaleKind) -> &'static str {
    match kind {
        SaleKind::Service => "service",
        SaleKind::Product => "product",
        SaleKind::Card => "card",
        SaleKind::Redemption => "redemption",
        SaleKind::Return => "return",
    }
}
