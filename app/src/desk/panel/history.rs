//! What happened to a booking, the newest first.

use leptos::prelude::*;
use shared::booking::history::Step;
use shared::zone::Zone;

use crate::desk::panel::shown::Panel;
use crate::desk::panel::step_words::{Known, step_word, who};
use crate::i18n::{self, format};

/// See above.
#[component]
pub fn History() -> impl IntoView {
    let panel = Panel::expect();
    let items = move || {
        let view = panel.bench.replica.view();
        let zone = panel.bench.store()?.zone.clone();
        let (today, own) = (panel.bench.calendar_date(), panel.bench.replica.session());
        Some(panel.with(|booking| booking.history.iter().rev().map(|step| item((&view, own.as_ref()), &zone, step, today)).collect_view()))
    };
    view! {
        <section class="section" aria-labelledby="history-title">
            <h3 id="history-title">{move || i18n::desk().visit.history}</h3>
            <ol class="history">{items}</ol>
        </section>
    }
}

fn item(known: Known<'_>, zone: &Zone, step: &Step, today: shared::time::LocalDate) -> impl IntoView + use<> {
    let date = zone.local(step.at).0;
    let day = (date != today).then(|| format!(" · {}", format::date(date)));
    view! {
        <li class="history__item">
            <time class="history__time" datetime=format::machine_time(zone, step.at)>{format::time(zone, step.at)}</time>
            <span class="history__text">
                {step_word(step.what)}
                <span class="history__who">{who(known, step)}{day}</span>
                {reason(step).map(|why| view! { <span class="history__who">{why}</span> })}
            </span>
        </li>
    }
}

fn reason(step: &Step) -> Option<String> {
    (!step.reason.is_empty()).then(|| step.reason.0.clone())
}
