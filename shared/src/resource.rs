//! A resource 资源: a room, a station or a piece of equipment of a store, and what a visit needs one for (A1).

use serde::{Deserialize, Serialize};

use crate::id::{ResourceId, ResourceTypeId, StoreId};
use crate::name::Name;
use crate::noun::{Home, Noun, RecordKey};
use crate::part::Part;
use crate::scope::Scope;
use crate::stamp::Written;
use crate::time::{TimeRange, Timestamp};
use crate::versioned::Versioned;

/// One room, station or piece of equipment of a store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// Id.
    pub id: ResourceId,
    /// Store.
    pub store: StoreId,
    /// What it is.
    pub resource_type: ResourceTypeId,
    /// Name, e.g. 洗头床 2.
    pub name: Name,
    /// Still in use.
    pub active: bool,
    /// Last write; `None` while new.
    pub written: Option<Written>,
}

/// One resource of a type, the same one during some parts of a service.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ResourceNeed {
    /// Of which type.
    pub resource_type: ResourceTypeId,
    /// During which parts of the service, by number and in order; none means all of them, from the first to the last.
    pub parts: Vec<u8>,
}

/// The resource that a line of a visit has, with what it needs it for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AssignedResource {
    /// Which one.
    pub resource: ResourceId,
    /// What it is needed for.
    pub need: ResourceNeed,
}

impl ResourceNeed {
    /// The stretches of a line in which it is needed: the number of the first part, minutes from the start of the line, minutes. Parts
    /// that follow one another are one stretch.
    pub fn stretches<'a>(&'a self, parts: &'a [Part]) -> impl Iterator<Item = (u8, u32, u32)> + 'a {
        let mut at = 0u32;
        let numbered = parts.iter().zip(0u8..).map(move |(part, number)| {
            let offset = at;
            at = at.saturating_add(u32::from(part.minutes));
            (number, offset, u32::from(part.minutes))
        });
        let mut needed = numbered.filter(|(number, ..)| self.parts.is_empty() || self.parts.contains(number)).peekable();
        std::iter::from_fn(move || {
            let (first, offset, mut minutes) = needed.next()?;
            while let Some((_, _, more)) = needed.next_if(|(_, next, _)| *next == offset.saturating_add(minutes)) {
                minutes = minutes.saturating_add(more);
            }
            Some((first, offset, minutes))
        })
    }

    /// When it is needed by a line that begins at `start`, each with the number of its first part.
    pub fn ranges<'a>(&'a self, parts: &'a [Part], start: Timestamp) -> impl Iterator<Item = (u8, TimeRange)> + 'a {
        let range = move |offset: u32, minutes: u32| TimeRange::starting(start.plus_minutes(i64::from(offset)), i64::from(minutes));
        self.stretches(parts).map(move |(part, offset, minutes)| (part, range(offset, minutes)))
    }
}

impl Versioned for Resource {}

impl Noun for Resource {
    fn id(&self) -> ResourceId {
        self.id
    }

    fn home(&self) -> Home {
        Home::Brand
    }

    /// Phones need them to know what is open.
    fn feeds(&self) -> Vec<(Scope, RecordKey)> {
        vec![(Scope::BrandPublic, self.key())]
    }

    /// Who wrote it, when, and on which device is for those who work here.
    fn shown_in(self, _scope: Scope, to_staff: bool) -> Option<Self> {
        Some(Self { written: Written::shown(self.written, to_staff), ..self })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::part::PartKind;

    fn colour() -> Vec<Part> {
        let part = |kind, minutes| Part { kind, minutes };
        vec![part(PartKind::Active, 30), part(PartKind::Processing, 40), part(PartKind::Active, 20), part(PartKind::After, 5)]
    }

    fn stretches(parts: &[u8]) -> Vec<(u8, u32, u32)> {
        let need = ResourceNeed { resource_type: ResourceTypeId(Uuid::nil()), parts: parts.to_vec() };
        need.stretches(&colour()).collect()
    }

    #[test]
    fn a_chair_for_the_whole_colour_is_one_stretch_and_a_basin_only_when_hair_is_washed() {
        assert_eq!(stretches(&[]), [(0, 0, 95)]);
        assert_eq!(stretches(&[2]), [(2, 70, 20)]);
        assert_eq!(stretches(&[0, 2, 3]), [(0, 0, 30), (2, 70, 25)]);
        assert_eq!(stretches(&[9]), []);
    }
}
