//! The order of the people, as the board and every list show them: moved up or down one place at a time, by hand or by keyboard, and saved
//! at once for the whole store.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use shared::command::{Command, OrderStaff};
use shared::id::{StaffId, StoreId};
use shared::store::Store;

use super::super::save::{ChangedMeanwhile, FormProblem, Saving, save, say_saved};
use crate::components::avatar::{Avatar, hue_of};
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::desk::setup::of_store::the_store;
use crate::desk::staff_order::in_order;
use crate::desk::workbench::Workbench;
use crate::i18n;
use crate::state::CommandStatus;

/// What is being put in order.
#[derive(Clone, Copy)]
struct NewOrder {
    bench: Workbench,
    people: RwSignal<Vec<StaffId>>,
    /// Who was moved last: said aloud.
    moved: RwSignal<Option<StaffId>>,
}

impl NewOrder {
    fn place(self, staff: StaffId) -> usize {
        self.people.with(|people| people.iter().position(|other| *other == staff).unwrap_or(0))
    }

    fn is_last(self, staff: StaffId) -> bool {
        self.people.with(|people| people.last() == Some(&staff))
    }

    fn name(self, staff: StaffId) -> String {
        self.bench.replica.view().catalogue.staff.get(&staff).map(|staff| i18n::name(&staff.name)).unwrap_or_default()
    }

    fn move_by(self, staff: StaffId, by: isize) {
        let from = untrack(|| self.place(staff));
        let Some(to) = from.checked_add_signed(by).filter(|to| *to < self.people.with_untracked(Vec::len)) else { return };
        self.people.update(|people| people.swap(from, to));
        self.moved.set(Some(staff));
    }
}

/// The list with its places; closed once it is saved or left.
#[component]
pub(super) fn ArrangeStaff(on_close: Callback<()>) -> impl IntoView {
    let bench = Workbench::expect();
    let round = RwSignal::new(0);
    let again = Callback::new(move |()| round.update(|round| *round += 1));
    move || {
        round.track();
        untrack(|| the_store(bench)).map(|store| view! { <OneOrder store on_close on_theirs=again /> })
    }
}

#[component]
fn OneOrder(store: Arc<Store>, on_close: Callback<()>, on_theirs: Callback<()>) -> impl IntoView {
    let bench = Workbench::expect();
    let id = store.id;
    let view = bench.replica.view_now();
    let people = in_order(&store, view.staff_of(id), i18n::language()).into_iter().map(|staff| staff.id).collect();
    let draft = NewOrder { bench, people: RwSignal::new(people), moved: RwSignal::new(None) };
    let base = RwSignal::new(untrack(|| version(bench, id)));
    let now = Memo::new(move |_| version(bench, id));
    let saving = Saving::new();
    let say = say_saved(bench);
    let saved = Callback::new(move |status: CommandStatus| {
        say.run(status);
        on_close.try_run(());
    });
    let give = move |people: Vec<StaffId>| {
        let base = base.get_untracked();
        save(bench, vec![Command::OrderStaff(OrderStaff { store: id, people, base })], saving, saved);
    };
    let words = || &i18n::set_up().staff_order;
    let said =
        move || draft.moved.get().map(|staff| (words().place)(&draft.name(staff), draft.place(staff) + 1, draft.people.read().len()));
    let is_set = !store.staff_order.people.is_empty();
    view! {
        <form class="form" on:submit=move |event| { event.prevent_default(); give(draft.people.get_untracked()); }>
            <h3>{move || words().title}</h3>
            <p class="note">{move || words().text}</p>
            <ChangedMeanwhile base now on_theirs />
            <ol class="list">
                <Rows each=move || draft.people.get() key=|staff| *staff children=move |staff| view! { <Place draft staff /> } />
            </ol>
            <p class="visually-hidden" role="status">{said}</p>
            <FormProblem saving />
            <div class="form__actions">
                <button class="button button--primary button--large" type="submit">{move || i18n::common().actions.save}</button>
                <button class="button" type="button" on:click=move |_| on_close.run(())>{move || i18n::common().actions.back}</button>
                {is_set.then(|| view! {
                    <button class="button" type="button" on:click=move |_| give(Vec::new())>{move || words().by_name}</button>
                })}
            </div>
        </form>
    }
}

fn version(bench: Workbench, store: StoreId) -> u32 {
    let view = bench.replica.view();
    view.catalogue.stores.get(&store).and_then(|store| store.staff_order.written).map_or(0, |written| written.version)
}

#[component]
fn Place(draft: NewOrder, staff: StaffId) -> impl IntoView {
    let name = Signal::derive(move || draft.name(staff));
    let words = || &i18n::set_up().staff_order;
    let up = move || (words().up)(&name.get());
    let down = move || (words().down)(&name.get());
    // A row that moves in the page loses the focus: it stays where the finger is.
    let go = move |event: web_sys::MouseEvent, by: isize| {
        draft.move_by(staff, by);
        let button = event.current_target().and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok());
        request_animation_frame(move || drop(button.map(|button| button.focus())));
    };
    view! {
        <li class="list__item">
            <span class="list__value">{move || draft.place(staff) + 1}</span>
            <Avatar name hue=hue_of(staff.0) />
            <span class="list__text"><span class="list__title">{name}</span></span>
            <button
                class="button button--icon"
                type="button"
                aria-label=up
                aria-disabled=move || (draft.place(staff) == 0).to_string()
                on:click=move |event| go(event, -1)
            >
                <Icon name="chevron-up" />
            </button>
            <button
                class="button button--icon"
                type="button"
                aria-label=down
                aria-disabled=move || draft.is_last(staff).to_string()
                on:click=move |event| go(event, 1)
            >
                <Icon name="chevron-down" />
            </button>
        </li>
    }
}
