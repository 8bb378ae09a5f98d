//! Words both apps use.

use shared::state_kind::StateKind;

use crate::i18n::common::{Actions, Device, Sessions, States, Times, Words};
use crate::state::{Link, Storage};

pub(in crate::i18n) const WORDS: Words = Words { actions: ACTIONS, states: STATES, device: DEVICE, sessions: SESSIONS, times: TIMES };

const ACTIONS: Actions = Actions {
    ok: "OK",
    back: "Back",
    close: "Close",
    save: "Save",
    delete: "Delete",
    edit: "Edit",
    retry: "Try again",
    refresh: "Refresh",
    undo: "Undo",
    sign_in: "Sign in",
    sign_out: "Sign out",
    send_now: "Send now",
    dismiss: "Got it",
    search: "Search",
    more: "More",
};

const STATES: States = States {
    of: |state| match state {
        StateKind::Held => "Held for you",
        StateKind::Requested => "Awaiting confirmation",
        StateKind::Confirmed => "Confirmed",
        StateKind::Waiting => "Waiting",
        StateKind::CheckedIn => "Checked in",
        StateKind::InService => "In service",
        StateKind::Completed => "Completed",
        StateKind::Expired => "Expired",
        StateKind::Declined => "Not accepted",
        StateKind::Cancelled => "Cancelled",
        StateKind::NoShow => "No-show",
        StateKind::Displaced => "Needs a new time",
    },
    unsent: "Waiting to send · not booked yet",
    refused: "Not booked",
    attention: "Needs your decision",
    blocked: "Blocked",
};

const DEVICE: Device = Device {
    link: |link| match link {
        Link::Online => "Connected",
        Link::Syncing => "Syncing",
        Link::Offline { .. } => "Offline",
        Link::SignedOut => "Session over",
        Link::Outdated => "Update needed",
    },
    storage: |storage| match storage {
        Storage::Opening | Storage::Durable => String::new(),
        Storage::Absent => "This browser keeps nothing: all works online, but you cannot book offline.".to_owned(),
        Storage::Ended { unsent: 0 } => {
            "The browser has closed this device's storage: all works online, but you cannot book offline.".to_owned()
        }
        Storage::Ended { unsent } => {
            format!(
                "The browser has closed this device's storage: {unsent} unsent change(s) are only in this page. Keep it open until they \
                    are sent."
            )
        }
        Storage::Full => "No room left on this device: new offline work cannot be kept. Sync or free some space first.".to_owned(),
        Storage::Newer => "Another tab runs a newer version. Please refresh.".to_owned(),
        Storage::Evicted { lost } => {
            format!("The browser cleared this device's data; {lost} unsent change(s) were lost. Please do them again.")
        }
    },
    offline_bar: |waiting, last_sync| match waiting {
        0 => format!("Offline · last synced {last_sync}"),
        _ => format!("Offline · {waiting} to sync · last synced {last_sync}"),
    },
    as_of: |time| format!("As of {time}"),
    new_version: "A new version is ready",
    session_over: "Your session is over. What was not sent is kept: sign in again to go on.",
    unsent_on_sign_out: |count| match count {
        1 => "1 change has not been sent and would be lost.".to_owned(),
        _ => format!("{count} changes have not been sent and would be lost."),
    },
    unreachable: "We cannot be reached right now. Please try again in a moment.",
    page_missing: "This page could not be fetched",
    page_missing_text: "Try again once you are connected. What you entered is still here.",
};

const SESSIONS: Sessions = Sessions {
    title: "Signed in on",
    text: "A lost phone, or somebody else's device: sign out here, and your bookings are gone there at once.",
    none: "Not signed in anywhere.",
    this_device: "This device",
    unknown_device: "Unknown device",
    signed_in: |since, seen| format!("Since {since} · used {seen}"),
    sign_out_there: "Sign out there",
    signed_out_there: "Signed out there",
};

const TIMES: Times = Times {
    weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    weekdays_short: ["M", "T", "W", "T", "F", "S", "S"],
    date: |month, day, weekday| format!("{} {day} {}", TIMES.weekdays[usize::from(weekday % 7)], month_name(month)),
    date_with_year: |year, month, day, weekday| format!("{} {day} {} {year}", TIMES.weekdays[usize::from(weekday % 7)], month_name(month)),
    duration: |minutes| match (minutes / 60, minutes % 60) {
        (0, rest) => format!("{rest} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, rest) => format!("{hours} h {rest} min"),
    },
    today: "Today",
    tomorrow: "Tomorrow",
    yesterday: "Yesterday",
    ago: |minutes| match minutes {
        ..1 => "just now".to_owned(),
        1..60 => format!("{minutes} min ago"),
        60..1440 => format!("{} h ago", minutes / 60),
        _ => format!("{} d ago", minutes / 1440),
    },
    until: |minutes| match minutes {
        ..1 => "now".to_owned(),
        1..60 => format!("in {minutes} min"),
        60..1440 => format!("in {} h", minutes / 60),
        _ => format!("in {} d", minutes / 1440),
    },
    morning: "Morning",
    afternoon: "Afternoon",
    evening: "Evening",
    on_consultation: "On consultation",
};

/// `Nov`
pub(super) fn month(month: u32) -> String {
    month_name(month).to_owned()
}

fn month_name(month: u32) -> &'static str {
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    names.get(month.saturating_sub(1) as usize).copied().unwrap_or_default()
}
