//! A made-up store of 20 staff and 14 days for measuring the engine, the same natively and in WASM.
use super::mask::{Mask, Window};
use super::search::{Candidate, LineNeed, PartNeed, Request, find};

const WINDOW: Window = Window { first_day: 20_000, days: 14 };

/// Prebuilt free masks, as a busy store has them.
#[derive(Debug)]
pub struct Sample {
    free: Vec<Mask>,
}

impl Sample {
    /// 20 staff, 14 days of about 9 hours, six bookings each.
    #[must_use]
    pub fn build() -> Self {
        Self { free: (0..20).map(one_staff_member).collect() }
    }

    /// One search, from free masks to start masks: a cut of 60 minutes by anybody. Returns the number of openings.
    #[must_use]
    pub fn search(&self) -> u32 {
        let parts = [PartNeed::from_minutes(0, 60, true)];
        let candidates: [Candidate<'_>; 20] = core::array::from_fn(|staff| Candidate {
            staff: u16::try_from(staff).unwrap_or(0),
            parts: &parts,
            length: 12,
        });
        let lines = [LineNeed { candidates: &candidates }];
        let bounds = 0..WINDOW.quanta();
        find(Request { free: &self.free, lines: &lines, grid: None, bounds: &bounds })
            .map_or(0, |found| found.offered().count())
    }
}

fn one_staff_member(staff: u32) -> Mask {
    let mut free = Mask::empty(WINDOW);
    for day in 0..14 {
        let opens = day * 288 + 100 + staff % 5;
        free.set(opens..opens + 110);
        for booking in 0..6 {
            let begin = opens + booking * 17 + (staff * 7 + day * 3) % 11;
            free.clear(begin..begin + 5 + (staff + day + booking) % 6);
        }
    }
    free
}
