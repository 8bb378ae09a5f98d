//! The entry of a command in the log, with its personal data set apart so that it can be forgotten.

use serde_json::Value;
use shared::command::Command;
use shared::personal::marked;
use shared::sync::Outcome;
use shared::time::Timestamp;

use crate::apply::verdict::Verdict;
use crate::db::commands::Entry;
use crate::db::form::set_apart;
use crate::identity::principal_name;
use crate::received_command::ReceivedCommand;
use crate::sealed::Sealer;
use crate::text::has_nul;

/// Bytes kept of a command whose decision cannot be stored: a person is to find out why.
const POISONED_BYTES: u32 = 65_536;

/// The entry of a decided command.
pub(crate) fn entry(sealer: &Sealer, order: &ReceivedCommand, verdict: &Verdict, now: Timestamp, refused_bytes: u32) -> Entry {
    let most = usize::try_from(refused_bytes).unwrap_or(usize::MAX);
    let (payload, personal) = match &order.command {
        // Nothing came of it: whoever sends nonsense does not fill the log with it.
        Some(command) if verdict.outcome != Outcome::Applied && command.payload().len() > most => {
            (None, Some(sealer.seal(order.uuid.0, beginning(&command.payload(), most))))
        }
        Some(command) => split(sealer, order, command),
        None => (None, Some(sealer.seal(order.uuid.0, beginning(&order.unread, most)))),
    };
    Entry {
        principal: principal_name(order.actor.principal),
        uuid: order.uuid.0,
        replica: order.replica.0,
        number: i64::try_from(order.number).unwrap_or(i64::MAX),
        kind: i16::try_from(order.kind).unwrap_or(i16::MAX),
        version: i16::from(order.version),
        name: order.command.as_ref().map(|command| command.name().to_owned()),
        staff: order.actor.staff.map(|staff| staff.0),
        channel: order.channel.name().to_owned(),
        store: order.store().map(|store| store.0),
        given_at: order.stamp.at.0,
        decided_at: now.0,
        base: i64::try_from(order.base).unwrap_or(i64::MAX),
        outcome: verdict.outcome.clone(),
        step: verdict.step.and_then(|step| serde_json::to_value(step).ok()?.as_str().map(str::to_owned)),
        payload,
        personal,
    }
}

fn beginning(bytes: &[u8], most: usize) -> &[u8] {
    bytes.get(..most).unwrap_or(bytes)
}

/// The entry of a command whose decision cannot be stored.
pub(crate) fn poisoned(sealer: &Sealer, order: &ReceivedCommand, now: Timestamp) -> Entry {
    let verdict = Verdict { outcome: Outcome::Poison, step: None };
    let bytes = order.command.as_ref().map_or_else(|| order.unread.clone(), Command::payload);
    // Whatever made it fail may be in the text: it is kept sealed, as bytes.
    let unread = ReceivedCommand { command: None, unread: bytes, ..order.clone() };
    entry(sealer, &unread, &verdict, now, POISONED_BYTES)
}

fn split(sealer: &Sealer, order: &ReceivedCommand, command: &Command) -> (Option<Value>, Option<Vec<u8>>) {
    let Ok(mut payload) = marked(|| serde_json::to_value(command)) else { return (None, None) };
    if has_nul(&payload) {
        return (None, Some(sealer.seal(order.uuid.0, &command.payload())));
    }
    let personal = set_apart(&mut payload);
    let sealed = (!personal.is_empty()).then(|| sealer.seal_json(order.uuid.0, &personal));
    (Some(payload), sealed)
}
