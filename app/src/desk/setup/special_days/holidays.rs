//! Statutory holidays and make-up workdays 调休: what the store does on them, all in one go.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::holidays::{CN_2026, Holiday, HolidayKind, OnHolidays, OnMakeUpWorkdays, changes, read};
use shared::name::Name;
use shared::store::Store;
use shared::time::LocalDate;

use super::change::change;
use crate::browser;
use crate::components::rows::Rows;
use crate::components::segmented::Segmented;
use crate::desk::setup::of_store::the_store;
use crate::desk::setup::save::{FormProblem, Saving, say_saved};
use crate::desk::workbench::Workbench;
use crate::i18n::{self, format};

/// A table of holidays is far smaller.
const MOST_BYTES: u32 = 100_000;

/// One holiday with its days.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Festival {
    name: (String, String),
    rest: Vec<LocalDate>,
    make_up: Vec<LocalDate>,
}

/// The holidays of a table that are not over, with the days of each.
fn festivals(days: &[Holiday], today: LocalDate) -> Vec<Festival> {
    let mut found: Vec<Festival> = Vec::new();
    for day in days.iter().filter(|day| day.date >= today) {
        let name = (day.name.zh.clone(), day.name.en.clone());
        let known = found.iter_mut().find(|festival| festival.name == name && is_near(festival, day.date));
        let festival = match known {
            Some(festival) => festival,
            None => {
                found.push(Festival { name, rest: Vec::new(), make_up: Vec::new() });
                let Some(last) = found.last_mut() else { continue };
                last
            }
        };
        match day.kind {
            HolidayKind::Rest => festival.rest.push(day.date),
            HolidayKind::MakeUpWorkday => festival.make_up.push(day.date),
        }
    }
    found
}

/// The same holiday, not that of another year.
fn is_near(festival: &Festival, date: LocalDate) -> bool {
    festival.rest.iter().chain(&festival.make_up).any(|known| known.0.abs_diff(date.0) < 60)
}

#[component]
pub(super) fn Holidays() -> impl IntoView {
    let bench = Workbench::expect();
    let saving = Saving::new();
    let words = || &i18n::set_up().holidays;
    let table = RwSignal::new(read(CN_2026).unwrap_or_default());
    let (holidays, workdays) = (RwSignal::new(OnHolidays::default()), RwSignal::new(OnMakeUpWorkdays::default()));
    let coming = Memo::new(move |_| table.with(|table| festivals(table, bench.today())));
    let days_of = move |store: &Store| table.with(|table| changes(store, table, (holidays.get(), workdays.get()), bench.today()));
    let count = Memo::new(move |_| the_store(bench).map_or(0, |store| days_of(&store).len()));
    let apply = move |_| change(bench, saving, move |store| store.change_special_days(untrack(|| days_of(store))), say_saved(bench));
    let row = move |festival: Festival| {
        let name = Name::new(&festival.name.0, &festival.name.1);
        let year = festival.rest.iter().chain(&festival.make_up).next().map(|day| day.ymd().0);
        let text = move || {
            let (rest, make_up) = (range_text(&festival.rest), list_text(&festival.make_up));
            let parts = [(rest, words().rest), (make_up, words().make_up)];
            let said = parts.into_iter().filter(|(days, _)| !days.is_empty()).map(|(days, say)| say(&days));
            said.collect::<Vec<_>>().join(" · ")
        };
        view! {
            <li class="list__item">
                <span class="list__text">
                    <span class="list__title">{move || i18n::name(&name)}" "{year}</span>
                    <span class="list__note">{text}</span>
                </span>
            </li>
        }
    };
    view! {
        <section class="surface stack" aria-labelledby="holidays-title">
            <h2 id="holidays-title">{move || words().title}</h2>
            <p class="muted">{move || words().note}</p>
            <TableFile table saving />
            <FormProblem saving />
            <Show
                when=move || !coming.with(Vec::is_empty)
                fallback=move || view! { <p class="muted">{move || words().none_coming}</p> }
            >
                <ul class="list"><Rows each=move || coming.get() key=Clone::clone children=row /></ul>
                <Segmented
                    label=i18n::text(|| i18n::set_up().holidays.on_holidays)
                    chosen=holidays
                    options=[OnHolidays::AsUsual, OnHolidays::AsOnSaturdays, OnHolidays::Closed]
                    word=|choice| match choice {
                        OnHolidays::AsUsual => i18n::set_up().holidays.as_usual,
                        OnHolidays::AsOnSaturdays => i18n::set_up().holidays.as_on_saturdays,
                        OnHolidays::Closed => i18n::set_up().holidays.closed,
                    }
                />
                <Segmented
                    label=i18n::text(|| i18n::set_up().holidays.on_workdays)
                    chosen=workdays
                    options=[OnMakeUpWorkdays::AsUsual, OnMakeUpWorkdays::AsOnWorkdays]
                    word=|choice| match choice {
                        OnMakeUpWorkdays::AsUsual => i18n::set_up().holidays.as_usual,
                        OnMakeUpWorkdays::AsOnWorkdays => i18n::set_up().holidays.as_on_workdays,
                    }
                />
                <div>
                    <button class="button button--primary" type="button" disabled=move || count.get() == 0 on:click=apply>
                        {move || (words().apply)(count.get())}
                    </button>
                </div>
            </Show>
        </section>
    }
}

/// Another year, from a file.
#[component]
fn TableFile(table: RwSignal<Vec<Holiday>>, saving: Saving) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        spawn_local(async move {
            let words = &i18n::set_up().holidays;
            saving.clear();
            let text = browser::chosen_text(&input, MOST_BYTES).await;
            // The same file, once it is mended, is news.
            input.set_value("");
            match text.as_deref().map(read) {
                Some(Ok(days)) if !days.is_empty() => drop(table.try_set(days)),
                Some(Err(row)) => saving.fails((words.wrong_row)(row.0)),
                Some(Ok(_)) | None => saving.fails(words.wrong_file.to_owned()),
            }
        });
    };
    let open = move |_| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    view! {
        <div>
            <button class="button" type="button" on:click=open>
                {move || i18n::set_up().holidays.file}
            </button>
            // The browser's own button speaks its language, not the page's.
            <input
                class="visually-hidden"
                id="holidays-file"
                type="file"
                accept=".csv,.txt,text/csv"
                tabindex="-1"
                aria-hidden="true"
                node_ref=input
                on:change=chosen
            />
        </div>
    }
}

/// `2月15日 周日 – 2月23日 周一`, or the one day.
fn range_text(days: &[LocalDate]) -> String {
    match (days.first(), days.last()) {
        (Some(first), Some(last)) if first != last => format!("{} – {}", format::date(*first), format::date(*last)),
        (Some(only), _) => format::date(*only),
        _ => String::new(),
    }
}

fn list_text(days: &[LocalDate]) -> String {
    days.iter().map(|day| format::date(*day)).collect::<Vec<_>>().join(i18n::people().comma)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_of_a_holiday_stand_together_and_those_of_another_year_apart() {
        let table = "2027-01-01,rest,元旦\n2027-01-02,rest,元旦\n2027-01-09,workday,元旦\n2028-01-01,rest,元旦\n2026-01-01,rest,元旦";
        let found = festivals(&read(table).expect("a table"), LocalDate::parse("2026-11-28").expect("a date"));
        let days: Vec<_> = found.iter().map(|festival| (festival.rest.len(), festival.make_up.len())).collect();
        assert_eq!(days, [(2, 1), (1, 0)], "what is over is left out");
    }
}
