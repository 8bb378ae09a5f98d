//! What a random store is made of, in plain numbers: minutes count from the first day's midnight, people, things and services are indexes.
//! Both the records that the product reads and the walk that it is compared with are made from it.

use shared::block::BlockKind;
use shared::part::PartKind;
use shared::staff::Gender;

use crate::tape::Tape;
use crate::zones::Place;

/// How many local days are asked for; the second is the one on which the clocks change, where they do.
pub const DAYS: i64 = 2;

/// Minutes of a day, from–until; until may lie on the next day.
pub type Spans = Vec<(u16, u16)>;

/// Two stores share people; the first one is asked.
#[derive(Clone, Debug)]
pub struct Plan {
    pub place: Place,
    /// Even weekdays, odd ones.
    pub hours: [Spans; 2],
    /// Of the second day.
    pub special: Option<Spans>,
    pub grid: u16,
    pub horizon_days: u16,
    pub lead: u16,
    pub people: Vec<Person>,
    pub services: Vec<Service>,
    /// Of which type each thing is, and whether it is in use and in the first store.
    pub things: Vec<(usize, bool, bool)>,
    pub taken: Vec<Taken>,
    pub visit: Visit,
    /// Minutes after the first midnight.
    pub now: i64,
}

#[derive(Clone, Debug)]
pub struct Person {
    /// In the first store, in the second.
    pub works_in: [bool; 2],
    /// Even weekdays, odd ones; in the first store.
    pub shifts: [Spans; 2],
    /// On the second day, in place of the week.
    pub dated: Option<Spans>,
    pub skills: Vec<usize>,
    pub gender: Option<Gender>,
    pub online: bool,
    pub active: bool,
    /// Takes so many minutes longer for each part.
    pub slower: u16,
    pub dearer: bool,
}

#[derive(Clone, Debug)]
pub struct Service {
    pub parts: Vec<(PartKind, u16)>,
    /// Types of things with the parts for which one is needed; no part is all of them.
    pub needs: Vec<(usize, Vec<u8>)>,
    pub lead: Option<u16>,
    pub online: bool,
}

/// Whose time is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Person(usize),
    Thing(usize),
}

/// What takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Promise,
    Request,
    /// Until so many minutes after the first midnight.
    Hold(i64),
    /// Goes on while nobody ends it.
    InService,
    Block(BlockKind),
    /// A promise in the other store.
    Elsewhere,
    /// Somebody looks at that time in the other store.
    HeldElsewhere(i64),
}

#[derive(Clone, Copy, Debug)]
pub struct Taken {
    pub whose: Whose,
    pub by: By,
    pub from: i64,
    pub minutes: i64,
}

/// Whom a line is wished with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    Anybody,
    Gender(Gender),
    Named(usize),
}

#[derive(Clone, Debug)]
pub struct Visit {
    /// Services, one after the other.
    pub lines: Vec<(usize, Wish)>,
    /// By a member, and not by the desk.
    pub online: bool,
}

impl Plan {
    pub fn read(tape: &mut Tape<'_>) -> Plan {
        let place = Place::number(tape.count_below(6));
        let hours = [spans(tape), spans(tape)];
        let special = tape.happens(20).then(|| spans(tape));
        let (grid, horizon_days) = (tape.pick(&[15, 5, 10, 20, 30]), tape.pick(&[30, 30, 30, 1, 0]));
        let lead = tape.pick(&[0, 30, 120]);
        let people: Vec<Person> = (0..1 + tape.count_below(4)).map(|_| person(tape, &hours)).collect();
        let things: Vec<_> = (0..tape.count_below(6)).map(|_| (tape.count_below(3), !tape.happens(10), !tape.happens(15))).collect();
        let services = (0..3).map(|_| service(tape, &things)).collect();
        let taken = (0..tape.count_below(14)).map(|_| taken(tape, people.len(), things.len())).collect();
        let visit = visit(tape, people.len());
        let latest = tape.pick(&[900, 900, 900, DAYS * 1440]);
        let now = tape.below(latest) - 240;
        Plan { place, hours, special, grid, horizon_days, lead, people, services, things, taken, visit, now }
    }

    /// The parts of a service with the minutes of somebody.
    pub fn parts(&self, service: usize, person: usize) -> Vec<(PartKind, i64)> {
        let slower = self.people[person].slower;
        self.services[service].parts.iter().map(|(kind, minutes)| (*kind, i64::from(minutes + slower))).collect()
    }

    pub fn minutes(&self, service: usize, person: usize) -> i64 {
        self.parts(service, person).iter().map(|(_, minutes)| minutes).sum()
    }
}

/// No edge lies between one and three at night: what "until half past one" means when that comes twice is the zone's own story.
fn spans(tape: &mut Tape<'_>) -> Spans {
    // Some stores keep odd minutes.
    let odd = if tape.happens(15) { 1 } else { 5 };
    let mut between = |from: i64, until: i64| u16::try_from((from + tape.below(until - from)) / odd * odd).unwrap_or(0);
    let day = (between(420, 720), between(900, 1490));
    let (middle, later) = (between(760, 840), between(850, 890));
    let night = (between(1080, 1200), between(1620, 1690));
    match tape.below(12) {
        0..=4 => vec![day],
        5..=7 => vec![(day.0, middle), (later, day.1)],
        8 => vec![(day.0, middle), (middle, day.1)],
        9 => vec![night],
        10 => vec![(0, 1440)],
        _ => Vec::new(),
    }
}

fn person(tape: &mut Tape<'_>, hours: &[Spans; 2]) -> Person {
    let elsewhere = tape.happens(40);
    Person {
        works_in: [!elsewhere || !tape.happens(15), elsewhere],
        shifts: if tape.happens(40) { [spans(tape), spans(tape)] } else { hours.clone() },
        dated: tape.happens(20).then(|| spans(tape)),
        skills: (0..3).filter(|_| !tape.happens(20)).collect(),
        gender: tape.pick(&[None, Some(Gender::Female), Some(Gender::Male)]),
        online: !tape.happens(15),
        active: !tape.happens(5),
        slower: tape.pick(&[0, 0, 0, 5, 15]),
        dearer: tape.happens(30),
    }
}

fn service(tape: &mut Tape<'_>, things: &[(usize, bool, bool)]) -> Service {
    use PartKind::{Active, After, Before, Processing};
    let kinds: &[PartKind] = match tape.below(6) {
        0 | 1 => &[Active],
        2 => &[Active, Processing, Active],
        3 => &[Before, Active, After],
        4 => &[Active, Processing, Active, After],
        _ => &[Active, Processing],
    };
    let parts: Vec<(PartKind, u16)> = kinds.iter().map(|kind| (*kind, tape.pick(&[30, 5, 10, 15, 20, 45, 60]))).collect();
    let mut needs = Vec::new();
    for kind in 0..3 {
        let there_is_one = things.iter().any(|(of, in_use, here)| *of == kind && *in_use && *here);
        if tape.happens(if there_is_one { 40 } else { 3 }) {
            let named = (0..4u8).filter(|part| usize::from(*part) < parts.len() && tape.happens(40)).collect();
            needs.push((kind, named));
        }
    }
    Service { parts, needs, lead: tape.happens(20).then_some(90), online: !tape.happens(3) }
}

fn taken(tape: &mut Tape<'_>, people: usize, things: usize) -> Taken {
    let whose =
        if things > 0 && tape.happens(30) { Whose::Thing(tape.count_below(things)) } else { Whose::Person(tape.count_below(people)) };
    let until = tape.below(DAYS * 1440);
    let by = match tape.below(20) {
        0..=7 => By::Promise,
        8 | 9 => By::Request,
        10..=12 => By::Hold(until),
        13 => By::InService,
        14 | 15 => By::Block(BlockKind::Break),
        16 => By::Block(BlockKind::Emergency),
        17 | 18 => By::Elsewhere,
        _ => By::HeldElsewhere(until),
    };
    // A squeezed or late visit begins and ends at any minute.
    let step = if tape.happens(15) { 1 } else { 5 };
    let from = (tape.below(DAYS * 1440 + 300) - 60) / step * step;
    Taken { whose, by, from, minutes: (tape.below(240) + 5) / step * step }
}

fn visit(tape: &mut Tape<'_>, people: usize) -> Visit {
    let lines = tape.pick(&[1, 1, 2, 3]);
    let wish = |tape: &mut Tape<'_>| match tape.below(8) {
        0..=3 => Wish::Anybody,
        4 | 5 => Wish::Gender(tape.pick(&[Gender::Female, Gender::Male])),
        _ => Wish::Named(tape.count_below(people)),
    };
    let lines = (0..lines).map(|_| (tape.count_below(3), wish(tape))).collect();
    Visit { lines, online: tape.happens(50) }
}
