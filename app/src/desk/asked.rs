//! What the desk is asked before something is done: for a reason, or whether others may be hit.

use leptos::prelude::*;
use shared::command::Command;
use shared::refusal::Refusal;

use super::done::Done;
use crate::i18n::desk::frame::AskFirst;
use crate::state::SubmitError;

/// A command that goes on with a reason.
#[derive(Clone)]
pub struct Asked {
    /// The command without it.
    pub command: Command,
    /// Why it needs one.
    pub why: Refusal,
    /// What to say then.
    pub done: Done,
    /// Where a refusal goes.
    pub problem: RwSignal<Option<SubmitError>>,
}

/// Before something is done to others.
#[derive(Clone)]
pub struct Question {
    /// What is asked.
    pub(super) title: fn(&AskFirst) -> &'static str,
    /// Whom it hits, one sentence each.
    pub(super) lines: Vec<String>,
    /// Goes on.
    pub(super) go_on: Callback<()>,
    /// The gentler way, where there is one.
    pub(super) instead: Option<Callback<()>>,
}
