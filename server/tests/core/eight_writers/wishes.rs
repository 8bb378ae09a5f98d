//! What the writers ask for: anything, about anybody, on a few days that all of them want.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use rand::Rng;
use rand::rngs::StdRng;
use shared::block::BlockKind;
use shared::booking::{CancelledBy, Subject};
use shared::command::*;
use shared::id::{BlockId, BookingId, CommandId, ResourceId, StoreId};
use shared::role::Principal;
use shared::staff_preference::StaffPreference;
use shared::time::{TimeRange, Timestamp};
use shared::visit_request::RequestedLine;
use uuid::Uuid;

use super::stores::{BOTH, SERVICES, people, things};
use crate::world::*;

/// Everybody wants one of these days.
const DAYS: i32 = 12;

/// Of what was made the last ones are worth talking about.
const REMEMBERED: usize = 400;

/// What exists in each store, as far as somebody was told so.
#[derive(Default)]
pub struct Known([Mutex<(Vec<BookingId>, Vec<BlockId>)>; 2]);

/// One writer's wishes.
pub struct Asks {
    number: u64,
    known: Arc<Known>,
    chance: StdRng,
    /// What was asked for and is not answered yet.
    asked: BTreeMap<CommandId, Made>,
}

/// What a command makes.
enum Made {
    Booking(BookingId),
    Block(BlockId),
}

impl Asks {
    pub fn of(number: u64, known: Arc<Known>, chance: StdRng) -> Self {
        Asks { number, known, chance, asked: BTreeMap::new() }
    }

    /// The last two of eight are members.
    pub fn is_member(&self) -> bool {
        self.number >= 6
    }

    pub fn store(&self) -> StoreId {
        BOTH[self.place()]
    }

    fn place(&self) -> usize {
        usize::from(self.number % 4 >= 2)
    }

    fn happens(&mut self, percent: u32) -> bool {
        self.chance.random_range(0..100) < percent
    }

    fn pick<T: Copy>(&mut self, among: &[T]) -> T {
        among[self.chance.random_range(0..among.len())]
    }

    /// A time of some day, mostly on the grid.
    fn time(&mut self) -> Timestamp {
        let step = if self.happens(85) { 15 } else { 5 };
        let minute = self.chance.random_range(540..1230u16) / step * step;
        at(self.chance.random_range(0..DAYS), minute / 60, minute % 60)
    }

    fn booking(&mut self) -> BookingId {
        let known = Arc::clone(&self.known);
        let known = known.0[self.place()].lock().expect("nobody panicked");
        let from = known.0.len().saturating_sub(REMEMBERED);
        if known.0.is_empty() { new_booking() } else { self.pick(&known.0[from..]) }
    }

    fn lines(&mut self, first: Timestamp) -> Vec<RequestedLine> {
        let many = self.pick(&[1, 1, 1, 2, 2, 3]);
        let at_once = self.happens(30);
        let everybody: Vec<_> = people().into_iter().map(|(id, _)| id).collect();
        let mut starts_at = first;
        let mut lines = Vec::new();
        for _ in 0..many {
            let service = self.pick(&SERVICES);
            let staff_preference = if self.happens(45) { StaffPreference::Any } else { StaffPreference::Requested(self.pick(&everybody)) };
            let subject = Subject::Guest { name: "小满".into() };
            lines.push(RequestedLine { service, subject, payer: None, staff_preference, starts_at, seen_price: None });
            if !at_once {
                starts_at = starts_at.plus_minutes(if service == CUT { 45 } else { 95 });
            }
        }
        lines
    }

    fn reason(&mut self, percent: u32) -> Option<shared::personal::Personal<String>> {
        (!self.is_member() && self.happens(percent)).then(|| "特殊情况".into())
    }

    /// What was put into the outbox.
    pub fn gave(&mut self, uuid: CommandId, command: &Command) {
        let made = match command {
            Command::Book(Book { booking, .. }) | Command::Squeeze(Squeeze { booking, .. }) => Made::Booking(*booking),
            Command::SeatWalkIn(SeatWalkIn { booking, .. }) => Made::Booking(*booking),
            Command::Block(BlockTime { block, .. }) => Made::Block(*block),
            _ => return,
        };
        self.asked.insert(uuid, made);
    }

    /// What was asked for is there: from now on everybody may talk about it.
    pub fn has(&mut self, uuid: CommandId) {
        let Some(made) = self.asked.remove(&uuid) else { return };
        let mut known = self.known.0[self.place()].lock().expect("nobody panicked");
        match made {
            Made::Booking(booking) => known.0.push(booking),
            Made::Block(block) => known.1.push(block),
        }
    }

    /// The next command.
    pub fn next(&mut self, principal: Principal, now: Timestamp) -> Command {
        let kind = self.chance.random_range(0..100);
        match kind {
            0..42 => self.book(principal),
            42..56 => self.moves(),
            56..72 => self.cancels(),
            _ if self.is_member() => self.book(principal),
            72..75 => self.squeezes(),
            75..80 => self.seats(now),
            80..95 => self.sees(kind),
            95..98 => self.blocks(),
            _ => self.unblocks(),
        }
    }

    fn book(&mut self, principal: Principal) -> Command {
        let account = if let Principal::Account(account) = principal { Some(account) } else { None };
        let starts_at = self.time();
        Command::Book(Book {
            store: self.store(),
            booking: new_booking(),
            account,
            lines: self.lines(starts_at),
            note: "".into(),
            terms_version: 1,
            by_phone: !self.is_member() && self.happens(20),
            override_reason: self.reason(8),
        })
    }

    fn moves(&mut self) -> Command {
        let (booking, starts_at, override_reason) = (self.booking(), self.time(), self.reason(15));
        Command::Move(Move { store: self.store(), booking, starts_at, staff_preferences: Vec::new(), override_reason })
    }

    fn cancels(&mut self) -> Command {
        let by = if self.is_member() { CancelledBy::Member } else { CancelledBy::Store };
        Command::Cancel(Cancel { store: self.store(), booking: self.booking(), by, reason: "".into() })
    }

    fn squeezes(&mut self) -> Command {
        let starts_at = self.time();
        Command::Squeeze(Squeeze {
            store: self.store(),
            booking: new_booking(),
            account: None,
            lines: self.lines(starts_at),
            note: "".into(),
            reason: "老客人".into(),
        })
    }

    fn seats(&mut self, now: Timestamp) -> Command {
        let lines = self.lines(now.start_of_minute());
        Command::SeatWalkIn(SeatWalkIn { store: self.store(), booking: new_booking(), lines, note: "".into() })
    }

    /// What a desk sees happen.
    fn sees(&mut self, kind: u32) -> Command {
        let (store, booking) = (self.store(), self.booking());
        match kind % 7 {
            0 | 1 => Command::CheckIn(CheckIn { store, booking, override_reason: self.reason(50) }),
            2 => Command::Start(Start { store, booking, staff: None, override_reason: self.reason(50) }),
            3 => Command::Finish(Finish { store, booking }),
            4 => Command::NoShow(NoShow { store, booking }),
            5 => Command::RunningLate(RunningLate { store, booking, minutes: self.pick(&[5, 10, 25, 60]) }),
            _ => Command::UndoCheckIn(UndoCheckIn { store, booking }),
        }
    }

    fn blocks(&mut self) -> Command {
        let store = self.store();
        let mut whose: Vec<ResourceId> = things(store);
        whose.extend(people().into_iter().filter(|(_, stores)| stores.contains(&store)).map(|(id, _)| ResourceId::from(id)));
        let (resource, start, block) = (self.pick(&whose), self.time(), BlockId(Uuid::new_v4()));
        let (kind, minutes) = (self.pick(&[BlockKind::Break, BlockKind::Break, BlockKind::Emergency]), self.pick(&[15, 30, 60, 120]));
        let range = TimeRange::starting(start, minutes);
        Command::Block(BlockTime { store, block, resource, range, kind, reason: "休息".into(), override_reason: self.reason(60) })
    }

    fn unblocks(&mut self) -> Command {
        let known = Arc::clone(&self.known);
        let known = known.0[self.place()].lock().expect("nobody panicked");
        let from = known.1.len().saturating_sub(REMEMBERED);
        let block = if known.1.is_empty() { BlockId(Uuid::new_v4()) } else { self.pick(&known.1[from..]) };
        Command::Unblock(Unblock { store: self.store(), block })
    }
}
