//! When, what, with whom, for how much, and what to take care of.

use leptos::prelude::*;
use shared::booking::{Line, Subject};
use shared::member::Member;
use shared::service::stay_minutes;
use shared::staff_preference::StaffPreference;
use shared::view::View;

use crate::components::icon::Icon;
use crate::desk::panel::shown::{Panel, ending};
use crate::desk::same_time::{Asked, Party, SameTimeNotice};
use crate::desk::words::{channel_word, resource_name, sum_text};
use crate::i18n::{self, format};

fn member<'a>(view: &'a View, line: &Line) -> Option<&'a Member> {
    match &line.subject {
        Subject::Member(id) => view.members.get(id),
        Subject::Guest { .. } => None,
    }
}

/// See above.
#[component]
pub fn Summary() -> impl IntoView {
    let panel = Panel::expect();
    view! {
        <When />
        <Cautions />
        <SameTimeNotice asked=Signal::derive(move || same_time(panel)) opens=true />
        <Facts />
    }
}

/// Tracked: whose visit it is, and when, while it is still to be.
fn same_time(panel: Panel) -> Option<Asked> {
    let booking = panel.booking.get().filter(|booking| booking.state.is_live() && !booking.date_only)?;
    Some(Asked { party: Party::of(&panel.bench.replica.view(), &booking), range: booking.range(), own: booking.id })
}

/// The promise, and the real time where it differs.
#[component]
fn When() -> impl IntoView {
    let panel = Panel::expect();
    move || {
        let zone = panel.bench.store()?.zone.clone();
        let booking = panel.booking.get()?;
        let day = format::day(zone.local(booking.starts_at).0, panel.bench.calendar_date());
        if booking.date_only {
            return Some(view! { <p class="panel__when">{day}</p> }.into_any());
        }
        // As on the board: where it lies now, later than promised where it or one before it runs late.
        let (start, end) = booking
            .occupancy
            .iter()
            .map(|held| held.range)
            .reduce(|all, held| all.hull(&held))
            .map_or((booking.starts_at, booking.ends_at), |held| (held.start, held.end));
        let late = (booking.late_minutes > 0).then(|| (i18n::desk().board.late)(booking.late_minutes));
        let when = view! {
            <p class="panel__when">
                <time class="time" datetime=format::machine_time(&zone, start)>
                    {format::time(&zone, start)}
                    <span class="time__until">{format!("–{}", format::time(&zone, end))}</span>
                </time>
                <span class="muted">{day}</span>
                {late.map(|late| view! { <span class="tag tag--decide">{late}</span> })}
            </p>
        };
        Some(when.into_any())
    }
}

/// Allergies first, then notes of the staff and the guest's own words.
#[component]
fn Cautions() -> impl IntoView {
    let panel = Panel::expect();
    move || {
        let view = panel.bench.replica.view();
        let booking = panel.booking.get()?;
        let members: Vec<&Member> = booking.lines.iter().filter_map(|line| member(&view, line)).collect();
        let first = |read: fn(&Member) -> &String| members.iter().map(|member| read(member)).find(|text| !text.is_empty()).cloned();
        let notice = |class: &'static str, icon: &'static str, text: Option<String>| {
            text.map(|text| view! { <p class=class><Icon name=icon /><span>{text}</span></p> })
        };
        Some(view! {
            {notice("panel__notice panel__notice--allergy", "allergy", first(|member| &member.allergies.value))}
            {notice("panel__notice", "note", first(|member| &member.notes.value))}
            {notice("panel__notice", "message", Some(booking.note.0.clone()).filter(|note| !note.is_empty()))}
            {notice("panel__notice", "cancel", ending(&booking))}
        })
    }
}

/// Names and values: one entry per line, then phone, price and where it came from.
#[component]
fn Facts() -> impl IntoView {
    let panel = Panel::expect();
    let words = || &i18n::desk().visit;
    let lines = move || {
        let view = panel.bench.replica.view();
        panel.with(|booking| booking.lines.iter().map(|line| line_fact(&view, line)).collect_view())
    };
    let reach = move || {
        let view = panel.bench.replica.view();
        let contact =
            panel.with(|booking| booking.lines.iter().find_map(|line| member(&view, line)).map(|member| member.number().clone()))?;
        let phone = contact.phone.as_ref().map(|phone| (format!("tel:{}", phone.as_str()), phone.spaced()));
        let number = match phone {
            Some((href, text)) => view! { <a href=href>{text}</a> }.into_any(),
            None if contact.masked.is_empty() => return None,
            None => contact.masked.into_any(),
        };
        Some(view! { <dt>{words().phone}</dt><dd class="number">{number}</dd> })
    };
    let price = move || {
        let currency = panel.bench.store()?.currency;
        let prices = panel.with(|booking| booking.lines.iter().map(|line| line.price).collect::<Vec<_>>());
        Some(sum_text(currency, &prices))
    };
    view! {
        <dl class="facts">
            {lines}
            {reach}
            <dt>{move || words().price}</dt>
            <dd><span class="price">{price}</span></dd>
            <dt>{move || words().channel}</dt>
            <dd>{move || panel.booking.with(|booking| booking.as_ref().map(|booking| channel_word(booking.channel)))}</dd>
        </dl>
    }
}

fn line_fact(view: &View, line: &Line) -> impl IntoView + use<> {
    let words = &i18n::desk().visit;
    let service_name = |id| view.catalogue.services.get(&id).map(|service| i18n::name(&service.name)).unwrap_or_default();
    let service = service_name(line.service);
    let performed = line.performed.filter(|performed| *performed != line.service).map(|id| (words.performed)(&service_name(id)));
    let staff = line.staff.and_then(|id| view.catalogue.staff.get(&id)).map(|staff| i18n::name(&staff.name));
    let staff_preference = if matches!(line.staff_preference, StaffPreference::Requested(_)) { words.requested } else { words.any };
    let minutes = format::duration(i64::from(stay_minutes(&line.parts)));
    let staff = staff.map_or_else(|| words.nobody.to_owned(), |name| format!("{name}（{staff_preference}）"));
    let staff = if i18n::language() == shared::name::Language::English { staff.replace('（', " (").replace('）', ")") } else { staff };
    let resources: Vec<String> = line.resources.iter().map(|assigned| resource_name(view, assigned.resource)).collect();
    view! {
        <dt>{words.service}</dt>
        <dd>{service}" · "{minutes}{performed.map(|text| view! { <span class="note">" "{text}</span> })}</dd>
        <dt>{words.staff}</dt>
        <dd>{staff}</dd>
        {(!resources.is_empty()).then(|| view! { <dt>{words.resources}</dt><dd>{resources.join(" · ")}</dd> })}
    }
}
