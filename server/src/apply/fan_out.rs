//! Which feeds a change appears in. What a kind appears in, it says itself; here only before and after are compared.

use std::collections::{BTreeMap, BTreeSet};

use shared::id::{ResourceId, StoreId};
use shared::openings::{BusyDay, Taken};
use shared::record::{Noun, Record, RecordKey};
use shared::sync::Scope;

use super::changes::{Changes, Touched};
use crate::openings::days_of;

/// Entries by scope; the value says whether the record is gone from there.
pub(crate) type Spread = BTreeMap<Scope, BTreeMap<RecordKey, bool>>;

/// Where the changes must be heard.
pub(crate) fn spread(changes: &Changes) -> Spread {
    let mut spread = Spread::new();
    for ((store, _), touched) in &changes.records {
        told(&mut spread, touched);
        if let Some(store) = store {
            busy(&mut spread, *store, touched);
        }
    }
    spread
}

/// Those who see it hear of it; those who saw it before hear that it is gone.
fn told(spread: &mut Spread, touched: &Touched) {
    let feeds = |record: &Option<Record>| record.as_ref().map(Record::feeds).unwrap_or_default();
    let after = feeds(&touched.after);
    for (scope, key) in feeds(&touched.before).union(&after) {
        put(spread, *scope, *key, !after.contains(&(*scope, *key)));
    }
}

/// The days whose masks a change touches: where the time was and where it is. Unchanged time is not told again.
fn busy(spread: &mut Spread, store: StoreId, touched: &Touched) {
    let taken = |record: &Option<Record>| record.as_ref().map(Record::taken).unwrap_or_default();
    let (before, after) = (taken(&touched.before), taken(&touched.after));
    let gone = before.iter().filter(|taken| !after.contains(taken));
    let new = after.iter().filter(|taken| !before.contains(taken));
    let day = |taken: &Taken| days_of(taken.range).map(|day| (ResourceId::from(taken.staff), day)).collect::<Vec<_>>();
    let days: BTreeSet<(ResourceId, i32)> = gone.chain(new).flat_map(day).collect();
    for day in days {
        put(spread, Scope::Busy(store), BusyDay::key_of(day), false);
    }
}

fn put(spread: &mut Spread, scope: Scope, key: RecordKey, gone: bool) {
    spread.entry(scope).or_default().insert(key, gone);
}
