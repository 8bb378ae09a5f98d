//! A command on its way, as bytes.

use serde::{Deserialize, Serialize};

use crate::id::{CommandId, StaffId};
use crate::stamp::Stamp;

/// No form of any app makes a longer command, and whoever reads it must not be kept by it.
pub const MOST_PAYLOAD_BYTES: usize = 128 * 1024;

/// A command on its way. Never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// 1, 2, 3 … on the replica; 0 when sent directly.
    pub number: u64,
    /// Id of the command, the same over all deliveries.
    pub uuid: CommandId,
    /// The staff member who claims it on a shared tablet; counts only after they gave their PIN there. The principal is the session's.
    pub actor: Option<StaffId>,
    /// When it was given, by the device's clock.
    pub hlc: Stamp,
    /// Sequence of the store's `desk` scope the device had read.
    pub base: u64,
    /// Kind of the payload.
    pub kind: u16,
    /// Version of the payload.
    pub version: u8,
    /// Payload.
    pub payload: Vec<u8>,
}

/// A command as bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// Kind.
    pub kind: u16,
    /// Version of the payload.
    pub version: u8,
    /// Payload.
    pub payload: Vec<u8>,
}

impl Envelope {
    /// The kind of a number that stands for a command its device has taken back.
    pub const WITHDRAWN: u16 = 0;

    /// In the place of a command that was taken back and may have left: under the same number and uuid, so that whichever arrives first
    /// counts.
    #[must_use]
    pub fn withdrawn(&self) -> Self {
        Envelope { kind: Self::WITHDRAWN, version: 1, payload: Vec::new(), ..self.clone() }
    }

    /// Around a command that is packed already.
    #[must_use]
    pub fn of(packed: Packed, number: u64, uuid: CommandId, actor: Option<StaffId>, hlc: Stamp, base: u64) -> Self {
        let Packed { kind, version, payload } = packed;
        Envelope { number, uuid, actor, hlc, base, kind, version, payload }
    }
}
