//! Receipt lines against the sales history; nobody here writes in it.

use crate::import::changes::change::{Change, Changed, Comparison, Correction};
use crate::import::known::Known;
use crate::import::plan::Plan;
use crate::import::words::{Sentence, Words, amount};
use crate::said::{ImportedSale, SaleFacts};

pub(super) fn compare(plan: &Plan, known: &Known, found: &mut Comparison) {
    for sale in &plan.sales {
        let Some(was) = known.sales.get(&sale.id) else { continue };
        if *was != SaleFacts::of(sale) {
            let correction = Some(Correction::Sale(Box::new(sale.clone())));
            found.changed.push(Changed { changes: facts(was, sale), correction, said: Vec::new() });
        }
    }
}

fn facts(was: &SaleFacts, now: &ImportedSale) -> Vec<Change> {
    let about = format!("{} {} {}", now.date, now.receipt, now.article);
    let change = |column, old: String, new: String| {
        let (old, new) = (Sentence::same(old), Sentence::same(new));
        Change { place: now.place, column: Words(column, column), about: about.clone(), old, new, here: None }
    };
    let all = [
        change("Quantity", was.quantity.to_string(), now.quantity.to_string()),
        change("Amount", amount(was.amount_cents), amount(now.amount_cents)),
        change("GST + PST", exact(was.tax_ten_thousandths), exact(now.tax_ten_thousandths)),
    ];
    all.into_iter().filter(|change| change.old != change.new).collect()
}

/// Ten-thousandths as a decimal number, not rounded.
fn exact(ten_thousandths: i64) -> String {
    let sign = if ten_thousandths < 0 { "-" } else { "" };
    let (whole, fraction) = (ten_thousandths.unsigned_abs() / 10_000, ten_thousandths.unsigned_abs() % 10_000);
    let text = format!("{sign}{whole}.{fraction:04}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tax_is_told_as_the_receipt_writes_it() {
        assert_eq!([41_000, -8_625, 0, 105_600].map(exact), ["4.1", "-0.8625", "0", "10.56"]);
    }
}
