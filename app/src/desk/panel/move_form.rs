//! Moving a booking: another day, another time, other people. What it costs then is said before the tap.

mod fields;
mod staff_preferences;

use leptos::prelude::*;
use shared::role::Permission;

use crate::components::dialog::Dialog;
use crate::components::icon::Icon;
use crate::desk::booking_form::clash::{ClashNotice, is_about_time, others_then};
use crate::desk::booking_form::times::TimePicker;
use crate::desk::done::Done;
use crate::desk::panel::shown::{Panel, PanelProblem};
use crate::desk::reason_dialog::ReasonForm;
use crate::desk::same_time::SameTimeNotice;
use crate::desk::words::{staff_names, sum_text};
use crate::i18n::{self, format};

use fields::MoveFields;
use staff_preferences::LinePreferences;

/// See above.
#[component]
pub fn MoveForm() -> impl IntoView {
    let panel = Panel::expect();
    let draft = MoveFields::new(panel);
    let words = || &i18n::desk().visit;
    let choice = draft.choice;
    view! {
        <form class="form" aria-label=move || words().move_title on:submit=move |event| { event.prevent_default(); give(draft); }>
            <TimePicker choice />
            <LinePreferences draft />
            <ClashNotice choice problem=panel.problem>
                <SqueezeHere draft />
            </ClashNotice>
            <SameTimeNotice asked=Signal::derive(move || draft.same_time()) />
            <Show when=move || !panel.problem.with(|problem| problem.as_ref().is_some_and(is_about_time))><PanelProblem /></Show>
            <Result draft />
            <div class="form__actions">
                <button class="button" type="button" on:click=move |_| panel.leave()>{move || words().keep}</button>
                <button
                    class="button button--primary"
                    type="submit"
                    disabled=move || choice.starts_at.get().is_none() || choice.is_mistyped.get()
                >
                    <Icon name="move" size="small" />
                    {move || words().move_here}
                </button>
            </div>
        </form>
    }
}

/// When, with whom and for how much it will be; and that it costs something else than before.
#[component]
fn Result(draft: MoveFields) -> impl IntoView {
    let bench = draft.panel.bench;
    let sums = move || {
        let currency = bench.store()?.currency;
        draft.prices().map(|(before, after)| (sum_text(currency, &before), sum_text(currency, &after)))
    };
    let text = move || {
        let (store, start, lines) = (bench.store()?, draft.choice.starts_at.get()?, draft.placed()?);
        let day = format::day(store.zone.local(start).0, bench.calendar_date());
        let people = staff_names(&bench.replica.view(), lines.iter().filter_map(|line| line.staff));
        let (_, sum) = sums()?;
        Some([format!("{} {day}", format::time(&store.zone, start)), people, sum].join(" · "))
    };
    let change = move || sums().filter(|(before, after)| before != after);
    view! {
        <div class="stack stack--tight" aria-live="polite">
            <p class="strong number">{text}</p>
            {move || change().map(|(before, after)| view! {
                <p class="panel__notice"><Icon name="wallet" /><span>{(i18n::desk().visit.price_changes)(&before, &after)}</span></p>
            })}
        </div>
    }
}

fn give(draft: MoveFields) {
    let panel = draft.panel;
    let (Some(booking), Some((command, undo))) = (panel.now(), draft.commands()) else { return };
    let done = Done::new("move", i18n::desk().done.moved, panel.about(&booking)).undo(undo.into_iter().collect()).then(panel.back());
    panel.bench.give(command, done, panel.problem);
}

/// Both bookings stand, with a reason.
#[component]
fn SqueezeHere(draft: MoveFields) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let close = Callback::new(move |()| is_open.set(false));
    let give = Callback::new(move |reason: String| {
        is_open.set(false);
        squeeze(draft, reason);
    });
    let may = Memo::new(move |_| draft.panel.bench.may(Permission::Override));
    view! {
        <Show when=move || may.get()>
            <button class="button" type="button" disabled=move || draft.choice.is_mistyped.get() on:click=move |_| is_open.set(true)>
                <Icon name="squeeze" />
                {move || i18n::desk().form.squeeze}
            </button>
        </Show>
        <Show when=move || is_open.get()>
            <Dialog title=Signal::derive(|| i18n::desk().form.squeeze_title.to_owned()) on_close=close>
                <p>{move || i18n::desk().form.squeeze_text}</p>
                {move || others_then(draft.choice).map(|names| view! { <p class="strong">{names}</p> })}
                <ReasonForm on_give=give on_close=close />
            </Dialog>
        </Show>
    }
}

fn squeeze(draft: MoveFields, reason: String) {
    let panel = draft.panel;
    let (Some(booking), Some(command)) = (panel.now(), draft.squeeze(reason)) else { return };
    let done = Done::new("squeeze", i18n::desk().done.squeezed, panel.about(&booking)).then(panel.back());
    panel.bench.give(command, done, panel.problem);
}
