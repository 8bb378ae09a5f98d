//! Set-up: stores, services, staff and their order, roster, rules; and settling what was in the attention inbox.

use std::collections::BTreeSet;

use super::Desk;
use super::scope::not_found;
use crate::attention::Attention;
use crate::command::{OrderStaff, PutRules, PutService, PutShift, PutStaff, PutStore, ResolveAttention};
use crate::decision::{Change, Decision};
use crate::id::{StaffId, StoreId};
use crate::refusal::Refusal;
use crate::role::{Permission, Principal};
use crate::roster::ShiftDay;
use crate::service::{Service, Whom};
use crate::stamp::Written;
use crate::store::{StaffOrder, Store};
use crate::sync::conflict::{self, Edit};
use crate::view::Found;

/// What the write leaves behind; a concurrent one that comes second is refused, so that the form is shown again. Its stamp does not
/// count: these records are written whole, and a later stamp would silently take back what somebody else has changed.
fn written(desk: Desk<'_>, current: Option<&Written>, base: u32) -> Result<Written, Refusal> {
    let edit = Edit { base, stamp: desk.context.stamp, replica: desk.context.replica, number: desk.context.number, rank: 0 };
    conflict::follow(current, &edit).ok_or(Refusal::Superseded)
}

/// The record, if there is one; devices that cannot tell leave it to the server.
fn existing<T>(found: Found<&T>) -> Result<Option<&T>, Refusal> {
    match found {
        Found::Known(record) => Ok(Some(record)),
        Found::Absent => Ok(None),
        Found::Unknown => Err(Refusal::Undecided),
    }
}

fn must_brand(desk: Desk<'_>) -> Result<(), Refusal> {
    if desk.context.actor.may_everywhere(Permission::ManageBrand) { Ok(()) } else { Err(Refusal::NotAllowed) }
}

fn done(change: Change) -> Decision {
    Decision { changes: vec![change], ..Decision::default() }
}

pub(super) fn put_store(desk: Desk<'_>, command: &PutStore) -> Result<Decision, Refusal> {
    let current = existing(desk.view.store(command.store.id))?;
    match current {
        Some(store) => desk.must(Permission::ManageStore, store.id)?,
        None => must_brand(desk)?,
    }
    let mut store = command.store.clone();
    if let Some(current) = current {
        // Whom a store belongs to is not for its manager to say.
        if store.legal_entity != current.legal_entity {
            must_brand(desk)?;
        }
        store.rules = current.rules.clone();
        store.rules_written = current.rules_written;
        store.staff_order = current.staff_order.clone();
    } else {
        store.rules_written = None;
        store.staff_order = StaffOrder::default();
    }
    store.check()?;
    store.written = Some(written(desk, current.and_then(|store| store.written.as_ref()), command.base)?);
    Ok(done(Change::put(store)))
}

pub(super) fn put_rules(desk: Desk<'_>, command: &PutRules) -> Result<Decision, Refusal> {
    let mut store = desk.store(command.store)?.clone();
    desk.must(Permission::ManageStore, store.id)?;
    command.rules.check()?;
    // Whom a brand shows its members is for the brand to say.
    if command.rules.shares_members != store.rules.shares_members {
        must_brand(desk)?;
    }
    // What somebody has agreed to stays published.
    if command.rules.terms_version < store.rules.terms_version {
        return Err(Refusal::Invalid { field: "terms_version".into() });
    }
    store.rules_written = Some(written(desk, store.rules_written.as_ref(), command.base)?);
    store.rules = command.rules.clone();
    Ok(done(Change::put(store)))
}

/// Whoever has left keeps a place that nobody sees; who is named must work there.
pub(super) fn order_staff(desk: Desk<'_>, command: &OrderStaff) -> Result<Decision, Refusal> {
    let mut store = desk.store(command.store)?.clone();
    desk.must(Permission::ManageStore, store.id)?;
    let named: BTreeSet<StaffId> = command.people.iter().copied().collect();
    if named.len() != command.people.len() {
        return Err(Refusal::Invalid { field: "people".into() });
    }
    for id in named {
        if !desk.view.staff(id).or_refuse("staff")?.stores.contains(&store.id) {
            return Err(not_found("staff"));
        }
    }
    let written = written(desk, store.staff_order.written.as_ref(), command.base)?;
    store.staff_order = StaffOrder { people: command.people.clone(), written: Some(written) };
    Ok(done(Change::put(store)))
}

pub(super) fn put_service(desk: Desk<'_>, command: &PutService) -> Result<Decision, Refusal> {
    must_brand(desk)?;
    command.service.check()?;
    must_be_there(desk, &command.service)?;
    let current = existing(desk.view.service(command.service.id))?;
    let mut service = command.service.clone();
    service.written = Some(written(desk, current.and_then(|service| service.written.as_ref()), command.base)?);
    Ok(done(Change::put(service)))
}

/// Whoever has a price of their own must be there. The product itself loads services first and their people afterwards.
fn must_be_there(desk: Desk<'_>, service: &Service) -> Result<(), Refusal> {
    for terms in &service.terms {
        terms.store.map(|store| desk.store(store)).transpose()?;
        match terms.whom {
            Whom::Staff(staff) if desk.context.actor.principal != Principal::System => drop(desk.view.staff(staff).or_refuse("staff")?),
            _ => {}
        }
    }
    Ok(())
}

pub(super) fn put_staff(desk: Desk<'_>, command: &PutStaff) -> Result<Decision, Refusal> {
    command.staff.check()?;
    let current = existing(desk.view.staff(command.staff.id))?;
    let before = current.map(|staff| staff.stores.as_slice()).unwrap_or_default();
    let manages = |store: &StoreId| desk.context.actor.may(Permission::ManageStore, *store);
    // Somebody who works only in others' stores is not there for this manager: neither to be changed nor to be taken over.
    if current.is_some() && !before.iter().any(manages) {
        return Err(not_found("staff"));
    }
    // Whoever manages some of the stores may not hand out work in the others.
    let touched = |store: &&StoreId| before.contains(store) != command.staff.stores.contains(store);
    for store in command.staff.stores.iter().chain(before).filter(touched) {
        desk.store(*store)?;
        desk.must(Permission::ManageStore, *store)?;
    }
    for skill in &command.staff.skills {
        desk.view.service(*skill).or_refuse("service")?;
    }
    let mut staff = command.staff.clone();
    staff.written = Some(written(desk, current.and_then(|staff| staff.written.as_ref()), command.base)?);
    Ok(done(Change::put(staff)))
}

pub(super) fn put_shift(desk: Desk<'_>, command: &PutShift) -> Result<Decision, Refusal> {
    let store = desk.store(command.shift.store)?;
    desk.must(Permission::ManageStore, store.id)?;
    command.shift.check()?;
    check_date(desk, store, command.shift.day)?;
    let staff = desk.view.staff(command.shift.staff).or_refuse("staff")?;
    if !staff.stores.contains(&store.id) {
        return Err(Refusal::NotFound { kind: "staff".into() });
    }
    let current = existing(desk.view.shift(command.shift.id))?;
    if current.is_some_and(|shift| shift.store != store.id) {
        return Err(Refusal::NotFound { kind: "shift".into() });
    }
    let same_day = |other: &&crate::roster::Shift| {
        other.id != command.shift.id
            && other.store == command.shift.store
            && other.staff == command.shift.staff
            && other.day == command.shift.day
    };
    if desk.view.catalogue.shifts.values().any(|other| same_day(&other)) {
        return Err(Refusal::AlreadyExists);
    }
    let mut shift = command.shift.clone();
    shift.written = Some(written(desk, current.and_then(|shift| shift.written.as_ref()), command.base)?);
    Ok(done(Change::put(shift)))
}

/// A dated entry is about a day that somebody plans or looks back at. What the product loads may be older.
fn check_date(desk: Desk<'_>, store: &Store, day: ShiftDay) -> Result<(), Refusal> {
    let ShiftDay::Date(date) = day else { return Ok(()) };
    let today = store.zone.local(desk.context.now).0;
    let is_near = date.0.abs_diff(today.0) <= u32::from(super::DESK_HORIZON_DAYS);
    if is_near || desk.context.actor.principal == Principal::System { Ok(()) } else { Err(Refusal::Invalid { field: "day".into() }) }
}

pub(super) fn resolve_attention(desk: Desk<'_>, command: &ResolveAttention) -> Result<Decision, Refusal> {
    desk.must(Permission::WorkBoard, command.store)?;
    let entry = desk.view.find_in::<Attention>(command.store, command.attention).or_refuse("attention")?;
    if entry.resolved_at.is_some() {
        return Ok(Decision::default());
    }
    let mut resolved = entry.clone();
    resolved.resolved_at = Some(desk.context.now);
    Ok(done(Change::put(resolved)))
}
