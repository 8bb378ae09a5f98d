//! The one table of commands: numbers given by hand, never reused. Everything that lists all commands is derived from it.

#![cfg_attr(
    not(target_family = "wasm"),
    expect(clippy::large_enum_variant, reason = "few commands exist at a time; boxes would only clutter every match")
)]

use serde::{Deserialize, Serialize};

use super::decide::payloads::*;
use super::decider::Decider;
use super::payload::{Givers, Payload};
use super::reads::Ask;
use super::texts::Cleaning;
use crate::decision::Decision;
use crate::id::StoreId;
use crate::noun::RecordKey;
use crate::personal::Personal;
use crate::refusal::Refusal;
use crate::versioned::Versioned;

/// Far more lines, wishes, edits or tags than any rule allows.
const MOST_PARTS: usize = 100;

macro_rules! commands {
    (
        phones_predict { $($predicted_number:literal $predicted:ident: $predicted_payload:ident,)* }
        phones_give { $($given_number:literal $given:ident: $given_payload:ident,)* }
        desks { $($desk_number:literal $desk:ident: $desk_payload:ident,)* }
        system { $($system_number:literal $system:ident: $system_payload:ident,)* }
    ) => {
        commands! { @all
            $($predicted_number $predicted $predicted_payload;)*
            $($given_number $given $given_payload;)*
            $($desk_number $desk $desk_payload;)*
            $($system_number $system $system_payload;)*
        }

        /// What the phones of members read and predict, and nothing more: the desk's rules, and who gives way to whom in a schedule that a
        /// phone never sees, stay out of its download. The rooms are the same.
        pub(super) mod phones {
            use super::*;

            commands! { @some
                $($predicted_number $predicted $predicted_payload given;)*
                $($given_number $given $given_payload never;)*
            }
        }

        /// What desks read and predict: all but what only the product itself gives. Nobody holds a time at a desk.
        pub(super) mod desks {
            use super::*;

            commands! { @some
                $($predicted_number $predicted $predicted_payload foreseen;)*
                $($given_number $given $given_payload foreseen;)*
                $($desk_number $desk $desk_payload foreseen;)*
            }
        }
    };

    (@some $($number:literal $name:ident $payload:ident $decided:ident;)*) => {
        pub(in crate::command) fn open(kind: u16, version: u8, bytes: &[u8]) -> Result<Command, Unreadable> {
            match kind {
                $($number => read::<$payload>(kind, version, bytes).map(Command::$name),)*
                _ => Err(Unreadable::Unknown { kind, version }),
            }
        }

        pub(in crate::command) fn payload(command: &Command) -> Vec<u8> {
            match command {
                $(Command::$name(payload) => bytes(payload),)*
                _ => Vec::new(),
            }
        }

        pub(in crate::command) fn clean(command: &mut Command, cleaning: &mut Cleaning) {
            match command {
                $(Command::$name(payload) => payload.clean(cleaning),)*
                _ => {}
            }
        }

        /// What is not decided here is for the server to say.
        pub(in crate::command) fn decide(command: &Command, decider: Decider<'_>) -> Result<Decision, Refusal> {
            match command {
                $(Command::$name(payload) => $decided(payload, decider),)*
                _ => Err(Refusal::Undecided),
            }
        }
    };

    (@all $($number:literal $name:ident $payload:ident;)*) => {
        /// A wish to change something.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Command {
            $(#[doc = concat!("See [`", stringify!($payload), "`].")] $name($payload),)*
        }

        impl Command {
            /// Names of all kinds.
            pub const NAMES: &[&str] = &[$(stringify!($name)),*];

            /// Kind and version on the wire.
            #[must_use]
            pub fn kind(&self) -> (u16, u8) {
                match self { $(Command::$name(_) => ($number, <$payload as Versioned>::VERSION),)* }
            }

            /// Name of the kind, for logs.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self { $(Command::$name(_) => stringify!($name),)* }
            }

            /// The payload's bytes.
            #[must_use]
            pub fn payload(&self) -> Vec<u8> {
                match self { $(Command::$name(payload) => bytes(payload),)* }
            }

            /// Whether it changes the catalogue: such commands lock the brand.
            #[must_use]
            pub fn changes_catalogue(&self) -> bool {
                match self { $(Command::$name(_) => <$payload as Payload>::CHANGES_CATALOGUE,)* }
            }

            /// Whether it has a transaction of its own.
            #[must_use]
            pub fn is_alone(&self) -> bool {
                match self { $(Command::$name(_) => <$payload as Payload>::ALONE,)* }
            }

            /// The store whose schedule, inbox or set-up it is about: it is locked first.
            #[must_use]
            pub fn store(&self) -> Option<StoreId> {
                match self { $(Command::$name(payload) => payload.store(),)* }
            }

            /// The record it is about, where it is one that exists or is to be.
            #[must_use]
            pub fn about(&self) -> Option<RecordKey> {
                match self { $(Command::$name(payload) => payload.about(),)* }
            }

            /// Where it says why something visible is overridden, if it can.
            pub fn override_reason(&mut self) -> Option<&mut Option<Personal<String>>> {
                match self { $(Command::$name(payload) => payload.override_reason(),)* }
            }

            pub(super) fn asks(&self, ask: &mut Ask<'_>) {
                match self { $(Command::$name(payload) => payload.reads(ask),)* }
            }
        }

        /// Every command, for the server.
        pub(super) mod everything {
            use super::*;

            pub(in crate::command) fn open(kind: u16, version: u8, bytes: &[u8]) -> Result<Command, Unreadable> {
                match kind {
                    $($number => read::<$payload>(kind, version, bytes).map(Command::$name),)*
                    _ => Err(Unreadable::Unknown { kind, version }),
                }
            }

            pub(in crate::command) fn clean(command: &mut Command, cleaning: &mut Cleaning) {
                match command { $(Command::$name(payload) => payload.clean(cleaning),)* }
            }

            pub(in crate::command) fn decide(command: &Command, decider: Decider<'_>) -> Result<Decision, Refusal> {
                match command { $(Command::$name(payload) => given(payload, decider),)* }
            }
        }
    };
}

commands! {
    phones_predict {
        4 Book: Book,
        5 Move: Move,
        6 Cancel: Cancel,
        17 AcceptAlternative: AcceptAlternative,
        30 RegisterMember: RegisterMember,
        31 EditMember: EditMember,
    }
    phones_give {
        1 Hold: Hold,
        2 Release: Release,
        70 JoinWaitlist: JoinWaitlist,
        71 LeaveWaitlist: LeaveWaitlist,
        73 AcceptOffer: AcceptOffer,
        74 DeclineOffer: DeclineOffer,
    }
    desks {
        7 SeatWalkIn: SeatWalkIn,
        8 CheckIn: CheckIn,
        9 UndoCheckIn: UndoCheckIn,
        10 Start: Start,
        11 Finish: Finish,
        12 NoShow: NoShow,
        13 RunningLate: RunningLate,
        14 Squeeze: Squeeze,
        15 Block: BlockTime,
        16 Unblock: Unblock,
        18 Confirm: Confirm,
        19 Decline: Decline,
        20 UndoNoShow: UndoNoShow,
        21 AskToRebook: AskToRebook,
        22 ChangeVisit: ChangeVisit,
        32 FindMember: FindMember,
        33 ProveNumber: ProveNumber,
        40 PutStore: PutStore,
        41 PutService: PutService,
        42 PutStaff: PutStaff,
        43 PutShift: PutShift,
        44 PutRules: PutRules,
        46 OrderStaff: OrderStaff,
        47 PutResourceType: PutResourceType,
        48 PutResource: PutResource,
        50 ResolveAttention: ResolveAttention,
        72 OfferTime: OfferTime,
        80 SignIn: SignIn,
        81 SignOut: SignOut,
        82 RefuseTurn: RefuseTurn,
        83 MakeGood: MakeGood,
        84 ReorderRotation: ReorderRotation,
        85 PutStaffAssignment: PutStaffAssignment,
    }
    system {
        3 Expire: Expire,
        45 RenewZone: RenewZone,
        60 ImportVisit: ImportVisit,
        61 ImportFindings: ImportFindings,
        62 CorrectVisit: CorrectVisit,
        75 ServeWaitlist: ServeWaitlist,
    }
}

fn bytes<T: Payload>(payload: &T) -> Vec<u8> {
    // Plain data into memory does not fail.
    payload.pack(T::VERSION).unwrap_or_default().1
}

/// Reads a payload that a form could have made.
fn read<T: Payload>(kind: u16, version: u8, bytes: &[u8]) -> Result<T, Unreadable> {
    if version > T::VERSION {
        return Err(Unreadable::Unknown { kind, version });
    }
    T::open(version, bytes).filter(|payload| payload.parts() <= MOST_PARTS).ok_or(Unreadable::Malformed)
}

/// Whether there is room is for the server to say.
fn never<T: Payload>(_payload: &T, _decider: Decider<'_>) -> Result<Decision, Refusal> {
    Err(Refusal::Undecided)
}

/// What is only sent directly is for the server to say: no device has rules for it.
fn foreseen<T: Payload>(payload: &T, decider: Decider<'_>) -> Result<Decision, Refusal> {
    if T::ONLINE_ONLY { Err(Refusal::Undecided) } else { given(payload, decider) }
}

/// Decides what somebody gives who may give it at all, in a way in which it may be given.
fn given<T: Payload>(payload: &T, decider: Decider<'_>) -> Result<Decision, Refusal> {
    if may_give(decider, T::GIVEN_BY, T::ONLINE_ONLY) { payload.decide(decider) } else { Err(Refusal::NotAllowed) }
}

/// Once for all commands: it would stand in the program as often as there are.
#[inline(never)]
fn may_give(decider: Decider<'_>, givers: Givers, online_only: bool) -> bool {
    let context = decider.context();
    givers.include(&context.actor) && !(online_only && context.number != 0)
}

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
