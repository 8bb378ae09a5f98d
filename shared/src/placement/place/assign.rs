//! Who does which line of a visit, and with which resources: the first way in which everybody is on shift and everything free where the
//! line lands; where there is none, the one with the least in the way, and the ladder decides. Hours bind in both.

use std::collections::BTreeMap;

use crate::booking::{Booking, Line};
use crate::busy_day::{Taken, TakenBy};
use crate::id::{BookingId, ResourceId};
use crate::openings::Schedule;
use crate::part::{staff_ranges, total_minutes};
use crate::placement::case::LONGEST_VISIT_MINUTES;
use crate::placement::place::able::Candidates;
use crate::placement::precedence::{Class, Standing, standing_of};
use crate::placement::rules::PlacementRules;
use crate::refusal::Refusal;
use crate::resource::AssignedResource;
use crate::sort;
use crate::store::Store;
use crate::time::{TimeRange, Timestamp};
use crate::view::View;

/// Most ways looked at before the plain one is taken; a visit of a few lines has far fewer.
const MOST_STEPS: usize = 2_000;

/// Of the resources of a type so many are looked at, the free ones first; and so many ways to combine those of different types.
const MOST_OF_A_TYPE: usize = 16;
const MOST_WAYS: usize = 32;

/// So many choices to look at count as one more step.
const CHOICES_A_STEP: usize = 16;

/// What somebody would have to put up with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Strictness {
    /// Everybody free, every line at its time.
    OnTime,
    /// A line may wait until its own staff is done with the one before.
    Waiting,
    /// Others may be in the way.
    AnyWay,
}

/// Somebody for a line, and how well it suits.
struct Choice {
    place: usize,
    resources: Vec<AssignedResource>,
    starts_at: Timestamp,
    ends_at: Timestamp,
    /// Outside of hours or shift; only where that is allowed at all.
    is_off: bool,
    waits: bool,
    in_the_way: Option<(Standing, usize)>,
}

impl Choice {
    fn suits(&self, strictness: Strictness) -> bool {
        let is_free = !self.is_off && self.in_the_way.is_none();
        match strictness {
            Strictness::OnTime => is_free && !self.waits,
            Strictness::Waiting => is_free,
            Strictness::AnyWay => true,
        }
    }
}

/// All that matters for the lines that are left: which they are, when they go on, and whom and what the lines before still keep.
type Situation = (usize, Timestamp, Vec<(ResourceId, TimeRange)>);

/// The search.
pub(super) struct Search<'a> {
    view: &'a View,
    store: &'a Store,
    schedule: Schedule<'a>,
    wanted: Vec<Candidates<'a>>,
    terms: PlacementRules,
    /// The days of the visit, with the minutes that everybody has on them.
    booked: Vec<(TimeRange, BTreeMap<ResourceId, i64>)>,
    steps: usize,
    /// From here on it has failed before.
    dead: Vec<Situation>,
    /// Why the furthest line that was reached could not be done.
    refusal: Option<(usize, Refusal)>,
}

impl<'a> Search<'a> {
    /// # Errors
    /// `NotFound` or `Undecided` for the store.
    pub(super) fn new(
        view: &'a View,
        store: &'a Store,
        wanted: Vec<Candidates<'a>>,
        moving: Option<BookingId>,
        terms: PlacementRules,
    ) -> Result<Self, Refusal> {
        let first = wanted.iter().map(|wanted| wanted.new.starts_at).min().unwrap_or_default();
        let reach = TimeRange::starting(first, LONGEST_VISIT_MINUTES);
        let schedule = Schedule::of_view(view, store.id, reach, moving, terms.moment)?;
        let mut booked: Vec<(TimeRange, _)> = Vec::new();
        for start in wanted.iter().map(|wanted| wanted.new.starts_at) {
            if !booked.iter().any(|(day, _)| day.contains(start)) {
                let day = store.zone.day_of(start);
                booked.push((day, booked_minutes(view, store, day, moving)));
            }
        }
        Ok(Search { view, store, schedule, wanted, terms, booked, steps: 0, dead: Vec::new(), refusal: None })
    }

    /// The lines, in order.
    ///
    /// # Errors
    /// Of the first line that nobody can do: `StoreClosed`, `NotOnShift`, `NobodyFree`; `Invalid` for a visit that never ends.
    pub(super) fn run(mut self) -> Result<Vec<Line>, Refusal> {
        for strictness in [Strictness::OnTime, Strictness::Waiting, Strictness::AnyWay] {
            (self.steps, self.dead) = (0, Vec::new());
            let mut lines = Vec::with_capacity(self.wanted.len());
            if self.place(&mut lines, strictness) {
                return Ok(lines);
            }
        }
        Err(self.refusal.map_or(Refusal::NobodyFree, |(_, refusal)| refusal))
    }

    /// Places the rest of the lines; on failure `lines` is as it was.
    fn place(&mut self, lines: &mut Vec<Line>, strictness: Strictness) -> bool {
        let number = lines.len();
        if number == self.wanted.len() {
            return true;
        }
        self.steps += 1;
        let at = self.start_of(lines);
        let people = lines.iter().filter_map(|line| Some((line.staff?.into(), line.range())));
        let resources = lines.iter().flat_map(|line| line.resources_held());
        let open_ends = people.chain(resources).filter(|(_, range)| range.end > at).collect();
        let situation = (number, at, open_ends);
        if self.steps > MOST_STEPS || self.dead.contains(&situation) {
            return false;
        }
        for choice in self.choices(lines, strictness) {
            lines.push(self.line(number, &choice));
            if self.place(lines, strictness) {
                return true;
            }
            lines.pop();
        }
        self.dead.push(situation);
        false
    }

    /// When the next line is to begin.
    fn start_of(&self, lines: &[Line]) -> Timestamp {
        let follows = lines.last().filter(|_| self.terms.in_a_row).map(|before| before.range().end);
        follows.or_else(|| self.wanted.get(lines.len()).map(|wanted| wanted.new.starts_at)).unwrap_or_default()
    }

    fn line(&self, number: usize, choice: &Choice) -> Line {
        let wanted = &self.wanted[number];
        let (staff, parts, price) = &wanted.able[choice.place];
        Line {
            service: wanted.new.service,
            performed: None,
            subject: wanted.new.subject.clone(),
            payer: wanted.new.payer,
            staff_preference: wanted.new.staff_preference,
            staff: Some(staff.id),
            resources: choice.resources.clone(),
            starts_at: choice.starts_at,
            parts: parts.clone(),
            price: *price,
        }
    }

    /// Everybody who may do the next line, the best first.
    fn choices(&mut self, lines: &[Line], strictness: Strictness) -> Vec<Choice> {
        let (number, at) = (lines.len(), self.start_of(lines));
        let first = lines.iter().map(|line| line.starts_at).min().unwrap_or(at).min(at);
        let latest = first.plus_minutes(LONGEST_VISIT_MINUTES);
        let mut choices = Vec::new();
        for place in 0..self.wanted[number].able.len() {
            match self.choice(lines, number, place, at) {
                Ok(choice) if choice.ends_at > latest => self.note(number, Refusal::Invalid { field: "lines".into() }),
                Ok(choice) => match self.equipped(lines, number, choice, strictness) {
                    Ok(equipped) => choices.extend(equipped.into_iter().filter(|choice| choice.suits(strictness))),
                    Err(refusal) => self.note(number, refusal),
                },
                Err(refusal) => self.note(number, refusal),
            }
        }
        // What is looked at costs: with many people and resources fewer ways are tried.
        self.steps += choices.len() / CHOICES_A_STEP;
        self.best_first(&mut choices, lines, at);
        choices
    }

    fn note(&mut self, number: usize, refusal: Refusal) {
        if self.refusal.as_ref().is_none_or(|(furthest, _)| *furthest < number) {
            self.refusal = Some((number, refusal));
        }
    }

    fn best_first(&self, choices: &mut [Choice], lines: &[Line], at: Timestamp) {
        let (wanted, later) = self.wanted.split_at(lines.len() + 1);
        let Some(wanted) = wanted.last() else { return };
        let booked = self.booked.iter().find(|(day, _)| day.contains(wanted.new.starts_at)).map(|(_, booked)| booked);
        sort::sort_by_key(choices, |choice| {
            let staff = wanted.able[choice.place].0.id;
            // Waiting for one's own earlier line disturbs nobody else.
            let blocked = choice.in_the_way.max(choice.waits.then_some((Standing::request(0, 0), 0)));
            // Whoever is done when the next line begins leaves its staff free to choose: so every opening of several lines fits.
            let overruns = later.iter().any(|next| at < next.new.starts_at && next.new.starts_at < choice.ends_at);
            // One pair of hands for the whole visit, where possible.
            let continues = lines.last().is_some_and(|line| line.staff == Some(staff));
            let booked = booked.and_then(|booked| booked.get(&ResourceId::from(staff))).copied().unwrap_or(0);
            // Outside of hours somebody may be named; nobody is called in for a guest who asked for nobody.
            let preference = wanted.preference.get(choice.place).map_or(0, |preference| preference.rank);
            (choice.is_off, blocked, overruns, !continues, preference, booked, staff)
        });
    }

    /// Hours and shift. Where it is known who is here, that counts more than who was to be.
    fn check_hours(&self, number: usize, place: usize, start: Timestamp) -> Result<(), Refusal> {
        let wanted = &self.wanted[number];
        let (staff, parts, _) = &wanted.able[place];
        let hours = self.schedule.check_hours(staff.id, parts, start);
        match (hours, wanted.preference.get(place).and_then(|preference| preference.is_here)) {
            (Err(Refusal::NotOnShift { .. }), Some(true)) => Ok(()),
            (Ok(()), Some(false)) => Err(Refusal::NotOnShift { staff: staff.id }),
            (hours, _) => hours,
        }
    }

    /// Somebody for a line, where it lands: after the lines of this visit that they do before.
    fn choice(&self, lines: &[Line], number: usize, place: usize, at: Timestamp) -> Result<Choice, Refusal> {
        let (staff, parts, _) = &self.wanted[number].able[place];
        let minutes = i64::from(total_minutes(parts));
        let mut range = TimeRange::starting(at, minutes);
        let own = || lines.iter().filter(|line| line.staff == Some(staff.id)).map(Line::range);
        while let Some(busy) = own().find(|busy| busy.overlaps(&range)) {
            range = TimeRange::starting(busy.end, minutes);
        }
        let hours = self.check_hours(number, place, range.start);
        if !self.terms.any_hours {
            hours.clone()?;
        }
        let needed: Vec<TimeRange> = staff_ranges(parts, range.start).map(|(_, range)| range).collect();
        let in_the_way = self.in_the_way(staff.id.into(), &needed);
        let resources = Vec::new();
        Ok(Choice {
            place,
            resources,
            starts_at: range.start,
            ends_at: range.end,
            is_off: hours.is_err(),
            waits: range.start > at,
            in_the_way,
        })
    }

    /// The same person with each way to give the line its resources, as far as these are many; those that are free come first.
    ///
    /// # Errors
    /// `NoResource` where the store has none, or earlier lines of the visit have them all. A desk that tells what happened, or says why,
    /// takes it without.
    fn equipped(&self, lines: &[Line], number: usize, choice: Choice, strictness: Strictness) -> Result<Vec<Choice>, Refusal> {
        let wanted = &self.wanted[number];
        let parts = &wanted.able[choice.place].1;
        let mut ways = vec![choice];
        for need in wanted.needs {
            let needed: Vec<TimeRange> = need.ranges(parts, ways[0].starts_at).map(|(_, range)| range).collect();
            let is_own = |resource: ResourceId| {
                let mut own = lines.iter().flat_map(Line::resources_held).filter(|(held, _)| *held == resource);
                own.any(|(_, range)| needed.iter().any(|needed| needed.overlaps(&range)))
            };
            let of_type = self.schedule.of_type(need.resource_type).filter(|resource| !is_own(*resource));
            let mut each: Vec<(Option<(Standing, usize)>, ResourceId)> = Vec::new();
            for resource in of_type {
                each.push((self.in_the_way(resource, &needed), resource));
                if each.iter().filter(|(in_the_way, _)| in_the_way.is_none()).count() >= MOST_OF_A_TYPE {
                    break;
                }
            }
            sort::sort(&mut each);
            each.truncate(MOST_OF_A_TYPE);
            let with = |way: Choice| {
                let one = |(in_the_way, resource): &(Option<(Standing, usize)>, ResourceId)| Choice {
                    resources: [way.resources.as_slice(), &[AssignedResource { resource: *resource, need: need.clone() }]].concat(),
                    in_the_way: way.in_the_way.max(*in_the_way),
                    ..way
                };
                each.iter().map(one).collect::<Vec<Choice>>()
            };
            if each.is_empty() && self.terms.any_hours && strictness == Strictness::AnyWay {
                continue;
            }
            ways = ways.into_iter().flat_map(with).take(MOST_WAYS).collect();
            if ways.is_empty() {
                return Err(Refusal::NoResource { resource_type: need.resource_type });
            }
        }
        Ok(ways)
    }

    /// The strongest right in the way of stretches of the time of somebody or something, and how many there are; `None` is nothing.
    fn in_the_way(&self, resource: ResourceId, needed: &[TimeRange]) -> Option<(Standing, usize)> {
        let taken = self.schedule.in_the_way(resource, needed, self.terms.now);
        let standing = |taken: &Taken| match taken.by {
            TakenBy::Record(key) => match key.id_of::<Booking>() {
                Some(id) => self.view.bookings.get(&id).and_then(|booking| standing_of(booking, &self.store.rules, self.terms.now)),
                None => Some(Standing::of(Class::Block)),
            },
            TakenBy::Hold => None,
        };
        // Whoever is not known by name keeps a promise.
        taken.iter().map(|taken| standing(taken).unwrap_or(Standing::of(Class::Promise))).max().map(|strongest| (strongest, taken.len()))
    }
}

/// What everybody has on a day, without the booking that is to move.
pub(crate) fn booked_minutes(view: &View, store: &Store, day: TimeRange, moving: Option<BookingId>) -> BTreeMap<ResourceId, i64> {
    let mut minutes = BTreeMap::new();
    let others = view.bookings_between(store.id, day).filter(|booking| Some(booking.id) != moving);
    for held in others.flat_map(|booking| &booking.occupancy) {
        let within = TimeRange { start: held.range.start.max(day.start), end: held.range.end.min(day.end) };
        *minutes.entry(held.resource).or_insert(0) += within.minutes().max(0);
    }
    minutes
}
