//! When a member was here, when they come again, and how often they did not.

use leptos::prelude::*;
use shared::booking::Booking;
use shared::id::MemberId;
use shared::noun::KEPT_DAYS;
use shared::sort;
use shared::state_kind::StateKind;

use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::desk::day::Unsent;
use crate::desk::words::status_word;
use crate::desk::workbench::{Sheet, Workbench};
use crate::i18n::{self, format};

/// Rows before "more".
const FIRST_ROWS: usize = 8;

/// How often they came, did not come, cancelled, and when they were last here.
#[component]
pub(super) fn Figures(member: MemberId) -> impl IntoView {
    let bench = Workbench::expect();
    let words = i18n::people;
    let visits = Memo::new(move |_| visits_of(bench, member));
    let count = move |kind: StateKind| visits.with(|visits| visits.iter().filter(|visit| visit.state.kind() == kind).count());
    let last =
        move || visits.with(|visits| visits.iter().find(|visit| visit.state.kind() == StateKind::Completed).map(|visit| visit.starts_at));
    view! {
        <p class="small muted" id="member-figures">{move || (words().last_days)(KEPT_DAYS)}</p>
        <div class="figures" role="group" aria-labelledby="member-figures">
            <span class="figure"><strong>{move || count(StateKind::Completed)}</strong>{move || words().visits}</span>
            <span class="figure"><strong>{move || count(StateKind::NoShow)}</strong>{move || words().no_shows}</span>
            <span class="figure"><strong>{move || count(StateKind::Cancelled)}</strong>{move || words().cancellations}</span>
            <span class="figure">
                <strong>{move || last().map_or_else(|| "–".to_owned(), |at| format::ago(at, bench.minute()))}</strong>
                {move || words().last_visit}
            </span>
        </div>
    }
}

/// The visits themselves.
#[component]
pub(super) fn Visits(member: MemberId) -> impl IntoView {
    let bench = Workbench::expect();
    let words = i18n::people;
    let is_long = RwSignal::new(false);
    let visits = Memo::new(move |_| visits_of(bench, member));
    let rows =
        move || visits.with(|visits| visits.iter().take(if is_long.get() { usize::MAX } else { FIRST_ROWS }).cloned().collect::<Vec<_>>());
    view! {
        <section class="section" aria-labelledby="member-visits">
            <h3 id="member-visits">{move || words().history}</h3>
            <Show when=move || !visits.with(Vec::is_empty) fallback=move || view! {
                <p class="muted">{move || (words().no_visits)(KEPT_DAYS)}</p>
            }>
                <ul class="list">
                    <Rows each=rows key=|visit| (visit.id, visit.version) children=move |visit| view! { <VisitRow visit /> } />
                </ul>
            </Show>
            <Show when=move || !is_long.get() && visits.with(|visits| visits.len() > FIRST_ROWS)>
                <button class="button button--quiet" type="button" on:click=move |_| is_long.set(true)>
                    {move || (words().more_visits)(visits.with(Vec::len).saturating_sub(FIRST_ROWS))}
                </button>
            </Show>
        </section>
    }
}

/// Latest first.
fn visits_of(bench: Workbench, member: MemberId) -> Vec<Booking> {
    let view = bench.replica.view();
    let Some(store) = bench.store() else { return Vec::new() };
    let own = view.bookings.values().filter(|booking| booking.store == store.id && booking.state.kind() != StateKind::Expired);
    let mut visits: Vec<Booking> = own.filter(|booking| booking.members().contains(&member)).cloned().collect();
    sort::sort_by_key(&mut visits, |visit| std::cmp::Reverse(visit.starts_at));
    visits
}

#[component]
fn VisitRow(visit: Booking) -> impl IntoView {
    let bench = Workbench::expect();
    let id = visit.id;
    let record = visit.clone();
    let status = Memo::new(move |_| Unsent::of(&bench.replica.waiting(), &bench.replica.confirmed_view()).status(&record));
    let (starts_at, date_only) = (visit.starts_at, visit.date_only);
    let when = move || {
        bench.store().map(|store| {
            if date_only { format::date_with_year(store.zone.local(starts_at).0) } else { format::date_time(&store.zone, starts_at) }
        })
    };
    let what = move || what_text(bench, &visit);
    view! {
        <li>
            <button class="list__item" type="button" on:click=move |_| bench.open(Sheet::Visit(id))>
                <span class="list__text"><span class="list__title number">{when}</span><span class="list__note">{what}</span></span>
                <span class="status status--plain" data-status=move || status.get().slug()>
                    {move || view! { <Icon name=status.get().icon() /> }}
                    {move || status_word(status.get())}
                </span>
            </button>
        </li>
    }
}

/// `精剪 · 阿杰`
fn what_text(bench: Workbench, visit: &Booking) -> String {
    let view = bench.replica.view();
    let services = visit.lines.iter().filter_map(|line| view.catalogue.services.get(&line.performed.unwrap_or(line.service)));
    let mut staff: Vec<String> = visit
        .lines
        .iter()
        .filter_map(|line| line.staff)
        .filter_map(|id| view.catalogue.staff.get(&id))
        .map(|staff| i18n::name(&staff.name))
        .collect();
    staff.dedup();
    let services: Vec<String> = services.map(|service| i18n::name(&service.name)).collect();
    [services.join(" + "), staff.join(" / ")].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
}
