//! A booking or a block on the board.

use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use shared::block::BlockKind;

use super::drag::{Drag, Grip};
use crate::components::icon::Icon;
use crate::components::status::Status;
use crate::desk::day::Cue;
use crate::desk::day::board_box::{BoardBox, BoxKey, PartRows};
use crate::desk::words::{block_word, guest_word, status_word};
use crate::desk::workbench::{Sheet, Workbench};
use crate::i18n;

/// The button stays while what it shows changes, so that the focus does.
#[component]
pub fn VisitBox(item: Memo<BoardBox>) -> impl IntoView {
    let (bench, drag) = (Workbench::expect(), Drag::expect());
    let key = item.with_untracked(|item| item.key);
    let sheet = match key {
        BoxKey::Visit(booking, _) => Some(Sheet::Visit(booking)),
        BoxKey::Block(block) => Some(Sheet::Block(block)),
        BoxKey::Refused(command, _) => Some(Sheet::Refused(command)),
        // Whose visit it is, the other store knows.
        BoxKey::Elsewhere(..) => None,
    };
    let button = NodeRef::<html::Button>::new();
    if drag.takes_focus(key) {
        Effect::new(move |_| button.get().map(|button| button.focus()));
    }
    let can_move = matches!(key, BoxKey::Visit(..));
    let opened = sheet.clone();
    let is_open = Memo::new(move |_| opened.as_ref().is_some_and(|opened| bench.is_open(opened)));
    let class = move || item.with(class_of);
    let text = move |of: fn(&BoardBox) -> String| move || item.with(of);
    view! {
        <button
            node_ref=button
            class=class
            type="button"
            disabled=sheet.is_none()
            class:visit--held=move || drag.holds(key)
            data-status=move || item.with(|item| item.status.slug())
            aria-current=move || is_open.get().then_some("true")
            style:--row-start=text(|item| item.rows.start.to_string())
            style:--row-span=text(|item| item.rows.span.to_string())
            style:--lane=text(|item| item.lane.to_string())
            style:--lanes=text(|item| item.lanes.to_string())
            aria-keyshortcuts=can_move.then_some("M")
            on:pointerdown=move |event| drag.press(&item.get_untracked(), &event, grip(&event))
            on:keydown=move |event| {
                if drag.key(&item.get_untracked(), &event.key(), event.shift_key()) {
                    event.prevent_default();
                    event.stop_propagation();
                }
            }
            on:click=move |_| {
                if !drag.takes_click() {
                    sheet.iter().for_each(|sheet| bench.open(sheet.clone()));
                }
            }
        >
            {move || item.get().parts.into_iter().map(part).collect_view()}
            {move || visit_text(item.get())}
            <span class="visually-hidden">{text(only_heard)}</span>
            {can_move.then(|| view! { <span class="visit__edge"></span> })}
        </button>
    }
}

/// The lower edge makes a visit longer.
fn grip(event: &web_sys::PointerEvent) -> Grip {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    if target.is_some_and(|target| target.class_name() == "visit__edge") { Grip::Edge } else { Grip::Whole }
}

fn class_of(item: &BoardBox) -> String {
    let mut class = "visit".to_owned();
    let signs = [
        (item.marks.cue.is_some(), " visit--late"),
        (item.marks.walk_in, " visit--walk-in"),
        (item.marks.squeeze, " visit--squeeze"),
        (item.nested, " visit--nested"),
    ];
    signs.into_iter().filter(|(is_so, _)| *is_so).for_each(|(_, name)| class.push_str(name));
    class
}

fn part(part: PartRows) -> impl IntoView {
    let class = if part.processing { "visit__part" } else { "visit__part visit__part--buffer" };
    view! { <span class=class style:--part-start=part.rows.start.to_string() style:--part-span=part.rows.span.to_string()></span> }
}

/// No component: those follow no language.
fn visit_text(item: BoardBox) -> impl IntoView {
    let (marks, status) = (item.marks, item.status);
    let icon = |shown: bool, name: &'static str| shown.then(|| view! { <Icon name /> });
    view! {
        <span class="visit__text">
            <span class="visit__line">
                <span class="visit__name">{title(&item)}</span>
                {marks.requested.then(|| view! { <span class="visit__mark">{move || i18n::desk().board.requested_mark}</span> })}
                {(marks.tier > 0).then(|| view! { <span class="visit__tier">{tier(marks.tier)}</span> })}
                {icon(marks.note, "note")}
                {icon(marks.allergy, "allergy")}
                {icon(marks.same_time, "people")}
                {icon(marks.unsent && status != Status::Unsent, "cloud-off")}
                <time class="visit__time">{if item.lanes > 1 { item.from.clone() } else { format!("{}–{}", item.from, item.until) }}</time>
            </span>
            <span class="visit__line">
                <span class="visit__status"><Icon name=status.icon() />{word(&item)}</span>
                {icon(marks.refused && status != Status::Refused, "attention")}
                {marks.cue.map(|cue| view! { <span class="visit__cue"><Icon name="late" />{cue_word(cue)}</span> })}
                {(marks.late_minutes > 0 && marks.cue.is_none()).then(|| view! {
                    <span class="visit__status"><Icon name="late" />{(i18n::desk().board.late)(marks.late_minutes)}</span>
                })}
                <span class="visit__what">{item.what}</span>
            </span>
        </span>
    }
}

fn title(item: &BoardBox) -> String {
    if matches!(item.key, BoxKey::Elsewhere(..)) {
        return i18n::desk().board.elsewhere.to_owned();
    }
    match (item.marks.block, &item.who) {
        (Some(kind), None) => block_word(kind).to_owned(),
        (Some(_), Some(reason)) => reason.clone(),
        (None, who) => guest_word(who.as_deref()),
    }
}

/// What a block is, or where a booking stands.
fn word(item: &BoardBox) -> &'static str {
    match item.marks.block {
        Some(BlockKind::Other) | None => status_word(item.status),
        Some(kind) => block_word(kind),
    }
}

fn cue_word(cue: Cue) -> String {
    let words = &i18n::desk().board;
    match cue {
        Cue::Missing(minutes) => (words.missing)(minutes),
        Cue::Waits(minutes) => (words.waits)(minutes),
        Cue::Overruns(minutes) => (words.overruns)(minutes),
    }
}

fn tier(tier: u8) -> String {
    format!("V{tier}")
}

/// What is on the screen as a sign or a place only, in words.
fn only_heard(item: &BoardBox) -> String {
    let words = &i18n::desk().board;
    let marks = item.marks;
    let until = (item.lanes > 1).then(|| (words.from_until)(&item.from, &item.until));
    let signs = [
        (marks.requested, words.requested),
        (marks.walk_in, words.walk_in),
        (marks.note, words.has_note),
        (marks.allergy, words.has_allergy),
        (marks.same_time, words.same_time),
        (marks.squeeze, words.squeezed),
        (marks.unsent, words.unsent),
        (marks.refused, words.refused),
    ];
    let signs = signs.into_iter().filter(|(is_so, _)| *is_so).map(|(_, word)| word.to_owned());
    until.into_iter().chain(signs).map(|piece| format!("{}{piece}", words.comma)).collect()
}
