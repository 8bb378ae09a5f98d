//! The table of decisions: one command, one room.

use super::{Command, Context};
use crate::decision::Decision;
use crate::refusal::Refusal;
use crate::view::View;

/// Most lines in one visit.
pub const MAX_LINES: usize = 20;

pub(super) fn decide(_command: &Command, _context: &Context, _view: &View) -> Result<Decision, Refusal> {
    Err(Refusal::Undecided)
}
