//! From what is free to when a visit can start: erosions, shifted and joined. Knows masks only, no people, no records.
//!
//! A visit is lines one after another; a line is done by any one of its candidates; a candidate needs certain stretches
//! (parts). Going from the last line to the first, `possible[line]` holds every quantum at which this line and all after
//! it can begin. That is exact even when candidates take different time, and the staff of a start is read from it later.

use core::ops::Range;

use crate::mask::Mask;

/// A stretch of a line, in quanta from the line's start.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PartNeed {
    /// Where it begins.
    pub offset: u32,
    /// How long it lasts.
    pub length: u32,
    /// Does it need the staff member? Processing time leaves them free, but needs an open store.
    pub needs_staff: bool,
}

impl PartNeed {
    /// Minutes from the line's start to quanta, rounded outward: no minute of the part is left uncovered.
    #[must_use]
    pub fn from_minutes(offset: u32, length: u32, needs_staff: bool) -> Self {
        let begin = offset / 5;
        Self { offset: begin, length: offset.saturating_add(length).div_ceil(5) - begin, needs_staff }
    }

    fn at(&self, start: u32) -> Range<u32> {
        let begin = start.saturating_add(self.offset);
        begin..begin.saturating_add(self.length)
    }
}

/// One resource of a pool, the same one during all of some stretches of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PoolNeed {
    /// Index into [`Request::pools`].
    pub pool: usize,
    /// When it is needed.
    pub stretches: Vec<PartNeed>,
}

/// Someone who can do a line, and how long it takes them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// Index into [`Request::free`].
    pub staff: usize,
    /// The stretches of the line.
    pub parts: Vec<PartNeed>,
    /// The resources it needs then.
    pub resources: Vec<PoolNeed>,
    /// After how many quanta the next line can begin.
    pub length: u32,
}

/// One line of a visit: any one of the candidates does it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LineNeed {
    /// Who can, in order of preference.
    pub candidates: Vec<Candidate>,
}

/// A question to the engine. All masks cover the same window, which reaches past the last start by the visit's length.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// When the store is open.
    pub open: &'a Mask,
    /// What is free, per staff member and per resource; within `open`.
    pub free: &'a [Mask],
    /// Resources of which any one will do: indexes into `free`.
    pub pools: &'a [Vec<usize>],
    /// The lines of the visit, one after another.
    pub lines: &'a [LineNeed],
}

impl Request<'_> {
    /// Can this candidate take a line that begins at `start`?
    #[must_use]
    pub fn fits(&self, candidate: &Candidate, start: u32) -> bool {
        let Some(free) = self.free.get(candidate.staff) else { return false };
        start < self.open.window().quanta()
            && candidate.parts.iter().all(|part| {
                let mask = if part.needs_staff { free } else { self.open };
                mask.has_all(part.at(start))
            })
            && candidate.resources.iter().all(|need| self.resources_for(need, start).next().is_some())
    }

    /// The resources of a pool that are free for a line that begins at `start`: indexes into `free`.
    pub(super) fn resources_for<'b>(&'b self, need: &'b PoolNeed, start: u32) -> impl Iterator<Item = usize> + 'b {
        let is_free =
            move |index: &usize| self.free.get(*index).is_some_and(|free| need.stretches.iter().all(|at| free.has_all(at.at(start))));
        self.pools.get(need.pool).into_iter().flatten().copied().filter(is_free)
    }

    /// Narrows starts down to those at which each of some needs finds a resource.
    pub(super) fn narrow(&self, starts: &mut Mask, needs: &[PoolNeed]) {
        let window = self.open.window();
        for need in needs {
            let (mut any, mut whole, mut part) = (Mask::empty(window), Mask::empty(window), Mask::empty(window));
            for free in self.pools.get(need.pool).into_iter().flatten().filter_map(|index| self.free.get(*index)) {
                starts_within(need.stretches.iter().map(|stretch| (*stretch, free)), &mut whole, &mut part);
                any.or(&whole);
            }
            starts.and(&any);
        }
    }
}

impl PartNeed {
    /// Whether two stretches of lines that begin at these quanta share any time.
    pub(super) fn meets(&self, start: u32, other: &PartNeed, other_start: u32) -> bool {
        let (own, other) = (self.at(start), other.at(other_start));
        own.start < other.end && other.start < own.end
    }
}

/// The answer: starts, and on demand who can take them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// Per line: where it and all lines after it can begin. Limited neither by the grid nor by notice.
    possible: Vec<Mask>,
}

/// Finds the starts of a visit.
#[must_use]
pub fn find(request: Request<'_>) -> Answer {
    let window = request.open.window();
    let mut possible: Vec<Mask> = Vec::with_capacity(request.lines.len());
    let (mut whole, mut part) = (Mask::empty(window), Mask::empty(window));
    for line in request.lines.iter().rev() {
        let mut any = Mask::empty(window);
        let mut surroundings = Surroundings::new(request);
        for candidate in &line.candidates {
            let Some(free) = request.free.get(candidate.staff) else { continue };
            starts_of(candidate, free, &mut whole, &mut part);
            surroundings.narrow(&mut whole, candidate);
            if let Some(after) = possible.last() {
                part.copy_earlier(after, candidate.length);
                whole.and(&part);
            }
            any.or(&whole);
        }
        possible.push(any);
    }
    possible.reverse();
    Answer { possible }
}

/// When a line has all that is the same whoever does it: an open store while it works by itself, and its resources. Remembered from one
/// candidate to the next: most take equally long.
pub(super) struct Surroundings<'a> {
    request: Request<'a>,
    last: Option<(&'a Candidate, Mask)>,
}

impl<'a> Surroundings<'a> {
    pub(super) fn new(request: Request<'a>) -> Self {
        Self { request, last: None }
    }

    /// Narrows the starts of a candidate down to those at which all of it is there.
    pub(super) fn narrow(&mut self, starts: &mut Mask, candidate: &'a Candidate) {
        if candidate.resources.is_empty() && unattended(candidate).next().is_none() {
            return;
        }
        if self.last.as_ref().is_none_or(|(last, _)| !need_the_same(last, candidate)) {
            let (mut there, mut part) = (Mask::full(starts.window()), Mask::empty(starts.window()));
            for stretch in unattended(candidate) {
                part.copy_earlier(self.request.open, stretch.offset);
                part.erode(stretch.length);
                there.and(&part);
            }
            self.request.narrow(&mut there, &candidate.resources);
            self.last = Some((candidate, there));
        }
        if let Some((_, there)) = &self.last {
            starts.and(there);
        }
    }
}

fn need_the_same(one: &Candidate, other: &Candidate) -> bool {
    one.resources == other.resources && unattended(one).eq(unattended(other))
}

/// The stretches in which the staff member is free.
fn unattended(candidate: &Candidate) -> impl Iterator<Item = PartNeed> {
    candidate.parts.iter().copied().filter(|part| !part.needs_staff && part.length > 0)
}

/// The stretches in which the staff member is needed. Parts that follow one another are one stretch: each costs a look at every quantum.
fn attended(candidate: &Candidate) -> impl Iterator<Item = PartNeed> {
    let mut parts = candidate.parts.iter().copied().filter(|part| part.needs_staff && part.length > 0).peekable();
    core::iter::from_fn(move || {
        let mut stretch = parts.next()?;
        while let Some(next) = parts.next_if(|next| next.offset == stretch.offset.saturating_add(stretch.length)) {
            stretch.length = stretch.length.saturating_add(next.length);
        }
        Some(stretch)
    })
}

/// Leaves in `whole` every start at which the candidate is free whenever the line needs them. `part` is scratch space.
pub(super) fn starts_of(candidate: &Candidate, free: &Mask, whole: &mut Mask, part: &mut Mask) {
    starts_within(attended(candidate).map(|stretch| (stretch, free)), whole, part);
    if attended(candidate).next().is_none() {
        *whole = Mask::full(free.window());
    }
}

/// Leaves in `whole` every start at which all stretches lie within their masks; none where there is no stretch.
fn starts_within<'a>(stretches: impl Iterator<Item = (PartNeed, &'a Mask)>, whole: &mut Mask, part: &mut Mask) {
    let mut stretches = stretches.filter(|(stretch, _)| stretch.length > 0);
    let Some((first, mask)) = stretches.next() else {
        *whole = Mask::empty(whole.window());
        return;
    };
    whole.copy_earlier(mask, first.offset);
    whole.erode(first.length);
    for (next, mask) in stretches {
        part.copy_earlier(mask, next.offset);
        part.erode(next.length);
        whole.and(part);
    }
}

impl Answer {
    /// Of a visit whose lines were placed together.
    #[must_use]
    pub(super) fn of_starts(starts: Mask) -> Self {
        Answer { possible: vec![starts] }
    }

    /// Every start at which the visit can be done, on the grid or not; `None` when no line was asked for.
    #[must_use]
    pub fn starts(&self) -> Option<&Mask> {
        self.possible.first()
    }

    /// Who can take a line that begins at `start` such that the lines after it still fit: indices into the line's
    /// candidates, in their order. The request is the one that was asked.
    pub fn candidates_at<'a>(&'a self, request: Request<'a>, line: usize, start: u32) -> impl Iterator<Item = (usize, &'a Candidate)> + 'a {
        let candidates = request.lines.get(line).map_or(&[][..], |line| line.candidates.as_slice());
        let after = self.possible.get(line + 1);
        candidates.iter().enumerate().filter(move |(_, candidate)| {
            request.fits(candidate, start) && after.is_none_or(|mask| mask.has(start.saturating_add(candidate.length)))
        })
    }

    /// One way to do the visit from `start` on: per line its start and its candidate. Whoever did the line before goes on
    /// if they can, so that a guest is not handed around; otherwise the first that fits.
    #[must_use]
    pub fn assignment(&self, request: Request<'_>, start: u32) -> Option<Vec<(u32, usize)>> {
        let mut at = start;
        let mut before = None;
        let mut lines = Vec::with_capacity(request.lines.len());
        for line in 0..request.lines.len() {
            let (index, chosen) =
                self.candidates_at(request, line, at).min_by_key(|(_, candidate)| before.is_some_and(|staff| staff != candidate.staff))?;
            lines.push((at, index));
            at = at.saturating_add(chosen.length);
            before = Some(chosen.staff);
        }
        Some(lines)
    }
}
