//! The openings of a day as chips to tap: the time, who would do it, and the price where it is not the lowest.

use leptos::prelude::*;
use shared::booking::Line;
use shared::openings::Openings;
use shared::time::Timestamp;

use crate::components::rows::Rows;
use crate::desk::booking_form::placing;
use crate::desk::booking_form::times::choice::{TimeChoice, TimeQuery};
use crate::desk::words::{staff_names, sum_text};
use crate::i18n::{self, format};

/// A start to tap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chip {
    at: Timestamp,
    time: String,
    /// Who would do it, and for how much if that is more than elsewhere.
    note: String,
    /// 0 morning, 1 afternoon, 2 evening.
    part: usize,
}

/// Tracked: the chips of the day looked at.
pub(super) fn chips(choice: TimeChoice) -> Vec<Chip> {
    let (Some(store), Some(Ok(openings))) = (choice.bench.store(), choice.openings(0)) else { return Vec::new() };
    let date = choice.date.get();
    let note = note_of(choice);
    let chip = |at| {
        let part = match store.zone.local(at) {
            // After midnight of a long day.
            (local, _) if local > date => 2,
            (_, ..720) => 0,
            (_, 720..1080) => 1,
            _ => 2,
        };
        Chip { at, time: format::time(&store.zone, at), note: note(&openings, at), part }
    };
    openings.starts().map(chip).collect()
}

/// What a chip says beside its time, from the openings of its day.
type Note = Box<dyn Fn(&Openings, Timestamp) -> String>;

/// The name says something only where several could do it, the price only where it is not the lowest.
fn note_of(choice: TimeChoice) -> Note {
    let view = choice.bench.replica.view();
    let asks_for_nobody = |query: &TimeQuery| query.lines.iter().any(|line| !line.staff_preference.is_requested());
    if !choice.query.with(|query| query.as_ref().is_some_and(asks_for_nobody)) {
        return Box::new(|_, _| String::new());
    }
    let (store, now, any_price) = (choice.bench.store(), choice.bench.minute(), choice.any_price.get());
    let Some(day) = choice.question(choice.date.get(), 0) else { return Box::new(|_, _| String::new()) };
    // Where the lowest price has room, nobody dearer is booked.
    let lowest = any_price.then(|| placing::openings(&view, &day, false, now).ok()).flatten();
    Box::new(move |openings, at| {
        let found = lowest.as_ref().and_then(|lowest| lowest.lines_at(at)).or_else(|| openings.lines_at(at));
        let placed = found.zip(store.as_ref()).and_then(|(found, store)| placing::placed(&view, store, &day, &found, now));
        let Some(lines) = placed else { return String::new() };
        let names = staff_names(&view, lines.first().and_then(|line| line.staff).into_iter());
        let price = any_price.then(|| price_text(choice, &lines)).flatten();
        [Some(names), price].into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
    })
}

fn price_text(choice: TimeChoice, lines: &[Line]) -> Option<String> {
    let prices: Vec<_> = lines.iter().map(|line| line.price).collect();
    Some(sum_text(choice.bench.store()?.currency, &prices))
}

#[component]
pub(super) fn Chips(choice: TimeChoice, chips: Memo<Vec<Chip>>) -> impl IntoView {
    view! {
        <div class="openings">
            {move || (0..3).map(|part| view! { <DayPart choice chips part /> }).collect_view()}
        </div>
    }
}

#[component]
fn DayPart(choice: TimeChoice, chips: Memo<Vec<Chip>>, part: usize) -> impl IntoView {
    let own = Memo::new(move |_| chips.with(|chips| chips.iter().filter(|chip| chip.part == part).cloned().collect::<Vec<_>>()));
    let label = move || {
        let times = &i18n::common().times;
        [times.morning, times.afternoon, times.evening][part]
    };
    let chip = move |chip: Chip| {
        let is_chosen = move || (choice.starts_at.get() == Some(chip.at)).to_string();
        view! {
            <button class="opening" type="button" aria-pressed=is_chosen on:click=move |_| choice.choose(chip.at)>
                <time class="time">{chip.time}</time>
                <span class="opening__note">{chip.note}</span>
            </button>
        }
    };
    view! {
        <Show when=move || own.with(|own| !own.is_empty())>
            <section class="openings__part">
                <h4 class="openings__label">{label}<span>{move || (i18n::desk().form.openings)(own.with(Vec::len))}</span></h4>
                <div class="openings__grid">
                    <Rows each=move || own.get() key=|chip| (chip.at, chip.note.clone()) children=chip />
                </div>
            </section>
        </Show>
    }
}
