//! Promises that the files name no more: cancelled in the old system, or gone without a word.

use std::collections::BTreeSet;

use shared::command::{CorrectVisit, ImportVisit, ImportedLine, ImportedStatus};
use shared::id::BookingId;
use shared::name::Language;

use super::lines::{STATUS, change};
use super::{Changed, Comparison, Correction};
use crate::import::bookings::PlannedVisit;
use crate::import::changes::visits::names::Names;
use crate::import::changes::visits::words::status;
use crate::import::known::Known;
use crate::import::plan::Plan;
use crate::import::words::Sentence;
use crate::said::Said;

/// A promise that the list of cancellations names is cancelled, not a second visit; one that nobody names is told. Of the past nothing
/// is concluded: exports may leave it out.
pub(super) fn compare(plan: &Plan, known: &Known, names: &Names, found: &mut Comparison) {
    // What a cancelled promise was told by is no visit of its own in later exports either.
    let of_another = |visit: &&PlannedVisit| known.visit(visit.said.booking).is_some() && !known.visits.contains_key(&visit.said.booking);
    found.merged.extend(plan.visits.iter().filter(of_another).map(|visit| visit.said.booking));
    let planned: BTreeSet<BookingId> = plan.visits.iter().map(|visit| visit.said.booking).collect();
    for was in known.said.values() {
        let Said::Visit(was) = was else { continue };
        let is_ahead = was.lines.iter().any(|line| line.date >= plan.today);
        if was.status != ImportedStatus::Promised || !is_ahead || planned.contains(&was.booking) {
            continue;
        }
        let Some(here) = known.visits.get(&was.booking).filter(|here| was.is_what_stands(here)) else { continue };
        let by = cancellations_of(was, plan, known, &found.merged);
        if by.is_empty() {
            found.missing.push(told(was, &names.visit(here, &plan.target)));
        } else {
            found.merged.extend(by.iter().map(|visit| visit.said.booking));
            found.changed.extend(cancelled(was, &by));
        }
    }
}

fn told(was: &ImportVisit, visit: &Sentence) -> Sentence {
    let date = was.lines.first().map(|line| line.date).unwrap_or_default();
    let (zh, en) = (visit.get(Language::Chinese), visit.get(Language::English));
    Sentence::new(
        format!("{date} {zh}：future-bookings.csv 里不再有；如已取消或改期，请在前台处理"),
        format!("{date} {en}: no longer in future-bookings.csv; cancel or move it at the desk if that is right"),
    )
}

/// One new cancellation for each line, or none at all.
fn cancellations_of<'a>(was: &ImportVisit, plan: &'a Plan, known: &Known, merged: &[BookingId]) -> Vec<&'a PlannedVisit> {
    let mut open: Vec<&PlannedVisit> = plan.visits.iter().filter(|visit| visit.said.status == ImportedStatus::Cancelled).collect();
    open.retain(|visit| !merged.contains(&visit.said.booking) && !known.visits.contains_key(&visit.said.booking));
    let mut take = |line: &ImportedLine| {
        let at = open.iter().position(|visit| visit.said.lines.iter().any(|other| is_same(line, other)))?;
        Some(open.remove(at))
    };
    was.lines.iter().map(&mut take).collect::<Option<Vec<_>>>().unwrap_or_default()
}

fn is_same(line: &ImportedLine, cancelled: &ImportedLine) -> bool {
    (line.service, line.staff, line.date) == (cancelled.service, cancelled.staff, cancelled.date) && line.subject == cancelled.subject
}

/// The visit cancelled, and its cancellations remembered as told.
fn cancelled(was: &ImportVisit, by: &[&PlannedVisit]) -> Option<Changed> {
    let first = by.first()?;
    let (about, new) = (format!("{} {}", first.client, first.date), status(ImportedStatus::Cancelled));
    let now = ImportVisit { status: ImportedStatus::Cancelled, note: first.said.note.clone(), ..was.clone() };
    let told = by.iter().map(|visit| (visit.said.booking.0, Said::Visit(visit.said.clone())));
    Some(Changed {
        changes: vec![change(first.status, STATUS, &about, status(was.status), new)],
        said: std::iter::once((was.booking.0, Said::Visit(now.clone()))).chain(told).collect(),
        correction: Some(Correction::Visit(Box::new(CorrectVisit { was: was.clone(), now }))),
    })
}
