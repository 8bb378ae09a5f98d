//! Set-up of rooms, stations and equipment, and of the types that services ask for.

use serde::{Deserialize, Serialize};

use super::written::{done, existing, must_brand, written};
use crate::command::decider::Decider;
use crate::command::payload::{Givers, Payload};
use crate::command::reads::Ask;
use crate::command::texts::{Cleaning, TITLE};
use crate::decision::Decision;
use crate::id::{ResourceId, ResourceTypeId, StaffId, StoreId};
use crate::name::Name;
use crate::refusal::Refusal;
use crate::resource::Resource;
use crate::resource_type::{ResourceKind, ResourceType};
use crate::role::Permission;
use crate::versioned::Versioned;
use crate::view::Found;

/// A brand has no more types than this.
const MOST_TYPES: usize = 100;
/// A store has no more resources than this.
const MOST_RESOURCES: usize = 300;

/// A type of resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PutResourceType {
    /// Type.
    pub resource_type: ResourceTypeId,
    /// Name.
    pub name: Name,
    /// Sort of thing.
    pub kind: ResourceKind,
    /// Still in use.
    pub active: bool,
    /// Version on the screen; 0 for a new one.
    pub base: u32,
}

/// A room, a station or a piece of equipment of a store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PutResource {
    /// Resource.
    pub resource: ResourceId,
    /// Store.
    pub store: StoreId,
    /// What it is.
    pub resource_type: ResourceTypeId,
    /// Name.
    pub name: Name,
    /// Still in use.
    pub active: bool,
    /// Version on the screen; 0 for a new one.
    pub base: u32,
}

impl PutResourceType {
    /// Everything that a record says, over a version of it.
    #[must_use]
    pub fn of(record: ResourceType, base: u32) -> Self {
        PutResourceType { resource_type: record.id, name: record.name, kind: record.kind, active: record.active, base }
    }

    fn into_record(self) -> ResourceType {
        ResourceType { id: self.resource_type, name: self.name, kind: self.kind, active: self.active, written: None }
    }
}

impl PutResource {
    /// Everything that a record says, over a version of it.
    #[must_use]
    pub fn of(record: Resource, base: u32) -> Self {
        let Resource { id, store, resource_type, name, active, .. } = record;
        PutResource { resource: id, store, resource_type, name, active, base }
    }

    /// Whether visits may have it that can have it no more.
    fn takes_away(&self, current: Option<&Resource>) -> bool {
        !self.active && current.is_some_and(|current| current.active)
    }

    fn into_record(self) -> Resource {
        let PutResource { resource, store, resource_type, name, active, .. } = self;
        Resource { id: resource, store, resource_type, name, active, written: None }
    }
}

impl Versioned for PutResourceType {}

impl Payload for PutResourceType {
    const GIVEN_BY: Givers = Givers::Staff;
    const CHANGES_CATALOGUE: bool = true;

    fn store(&self) -> Option<StoreId> {
        None
    }

    fn clean(&mut self, cleaning: &mut Cleaning) {
        cleaning.name("name", TITLE, &mut self.name);
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        must_brand(decider)?;
        let mut record = self.clone().into_record();
        record.name.check()?;
        let current = existing(decider.view.resource_type(record.id))?;
        if current.is_none() && decider.view.catalogue.resource_types.len() >= MOST_TYPES {
            return Err(Refusal::Invalid { field: "resource_types".into() });
        }
        record.written = Some(written(decider, current.and_then(|record| record.written.as_ref()), self.base)?);
        Ok(done(record))
    }
}

impl Versioned for PutResource {}

impl Payload for PutResource {
    const GIVEN_BY: Givers = Givers::Staff;
    const CHANGES_CATALOGUE: bool = true;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        if self.takes_away(ask.view.catalogue.resources.get(&self.resource)) {
            ask.ahead(self.store, Some(self.resource));
        }
    }

    fn clean(&mut self, cleaning: &mut Cleaning) {
        cleaning.name("name", TITLE, &mut self.name);
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        let store = decider.store(self.store)?;
        decider.must(Permission::ManageStore, store.id)?;
        let mut record = self.clone().into_record();
        record.name.check()?;
        decider.view.resource_type(record.resource_type).or_refuse("resource_type")?;
        let current = existing(decider.view.resource(record.id))?;
        if current.is_some_and(|resource| resource.store != store.id) {
            return Err(Refusal::NotFound { kind: "resource".into() });
        }
        // Visits have it as what it is.
        if current.is_some_and(|resource| resource.resource_type != record.resource_type) {
            return Err(Refusal::Invalid { field: "resource_type".into() });
        }
        // Whoever and whatever can be occupied share their ids.
        if matches!(decider.view.staff(StaffId(record.id.0)), Found::Known(_)) {
            return Err(Refusal::AlreadyExists);
        }
        let here = decider.view.catalogue.resources.values().filter(|other| other.store == store.id).count();
        if current.is_none() && here >= MOST_RESOURCES {
            return Err(Refusal::Invalid { field: "resources".into() });
        }
        record.written = Some(written(decider, current.and_then(|record| record.written.as_ref()), self.base)?);
        Ok(if self.takes_away(current) { decider.covering(record, &[store.id]) } else { done(record) })
    }
}
