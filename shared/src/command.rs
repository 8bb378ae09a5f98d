//! Commands: the one way to write. The button, the outbox, the importer, the API and the demo speak them; the server and
//! the app run the same [`Command::decide`].
//!
//! `table.rs` lists them; what a command says, needs and decides stands in its room in `decide/`.

mod command_set;
mod decide;
mod decider;
mod payload;
mod reads;
mod table;
pub mod texts;

use crate::context::Context;
use crate::decision::Decision;
use crate::refusal::Refusal;
use crate::view::View;

use reads::Ask;
use texts::Compose;

pub use command_set::{CommandSet, RuleSet};
pub use decide::payloads::*;
pub use reads::ReadPlan;
pub use table::{Command, Unreadable};

impl Command {
    /// Reads a payload.
    ///
    /// # Errors
    /// `Unknown` for a kind or version this program does not have, `Malformed` for bytes that do not parse or
    /// are left over.
    pub fn from_payload(kind: u16, version: u8, payload: &[u8]) -> Result<Command, Unreadable> {
        table::everything::open(kind, version, payload)
    }

    /// What this decision still needs to know, given what is known so far; `None` when complete.
    #[must_use]
    pub fn reads(&self, view: &View) -> Option<ReadPlan> {
        let mut ask = Ask::new(view);
        self.asks(&mut ask);
        ask.plan()
    }

    /// Cleans every text in it, the same wherever it is given.
    ///
    /// # Errors
    /// `TooLong` with the field; nothing is ever cut.
    pub fn clean_texts(&mut self, compose: Compose) -> Result<(), Refusal> {
        CommandSet::ALL.clean(self, compose)
    }

    /// Pure and total: same command, same view, same answer, never a panic.
    ///
    /// # Errors
    /// A [`Refusal`]; `Undecided` only when `view` does not hold what [`Command::reads`] asks for.
    pub fn decide(&self, context: &Context, view: &View) -> Result<Decision, Refusal> {
        match RuleSet::ALL.decide(self, context, view) {
            // Everything that was asked for is here, and still the visit reaches beyond it: nothing real is that long.
            Err(Refusal::Undecided) if self.reads(view).is_none() && view.known.catalogue => {
                Err(Refusal::Invalid { field: "lines".into() })
            }
            answer => answer,
        }
    }
}
