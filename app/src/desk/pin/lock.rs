//! The lock: on an enrolled tablet, after some minutes without a touch, somebody has to say who they are again.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::cover::Cover;
use super::way_out::SignInInstead;
use super::{PinPad, idle, is_tablet};
use crate::desk::sign_in::SignInForm;
use crate::desk::workbench::Workbench;
use crate::state::{Link, SignOutError};
use crate::{browser, i18n};

/// Minutes without a touch, kept on the tablet; `0` never locks.
const PREFERENCE: &str = "huiyue-desk-lock-minutes";
/// Unless another was chosen.
const DEFAULT_MINUTES: i64 = 5;
/// What can be chosen.
const CHOICES: [i64; 4] = [2, 5, 15, 0];

fn lock_minutes() -> i64 {
    browser::preference(PREFERENCE).and_then(|minutes| minutes.parse().ok()).unwrap_or(DEFAULT_MINUTES)
}

/// What stands between the screen and whoever touches it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lock {
    Open,
    /// Somebody has to say who they are.
    Pad,
    /// Somebody signed in on the tablet and went away: it goes back to the store as soon as it can.
    Leaving,
}

/// Put it once into the frame of the desk. Shows nothing until it locks.
#[component]
pub fn AutoLock() -> impl IntoView {
    let bench = Workbench::expect();
    let lock = RwSignal::new(Lock::Open);
    let is_leaving = StoredValue::new(false);
    let touch = move || {
        if lock.get_untracked() == Lock::Open && !idle::is_over(lock_minutes()) {
            idle::touch();
        }
    };
    let pointer = window_event_listener(ev::pointerdown, move |_| touch());
    let key = window_event_listener(ev::keydown, move |_| touch());
    on_cleanup(move || {
        pointer.remove();
        key.remove();
    });
    Effect::new(move |was_tablet: Option<bool>| {
        // Every second.
        let _ = bench.replica.now();
        let (session, is_tablet) = (bench.replica.session(), is_tablet(bench));
        let nobody = session.as_ref().is_some_and(|session| session.staff.is_none());
        match (was_tablet, is_tablet) {
            // Whoever had signed in on it has signed out: the next person says who they are.
            (Some(false), true) => idle::end(),
            (Some(true), false) => idle::touch(),
            _ => {}
        }
        if is_tablet && nobody {
            idle::end();
        }
        let is_shared = is_tablet || session.is_some() && bench.replica.is_on_tablet();
        let now = match (is_shared && idle::is_over(lock_minutes()), is_tablet) {
            (false, _) => Lock::Open,
            (true, true) => Lock::Pad,
            (true, false) => Lock::Leaving,
        };
        if now != Lock::Open {
            // Neither a reload nor another clock opens it again.
            idle::end();
        }
        if lock.get_untracked() != now {
            lock.set(now);
        }
        let can_go = bench.replica.is_ready() && !matches!(bench.replica.link(), Link::Offline { .. });
        if now == Lock::Leaving && can_go && !is_leaving.get_value() {
            is_leaving.set_value(true);
            give_back(bench, is_leaving);
        }
        is_tablet
    });
    let unlock = Callback::new(move |()| {
        idle::touch();
        lock.set(Lock::Open);
    });
    view! {
        <Show when=move || lock.get() == Lock::Pad>
            <PinPad on_done=unlock>
                <GoOnOffline on_go=unlock />
                <SignInInstead />
            </PinPad>
        </Show>
        <Show when=move || lock.get() == Lock::Leaving><Leaving on_stay=unlock /></Show>
    }
}

/// Tries once; what they have not sent keeps them there, and [`Leaving`] says so.
fn give_back(bench: Workbench, is_leaving: StoredValue<bool>) {
    spawn_local(async move {
        match bench.replica.sign_out(false).await {
            // The next look tries again.
            Ok(()) | Err(SignOutError::Unsent(_)) => is_leaving.try_set_value(false),
        };
    });
}

/// Nobody works under the name of somebody who went away, also while the tablet cannot go back yet.
#[component]
fn Leaving(on_stay: Callback<()>) -> impl IntoView {
    let bench = Workbench::expect();
    let unsent = Memo::new(move |_| bench.replica.waiting().len());
    let stay = Callback::new(move |()| {
        on_stay.try_run(());
    });
    view! {
        <Cover on_cancel=None>
            <p role="status">{move || (i18n::door().leaving)(unsent.get())}</p>
            <GoOnOffline on_go=stay />
            <SignInForm on_done=stay />
        </Cover>
    }
}

/// PINs are known to the server only. Without it the day goes on in the name of whoever was there last.
#[component]
fn GoOnOffline(on_go: Callback<()>) -> impl IntoView {
    let bench = Workbench::expect();
    let is_offline = Memo::new(move |_| matches!(bench.replica.link(), Link::Offline { .. }));
    let name = move || {
        let view = bench.replica.view();
        let staff = bench.replica.session().and_then(|session| session.staff);
        staff.and_then(|id| view.catalogue.staff.get(&id).map(|staff| i18n::name(&staff.name))).unwrap_or_default()
    };
    view! {
        <Show when=move || is_offline.get()>
            <p class="small muted center">{move || i18n::door().offline_pin}</p>
            <button class="button button--wide" type="button" on:click=move |_| on_go.run(())>
                {move || (i18n::door().go_on_as)(&name())}
            </button>
        </Show>
    }
}

/// After how long the tablet locks.
#[component]
pub fn LockSetting() -> impl IntoView {
    let minutes = RwSignal::new(lock_minutes());
    let option = move |choice: i64| {
        let choose = move |_| {
            browser::set_preference(PREFERENCE, Some(&choice.to_string()));
            minutes.set(choice);
        };
        let text = move || if choice == 0 { i18n::door().never.to_owned() } else { i18n::format::duration(choice) };
        view! {
            <button class="segmented__option" type="button" aria-pressed=move || (minutes.get() == choice).to_string() on:click=choose>
                {text}
            </button>
        }
    };
    view! {
        <div class="field">
            <span class="field__label" id="lock-after">{move || i18n::door().lock_after}</span>
            <div class="segmented" role="group" aria-labelledby="lock-after">{CHOICES.map(option)}</div>
        </div>
    }
}
