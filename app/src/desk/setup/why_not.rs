//! Why is this time not offered? For everybody of the store, by the rules themselves: the manager's dry run (A9).

use leptos::prelude::*;
use shared::booking::Booking;
use shared::id::{ServiceId, StaffId, StoreId};
use shared::openings::why_not;
use shared::refusal::Refusal;
use shared::service::{Service, in_menu_order};
use shared::staff::Staff;
use shared::staff_preference::StaffPreference;
use shared::store::Store;
use shared::time::{LocalDate, TimeRange, Timestamp};
use shared::view::View;
use shared::visit_request::{Audience, RequestedService, VisitRequest};

use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::components::segmented::Segmented;
use crate::components::text_field::{TextField, TextKind};
use crate::desk::booking_form::times::read_time;
use crate::desk::setup::of_store::the_store;
use crate::desk::staff_order::in_order;
use crate::desk::words::{guest_name, guest_word};
use crate::desk::workbench::Workbench;
use crate::i18n::{self, format};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Question {
    store: StoreId,
    service: ServiceId,
    audience: Audience,
    start: Timestamp,
}

/// What the rules say of one person; nothing stands in the way of whoever has no reason.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Answer {
    staff: StaffId,
    name: String,
    why: Option<String>,
}

/// The answers for everybody who works in the store.
fn answers(view: &View, store: &Store, question: Question, now: Timestamp) -> Vec<Answer> {
    let answer = |staff: &Staff| {
        let is_hidden = question.audience == Audience::Online && !staff.online;
        let why = match refusal_for(view, staff.id, question, now) {
            _ if is_hidden => Some(i18n::set_up().why_not.not_online.to_owned()),
            refusal => refusal.map(|refusal| reason(view, &refusal)),
        };
        Answer { staff: staff.id, name: i18n::name(&staff.name), why }
    };
    in_order(store, view.staff_of(store.id), i18n::language()).into_iter().map(answer).collect()
}

/// The rule that stands in the way of one person.
fn refusal_for(view: &View, staff: StaffId, question: Question, now: Timestamp) -> Option<Refusal> {
    let request = VisitRequest {
        store: question.store,
        lines: vec![RequestedService { service: question.service, staff_preference: StaffPreference::Requested(staff) }],
        starts: TimeRange::starting(question.start, 1),
        audience: question.audience,
        moving: None,
    };
    why_not(view, &request, question.start, now)
}

/// The rule in words; of a time that is taken, by whom.
fn reason(view: &View, refusal: &Refusal) -> String {
    let words = &i18n::set_up().why_not;
    match refusal {
        Refusal::TimeTaken { by } if by.is_empty() => words.blocked.to_owned(),
        Refusal::TimeTaken { by } => {
            let visits: Vec<String> = by.iter().filter_map(|id| view.bookings.get(id)).map(|booking| visit(view, booking)).collect();
            (words.taken_by)(&visits.join(i18n::people().comma))
        }
        other => (i18n::refusals().refusal)(other),
    }
}

/// `林小满 14:00–15:00`
fn visit(view: &View, booking: &Booking) -> String {
    let when = view.catalogue.stores.get(&booking.store).map(|store| format::time_range(&store.zone, booking.starts_at, booking.ends_at));
    format!("{} {}", guest_word(guest_name(view, booking).as_deref()), when.unwrap_or_default())
}

#[component]
pub(super) fn WhyNotPage() -> impl IntoView {
    let bench = Workbench::expect();
    let words = || &i18n::set_up().why_not;
    let service = RwSignal::new(None::<ServiceId>);
    let audience = RwSignal::new(Audience::Online);
    let (date, time) = (RwSignal::new(untrack(|| bench.today()).to_string()), RwSignal::new("15:00".to_owned()));
    let question = Memo::new(move |_| {
        let store = the_store(bench)?;
        let (date, minute) = (LocalDate::parse(&date.get())?, read_time(&time.get())?);
        Some(Question { store: store.id, service: service.get()?, audience: audience.get(), start: store.zone.instant(date, minute) })
    });
    let found = Memo::new(move |_| {
        let (store, question) = the_store(bench).zip(question.get())?;
        Some(answers(&bench.replica.view(), &store, question, bench.minute()))
    });
    let off_grid = move || {
        let (store, question) = the_store(bench).zip(question.get())?;
        let minute = store.zone.local(question.start).1;
        let is_off = question.audience == Audience::Online && !minute.is_multiple_of(store.rules.grid_minutes);
        is_off.then(|| (words().off_grid)(store.rules.grid_minutes))
    };
    let summary = move |found: &[Answer]| {
        let able: Vec<&str> = found.iter().filter(|answer| answer.why.is_none()).map(|answer| answer.name.as_str()).collect();
        if able.is_empty() { words().nobody.to_owned() } else { (words().some)(&able.join(i18n::people().comma)) }
    };
    view! {
        <div class="desk__page" style:--page-width="44rem">
            <p class="muted">{move || words().note}</p>
            <div class="form">
                <ServiceChoice service />
                <Segmented
                    label=i18n::text(|| i18n::set_up().why_not.who_asks)
                    chosen=audience
                    options=[Audience::Online, Audience::Desk]
                    word=|audience| match audience {
                        Audience::Online => i18n::set_up().why_not.online,
                        Audience::Desk => i18n::set_up().why_not.desk,
                    }
                />
                <div class="field-row">
                    <TextField name="why-date" label=i18n::text(|| i18n::set_up().date) value=date kind=TextKind::Date />
                    <TextField name="why-time" label=i18n::text(|| i18n::set_up().why_not.time) value=time kind=TextKind::Clock />
                </div>
            </div>
            <Show when=move || found.with(Option::is_some)>
                <section class="stack" role="status">
                    <h2>{move || found.with(|found| summary(found.as_deref().unwrap_or_default()))}</h2>
                    {move || off_grid().map(|text| view! { <p class="muted">{text}</p> })}
                    <ul class="list">
                        <Rows
                            each=move || found.get().unwrap_or_default()
                            key=Clone::clone
                            children=move |answer| view! { <AnswerRow answer /> }
                        />
                    </ul>
                </section>
            </Show>
        </div>
    }
}

#[component]
fn AnswerRow(answer: Answer) -> impl IntoView {
    let icon = if answer.why.is_none() { "check-circle" } else { "cancel" };
    let text = answer.why.unwrap_or_else(|| i18n::set_up().why_not.can.to_owned());
    view! {
        <li class="list__item">
            <Icon name=icon />
            <span class="list__text">
                <span class="list__title">{answer.name}</span>
                <span class="list__note">{text}</span>
            </span>
        </li>
    }
}

#[component]
fn ServiceChoice(service: RwSignal<Option<ServiceId>>) -> impl IntoView {
    let bench = Workbench::expect();
    let menu = move || {
        let view = bench.replica.view();
        let active = view.catalogue.services.values().filter(|service| service.active);
        in_menu_order(active).into_iter().cloned().collect::<Vec<Service>>()
    };
    let chip = move |own: Service| {
        let id = own.id;
        view! {
            <button
                class="choice"
                type="button"
                aria-pressed=move || (service.get() == Some(id)).to_string()
                on:click=move |_| service.set(Some(id))
            >
                {move || i18n::name(&own.name)}
            </button>
        }
    };
    view! {
        <div class="field">
            <span class="field__label" id="why-service">{move || i18n::set_up().services}</span>
            <div class="choices" role="group" aria-labelledby="why-service">
                <Rows each=menu key=|service| service.id children=chip />
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::fixtures::{self, CUT, LONG_DAY, friday, person};

    #[test]
    fn each_person_has_their_own_reason_and_whoever_has_none_can() {
        let view = fixtures::view(&[(person(11), &[LONG_DAY]), (person(12), &[])]);
        let store = fixtures::store();
        let start = store.zone.instant(friday(), 15 * 60);
        let question = Question { store: store.id, service: CUT, audience: Audience::Desk, start };
        let of = |staff: u128| refusal_for(&view, person(staff), question, store.zone.instant(friday(), 9 * 60));
        assert_eq!(of(11), None);
        assert_eq!(of(12), Some(Refusal::NotOnShift { staff: person(12) }));
    }
}
