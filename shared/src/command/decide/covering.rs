//! A change of set-up over promises: they stand, and the inbox of each store asks somebody to keep, move or tell.

use std::sync::Arc;

use crate::attention::AttentionKind;
use crate::command::decider::Decider;
use crate::decision::{Change, Decision};
use crate::id::StoreId;
use crate::placement::coverage::gaps;
use crate::record::Record;
use crate::view::View;

impl Decider<'_> {
    /// The record is written; an entry for each of some stores whose promises lack something by it.
    pub(super) fn covering(self, record: impl Into<Record>, stores: &[StoreId]) -> Decision {
        let change = Change::put(record);
        let mut after = View::of(Arc::clone(&self.view.catalogue));
        after.apply(&change);
        let entry = |store: &StoreId| {
            let gaps = gaps(self.view, &after.catalogue, *store, self.context.now);
            (!gaps.is_empty()).then_some((*store, AttentionKind::Uncovered { gaps }))
        };
        let entries = stores.iter().filter_map(entry).collect();
        let changes = std::iter::once(change).chain(self.entries(entries)).collect();
        Decision { changes, ..Decision::default() }
    }
}
