//! Above the board: what was saved here and refused later, where everybody sees it, with the times that can be had instead.

use leptos::prelude::*;

use super::refused::{other_times, take_other_time};
use crate::components::alternatives::NearbyTime;
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::desk::command_words::{booking_of, command_words};
use crate::desk::workbench::{Sheet, Workbench};
use crate::i18n;
use crate::state::{Refused, SubmitError};

/// The first of what was refused about bookings; how many more there are.
#[component]
pub fn RefusedStrip() -> impl IntoView {
    let bench = Workbench::expect();
    let about_bookings = Memo::new(move |_| {
        let refused = bench.replica.refused();
        let is_about_one = |refused: &&Refused| refused.command.as_ref().and_then(booking_of).is_some();
        refused.iter().filter(is_about_one).cloned().collect::<Vec<_>>()
    });
    let first = move || about_bookings.with(|refused| refused.first().cloned().into_iter().collect::<Vec<_>>());
    let more = Memo::new(move |_| about_bookings.with(|refused| refused.len().saturating_sub(1)));
    view! {
        <Rows each=first key=|refused| refused.uuid children=move |refused| view! { <RefusedCard refused more /> } />
    }
}

#[component]
fn RefusedCard(refused: Refused, more: Memo<usize>) -> impl IntoView {
    let bench = Workbench::expect();
    let problem = RwSignal::new(None::<SubmitError>);
    let uuid = refused.uuid;
    let (command, outcome) = (refused.command.clone(), refused.outcome.clone());
    let what = move || command.as_ref().map(|command| command_words(command, &bench.replica.view())).unwrap_or_default();
    let why = move || {
        let now = problem.get().map(|error| i18n::refusals().submit(&error));
        now.or_else(|| i18n::refusals().outcome(&outcome))
    };
    let shown = refused.clone();
    let times = Memo::new(move |_| other_times(bench, &shown));
    let item = move |time: NearbyTime| {
        let refused = refused.clone();
        let text =
            [format!("{} {}", time.day, time.time), time.who].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        view! {
            <button class="button button--small" type="button" on:click=move |_| take_other_time(bench, &refused, time.starts_at, problem)>
                {text}
            </button>
        }
    };
    view! {
        <section class="notice notice--decide" role="alert">
            <Icon name="attention" />
            <div class="notice__text">
                <h2 class="notice__title">{move || i18n::inbox().refused}{what}</h2>
                <p class="notice__note">{why}</p>
            </div>
            <div class="notice__actions">
                <Rows each=move || times.get() key=|time| time.starts_at children=item />
                <button class="button button--small" type="button" on:click=move |_| bench.open(Sheet::Refused(uuid))>
                    {move || i18n::common().actions.more}
                </button>
                <button class="button button--small button--quiet" type="button" on:click=move |_| bench.replica.dismiss(uuid)>
                    {move || i18n::common().actions.dismiss}
                </button>
                <Show when=move || { more.get() > 0 }>
                    <a class="button button--small button--quiet" href="/desk/attention">
                        {move || (i18n::desk().board.more_refused)(more.get())}
                    </a>
                </Show>
            </div>
        </section>
    }
}
