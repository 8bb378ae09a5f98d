//! Chance as a list of numbers, read one after the other: proptest shrinks the list, and a list of zeros is the plainest store there is.

/// A list of numbers that is read from the front; after its end come zeros.
pub struct Tape<'a>(std::slice::Iter<'a, u16>);

impl<'a> Tape<'a> {
    pub fn of(numbers: &'a [u16]) -> Self {
        Tape(numbers.iter())
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: i64) -> i64 {
        i64::from(self.0.next().copied().unwrap_or(0)) % limit.max(1)
    }

    /// The same for counting.
    pub fn count_below(&mut self, limit: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or(0)) % limit.max(1)
    }

    /// Whether something is so that is so in `percent` of all cases; never where the list has ended.
    pub fn happens(&mut self, percent: i64) -> bool {
        self.below(100) >= 100 - percent
    }

    /// One of several.
    pub fn pick<T: Copy>(&mut self, among: &[T]) -> T {
        among[self.count_below(among.len())]
    }
}
