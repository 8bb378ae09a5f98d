//! The pad itself: pick a face, type four to six digits.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::StaffId;
use shared::staff::Staff;

use super::cover::Cover;
use crate::api::{self, ApiError};
use crate::components::avatar::{Avatar, hue_of};
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::desk::api_problem::ApiProblem;
use crate::desk::staff_order::in_order;
use crate::desk::workbench::Workbench;
use crate::i18n::{self, format};

const SHORTEST: usize = 4;
const LONGEST: usize = 6;

/// What is typed, for whom, and whether it was wrong.
#[derive(Clone, Copy)]
struct Pad {
    bench: Workbench,
    staff: RwSignal<Option<StaffId>>,
    digits: RwSignal<String>,
    is_busy: RwSignal<bool>,
    problem: RwSignal<Option<ApiError>>,
    on_done: Callback<()>,
}

impl Pad {
    fn add(self, digit: char) {
        if self.is_busy.get_untracked() || self.staff.get_untracked().is_none() {
            return;
        }
        self.problem.set(None);
        self.digits.update(|digits| {
            if digits.len() < LONGEST {
                digits.push(digit);
            }
        });
        if self.digits.with_untracked(String::len) == LONGEST {
            self.claim();
        }
    }

    fn remove(self) {
        self.digits.update(|digits| {
            digits.pop();
        });
    }

    fn choose(self, staff: StaffId) {
        self.problem.set(None);
        self.digits.set(String::new());
        self.staff.set(Some(staff));
    }

    fn claim(self) {
        let Some(staff) = self.staff.get_untracked().filter(|_| !self.is_busy.get_untracked()) else { return };
        let pin = self.digits.get_untracked();
        if pin.len() < SHORTEST {
            return;
        }
        self.is_busy.set(true);
        spawn_local(async move {
            match api::claim_staff(staff, &pin).await {
                Ok(session) => {
                    self.bench.replica.use_session(session).await;
                    self.on_done.try_run(());
                }
                Err(error) => {
                    self.problem.try_set(Some(error));
                }
            }
            self.digits.try_set(String::new());
            self.is_busy.try_set(false);
        });
    }

    fn press(self, event: &web_sys::KeyboardEvent) {
        let key = event.key();
        let mut letters = key.chars();
        match (key.as_str(), letters.next(), letters.next()) {
            ("Enter", ..) => self.claim(),
            ("Backspace", ..) => self.remove(),
            (_, Some(digit), None) if digit.is_ascii_digit() => self.add(digit),
            _ => {}
        }
    }
}

/// Over everything. Without `on_cancel` there is no way around it.
#[component]
pub fn PinPad(
    /// Somebody has said who they are.
    on_done: Callback<()>,
    /// Leaves everything as it is.
    #[prop(optional)]
    on_cancel: Option<Callback<()>>,
    /// What else is offered, e.g. while there is no network.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let bench = Workbench::expect();
    let before = untrack(|| bench.replica.session().and_then(|session| session.staff));
    let pad = Pad {
        bench,
        staff: RwSignal::new(before),
        digits: RwSignal::new(String::new()),
        is_busy: RwSignal::new(false),
        problem: RwSignal::new(None),
        on_done,
    };
    let handle = window_event_listener(ev::keydown, move |event| pad.press(&event));
    on_cleanup(move || handle.remove());
    let clock = move || bench.store().map(|store| format::time(&store.zone, bench.minute()));
    view! {
        <Cover on_cancel>
                <time class="pin__clock">{clock}</time>
                <People pad />
                <Dots pad />
                <ApiProblem problem=pad.problem />
                <Keys pad on_cancel />
                {children.map(|children| children())}
        </Cover>
    }
}

#[component]
fn People(pad: Pad) -> impl IntoView {
    let people = Memo::new(move |_| {
        let view = pad.bench.replica.view();
        pad.bench
            .store()
            .map(|store| in_order(&store, view.staff_of(store.id), i18n::language()).into_iter().cloned().collect::<Vec<Staff>>())
            .unwrap_or_default()
    });
    let person = move |staff: Staff| {
        let (id, name) = (staff.id, staff.name);
        let name = Signal::derive(move || i18n::name(&name));
        let is_chosen = move || (pad.staff.get() == Some(id)).to_string();
        view! {
            <button class="pin__person" type="button" aria-pressed=is_chosen on:click=move |_| pad.choose(id)>
                <Avatar name hue=hue_of(id.0) />
                {name}
            </button>
        }
    };
    view! {
        <div class="pin__people" role="group" aria-label=move || i18n::door().who_title>
            <Rows each=move || people.get() key=|staff| staff.id children=person />
        </div>
        <Show when=move || people.with(Vec::is_empty)>
            <p class="muted">{move || i18n::door().nobody_here}</p>
        </Show>
    }
}

#[component]
fn Dots(pad: Pad) -> impl IntoView {
    let typed = move || pad.digits.with(String::len);
    let dots = move || {
        (0..typed().max(SHORTEST)).map(|place| view! { <span class="pin__dot" class:pin__dot--on=place < typed()></span> }).collect_view()
    };
    view! {
        <div
            class="pin__dots"
            class:pin__dots--wrong=move || pad.problem.with(Option::is_some) role="status"
            aria-label=move || (i18n::door().typed)(typed())
        >
            {dots}
        </div>
    }
}

#[component]
fn Keys(pad: Pad, on_cancel: Option<Callback<()>>) -> impl IntoView {
    let key = move |digit: char| view! { <button class="pin__key" type="button" on:click=move |_| pad.add(digit)>{digit}</button> };
    let is_enough = Memo::new(move |_| pad.digits.with(String::len) >= SHORTEST);
    let cancel = move || {
        on_cancel.map(|cancel| {
            view! {
                <button class="pin__key pin__key--plain" type="button" on:click=move |_| cancel.run(())>
                    {move || i18n::common().actions.back}
                </button>
            }
            .into_any()
        })
    };
    let enter = move || {
        view! {
            <button class="pin__key pin__key--plain" type="button" on:click=move |_| pad.claim()>
                <strong>{move || i18n::common().actions.ok}</strong>
            </button>
        }
        .into_any()
    };
    view! {
        <div class="pin__keys">
            {('1'..='9').map(key).collect_view()}
            {move || if is_enough.get() { enter() } else { cancel().unwrap_or_else(|| view! { <span></span> }.into_any()) }}
            {key('0')}
            <button
                class="pin__key pin__key--plain"
                type="button"
                aria-label=move || i18n::common().actions.delete
                on:click=move |_| pad.remove()
            >
                <Icon name="back" />
            </button>
        </div>
    }
}
