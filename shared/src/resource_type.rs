//! A type of resource 资源类型: what services ask for beside people. Any free resource of the type will do.

use serde::{Deserialize, Serialize};

use crate::id::ResourceTypeId;
use crate::name::Name;
use crate::noun::{Home, Noun, RecordKey};
use crate::scope::Scope;
use crate::stamp::Written;
use crate::versioned::Versioned;

/// What services ask for, e.g. 洗头床: the same in every store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceType {
    /// Id.
    pub id: ResourceTypeId,
    /// Name.
    pub name: Name,
    /// Sort of thing.
    pub kind: ResourceKind,
    /// Still in use; services may no longer ask for one that is not.
    pub active: bool,
    /// Last write; `None` while new.
    pub written: Option<Written>,
}

/// Sorts of things that are occupied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResourceKind {
    /// 房间
    Room,
    /// 工位
    Station,
    /// 设备
    Equipment,
}

impl Versioned for ResourceType {}

impl Noun for ResourceType {
    fn id(&self) -> ResourceTypeId {
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
