//! Command kinds on the wire: numbers given by hand, never reused, each with a frozen payload and a version.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Command, GroupEdit, GroupValue};

/// Why stored bytes are not a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// This kind or version is newer than this program.
    #[error("unknown kind {kind} version {version}")]
    Unknown {
        /// Kind.
        kind: u16,
        /// Version.
        version: u8,
    },
    /// The payload does not parse, or bytes were left over.
    #[error("malformed payload")]
    Malformed,
}

/// A payload with its number on the wire.
pub(super) trait Numbered {
    /// The kind.
    const NUMBER: u16;
}

macro_rules! kinds {
    ($($number:literal $variant:ident $(of $payload:ident)?),* $(,)?) => {
        $(kinds!(@number $number $variant $($payload)?);)*
        impl Command {
            /// Names of all kinds.
            pub const NAMES: &[&str] = &[$(stringify!($variant)),*];

            /// Kind and version on the wire.
            #[must_use]
            pub fn kind(&self) -> (u16, u8) {
                match self { $(Command::$variant(_) => ($number, 1),)* }
            }

            /// Name of the kind, for logs.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self { $(Command::$variant(_) => stringify!($variant),)* }
            }

            /// The payload's bytes.
            #[must_use]
            pub fn payload(&self) -> Vec<u8> {
                match self { $(Command::$variant(payload) => to_bytes(payload),)* }
            }

            /// Reads a payload.
            ///
            /// # Errors
            /// `Unknown` for a kind or version this program does not have, `Malformed` for bytes that do not parse or
            /// are left over.
            pub fn from_payload(kind: u16, version: u8, payload: &[u8]) -> Result<Command, Unreadable> {
                match (kind, version) {
                    $(($number, 1) => read(payload).map(Command::$variant),)*
                    _ => Err(Unreadable::Unknown { kind, version }),
                }
                .and_then(Command::of_sane_length)
            }
        }
    };
    (@number $number:literal $variant:ident) => { kinds!(@number $number $variant $variant); };
    (@number $number:literal $variant:ident $payload:ident) => {
        impl Numbered for super::$payload {
            const NUMBER: u16 = $number;
        }
    };
}

kinds! {
    1 Hold, 2 Release, 3 Expire, 4 Book, 5 Move, 6 Cancel, 7 SeatWalkIn, 8 CheckIn, 9 UndoCheckIn, 10 Start, 11 Finish,
    12 NoShow, 13 RunningLate, 14 Squeeze, 15 Block of BlockTime, 16 Unblock, 17 AcceptAlternative, 18 Confirm, 19 Decline, 20 UndoNoShow,
    30 RegisterMember, 31 EditMember, 32 FindMember, 33 ProveNumber,
    40 PutStore, 41 PutService, 42 PutStaff, 43 PutShift, 44 PutRules, 45 RenewZone, 46 OrderStaff,
    50 ResolveAttention, 60 ImportVisit, 61 ImportFindings, 62 CorrectVisit,
}

/// Far more lines, wishes, edits or tags than any rule allows: a few bytes could say thousands of them.
const MOST_PARTS: usize = 100;

impl Command {
    fn of_sane_length(self) -> Result<Command, Unreadable> {
        let parts = match &self {
            Command::Hold(c) => c.lines.len(),
            Command::Book(c) => c.lines.len(),
            Command::SeatWalkIn(c) => c.lines.len(),
            Command::Squeeze(c) => c.lines.len(),
            Command::Move(c) => c.wishes.len(),
            Command::EditMember(c) => c.edits.iter().map(tags).fold(c.edits.len(), usize::max),
            _ => 0,
        };
        if parts > MOST_PARTS { Err(Unreadable::Malformed) } else { Ok(self) }
    }
}

fn tags(edit: &GroupEdit) -> usize {
    if let GroupValue::Tags(tags) = &edit.value { tags.len() } else { 0 }
}

fn to_bytes<T: Serialize>(payload: &T) -> Vec<u8> {
    // Serialising plain data into memory fails only for maps of unknown length, which no payload has.
    postcard::to_allocvec(payload).unwrap_or_default()
}

pub(super) fn read<T: DeserializeOwned>(payload: &[u8]) -> Result<T, Unreadable> {
    match postcard::take_from_bytes(payload) {
        Ok((value, [])) => Ok(value),
        _ => Err(Unreadable::Malformed),
    }
}
