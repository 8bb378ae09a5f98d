//! What the commands of one transaction changed so far: each record once, as it was before and as it is to be.

use std::collections::{BTreeMap, BTreeSet};

use shared::busy_day::{Taken, TakenBy};
use shared::decision::{Change, Notice};
use shared::id::StoreId;
use shared::noun::RecordKey;
use shared::record::{CATALOGUE, InTable, Record};
use shared::view::View;

/// A record before and after.
#[derive(Clone, Debug)]
pub(crate) struct Touched {
    /// `None` when it is new.
    pub before: Option<Record>,
    /// `None` when it is removed.
    pub after: Option<Record>,
}

/// Everything that changed, by the store it belongs to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Changes {
    pub records: BTreeMap<(Option<StoreId>, RecordKey), Touched>,
    pub notices: BTreeSet<(StoreId, Notice)>,
}

impl Changes {
    /// Notes a change; `view` is still as it was before.
    pub(crate) fn note(&mut self, view: &View, change: &Change) {
        let (store, after) = match change {
            Change::Put(record) => (record.store(), Some(record.clone())),
            Change::Remove { store, .. } => (Some(*store), None),
        };
        let key = change.key();
        match self.records.get_mut(&(store, key)) {
            Some(touched) => touched.after = after,
            None => {
                let before = view.get(&key).filter(|before| before.store() == store);
                self.records.insert((store, key), Touched { before, after });
            }
        }
    }

    /// Whether anything of the catalogue changed.
    pub(crate) fn touch_catalogue(&self) -> bool {
        self.records.keys().any(|(_, key)| CATALOGUE.contains(&key.kind))
    }

    /// Whether a record of a store changed.
    pub(crate) fn touch<T: InTable>(&self, store: StoreId, id: T::Id) -> bool {
        self.records.contains_key(&(Some(store), T::key_of(id)))
    }

    /// The records of a kind as they are to be.
    pub(crate) fn after<T: InTable + 'static>(&self) -> impl Iterator<Item = &T> {
        self.records.values().filter_map(|touched| touched.after.as_ref()?.of())
    }

    /// A record of a store as it is to be, if it changed.
    pub(crate) fn after_of<T: InTable>(&self, store: StoreId, id: T::Id) -> Option<&T> {
        self.records.get(&(Some(store), T::key_of(id)))?.after.as_ref()?.of()
    }

    /// The new records of a kind.
    pub(crate) fn added<T: InTable + 'static>(&self) -> impl Iterator<Item = &T> {
        let new = self.records.values().filter(|touched| touched.before.is_none());
        new.filter_map(|touched| touched.after.as_ref()?.of())
    }

    /// What is taken in a store when these changes are laid over what is stored, without `moving`.
    pub(crate) fn over(&self, store: StoreId, stored: &[Taken], moving: Option<RecordKey>) -> Vec<Taken> {
        let replaced = |taken: &&Taken| match taken.by {
            TakenBy::Record(key) => Some(key) == moving || self.records.contains_key(&(Some(store), key)),
            TakenBy::Hold => false,
        };
        let mut taken: Vec<Taken> = stored.iter().filter(|taken| !replaced(taken)).copied().collect();
        let changed = self.records.iter().filter(|((of, key), _)| *of == Some(store) && Some(*key) != moving);
        taken.extend(changed.filter_map(|(_, touched)| touched.after.as_ref()).flat_map(Record::taken));
        taken
    }
}
