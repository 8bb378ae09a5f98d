//! The entry of a command in the log, with its personal data set apart so that it can be forgotten.

use std::collections::BTreeMap;

use serde_json::Value;
use shared::command::Command;
use shared::role::Channel;
use shared::sync::Outcome;
use shared::time::Timestamp;

use super::Verdict;
use super::order::Order;
use crate::db::commands::Entry;
use crate::db::has_nul;
use crate::identity::principal_name;
use crate::sealed::Sealer;

/// Bytes kept of a command whose decision cannot be stored: a person is to find out why.
const POISONED_BYTES: u32 = 65_536;

/// Fields of commands about people and visits that say something about a person.
const PERSONAL: [&str; 9] = ["name", "phone", "code", "contact", "profile", "notes", "allergies", "tags", "note"];

/// The entry of a decided command.
pub(crate) fn entry(sealer: &Sealer, order: &Order, verdict: &Verdict, now: Timestamp, refused_bytes: u32) -> Entry {
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
        channel: channel_name(order.channel).to_owned(),
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
pub(crate) fn poisoned(sealer: &Sealer, order: &Order, now: Timestamp) -> Entry {
    let verdict = Verdict { outcome: Outcome::Poison, step: None };
    let bytes = order.command.as_ref().map_or_else(|| order.unread.clone(), Command::payload);
    // Whatever made it fail may be in the text: it is kept sealed, as bytes.
    let unread = Order { command: None, unread: bytes, ..order.clone() };
    entry(sealer, &unread, &verdict, now, POISONED_BYTES)
}

fn split(sealer: &Sealer, order: &Order, command: &Command) -> (Option<Value>, Option<Vec<u8>>) {
    let Ok(mut payload) = serde_json::to_value(command) else { return (None, None) };
    if has_nul(&payload) {
        return (None, Some(sealer.seal(order.uuid.0, &command.payload())));
    }
    if command.changes_catalogue() {
        return (Some(payload), None);
    }
    let mut personal = BTreeMap::new();
    take_personal(&mut payload, &mut String::new(), &mut personal);
    let sealed = (!personal.is_empty()).then(|| sealer.seal_json(order.uuid.0, &personal));
    (Some(payload), sealed)
}

/// Moves personal values out of `value` into `found`, by their path.
fn take_personal(value: &mut Value, path: &mut String, found: &mut BTreeMap<String, Value>) {
    let length = path.len();
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                path.push('/');
                path.push_str(name);
                let empty = value.is_null() || value.as_str().is_some_and(str::is_empty);
                if PERSONAL.contains(&name.as_str()) && !empty {
                    found.insert(path.clone(), value.take());
                } else {
                    take_personal(value, path, found);
                }
                path.truncate(length);
            }
        }
        Value::Array(values) => {
            for (index, value) in values.iter_mut().enumerate() {
                path.push_str(&format!("/{index}"));
                take_personal(value, path, found);
                path.truncate(length);
            }
        }
        _ => {}
    }
}

fn channel_name(channel: Channel) -> &'static str {
    match channel {
        Channel::Desk => "desk",
        Channel::Phone => "phone",
        Channel::MemberApp => "member_app",
        Channel::Partner => "partner",
        Channel::Import => "import",
        Channel::WebWidget => "web_widget",
        Channel::WeChat => "we_chat",
        Channel::Device => "device",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_keeps_what_was_done_and_sets_apart_whom_it_was_about() {
        let mut payload =
            serde_json::json!({"book": {"note": "坐轮椅", "lines": [{"subject": {"guest": {"name": "王"}}, "service": "x"}]}});
        let mut personal = BTreeMap::new();
        take_personal(&mut payload, &mut String::new(), &mut personal);
        assert_eq!(payload, serde_json::json!({"book": {"note": null, "lines": [{"subject": {"guest": {"name": null}}, "service": "x"}]}}));
        assert_eq!(personal.keys().collect::<Vec<_>>(), ["/book/lines/0/subject/guest/name", "/book/note"]);
    }
}
