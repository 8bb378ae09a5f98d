//! Which feeds a change appears in. What a kind appears in, it says itself; here only before and after are compared.

use std::collections::{BTreeMap, BTreeSet};

use shared::busy_day::{BusyDay, Taken};
use shared::id::{ResourceId, StoreId};
use shared::noun::{Noun, RecordKey};
use shared::record::Record;
use shared::scope::Scope;

use crate::changes::{Changes, Touched};
use crate::utc_days::days_of;

/// Entries by scope; the value says whether the record is gone from there.
pub(crate) type Feeds = BTreeMap<Scope, BTreeMap<RecordKey, bool>>;

/// Where the changes must be heard.
pub(crate) fn fan_out(changes: &Changes) -> Feeds {
    let mut feeds = Feeds::new();
    for ((store, _), touched) in &changes.records {
        told(&mut feeds, touched);
        if let Some(store) = store {
            busy(&mut feeds, *store, touched);
        }
    }
    feeds
}

/// Those who see it hear of it; those who saw it before hear that it is gone.
fn told(feeds: &mut Feeds, touched: &Touched) {
    let told_in = |record: &Option<Record>| record.as_ref().map(Record::feeds).unwrap_or_default();
    let after = told_in(&touched.after);
    for (scope, key) in told_in(&touched.before).union(&after) {
        put(feeds, *scope, *key, !after.contains(&(*scope, *key)));
    }
}

/// The days whose masks a change touches: where the time was and where it is. Unchanged time is not told again.
fn busy(feeds: &mut Feeds, store: StoreId, touched: &Touched) {
    let taken = |record: &Option<Record>| record.as_ref().map(Record::taken).unwrap_or_default();
    let (before, after) = (taken(&touched.before), taken(&touched.after));
    let gone = before.iter().filter(|taken| !after.contains(taken));
    let new = after.iter().filter(|taken| !before.contains(taken));
    let day = |taken: &Taken| days_of(taken.range).map(|day| (taken.resource, day)).collect::<Vec<_>>();
    let days: BTreeSet<(ResourceId, i32)> = gone.chain(new).flat_map(day).collect();
    for day in days {
        put(feeds, Scope::Busy(store), BusyDay::key_of(day), false);
    }
}

fn put(feeds: &mut Feeds, scope: Scope, key: RecordKey, gone: bool) {
    feeds.entry(scope).or_default().insert(key, gone);
}
