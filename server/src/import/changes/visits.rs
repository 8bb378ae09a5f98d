//! Visits against what was said before: moved, done by somebody else, missed, paid, cancelled.

mod lines;
mod missing;

use std::collections::BTreeMap;

use shared::booking::state::StateKind;
use shared::booking::{Booking, State};
use shared::command::{Command, CorrectVisit, ImportVisit, ImportedLine, ImportedStatus};
use shared::id::{ServiceId, StaffId};
use shared::zone::Zone;

use super::{Change, Changed, Comparison, Correction};
use crate::import::bookings::PlannedVisit;
use crate::import::known::{Known, Said};
use crate::import::plan::Plan;
use crate::import::words::{Sentence, Words};

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

/// Without a memory of what was said, what is here counts as said.
fn said_by(here: &Booking, zone: &Zone) -> ImportVisit {
    let line = |line: &shared::booking::Line| ImportedLine {
        service: line.service,
        performed: line.performed,
        subject: line.subject.clone(),
        staff: line.staff,
        starts_at: (!here.date_only).then_some(line.starts_at),
        date: zone.local(line.starts_at).0,
        price: line.price,
    };
    ImportVisit {
        store: here.store,
        booking: here.id,
        lines: here.lines.iter().map(line).collect(),
        status: match here.state {
            State::Completed { .. } => ImportedStatus::Completed,
            State::NoShow { .. } => ImportedStatus::NoShow,
            State::Cancelled { .. } => ImportedStatus::Cancelled,
            _ => ImportedStatus::Promised,
        },
        note: here.note.clone(),
        made_at: here.made_at,
    }
}

fn status(status: ImportedStatus) -> Sentence {
    let kind = match status {
        ImportedStatus::Promised => StateKind::Confirmed,
        ImportedStatus::Completed => StateKind::Completed,
        ImportedStatus::NoShow => StateKind::NoShow,
        ImportedStatus::Cancelled => StateKind::Cancelled,
    };
    state(kind).into()
}

fn state(state: StateKind) -> Words {
    match state {
        StateKind::Held => Words("占位", "held"),
        StateKind::Requested => Words("待确认", "requested"),
        StateKind::Confirmed => Words("已约", "promised"),
        StateKind::Waiting => Words("等位", "waiting"),
        StateKind::CheckedIn => Words("已签到", "checked in"),
        StateKind::InService => Words("服务中", "in service"),
        StateKind::Completed => Words("已完成", "completed"),
        StateKind::Expired => Words("已过期", "expired"),
        StateKind::Declined => Words("未接受", "declined"),
        StateKind::Cancelled => Words("已取消", "cancelled"),
        StateKind::NoShow => Words("爽约", "missed"),
        StateKind::Displaced => Words("需改约", "displaced"),
    }
}

/// What services and people are called, from the files and from what is here.
struct Names {
    services: BTreeMap<ServiceId, String>,
    staff: BTreeMap<StaffId, String>,
}

impl Names {
    fn of(plan: &Plan, known: &Known) -> Self {
        let services = known.catalogue.services.values().map(|service| (service.id, service.code.clone()));
        let staff = known.catalogue.staff.values().map(|staff| (staff.id, staff.name.zh.clone()));
        let mut names = Self { services: services.collect(), staff: staff.collect() };
        for (_, command) in &plan.commands {
            match command {
                Command::PutService(put) => drop(names.services.insert(put.service, put.code.clone())),
                Command::PutStaff(put) => drop(names.staff.insert(put.staff, put.name.zh.clone())),
                _ => {}
            }
        }
        names
    }

    fn service(&self, id: ServiceId) -> String {
        self.services.get(&id).cloned().unwrap_or_else(|| id.to_string())
    }

    fn staff(&self, id: Option<StaffId>) -> Sentence {
        let name = |id: StaffId| Sentence::same(self.staff.get(&id).cloned().unwrap_or_else(|| id.to_string()));
        id.map_or_else(|| Words("未定", "nobody in particular").into(), name)
    }
}
