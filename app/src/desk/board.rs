//! Today 今日: the board of a day, with the people who wait above it.

mod column;
mod drag;
mod grid;
mod hand;
mod list;
mod pending;
mod visit;
mod waiting;

use std::sync::Arc;

use leptos::prelude::*;

use super::attention::RefusedStrip;
use super::day::{Column, DayBoard, day_board};
use super::places::place;
use super::shell::TopBar;
use super::workbench::Workbench;
use crate::components::empty_state::EmptyState;
use crate::desk::chunks::Chunks;
use crate::desk::day::query::DayQuery;
use crate::desk::display::DayShape;
use crate::desk::waitlist::strip::WaitlistStrip;
use crate::i18n;
use crate::state::Link;

use drag::HAND;
use grid::Grid;
use hand::Hand;
use list::DayList;
use pending::unsent_and_refused;
use waiting::WaitingStrip;

/// The first page of the desk.
#[component]
pub fn BoardPage() -> impl IntoView {
    let bench = Workbench::expect();
    let day = day_memo(bench);
    let has_store = Memo::new(move |_| bench.store().is_some());
    view! {
        <TopBar />
        <main class="desk__content" id="main">
            <Show when=move || has_store.get() fallback=NoStore>
                <RefusedStrip />
                <WaitingStrip day />
                <WaitlistStrip />
                <Show when=move || day.with(|day| !day.columns.is_empty()) fallback=NobodyWorks>
                    <Shown day />
                </Show>
            </Show>
        </main>
    }
}

/// As a board or as a list.
#[component]
fn Shown(day: Memo<Arc<DayBoard>>) -> impl IntoView {
    let bench = Workbench::expect();
    let shape = Memo::new(move |_| bench.display().shape);
    move || match shape.get() {
        DayShape::Board => view! { <Grid day /> }.into_any(),
        DayShape::List => place(expect_context::<Chunks>().board_parts, "1"),
        DayShape::Week => place(expect_context::<Chunks>().board_parts, "7"),
    }
}

/// What comes after the board: the hand that moves visits, and the list of so many days.
pub fn board_parts(path: &str) -> AnyView {
    match path {
        HAND => view! { <Hand /> }.into_any(),
        days => view! { <DayList days=days.parse().unwrap_or(1) /> }.into_any(),
    }
}

/// Built again when something changes and when a minute passes; columns that stay the same are not touched.
fn day_memo(bench: Workbench) -> Memo<Arc<DayBoard>> {
    let (unsent, refused) = unsent_and_refused(bench);
    Memo::new(move |_| {
        let Some(store) = bench.store() else { return Arc::default() };
        let view = bench.replica.view();
        let (unsent, refused) = (unsent.read(), refused.read());
        let mut board = day_board(&DayQuery {
            view: &view,
            store: &store,
            date: bench.date(),
            now: bench.minute(),
            language: i18n::language(),
            unsent: &unsent,
            refused: &refused,
            columns: bench.columns(),
        });
        let hidden = bench.display().hidden;
        let is_shown = |column: &Arc<Column>| column.whose.is_none_or(|whose| !hidden.contains(&whose));
        // A board on which nobody is left shows everybody.
        if board.columns.iter().any(is_shown) {
            board.columns.retain(is_shown);
        }
        Arc::new(board)
    })
}

/// Before the first store is set up, or before the first sync of a new tablet has brought it.
#[component]
fn NoStore() -> impl IntoView {
    let bench = Workbench::expect();
    let words = || &i18n::desk().board;
    view! {
        <Show when=move || bench.replica.is_ready() && bench.replica.last_sync().is_some() fallback=NothingYet>
            <EmptyState
                icon="store"
                title=Signal::derive(move || words().no_store.to_owned())
                text=Signal::derive(move || words().no_store_text.to_owned())
            >
                <a class="button button--primary" href="/desk/set-up">{move || words().set_up}</a>
            </EmptyState>
        </Show>
    }
}

/// On its way; or nothing can come, because this tablet has never been online with this person.
#[component]
fn NothingYet() -> impl IntoView {
    let bench = Workbench::expect();
    let is_offline = Memo::new(move |_| matches!(bench.replica.link(), Link::Offline { .. }));
    view! {
        <Show when=move || is_offline.get() fallback=Loading>
            <EmptyState
                icon="cloud-off"
                title=i18n::text(|| i18n::desk().board.never_synced)
                text=i18n::text(|| i18n::desk().board.never_synced_text)
            />
        </Show>
    }
}

#[component]
fn Loading() -> impl IntoView {
    view! {
        <div class="desk__page stack" aria-hidden="true">
            <span class="skeleton skeleton--line"></span>
            <span class="skeleton skeleton--card"></span>
            <span class="skeleton skeleton--card"></span>
        </div>
    }
}

#[component]
fn NobodyWorks() -> impl IntoView {
    let words = || &i18n::desk().board;
    view! {
        <EmptyState
            icon="calendar"
            title=Signal::derive(move || words().nobody_works.to_owned())
            text=Signal::derive(move || words().nobody_works_text.to_owned())
        >
            <a class="button" href="/desk/set-up">{move || words().roster}</a>
        </EmptyState>
    }
}
