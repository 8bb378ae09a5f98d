//! Fourteen days: a dot where there are times, one word where there are none, and the month where another begins.

use leptos::prelude::*;
use shared::time::LocalDate;

use crate::components::rows::Rows;
use crate::i18n::{self, format};
use crate::member::days::{DayTimes, WhyNone};
use crate::reactive::memo;

#[component]
pub fn DayStrip(days: Signal<Vec<DayTimes>>, day: Memo<Option<LocalDate>>, on_choose: Callback<LocalDate>) -> impl IntoView {
    let today = memo(move || days.with(|days| days.first().map(|day| day.date)).unwrap_or_default());
    let key = |day: &DayTimes| (day.date, day.starts.is_empty().then_some(day.why_none));
    let item = move |times: DayTimes| {
        let date = times.date;
        let (_, month, number) = date.ymd();
        let why_none = times.starts.is_empty().then_some(times.why_none);
        let week = move || {
            let words = &i18n::common().times;
            if date == today.get() { words.today } else { words.weekdays[usize::from(date.weekday() % 7)] }
        };
        let below = match why_none {
            Some(why_none) => view! { <span class="day__none">{move || short(why_none)}</span> }.into_any(),
            None => view! {
                <span class="day__dot"></span>
                <span class="visually-hidden">{move || i18n::member().booking.has_openings}</span>
            }
            .into_any(),
        };
        view! {
            {(number == 1).then(|| view! { <span class="day-strip__month">{move || (i18n::member().booking.month)(month)}</span> })}
            <button
                class="day"
                class=("day--none", why_none.is_some())
                type="button"
                aria-pressed=move || (day.get() == Some(date)).to_string()
                on:click=move |_| on_choose.run(date)
            >
                <span class="day__week">{week}</span>
                " "
                <span class="day__number">{number}</span>
                " "
                {below}
                <span class="visually-hidden">{move || format!(" {}", format::date(date))}</span>
            </button>
        }
    };
    view! {
        <div class="day-strip" role="group" aria-label=move || i18n::member().booking.days>
            <Rows each=move || days.get() key=key children=item />
        </div>
    }
}

fn short(why: WhyNone) -> &'static str {
    let words = &i18n::member().booking;
    match why {
        WhyNone::Closed => words.closed_short,
        WhyNone::Off(_) => words.off_short,
        WhyNone::TooSoon(_) => words.too_soon_short,
        WhyNone::TooFar(_) => words.too_far_short,
        WhyNone::Full(_) => words.full_short,
    }
}
