//! A database that the browser has ended, possibly emptied, gets back what a page still knows. Commands keep their ids, so the server
//! does none of them twice.

use shared::envelope::Envelope;
use shared::id::{CommandId, ReplicaId};

use super::idb::Database;
use super::outbox::{put_answered, put_envelope, put_meta, put_sent, read_answered, read_envelopes, read_meta};
use super::rows::{Answered, Meta};
use super::schema::{ANSWERED, META, OUTBOX};
use crate::local_db::error::StoreError;

/// A person's work as a page knows it: what cannot be fetched again.
#[derive(Clone, Debug, Default)]
pub struct Work {
    /// Commands on their way.
    pub outbox: Vec<Envelope>,
    /// Recent outcomes.
    pub answered: Vec<Answered>,
    /// Identity and clocks.
    pub meta: Meta,
}

impl Work {
    /// The same for a replica that starts anew: numbers from 1, because nobody knows which of the old ones were taken.
    #[must_use]
    pub fn renumbered(mut self, replica: ReplicaId) -> Self {
        self.meta = self.meta.begun_anew(replica);
        for envelope in &mut self.outbox {
            envelope.number = self.meta.next_number;
            self.meta.next_number += 1;
        }
        self
    }
}

/// Writes what is missing. An emptied database begins as another replica: its old numbers may have been taken by another tab.
pub(super) async fn restore(database: &Database, work: Work, new_replica: ReplicaId) -> Result<(), StoreError> {
    let transaction = database.write(&[OUTBOX, ANSWERED, META])?;
    let kept = read_meta(&transaction).await?;
    let waiting = read_envelopes(&transaction).await?;
    let answered = read_answered(&transaction).await?;
    let is_kept = |uuid: CommandId| {
        waiting.iter().any(|envelope| envelope.uuid == uuid) || answered.iter().any(|answered| answered.envelope.uuid == uuid)
    };
    let mut meta = kept.unwrap_or_else(|| work.meta.begun_anew(new_replica));
    meta.last_stamp = meta.last_stamp.max(work.meta.last_stamp);
    for answered in work.answered.iter().filter(|answered| !is_kept(answered.envelope.uuid)) {
        put_answered(&transaction, answered)?;
    }
    for mut envelope in work.outbox.into_iter().filter(|envelope| !is_kept(envelope.uuid)) {
        envelope.number = meta.next_number;
        meta.next_number += 1;
        put_envelope(&transaction, &envelope)?;
    }
    // Some of it may have left before the database ended.
    put_sent(&transaction, meta.next_number - 1)?;
    put_meta(&transaction, &meta)?;
    transaction.done().await
}
