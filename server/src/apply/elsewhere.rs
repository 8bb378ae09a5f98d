//! One body in several stores: what a store's transaction takes of somebody's time is told to the other stores they work in, in the same
//! transaction. Who works in several stores is locked after the store, so that two stores never decide about one person at once.

use std::collections::{BTreeMap, BTreeSet};

use shared::elsewhere::Elsewhere;
use shared::id::{ElsewhereId, ResourceId, StaffId, StoreId};
use shared::noun::{Kind, Noun, RecordKey};
use shared::occupancy::{LaneReason, Occupancy};
use shared::record::{Catalogue, Record};
use shared::staff::Staff;
use shared::time::{DAY, TimeRange, Timestamp};
use sqlx::PgConnection;
use uuid::Uuid;

use super::batch::Batch;
use crate::changes::Touched;
use crate::db::{catalogue, occupancy, stored};

/// When somebody begins to work in another store, it is told of what they have from so long ago on.
const TOLD_DAYS: i64 = 35;

/// A record of a store as it is to be, and the other stores that may have to hear of it.
struct Source {
    store: StoreId,
    key: RecordKey,
    record: Option<Record>,
    others: BTreeSet<StoreId>,
}

impl Source {
    /// The same name whenever it is told; nobody can choose an id that means somebody else's.
    fn told_as(&self, other: StoreId) -> ElsewhereId {
        let name = [self.store.0.as_bytes().as_slice(), self.key.id.as_bytes(), &self.key.kind.number().to_be_bytes()].concat();
        ElsewhereId(Uuid::new_v5(&other.0, &name))
    }

    /// What another store sees of it; `None` where it takes nobody's time there. `taken` is what is taken there already.
    fn seen_from(&self, other: StoreId, known: &Catalogue, taken: &mut Vec<Occupancy>) -> Option<Elsewhere> {
        let record = self.record.as_ref()?;
        let mut times = Elsewhere::times_of(record.occupancy(), (self.store, other), &known.staff);
        for held in &mut times {
            let meets = |lane: u8| {
                let mut others = taken.iter().filter(|other| other.resource == held.resource && other.lane == lane);
                others.any(|other| other.range.overlaps(&held.range))
            };
            held.lane = (held.lane..u8::MAX).find(|lane| !meets(*lane)).unwrap_or(u8::MAX);
            held.reason = (held.lane > 0).then_some(LaneReason::SecondFact);
            taken.push(held.clone());
        }
        let (id, held_until) = (self.told_as(other), record.held_until());
        (!times.is_empty()).then_some(Elsewhere { id, store: other, at: self.store, times, held_until })
    }
}

/// Adds to the changes of a transaction what they mean for other stores.
pub(super) async fn spread(connection: &mut PgConnection, batch: &mut Batch<'_>) -> sqlx::Result<()> {
    let known = &batch.view.catalogue;
    let mut sources = Vec::new();
    for ((store, key), touched) in &batch.changes.records {
        let (Some(store), false) = (*store, key.kind == Elsewhere::KIND) else { continue };
        let others = others(store, touched, known);
        if !others.is_empty() && times(&touched.before) != times(&touched.after) {
            sources.push(Source { store, key: *key, record: touched.after.clone(), others });
        }
    }
    sources.extend(of_people_who_moved(connection, batch).await?);
    let stores: BTreeSet<StoreId> = sources.iter().flat_map(|source| source.others.iter().copied()).collect();
    for other in stores {
        let told: Vec<&Source> = sources.iter().filter(|source| source.others.contains(&other)).collect();
        let found = tell(connection, batch, other, &told).await?;
        batch.changes.records.extend(found);
    }
    Ok(())
}

fn times(record: &Option<Record>) -> (Vec<Occupancy>, Option<Timestamp>) {
    record.as_ref().map(|record| (record.occupancy(), record.held_until())).unwrap_or_default()
}

/// The other stores of everybody who works in a store and whose time a record of it takes or took. They are locked; of others, who were
/// sent there once or left, nothing is told.
fn others(store: StoreId, touched: &Touched, known: &Catalogue) -> BTreeSet<StoreId> {
    let held = [&touched.before, &touched.after].into_iter().flatten().flat_map(Record::occupancy);
    let staff = held.filter_map(|held| known.staff.get(&StaffId(held.resource.0)));
    let own = staff.filter(|staff| staff.stores.contains(&store));
    own.flat_map(|staff| staff.stores.iter().copied()).filter(|other| *other != store).collect()
}

/// What one store is told: beside whatever is taken there.
async fn tell(
    connection: &mut PgConnection,
    batch: &Batch<'_>,
    other: StoreId,
    sources: &[&Source],
) -> sqlx::Result<Vec<((Option<StoreId>, RecordKey), Touched)>> {
    let names: Vec<RecordKey> = sources.iter().map(|source| Elsewhere::key_of(source.told_as(other))).collect();
    let before = stored::by_keys(connection, &batch.state.sealer, Some(other), &names).await?;
    let held = sources.iter().filter_map(|source| source.record.as_ref()).flat_map(Record::occupancy);
    let (mut resources, mut all) = (BTreeSet::<ResourceId>::new(), None);
    for held in held {
        resources.insert(held.resource);
        all = Some(all.map_or(held.range, |all: TimeRange| all.hull(&held.range)));
    }
    let mut taken = match all {
        Some(range) => occupancy::of_resources(connection, (other, &resources), range, &names).await?,
        None => Vec::new(),
    };
    let mut found = Vec::new();
    for (source, name) in sources.iter().zip(names) {
        let before = before.iter().find(|told| told.key() == name).cloned();
        let after = source.seen_from(other, &batch.view.catalogue, &mut taken).map(Record::from);
        if before != after {
            found.push(((Some(other), name), Touched { before, after }));
        }
    }
    Ok(found)
}

/// What people have who work in other stores than before. Their stores are locked: nobody books them meanwhile.
async fn of_people_who_moved(connection: &mut PgConnection, batch: &Batch<'_>) -> sqlx::Result<Vec<Source>> {
    let mut moved: BTreeMap<StaffId, BTreeSet<StoreId>> = BTreeMap::new();
    for touched in batch.changes.records.values() {
        let staff = |record: &Option<Record>| record.as_ref().and_then(Record::of::<Staff>).cloned();
        let (Some(before), Some(after)) = (staff(&touched.before), staff(&touched.after)) else { continue };
        if before.stores != after.stores {
            moved.insert(after.id, before.stores.into_iter().chain(after.stores).collect());
        }
    }
    if moved.is_empty() {
        return Ok(Vec::new());
    }
    let stores: BTreeSet<StoreId> = moved.values().flatten().copied().collect();
    let people: Vec<Uuid> = moved.keys().map(|staff| staff.0).collect();
    catalogue::lock_stores(connection, &stores).await?;
    catalogue::lock_staff(connection, &people).await?;
    let mut sources = Vec::new();
    for (store, keys) in occupancy::holders(connection, &people, Timestamp(batch.now.0 - TOLD_DAYS * DAY)).await? {
        let own: Vec<RecordKey> = keys.into_iter().filter(|key| key.kind != Elsewhere::KIND).collect();
        let others: BTreeSet<StoreId> = stores.iter().copied().filter(|other| *other != store).collect();
        let records = stored::by_keys(connection, &batch.state.sealer, Some(store), &own).await?;
        let source = |record: Record| Source { store, key: record.key(), record: Some(record), others: others.clone() };
        sources.extend(records.into_iter().map(source));
    }
    Ok(sources)
}
