//! Editing a visit in place: services, lengths, people, prices, the guest and the note; what follows from it is said before it is saved.

mod draft;
mod fields;
mod line;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::components::text_field::{TextField, TextKind};
use crate::desk::booking_form::ServicePicker;
use crate::desk::booking_form::guest::{Guest, GuestPicker};
use crate::desk::done::Done;
use crate::desk::panel::shown::{Panel, PanelProblem};
use crate::desk::problem::Problem;
use crate::desk::words::{staff_names, sum_text};
use crate::i18n::{self, format};

use fields::{ChangeFields, Foreseen};
use line::ChangeLine;

/// See above.
#[component]
pub fn ChangeForm() -> impl IntoView {
    let panel = Panel::expect();
    let fields = ChangeFields::new(panel);
    let words = || &i18n::desk().change;
    let is_adding = RwSignal::new(false);
    let is_same = Memo::new(move |_| fields.foreseen.with(|foreseen| *foreseen == Foreseen::Same));
    view! {
        <form class="form" aria-label=move || words().title on:submit=move |event| { event.prevent_default(); give(fields); }>
            <Rows each=move || fields.keys() key=|key| *key children=move |key| view! { <ChangeLine fields key /> } />
            <Show
                when=move || is_adding.get()
                fallback=move || view! {
                    <button class="button" type="button" on:click=move |_| is_adding.set(true)>
                        <Icon name="plus" size="small" />
                        {move || words().add}
                    </button>
                }
            >
                <ServicePicker services=fields.added />
            </Show>
            <WhoElse fields />
            <TextField
                name="change-note"
                kind=TextKind::Lines
                label=Signal::derive(|| i18n::desk().form.note.to_owned())
                value=fields.note
            />
            <Outcome fields />
            <PanelProblem />
            <div class="form__actions">
                <button class="button" type="button" on:click=move |_| panel.leave()>{move || i18n::common().actions.back}</button>
                <button class="button button--primary" type="submit" disabled=move || is_same.get()>
                    <Icon name="check" size="small" />
                    {move || words().save}
                </button>
            </div>
        </form>
    }
}

/// The guest stays, until somebody else is to be served.
#[component]
fn WhoElse(fields: ChangeFields) -> impl IntoView {
    let region = fields.panel.bench.region();
    let problem = Signal::derive(move || fields.guest.with(|guest| guest.problem_words(region)));
    view! {
        <Show
            when=move || fields.is_for_other.get()
            fallback=move || view! {
                <button class="button" type="button" on:click=move |_| fields.is_for_other.set(true)>
                    <Icon name="person" size="small" />
                    {move || i18n::desk().change.other_guest}
                </button>
            }
        >
            <GuestPicker guest=fields.guest />
            <Problem text=problem />
        </Show>
    }
}

/// How it would be, for how much, and for whom else it matters; or why it cannot be.
#[component]
fn Outcome(fields: ChangeFields) -> impl IntoView {
    let bench = fields.panel.bench;
    let text = move || {
        let Foreseen::Changed(after, _) = fields.foreseen.get() else { return None };
        let store = bench.store()?;
        let until = after.lines.iter().map(|line| line.range().end).max().unwrap_or(after.ends_at);
        let time = format!("{}–{}", format::time(&store.zone, after.starts_at), format::time(&store.zone, until));
        let people = staff_names(&bench.replica.view(), after.lines.iter().filter_map(|line| line.staff));
        let sum = sum_text(store.currency, &after.lines.iter().map(|line| line.price).collect::<Vec<_>>());
        Some([time, people, sum].join(" · "))
    };
    let sums = move || {
        let Foreseen::Changed(after, _) = fields.foreseen.get() else { return None };
        let (currency, before) = (bench.store()?.currency, fields.panel.booking.get()?);
        let sum = |lines: &[shared::booking::Line]| sum_text(currency, &lines.iter().map(|line| line.price).collect::<Vec<_>>());
        let (before, after) = (sum(&before.lines), sum(&after.lines));
        (before != after).then(|| (i18n::desk().visit.price_changes)(&before, &after))
    };
    let hits = move || match fields.foreseen.get() {
        Foreseen::Changed(_, hits) => hits,
        _ => Vec::new(),
    };
    let why = Signal::derive(move || match fields.foreseen.get() {
        Foreseen::Refused(refusal) => Some((i18n::refusals().refusal)(&refusal)),
        _ => None,
    });
    view! {
        <div class="stack stack--tight" aria-live="polite">
            <p class="strong number">{text}</p>
            {move || sums().map(|text| view! { <p class="panel__notice"><Icon name="wallet" /><span>{text}</span></p> })}
            <Rows each=hits key=String::clone children=|text| view! {
                <p class="panel__notice"><Icon name="people" /><span>{text}</span></p>
            } />
            <Problem text=why />
        </div>
    }
}

/// The new member first, where there is one, then the visit.
fn give(fields: ChangeFields) {
    let panel = fields.panel;
    let (bench, is_other) = (panel.bench, fields.is_for_other.get_untracked());
    let guest = fields.guest.get_untracked();
    if fields.is_busy.get_untracked() || is_other && guest.problem(bench.region()).is_some() {
        return;
    }
    let (Some(booking), Some((command, undo))) = (panel.now(), fields.commands()) else { return };
    let done = Done::new("edit", i18n::desk().done.changed, panel.about(&booking)).undo(undo.into_iter().collect()).then(panel.back());
    let register = match guest {
        Guest::New(new) if is_other => Some(new.command(fields.new_member, booking.store, bench.region())),
        _ => None,
    };
    fields.is_busy.set(true);
    spawn_local(async move {
        let is_known = match register {
            Some(register) => bench.give_first(register, panel.problem).await,
            None => true,
        };
        if is_known {
            bench.give_last(command, done, panel.problem).await;
        }
        fields.is_busy.try_set(false);
    });
}
