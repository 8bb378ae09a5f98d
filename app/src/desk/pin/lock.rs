//! The lock: on an enrolled tablet, after some minutes without a touch, somebody has to say who they are again.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::time::{MINUTE, Timestamp};

use super::way_out::SignInInstead;
use super::{PinPad, is_tablet};
use crate::browser;
use crate::desk::workbench::Workbench;
use crate::i18n;
use crate::state::Link;

/// Minutes without a touch, kept on the tablet; `0` never locks.
const PREFERENCE: &str = "huiyue-desk-lock-minutes";
/// When the tablet was last touched by somebody who had said who they are; kept on the tablet, nothing while it is locked.
const TOUCHED: &str = "huiyue-desk-touched";
/// Unless another was chosen.
const DEFAULT_MINUTES: i64 = 5;
/// What can be chosen.
const CHOICES: [i64; 4] = [2, 5, 15, 0];

fn lock_minutes() -> i64 {
    browser::preference(PREFERENCE).and_then(|minutes| minutes.parse().ok()).unwrap_or(DEFAULT_MINUTES)
}

/// Put it once into the frame of the desk. Shows nothing until it locks.
#[component]
pub fn AutoLock() -> impl IntoView {
    let bench = Workbench::expect();
    // A reload opens nothing: what was locked, or cannot be known, is locked.
    let before = last_touch();
    let is_locked = RwSignal::new(before.is_none_or(|before| is_idle(before, browser::wall_clock())));
    let touched_at = RwSignal::new(before.unwrap_or_default());
    let set_touched = move || {
        let (now, before) = (browser::wall_clock(), touched_at.get_untracked());
        if now.0.abs_diff(before.0) >= 1000 {
            touched_at.set(now);
            keep_touch(Some(now));
        }
    };
    let touch = move || {
        if !is_locked.get_untracked() {
            set_touched();
        }
    };
    let lock = move || {
        is_locked.set(true);
        keep_touch(None);
    };
    let pointer = window_event_listener(ev::pointerdown, move |_| touch());
    let key = window_event_listener(ev::keydown, move |_| touch());
    on_cleanup(move || {
        pointer.remove();
        key.remove();
    });
    Effect::new(move |was_tablet: Option<bool>| {
        let nobody = bench.replica.session().is_some_and(|session| session.staff.is_none());
        // The device's own clock, as at the next start: what the server says of the time comes later.
        let _tick = bench.replica.now();
        let is_tablet = is_tablet(bench);
        // Whoever has just signed in on the locked tablet is there.
        if was_tablet == Some(true) && !is_tablet {
            is_locked.set(false);
            set_touched();
        }
        let touched = last_touch().unwrap_or_default().max(touched_at.get_untracked());
        let idle = is_idle(touched, browser::wall_clock());
        // Whoever had signed in on it has signed out: the next person says who they are.
        let is_back = was_tablet == Some(false) && is_tablet;
        if is_tablet && (nobody || idle || is_back) {
            lock();
        }
        if idle && !is_tablet && bench.replica.is_on_tablet() {
            set_touched();
            give_back(bench);
        }
        is_tablet
    });
    let unlock = Callback::new(move |()| {
        is_locked.set(false);
        set_touched();
    });
    let is_shown = Memo::new(move |_| is_locked.get() && is_tablet(bench));
    view! {
        <Show when=move || is_shown.get()>
            <PinPad on_done=unlock>
                <GoOnOffline on_go=unlock />
                <SignInInstead />
            </PinPad>
        </Show>
    }
}

/// Somebody signed in on the tablet and went away. What they have not sent keeps them there.
fn give_back(bench: Workbench) {
    spawn_local(async move {
        let _ = bench.replica.sign_out(false).await;
    });
}

fn last_touch() -> Option<Timestamp> {
    browser::preference(TOUCHED)?.parse().ok().map(Timestamp)
}

fn keep_touch(touched_at: Option<Timestamp>) {
    browser::set_preference(TOUCHED, touched_at.map(|at| at.0.to_string()).as_deref());
}

fn is_idle(touched_at: Timestamp, now: Timestamp) -> bool {
    is_idle_for(lock_minutes(), touched_at, now)
}

/// A touch that is still to come was not one: somebody has set the clock back.
fn is_idle_for(minutes: i64, touched_at: Timestamp, now: Timestamp) -> bool {
    let idle = now.0.saturating_sub(touched_at.0);
    minutes > 0 && (idle >= minutes * MINUTE || idle < -MINUTE)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tablet_nobody_touches_locks_also_when_its_clock_is_set_back() {
        let now = Timestamp(0).plus_minutes(600);
        let is_locked = |minutes, ago: i64| is_idle_for(minutes, now.plus_minutes(-ago), now);
        assert!(!is_locked(5, 4) && is_locked(5, 5) && is_locked(5, -2));
        assert!(!is_locked(0, 500), "never was chosen");
    }
}
