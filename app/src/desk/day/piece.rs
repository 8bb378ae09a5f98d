//! What a box is made of, before it has a place.

use shared::booking::{Line, Subject};
use shared::id::ResourceId;
use shared::part::PartKind;
use shared::time::TimeRange;
use shared::view::View;

use crate::components::status::Status;
use crate::desk::day::board_box::{BoxKey, Marks};

/// What one record takes in one column, in instants.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Piece {
    pub(crate) key: BoxKey,
    pub(crate) whose: Option<ResourceId>,
    pub(crate) range: TimeRange,
    /// When they, or it, are needed.
    pub(crate) busy: Vec<TimeRange>,
    /// Processing time and buffers.
    pub(crate) hatched: Vec<(TimeRange, PartKind)>,
    pub(crate) status: Status,
    pub(crate) who: Option<String>,
    pub(crate) what: String,
    pub(crate) marks: Marks,
}

impl Piece {
    pub(crate) fn is_refused(&self) -> bool {
        matches!(self.key, BoxKey::Refused(..))
    }
}

impl Piece {
    pub(crate) fn add_parts(&mut self, line: &Line, range: TimeRange) {
        let mut at = range.start;
        for part in &line.parts {
            let whole = TimeRange::starting(at, i64::from(part.minutes));
            at = whole.end;
            let cut = TimeRange { start: whole.start, end: whole.end.min(range.end) };
            if cut.is_empty() {
                continue;
            }
            if part.kind.needs_staff() {
                self.busy.push(cut);
            }
            if part.kind != PartKind::Active {
                self.hatched.push((cut, part.kind));
            }
        }
        // An extension beyond the parts is hands on.
        if at < range.end {
            self.busy.push(TimeRange { start: at, end: range.end });
        }
    }
}

pub(crate) fn guest(view: &View, subject: &Subject) -> Option<String> {
    let name = match subject {
        Subject::Member(id) => view.members.get(id).map(|member| member.name.value.0.clone()),
        Subject::Guest { name } => Some(name.0.clone()),
    };
    name.filter(|name| !name.is_empty())
}
