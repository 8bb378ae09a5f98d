//! Visits whose lines keep their distances when they move: two friends at once, or a pause in between. All lines are measured from the
//! start of the visit; masks say where each finds somebody, and a look at one start says whether nobody is needed twice.

use std::ops::Range;

use super::search::{Candidate, LineNeed, PoolNeed, Request, Surroundings, starts_of};
use crate::mask::Mask;

/// Most ways looked at for one start.
const MOST_STEPS: usize = 2_000;

/// Every start at which all lines find somebody, each somebody else or one after the other.
#[must_use]
pub fn find(request: Request<'_>) -> Mask {
    let window = request.open.window();
    let mut all = Mask::full(window);
    let (mut whole, mut part) = (Mask::empty(window), Mask::empty(window));
    for line in request.lines {
        let mut any = Mask::empty(window);
        let mut surroundings = Surroundings::new(request);
        for candidate in &line.candidates {
            let Some(free) = request.free.get(candidate.staff) else { continue };
            starts_of(candidate, free, &mut whole, &mut part);
            surroundings.narrow(&mut whole, candidate);
            any.or(&whole);
        }
        all.and(&any);
    }
    let unserved: Vec<u32> = all.iter().filter(|start| assignment(request, *start).is_none()).collect();
    unserved.into_iter().for_each(|start| all.clear(start..start + 1));
    all
}

/// One way to do the whole visit from `start` on: the candidate of each line.
#[must_use]
pub fn assignment(request: Request<'_>, start: u32) -> Option<Vec<usize>> {
    if !has_enough_hands(request, start) || !has_enough_resources(request, start) {
        return None;
    }
    let (mut chosen, mut steps) = (Vec::with_capacity(request.lines.len()), 0);
    assign(request, start, &mut chosen, &mut steps).then_some(chosen)
}

fn assign(request: Request<'_>, start: u32, chosen: &mut Vec<usize>, steps: &mut usize) -> bool {
    let Some(line) = request.lines.get(chosen.len()) else { return have_resources(request, start, chosen, steps) };
    *steps += 1;
    for (index, candidate) in line.candidates.iter().enumerate() {
        let is_needed_twice = request.lines.iter().zip(&*chosen).any(|(before, index)| collide(before, *index, candidate));
        if *steps > MOST_STEPS || is_needed_twice || !request.fits(candidate, start) {
            continue;
        }
        chosen.push(index);
        if assign(request, start, chosen, steps) {
            return true;
        }
        chosen.pop();
    }
    false
}

/// Whether every line finds its resources, each of them needed by one line at a time.
fn have_resources(request: Request<'_>, start: u32, chosen: &[usize], steps: &mut usize) -> bool {
    let candidates = request.lines.iter().zip(chosen).filter_map(|(line, index)| line.candidates.get(*index));
    let needs: Vec<&PoolNeed> = candidates.flat_map(|candidate| &candidate.resources).collect();
    give_resources(request, start, &needs, &mut Vec::with_capacity(needs.len()), steps)
}

fn give_resources(request: Request<'_>, start: u32, needs: &[&PoolNeed], given: &mut Vec<usize>, steps: &mut usize) -> bool {
    let Some(need) = needs.get(given.len()) else { return true };
    *steps += 1;
    for resource in request.resources_for(need, start) {
        let meet = |other: &PoolNeed| other.stretches.iter().any(|one| need.stretches.iter().any(|own| own.meets(start, one, start)));
        let is_needed_twice = needs.iter().zip(&*given).any(|(other, has)| *has == resource && meet(other));
        if *steps > MOST_STEPS || is_needed_twice {
            continue;
        }
        given.push(resource);
        if give_resources(request, start, needs, given, steps) {
            return true;
        }
        given.pop();
    }
    false
}

/// Whether there are as many resources of each pool as are needed at once, whoever does the lines.
fn has_enough_resources(request: Request<'_>, start: u32) -> bool {
    // Where somebody is faster than others, what the first one needs says nothing of the rest.
    let is_same = |line: &LineNeed| line.candidates.windows(2).all(|pair| pair[0].resources == pair[1].resources);
    if !request.lines.iter().all(is_same) {
        return true;
    }
    let first = request.lines.iter().filter_map(|line| line.candidates.first());
    let needs: Vec<&PoolNeed> = first.flat_map(|first| &first.resources).collect();
    needs.iter().all(|need| {
        let Some(first) = need.stretches.first() else { return true };
        let meets = |other: &&&PoolNeed| other.pool == need.pool && other.stretches.iter().any(|one| one.meets(start, first, start));
        let at_once: Vec<&&PoolNeed> = needs.iter().filter(meets).collect();
        let mut free: Vec<usize> = at_once.iter().flat_map(|need| request.resources_for(need, start)).collect();
        crate::sort::sort_and_dedup(&mut free);
        free.len() >= at_once.len()
    })
}

/// Whether as many people can come as are needed at once. Where they are too few, trying every way would take long to say so.
fn has_enough_hands(request: Request<'_>, start: u32) -> bool {
    let stretches: Vec<_> = request.lines.iter().map(always_taken).collect();
    stretches.iter().all(|stretch| {
        let at_once = request.lines.iter().zip(&stretches).filter(|(_, other)| other.contains(&stretch.start)).map(|(line, _)| line);
        let needed = at_once.clone().count();
        let able = at_once.flat_map(|line| &line.candidates).filter(|candidate| request.fits(candidate, start));
        let mut hands: Vec<usize> = Vec::new();
        able.for_each(|candidate| {
            if !hands.contains(&candidate.staff) {
                hands.push(candidate.staff)
            }
        });
        hands.len() >= needed
    })
}

/// The time that a line takes whoever does it; empty where no two candidates agree.
fn always_taken(line: &LineNeed) -> Range<u32> {
    let spans = || line.candidates.iter().map(span);
    spans().map(|span| span.start).max().unwrap_or(0)..spans().map(|span| span.end).min().unwrap_or(0)
}

/// From its first stretch to its last.
fn span(candidate: &Candidate) -> Range<u32> {
    let from = candidate.parts.iter().map(|part| part.offset).min().unwrap_or(0);
    let until = candidate.parts.iter().map(|part| part.offset.saturating_add(part.length)).max().unwrap_or(0);
    from..until
}

fn collide(line: &LineNeed, index: usize, candidate: &Candidate) -> bool {
    line.candidates.get(index).is_some_and(|other| {
        let (one, other_span) = (span(candidate), span(other));
        other.staff == candidate.staff && one.start < other_span.end && other_span.start < one.end
    })
}
