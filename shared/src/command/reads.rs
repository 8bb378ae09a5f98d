//! What a decision needs to know, asked for in at most three rounds and bounded to one store. A decision looks at nothing else, so that it
//! is the same on a device that knows everything, on a server that remembers something, and on one that has just started.

use std::collections::BTreeSet;

use super::decide::{MAX_LINES, blocks, late, visit};
use super::{Command, ImportVisit, NewLine};
use crate::attention::Attention;
use crate::block::Block;
use crate::booking::admit::LONGEST_VISIT_MINUTES;
use crate::booking::{Booking, GROWS_AT_MOST_MINUTES, Line, State, Subject, place};
use crate::id::{BookingId, MemberId, ServiceId, StoreId};
use crate::member::Member;
use crate::phone::Phone;
use crate::record::{Noun, RecordKey};
use crate::service::{Service, total_minutes};
use crate::time::{TimeRange, Timestamp};
use crate::view::{Found, View};

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
}

impl ReadPlan {
    fn is_empty(&self) -> bool {
        *self == ReadPlan::default()
    }
}

pub(super) fn of(command: &Command, view: &View) -> Option<ReadPlan> {
    let mut ask = Ask { view, plan: ReadPlan::default() };
    match command {
        Command::Hold(c) => ask.new_visit(c.store, c.booking, &c.lines),
        Command::Book(c) => ask.new_visit(c.store, c.booking, &c.lines),
        Command::SeatWalkIn(c) => ask.new_visit(c.store, c.booking, &c.lines),
        Command::Squeeze(c) => ask.new_visit(c.store, c.booking, &c.lines),
        Command::Release(c) => drop(ask.booking(c.store, c.booking)),
        Command::Expire(c) => drop(ask.booking(c.store, c.booking)),
        Command::Cancel(c) => drop(ask.booking(c.store, c.booking)),
        Command::NoShow(c) => drop(ask.booking(c.store, c.booking)),
        Command::UndoCheckIn(c) => drop(ask.booking(c.store, c.booking)),
        Command::Confirm(c) => drop(ask.booking(c.store, c.booking)),
        Command::Decline(c) => ask.visit_that_is_declined(c.store, c.booking),
        Command::Move(c) => ask.moved_visit(c.store, c.booking, c.starts_at),
        Command::AcceptAlternative(c) => ask.moved_visit(c.store, c.booking, c.starts_at),
        Command::CheckIn(c) => ask.visit_that_happens(c.store, c.booking),
        Command::UndoNoShow(c) => ask.visit_that_happens(c.store, c.booking),
        Command::Finish(c) => ask.visit_that_happens(c.store, c.booking),
        Command::Start(c) => ask.visit_that_starts(c.store, c.booking),
        Command::RunningLate(c) => {
            if let Some(booking) = ask.booking(c.store, c.booking) {
                ask.schedule(c.store, running_since(late::reach(booking, c.minutes)));
            }
        }
        Command::Block(c) => {
            ask.of_store::<Block>(c.store, c.block);
            // Nonsense is refused by `decide`; here it must only not widen the read without bound.
            let end = c.range.end.min(c.range.start.plus_minutes(blocks::LONGEST_MINUTES + 1));
            ask.around(c.store, TimeRange { end, ..c.range }, &[]);
        }
        Command::Unblock(c) => drop(ask.of_store::<Block>(c.store, c.block)),
        Command::RegisterMember(c) => {
            ask.member(c.member);
            c.phone.iter().for_each(|phone| ask.number(phone));
        }
        Command::EditMember(c) => ask.member(c.member),
        Command::FindMember(c) => ask.number(&c.phone),
        Command::ProveNumber(c) => {
            ask.number(&c.phone);
            c.member.into_iter().for_each(|member| ask.member(member));
        }
        Command::ResolveAttention(c) => drop(ask.of_store::<Attention>(c.store, c.attention)),
        Command::ImportVisit(c) => ask.imported_visit(c),
        Command::CorrectVisit(c) => ask.imported_visit(&c.now),
        Command::RenewZone(c) => ask.whole_schedule(c.store, c.ahead),
        Command::PutStore(_) | Command::PutService(_) | Command::PutStaff(_) | Command::PutShift(_) | Command::PutRules(_) => {}
        Command::OrderStaff(_) | Command::ImportFindings(_) => {}
    }
    (!ask.plan.is_empty()).then_some(ask.plan)
}

struct Ask<'a> {
    view: &'a View,
    plan: ReadPlan,
}

impl<'a> Ask<'a> {
    /// A record of the store, if it is here; else it is asked for.
    fn of_store<T: Noun>(&mut self, store: StoreId, id: T::Id) -> Option<&'a T> {
        match self.view.find_in(store, id) {
            Found::Known(record) => return Some(record),
            Found::Absent => {}
            Found::Unknown => drop(self.plan.records.insert(T::key_of(id))),
        }
        None
    }

    fn booking(&mut self, store: StoreId, id: BookingId) -> Option<&'a Booking> {
        self.of_store(store, id)
    }

    fn member(&mut self, id: MemberId) {
        if self.view.member(id) == Found::Unknown {
            self.plan.records.insert(Member::key_of(id));
        }
    }

    fn number(&mut self, number: &Phone) {
        if !self.view.known.numbers.contains(number) {
            self.plan.numbers.insert(number.clone());
        }
    }

    /// The longest a service takes; what does not exist takes no time, and is refused.
    fn minutes(&self, service: ServiceId) -> i64 {
        self.view.catalogue.services.get(&service).map_or(0, Service::longest_minutes)
    }

    /// A range of any length, exactly: for what concerns every promise.
    fn whole_schedule(&mut self, store: StoreId, range: TimeRange) {
        if !self.view.covers(store, range) {
            self.plan.schedule = Some((store, range));
        }
    }

    fn new_visit(&mut self, store: StoreId, id: BookingId, lines: &[NewLine]) {
        self.booking(store, id);
        let lines = lines.get(..MAX_LINES).unwrap_or(lines);
        for line in lines {
            if let Subject::Member(member) = line.subject {
                self.member(member);
            }
            if let Some(payer) = line.payer {
                self.member(payer);
            }
        }
        let starts: Vec<_> = lines.iter().map(|line| (line.starts_at, self.minutes(line.service))).collect();
        self.placed_at(store, &starts);
    }

    fn moved_visit(&mut self, store: StoreId, id: BookingId, to: Timestamp) {
        let Some(booking) = self.booking(store, id) else { return };
        let Some(span) = place::span(&booking.lines) else { return };
        let moved =
            |line: &Line| (Timestamp(line.starts_at.0.saturating_add(to.0.saturating_sub(span.start.0))), self.minutes(line.service));
        let starts: Vec<_> = booking.lines.iter().map(moved).collect();
        self.placed_at(store, &starts);
    }

    /// A visit for which somebody is chosen: the load of their day counts.
    fn placed_at(&mut self, store: StoreId, starts: &[(Timestamp, i64)]) {
        if let Some(span) = span_of(starts) {
            self.around(store, span, starts);
        }
    }

    /// A fact about a booking: it has its time already, or needs some.
    fn visit_that_happens(&mut self, store: StoreId, id: BookingId) {
        let Some(booking) = self.booking(store, id) else { return };
        self.guests(booking);
        if let (true, Some(span)) = (booking.occupancy.is_empty(), place::span(&booking.lines)) {
            self.around(store, span, &[]);
        }
    }

    /// It may get back the time that was promised before.
    fn visit_that_is_declined(&mut self, store: StoreId, id: BookingId) {
        let Some(booking) = self.booking(store, id) else { return };
        if let Some(span) = place::span(&booking.promised) {
            self.around(store, span, &[]);
        }
    }

    /// It starts up to half a day from where it was to be, and whoever does it may take longer.
    fn visit_that_starts(&mut self, store: StoreId, id: BookingId) {
        let Some(booking) = self.booking(store, id) else { return };
        self.guests(booking);
        let minutes = |line: &Line| self.minutes(line.service).max(i64::from(total_minutes(&line.parts)));
        let starts: Vec<_> = booking.lines.iter().map(|line| (line.starts_at, minutes(line))).collect();
        let Some(span) = span_of(&starts) else { return };
        let first = booking.starts_at;
        let reach = TimeRange::starting(first, span.minutes()).widened(visit::FAR_OFF_MINUTES);
        let chosen_again = matches!(booking.state, State::Waiting { .. });
        let days = if chosen_again { vec![(reach.start, 0), (reach.end, 0)] } else { Vec::new() };
        self.around(store, reach, &days);
    }

    /// Whoever comes is known in the store from then on.
    fn guests(&mut self, booking: &Booking) {
        booking.members().into_iter().for_each(|member| self.member(member));
    }

    fn imported_visit(&mut self, visit: &ImportVisit) {
        self.booking(visit.store, visit.booking);
        let starts = visit.lines.iter().filter_map(|line| Some((line.starts_at?, self.minutes(line.service))));
        if let Some(span) = starts.map(|(start, minutes)| TimeRange::starting(start, minutes)).reduce(|all, line| all.hull(&line)) {
            self.schedule(visit.store, running_since(span));
        }
    }

    /// The schedule around a newcomer who lies somewhere within `span`: what may run into it, the days of its starts, and the time of
    /// those who may have to make room, because they are placed anew within it.
    fn around(&mut self, store: StoreId, span: TimeRange, starts: &[(Timestamp, i64)]) {
        let Some(record) = self.view.catalogue.stores.get(&store) else { return };
        let days = (!starts.is_empty()).then(|| place::days_of(record, starts.iter().map(|(start, _)| *start)));
        let own = running_since(span).hull(&days.unwrap_or(span));
        let time = |booking: &Booking| place::span(&booking.lines).map_or(booking.range(), |lines| lines.hull(&booking.range()));
        let others = self.view.bookings_between(store, span).filter(|booking| !booking.occupancy.is_empty());
        self.schedule(store, others.map(|other| running_since(time(other))).fold(own, |all, other| all.hull(&other)));
    }

    fn schedule(&mut self, store: StoreId, wanted: TimeRange) {
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
fn running_since(range: TimeRange) -> TimeRange {
    TimeRange { start: range.start.plus_minutes(-GROWS_AT_MOST_MINUTES), ..range }
}
