//! The rules by which commands are decided: in a file of their own, which may not be here yet.

use std::cell::Cell;

use futures_util::FutureExt;
use shared::command::RuleSet;
use shared::refusal::Refusal;

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

    /// Fetches their file where it is not here; whether this was the first to bring it.
    ///
    /// # Errors
    /// Without a network, where nothing has kept the file.
    pub(super) async fn fetch(&self) -> Result<(RuleSet, bool), NotFetched> {
        if let Some(rules) = self.taken.get() {
            return Ok((rules, false));
        }
        let rules = (self.file.fetch)().await?;
        Ok((rules, self.taken.replace(Some(rules)).is_none()))
    }
}
