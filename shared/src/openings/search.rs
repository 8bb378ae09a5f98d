//! From what is free to when a visit can start: erosions, shifted and joined. Knows masks only, no people, no records.
//!
//! A visit is lines one after another; a line is done by any one of its candidates; a candidate needs certain stretches
//! (parts). Going from the last line to the first, `possible(line)` holds every quantum at which this line and all after
//! it can begin. That is exact even when candidates take different time, and the staff of a start is read from it later.
use core::ops::Range;

use super::mask::Mask;

/// A stretch of a line, in quanta from the line's start.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PartNeed {
    /// Where it begins.
    pub offset: u32,
    /// How long it lasts.
    pub length: u32,
    /// Does it need the staff member? Processing time leaves them free.
    pub needs_staff: bool,
}

impl PartNeed {
    /// Minutes from the line's start to quanta, rounded outward: no minute of the part is left uncovered.
    #[must_use]
    pub fn from_minutes(offset: u32, length: u32, needs_staff: bool) -> Self {
        let begin = offset / 5;
        Self { offset: begin, length: offset.saturating_add(length).div_ceil(5) - begin, needs_staff }
    }
}

/// Someone who can do a line, and how long it takes them.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// Index into [`Request::free`].
    pub staff: u16,
    /// What of their time the line needs.
    pub parts: &'a [PartNeed],
    /// After how many quanta the next line can begin.
    pub length: u32,
}

impl Candidate<'_> {
    /// Can they take the line when it begins at `start`?
    #[must_use]
    pub fn fits(&self, free: &[Mask], start: u32) -> bool {
        free.get(usize::from(self.staff)).is_some_and(|mask| {
            let needed = self.parts.iter().filter(|part| part.needs_staff && part.length > 0);
            needed.clone().all(|part| {
                let begin = start.saturating_add(part.offset);
                mask.has_all(begin..begin.saturating_add(part.length))
            }) && start < mask.window().quanta()
        })
    }
}

/// One line of a visit: any one of the candidates does it.
#[derive(Clone, Copy, Debug)]
pub struct LineNeed<'a> {
    /// Who can.
    pub candidates: &'a [Candidate<'a>],
}

/// A question to the engine. All masks cover the same window, which reaches past the last start by the visit's length.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// What is free, per staff member.
    pub free: &'a [Mask],
    /// The lines of the visit, one after another.
    pub lines: &'a [LineNeed<'a>],
    /// The starts the store offers; limits what is offered, never what may be admitted.
    pub grid: Option<&'a Mask>,
    /// Starts the lead time and horizon allow, in quanta.
    pub bounds: &'a Range<u32>,
}

/// The answer: starts, and on demand who can take them.
#[derive(Clone, Debug)]
pub struct Found<'a> {
    request: Request<'a>,
    offered: Mask,
    /// Per line: where it and all lines after it can begin. Never limited by grid or bounds.
    possible: Vec<Mask>,
}

/// Finds the starts of a visit; `None` when there is nothing to ask (no staff or no lines).
#[must_use]
pub fn find<'a>(request: Request<'a>) -> Option<Found<'a>> {
    let window = request.free.first()?.window();
    let mut possible: Vec<Mask> = Vec::with_capacity(request.lines.len());
    let (mut whole, mut part) = (Mask::empty(window), Mask::empty(window));
    for line in request.lines.iter().rev() {
        let mut any = Mask::empty(window);
        for candidate in line.candidates {
            let Some(free) = request.free.get(usize::from(candidate.staff)) else { continue };
            starts_of(candidate, free, &mut whole, &mut part);
            if let Some(after) = possible.last() {
                part.copy_earlier(after, candidate.length);
                whole.and(&part);
            }
            any.or(&whole);
        }
        possible.push(any);
    }
    possible.reverse();
    let mut offered = possible.first()?.clone();
    offered.keep(request.bounds.clone());
    if let Some(grid) = request.grid {
        offered.and(grid);
    }
    Some(Found { request, offered, possible })
}

/// Leaves in `whole` every start at which the candidate has all the time the line needs. `part` is scratch space.
fn starts_of(candidate: &Candidate<'_>, free: &Mask, whole: &mut Mask, part: &mut Mask) {
    let mut needed = candidate.parts.iter().filter(|part| part.needs_staff && part.length > 0);
    let Some(first) = needed.next() else {
        *whole = Mask::full(free.window());
        return;
    };
    whole.copy_earlier(free, first.offset);
    whole.erode(first.length);
    for next in needed {
        part.copy_earlier(free, next.offset);
        part.erode(next.length);
        whole.and(part);
    }
}

impl<'a> Found<'a> {
    /// The starts that are offered: possible, in bounds and on the grid.
    #[must_use]
    pub fn offered(&self) -> &Mask {
        &self.offered
    }

    /// Can the visit start here, on the grid or not, in bounds or not?
    #[must_use]
    pub fn is_possible(&self, start: u32) -> bool {
        self.possible.first().is_some_and(|mask| mask.has(start))
    }

    /// Who can take a line that begins at `start` such that the lines after it still fit. Indices into the line's
    /// candidates, in their order.
    pub fn candidates_at(&self, line: usize, start: u32) -> impl Iterator<Item = usize> + use<'_, 'a> {
        let candidates = self.request.lines.get(line).map_or(&[][..], |line| line.candidates);
        let after = self.possible.get(line + 1);
        candidates.iter().enumerate().filter_map(move |(index, candidate)| {
            let next = start.saturating_add(candidate.length);
            (candidate.fits(self.request.free, start) && after.is_none_or(|mask| mask.has(next))).then_some(index)
        })
    }

    /// One way to do the visit from `start` on: per line its start and the first candidate that fits. The order of the
    /// candidates is the order of preference.
    #[must_use]
    pub fn first_assignment(&self, start: u32) -> Option<Vec<(u32, usize)>> {
        let mut at = start;
        let mut lines = Vec::with_capacity(self.request.lines.len());
        for (index, line) in self.request.lines.iter().enumerate() {
            let chosen = self.candidates_at(index, at).next()?;
            lines.push((at, chosen));
            at = at.saturating_add(line.candidates[chosen].length);
        }
        Some(lines)
    }
}
