//! When: the openings of a day for what was chosen, or any time that is typed.

use leptos::prelude::*;
use shared::id::BookingId;
use shared::openings::{Audience, OpeningLine, Openings, Query, Wanted, search};
use shared::refusal::Refusal;
use shared::time::{LocalDate, TimeRange, Timestamp};

use super::clash;
use crate::components::rows::Rows;
use crate::desk::business_day::{self, span};
use crate::desk::date_picker::DatePicker;
use crate::desk::workbench::Workbench;
use crate::i18n::{self, format};

/// What is to be placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeQuery {
    /// Services with their wishes.
    pub lines: Vec<Wanted>,
    /// The booking that moves, if one does.
    pub moving: Option<BookingId>,
}

/// A choice of time: what for, which day, and what is chosen.
#[derive(Clone, Copy)]
pub struct TimeChoice {
    /// The handle.
    pub bench: Workbench,
    /// What is to be placed.
    pub query: Memo<Option<TimeQuery>>,
    /// The day looked at.
    pub date: RwSignal<LocalDate>,
    /// The chosen start.
    pub starts_at: RwSignal<Option<Timestamp>>,
    /// What was typed last is no time: nothing may be booked until it is put right.
    pub is_mistyped: RwSignal<bool>,
}

impl TimeChoice {
    /// A choice that begins on a day, perhaps with a time.
    pub fn new(bench: Workbench, query: Memo<Option<TimeQuery>>, date: RwSignal<LocalDate>, starts_at: Option<Timestamp>) -> Self {
        TimeChoice { bench, query, date, starts_at: RwSignal::new(starts_at), is_mistyped: RwSignal::new(false) }
    }

    /// Chooses a start.
    pub fn choose(self, starts_at: Timestamp) {
        self.is_mistyped.set(false);
        self.starts_at.set(Some(starts_at));
    }

    /// Tracked: the question for the openings of some days around `date`; `None` while nothing is chosen.
    pub fn question(self, date: LocalDate, days_after: i32) -> Option<Query> {
        let store = self.bench.store()?;
        let query = self.query.get().filter(|query| !query.lines.is_empty())?;
        let starts = TimeRange { start: span(&store, date).start, end: span(&store, date.plus_days(days_after)).end };
        Some(Query { store: store.id, lines: query.lines, starts, audience: Audience::Desk, moving: query.moving })
    }

    /// Tracked: the openings of the day looked at and some after it.
    pub fn openings(self, days_after: i32) -> Option<Result<Openings, Refusal>> {
        let question = self.question(self.date.get(), days_after)?;
        Some(search(&self.bench.replica.view(), &question, self.bench.minute()))
    }

    /// Looks at another day, at the same time of day; a time that would be over is chosen no more. Nothing can be booked before
    /// today.
    pub fn show(self, date: LocalDate) {
        let date = date.max(untrack(|| self.bench.today()));
        self.date.set(date);
        let (Some(store), Some(chosen)) = (self.bench.store_now(), self.starts_at.get_untracked()) else { return };
        let moved = business_day::instant(&store, date, store.zone.local(chosen).1);
        self.starts_at.set((moved >= untrack(|| self.bench.minute())).then_some(moved));
    }

    /// Tracked: how the visit would be done from a start on.
    pub fn lines_at(self, start: Timestamp) -> Option<Vec<OpeningLine>> {
        self.openings(0)?.ok()?.lines_at(start)
    }
}

/// A start to tap.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Chip {
    at: Timestamp,
    time: String,
    who: String,
    /// 0 morning, 1 afternoon, 2 evening.
    part: usize,
}

/// The day, its openings by part of the day, and a field for any other time.
#[component]
pub fn TimePicker(choice: TimeChoice) -> impl IntoView {
    let words = || &i18n::desk().form;
    let chips = Memo::new(move |_| chips(choice));
    let is_unasked = Memo::new(move |_| choice.query.with(|query| query.as_ref().is_none_or(|query| query.lines.is_empty())));
    let is_unskilled = Memo::new(move |_| matches!(clash::refusal_at(choice, None), Some(Refusal::NotSkilled { .. })));
    let empty = move || match (is_unasked.get(), is_unskilled.get()) {
        (true, _) => words().services_first,
        (_, true) => words().other_person,
        _ => words().day_full,
    };
    view! {
        <section class="section" aria-labelledby="times-title">
            <h3 id="times-title">{move || words().time}</h3>
            <DatePicker date=choice.date today=Signal::derive(move || choice.bench.today()) on_choose=Callback::new(move |date: LocalDate| choice.show(date)) />
            <Show when=move || chips.with(|chips| !chips.is_empty()) fallback=move || view! { <p class="note">{empty}</p> }>
                <div class="openings">
                    {move || (0..3).map(|part| view! { <DayPart choice chips part /> }).collect_view()}
                </div>
            </Show>
            <OtherTime choice />
        </section>
    }
}

fn chips(choice: TimeChoice) -> Vec<Chip> {
    let view = choice.bench.replica.view();
    let (Some(store), Some(Ok(openings))) = (choice.bench.store(), choice.openings(0)) else { return Vec::new() };
    let name = |id| view.catalogue.staff.get(&id).map(|staff| i18n::name(&staff.name)).unwrap_or_default();
    // The name says something only where several could do it.
    let is_open = choice.query.with(|query| query.as_ref().is_some_and(|query| query.lines.iter().any(|line| !line.wish.is_requested())));
    let date = choice.date.get();
    let chip = |at| {
        let part = match store.zone.local(at) {
            // After midnight of a long day.
            (local, _) if local > date => 2,
            (_, ..720) => 0,
            (_, 720..1080) => 1,
            _ => 2,
        };
        Chip {
            at,
            time: format::time(&store.zone, at),
            who: openings.staff_at(at).next().filter(|_| is_open).map(name).unwrap_or_default(),
            part,
        }
    };
    openings.starts().map(chip).collect()
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
                <span class="opening__note">{chip.who}</span>
            </button>
        }
    };
    view! {
        <Show when=move || own.with(|own| !own.is_empty())>
            <section class="openings__part">
                <h4 class="openings__label">{label}<span>{move || (i18n::desk().form.openings)(own.with(Vec::len))}</span></h4>
                <div class="openings__grid">
                    <Rows each=move || own.get() key=|chip| (chip.at, chip.who.clone()) children=chip />
                </div>
            </section>
        </Show>
    }
}

/// The grid limits what is offered, never what is admitted.
#[component]
fn OtherTime(choice: TimeChoice) -> impl IntoView {
    let words = || &i18n::desk().form;
    let chosen = move |event| {
        let Some(store) = choice.bench.store_now() else { return };
        let typed = event_target_value(&event);
        match read_time(&typed) {
            None if typed.trim().is_empty() => {
                choice.is_mistyped.set(false);
                choice.starts_at.set(None);
            }
            Some(minute) => choice.choose(business_day::instant(&store, choice.date.get_untracked(), minute)),
            None => choice.is_mistyped.set(true),
        }
    };
    let shown = move || {
        let store = choice.bench.store()?;
        choice.starts_at.get().map(|at| format::time(&store.zone, at))
    };
    view! {
        <div class="field">
            <label class="field__label" for="other-time">{move || words().other_time}</label>
            <input class="input number" id="other-time" type="text" inputmode="numeric" autocomplete="off" placeholder="14:30" maxlength="5" aria-invalid=move || choice.is_mistyped.get().to_string() aria-describedby=move || choice.is_mistyped.get().then_some("other-time-wrong") prop:value=move || shown().unwrap_or_default() on:change=chosen />
            <Show when=move || choice.is_mistyped.get()>
                <p class="field__error" id="other-time-wrong" role="alert">{move || words().time_wrong}</p>
            </Show>
        </div>
    }
}

/// `14:30`, `1430`, `9:05`, `905`: minutes after midnight.
#[must_use]
pub fn read_time(text: &str) -> Option<u16> {
    let digits: String = text.chars().filter(|letter| !matches!(letter, ':' | '：' | '.' | ' ')).collect();
    let number: u16 = digits.parse().ok().filter(|_| digits.is_ascii() && (3..=4).contains(&digits.len()))?;
    let (hour, minute) = (number / 100, number % 100);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}
