//! What known rows say now and said before: fact by fact, old and new, with what would take it over.
//!
//! The old value is what the last import said. What somebody here has changed since stays: a file knows nothing of it.

pub mod change;
mod sales;
mod services;
mod visits;

use std::collections::BTreeSet;

use super::known::Known;
use super::plan::Plan;
use crate::import::changes::change::{Change, Comparison};

/// Compares a plan with what is known.
pub fn compare(plan: &Plan, known: &Known) -> Comparison {
    let mut found = Comparison::default();
    services::compare(plan, known, &mut found);
    visits::compare(plan, known, &mut found);
    sales::compare(plan, known, &mut found);
    tell_once(&mut found);
    found
}

/// A receipt's amount is also the price of a visit: it is told as the receipt's, unless the visit stays as somebody has made it.
fn tell_once(found: &mut Comparison) {
    let mut told = BTreeSet::new();
    for changed in found.changed.iter_mut().rev() {
        let is_news = |change: &Change| change.place.line.is_none() || change.here.is_some() || told.insert((change.place, change.column));
        changed.changes.retain(is_news);
    }
}
