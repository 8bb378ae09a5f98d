//! A command as the server takes it: who gave it when, by which way, and what it says.

use shared::command::Command;
use shared::id::{CommandId, ReplicaId, StoreId};
use shared::refusal::Refusal;
use shared::role::{Actor, Channel, Principal};
use shared::stamp::Stamp;
use shared::sync::Envelope;
use shared::time::Timestamp;
use uuid::Uuid;

use crate::identity::{App, Identity};
use crate::{text, zones};

/// A command as the server takes it.
#[derive(Clone, Debug)]
pub(crate) struct Order {
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
    pub base: u64,
    pub stamp: Stamp,
    pub channel: Channel,
    pub actor: Actor,
    pub replica: ReplicaId,
}

/// How a device's clock differs from ours, where it told us.
#[derive(Clone, Copy, Debug)]
pub(crate) enum DeviceClock {
    /// Add this to its stamps.
    Off(i64),
    /// It did not say: what comes directly is given now.
    Unknown,
}

impl Order {
    /// From an envelope. Identity comes from the session; the message only names the staff member on a shared tablet.
    pub(crate) fn received(envelope: &Envelope, identity: &Identity, replica: ReplicaId, clock: DeviceClock, now: Timestamp) -> Self {
        let mut command = envelope.open().ok();
        let unfit = command.as_mut().and_then(|command| text::clean(command).and_then(|()| own_zone(command, now)).err());
        let mut actor = identity.actor.clone();
        if matches!(actor.principal, Principal::Device(_)) {
            actor.staff = envelope.actor.or(actor.staff);
        }
        let stamp = match clock {
            DeviceClock::Off(millis) => envelope.hlc.corrected(millis, now),
            DeviceClock::Unknown => Stamp { at: now, counter: envelope.hlc.counter },
        };
        Order {
            number: envelope.number,
            uuid: envelope.uuid,
            kind: envelope.kind,
            version: envelope.version,
            channel: channel_of(identity, command.as_ref()),
            unread: if command.is_none() { envelope.payload.clone() } else { Vec::new() },
            command,
            unfit,
            base: envelope.base,
            stamp,
            actor,
            replica,
        }
    }

    /// A command of the product itself.
    pub(crate) fn system(uuid: CommandId, mut command: Command, channel: Channel, given_at: Timestamp) -> Self {
        let unfit = text::clean(&mut command).err();
        let (kind, version) = command.kind();
        Order {
            number: 0,
            uuid,
            kind,
            version,
            command: Some(command),
            unfit,
            unread: Vec::new(),
            base: u64::MAX,
            stamp: Stamp { at: given_at, counter: 0 },
            channel,
            actor: Actor::system(),
            replica: ReplicaId(Uuid::nil()),
        }
    }

    /// The store it is about.
    pub(crate) fn store(&self) -> Option<StoreId> {
        self.command.as_ref().and_then(Command::store)
    }
}

/// The table of a store's zone is the server's own, whatever a form sends along: only the name is a wish. A zone that is on no map may
/// be a distance from Greenwich that never changes.
fn own_zone(command: &mut Command, now: Timestamp) -> Result<(), Refusal> {
    let Command::PutStore(put) = command else { return Ok(()) };
    let zone = &mut put.store.zone;
    match zones::zone_around(&zone.name, now) {
        Some(own) => *zone = own,
        None if zone.transitions.is_empty() && zone.first_offset_seconds.abs() <= 14 * 3600 => zone.version = String::new(),
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
