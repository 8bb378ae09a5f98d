//! A made-up store of 20 staff and 14 days for measuring the engine, the same natively and in WASM.
use super::search::{Candidate, LineNeed, PartNeed, PoolNeed, Request, find};
use crate::mask::Mask;
use crate::window::Window;

const WINDOW: Window = Window { first_day: 20_000, days: 14 };
const STAFF: u32 = 20;

/// Rooms, pieces of equipment and places of a pool, one after the other behind the staff.
const POOLS: [u32; 3] = [6, 3, 6];

/// Prebuilt free masks, as a busy store has them, and a visit to look for.
#[derive(Debug)]
pub struct Sample {
    open: Mask,
    free: Vec<Mask>,
    pools: Vec<Vec<usize>>,
    lines: Vec<LineNeed>,
}

impl Sample {
    /// 20 staff, 14 days of about 9 hours, six bookings each; a cut of 60 minutes by anybody.
    #[must_use]
    pub fn build() -> Self {
        let candidate = |staff| Candidate { staff, parts: vec![PartNeed::from_minutes(0, 60, true)], resources: Vec::new(), length: 12 };
        Self::of((0..STAFF as usize).map(candidate).collect(), 1, 5)
    }

    /// The same store with 6 rooms, 3 machines and 6 basins, whose staff begin at many hours; a treatment of an hour by anybody, in a room
    /// from its first to its last minute, with a machine while it works by itself and a basin afterwards.
    #[must_use]
    pub fn with_rooms() -> Self {
        Self::of(treatment(), 1, 40)
    }

    /// Three such treatments one after the other.
    #[must_use]
    pub fn chain_of_three() -> Self {
        Self::of(treatment(), 3, 40)
    }

    fn of(candidates: Vec<Candidate>, times: usize, spread: u32) -> Self {
        let things: u32 = POOLS.iter().sum();
        let mut first = STAFF as usize;
        let mut pool = |size: &u32| {
            first += *size as usize;
            (first - *size as usize..first).collect()
        };
        Self {
            open: Mask::full(WINDOW),
            free: (0..STAFF).map(|staff| one_staff_member(staff, spread)).chain((0..things).map(one_thing)).collect(),
            pools: POOLS.iter().map(&mut pool).collect(),
            lines: vec![LineNeed { candidates }; times],
        }
    }

    /// One search, from free masks to start masks. Returns the number of starts.
    #[must_use]
    pub fn search(&self) -> u32 {
        let request = Request { open: &self.open, free: &self.free, pools: &self.pools, lines: &self.lines };
        find(request).starts().map_or(0, Mask::count)
    }
}

fn treatment() -> Vec<Candidate> {
    let part = PartNeed::from_minutes;
    let parts = vec![part(0, 20, true), part(20, 20, false), part(40, 15, true), part(55, 5, true)];
    let need = |pool, offset, length| PoolNeed { pool, stretches: vec![part(offset, length, true)] };
    let resources = vec![need(0, 0, 60), need(1, 20, 20), need(2, 40, 15)];
    (0..STAFF as usize).map(|staff| Candidate { staff, parts: parts.clone(), resources: resources.clone(), length: 12 }).collect()
}

/// Days of 110 quanta that begin at `spread` different times at most.
fn one_staff_member(staff: u32, spread: u32) -> Mask {
    let mut free = Mask::empty(WINDOW);
    for day in 0..14 {
        let opens = day * 288 + 100 + staff % spread;
        free.set(opens..opens + 110);
        for booking in 0..6 {
            let begin = opens + booking * 17 + (staff * 7 + day * 3) % 11;
            free.clear(begin..begin + 5 + (staff + day + booking) % 6);
        }
    }
    free
}

/// A room, a machine or a basin: there all the time the store is open, and taken again and again.
fn one_thing(thing: u32) -> Mask {
    let mut free = Mask::empty(WINDOW);
    for day in 0..14 {
        let opens = day * 288 + 100;
        free.set(opens..opens + 114);
        for booking in 0..2 {
            let begin = opens + booking * 50 + (thing * 5 + day * 7) % 13;
            free.clear(begin..begin + 6 + (thing * 3 + day + booking) % 8);
        }
    }
    free
}
