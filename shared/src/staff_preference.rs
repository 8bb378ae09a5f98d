//! Whom a guest asks for.

use serde::{Deserialize, Serialize};

use crate::id::StaffId;
use crate::staff::{Gender, Staff};

/// Whom the guest asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffPreference {
    /// 点钟: this one.
    Requested(StaffId),
    /// Anybody of a gender; never relaxed silently (A5).
    AnyOf(Gender),
    /// Anybody.
    Any,
}

impl StaffPreference {
    /// Who was asked for 点钟.
    #[must_use]
    pub fn person(self) -> Option<StaffId> {
        match self {
            StaffPreference::Requested(staff) => Some(staff),
            StaffPreference::AnyOf(_) | StaffPreference::Any => None,
        }
    }

    /// Whether somebody is whom they asked for.
    #[must_use]
    pub fn fits(self, staff: &Staff) -> bool {
        match self {
            StaffPreference::Requested(id) => staff.id == id,
            StaffPreference::AnyOf(gender) => staff.gender == Some(gender),
            StaffPreference::Any => true,
        }
    }

    /// Whether the guest asked for a certain person 点钟.
    #[must_use]
    pub fn is_requested(self) -> bool {
        matches!(self, StaffPreference::Requested(_))
    }
}
