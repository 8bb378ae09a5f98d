//! The rules by which commands are decided: in a file of their own, which may not be here yet.

use std::cell::Cell;
use std::rc::Rc;

use futures_util::FutureExt;
use leptos::task::spawn_local;
use shared::command::RuleSet;
use shared::refusal::Refusal;

use super::core::Core;
use crate::chunk::{NotFetched, RulesFile};

/// Where they are, and themselves once their file is here.
pub(super) struct Rules {
    file: RulesFile,
    taken: Cell<Option<RuleSet>>,
}

impl Rules {
    pub(super) fn of(file: RulesFile) -> Self {
        Rules { file, taken: Cell::new(None) }
    }

    /// Those by which what waits is shown.
    pub(super) fn taken(&self) -> Option<RuleSet> {
        self.taken.get()
    }

    /// # Errors
    /// `Undecided` where the rules are not here: then only the server can tell.
    pub(super) fn here(&self) -> Result<RuleSet, Refusal> {
        // Their file may be here although nobody has taken them out of it yet.
        let fetched = || (self.file.fetch)().now_or_never().and_then(Result::ok);
        self.taken.get().or_else(fetched).ok_or(Refusal::Undecided)
    }
}

impl Core {
    /// The rules; fetched where they are not here yet.
    ///
    /// # Errors
    /// Without a network, where nothing has kept their file.
    pub(super) async fn fetch_rules(&self) -> Result<RuleSet, NotFetched> {
        if let Some(rules) = self.rules.taken.get() {
            return Ok(rules);
        }
        let rules = (self.rules.file.fetch)().await?;
        if self.rules.taken.replace(Some(rules)).is_none() {
            self.show_predictions();
        }
        Ok(rules)
    }

    /// Fetches the rules where they are not here.
    pub(super) fn bring_rules(self: &Rc<Self>) {
        if self.rules.taken.get().is_none() {
            let core = Rc::clone(self);
            // Without them nothing is predicted; they are asked for again.
            spawn_local(async move {
                let _ = core.fetch_rules().await;
            });
        }
    }
}
