//! What has been filled in so far. Nothing is lost when a time is refused.

mod visit;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::booking::{Line, Subject};
use shared::command::Command;
use shared::id::{AccountId, BookingId, CommandId, MemberId, ServiceId, StaffId};
use shared::staff_preference::StaffPreference;
use shared::store::Store;
use shared::visit_request::RequestedService;

use super::guest::Guest;
use super::staff_preferences::StaffPreferences;
use crate::desk::booking_form::times::choice::{TimeChoice, TimeQuery};
use crate::desk::business_day;
use crate::desk::done::Done;
use crate::desk::words::guest_word;
use crate::desk::workbench::{Prefill, Workbench};
use crate::state::SubmitError;

/// The form's signals, `Copy`.
#[derive(Clone, Copy)]
pub(super) struct BookingFields {
    pub(super) bench: Workbench,
    /// Fixed from the start: a second tap books nothing twice.
    pub(super) booking: BookingId,
    /// Who a new member will be: a second tap makes nobody twice.
    new_member: RwSignal<MemberId>,
    /// The server is being asked.
    pub(super) is_busy: RwSignal<bool>,
    pub(super) guest: RwSignal<Guest>,
    pub(super) services: RwSignal<Vec<ServiceId>>,
    pub(super) staff_preferences: RwSignal<StaffPreferences>,
    pub(super) choice: TimeChoice,
    /// The visit at the chosen time, exactly as it would be booked.
    placed: Memo<Option<Vec<Line>>>,
    pub(super) note: RwSignal<String>,
    pub(super) by_phone: RwSignal<bool>,
    pub(super) problem: RwSignal<Option<SubmitError>>,
    tapped: Option<StaffId>,
    instead_of: Option<CommandId>,
}

impl BookingFields {
    pub(super) fn new(bench: Workbench, prefill: &Prefill) -> Self {
        let services = RwSignal::new(prefill.services.clone());
        let staff_preferences = if prefill.staff_preferences.is_empty() {
            StaffPreferences::for_visit(prefill.staff.map_or(StaffPreference::Any, StaffPreference::Requested))
        } else {
            StaffPreferences::of_services(prefill.staff_preferences.iter().copied())
        };
        let staff_preferences = RwSignal::new(staff_preferences);
        let booking: BookingId = bench.replica.new_id();
        let query = Memo::new(move |_| {
            let services = services.get();
            let view = bench.replica.view();
            let store = bench.store()?.id;
            let staff_preference =
                |service: ServiceId| staff_preferences.with(|staff_preferences| staff_preferences.of(&view, store, service, &services));
            let lines = services
                .iter()
                .map(|service| RequestedService { service: *service, staff_preference: staff_preference(*service) })
                .collect();
            Some(TimeQuery { lines, own: booking })
        });
        // A wish that came back may be of yesterday.
        let soon = bench.replica.clock().plus_minutes(-60);
        let starts_at = prefill.starts_at.filter(|at| *at >= soon);
        let date = starts_at.and_then(|at| bench.store_now().map(|store| business_day::day_of(&store, at)));
        let date = RwSignal::new(date.unwrap_or_else(|| untrack(|| bench.date().max(bench.today()))));
        let choice = TimeChoice::new(bench, query, date, starts_at);
        BookingFields {
            bench,
            booking,
            new_member: RwSignal::new(bench.replica.new_id()),
            is_busy: RwSignal::new(false),
            guest: RwSignal::new(prefill.member.map_or_else(|| Guest::again(prefill), Guest::Member)),
            services,
            staff_preferences,
            choice,
            placed: Memo::new(move |_| choice.placed_at(choice.starts_at.get()?)),
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
            Guest::Named { name, .. } => (Subject::Guest { name: name.trim().to_owned().into() }, None),
            Guest::Member(id) => {
                let account = self.bench.replica.view_now().members.get(&id).and_then(|member| member.account);
                (Subject::Member(id), account)
            }
            Guest::New(_) => (Subject::Member(self.new_member.get_untracked()), None),
        }
    }

    /// What is filled in, for the waitlist.
    pub(super) fn to_wait(self) -> Prefill {
        let date = self.choice.date.get_untracked();
        let lines = self.choice.query.get_untracked().map(|query| query.lines).unwrap_or_default();
        let (member, guest) = match self.guest.get_untracked() {
            Guest::Member(id) => (Some(id), String::new()),
            Guest::Named { name, .. } => (None, name),
            Guest::New(new) => (None, new.name),
        };
        Prefill {
            starts_at: self.bench.store_now().map(|store| store.zone.instant(date, 12 * 60)),
            member,
            guest,
            services: self.services.get_untracked(),
            staff_preferences: lines.into_iter().map(|line| (line.service, line.staff_preference)).collect(),
            note: self.note.get_untracked(),
            ..Prefill::default()
        }
    }

    /// The new member first, where there is one, then the visit.
    pub(super) fn give(self, store: &Store, command: Command, done: Done) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        let (bench, instead_of) = (self.bench, self.instead_of);
        let register = match self.guest.get_untracked() {
            Guest::New(new) => Some(new.command(self.new_member.get_untracked(), store.id, bench.region())),
            _ => None,
        };
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
        let name = match (self.guest.get_untracked(), subject) {
            (Guest::New(new), _) => Some(new.name),
            (_, Subject::Guest { name }) => Some(name.0.clone()),
            (_, Subject::Member(id)) => self.bench.replica.view_now().members.get(id).map(|member| member.name.value.0.clone()),
        };
        guest_word(name.as_deref())
    }
}
