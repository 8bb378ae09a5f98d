//! The lines of a visit, old beside new, and what differs between them.

use shared::booking::Booking;
use shared::command::{ImportVisit, ImportedLine};
use shared::money::Price;
use shared::name::Language;
use shared::time::Timestamp;

use super::Change;
use crate::import::bookings::{LinePlaces, PlannedVisit};
use crate::import::changes::visits::names::Names;
use crate::import::changes::visits::words::status;
use crate::import::target::Target;
use crate::import::words::{Sentence, Words, amount};
use crate::said::{FileKind, Place};

pub(super) const STATUS: Words = Words("状态", "status");
const NOTE: Words = Words("备注", "note");
const ROW: Words = Words("整行", "row");
const NOT_THERE: Words = Words("无", "none");

/// Positions of lines that are one line before and after.
pub(super) type Pair = (Option<usize>, Option<usize>);

/// Old and new lines that belong together: the same in all, else the same service and person, the same service, the same person.
pub(super) fn pairs(old: &[ImportedLine], new: &[ImportedLine]) -> Vec<Pair> {
    let alike: [fn(&ImportedLine, &ImportedLine) -> bool; 4] = [
        |one, other| (one.service, one.staff, one.starts_at) == (other.service, other.staff, other.starts_at),
        |one, other| (one.service, one.staff) == (other.service, other.staff),
        |one, other| one.service == other.service,
        |one, other| one.staff == other.staff,
    ];
    let (mut left, mut open): (Vec<usize>, Vec<usize>) = ((0..old.len()).collect(), (0..new.len()).collect());
    let mut pairs: Vec<Pair> = Vec::new();
    for alike in alike {
        left.retain(|&at| {
            let found = open.iter().position(|&place| old.get(at).zip(new.get(place)).is_some_and(|(one, other)| alike(one, other)));
            pairs.extend(found.map(|found| (Some(at), Some(open.remove(found)))));
            found.is_none()
        });
    }
    let gone = left.into_iter().map(|at| (Some(at), None));
    pairs.into_iter().chain(gone).chain(open.into_iter().map(|at| (None, Some(at)))).collect()
}

impl Names {
    /// The facts of a visit that are others than before.
    pub(super) fn changes(&self, visit: &PlannedVisit, was: &ImportVisit, now: &ImportVisit, target: &Target) -> Vec<Change> {
        let about = format!("{} {}", visit.client, visit.date);
        let mut changes = Vec::new();
        if was.status != now.status {
            changes.push(change(visit.status, STATUS, &about, status(was.status), status(now.status)));
        } else if was.note != now.note {
            changes.push(change(visit.status, NOTE, &about, Sentence::same(was.note.as_str()), Sentence::same(now.note.as_str())));
        }
        for (old, new) in pairs(&was.lines, &now.lines) {
            let old = old.and_then(|at| was.lines.get(at));
            let new = new.and_then(|at| now.lines.get(at).zip(visit.lines.get(at)));
            match (old, new) {
                (Some(old), Some(new)) => changes.extend(self.line_changes(&about, old, new, target)),
                (Some(old), None) => {
                    let gone = Place { kind: FileKind::Bookings, line: None };
                    changes.push(change(gone, ROW, &about, self.line(old, target), NOT_THERE.into()));
                }
                (None, Some((new, places))) => {
                    changes.push(change(places.booked, ROW, &about, NOT_THERE.into(), self.line(new, target)));
                }
                (None, None) => {}
            }
        }
        changes
    }

    fn line_changes(&self, about: &str, old: &ImportedLine, (new, places): (&ImportedLine, &LinePlaces), target: &Target) -> Vec<Change> {
        let about = format!("{about} {}", self.service(new.service));
        let time = |at: Option<Timestamp>| at.map_or_else(|| NOT_THERE.into(), |at| Sentence::same(target.clock(at)));
        let service = |line: &ImportedLine| Sentence::same(self.service(line.service));
        let performed = |line: &ImportedLine| Sentence::same(self.service(line.performed.unwrap_or(line.service)));
        let paid = places.charged.unwrap_or(places.booked);
        let mut all = vec![
            (places.booked, "Service", service(old), service(new)),
            (places.booked, "Staff", self.staff(old.staff), self.staff(new.staff)),
            (places.booked, "Time", time(old.starts_at), time(new.starts_at)),
        ];
        // What comes with another service is no fact of its own.
        if old.service == new.service {
            all.push((paid, "Description", performed(old), performed(new)));
            all.push((paid, "Amount", price(old.price), price(new.price)));
        }
        let differing = all.into_iter().filter(|(_, _, old, new)| old != new);
        differing.map(|(place, column, old, new)| change(place, Words(column, column), &about, old, new)).collect()
    }

    /// Service, person and time of a line.
    fn line(&self, line: &ImportedLine, target: &Target) -> Sentence {
        let time = line.starts_at.map(|at| target.clock(at)).unwrap_or_default();
        let words = |language| {
            let staff = self.staff(line.staff);
            format!("{} {} {time}", self.service(line.service), staff.get(language)).trim_end().to_owned()
        };
        Sentence::new(words(Language::Chinese), words(Language::English))
    }

    /// How a visit stands here.
    pub(super) fn visit(&self, here: &Booking, target: &Target) -> Sentence {
        let said = super::here::said_by(here, &target.zone);
        let words = |language: Language| {
            let lines: Vec<String> = said.lines.iter().map(|line| self.line(line, target).get(language).to_owned()).collect();
            lines.join(" + ")
        };
        let Words(zh, en) = super::state(here.state.kind());
        Sentence::new(format!("{}（{zh}）", words(Language::Chinese)), format!("{} ({en})", words(Language::English)))
    }
}

pub(super) fn change(place: Place, column: Words, about: &str, old: Sentence, new: Sentence) -> Change {
    Change { place, column, about: about.to_owned(), old, new, here: None }
}

fn price(price: Price) -> Sentence {
    price.map_or_else(|| Words("面议", "on consultation").into(), |money| Sentence::same(amount(money.0)))
}
