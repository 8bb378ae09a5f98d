//! Settling what was in the attention inbox.

use serde::{Deserialize, Serialize};

use super::written::done;
use crate::attention::Attention;
use crate::command::decider::Decider;
use crate::command::payload::{Givers, Payload};
use crate::command::reads::Ask;
use crate::decision::Decision;
use crate::id::{AttentionId, StoreId};
use crate::noun::{Noun, RecordKey};
use crate::refusal::Refusal;
use crate::role::Permission;
use crate::versioned::Versioned;

/// An entry of the attention inbox is settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResolveAttention {
    /// Store.
    pub store: StoreId,
    /// Entry.
    pub attention: AttentionId,
}

impl Versioned for ResolveAttention {}

impl Payload for ResolveAttention {
    const GIVEN_BY: Givers = Givers::Staff;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn about(&self) -> Option<RecordKey> {
        Some(Attention::key_of(self.attention))
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        ask.of_store::<Attention>(self.store, self.attention);
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        resolve(decider, self)
    }
}

pub(super) fn resolve(decider: Decider<'_>, command: &ResolveAttention) -> Result<Decision, Refusal> {
    decider.must(Permission::WorkBoard, command.store)?;
    let entry = decider.view.find_in::<Attention>(command.store, command.attention).or_refuse("attention")?;
    if entry.resolved_at.is_some() {
        return Ok(Decision::default());
    }
    let mut resolved = entry.clone();
    resolved.resolved_at = Some(decider.context.now);
    Ok(done(resolved))
}
