//! What a decision needs to know, asked for in at most three rounds and bounded to one store.

use std::collections::BTreeSet;

use super::{Command, NewLine};
use crate::booking::Subject;
use crate::id::{AttentionId, BlockId, BookingId, MemberId, StoreId};
use crate::time::{DAY, TimeRange, Timestamp};
use crate::view::{Found, View};

/// Records and schedule to load. The catalogue is always loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadPlan {
    /// Bookings of the store by id.
    pub bookings: BTreeSet<BookingId>,
    /// Blocks of the store by id.
    pub blocks: BTreeSet<BlockId>,
    /// Members by id.
    pub members: BTreeSet<MemberId>,
    /// Attention entries of the store by id.
    pub attention: BTreeSet<AttentionId>,
    /// All bookings and blocks of a store that touch a range.
    pub schedule: Option<(StoreId, TimeRange)>,
}

impl ReadPlan {
    fn is_empty(&self) -> bool {
        *self == ReadPlan::default()
    }
}

/// How far around a visit a decision may look: relocation and running late stay within the day.
const AROUND: i64 = 12 * 60;

pub(super) fn of(command: &Command, view: &View) -> Option<ReadPlan> {
    let mut plan = ReadPlan::default();
    let mut ask = Ask { view, plan: &mut plan };
    match command {
        Command::Hold(c) => ask.new_visit(c.store, c.booking, &c.lines),
        Command::Book(c) => ask.new_visit(c.store, c.booking, &c.lines),
        Command::SeatWalkIn(c) => ask.new_visit(c.store, c.booking, &c.lines),
        Command::Squeeze(c) => ask.new_visit(c.store, c.booking, &c.lines),
        Command::Release(c) => ask.booking(c.store, c.booking),
        Command::Expire(c) => ask.booking(c.store, c.booking),
        Command::Cancel(c) => ask.booking(c.store, c.booking),
        Command::NoShow(c) => ask.booking(c.store, c.booking),
        Command::Finish(c) => ask.booking(c.store, c.booking),
        Command::UndoCheckIn(c) => ask.booking(c.store, c.booking),
        Command::Confirm(c) => ask.booking(c.store, c.booking),
        Command::Decline(c) => ask.booking(c.store, c.booking),
        Command::Move(c) => ask.visit_at(c.store, c.booking, Some(c.starts_at)),
        Command::AcceptAlternative(c) => ask.visit_at(c.store, c.booking, Some(c.starts_at)),
        Command::CheckIn(c) => ask.visit_at(c.store, c.booking, None),
        Command::Start(c) => ask.visit_at(c.store, c.booking, None),
        Command::RunningLate(c) => ask.visit_at(c.store, c.booking, None),
        Command::Block(c) => {
            ask.block(c.store, c.block);
            ask.schedule(c.store, c.range);
        }
        Command::Unblock(c) => ask.block(c.store, c.block),
        Command::RegisterMember(c) => ask.member(c.member),
        Command::EditMember(c) => ask.member(c.member),
        Command::ResolveAttention(c) if !view.attention.contains_key(&c.attention) => drop(ask.plan.attention.insert(c.attention)),
        Command::ResolveAttention(_) => {}
        Command::ImportVisit(c) => {
            ask.booking(c.store, c.booking);
            for start in c.lines.iter().filter_map(|line| line.starts_at) {
                ask.schedule(c.store, TimeRange::starting(start, 1));
            }
        }
        Command::RenewZone(c) => ask.whole_schedule(c.store, c.ahead),
        Command::PutStore(_) | Command::PutService(_) | Command::PutStaff(_) | Command::PutShift(_) | Command::PutRules(_) => {}
        Command::ImportFindings(_) => {}
    }
    (!plan.is_empty()).then_some(plan)
}

struct Ask<'a> {
    view: &'a View,
    plan: &'a mut ReadPlan,
}

impl Ask<'_> {
    fn booking(&mut self, store: StoreId, id: BookingId) {
        if self.view.booking(store, id) == Found::Unknown {
            self.plan.bookings.insert(id);
        }
    }

    fn block(&mut self, store: StoreId, id: BlockId) {
        if self.view.block(store, id) == Found::Unknown {
            self.plan.blocks.insert(id);
        }
    }

    fn member(&mut self, id: MemberId) {
        if self.view.member(id) == Found::Unknown {
            self.plan.members.insert(id);
        }
    }

    fn schedule(&mut self, store: StoreId, range: TimeRange) {
        // Nonsense times are refused by `decide`; here they must only not widen the read without bound.
        let wanted =
            TimeRange { start: range.start, end: range.end.min(Timestamp(range.start.0.saturating_add(15 * DAY))) }.widened(AROUND);
        if self.view.covers(store, wanted) {
            return;
        }
        let known = self.view.known.schedules.get(&store).copied();
        let hull = match (known, self.plan.schedule) {
            (_, Some((_, planned))) => planned.hull(&wanted),
            (Some(known), None) if known.hull(&wanted).minutes() <= 10 * 1440 => known.hull(&wanted),
            _ => wanted,
        };
        self.plan.schedule = Some((store, hull));
    }

    /// A range of any length, exactly: for what concerns every promise.
    fn whole_schedule(&mut self, store: StoreId, range: TimeRange) {
        if !self.view.covers(store, range) {
            self.plan.schedule = Some((store, range));
        }
    }

    fn new_visit(&mut self, store: StoreId, id: BookingId, lines: &[NewLine]) {
        self.booking(store, id);
        for line in lines.iter().take(crate::command::decide::MAX_LINES) {
            self.schedule(store, TimeRange::starting(line.starts_at, 1));
            if let Subject::Member(member) = line.subject {
                self.member(member);
            }
            if let Some(payer) = line.payer {
                self.member(payer);
            }
        }
    }

    fn visit_at(&mut self, store: StoreId, id: BookingId, starts_at: Option<Timestamp>) {
        self.booking(store, id);
        if let Found::Known(booking) = self.view.booking(store, id) {
            match starts_at {
                Some(start) => self.schedule(store, TimeRange::starting(start, 1)),
                None => self.schedule(store, booking.range()),
            }
        }
    }
}
