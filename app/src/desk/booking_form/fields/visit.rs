//! The visit that is filled in: its lines, with whom, how long, for how much. Where the chosen time can be had, exactly what will be
//! booked.

use leptos::prelude::*;
use shared::booking::{Line, Subject};
use shared::id::{ServiceId, StaffId};
use shared::money::Price;
use shared::part::total_minutes;
use shared::service::Service;
use shared::staff::Staff;
use shared::staff_preference::StaffPreference;
use shared::store::Store;
use shared::time::TimeRange;
use shared::view::View;
use shared::visit_request::RequestedLine;

use super::BookingFields;
use crate::desk::booking_form::guest::Guest;
use crate::desk::booking_form::placing::{highest_prices, lowest_prices};
use crate::desk::booking_form::staff_preferences::requested;
use crate::desk::same_time::{Asked, Party};
use crate::desk::words::staff_names;

impl BookingFields {
    /// The lines of the visit; `named` asks for certain staff in every line, as a squeeze must.
    pub(in crate::desk::booking_form) fn lines(self, subject: &Subject, named: bool) -> Vec<RequestedLine> {
        untrack(|| self.lines_tracked(subject, named))
    }

    fn lines_tracked(self, subject: &Subject, named: bool) -> Vec<RequestedLine> {
        let view = self.bench.replica.view();
        let (Some(store), Some(start)) = (self.bench.store(), self.choice.starts_at.get()) else { return Vec::new() };
        let placed = self.placed.get().unwrap_or_default();
        let services = self.services.get();
        let mut at = start;
        let mut lines = Vec::new();
        for (index, id) in services.iter().copied().enumerate() {
            let Some(service) = view.catalogue.services.get(&id) else { continue };
            let own = self.staff_preferences.with(|staff_preferences| staff_preferences.of(&view, store.id, id, &services));
            let placed = placed.get(index);
            let staff = placed.and_then(|line| line.staff).or_else(|| requested(own)).or_else(|| self.somebody(&view, &store, service));
            let person = staff.and_then(|id| view.catalogue.staff.get(&id));
            let starts_at = placed.map_or(at, |line| line.starts_at);
            let parts = person.map_or_else(|| service.parts.clone(), |person| service.parts_with(person, store.id));
            at = starts_at.plus_minutes(i64::from(total_minutes(&parts)));
            let staff_preference = if named { staff.map_or(own, StaffPreference::Requested) } else { own };
            let seen_price = person.map_or(service.price, |person| service.price_with(person, store.id));
            lines.push(RequestedLine { service: id, subject: subject.clone(), payer: None, staff_preference, starts_at, seen_price });
        }
        lines
    }

    /// Whose column was tapped, or somebody who works that day, or anybody who can do it at all; at the lowest price.
    fn somebody(self, view: &View, store: &Store, service: &Service) -> Option<StaffId> {
        let date = self.choice.date.get();
        let able: Vec<&Staff> = view.staff_of(store.id).filter(|staff| staff.can(service.id, store.id)).collect();
        if let Some(tapped) = able.iter().find(|staff| Some(staff.id) == self.tapped) {
            return Some(tapped.id);
        }
        let is_off = |staff: &Staff| view.shift_spans(store.id, staff.id, date).is_empty();
        let price = |staff: &Staff| service.price_with(staff, store.id);
        able.into_iter().min_by_key(|staff| (is_off(staff), price(staff).is_none(), price(staff))).map(|staff| staff.id)
    }

    /// Tracked: who would do it: by name, those of the chosen time, else those who are wished.
    pub(in crate::desk::booking_form) fn people(self) -> String {
        let view = self.bench.replica.view();
        match self.placed.get() {
            Some(lines) => staff_names(&view, lines.iter().filter_map(|line| line.staff)),
            None => {
                let query = self.choice.query.get();
                let wished = query.iter().flat_map(|query| &query.lines).filter_map(|line| requested(line.staff_preference));
                staff_names(&view, wished)
            }
        }
    }

    /// Tracked: by name who would be squeezed.
    pub(in crate::desk::booking_form) fn squeezed_with(self) -> Option<String> {
        let lines = self.lines_tracked(&Subject::Guest { name: "".into() }, true);
        let names = staff_names(&self.bench.replica.view(), lines.iter().filter_map(|line| requested(line.staff_preference)));
        (!names.is_empty()).then_some(names)
    }

    /// Tracked: what the visit costs at the chosen time; before one is chosen, the least it can cost, and whether it can cost more.
    pub(in crate::desk::booking_form) fn prices(self) -> (Vec<Price>, bool) {
        if let Some(lines) = self.placed.get() {
            return (lines.iter().map(|line| line.price).collect(), false);
        }
        let (view, question) = (self.bench.replica.view(), self.choice.question(self.choice.date.get(), 0));
        let lowest = question.as_ref().map(|question| lowest_prices(&view, question)).unwrap_or_default();
        let can_be_more = question.is_some_and(|question| highest_prices(&view, &question).iter().any(Option::is_some));
        let of_service =
            self.each_service(|service, person, store| person.map_or(service.price, |person| service.price_with(person, store.id)));
        let prices = of_service.into_iter().enumerate().map(|(index, price)| lowest.get(index).copied().flatten().unwrap_or(price));
        (prices.collect(), can_be_more)
    }

    /// Tracked: minutes from the first to the last part.
    pub(in crate::desk::booking_form) fn minutes(self) -> i64 {
        if let Some(lines) = self.placed.get() {
            let all = lines.iter().map(Line::range).reduce(|all, range| all.hull(&range));
            return all.map_or(0, |range| range.minutes());
        }
        let minutes = |service: &Service, person: Option<&Staff>, store: &Store| {
            i64::from(person.map_or_else(|| total_minutes(&service.parts), |person| total_minutes(&service.parts_with(person, store.id))))
        };
        self.each_service(minutes).into_iter().sum()
    }

    /// Tracked: for whom it would be, and when; of a guest who is no member nothing is known.
    pub(in crate::desk::booking_form) fn same_time(self) -> Option<Asked> {
        let Guest::Member(member) = self.guest.get() else { return None };
        let start = self.choice.starts_at.get()?;
        let range = TimeRange { start, end: start.plus_minutes(self.minutes()) };
        Some(Asked { party: Party::of_members(&self.bench.replica.view(), [member]), range, own: self.booking })
    }

    fn each_service<T>(self, read: impl Fn(&Service, Option<&Staff>, &Store) -> T) -> Vec<T> {
        let view = self.bench.replica.view();
        let (Some(store), services) = (self.bench.store(), self.services.get()) else { return Vec::new() };
        let of = |id: &ServiceId| {
            let service = view.catalogue.services.get(id)?;
            let staff_preference = self.staff_preferences.with(|staff_preferences| staff_preferences.of(&view, store.id, *id, &services));
            let person = requested(staff_preference).and_then(|id| view.catalogue.staff.get(&id));
            Some(read(service, person, &store))
        };
        services.iter().filter_map(of).collect()
    }
}
