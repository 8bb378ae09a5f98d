//! What was charged, joined to the visits by client and day.
//!
//! In the real files all 1 434 client-days with receipts of a known client have bookings on that day, so the join is sound: 1 897
//! lines (1 896 and 1 exact duplicate); 37 more lines on 29 receipts are `WALK_IN`, many guests. Of the 1 757 service lines of known
//! clients 99 were not booked on that day as that service (71 lines are negative: cards and credits redeemed, one return): booked
//! and performed are both kept.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::report::{Fate, Report};
use super::rows::{CARD_SERVICE, Client, ProductRow, ReceiptRow, ServiceRow, is_duplicate};
use super::words::{Sentence, Words};
use crate::import::visits::visit::{BookedDays, ClientDay};

/// What a receipt line is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Article {
    /// A service of the price list, by code.
    Service(String),
    /// A product, by code.
    Product(String),
    /// Words that are in neither list, or none.
    Unlisted(String),
}

/// What kind of sale a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SaleKind {
    /// A service was performed.
    Service,
    /// A product was sold.
    Product,
    /// A card was sold.
    Card,
    /// A card or credit paid for something: a negative amount.
    Redemption,
    /// A product came back: a negative quantity.
    Return,
}

/// One receipt line, understood.
#[derive(Debug, Clone)]
pub struct Sale {
    /// The row as it was.
    pub row: ReceiptRow,
    /// What it is about.
    pub article: Article,
    /// What kind of sale.
    pub kind: SaleKind,
    /// True when this client was booked for this service on this day.
    pub as_booked: bool,
}

/// Who was charged on which day.
pub fn charged_days(receipts: &[ReceiptRow]) -> BTreeSet<ClientDay> {
    receipts.iter().map(|row| (row.client.clone(), row.date)).collect()
}

/// Understands every receipt line and accounts for it. Sales by client and day, walk-in guests under [`Client::WalkIn`].
pub fn join_receipts(
    receipts: Vec<ReceiptRow>,
    services: &[ServiceRow],
    products: &[ProductRow],
    days: &BookedDays,
    report: &mut Report,
) -> BTreeMap<ClientDay, Vec<Sale>> {
    let articles = article_names(services, products);
    let booked = booked_services(days);
    let mut sales: BTreeMap<ClientDay, Vec<Sale>> = BTreeMap::new();
    for row in receipts {
        let day = (row.client.clone(), row.date);
        let fate = receipt_fate(&row, booked.contains_key(&day));
        report.settle(&row.identity, fate);
        if let Fate::Attention(Words(zh, en)) = fate {
            let (date, code, receipt) = (row.date, row.client.code(), &row.receipt);
            let chinese = format!("{date} {code} 小票 {receipt}：{zh}");
            report.attention.push(Sentence::new(chinese, format!("{date} {code} receipt {receipt}: {en}")));
        }
        if matches!(fate, Fate::Merged(_)) {
            continue;
        }
        let article =
            articles.get(row.description.to_lowercase().as_str()).cloned().unwrap_or_else(|| Article::Unlisted(row.description.clone()));
        let as_booked = match (&article, booked.get(&day)) {
            (Article::Service(code), Some(codes)) => codes.contains(code.as_str()),
            _ => false,
        };
        let kind = kind_of(&row, &article);
        sales.entry(day).or_default().push(Sale { row, article, kind, as_booked });
    }
    sales
}

fn receipt_fate(row: &ReceiptRow, booked_that_day: bool) -> Fate {
    if is_duplicate(&row.identity, &row.client) {
        return Fate::Merged(Words("与另一行完全重复", "exact duplicate of another row"));
    }
    match row.client {
        Client::WalkIn => Fate::Imported(Words("卖给未预约的散客（历史）", "sale to a guest without a booking (history)")),
        _ if booked_that_day => Fate::Imported(Words("到店当天收款（历史）", "charged on the day of a visit (history)")),
        _ => Fate::Attention(Words("收款当天没有预约（历史）", "charged on a day without a booking (history)")),
    }
}

fn article_names(services: &[ServiceRow], products: &[ProductRow]) -> HashMap<String, Article> {
    let products = products.iter().map(|row| (&row.description, Article::Product(row.code.clone())));
    let services = services.iter().map(|row| (&row.description, Article::Service(row.code.clone())));
    products.chain(services).filter(|(name, _)| !name.is_empty()).map(|(name, article)| (name.to_lowercase(), article)).collect()
}

fn booked_services(days: &BookedDays) -> BTreeMap<ClientDay, BTreeSet<&str>> {
    let mut booked: BTreeMap<ClientDay, BTreeSet<&str>> = BTreeMap::new();
    for visit in &days.visits {
        let codes = booked.entry((visit.client.clone(), visit.date)).or_default();
        codes.extend(visit.lines.iter().map(|line| line.service.as_str()));
    }
    for sale in &days.card_sales {
        let codes = booked.entry((sale.client.clone(), sale.date)).or_default();
        codes.insert(CARD_SERVICE);
    }
    booked
}

fn kind_of(row: &ReceiptRow, article: &Article) -> SaleKind {
    match article {
        _ if row.quantity < 0 => SaleKind::Return,
        _ if row.amount_cents < 0 => SaleKind::Redemption,
        Article::Service(code) if code == CARD_SERVICE => SaleKind::Card,
        Article::Service(_) => SaleKind::Service,
        Article::Product(_) | Article::Unlisted(_) => SaleKind::Product,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::rows::{read_products, read_receipts, read_services};
    use crate::said::FileKind;

    const RECEIPTS: &str = "\
Receipt,Date,Description,Client,Staff,Quantity,Amount,GST,PST
1,05/01/2018,Cut,MEIA01,ANNA,1,82,4.1,6.56
1,05/01/2018,Wax,MEIA01,ANNA,1,20.5,1.025,1.64
1,05/01/2018,Wax,MEIA01,ANNA,1,20.5,1.025,1.64
2,05/01/2018,Wax,MEIA01,ANNA,-1,-20.5,-1.025,-1.64
3,05/01/2018,Cut,MEIA01,HOUSE,1,-50,-2.5,-4
4,05/01/2018,,WALK_IN,ANNA,1,31.23,1.5615,2.4984
5,05/01/2018,Five and one,LINB01,HOUSE,1,250,12.5,20
";

    #[test]
    fn each_line_is_understood_once_and_booked_differs_from_performed() {
        let receipts = read_receipts(RECEIPTS.as_bytes()).expect("receipts");
        let services = "IsActive,Code,Desc,Cate,Price,Cost\nTRUE,CUT,cut,S,0,0\nTRUE,SBD5+1,Five and one,S,0,0\n";
        let services = read_services(services.as_bytes()).expect("services");
        let products = "IsActive,Code,Description,Price,On Hand\nTRUE,W,Wax,20.5,-1\nTRUE,X,,0,0\n";
        let products = read_products(products.as_bytes()).expect("products");
        let mut report = Report::default();
        report.read(FileKind::Receipts, receipts.len());
        let days = BookedDays::default();
        let sales = join_receipts(receipts, &services, &products, &days, &mut report);
        let kinds: Vec<SaleKind> = sales.values().flatten().map(|sale| sale.kind).collect();
        let expected = [SaleKind::Card, SaleKind::Service, SaleKind::Product, SaleKind::Return, SaleKind::Redemption, SaleKind::Product];
        assert_eq!(kinds, expected);
        assert!(sales.values().flatten().all(|sale| !sale.as_booked));
        assert!(report.balances());
        // Nobody was booked that day: the five lines of known clients ask for a look.
        assert_eq!(report.account(FileKind::Receipts).columns(), [1, 1, 0, 5, 0]);
    }
}
