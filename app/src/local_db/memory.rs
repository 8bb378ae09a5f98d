//! The same shelves in memory, for browsers without IndexedDB. Nothing new is queued here; what waited in a database that is lost is
//! sent from here.

use shared::envelope::Envelope;
use shared::id::ReplicaId;
use shared::record::{Received, Record};
use shared::scope::Scope;
use shared::sync::Cursor;

use super::{Answered, Applied, Meta, Work};
use crate::local_db::loaded::Loaded;
use crate::local_db::reads::reads;

/// What a page keeps while it lives.
#[derive(Debug)]
pub(super) struct Memory {
    records: Vec<(Scope, Record)>,
    cursors: Vec<Cursor>,
    outbox: Vec<Envelope>,
    answered: Vec<Answered>,
    meta: Meta,
}

impl Memory {
    pub(super) fn new(replica: ReplicaId) -> Self {
        Memory::with(Work { meta: Meta::new(replica), ..Work::default() })
    }

    pub(super) fn with(work: Work) -> Self {
        let Work { outbox, answered, meta } = work;
        Memory { records: Vec::new(), cursors: Vec::new(), outbox, answered, meta }
    }

    pub(super) fn load(&self) -> Loaded {
        Loaded {
            records: self.records.clone(),
            cursors: self.cursors.clone(),
            outbox: self.outbox.clone(),
            answered: self.answered.clone(),
            meta: self.meta.clone(),
        }
    }

    pub(super) fn renumber(&mut self, replica: ReplicaId) {
        let work = Work { outbox: std::mem::take(&mut self.outbox), answered: Vec::new(), meta: self.meta.clone() }.renumbered(replica);
        (self.outbox, self.meta) = (work.outbox, work.meta);
    }

    pub(super) fn apply(&mut self, applied: Applied) {
        for scope in applied.gone {
            self.drop_scope(scope);
        }
        for page in applied.pages {
            if page.fresh {
                self.drop_scope(page.scope);
            }
            for received in page.received_by(reads()) {
                let place = |key| self.records.iter().position(|(scope, known)| *scope == page.scope && known.key() == key);
                match received {
                    Received::Record(record) => match place(record.key()) {
                        Some(at) => self.records[at].1 = record,
                        None => self.records.push((page.scope, record)),
                    },
                    Received::Gone(key) => drop(place(key).map(|at| self.records.swap_remove(at))),
                    Received::Unknown => {}
                }
            }
            self.cursors.retain(|cursor| cursor.scope != page.scope);
            self.cursors.push(Cursor { scope: page.scope, grant: page.grant, seq: page.seq });
        }
        for answered in applied.answered {
            self.outbox.retain(|waiting| waiting.uuid != answered.envelope.uuid);
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
