//! What has been filled in so far. Nothing is lost when a time is refused.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::booking::{StaffWish, Subject};
use shared::command::{Command, NewLine};
use shared::id::{AccountId, BookingId, CommandId, MemberId, ServiceId, StaffId, StoreId};
use shared::money::Price;
use shared::openings::Wanted;
use shared::service::{Service, total_minutes};
use shared::store::Store;
use shared::view::View;

use super::guest::Guest;
use super::name_of;
use super::times::{TimeChoice, TimeQuery};
use crate::desk::business_day;
use crate::desk::give::Done;
use crate::desk::words::guest_word;
use crate::desk::workbench::{Prefill, Workbench};
use crate::state::SubmitError;

/// The form's signals, `Copy`.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    pub(super) bench: Workbench,
    /// Fixed from the start: a second tap books nothing twice.
    pub(super) booking: BookingId,
    new_member: RwSignal<MemberId>,
    is_busy: RwSignal<bool>,
    pub(super) guest: RwSignal<Guest>,
    pub(super) services: RwSignal<Vec<ServiceId>>,
    pub(super) wish: RwSignal<StaffWish>,
    pub(super) choice: TimeChoice,
    pub(super) note: RwSignal<String>,
    pub(super) by_phone: RwSignal<bool>,
    pub(super) problem: RwSignal<Option<SubmitError>>,
    tapped: Option<StaffId>,
    instead_of: Option<CommandId>,
}

impl Draft {
    pub(super) fn new(bench: Workbench, prefill: &Prefill) -> Self {
        let services = RwSignal::new(prefill.services.clone());
        let wish = RwSignal::new(prefill.staff.map_or(StaffWish::Any, StaffWish::Requested));
        let query = Memo::new(move |_| {
            let (services, wish) = (services.get(), wish.get());
            let view = bench.replica.view();
            let store = bench.store()?.id;
            let lines =
                services.iter().map(|service| Wanted { service: *service, wish: wish_for(&view, store, (*service, &services), wish) });
            Some(TimeQuery { lines: lines.collect(), moving: None })
        });
        // A wish that came back may be of yesterday.
        let soon = bench.replica.clock().plus_minutes(-60);
        let starts_at = prefill.starts_at.filter(|at| *at >= soon);
        let date = starts_at.and_then(|at| bench.store_now().map(|store| business_day::day_of(&store, at)));
        let date = RwSignal::new(date.unwrap_or_else(|| untrack(|| bench.date().max(bench.today()))));
        let choice = TimeChoice::new(bench, query, date, starts_at);
        Draft {
            bench,
            booking: bench.replica.new_id(),
            new_member: RwSignal::new(bench.replica.new_id()),
            is_busy: RwSignal::new(false),
            guest: RwSignal::new(prefill.member.map_or_else(|| Guest::Named(prefill.guest.clone()), Guest::Member)),
            services,
            wish,
            choice,
            note: RwSignal::new(prefill.note.clone()),
            by_phone: RwSignal::new(prefill.by_phone),
            problem: RwSignal::new(None),
            tapped: prefill.staff,
            instead_of: prefill.instead_of,
        }
    }

    /// Tracked: whether everything is there and nothing of it is wrong.
    pub(super) fn has_all(self) -> bool {
        let is_timed = self.choice.starts_at.with(Option::is_some) && !self.choice.is_mistyped.get();
        is_timed && !self.services.with(Vec::is_empty) && self.guest.with(|guest| guest.problem(self.bench.region())).is_none()
    }

    pub(super) fn is_complete(self) -> bool {
        untrack(|| self.has_all())
    }

    /// The guest as a subject, and their account.
    pub(super) fn subject(self) -> (Subject, Option<AccountId>) {
        match self.guest.get_untracked() {
            Guest::Named(name) => (Subject::Guest { name: name.trim().to_owned() }, None),
            Guest::Member(id) => {
                let account = self.bench.replica.view_now().members.get(&id).and_then(|member| member.account);
                (Subject::Member(id), account)
            }
            Guest::New(_) => (Subject::Member(self.new_member.get_untracked()), None),
        }
    }

    /// The command that makes a new member of the guest; `None` for everybody else.
    fn registration(self, store: &Store) -> Option<Command> {
        let Guest::New(new) = self.guest.get_untracked() else { return None };
        Some(new.command(self.new_member.get_untracked(), store.id, self.bench.region()))
    }

    /// The new member first, where there is one, then the visit.
    pub(super) fn give(self, store: &Store, command: Command, done: Done) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        let (bench, register, instead_of) = (self.bench, self.registration(store), self.instead_of);
        let done = done.then(move || {
            if let Some(refused) = instead_of {
                bench.replica.dismiss(refused);
            }
        });
        spawn_local(async move {
            if let Some(register) = register {
                if !bench.give_first(register, self.problem).await {
                    self.is_busy.try_set(false);
                    return;
                }
                // From now on it is somebody who is known: what is typed as new after this is another person.
                self.guest.try_set(Guest::Member(self.new_member.get_untracked()));
                self.new_member.try_set(bench.replica.new_id());
            }
            bench.give_last(command, done, self.problem).await;
            self.is_busy.try_set(false);
        });
    }

    pub(super) fn guest_name(self, subject: &Subject) -> String {
        let new = match self.guest.get_untracked() {
            Guest::New(new) => Some(new.name),
            _ => None,
        };
        guest_word(new.or_else(|| name_of(self, subject)).as_deref())
    }

    /// The lines of the visit; `named` asks for certain staff in every line, as a squeeze must.
    pub(super) fn lines(self, subject: &Subject, named: bool) -> Vec<NewLine> {
        let view = self.bench.replica.view_now();
        let (Some(store), Some(start)) = (self.bench.store_now(), self.choice.starts_at.get_untracked()) else { return Vec::new() };
        let wish = self.wish.get_untracked();
        let placed = untrack(|| self.choice.lines_at(start)).unwrap_or_default();
        let mut at = start;
        let mut lines = Vec::new();
        let services = self.services.get_untracked();
        for (index, id) in services.iter().copied().enumerate() {
            let Some(service) = view.catalogue.services.get(&id) else { continue };
            let own = wish_for(&view, store.id, (id, &services), wish);
            let placed = placed.get(index);
            let staff = placed.map(|line| line.staff).or_else(|| requested(own)).or_else(|| self.somebody(&view, &store, service));
            let person = staff.and_then(|id| view.catalogue.staff.get(&id));
            let starts_at = placed.map_or(at, |line| line.starts_at);
            let parts = person.map_or_else(|| service.parts.clone(), |person| service.parts_with(person, store.id));
            at = starts_at.plus_minutes(i64::from(total_minutes(&parts)));
            let wish = if named { staff.map_or(own, StaffWish::Requested) } else { own };
            let seen_price = person.map_or(service.price, |person| service.price_with(person, store.id));
            lines.push(NewLine { service: id, subject: subject.clone(), payer: None, wish, starts_at, seen_price });
        }
        lines
    }

    /// Tracked: the name of the wished person.
    pub(super) fn person(self) -> Option<String> {
        let view = self.bench.replica.view();
        requested(self.wish.get()).and_then(|id| view.catalogue.staff.get(&id)).map(|staff| crate::i18n::name(&staff.name))
    }

    /// Whose column was tapped, or somebody who works that day, or anybody who can do it at all.
    fn somebody(self, view: &View, store: &Store, service: &Service) -> Option<StaffId> {
        let date = self.choice.date.get_untracked();
        let can = |id: &StaffId| view.catalogue.staff.get(id).is_some_and(|staff| staff.can(service.id, store.id));
        let works = |id: &StaffId| !view.shift_spans(store.id, *id, date).is_empty();
        let able = || view.staff_of(store.id).map(|staff| staff.id).filter(can);
        self.tapped.filter(can).or_else(|| able().find(works)).or_else(|| able().next())
    }

    /// Tracked: by name who would be squeezed.
    pub(super) fn squeezed_with(self) -> Option<String> {
        self.choice.starts_at.track();
        self.choice.date.track();
        self.services.track();
        self.wish.track();
        let view = self.bench.replica.view();
        let lines = self.lines(&Subject::Guest { name: String::new() }, true);
        let staff = lines.iter().filter_map(|line| requested(line.wish)).filter_map(|id| view.catalogue.staff.get(&id));
        let mut names: Vec<String> = staff.map(|staff| crate::i18n::name(&staff.name)).collect();
        names.dedup();
        (!names.is_empty()).then(|| names.join(" / "))
    }

    /// Tracked: the prices of the chosen services with whoever is wished.
    pub(super) fn prices(self) -> Vec<Price> {
        self.each_service(|service, person, store| person.map_or(service.price, |person| service.price_with(person, store.id)))
    }

    /// Tracked: minutes from the first to the last part.
    pub(super) fn minutes(self) -> i64 {
        let minutes = |service: &Service, person: Option<&shared::staff::Staff>, store: &Store| {
            i64::from(person.map_or_else(|| total_minutes(&service.parts), |person| total_minutes(&service.parts_with(person, store.id))))
        };
        self.each_service(minutes).into_iter().sum()
    }

    fn each_service<T>(self, read: impl Fn(&Service, Option<&shared::staff::Staff>, &Store) -> T) -> Vec<T> {
        let view = self.bench.replica.view();
        let Some(store) = self.bench.store() else { return Vec::new() };
        let wish = self.wish.get();
        let services = self.services.get();
        let of = |id: &ServiceId| {
            let service = view.catalogue.services.get(id)?;
            let person = requested(wish_for(&view, store.id, (*id, &services), wish)).and_then(|id| view.catalogue.staff.get(&id));
            Some(read(service, person, &store))
        };
        services.iter().filter_map(of).collect()
    }
}

fn requested(wish: StaffWish) -> Option<StaffId> {
    match wish {
        StaffWish::Requested(staff) => Some(staff),
        _ => None,
    }
}

/// A wish counts for the services that person can do; the rest of a visit goes to whoever can. Somebody who can do none of it
/// stays wished, so that the form says so.
fn wish_for(view: &View, store: StoreId, (service, all): (ServiceId, &[ServiceId]), wish: StaffWish) -> StaffWish {
    let Some(person) = requested(wish).and_then(|staff| view.catalogue.staff.get(&staff)) else { return wish };
    let can_some = all.iter().any(|service| person.can(*service, store));
    if person.can(service, store) || !can_some { wish } else { StaffWish::Any }
}
