//! Which 5-minute quanta are free: one bit each, packed over whole UTC days so that midnight is nothing special.
//!
//! Keyed by UTC day (288 quanta), so that local days of 23 and 25 hours need no care either. Bit `q` of a mask is the
//! quantum that begins `q × 5` minutes after the start of its first day; bits behind the last day are always clear.

use core::ops::Range;

use serde::{Deserialize, Serialize};

use crate::window::Window;

const HALF_WORDS_PER_DAY: usize = 9;

/// The quanta of one UTC day as they travel and are stored: 36 bytes, quantum `q` is bit `q % 8` of byte `q / 8`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(from = "[[u8; 12]; 3]", into = "[[u8; 12]; 3]")]
pub struct DayMask(pub [u8; 36]);

impl DayMask {
    /// No quantum set.
    pub const EMPTY: Self = Self([0; 36]);
}

impl Default for DayMask {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl From<[[u8; 12]; 3]> for DayMask {
    fn from(thirds: [[u8; 12]; 3]) -> Self {
        let mut bytes = [0; 36];
        bytes.copy_from_slice(thirds.as_flattened());
        Self(bytes)
    }
}

impl From<DayMask> for [[u8; 12]; 3] {
    fn from(day: DayMask) -> Self {
        let mut thirds = [[0; 12]; 3];
        thirds.as_flattened_mut().copy_from_slice(&day.0);
        thirds
    }
}

/// A set of quanta in a window. Two masks are only combined when they cover the same window.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mask {
    window: Window,
    words: Vec<u64>,
}

impl Mask {
    /// Nothing set.
    #[must_use]
    pub fn empty(window: Window) -> Self {
        Self { window, words: vec![0; window.quanta().div_ceil(64) as usize] }
    }

    /// Everything set.
    #[must_use]
    pub fn full(window: Window) -> Self {
        let mut mask = Self::empty(window);
        mask.set(0..window.quanta());
        mask
    }

    /// What this mask covers.
    #[must_use]
    pub fn window(&self) -> Window {
        self.window
    }

    /// Takes over one UTC day; days outside the window are ignored.
    pub fn put_day(&mut self, day: i32, quanta: &DayMask) {
        let Some(first) = self.first_half_word(day) else { return };
        for (index, bytes) in quanta.0.as_chunks::<4>().0.iter().enumerate() {
            let half = first + index;
            let shift = 32 * (half % 2);
            let word = &mut self.words[half / 2];
            *word = *word & !(0xffff_ffff << shift) | u64::from(u32::from_le_bytes(*bytes)) << shift;
        }
    }

    /// Clears the quanta of one UTC day that are set in `quanta`; days outside the window are ignored.
    pub fn clear_day(&mut self, day: i32, quanta: &DayMask) {
        let mut left = self.day(day);
        left.0.iter_mut().zip(quanta.0).for_each(|(byte, taken)| *byte &= !taken);
        self.put_day(day, &left);
    }

    /// One UTC day of this mask; empty outside the window.
    #[must_use]
    pub fn day(&self, day: i32) -> DayMask {
        let mut quanta = DayMask::EMPTY;
        let Some(first) = self.first_half_word(day) else { return quanta };
        for (index, bytes) in quanta.0.as_chunks_mut::<4>().0.iter_mut().enumerate() {
            let half = first + index;
            let [a, b, c, d, ..] = (self.words[half / 2] >> (32 * (half % 2))).to_le_bytes();
            *bytes = [a, b, c, d];
        }
        quanta
    }

    fn first_half_word(&self, day: i32) -> Option<usize> {
        let index = usize::try_from(i64::from(day) - i64::from(self.window.first_day)).ok()?;
        (index < usize::from(self.window.days)).then_some(index * HALF_WORDS_PER_DAY)
    }

    /// Sets a range of quanta; what lies outside the window is ignored.
    pub fn set(&mut self, range: Range<u32>) {
        self.in_words(range, |word, bits| *word |= bits);
    }

    /// Clears a range of quanta; what lies outside the window is ignored.
    pub fn clear(&mut self, range: Range<u32>) {
        self.in_words(range, |word, bits| *word &= !bits);
    }

    fn in_words(&mut self, range: Range<u32>, change: impl Fn(&mut u64, u64)) {
        for (index, bits) in words_of(range, self.window.quanta()) {
            change(&mut self.words[index], bits);
        }
    }

    /// Is this quantum set?
    #[must_use]
    pub fn has(&self, quantum: u32) -> bool {
        self.words.get((quantum / 64) as usize).is_some_and(|word| word >> (quantum % 64) & 1 == 1)
    }

    /// Are all quanta of the range set? A range that leaves the window is not.
    #[must_use]
    pub fn has_all(&self, range: Range<u32>) -> bool {
        range.is_empty()
            || range.end <= self.window.quanta()
                && words_of(range, self.window.quanta()).all(|(index, bits)| self.words[index] & bits == bits)
    }

    /// Adds the quanta of another mask.
    pub fn or(&mut self, other: &Self) {
        debug_assert_eq!(self.window, other.window);
        self.words.iter_mut().zip(&other.words).for_each(|(word, with)| *word |= with);
    }

    /// Keeps only the quanta that are also in another mask.
    pub fn and(&mut self, other: &Self) {
        debug_assert_eq!(self.window, other.window);
        self.words.iter_mut().zip(&other.words).for_each(|(word, with)| *word &= with);
    }

    /// Takes away the quanta of another mask.
    pub fn and_not(&mut self, other: &Self) {
        debug_assert_eq!(self.window, other.window);
        self.words.iter_mut().zip(&other.words).for_each(|(word, with)| *word &= !with);
    }

    /// Keeps only the quanta of one range.
    pub fn keep(&mut self, range: Range<u32>) {
        self.clear(0..range.start);
        self.clear(range.end.max(range.start)..self.window.quanta());
    }

    /// Moves every quantum `by` towards the beginning: afterwards `q` is set when `q + by` was.
    pub fn shift_earlier(&mut self, by: u32) {
        in_place(&mut self.words, by, |_, moved| moved);
    }

    /// Moves every quantum `by` towards the end; what leaves the window is dropped.
    pub fn shift_later(&mut self, by: u32) {
        let (whole, bits) = ((by / 64) as usize, by % 64);
        for index in (0..self.words.len()).rev() {
            let word = |back: usize| index.checked_sub(whole + back).map_or(0, |at| self.words[at]);
            let carried = if bits == 0 { 0 } else { word(1) >> (64 - bits) };
            self.words[index] = word(0) << bits | carried;
        }
        if let (Some(last), used @ 1..) = (self.words.last_mut(), self.window.quanta() % 64) {
            *last &= (1 << used) - 1;
        }
    }

    /// Leaves the starts: `q` stays set when the `length` quanta from `q` on were all set.
    pub fn erode(&mut self, length: u32) {
        // Doubling: a mask of runs of n, and-ed with itself n earlier, is a mask of runs of 2n.
        let mut reached = 1;
        while reached < length {
            let step = reached.min(length - reached);
            in_place(&mut self.words, step, |word, moved| word & moved);
            reached += step;
        }
    }

    /// Becomes a copy of `source` moved `by` towards the beginning, keeping its buffer.
    pub(super) fn copy_earlier(&mut self, source: &Self, by: u32) {
        self.window = source.window;
        self.words.clear();
        let whole = ((by / 64) as usize).min(source.words.len());
        self.words.extend_from_slice(&source.words[whole..]);
        self.words.resize(source.words.len(), 0);
        in_place(&mut self.words, by % 64, |_, moved| moved);
    }

    /// Number of set quanta.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }

    /// The first set quantum at or after `from`.
    #[must_use]
    pub fn next_start(&self, from: u32) -> Option<u32> {
        let mut index = (from / 64) as usize;
        let mut word = self.words.get(index)? & (u64::MAX << (from % 64));
        while word == 0 {
            index += 1;
            word = *self.words.get(index)?;
        }
        u32::try_from(index).ok().map(|index| index * 64 + word.trailing_zeros())
    }

    /// The set quanta in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        core::iter::successors(self.next_start(0), |quantum| self.next_start(quantum + 1))
    }
}

/// The words a range touches, with the bits it covers in each.
fn words_of(range: Range<u32>, limit: u32) -> impl Iterator<Item = (usize, u64)> {
    let (start, end) = (range.start.min(limit), range.end.min(limit));
    let words = if start < end { start / 64..end.div_ceil(64) } else { 0..0 };
    words.map(move |index| {
        let first = start.max(index * 64) % 64;
        let count = end.min(index * 64 + 64) - start.max(index * 64);
        (index as usize, (u64::MAX >> (64 - count)) << first)
    })
}

/// `word = change(word, word of the mask moved earlier)`. Ascending, and it only reads at or above where it writes, so
/// that no second buffer is needed; the slices keep bounds checks out of the loop.
#[inline]
fn in_place(words: &mut [u64], by: u32, change: impl Fn(u64, u64) -> u64) {
    let (whole, bits) = ((by / 64) as usize, by % 64);
    let length = words.len();
    if whole == 0 && bits > 0 {
        for index in 1..length {
            let moved = words[index - 1] >> bits | words[index] << (64 - bits);
            words[index - 1] = change(words[index - 1], moved);
        }
        if let Some(last) = words.last_mut() {
            *last = change(*last, *last >> bits);
        }
        return;
    }
    let at = |words: &[u64], index: usize| words.get(index).copied().unwrap_or(0);
    for index in 0..length {
        let carried = if bits == 0 { 0 } else { at(words, index + whole + 1) << (64 - bits) };
        let moved = at(words, index + whole) >> bits | carried;
        words[index] = change(words[index], moved);
    }
}
