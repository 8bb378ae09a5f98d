//! Records by id. A copy of a table shares its records with the first one; and all tables are the same tree inside, of ids and pointers, so
//! that a program contains that tree once and not once for every kind of record.

use std::collections::{BTreeMap, btree_map};
use std::ops::Index;
use std::sync::Arc;

/// Records in the order of their ids.
#[derive(Debug, PartialEq, Eq)]
pub struct Table<Id: Ord, T> {
    rows: BTreeMap<Id, Arc<T>>,
}

impl<Id: Ord, T> Table<Id, T> {
    /// A record.
    #[must_use]
    pub fn get(&self, id: &Id) -> Option<&T> {
        self.rows.get(id).map(AsRef::as_ref)
    }

    /// Whether there is one.
    #[must_use]
    pub fn contains_key(&self, id: &Id) -> bool {
        self.rows.contains_key(id)
    }

    /// Puts a record in the place of any earlier one.
    pub fn insert(&mut self, id: Id, record: T) {
        self.rows.insert(id, Arc::new(record));
    }

    /// A record to share.
    #[must_use]
    pub fn get_shared(&self, id: &Id) -> Option<Arc<T>> {
        self.rows.get(id).map(Arc::clone)
    }

    /// Puts a shared record in the place of any earlier one.
    pub fn insert_shared(&mut self, id: Id, record: Arc<T>) {
        self.rows.insert(id, record);
    }

    /// Puts a record where there is none.
    pub fn insert_new(&mut self, id: Id, record: T) {
        if !self.contains_key(&id) {
            self.insert(id, record);
        }
    }

    /// Shares a record of another table, in the place of any earlier one.
    pub fn share(&mut self, id: Id, from: &Table<Id, T>) {
        if let Some(record) = from.rows.get(&id) {
            self.rows.insert(id, Arc::clone(record));
        }
    }

    /// Takes a record out.
    pub fn remove(&mut self, id: &Id) {
        self.rows.remove(id);
    }

    /// Takes out what is not wanted.
    pub fn retain(&mut self, is_wanted: impl Fn(&T) -> bool) {
        self.rows.retain(|_, record| is_wanted(record));
    }

    /// A record to change; other copies of the table keep it as it is.
    #[must_use]
    pub fn get_mut(&mut self, id: &Id) -> Option<&mut T>
    where
        T: Clone,
    {
        self.rows.get_mut(id).map(Arc::make_mut)
    }

    /// Ids in order.
    pub fn keys(&self) -> btree_map::Keys<'_, Id, Arc<T>> {
        self.rows.keys()
    }

    /// Records in the order of their ids.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &T> + Clone {
        self.rows.values().map(AsRef::as_ref)
    }

    /// Both.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Id, &T)> + Clone {
        self.rows.iter().map(|(id, record)| (id, record.as_ref()))
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// None.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl<Id: Ord, T> Default for Table<Id, T> {
    fn default() -> Self {
        Table { rows: BTreeMap::new() }
    }
}

impl<Id: Ord, T> Index<&Id> for Table<Id, T> {
    type Output = T;

    fn index(&self, id: &Id) -> &T {
        &self.rows[id]
    }
}

impl<Id: Ord + Clone, T> Clone for Table<Id, T> {
    fn clone(&self) -> Self {
        Table { rows: self.rows.clone() }
    }
}

impl<Id: Ord, T> Extend<(Id, T)> for Table<Id, T> {
    fn extend<I: IntoIterator<Item = (Id, T)>>(&mut self, records: I) {
        for (id, record) in records {
            self.insert(id, record);
        }
    }
}

impl<Id: Ord, T> FromIterator<(Id, T)> for Table<Id, T> {
    fn from_iter<I: IntoIterator<Item = (Id, T)>>(records: I) -> Self {
        let mut table = Table::default();
        table.extend(records);
        table
    }
}

impl<Id: Ord, T, const COUNT: usize> From<[(Id, T); COUNT]> for Table<Id, T> {
    fn from(records: [(Id, T); COUNT]) -> Self {
        records.into_iter().collect()
    }
}
