//! Who gets a guest who asked for nobody, as each store has set it (A5): in which order its people are tried, and when it is settled.

use serde::{Deserialize, Serialize};

use crate::id::StoreId;
use crate::noun::{Home, Noun, RecordKey};
use crate::scope::Scope;
use crate::stamp::Written;
use crate::versioned::Versioned;

/// What a store has set. A store without one goes by [`AssignmentRules::default`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffAssignment {
    /// Store.
    pub store: StoreId,
    /// What holds.
    pub rules: AssignmentRules,
    /// Last write; `None` while new.
    pub written: Option<Written>,
}

/// The rules themselves. Always within the price on the screen, among those who can do it and are free.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssignmentRules {
    /// Who comes first.
    pub order: AssignmentOrder,
    /// When it is settled.
    pub binding: Binding,
    /// A member who has been here is offered to whoever served them last, before anybody else.
    pub usual_first: bool,
}

/// Who comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssignmentOrder {
    /// Whoever has least on that day.
    #[default]
    LeastBooked,
    /// As the store has put its people in order.
    StoreOrder,
    /// 轮钟: whose turn it is, for guests who are here. Who books ahead is put with the least booked until then.
    Rotation,
}

/// When it is settled who serves somebody who asked for nobody. Until then the visit has the time of one person all the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Binding {
    /// With the booking.
    #[default]
    AtBooking,
    /// When the guest is here. Before, it may pass to an equal colleague, and the guest is told "anybody" 不指定.
    OnArrival,
}

impl Versioned for StaffAssignment {}

impl Noun for StaffAssignment {
    fn id(&self) -> StoreId {
        self.store
    }

    fn home(&self) -> Home {
        Home::Brand
    }

    /// Phones need it to know whom they may name.
    fn feeds(&self) -> Vec<(Scope, RecordKey)> {
        vec![(Scope::BrandPublic, self.key())]
    }

    /// Who wrote it, when, and on which device is for those who work here.
    fn shown_in(self, _scope: Scope, to_staff: bool) -> Option<Self> {
        Some(Self { written: Written::shown(self.written, to_staff), ..self })
    }
}
