//! 轮钟: the queue of today, who is next and why, and what is done about it: signing in and out, refusing, making good, adding time.

mod actions;
mod queue;
mod row;
mod today;
mod words;

use leptos::prelude::*;
use shared::command::{Command, SignIn, SignOut};
use shared::id::StaffId;

use super::problem::Problem;
use super::sheet_frame::SheetFrame;
use super::words::staff_names;
use super::workbench::Workbench;
use crate::components::empty_state::EmptyState;
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::i18n;

use queue::Queue;
use row::TurnRow;
use today::{not_here, today};

pub(crate) use words::why_text;

/// The side sheet.
#[component]
pub fn RotationSheet() -> impl IntoView {
    let bench = Workbench::expect();
    let turns = Memo::new(move |_| {
        let view = bench.replica.view();
        bench.store().map(|store| today(&view, &store, bench.minute())).unwrap_or_default()
    });
    let queue = Queue::new(bench, turns);
    let words = || &i18n::desk().rotation;
    let people = move || turns.with(|turns| turns.iter().map(|turn| turn.place.staff).collect::<Vec<_>>());
    view! {
        <SheetFrame title=i18n::text(|| i18n::desk().rotation.title)>
            <div class="panel__body">
                <Show when=move || !turns.with(Vec::is_empty) fallback=NobodyHere>
                    <NextUp queue />
                    <ol class="turns" aria-label=move || words().title>
                        <Rows each=people key=|staff| *staff children=move |staff| view! { <TurnRow queue staff /> } />
                    </ol>
                </Show>
                <Problem text=Signal::derive(move || queue.problem.get().map(|error| i18n::refusals().submit(&error))) />
                <NotHere queue />
                <p class="note">{move || words().note}</p>
            </div>
        </SheetFrame>
    }
}

#[component]
fn NobodyHere() -> impl IntoView {
    view! {
        <EmptyState
            icon="people"
            title=i18n::text(|| i18n::desk().rotation.empty_title)
            text=i18n::text(|| i18n::desk().rotation.empty_text)
        />
    }
}

/// Who is next, and why it is they: said aloud when it changes.
#[component]
fn NextUp(queue: Queue) -> impl IntoView {
    let words = || &i18n::desk().rotation;
    let text = move || {
        let turns = queue.turns.get();
        let Some(at) = queue.next() else { return (words().nobody_free.to_owned(), String::new()) };
        let name = queue.name(turns[at].place.staff);
        let before: Vec<StaffId> = turns[..at].iter().map(|turn| turn.place.staff).collect();
        let busy = staff_names(&queue.bench.replica.view(), before.iter().copied());
        let why = if before.is_empty() { words().is_first.to_owned() } else { (words().others_are_busy)(&busy) };
        ((words().your_turn)(&name), why)
    };
    view! {
        <div class="next-turn" role="status">
            <span class="next-turn__who">{move || text().0}</span>
            <span class="next-turn__why">{move || text().1}</span>
        </div>
    }
}

/// Who could sign in: those on the roster of the day first.
#[component]
fn NotHere(queue: Queue) -> impl IntoView {
    let bench = queue.bench;
    let words = || &i18n::desk().rotation;
    let people = Memo::new(move |_| {
        let view = bench.replica.view();
        let turns = queue.turns.get();
        bench.store().map(|store| not_here(&view, &store, bench.minute(), i18n::language(), &turns)).unwrap_or_default()
    });
    let sign_in = move |staff: StaffId| {
        let Some(store) = bench.store_now().map(|store| store.id) else { return };
        let date = untrack(|| bench.today());
        let back = Command::SignOut(SignOut { store, date, staff });
        queue.give(Command::SignIn(SignIn { store, date, staff }), "arrive", staff, i18n::desk().rotation.signed_in_done, vec![back]);
    };
    let chip = move |staff: StaffId| {
        view! {
            <button
                class="choice"
                type="button"
                aria-label=move || (words().sign_in_of)(&queue.name(staff))
                on:click=move |_| sign_in(staff)
            >
                <Icon name="plus" size="small" />
                {move || queue.name(staff)}
            </button>
        }
    };
    view! {
        <Show when=move || !people.with(Vec::is_empty)>
            <section class="section" aria-labelledby="not-here-title">
                <h3 id="not-here-title">{move || words().not_here}</h3>
                <div class="choices"><Rows each=move || people.get() key=|staff| *staff children=chip /></div>
            </section>
        </Show>
    }
}
