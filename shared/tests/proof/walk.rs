//! The reference: a walk through every quantum, written apart from the product and as plainly as possible. It knows the plan alone, no
//! records and no masks: lists of booleans, local time by arithmetic of its own, and every way tried.

use shared::part::PartKind;

use crate::plan::{By, DAYS, Plan, Spans, Whose, Wish};

const MINUTE: i64 = 60_000;
const QUANTUM: i64 = 5 * MINUTE;

/// Two days, one of which may have 25 hours, and what the longest visit reaches beyond them.
const QUANTA: usize = (DAYS as usize * 25 + 14) * 12;

/// Which quanta are free, from the first midnight on.
pub struct Walk<'a> {
    plan: &'a Plan,
    open: Vec<bool>,
    people: Vec<Vec<bool>>,
    things: Vec<Vec<bool>>,
}

impl<'a> Walk<'a> {
    pub fn through(plan: &'a Plan) -> Self {
        let midnight = plan.place.midnight;
        let all =
            |is_free: &dyn Fn(i64) -> bool| (0..QUANTA as i64).map(|quantum| is_free(midnight + quantum * QUANTUM)).collect::<Vec<_>>();
        let open = all(&|at| lasts(plan, at, |day| hours(plan, day)));
        let is_open = |at: i64| open[usize::try_from((at - midnight) / QUANTUM).expect("within the walk")];
        let people = (0..plan.people.len())
            .map(|person| {
                all(&|at| is_open(at) && lasts(plan, at, |day| shift(plan, person, day)) && !taken(plan, Whose::Person(person), at))
            })
            .collect();
        let things = (0..plan.things.len()).map(|thing| all(&|at| !taken(plan, Whose::Thing(thing), at))).collect();
        Walk { plan, open, people, things }
    }

    /// Every quantum of the days and a little beyond, as minutes after the first midnight, with who can begin the visit there.
    pub fn offers(&self) -> Vec<(i64, Vec<usize>)> {
        let starts = (0..(DAYS * 25 + 2) * 12).map(|quantum| quantum * 5);
        let is_asked = |start: i64| self.is_on_grid(start) && self.is_in_time(start);
        starts.map(|start| (start, if is_asked(start) { self.who(start) } else { Vec::new() })).collect()
    }

    /// Does this start lie on the grid of the wall clock and on the days that are asked for?
    pub fn is_on_grid(&self, start: i64) -> bool {
        let place = &self.plan.place;
        let (day, minute) = place.local(place.midnight + start * MINUTE);
        (place.first_day..place.first_day + DAYS).contains(&day) && minute % i64::from(self.plan.grid) == 0
    }

    /// Is it neither too soon nor too far ahead?
    fn is_in_time(&self, start: i64) -> bool {
        let Plan { place, visit, now, .. } = self.plan;
        let day_of = |minutes: i64| place.local(place.midnight + minutes * MINUTE).0;
        let leads = visit.lines.iter().map(|(service, _)| self.plan.services[*service].lead.unwrap_or(self.plan.lead));
        let lead = i64::from(leads.max().unwrap_or(0));
        let too_soon = start < now + if visit.online { lead } else { 0 };
        let too_far = visit.online && day_of(start) > day_of(*now) + i64::from(self.plan.horizon_days);
        !too_soon && !too_far
    }

    /// Who can begin the visit here, such that the rest of it finds somebody, too.
    fn who(&self, start: i64) -> Vec<usize> {
        (0..self.plan.people.len()).filter(|person| self.goes_on(0, *person, start)).collect()
    }

    fn goes_on(&self, line: usize, person: usize, start: i64) -> bool {
        let (service, wish) = self.plan.visit.lines[line];
        let next = start + self.plan.minutes(service, person);
        let is_last = line + 1 == self.plan.visit.lines.len();
        self.may(service, wish, person)
            && self.fits(service, person, start)
            && (is_last || (0..self.plan.people.len()).any(|other| self.goes_on(line + 1, other, next)))
    }

    /// May this person do the service for whoever asks, whatever the time?
    pub fn may(&self, service: usize, wish: Wish, person: usize) -> bool {
        let somebody = &self.plan.people[person];
        Self::fits_wish(self.plan, wish, person)
            && somebody.active
            && somebody.works_in[0]
            && somebody.skills.contains(&service)
            && (somebody.online || !self.plan.visit.online)
    }

    /// Is this person what was wished for?
    pub fn fits_wish(plan: &Plan, wish: Wish, person: usize) -> bool {
        match wish {
            Wish::Anybody => true,
            Wish::Gender(gender) => plan.people[person].gender == Some(gender),
            Wish::Named(named) => named == person,
        }
    }

    /// Is everything there for a line by this person that begins here?
    pub fn fits(&self, service: usize, person: usize, start: i64) -> bool {
        let needs = &self.plan.services[service].needs;
        self.has_hands(service, person, start)
            && needs.iter().all(|(kind, parts)| {
                let things = self.plan.things.iter().enumerate().filter(|(_, (of, in_use, here))| of == kind && *in_use && *here);
                things.into_iter().any(|(thing, _)| self.has_thing(service, person, start, (thing, parts)))
            })
    }

    fn has_hands(&self, service: usize, person: usize, start: i64) -> bool {
        let mut at = start;
        self.plan.parts(service, person).into_iter().all(|(kind, minutes)| {
            let needed = if kind == PartKind::Processing { &self.open } else { &self.people[person] };
            let from = at;
            at += minutes;
            (from..at).step_by(5).all(|minute| is_free(needed, minute))
        })
    }

    fn has_thing(&self, service: usize, person: usize, start: i64, (thing, parts): (usize, &[u8])) -> bool {
        let mut at = start;
        self.plan.parts(service, person).into_iter().zip(0u8..).all(|((_, minutes), number)| {
            let from = at;
            at += minutes;
            !(parts.is_empty() || parts.contains(&number)) || (from..at).step_by(5).all(|minute| is_free(&self.things[thing], minute))
        })
    }
}

fn is_free(quanta: &[bool], minute: i64) -> bool {
    quanta[usize::try_from(minute / 5).expect("after the first midnight")]
}

/// Do all five minutes of a quantum lie in the spans of the day or of the day before?
fn lasts<'a>(plan: &Plan, at: i64, spans: impl Fn(i64) -> &'a Spans) -> bool {
    (0..5).all(|minute| {
        let (day, minute) = plan.place.local(at + minute * MINUTE);
        let inside =
            |day: i64, minute: i64| spans(day).iter().any(|(from, until)| i64::from(*from) <= minute && minute < i64::from(*until));
        inside(day, minute) || inside(day - 1, minute + 1440)
    })
}

fn hours(plan: &Plan, day: i64) -> &Spans {
    let of_the_week = &plan.hours[weekday(day) % 2];
    plan.special.as_ref().filter(|_| day == second(plan)).unwrap_or(of_the_week)
}

fn shift(plan: &Plan, person: usize, day: i64) -> &Spans {
    let somebody = &plan.people[person];
    somebody.dated.as_ref().filter(|_| day == second(plan)).unwrap_or(&somebody.shifts[weekday(day) % 2])
}

fn second(plan: &Plan) -> i64 {
    plan.place.first_day + 1
}

/// 0 is Monday; the first of January 1970 was a Thursday.
fn weekday(day: i64) -> usize {
    usize::try_from((day + 3).rem_euclid(7)).expect("one of seven")
}

/// Is any minute of this quantum taken, as things stand?
fn taken(plan: &Plan, whose: Whose, at: i64) -> bool {
    let from = (at - plan.place.midnight) / MINUTE;
    plan.taken.iter().filter(|taken| taken.whose == whose).any(|taken| {
        let mut until = taken.from + taken.minutes;
        match taken.by {
            By::Hold(expires) | By::HeldElsewhere(expires) if expires <= plan.now => return false,
            // Nobody has two bodies, but a thing stays where it is.
            By::Elsewhere | By::HeldElsewhere(_) => {
                let both = matches!(whose, Whose::Person(person) if plan.people[person].works_in == [true, true]);
                if !both {
                    return false;
                }
            }
            // Whoever is at it is not free within this minute, for half a day at most.
            By::InService => until = until.max((plan.now + 1).min(until + 720)),
            _ => {}
        }
        taken.from < from + 5 && from < until
    })
}
