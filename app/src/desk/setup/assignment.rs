//! Who gets a guest who asked for nobody: in which order, when it is settled, and whether a returning member's person comes first.

use leptos::prelude::*;
use shared::command::{Command, PutStaffAssignment};
use shared::id::StoreId;
use shared::placement::binding;
use shared::staff_assignment::{AssignmentOrder, Binding};

use super::save::{ChangedMeanwhile, FormProblem, Saving, save, say_saved};
use crate::components::segmented::Segmented;
use crate::desk::workbench::Workbench;
use crate::i18n;
use crate::state::CommandStatus;

/// The page of a store.
#[component]
pub(super) fn AssignmentPage(store: StoreId) -> impl IntoView {
    let round = RwSignal::new(0);
    let again = Callback::new(move |()| round.update(|round| *round += 1));
    let form = move || {
        round.track();
        view! { <OneForm store on_theirs=again /> }
    };
    view! { <div class="desk__page" style:--page-width="44rem">{form}</div> }
}

#[component]
fn OneForm(store: StoreId, on_theirs: Callback<()>) -> impl IntoView {
    let bench = Workbench::expect();
    let words = || &i18n::set_up().assignment;
    let rules = binding::rules(&bench.replica.view_now().catalogue, store);
    let (order, binding, usual_first) = (RwSignal::new(rules.order), RwSignal::new(rules.binding), RwSignal::new(rules.usual_first));
    let base = RwSignal::new(untrack(|| version(bench, store)));
    let now = Memo::new(move |_| version(bench, store));
    let saving = Saving::new();
    let say = say_saved(bench);
    let saved = Callback::new(move |status: CommandStatus| {
        base.try_set(untrack(|| version(bench, store)));
        say.run(status);
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let (order, binding, usual_first) = (order.get_untracked(), binding.get_untracked(), usual_first.get_untracked());
        let put = PutStaffAssignment { store, order, binding, usual_first, base: base.get_untracked() };
        save(bench, vec![Command::PutStaffAssignment(put)], saving, saved);
    };
    view! {
        <form class="form" on:submit=submit>
            <p class="muted">{move || words().text}</p>
            <ChangedMeanwhile base now on_theirs />
            <Segmented
                label=i18n::text(|| i18n::set_up().assignment.order)
                chosen=order
                options=[AssignmentOrder::LeastBooked, AssignmentOrder::StoreOrder, AssignmentOrder::Rotation]
                word=|order| (i18n::set_up().assignment.order_word)(order)
            />
            <p class="field__hint">{move || (words().order_text)(order.get())}</p>
            <Segmented
                label=i18n::text(|| i18n::set_up().assignment.binding)
                chosen=binding
                options=[Binding::AtBooking, Binding::OnArrival]
                word=|binding| (i18n::set_up().assignment.binding_word)(binding)
            />
            <p class="field__hint">{move || (words().binding_text)(binding.get())}</p>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || usual_first.get()
                    on:change=move |event| usual_first.set(event_target_checked(&event))
                />
                <span class="check__text">
                    {move || words().usual_first}
                    <br />
                    <span class="small muted">{move || words().usual_text}</span>
                </span>
            </label>
            <FormProblem saving />
            <div class="form__actions">
                <button class="button button--primary button--large" type="submit">{move || i18n::common().actions.save}</button>
            </div>
        </form>
    }
}

fn version(bench: Workbench, store: StoreId) -> u32 {
    let set = bench.replica.view();
    set.catalogue.staff_assignments.get(&store).and_then(|set| set.written).map_or(0, |written| written.version)
}
