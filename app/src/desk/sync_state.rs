//! Is this desk in step with the server, in one line.

use leptos::prelude::*;
use shared::time::Timestamp;

use crate::components::icon::Icon;
use crate::desk::workbench::Workbench;
use crate::i18n::{self, format};
use crate::state::{Link, Storage};

/// After so many minutes without an exchange the line turns amber.
const STALE_MINUTES: i64 = 15;

#[derive(Clone, PartialEq, Eq)]
struct Line {
    class: &'static str,
    icon: &'static str,
    text: String,
}

/// Leads to the sync page.
#[component]
pub fn SyncState() -> impl IntoView {
    let bench = Workbench::expect();
    let line = Memo::new(move |_| {
        let replica = bench.replica;
        line(replica.link(), replica.storage(), replica.waiting().len(), (replica.last_sync(), bench.minute()))
    });
    view! {
        <a href="/desk/sync" class=move || line.with(|line| line.class)>
            {move || view! { <Icon name=line.with(|line| line.icon) /> }}
            <span>{move || line.with(|line| line.text.clone())}</span>
        </a>
    }
}

fn line(link: Link, storage: Storage, waiting: usize, (last, now): (Option<Timestamp>, Timestamp)) -> Line {
    let device = &i18n::common().device;
    let at = last.map_or_else(|| "–".to_owned(), format::device_time);
    let lost = matches!(storage, Storage::Full | Storage::Newer | Storage::Evicted { .. } | Storage::Ended { .. });
    match link {
        _ if lost => Line { class: ATTENTION, icon: "attention", text: i18n::desk().shell.storage_trouble.to_owned() },
        Link::SignedOut | Link::Outdated => Line { class: ATTENTION, icon: "attention", text: (device.link)(link).to_owned() },
        Link::Offline { .. } => Line { class: OFFLINE, icon: "cloud-off", text: (device.offline_bar)(waiting, &at) },
        _ if last.is_some_and(|last| now.minutes_since(last) >= STALE_MINUTES) => {
            Line { class: STALE, icon: "clock", text: (i18n::desk().shell.stale)(&at) }
        }
        _ if waiting > 0 => Line { class: PLAIN, icon: "sync", text: (i18n::desk().shell.sending)(waiting) },
        _ if last.is_none() => Line { class: PLAIN, icon: "sync", text: (device.link)(Link::Syncing).to_owned() },
        _ => Line { class: PLAIN, icon: "cloud", text: (i18n::desk().shell.in_step)(&at) },
    }
}

const PLAIN: &str = "sync-state";
const STALE: &str = "sync-state sync-state--stale";
const OFFLINE: &str = "sync-state sync-state--offline";
const ATTENTION: &str = "sync-state sync-state--attention";
