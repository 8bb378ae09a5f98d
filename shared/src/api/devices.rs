//! Enrolled tablets, under `/api/devices`.

use serde::{Deserialize, Serialize};

use crate::id::{DeviceId, StoreId};
use crate::time::Timestamp;

/// `POST /api/devices`: this installation becomes a tablet of a store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnrolDevice {
    /// Where it stands.
    pub store: StoreId,
    /// What people call it.
    pub name: String,
}

/// A tablet in the list of `GET /api/devices?store=`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolledDevice {
    /// Id.
    pub id: DeviceId,
    /// Name it was given.
    pub name: String,
    /// When.
    pub enrolled_at: Timestamp,
}
