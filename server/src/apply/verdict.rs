//! What came of a command.

use shared::decision::LadderStep;
use shared::refusal::Refusal;
use shared::sync::Outcome;

/// Outcome of one command and the step of the ladder that decided it.
#[derive(Clone, Debug)]
pub(crate) struct Verdict {
    pub outcome: Outcome,
    pub step: Option<LadderStep>,
}

impl Verdict {
    pub(crate) fn of(outcome: Outcome) -> Self {
        Verdict { outcome, step: None }
    }

    pub(crate) fn refused(refusal: Refusal) -> Self {
        Verdict::of(Outcome::Refused { refusal, alternatives: Vec::new() })
    }
}
