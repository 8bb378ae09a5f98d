//! What a decision needs to know, asked for in at most three rounds and bounded to one store. A decision looks at nothing else, so that it
//! is the same on a device that knows everything, on a server that remembers something, and on one that has just started.

use std::collections::BTreeSet;

use crate::agreed;
use crate::booking::{Booking, GROWS_AT_MOST_MINUTES, Line, State, Subject};
use crate::business_day;
use crate::id::{BookingId, MemberId, ResourceId, ServiceId, StoreId, WaitlistEntryId};
use crate::line_change::LineChange;
use crate::member::Member;
use crate::noun::{Noun, RecordKey};
use crate::phone::Phone;
use crate::placement::case::{FAR_OFF_MINUTES, FOLLOWERS_MINUTES, LONGEST_VISIT_MINUTES};
use crate::placement::{binding, turns, usual, visit_time};
use crate::record::InTable;
use crate::rotation::Rotation;
use crate::service::Service;
use crate::staff_preference::StaffPreference;
use crate::time::{TimeRange, Timestamp};
use crate::view::{Ahead, Found, View, WaitingFor};
use crate::visit_request::{MAX_LINES, RequestedLine};
use crate::waitlist_entry::WaitlistEntry;

/// Windows that are known and wanted are read as one while they are not longer than this.
const MOST_KEPT_MINUTES: i64 = 10 * 1440;

/// Records and schedule to load. The catalogue is always loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadPlan {
    /// Records by name: of the brand, or of the store that the command is about.
    pub records: BTreeSet<RecordKey>,
    /// Members by the number they have verified.
    pub numbers: BTreeSet<Phone>,
    /// All bookings and blocks of a store that touch a range.
    pub schedule: Option<(StoreId, TimeRange)>,
    /// Promises still to come.
    pub ahead: Vec<Ahead>,
    /// Those who wait.
    pub waiting: Vec<WaitingFor>,
    /// Members of whom it must be known who served them last in a store.
    pub usual: BTreeSet<(StoreId, MemberId)>,
}

impl ReadPlan {
    fn is_empty(&self) -> bool {
        *self == ReadPlan::default()
    }
}

/// What a command asks for, given what is known so far.
pub(crate) struct Ask<'a> {
    pub(super) view: &'a View,
    plan: ReadPlan,
}

impl<'a> Ask<'a> {
    pub(super) fn new(view: &'a View) -> Self {
        Ask { view, plan: ReadPlan::default() }
    }

    /// What was asked for; `None` when everything is here.
    pub(super) fn plan(self) -> Option<ReadPlan> {
        (!self.plan.is_empty()).then_some(self.plan)
    }

    /// A record of the store, if it is here; else it is asked for.
    pub(super) fn of_store<T: InTable>(&mut self, store: StoreId, id: T::Id) -> Option<&'a T> {
        match self.view.find_in(store, id) {
            Found::Known(record) => return Some(record),
            Found::Absent => {}
            Found::Unknown => drop(self.plan.records.insert(T::key_of(id))),
        }
        None
    }

    pub(super) fn booking(&mut self, store: StoreId, id: BookingId) -> Option<&'a Booking> {
        self.of_store(store, id)
    }

    pub(super) fn member(&mut self, id: MemberId) {
        if self.view.member(id) == Found::Unknown {
            self.plan.records.insert(Member::key_of(id));
        }
    }

    pub(super) fn number(&mut self, number: &Phone) {
        if !self.view.known.numbers.contains(number) {
            self.plan.numbers.insert(number.clone());
        }
    }

    /// The longest a service takes; what does not exist takes no time, and is refused.
    pub(super) fn minutes(&self, service: ServiceId) -> i64 {
        self.view.catalogue.services.get(&service).map_or(0, Service::longest_minutes)
    }

    /// All promises of a store that are still to come, or those that need one person or thing of it.
    pub(super) fn ahead(&mut self, store: StoreId, resource: Option<ResourceId>) {
        let ahead = Ahead { store, resource };
        if !self.view.known.all_of.contains(&store) && !self.view.known.ahead.contains(&ahead) {
            self.plan.ahead.push(ahead);
        }
    }

    /// Everybody who waits for some starts.
    pub(super) fn waiting(&mut self, wanted: WaitingFor) {
        if !self.view.knows_waiting(wanted) {
            self.plan.waiting.push(wanted);
        }
    }

    /// A range of any length, exactly: for what concerns every promise.
    pub(super) fn whole_schedule(&mut self, store: StoreId, range: TimeRange) {
        if !self.view.covers(store, range) {
            self.plan.schedule = Some((store, range));
        }
    }

    /// Whose turn it is about `at`: half a day before or after it, that may be on another day of the store.
    pub(super) fn turns(&mut self, store: StoreId, at: Timestamp) {
        let Some(record) = self.view.catalogue.stores.get(&store).filter(|_| turns::are_kept(self.view, store)) else { return };
        let date = business_day::day_of(record, at).0;
        for day in date.saturating_sub(1)..=date.saturating_add(1) {
            self.of_store::<Rotation>(store, (store, day));
        }
    }

    /// Whom a guest knows who leaves it to the store who serves them.
    fn usual(&mut self, store: StoreId, subject: &Subject, staff_preference: StaffPreference) {
        let member = usual::member_of(self.view, store, subject, staff_preference);
        if let Some(member) = member.filter(|member| usual::person_of(self.view, store, *member).is_err()) {
            self.plan.usual.insert((store, member));
        }
    }

    pub(super) fn new_visit(&mut self, store: StoreId, id: BookingId, lines: &[RequestedLine]) {
        self.booking(store, id);
        let lines = lines.get(..MAX_LINES).unwrap_or(lines);
        for line in lines {
            if let Subject::Member(member) = line.subject {
                self.member(member);
            }
            if let Some(payer) = line.payer {
                self.member(payer);
            }
            self.usual(store, &line.subject, line.staff_preference);
        }
        let starts: Vec<_> = lines.iter().map(|line| (line.starts_at, self.minutes(line.service))).collect();
        self.placed_at(store, &starts);
    }

    pub(super) fn moved_visit(&mut self, store: StoreId, id: BookingId, to: Timestamp) {
        let Some(booking) = self.booking(store, id) else { return };
        let Some(span) = visit_time::span(&booking.lines) else { return };
        let moved = |line: &Line| {
            (Timestamp(line.starts_at.0.saturating_add(to.0.saturating_sub(span.start.0))), agreed::longest_minutes(self.view, line))
        };
        let starts: Vec<_> = booking.lines.iter().map(moved).collect();
        self.usual_of_all(store, booking);
        self.placed_at(store, &starts);
    }

    /// A visit that is edited: where its lines are to be, for as long as they may take then. One that is going on may push what follows.
    pub(super) fn changed_visit(&mut self, store: StoreId, id: BookingId, to: Option<Timestamp>, lines: &[LineChange]) {
        let lines = lines.get(..MAX_LINES).unwrap_or(lines);
        for line in lines {
            let subject = if let Subject::Member(member) = line.subject { Some(member) } else { None };
            subject.into_iter().chain(line.payer).for_each(|member| self.member(member));
        }
        let Some(booking) = self.booking(store, id) else { return };
        self.guests(booking);
        let Some(first) = booking.lines.iter().map(|line| line.starts_at).min() else { return };
        let by = to.map_or(0, |to| to.0.saturating_sub(first.0));
        let start = |line: &LineChange| {
            let agreed = line.agreed(&booking.lines);
            let own = agreed.map_or(0, |agreed| agreed::longest_minutes(self.view, agreed));
            let written = line.minutes.iter().flatten().map(|minutes| i64::from(*minutes)).sum();
            let at = agreed.map_or(first, |agreed| agreed.starts_at);
            (Timestamp(at.0.saturating_add(by)), own.max(written).max(self.minutes(line.service)))
        };
        let starts: Vec<_> = lines.iter().map(start).collect();
        let Some(span) = span_of(&starts) else { return };
        let is_going_on = matches!(booking.state, State::InService { .. });
        let end = span.end.plus_minutes(if is_going_on { FOLLOWERS_MINUTES } else { 0 });
        self.around(store, TimeRange { end, ..span }, &starts);
    }

    /// A visit for which somebody is chosen: the load of their day counts.
    fn placed_at(&mut self, store: StoreId, starts: &[(Timestamp, i64)]) {
        if let Some(span) = span_of(starts) {
            self.around(store, span, starts);
        }
    }

    /// A fact about a booking: it has its time already, or needs some.
    pub(super) fn visit_that_happens(&mut self, store: StoreId, id: BookingId) {
        let Some(booking) = self.booking(store, id) else { return };
        self.guests(booking);
        if let (true, Some(span)) = (booking.occupancy.is_empty(), visit_time::span(&booking.lines)) {
            self.around(store, span, &[]);
        }
    }

    /// A hold that becomes a visit: whoever is in it is known in the store from then on.
    pub(super) fn held_visit(&mut self, store: StoreId, id: BookingId) {
        if let Some(booking) = self.booking(store, id) {
            self.guests(booking);
        }
    }

    /// Somebody who waits, with what is held for them.
    pub(super) fn offered(&mut self, store: StoreId, id: WaitlistEntryId) -> Option<&'a WaitlistEntry> {
        let entry: &WaitlistEntry = self.of_store(store, id)?;
        if let Some(offer) = entry.offer() {
            self.booking(store, offer.hold);
        }
        Some(entry)
    }

    /// It is settled now who serves them: it stays at its time, and the load of that day counts.
    pub(super) fn visit_that_is_bound(&mut self, store: StoreId, id: BookingId) {
        let Some(booking) = self.booking(store, id).filter(|booking| binding::is_open(&self.view.catalogue, booking)) else { return };
        self.usual_of_all(store, booking);
        self.turns(store, booking.starts_at);
        let starts: Vec<_> = booking.lines.iter().map(|line| (line.starts_at, agreed::longest_minutes(self.view, line))).collect();
        self.placed_at(store, &starts);
    }

    /// Whoever asked for somebody may ask for nobody from now on.
    fn usual_of_all(&mut self, store: StoreId, booking: &Booking) {
        booking.lines.iter().for_each(|line| self.usual(store, &line.subject, StaffPreference::Any));
    }

    /// It may get back the time that was promised before.
    pub(super) fn visit_that_is_declined(&mut self, store: StoreId, id: BookingId) {
        let Some(booking) = self.booking(store, id) else { return };
        if let Some(span) = visit_time::span(&booking.promised) {
            self.around(store, span, &[]);
        }
    }

    /// It starts up to half a day from where it was to be, and whoever does it may take longer.
    pub(super) fn visit_that_starts(&mut self, store: StoreId, id: BookingId) {
        let Some(booking) = self.booking(store, id) else { return };
        self.guests(booking);
        let starts: Vec<_> = booking.lines.iter().map(|line| (line.starts_at, agreed::longest_minutes(self.view, line))).collect();
        let Some(span) = span_of(&starts) else { return };
        let first = booking.starts_at;
        let reach = TimeRange::starting(first, span.minutes()).widened(FAR_OFF_MINUTES);
        let chosen_again = matches!(booking.state, State::Waiting { .. }) || binding::is_open(&self.view.catalogue, booking);
        if chosen_again {
            self.usual_of_all(store, booking);
        }
        self.turns(store, first);
        let days = if chosen_again { vec![(reach.start, 0), (reach.end, 0)] } else { Vec::new() };
        self.around(store, reach, &days);
    }

    /// Whoever comes is known in the store from then on.
    fn guests(&mut self, booking: &Booking) {
        booking.members().into_iter().for_each(|member| self.member(member));
    }

    /// The schedule around a newcomer who lies somewhere within `span`: what may run into it, the days of its starts, and the time of
    /// those who may have to make room, because they are placed anew within it.
    pub(super) fn around(&mut self, store: StoreId, span: TimeRange, starts: &[(Timestamp, i64)]) {
        let Some(record) = self.view.catalogue.stores.get(&store) else { return };
        let days = (!starts.is_empty()).then(|| visit_time::days_of(record, starts.iter().map(|(start, _)| *start)));
        let own = running_since(span).hull(&days.unwrap_or(span));
        let time = |booking: &Booking| visit_time::span(&booking.lines).map_or(booking.range(), |lines| lines.hull(&booking.range()));
        let others = self.view.bookings_between(store, span).filter(|booking| !booking.occupancy.is_empty());
        self.schedule(store, others.map(|other| running_since(time(other))).fold(own, |all, other| all.hull(&other)));
    }

    pub(super) fn schedule(&mut self, store: StoreId, wanted: TimeRange) {
        if self.view.covers(store, wanted) {
            return;
        }
        let known = self.view.known.schedules.get(&store).copied();
        let hull = match known {
            Some(known) if known.hull(&wanted).minutes() <= MOST_KEPT_MINUTES => known.hull(&wanted),
            _ => wanted,
        };
        self.plan.schedule = Some((store, hull));
    }
}

/// The time a visit can take, whoever does it and in whatever order: from its first start on, for as long as a visit may be.
fn span_of(starts: &[(Timestamp, i64)]) -> Option<TimeRange> {
    let first = starts.iter().map(|(start, _)| *start).min()?;
    let last = starts.iter().map(|(start, _)| *start).max()?;
    let minutes = starts.iter().map(|(_, minutes)| *minutes).sum();
    Some(TimeRange { start: first, end: last.plus_minutes(minutes).min(first.plus_minutes(LONGEST_VISIT_MINUTES)) })
}

/// A range with the time before it in which a visit that is still going on may have been planned to end.
pub(super) fn running_since(range: TimeRange) -> TimeRange {
    TimeRange { start: range.start.plus_minutes(-GROWS_AT_MOST_MINUTES), ..range }
}
