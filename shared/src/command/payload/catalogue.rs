//! Payloads: what a store offers, and when.

use serde::{Deserialize, Serialize};

use crate::id::{StaffId, StoreId};
use crate::roster::Shift;
use crate::service::Service;
use crate::staff::Staff;
use crate::store::{Rules, Store};
use crate::time::TimeRange;
use crate::zone::Zone;

/// See [`crate::command::Command::PutStore`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PutStore {
    /// The store; its `rules` and the order of its people count only when it is new, `written` is ignored.
    pub store: Store,
    /// Version on the screen; 0 for a new one.
    pub base: u32,
}

/// See [`crate::command::Command::PutService`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PutService {
    /// The service; `written` is ignored.
    pub service: Service,
    /// Version on the screen; 0 for a new one.
    pub base: u32,
}

/// See [`crate::command::Command::PutStaff`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PutStaff {
    /// The staff member; `written` is ignored.
    pub staff: Staff,
    /// Version on the screen; 0 for a new one.
    pub base: u32,
}

/// See [`crate::command::Command::PutShift`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PutShift {
    /// The entry; `written` is ignored.
    pub shift: Shift,
    /// Version on the screen; 0 for a new one.
    pub base: u32,
}

/// See [`crate::command::Command::PutRules`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PutRules {
    /// Store.
    pub store: StoreId,
    /// The rules.
    pub rules: Rules,
    /// Version on the screen; 0 when never written.
    pub base: u32,
}

/// See [`crate::command::Command::OrderStaff`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderStaff {
    /// Store.
    pub store: StoreId,
    /// People of the store, each once, the first first; empty goes back to the usual order.
    pub people: Vec<StaffId>,
    /// Version on the screen; 0 when never written.
    pub base: u32,
}

/// See [`crate::command::Command::RenewZone`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenewZone {
    /// Store.
    pub store: StoreId,
    /// The same zone, from newer data.
    pub zone: Zone,
    /// From now to the furthest promise: what lies in it and would shift is listed.
    pub ahead: TimeRange,
}
