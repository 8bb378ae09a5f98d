//! What is here, as a file would say it.

use shared::booking::{Booking, State};
use shared::command::{ImportVisit, ImportedLine, ImportedStatus};
use shared::zone::Zone;

/// Without a memory of what was said, what is here counts as said.
pub(crate) fn said_by(here: &Booking, zone: &Zone) -> ImportVisit {
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
