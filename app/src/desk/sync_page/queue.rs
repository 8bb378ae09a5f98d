//! The commands on their way, oldest first, in words.

use leptos::prelude::*;

use crate::components::empty_state::EmptyState;
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::desk::command_words::command_words;
use crate::desk::workbench::Workbench;
use crate::i18n::{self, format};
use crate::state::{Prediction, Waiting};

#[component]
pub(super) fn Queue() -> impl IntoView {
    let bench = Workbench::expect();
    let is_empty = Memo::new(move |_| bench.replica.waiting().is_empty());
    let nothing = || {
        view! {
            <EmptyState icon="cloud" title=i18n::text(|| i18n::inbox().queue_empty) text=i18n::text(|| i18n::inbox().queue_empty_text) />
        }
    };
    view! {
        <Show when=move || !is_empty.get() fallback=nothing>
            <section class="section" aria-labelledby="queue">
                <h2 id="queue">{move || i18n::inbox().queue}</h2>
                <ol class="queue surface">
                    <Rows
                        each=move || bench.replica.waiting().to_vec()
                        key=|row| (row.uuid, row.number)
                        children=move |row| view! { <Row row /> }
                    />
                </ol>
            </section>
        </Show>
    }
}

#[component]
fn Row(row: Waiting) -> impl IntoView {
    let bench = Workbench::expect();
    let Waiting { number, command, given_at, prediction, .. } = row;
    let what = move || command_words(&command, &bench.replica.view());
    let expectation = move || match &prediction {
        Prediction::Expected => i18n::inbox().expected.to_owned(),
        Prediction::Undecided => i18n::inbox().undecided.to_owned(),
        Prediction::Unlikely(refusal) => (i18n::inbox().unlikely)(&(i18n::refusals().refusal)(refusal)),
    };
    view! {
        <li class="queue__item">
            <span class="queue__number">{number}</span>
            <span class="queue__what">{what}<span class="queue__note">{expectation}</span></span>
            <span class="status" data-status="unsent"><Icon name="cloud-off" />{move || i18n::inbox().unsent}</span>
            <time class="queue__age">{move || format::duration(bench.minute().minutes_since(given_at).max(0))}</time>
        </li>
    }
}
