//! Visits against what was said before: moved, done by somebody else, missed, paid, cancelled.

pub(crate) mod here;
mod lines;
mod missing;
pub(crate) mod names;
pub(crate) mod words;

use shared::command::{CorrectVisit, ImportVisit};

use crate::import::bookings::PlannedVisit;
use crate::import::changes::change::{Change, Changed, Comparison, Correction};
use crate::import::changes::visits::here::said_by;
use crate::import::changes::visits::names::Names;
use crate::import::changes::visits::words::state;
use crate::import::known::Known;
use crate::import::plan::Plan;
use crate::said::Said;

pub(super) fn compare(plan: &Plan, known: &Known, found: &mut Comparison) {
    let names = Names::of(plan, known);
    missing::compare(plan, known, &names, found);
    for visit in &plan.visits {
        let id = visit.said.booking;
        let Some(here) = known.visits.get(&id).filter(|_| !found.merged.contains(&id)) else { continue };
        let was = known.visit(id).cloned().unwrap_or_else(|| said_by(here, &plan.target.zone));
        let now = as_agreed(visit, &was);
        if now == was || now.is_what_stands(here) {
            let is_new = known.visit(id) != Some(&now);
            found.agreed.extend(is_new.then_some((id.0, Said::Visit(now))));
            continue;
        }
        let is_untouched = was.is_what_stands(here);
        let mut changes = names.changes(visit, &was, &now, &plan.target);
        if !is_untouched {
            changes.iter_mut().for_each(|change| change.here = Some(names.visit(here, &plan.target)));
        }
        let said = is_untouched.then(|| (id.0, Said::Visit(now.clone()))).into_iter().collect();
        let correction = is_untouched.then(|| Correction::Visit(Box::new(CorrectVisit { was, now })));
        found.changed.push(Changed { changes, correction, said });
    }
}

/// What the files say, with the prices that were agreed: only a receipt says another one.
fn as_agreed(visit: &PlannedVisit, was: &ImportVisit) -> ImportVisit {
    let mut now = ImportVisit { made_at: was.made_at, ..visit.said.clone() };
    for (old, new) in lines::pairs(&was.lines, &visit.said.lines) {
        let (Some(old), Some(new)) = (old, new) else { continue };
        let is_charged = visit.lines.get(new).is_some_and(|places| places.charged.is_some());
        let (Some(old), Some(new)) = (was.lines.get(old), now.lines.get_mut(new)) else { continue };
        if old.service == new.service && !is_charged {
            new.price = old.price;
        }
    }
    now
}
