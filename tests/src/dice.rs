//! Chance from a seed, so that a failure can be told again.

/// What chooses the moments and wishes of a fault story.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice that always fall the same way for a seed.
    #[must_use]
    pub fn of(seed: u64) -> Self {
        // Neighbouring seeds would begin alike; and from zero nothing ever comes but zero.
        Dice(seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `sides`.
    pub fn throw(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides.max(1)
    }

    /// Whether something happens that happens so often in a hundred times.
    pub fn happens(&mut self, percent: u64) -> bool {
        self.throw(100) < percent
    }

    /// One of several; `None` of none.
    pub fn pick<'a, T>(&mut self, among: &'a [T]) -> Option<&'a T> {
        among.get(usize::try_from(self.throw(among.len() as u64)).unwrap_or(0))
    }

    /// A number below `sides`, to calculate with time.
    pub fn minutes(&mut self, sides: u64) -> i64 {
        i64::try_from(self.throw(sides)).unwrap_or(0)
    }
}
