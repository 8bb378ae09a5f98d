//! A command as the server takes it: who gave it when, by which way, and what it says.

use shared::command::Command;
use shared::envelope::Envelope;
use shared::id::{CommandId, ReplicaId, StaffId, StoreId};
use shared::refusal::Refusal;
use shared::role::{Actor, Channel, Principal};
use shared::stamp::Stamp;
use shared::time::Timestamp;
use uuid::Uuid;

use crate::identity::{App, Identity};
use crate::{text, zones};

/// A command as the server takes it.
#[derive(Clone, Debug)]
pub(crate) struct ReceivedCommand {
    pub number: u64,
    pub uuid: CommandId,
    pub kind: u16,
    pub version: u8,
    /// `None` when the payload cannot be read.
    pub command: Option<Command>,
    /// Why its texts cannot be kept, if they cannot.
    pub unfit: Option<Refusal>,
    /// The payload as it came; kept only when it cannot be read.
    pub unread: Vec<u8>,
    /// What the message says its device had read of the store's desk feed; `None` for what is given now, in sight of everything.
    pub claimed_base: Option<u64>,
    /// What counts as read, once that is weighed (see [`crate::apply::evidence`]).
    pub base: u64,
    /// Whether the message's word was not good enough.
    pub base_raised: bool,
    pub stamp: Stamp,
    pub channel: Channel,
    pub actor: Actor,
    /// Whom the message names at a tablet although the session does not: counts if they have given their PIN there.
    pub claimed_staff: Option<StaffId>,
    pub replica: ReplicaId,
}

/// How a command came.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Delivery {
    /// Out of an outbox, perhaps long after it was given. Add the offset to its stamps.
    Queued { offset_millis: i64 },
    /// At once: it is given now.
    Direct,
}

impl ReceivedCommand {
    /// From an envelope. Identity comes from the session; the message only names the staff member on a shared tablet.
    pub(crate) fn received(envelope: &Envelope, identity: &Identity, replica: ReplicaId, delivery: Delivery, now: Timestamp) -> Self {
        let mut command = envelope.open().ok();
        let unfit = command.as_mut().and_then(|command| text::clean(command).and_then(|()| own_zone(command, now)).err());
        let (actor, claimed_staff) = actor_of(envelope, identity, delivery);
        let (stamp, claimed_base) = match delivery {
            Delivery::Queued { offset_millis } => (envelope.hlc.corrected(offset_millis, now), Some(envelope.base)),
            Delivery::Direct => (Stamp { at: now, counter: 0 }, None),
        };
        ReceivedCommand {
            number: envelope.number,
            uuid: envelope.uuid,
            kind: envelope.kind,
            version: envelope.version,
            channel: channel_of(identity, command.as_ref()),
            unread: if command.is_none() { envelope.payload.clone() } else { Vec::new() },
            command,
            unfit,
            claimed_base,
            base: claimed_base.unwrap_or(u64::MAX),
            base_raised: false,
            stamp,
            actor,
            claimed_staff,
            replica,
        }
    }

    /// A command of the product itself.
    pub(crate) fn system(uuid: CommandId, mut command: Command, channel: Channel, given_at: Timestamp) -> Self {
        let unfit = text::clean(&mut command).err();
        let (kind, version) = command.kind();
        ReceivedCommand {
            number: 0,
            uuid,
            kind,
            version,
            command: Some(command),
            unfit,
            unread: Vec::new(),
            claimed_base: None,
            base: u64::MAX,
            base_raised: false,
            stamp: Stamp { at: given_at, counter: 0 },
            channel,
            actor: Actor::system(),
            claimed_staff: None,
            replica: ReplicaId(Uuid::nil()),
        }
    }

    /// The store it is about.
    pub(crate) fn store(&self) -> Option<StoreId> {
        self.command.as_ref().and_then(Command::store)
    }
}

/// Who gives it. At a tablet the staff member is the one whom the session knows by PIN; another one whom the message names is only a
/// claim. What was queued without a name had nobody's, whoever stands there now.
fn actor_of(envelope: &Envelope, identity: &Identity, delivery: Delivery) -> (Actor, Option<StaffId>) {
    let mut actor = identity.actor.clone();
    if !matches!(actor.principal, Principal::Device(_)) {
        return (actor, None);
    }
    let named = match delivery {
        Delivery::Queued { .. } => envelope.actor,
        Delivery::Direct => envelope.actor.or(actor.staff),
    };
    let claimed = named.filter(|_| named != actor.staff);
    actor.staff = named.filter(|_| claimed.is_none());
    (actor, claimed)
}

/// The table of a store's zone is the server's own, whatever a form sends along: only the name is a wish. A zone that is on no map may
/// be a distance from Greenwich that never changes.
fn own_zone(command: &mut Command, now: Timestamp) -> Result<(), Refusal> {
    let Command::PutStore(put) = command else { return Ok(()) };
    let zone = &mut put.zone;
    match zones::zone_around(&zone.name, now) {
        Some(own) => *zone = own,
        None if zone.transitions.is_empty() && zone.first_offset_seconds.unsigned_abs() <= 14 * 3600 => zone.version = String::new(),
        None => return Err(Refusal::Invalid { field: "zone".into() }),
    }
    Ok(())
}

fn channel_of(identity: &Identity, command: Option<&Command>) -> Channel {
    let by_phone = matches!(command, Some(Command::Book(book)) if book.by_phone);
    match (identity.actor.principal, identity.app) {
        (Principal::Account(_) | Principal::Anonymous, _) | (_, App::Member) => Channel::MemberApp,
        (_, App::Desk) if by_phone => Channel::Phone,
        (_, App::Desk) => Channel::Desk,
    }
}
