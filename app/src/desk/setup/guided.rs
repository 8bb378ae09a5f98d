//! The first run: five short steps, each saved as it is left, so that it can be gone on with at any time and on any device.

use leptos::prelude::*;

use super::done::Ready;
use super::rules::RulesForm;
use super::staff::People;
use super::store::FirstStore;
use crate::chunk::Stand;
use crate::components::icon::Icon;
use crate::desk::chunks::Chunks;
use crate::desk::fetching::{missing_part, skeleton};
use crate::desk::go::{use_go, use_go_instead};
use crate::desk::setup::of_store::the_store;
use crate::desk::setup::shifts::week::Grid;
use crate::desk::setup::unsaved::Unsaved;
use crate::desk::workbench::Workbench;
use crate::i18n;

/// How many steps there are; the one after is the end.
const STEPS: usize = 5;

/// The first step (1–5) with nothing behind it yet: store, services, staff, shifts, rules. Tracked.
pub(super) fn first_missing(bench: Workbench) -> usize {
    let view = bench.replica.view();
    let Some(store) = the_store(bench) else { return 1 };
    let has_staff = view.staff_of(store.id).any(|staff| !staff.skills.is_empty());
    let has_shift = view.catalogue.shifts.values().any(|shift| shift.store == store.id);
    match (view.catalogue.services.is_empty(), has_staff, has_shift) {
        (true, ..) => 2,
        (_, false, _) => 3,
        (.., false) => 4,
        _ => STEPS,
    }
}

/// `/desk/set-up/start` goes on where something is missing, `/desk/set-up/start/{n}` shows a step.
#[component]
pub(super) fn Guided(
    /// 1–5; 6 is the end.
    #[prop(optional_no_strip)]
    step: Option<usize>,
) -> impl IntoView {
    let bench = Workbench::expect();
    let go = use_go_instead();
    let is_addressed = step.is_some();
    let step = step.unwrap_or_else(|| untrack(|| first_missing(bench)));
    // A step has an address of its own: it stays while the server is asked, and after a reload.
    Effect::new(move |_| {
        if !is_addressed {
            go(&format!("/desk/set-up/start/{step}"));
        }
    });
    let missing = Memo::new(move |_| first_missing(bench));
    provide_context(Unsaved(RwSignal::new(false)));
    if step > STEPS {
        return view! { <Ready /> }.into_any();
    }
    let item = move |number: usize| view! { <StepItem number current=step missing /> };
    view! {
        <div class="set-up" class:set-up--wide=step == 4>
            <ol class="steps">{(1..=STEPS).map(item).collect_view()}</ol>
            <div class="set-up__form">
                <div class="stack stack--tight">
                    <h1>{move || (i18n::set_up().step_title)(step)}</h1>
                    <p class="muted">{move || (i18n::set_up().step_text)(step)}</p>
                </div>
                <StepBody step />
                {matches!(step, 2..=4).then(|| view! { <Onward step missing /> })}
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn StepItem(number: usize, current: usize, missing: Memo<usize>) -> impl IntoView {
    let is_done = move || number < missing.get() && number != current;
    let label = move || (i18n::set_up().step)(number);
    let mark = move || if is_done() { view! { <Icon name="check" /> }.into_any() } else { number.into_any() };
    let inside = move || view! { <span class="steps__number">{mark}</span><span class="steps__label">{label}</span> };
    let is_reachable = Memo::new(move |_| number <= missing.get());
    view! {
        <li>
            <Show when=move || is_reachable.get() fallback=move || view! { <span class="steps__item">{inside()}</span> }>
                <a
                    class="steps__item"
                    class:steps__item--done=is_done
                    href=format!("/desk/set-up/start/{number}")
                    aria-current=(number == current).then_some("step")
                >
                    {inside()}
                </a>
            </Show>
        </li>
    }
}

#[component]
fn StepBody(step: usize) -> impl IntoView {
    let go = use_go();
    let onward = Callback::new(move |_| go(&format!("/desk/set-up/start/{}", step + 1)));
    match step {
        1 => view! { <FirstStore on_saved=onward /> }.into_any(),
        2 => expect_context::<Chunks>().services.view(String::new(), Stand { waiting: skeleton, missing: missing_part }),
        3 => view! { <People chosen=None /> }.into_any(),
        4 => view! { <Grid /> }.into_any(),
        _ => view! { <RulesForm is_first=true on_saved=onward /> }.into_any(),
    }
}

/// Back and on; on only when this step has something to show for itself.
#[component]
fn Onward(step: usize, missing: Memo<usize>) -> impl IntoView {
    let unsaved = expect_context::<Unsaved>();
    let go = use_go();
    let next = move |_| go(&format!("/desk/set-up/start/{}", step + 1));
    view! {
        <Show when=move || unsaved.is_there()><p class="small muted" role="status">{move || i18n::set_up().save_first}</p></Show>
        <div class="form__actions">
            <a class="button button--large" href=format!("/desk/set-up/start/{}", step - 1)>{move || i18n::set_up().previous}</a>
            <button
                class="button button--primary button--large"
                type="button"
                disabled=move || unsaved.is_there() || missing.get() <= step && step < 5
                on:click=next
            >
                {move || i18n::set_up().next}
            </button>
        </div>
    }
}
