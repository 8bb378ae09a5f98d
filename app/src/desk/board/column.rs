//! The column of one person or resource: head, shading, free time to tap, and what is on.

use std::sync::Arc;

use leptos::prelude::*;
use shared::id::{ResourceId, StaffId};

use super::visit::VisitBox;
use crate::components::avatar::{Avatar, hue_of};
use crate::components::rows::Rows;
use crate::desk::columns::Columns;
use crate::desk::day::board_box::BoardBox;
use crate::desk::day::free::FreeTime;
use crate::desk::day::{Column, DayBoard, Rows};
use crate::desk::workbench::{Prefill, Sheet, Workbench};
use crate::i18n::{self, format};

fn column_memo(day: Memo<Arc<DayBoard>>, whose: Option<ResourceId>) -> Memo<Option<Arc<Column>>> {
    Memo::new(move |_| day.with(|day| day.columns.iter().find(|column| column.whose == whose).cloned()))
}

/// Name, hours and load; a tap blocks some of the time.
#[component]
pub fn BoardHead(day: Memo<Arc<DayBoard>>, whose: Option<ResourceId>) -> impl IntoView {
    let bench = Workbench::expect();
    let column = column_memo(day, whose);
    let name = Signal::derive(move || column_name(column));
    let load = move || column.with(|column| column.as_ref().map(|column| load(column)).unwrap_or_default());
    let open = move |_| bench.open(Sheet::BlockTime(whose));
    let is_person = move || bench.columns() == Columns::Staff;
    view! {
        <button class="board__head" type="button" disabled=whose.is_none() title=move || i18n::desk().shell.block_time on:click=open>
            <Show when=is_person><Avatar name hue=whose.map_or(80, |whose| hue_of(whose.0)) size="small" /></Show>
            <span class="truncate">
                <span class="board__who">{name}</span>
                <span class="board__load">{load}</span>
            </span>
        </button>
    }
}

fn column_name(column: Memo<Option<Arc<Column>>>) -> String {
    let name = column.with(|column| column.as_ref().map(|column| column.name.clone()).unwrap_or_default());
    if name.is_empty() { i18n::desk().board.no_person.to_owned() } else { name }
}

/// `10–19 · 5 单`
fn load(column: &Column) -> String {
    let hour = |minute: u16| if minute.is_multiple_of(60) { (minute / 60 % 24).to_string() } else { format::minute(minute) };
    let spans: Vec<String> = column.spans.iter().map(|span| format!("{}–{}", hour(span.from), hour(span.until))).collect();
    let visits = (i18n::desk().board.visits)(column.visits);
    if spans.is_empty() { visits } else { format!("{} · {visits}", spans.join(" ")) }
}

/// See above.
#[component]
pub fn BoardColumn(day: Memo<Arc<DayBoard>>, whose: Option<ResourceId>) -> impl IntoView {
    let column = column_memo(day, whose);
    let closed = move || column.with(|column| column.as_ref().map(|column| column.closed.clone()).unwrap_or_default());
    let free = move || column.with(|column| column.as_ref().map(|column| column.free.clone()).unwrap_or_default());
    let boxes = move || column.with(|column| column.as_ref().map(|column| column.boxes.clone()).unwrap_or_default());
    let one_box = move |item: BoardBox| {
        let key = item.key;
        let of_key = move |column: &Option<Arc<Column>>| column.as_ref()?.boxes.iter().find(|item| item.key == key).cloned();
        let current =
            Memo::new(move |before: Option<&BoardBox>| column.with(of_key).or_else(|| before.cloned()).unwrap_or_else(|| item.clone()));
        view! { <VisitBox item=current /> }
    };
    view! {
        <div class="board__column" role="group" aria-label=move || column_name(column)>
            <Rows each=closed key=rows_key children=closed_rows />
            <Rows each=free key=|free| (free.starts_at, rows_key(&free.rows)) children=move |free| view! { <FreeButton free whose /> } />
            <Rows each=boxes key=|item| item.key children=one_box />
        </div>
    }
}

fn rows_key(rows: &Rows) -> (u64, u64) {
    (rows.start.to_bits(), rows.span.to_bits())
}

fn closed_rows(rows: Rows) -> impl IntoView {
    view! { <div class="board__closed" style:--row-start=rows.start.to_string() style:--row-span=rows.span.to_string()></div> }
}

/// A tap books the time that is marked.
#[component]
fn FreeButton(free: FreeTime, whose: Option<ResourceId>) -> impl IntoView {
    let bench = Workbench::expect();
    let FreeTime { rows, starts_at } = free;
    let time = move || bench.store().map(|store| format::time(&store.zone, starts_at)).unwrap_or_default();
    let open = move |_| {
        let staff = whose.filter(|_| untrack(|| bench.columns()) == Columns::Staff).map(|whose| StaffId(whose.0));
        bench.open(Sheet::Book(Prefill { staff, starts_at: Some(starts_at), ..Prefill::default() }));
    };
    view! {
        <button
            class="board__free"
            type="button"
            style:--row-start=rows.start.to_string()
            style:--row-span=rows.span.to_string()
            aria-label=move || (i18n::desk().board.book_at)(&time())
            on:click=open
        >
            {time}
        </button>
    }
}
