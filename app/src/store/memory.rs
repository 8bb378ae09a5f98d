//! The same shelves in memory, for browsers without IndexedDB. Nothing is queued here.

use std::collections::BTreeMap;

use shared::id::{CommandId, ReplicaId};
use shared::sync::{Cursor, Record, RecordKey, Scope};

use super::{Answered, Applied, Loaded, Meta};

/// What a page keeps while it lives.
#[derive(Debug)]
pub(super) struct Memory {
    records: BTreeMap<(Scope, RecordKey), Record>,
    cursors: BTreeMap<Scope, Cursor>,
    answered: BTreeMap<CommandId, Answered>,
    meta: Meta,
}

impl Memory {
    pub(super) fn new(replica: ReplicaId) -> Self {
        Memory { records: BTreeMap::new(), cursors: BTreeMap::new(), answered: BTreeMap::new(), meta: Meta::new(replica) }
    }

    pub(super) fn load(&self) -> Loaded {
        Loaded {
            records: self.records.iter().map(|((scope, _), record)| (*scope, record.clone())).collect(),
            cursors: self.cursors.values().cloned().collect(),
            outbox: Vec::new(),
            answered: self.answered.values().cloned().collect(),
            meta: self.meta.clone(),
        }
    }

    pub(super) fn renumber(&mut self, replica: ReplicaId) {
        self.meta.replica = replica;
        self.meta.next_number = 1;
    }

    pub(super) fn apply(&mut self, applied: Applied) {
        for scope in applied.gone {
            self.drop_scope(scope);
        }
        for page in applied.pages {
            if page.fresh {
                self.drop_scope(page.scope);
            }
            for record in page.records {
                let key = (page.scope, record.key());
                match record {
                    Record::Gone(_) => self.records.remove(&key),
                    record => self.records.insert(key, record),
                };
            }
            self.cursors.insert(page.scope, Cursor { scope: page.scope, grant: page.grant, seq: page.seq });
        }
        self.answered.extend(applied.answered.into_iter().map(|answered| (answered.envelope.uuid, answered)));
        if let Some((offset, now)) = applied.clock {
            self.meta.clock_offset = offset;
            self.meta.last_sync = Some(now);
        }
    }

    fn drop_scope(&mut self, scope: Scope) {
        self.records.retain(|(owner, _), _| *owner != scope);
        self.cursors.remove(&scope);
    }
}
