//! The same shelves in memory, for browsers without IndexedDB. Nothing is queued here.

use shared::id::ReplicaId;
use shared::sync::{Cursor, Record, Scope};

use super::{Answered, Applied, Loaded, Meta};

/// What a page keeps while it lives.
#[derive(Debug)]
pub(super) struct Memory {
    records: Vec<(Scope, Record)>,
    cursors: Vec<Cursor>,
    answered: Vec<Answered>,
    meta: Meta,
}

impl Memory {
    pub(super) fn new(replica: ReplicaId) -> Self {
        Memory { records: Vec::new(), cursors: Vec::new(), answered: Vec::new(), meta: Meta::new(replica) }
    }

    pub(super) fn load(&self) -> Loaded {
        Loaded {
            records: self.records.clone(),
            cursors: self.cursors.clone(),
            outbox: Vec::new(),
            answered: self.answered.clone(),
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
                let key = record.key();
                let known = self.records.iter().position(|(scope, known)| *scope == page.scope && known.key() == key);
                match (known, record) {
                    (None, Record::Gone(_)) => {}
                    (Some(at), Record::Gone(_)) => drop(self.records.swap_remove(at)),
                    (Some(at), record) => self.records[at].1 = record,
                    (None, record) => self.records.push((page.scope, record)),
                }
            }
            self.cursors.retain(|cursor| cursor.scope != page.scope);
            self.cursors.push(Cursor { scope: page.scope, grant: page.grant, seq: page.seq });
        }
        for answered in applied.answered {
            self.answered.retain(|known| known.envelope.uuid != answered.envelope.uuid);
            self.answered.push(answered);
        }
        if let Some((offset, now)) = applied.clock {
            self.meta.clock_offset = offset;
            self.meta.last_sync = Some(now);
        }
    }

    fn drop_scope(&mut self, scope: Scope) {
        self.records.retain(|(owner, _)| *owner != scope);
        self.cursors.retain(|cursor| cursor.scope != scope);
    }
}
