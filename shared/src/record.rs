//! The one table of what is stored and synced. Everything that handles records of any kind (view, changes, feeds, tables, pages, the
//! caches of the apps) works on [`Record`] and names none.
//!
//! `kinds.rs` lists them.

pub(crate) mod kinds;
mod numbers;
mod wire;

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::busy_day::{Taken, TakenBy};
use crate::noun::{Home, KEPT_DAYS, Kind, Newest, Noun, RecordKey, RecordKind, Search};
use crate::occupancy::Occupancy;
use crate::scope::Scope;
use crate::table::Table;
use crate::time::{DAY, TimeRange, Timestamp};
use crate::versioned::Versioned;

use kinds::*;
pub use wire::{Received, RecordSet, WireRecord};

/// A kind of records that stands in the table.
pub trait InTable: Noun + Into<Record> {
    /// What one that arrives changes among the other records; `None` where it stands for itself.
    const JOINED: Option<fn(&mut Records, Self::Id)>;

    /// The records of the kind.
    fn table(records: &Records) -> &Table<Self::Id, Self>;

    /// The record, if it is of this kind.
    fn of(record: &Record) -> Option<&Arc<Self>>;
}

macro_rules! records {
    (
        catalogue { $($catalogue_number:literal $catalogue_noun:ident: $catalogue_one:ident, $catalogue:ident [$catalogue_id:ty],)* }
        schedule { $($schedule_number:literal $schedule_noun:ident: $schedule_one:ident, $schedule:ident [$schedule_id:ty],)* }
        others { $($other_number:literal $other_noun:ident: $other_one:ident, $other:ident [$other_id:ty] $(joined by $join:path)?,)* }
    ) => {
        /// What changes rarely and is known as a whole. Shared between views.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct Catalogue {
            $(#[doc = concat!("Every [`", stringify!($catalogue_noun), "`].")] pub $catalogue: Table<$catalogue_id, $catalogue_noun>,)*
        }

        /// What takes time in stores: the part of a schedule that is here.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct TimeTaken {
            $(#[doc = concat!("Each [`", stringify!($schedule_noun), "`].")] pub $schedule: Table<$schedule_id, $schedule_noun>,)*
        }

        /// Records of all kinds, each in a table of its own.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct Records {
            /// What changes rarely.
            pub catalogue: Arc<Catalogue>,
            $(#[doc = concat!("Each [`", stringify!($schedule_noun), "`] that is here.")]
            pub $schedule: Table<$schedule_id, $schedule_noun>,)*
            $(#[doc = concat!("Each [`", stringify!($other_noun), "`] that is here.")]
            pub $other: Table<$other_id, $other_noun>,)*
        }

        impl Catalogue {
            /// Any record by its name.
            #[must_use]
            pub fn get(&self, key: &RecordKey) -> Option<Record> {
                match key.kind.0 {
                    $($catalogue_number => {
                        self.$catalogue.get_shared(&<$catalogue_noun as Noun>::id_of(key)).map(Record::$catalogue_noun)
                    })*
                    _ => None,
                }
            }
        }

        impl Records {
            /// Takes the schedule out.
            pub fn take_schedule(&mut self) -> TimeTaken {
                TimeTaken { $($schedule: std::mem::take(&mut self.$schedule),)* }
            }

            /// Puts a schedule in the place of the one that is here.
            pub fn put_schedule(&mut self, taken: TimeTaken) {
                $(self.$schedule = taken.$schedule;)*
            }
        }

        records! { @all
            $($catalogue_number $catalogue_noun [$catalogue_id] (records => records.catalogue.$catalogue)
                (records => Arc::make_mut(&mut records.catalogue).$catalogue) ();)*
            $($schedule_number $schedule_noun [$schedule_id] (records => records.$schedule) (records => records.$schedule) ();)*
            $($other_number $other_noun [$other_id] (records => records.$other) (records => records.$other) ($($join)?);)*
        }

        /// Kinds of the catalogue.
        pub const CATALOGUE: &[RecordKind] = &[$(RecordKind($catalogue_number)),*];
        /// Kinds that take time.
        pub const SCHEDULE: &[RecordKind] = &[$(RecordKind($schedule_number)),*];
    };

    (@all $($number:literal $noun:ident [$id:ty] ($read:ident => $table:expr) ($write:ident => $table_mut:expr) ($($joined:path)?);)*) => {
        /// One record of any kind. A copy shares its content.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Record {
            $(#[doc = concat!("See [`", stringify!($noun), "`](type@", stringify!($noun), ").")] $noun(Arc<$noun>),)*
        }

        /// All kinds, in the order of the table.
        pub const KINDS: &[RecordKind] = &[$(RecordKind($number)),*];

        /// The newest version of each kind that this program reads.
        pub const NEWEST: &[Newest] = &[$(Newest { kind: $number, version: <$noun as Versioned>::VERSION }),*];

        /// Whether records of a kind may come in several feeds at once: one that leaves a feed may still be in another.
        #[must_use]
        pub fn told_in_several_feeds(kind: RecordKind) -> bool {
            match kind.0 { $($number => <$noun as Noun>::MERGED.is_some() || <$noun as InTable>::JOINED.is_some(),)* _ => true }
        }

        $(
            impl From<$noun> for Record {
                fn from(record: $noun) -> Self {
                    Record::$noun(Arc::new(record))
                }
            }

            impl Kind for $noun {
                type Id = $id;
                const KIND: RecordKind = RecordKind($number);
            }

            impl InTable for $noun {
                const JOINED: Option<fn(&mut Records, $id)> = records!(@joined $($joined)?);

                fn table(records: &Records) -> &Table<$id, $noun> {
                    let $read = records;
                    &$table
                }

                fn of(record: &Record) -> Option<&Arc<Self>> {
                    if let Record::$noun(record) = record { Some(record) } else { None }
                }
            }
        )*

        impl Record {
            /// The record's name within its feeds.
            #[must_use]
            pub fn key(&self) -> RecordKey {
                match self { $(Record::$noun(record) => record.key(),)* }
            }

            /// Whose it is.
            #[must_use]
            pub fn home(&self) -> Home {
                match self { $(Record::$noun(record) => record.home(),)* }
            }

            /// The feeds in which it is told, and under which name.
            #[must_use]
            pub fn feeds(&self) -> BTreeSet<(Scope, RecordKey)> {
                match self { $(Record::$noun(record) => record.feeds().into_iter().collect(),)* }
            }

            /// What it is searched by.
            #[must_use]
            pub fn search(&self) -> Search {
                match self { $(Record::$noun(record) => record.search(),)* }
            }

            /// The time it takes, by plan.
            #[must_use]
            pub fn occupancy(&self) -> Vec<Occupancy> {
                match self { $(Record::$noun(record) => record.occupancy(),)* }
            }

            /// Until when that time counts; `None` where it does not run out by itself.
            #[must_use]
            pub fn held_until(&self) -> Option<Timestamp> {
                match self { $(Record::$noun(record) => record.held_until(),)* }
            }

            /// As a reader of a feed sees it; `None` where it is not shown at all.
            #[must_use]
            pub fn shown_in(self, scope: Scope, to_staff: bool) -> Option<Record> {
                match self { $(Record::$noun(record) => Arc::unwrap_or_clone(record).shown_in(scope, to_staff).map(Record::from),)* }
            }

            /// The record with the place in its store's feed that it was given, where it was placed by a decision a moment ago.
            #[must_use]
            pub fn placed(self, seq: u64) -> Record {
                match self { $(Record::$noun(record) => match record.is_placed_now() {
                    true => Arc::unwrap_or_clone(record).placed(seq).into(),
                    false => Record::$noun(record),
                },)* }
            }

            fn is_kept_until(&self) -> Option<Timestamp> {
                match self { $(Record::$noun(record) => record.ended_at(),)* }
            }

            /// Version and bytes for a program that reads `newest` at most; `None` where that version cannot say it.
            fn pack(&self, newest: u8) -> Option<(u8, Vec<u8>)> {
                match self { $(Record::$noun(record) => record.pack(newest),)* }
            }

            /// From the bytes of a version.
            fn open(kind: RecordKind, version: u8, bytes: &[u8]) -> Option<Record> {
                match kind.0 { $($number => $noun::open(version, bytes).map(Record::from),)* _ => None }
            }

            /// Version of its kind.
            #[must_use]
            pub fn version(&self) -> u8 {
                match self { $(Record::$noun(_) => <$noun as Versioned>::VERSION,)* }
            }

            /// Writes the record itself, without its kind.
            ///
            /// # Errors
            /// Of the serializer.
            pub fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self { $(Record::$noun(record) => record.as_ref().serialize(serializer),)* }
            }

            /// Reads a record of a kind; `None` for a kind that this program does not know.
            ///
            /// # Errors
            /// Of the deserializer.
            pub fn read<'de, D: Deserializer<'de>>(kind: RecordKind, deserializer: D) -> Result<Option<Record>, D::Error> {
                match kind.0 { $($number => $noun::deserialize(deserializer).map(|record| Some(Record::from(record))),)* _ => Ok(None) }
            }
        }

        impl Records {
            /// Any record by its name.
            #[must_use]
            pub fn get(&self, key: &RecordKey) -> Option<Record> {
                match key.kind.0 {
                    $($number => { let $read = self; $table.get_shared(&<$noun as Noun>::id_of(key)).map(Record::$noun) })*
                    _ => None,
                }
            }

            /// Puts a record in the place of any earlier one, or together with it.
            pub fn put(&mut self, record: Record) {
                match record {
                    $(Record::$noun(record) => {
                        let $write = self;
                        let id = record.id();
                        let table = &mut $table_mut;
                        match <$noun as Noun>::MERGED {
                            None => table.insert_shared(id, record),
                            Some(merge) => {
                                let merged = match table.get(&id) {
                                    Some(known) => Arc::new(merge(Arc::unwrap_or_clone(record), known)),
                                    None => record,
                                };
                                table.insert_shared(id, merged);
                            }
                        }
                        if let Some(join) = <$noun as InTable>::JOINED {
                            join($write, id);
                        }
                    })*
                }
            }

            /// Takes a record out.
            pub fn remove(&mut self, key: &RecordKey) {
                match key.kind.0 {
                    $($number => { let $write = self; $table_mut.remove(&<$noun as Noun>::id_of(key)) })*
                    _ => {}
                }
            }
        }
    };

    (@joined) => { None };
    (@joined $joined:path) => { Some($joined) };
}

each_kind!(records);

impl Record {
    /// Whether a device that was told everything until `told_at` keeps the record.
    #[must_use]
    pub fn is_kept(&self, scope: Scope, told_at: Timestamp) -> bool {
        match (scope, self.is_kept_until()) {
            (Scope::Desk(_), Some(ended_at)) => told_at.0.saturating_sub(ended_at.0) <= i64::from(KEPT_DAYS) * DAY,
            _ => true,
        }
    }

    /// The record itself, if it is of that kind.
    #[must_use]
    pub fn of<T: InTable>(&self) -> Option<&T> {
        T::of(self).map(AsRef::as_ref)
    }

    /// The time it takes, as a search for openings sees it.
    #[must_use]
    pub fn taken(&self) -> Vec<Taken> {
        let (by, expires_at) = (TakenBy::Record(self.key()), self.held_until());
        let taken = |held: Occupancy| Taken { resource: held.resource, range: held.range, by, expires_at };
        self.occupancy().into_iter().map(taken).collect()
    }

    /// The time it touches, for what takes time.
    #[must_use]
    pub fn during(&self) -> Option<TimeRange> {
        self.search().during
    }

    /// The store it belongs to.
    #[must_use]
    pub fn store(&self) -> Option<StoreId> {
        match self.home() {
            Home::Store(store) => Some(store),
            Home::Brand => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::block::BlockKind;
    use crate::id::{AccountId, ReplicaId};
    use crate::stamp::Stamp;

    #[test]
    fn a_desk_keeps_what_ended_within_five_weeks_and_a_guest_keeps_their_whole_history() {
        let store = StoreId(Uuid::nil());
        let holiday = Record::from(Block {
            id: BlockId(Uuid::nil()),
            store,
            resource: ResourceId(Uuid::nil()),
            range: TimeRange { start: Timestamp(0), end: Timestamp(DAY) },
            lane: 0,
            kind: BlockKind::TimeOff,
            reason: String::new().into(),
            declared: Stamp::default(),
            placed_seq: 0,
            placed_by: ReplicaId(Uuid::nil()),
        });
        let last = Timestamp(36 * DAY);
        assert!(holiday.is_kept(Scope::Desk(store), last));
        assert!(!holiday.is_kept(Scope::Desk(store), Timestamp(last.0 + 1)));
        assert!(holiday.is_kept(Scope::User(AccountId(Uuid::nil())), Timestamp(last.0 + 1)));
    }
}
