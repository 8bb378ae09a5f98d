//! The spans of one day, typed as 24-hour text; and a week of them.

use leptos::prelude::*;

use super::clock_text::{SpanText, spans_of, texts_of};
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::i18n;
use shared::time::LocalSpan;

/// What a closed day opens with.
const USUAL: (&str, &str) = ("10:00", "20:00");

/// The typed spans of seven days, Monday first.
pub(super) type WeekText = [RwSignal<Vec<SpanText>>; 7];

/// The week as it is typed.
pub(super) fn week_texts(hours: &[Vec<LocalSpan>; 7]) -> WeekText {
    std::array::from_fn(|day| RwSignal::new(texts_of(&hours[day])))
}

/// The week as it is meant, or the first day that makes no sense.
pub(super) fn week_of(week: WeekText) -> Result<[Vec<LocalSpan>; 7], usize> {
    let mut hours: [Vec<LocalSpan>; 7] = Default::default();
    for (day, texts) in week.iter().enumerate() {
        hours[day] = texts.with_untracked(|texts| spans_of(texts)).ok_or(day)?;
    }
    Ok(hours)
}

/// A row for every weekday: open or not, from when until when.
#[component]
pub(super) fn WeekEditor(week: WeekText) -> impl IntoView {
    let name = |day: usize| Signal::derive(move || i18n::common().times.weekdays[day % 7].to_owned());
    let first_open = move || week.iter().find_map(|day| day.with_untracked(|spans| (!spans.is_empty()).then(|| spans.clone())));
    let toggle = move |day: usize, is_open: bool| {
        let spans = if is_open { first_open().unwrap_or_else(usual) } else { Vec::new() };
        week[day].set(spans);
    };
    let row = move |day: usize| {
        let name = name(day);
        let is_open = Memo::new(move |_| week[day].with(|spans| !spans.is_empty()));
        let open_label = move || (i18n::set_up().open_on)(&name.get());
        view! {
            <div class="hours__row">
                <span class="hours__day">{name}</span>
                <input
                    class="switch"
                    type="checkbox"
                    role="switch"
                    prop:checked=move || is_open.get()
                    aria-label=open_label
                    on:change=move |event| toggle(day, event_target_checked(&event))
                />
                <Show when=move || is_open.get() fallback=|| view! {
                    <span class="hours__closed">{move || i18n::set_up().closed}</span>
                    <span></span>
                }>
                    <SpansEditor spans=week[day] label=name />
                </Show>
            </div>
        }
    };
    view! {
        <div class="hours surface">{(0..7).map(row).collect_view()}</div>
        <div>
            <button class="button button--quiet" type="button" on:click=move |_| copy_monday(week)>
                {move || i18n::set_up().copy_monday}
            </button>
        </div>
    }
}

fn usual() -> Vec<SpanText> {
    vec![(USUAL.0.to_owned(), USUAL.1.to_owned())]
}

fn copy_monday(week: WeekText) {
    let monday = week[0].get_untracked();
    for day in &week[1..] {
        day.set(monday.clone());
    }
}

/// The spans of one day and a button for one more; the last one goes by the switch beside it.
#[component]
pub(super) fn SpansEditor(
    spans: RwSignal<Vec<SpanText>>,
    /// Whose day, for screen readers.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let places = move || (0..spans.with(Vec::len)).collect::<Vec<_>>();
    let add = move |_| spans.update(|spans| spans.push(("".to_owned(), "".to_owned())));
    let add_label = move || (i18n::set_up().add_span)(&label.get());
    view! {
        <div class="hours__ranges">
            <Rows each=places key=|place| *place children=move |place| view! { <SpanInputs spans place label /> } />
        </div>
        <button class="button button--icon" type="button" aria-label=add_label on:click=add><Icon name="plus" /></button>
    }
}

#[component]
fn SpanInputs(spans: RwSignal<Vec<SpanText>>, place: usize, label: Signal<String>) -> impl IntoView {
    let from = move || spans.with(|spans| spans.get(place).map(|span| span.0.clone()).unwrap_or_default());
    let until = move || spans.with(|spans| spans.get(place).map(|span| span.1.clone()).unwrap_or_default());
    let set = move |change: &dyn Fn(&mut SpanText)| {
        spans.update(|spans| {
            if let Some(span) = spans.get_mut(place) {
                change(span);
            }
        });
    };
    let is_wrong = move || spans.with(|spans| spans.get(place).is_some_and(|span| spans_of(std::slice::from_ref(span)).is_none()));
    let is_unfinished = move || spans.with(|spans| spans.get(place).is_some_and(|span| span.0.is_empty() || span.1.is_empty()));
    let invalid = move || (is_wrong() && !is_unfinished()).to_string();
    let remove = move |_| spans.update(|spans| drop(spans.remove(place)));
    let is_one_of_several = move || spans.with(|spans| spans.len() > 1);
    view! {
        <span class="hours__range">
            <input
                class="input"
                inputmode="numeric"
                maxlength="5"
                placeholder="10:00"
                aria-label=move || (i18n::set_up().span_from)(&label.get())
                aria-invalid=invalid
                prop:value=from
                on:input=move |event| { let text = event_target_value(&event); set(&|span| span.0.clone_from(&text)); }
            />
            "–"
            <input
                class="input"
                inputmode="numeric"
                maxlength="5"
                placeholder="20:00"
                aria-label=move || (i18n::set_up().span_until)(&label.get())
                aria-invalid=invalid
                prop:value=until
                on:input=move |event| { let text = event_target_value(&event); set(&|span| span.1.clone_from(&text)); }
            />
            <Show when=is_one_of_several>
                <button
                    class="button button--icon"
                    type="button"
                    aria-label=move || (i18n::set_up().remove_span)(&label.get())
                    on:click=remove
                >
                    <Icon name="minus" size="small" />
                </button>
            </Show>
        </span>
    }
}
