//! A staff member: skills, level, and the stores they work in.

use serde::{Deserialize, Serialize};

use crate::id::{ServiceId, StaffId, StoreId};
use crate::name::Name;
use crate::noun::{Home, Noun, RecordKey};
use crate::refusal::Refusal;
use crate::scope::Scope;
use crate::stamp::Written;
use crate::versioned::Versioned;

/// A staff member 员工/技师, as members may see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    /// Id; as a resource the same.
    pub id: StaffId,
    /// Name that members see.
    pub name: Name,
    /// Level: 1 is the entry level; prices and durations may differ by it.
    pub level: u8,
    /// Title of the level, e.g. 总监.
    pub title: Name,
    /// Gender, only where the staff member agreed to show it; a guest's wish is never relaxed silently (A5).
    pub gender: Option<Gender>,
    /// Stores they work in.
    pub stores: Vec<StoreId>,
    /// Services they can do.
    pub skills: Vec<ServiceId>,
    /// Can be booked by members.
    pub online: bool,
    /// Still works here.
    pub active: bool,
    /// Last write; `None` while new.
    pub written: Option<Written>,
}

/// Gender, where a person chose to say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// 女
    Female,
    /// 男
    Male,
}

impl Staff {
    /// Whether they can do a service in a store at all.
    #[must_use]
    pub fn can(&self, service: ServiceId, store: StoreId) -> bool {
        self.active && self.stores.contains(&store) && self.skills.contains(&service)
    }

    /// # Errors
    /// `Invalid` with the field at fault.
    pub fn check(&self) -> Result<(), Refusal> {
        self.name.check()?;
        if self.stores.is_empty() || self.stores.len() > 1000 || self.skills.len() > 1000 {
            return Err(Refusal::Invalid { field: "stores".into() });
        }
        Ok(())
    }
}

impl Versioned for Staff {}

impl Noun for Staff {
    fn id(&self) -> StaffId {
        self.id
    }

    fn home(&self) -> Home {
        Home::Brand
    }

    fn feeds(&self) -> Vec<(Scope, RecordKey)> {
        vec![(Scope::BrandPublic, self.key())]
    }

    /// Who wrote it, when, and on which device is for those who work here.
    fn shown_in(self, _scope: Scope, to_staff: bool) -> Option<Self> {
        Some(Self { written: Written::shown(self.written, to_staff), ..self })
    }
}
