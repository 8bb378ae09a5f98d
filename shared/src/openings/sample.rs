//! A made-up store of 20 staff and 14 days for measuring the engine, the same natively and in WASM.
use super::search::{Candidate, LineNeed, PartNeed, Request, find};
use crate::mask::Mask;
use crate::window::Window;

const WINDOW: Window = Window { first_day: 20_000, days: 14 };

/// Prebuilt free masks, as a busy store has them, and a visit to look for.
#[derive(Debug)]
pub struct Sample {
    open: Mask,
    free: Vec<Mask>,
    lines: Vec<LineNeed>,
}

impl Sample {
    /// 20 staff, 14 days of about 9 hours, six bookings each; a cut of 60 minutes by anybody.
    #[must_use]
    pub fn build() -> Self {
        let candidate = |staff| Candidate { staff, parts: vec![PartNeed::from_minutes(0, 60, true)], resources: Vec::new(), length: 12 };
        Self {
            open: Mask::full(WINDOW),
            free: (0..20).map(one_staff_member).collect(),
            lines: vec![LineNeed { candidates: (0..20).map(candidate).collect() }],
        }
    }

    /// One search, from free masks to start masks. Returns the number of starts.
    #[must_use]
    pub fn search(&self) -> u32 {
        find(Request { open: &self.open, free: &self.free, pools: &[], lines: &self.lines }).starts().map_or(0, Mask::count)
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
