//! The grid itself: heads, hours, columns and the line that says now.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use shared::id::ResourceId;

use super::column::{BoardColumn, BoardHead};
use super::drag::{Drag, HAND};
use crate::chunk::Stand;
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::desk::chunks::Chunks;
use crate::desk::columns::Columns;
use crate::desk::day::{DayBoard, Frame, HourMark};
use crate::desk::display::Density;
use crate::desk::workbench::Workbench;
use crate::i18n::{self, format};

/// Keyed by person or resource, so that one change touches one column.
#[component]
pub fn Grid(day: Memo<Arc<DayBoard>>) -> impl IntoView {
    let bench = Workbench::expect();
    let frame = Memo::new(move |_| day.with(|day| day.frame.clone()));
    let columns = Memo::new(move |_| day.with(|day| day.columns.iter().map(|column| column.whose).collect::<Vec<Option<ResourceId>>>()));
    let density = Memo::new(move |_| bench.display().density);
    let (board, body) = (NodeRef::<html::Div>::new(), NodeRef::<html::Div>::new());
    let drag = Drag::provide(bench, day, board, body);
    scroll_to_now(board, frame);
    let label = move || format!("{} {}", i18n::desk().board.label, format::date(bench.date()));
    let hours = move || frame.with(|frame| frame.hours.clone());
    view! {
        <div
            class="board"
            class:board--narrow=move || density.get() == Density::Narrow
            class:board--wide=move || density.get() == Density::Wide
            class:board--roomy=move || frame.with(|frame| frame.roomy)
            role="region"
            tabindex="0"
            aria-label=label
            node_ref=board
            on:pointermove=move |event| drag.follow(&event)
            on:pointerup=move |_| drag.release()
            on:pointercancel=move |_| drag.let_go()
            on:touchmove=move |event| {
                if drag.is_holding() {
                    event.prevent_default();
                }
            }
            on:contextmenu=move |event| {
                if drag.is_pressed() {
                    event.prevent_default();
                }
            }
            style:--columns=move || columns.with(Vec::len).to_string()
            style:--rows=move || frame.with(Frame::rows).to_string()
            style:--rows-per-hour=move || frame.with(Frame::rows_per_hour).to_string()
        >
            <div class="board__heads">
                <ColumnSwitch />
                <Rows each=move || columns.get() key=|whose| *whose children=move |whose| view! { <BoardHead day whose /> } />
            </div>
            <div class="board__body" node_ref=body>
                <div class="board__gutter" aria-hidden="true">
                    <Rows each=hours key=|hour| (hour.text.clone(), hour.row.to_bits()) children=hour_label />
                </div>
                <Rows each=move || columns.get() key=|whose| *whose children=move |whose| view! { <BoardColumn day whose /> } />
                <NowLine frame />
                {hand()}
            </div>
        </div>
    }
}

/// What becomes of a visit that is carried over the board, once its file is here.
fn hand() -> AnyView {
    let nothing = || ().into_any();
    expect_context::<Chunks>().board_parts.view(HAND.to_owned(), Stand { waiting: nothing, missing: |_| ().into_any() })
}

/// Says whose columns these are. Where the store has resources, a tap turns to the others.
#[component]
fn ColumnSwitch() -> impl IntoView {
    let bench = Workbench::expect();
    let words = || &i18n::desk().board;
    let word = move || if bench.columns() == Columns::Staff { words().staff } else { words().resources };
    let other = move || if bench.columns() == Columns::Staff { words().show_resources } else { words().show_staff };
    view! {
        <Show when=move || bench.has_resources() fallback=move || view! { <span class="board__corner">{word}</span> }>
            <button
                class="board__corner board__corner--switch"
                type="button"
                title=other
                on:click=move |_| bench.turn_columns()
            >
                {word}
                <Icon name="swap" size="small" />
                <span class="visually-hidden">{other}</span>
            </button>
        </Show>
    }
}

fn hour_label(hour: HourMark) -> impl IntoView {
    view! { <span class="board__hour" style:--row-start=hour.row.to_string()>{hour.text}</span> }
}

/// Moves with the clock; only on the day that is today.
#[component]
fn NowLine(frame: Memo<Frame>) -> impl IntoView {
    let bench = Workbench::expect();
    let row = Memo::new(move |_| frame.with(|frame| frame.row_inside(bench.minute())));
    let time = move || bench.store().map(|store| format::time(&store.zone, bench.minute()));
    view! {
        <Show when=move || row.get().is_some()>
            <div class="board__now" style:--row-start=move || row.get().unwrap_or_default().to_string()>
                <span class="board__now-time">{time}</span>
            </div>
        </Show>
    }
}

/// A day that includes now opens a third above it; other days at their beginning.
fn scroll_to_now(board: NodeRef<html::Div>, frame: Memo<Frame>) {
    let bench = Workbench::expect();
    let day = Memo::new(move |_| (bench.date(), bench.store().map(|store| store.id), frame.with(|frame| frame.range.is_some())));
    Effect::new(move |_| {
        day.get();
        let Some(board) = board.get() else { return };
        let (now, rows) = (untrack(|| bench.minute()), frame.with_untracked(Frame::rows));
        let row = frame.with_untracked(|frame| frame.row_inside(now));
        request_animation_frame(move || {
            let share = row.map_or(0.0, |row| row / rows.max(1.0));
            let top = f64::from(board.scroll_height()) * share - f64::from(board.client_height()) / 3.0;
            #[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
            board.set_scroll_top(top.max(0.0) as i32);
        });
    });
}
