//! The day, or the week, as a list: what is easier to read aloud, to search with the eye and to print.

use leptos::prelude::*;
use shared::time::LocalDate;

use super::pending::unsent_and_refused;
use crate::components::empty_state::EmptyState;
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::components::status::StatusChip;
use crate::desk::day::board_box::BoxKey;
use crate::desk::day::list::{ListEntry, day_list};
use crate::desk::day::query::DayQuery;
use crate::desk::words::{guest_word, status_word};
use crate::desk::workbench::{Sheet, Workbench};
use crate::i18n::{self, format};

/// So many days are shown; one is today's list.
#[component]
pub fn DayList(days: i32) -> impl IntoView {
    let bench = Workbench::expect();
    let (unsent, refused) = unsent_and_refused(bench);
    let entries = Memo::new(move |_| {
        let Some(store) = bench.store() else { return Vec::new() };
        let view = bench.replica.view();
        let (unsent, refused) = (unsent.read(), refused.read());
        let query = DayQuery {
            view: &view,
            store: &store,
            date: bench.date(),
            now: bench.minute(),
            language: i18n::language(),
            unsent: &unsent,
            refused: &refused,
            columns: bench.columns(),
        };
        day_list(&query, days, &bench.display().hidden)
    });
    let dates = Memo::new(move |_| {
        let mut dates: Vec<LocalDate> = entries.with(|entries| entries.iter().map(|entry| entry.date).collect());
        dates.dedup();
        dates
    });
    view! {
        <div class="day-list">
            <Show when=move || dates.with(|dates| !dates.is_empty()) fallback=Nothing>
                <Rows each=move || dates.get() key=|date| *date children=move |date| view! { <Day date entries /> } />
            </Show>
        </div>
    }
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <EmptyState
            icon="calendar"
            title=i18n::text(|| i18n::desk().display.nothing)
            text=i18n::text(|| i18n::desk().display.nothing_text)
        />
    }
}

#[component]
fn Day(date: LocalDate, entries: Memo<Vec<ListEntry>>) -> impl IntoView {
    let bench = Workbench::expect();
    let own = move || entries.with(|entries| entries.iter().filter(|entry| entry.date == date).cloned().collect::<Vec<_>>());
    let heading = move || format!("{} · {}", format::day(date, bench.calendar_date()), (i18n::desk().board.visits)(own().len()));
    let id = format!("day-{date}");
    let row = move |entry: ListEntry| {
        let key = entry.key;
        let current = Memo::new(move |_| {
            entries.with(|entries| entries.iter().find(|other| other.key == key).cloned()).unwrap_or_else(|| entry.clone())
        });
        view! { <Entry entry=current /> }
    };
    view! {
        <section class="stack stack--tight" aria-labelledby=id.clone()>
            <h2 class="day-list__day" id=id.clone()>{heading}</h2>
            <ul class="list"><Rows each=own key=|entry| entry.key children=row /></ul>
        </section>
    }
}

#[component]
fn Entry(entry: Memo<ListEntry>) -> impl IntoView {
    let bench = Workbench::expect();
    let open = move |_| {
        if let BoxKey::Visit(booking, _) = entry.with_untracked(|entry| entry.key) {
            bench.open(Sheet::Visit(booking));
        }
    };
    let time = move || {
        let store = bench.store()?;
        Some(entry.with(|entry| format!("{}–{}", format::time(&store.zone, entry.starts_at), format::time(&store.zone, entry.ends_at))))
    };
    let what = move || entry.with(|entry| [entry.what.clone(), entry.column.clone()].join(" · "));
    let status = move || entry.with(|entry| entry.status);
    let icon =
        move |is_so: fn(&ListEntry) -> bool, name: &'static str| move || entry.with(is_so).then(|| view! { <Icon name size="small" /> });
    view! {
        <li>
            <button class="list__item" type="button" on:click=open>
                <time class="day-list__time number">{time}</time>
                <span class="list__text">
                    <span class="list__title">
                        {move || entry.with(|entry| guest_word(entry.who.as_deref()))}
                        {move || entry.with(|entry| entry.marks.requested).then(|| view! {
                            <span class="visit__mark">{move || i18n::desk().board.requested_mark}</span>
                        })}
                    </span>
                    <span class="list__note">{what}</span>
                </span>
                {icon(|entry| entry.marks.note, "note")}
                {icon(|entry| entry.marks.allergy, "allergy")}
                {move || view! { <StatusChip status=status() word=status_word(status()) /> }}
            </button>
        </li>
    }
}
