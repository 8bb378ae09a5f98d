//! Records in words: names of services and people, days and times where the store is.
//!
//! No day and no time is said without the zone of its store: while the store's record is not here there is no text, and [`or_waiting`]
//! shows that something is coming.

use leptos::prelude::*;
use shared::booking::Alternative;
use shared::id::{ServiceId, StaffId, StoreId};
use shared::staff_preference::StaffPreference;
use shared::time::Timestamp;
use shared::view::View;
use shared::zone::Zone;

use super::plan::Plan;
use super::visit::{Visit, VisitLine};
use crate::components::alternatives::NearbyTime;
use crate::i18n::{self, format};

/// The zone of a store; `None` while the store's record is not here.
pub fn zone(view: &View, store: StoreId) -> Option<&Zone> {
    view.catalogue.stores.get(&store).map(|store| &store.zone)
}

/// A day or a time, or its shape while the store is not known.
pub fn or_waiting(text: Option<String>) -> AnyView {
    match text {
        Some(text) => text.into_any(),
        None => view! { <span class="skeleton skeleton--word" aria-hidden="true"></span> }.into_any(),
    }
}

/// Name of a store.
pub fn store(view: &View, id: StoreId) -> String {
    view.catalogue.stores.get(&id).map(|store| i18n::name(&store.name)).unwrap_or_default()
}

/// Name of a service.
pub fn service(view: &View, id: ServiceId) -> String {
    view.catalogue.services.get(&id).map(|service| i18n::name(&service.name)).unwrap_or_default()
}

/// Name of a person.
pub fn staff(view: &View, id: StaffId) -> String {
    view.catalogue.staff.get(&id).map(|staff| i18n::name(&staff.name)).unwrap_or_default()
}

/// Names of services: `精剪、护理`.
pub fn services(view: &View, ids: &[ServiceId]) -> String {
    let names: Vec<String> = ids.iter().map(|id| service(view, *id)).collect();
    let between = if i18n::code(i18n::language()) == "zh" { "、" } else { ", " };
    names.join(between)
}

/// `剪发 · 阿杰`
pub fn what(view: &View, visit: &Visit) -> String {
    let ids: Vec<ServiceId> = visit.lines.iter().map(|line| line.service).collect();
    format!("{} · {}", services(view, &ids), who(view, &visit.lines))
}

/// Who does it: `阿杰`, or 都可以.
pub fn who(view: &View, lines: &[VisitLine]) -> String {
    let mut names: Vec<String> = lines.iter().filter_map(|line| line.staff).map(|id| staff(view, id)).collect();
    names.dedup();
    if names.is_empty() { i18n::member().booking.any.to_owned() } else { names.join(" + ") }
}

/// The wish in words.
pub fn staff_preference(view: &View, staff_preference: StaffPreference) -> String {
    match staff_preference {
        StaffPreference::Requested(id) => staff(view, id),
        StaffPreference::AnyOf(_) | StaffPreference::Any => i18n::member().booking.any.to_owned(),
    }
}

/// `11月24日 周二`
pub fn date(view: &View, store: StoreId, at: Timestamp) -> Option<String> {
    Some(format::date(zone(view, store)?.local(at).0))
}

/// `11月21日 周六 · 今天`; far days stand alone.
pub fn day(view: &View, store: StoreId, at: Timestamp, now: Timestamp) -> Option<String> {
    let zone = zone(view, store)?;
    let (date, today) = (zone.local(at).0, zone.local(now).0);
    let (near, full) = (format::day(date, today), format::date(date));
    Some(if near == full { full } else { format!("{full} · {near}") })
}

/// 今天, 明天, or the date.
pub fn near_day(view: &View, store: StoreId, at: Timestamp, now: Timestamp) -> Option<String> {
    let zone = zone(view, store)?;
    Some(format::day(zone.local(at).0, zone.local(now).0))
}

/// `14:30`
pub fn time(view: &View, store: StoreId, at: Timestamp) -> Option<String> {
    Some(format::time(zone(view, store)?, at))
}

/// `11月24日 周二 14:30`
pub fn date_time(view: &View, store: StoreId, at: Timestamp) -> Option<String> {
    Some(format::date_time(zone(view, store)?, at))
}

/// `11月24日 周二 14:30–15:30`
pub fn from_until(view: &View, store: StoreId, start: Timestamp, end: Timestamp) -> Option<String> {
    Some(format!("{}–{}", date_time(view, store, start)?, time(view, store, end)?))
}

/// A price in the store's currency.
pub fn price(view: &View, store: StoreId, price: shared::money::Price) -> String {
    match view.catalogue.stores.get(&store) {
        Some(store) => format::price(store.currency, price),
        None => String::new(),
    }
}

/// Times to take instead, as big buttons show them; what is shown is what is booked. None while the store is not known.
pub fn nearby(
    view: &View,
    store: StoreId,
    offers: &[Alternative],
    more: impl Fn(&Alternative) -> String,
    now: Timestamp,
) -> Vec<NearbyTime> {
    let spoken = |offer: &Alternative| {
        Some(NearbyTime {
            starts_at: offer.starts_at,
            day: near_day(view, store, offer.starts_at, now)?,
            time: time(view, store, offer.starts_at)?,
            who: more(offer),
        })
    };
    offers.iter().filter_map(spoken).collect()
}

/// With whom an offer is, by name: where these very people are booked.
pub fn people(view: &View, offer: &Alternative) -> String {
    let mut names: Vec<String> = offer.staff.iter().map(|id| staff(view, *id)).collect();
    names.dedup();
    names.join(" + ")
}

/// With whom and for how much a visit would be: `凯莉 · ¥168`, or 都可以.
pub fn plan(view: &View, plan: &Plan) -> String {
    let mut names: Vec<String> = plan.lines.iter().map(|line| staff_preference(view, line.staff_preference)).collect();
    names.dedup();
    format!("{} · {}", names.join(" + "), price(view, plan.store, plan.price()))
}
