//! Set-up of who gets a guest who asked for nobody.

use serde::{Deserialize, Serialize};

use super::written::{done, existing, written};
use crate::command::decider::Decider;
use crate::command::payload::{Givers, Payload};
use crate::decision::Decision;
use crate::id::StoreId;
use crate::refusal::Refusal;
use crate::role::Permission;
use crate::staff_assignment::{AssignmentOrder, AssignmentRules, Binding, StaffAssignment};
use crate::versioned::Versioned;

/// 派人规则 of a store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PutStaffAssignment {
    /// Store.
    pub store: StoreId,
    /// Who comes first.
    pub order: AssignmentOrder,
    /// When it is settled.
    pub binding: Binding,
    /// Whoever served a member last comes before anybody else.
    pub usual_first: bool,
    /// Version on the screen; 0 where nothing was set.
    pub base: u32,
}

impl Versioned for PutStaffAssignment {}

impl Payload for PutStaffAssignment {
    const GIVEN_BY: Givers = Givers::Staff;
    const CHANGES_CATALOGUE: bool = true;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        let store = decider.store(self.store)?;
        decider.must(Permission::ManageStore, store.id)?;
        let current = existing(decider.view.staff_assignment(store.id))?;
        let written = written(decider, current.and_then(|set| set.written.as_ref()), self.base)?;
        let rules = AssignmentRules { order: self.order, binding: self.binding, usual_first: self.usual_first };
        Ok(done(StaffAssignment { store: store.id, rules, written: Some(written) }))
    }
}
