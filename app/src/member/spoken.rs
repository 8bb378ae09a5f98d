//! Records in words: names of services and people, days and times where the store is.

use std::sync::OnceLock;

use shared::booking::{Alternative, StaffWish};
use shared::id::{ServiceId, StaffId, StoreId};
use shared::time::Timestamp;
use shared::view::View;
use shared::zone::Zone;

use super::visit::{Visit, VisitLine};
use crate::components::alternatives::NearbyTime;
use crate::i18n::{self, format};

/// The zone of a store; UTC while the store is not there.
pub fn zone(view: &View, store: StoreId) -> &Zone {
    static NOWHERE: OnceLock<Zone> = OnceLock::new();
    match view.catalogue.stores.get(&store) {
        Some(store) => &store.zone,
        None => NOWHERE.get_or_init(|| Zone::fixed("UTC", 0)),
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
pub fn wish(view: &View, wish: StaffWish) -> String {
    match wish {
        StaffWish::Requested(id) => staff(view, id),
        StaffWish::AnyOf(_) | StaffWish::Any => i18n::member().booking.any.to_owned(),
    }
}

/// `11月24日 周二`
pub fn date(view: &View, store: StoreId, at: Timestamp) -> String {
    format::date(zone(view, store).local(at).0)
}

/// `11月21日 周六 · 今天`; far days stand alone.
pub fn day(view: &View, store: StoreId, at: Timestamp, now: Timestamp) -> String {
    let zone = zone(view, store);
    let (date, today) = (zone.local(at).0, zone.local(now).0);
    let (near, full) = (format::day(date, today), format::date(date));
    if near == full { full } else { format!("{full} · {near}") }
}

/// 今天, 明天, or the date.
pub fn near_day(view: &View, store: StoreId, at: Timestamp, now: Timestamp) -> String {
    let zone = zone(view, store);
    format::day(zone.local(at).0, zone.local(now).0)
}

/// `14:30`
pub fn time(view: &View, store: StoreId, at: Timestamp) -> String {
    format::time(zone(view, store), at)
}

/// `11月24日 周二 14:30`
pub fn date_time(view: &View, store: StoreId, at: Timestamp) -> String {
    format::date_time(zone(view, store), at)
}

/// A price in the store's currency.
pub fn price(view: &View, store: StoreId, price: shared::money::Price) -> String {
    match view.catalogue.stores.get(&store) {
        Some(store) => format::price(store.currency, price),
        None => String::new(),
    }
}

/// Times to take instead, as big buttons show them.
pub fn nearby(view: &View, store: StoreId, offers: &[Alternative], now: Timestamp) -> Vec<NearbyTime> {
    let spoken = |offer: &Alternative| {
        let mut names: Vec<String> = offer.staff.iter().map(|id| staff(view, *id)).collect();
        names.dedup();
        NearbyTime {
            starts_at: offer.starts_at,
            day: near_day(view, store, offer.starts_at, now),
            time: time(view, store, offer.starts_at),
            who: names.join(" + "),
        }
    };
    offers.iter().map(spoken).collect()
}
