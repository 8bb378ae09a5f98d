//! An installation without a browser: the least that can sync.

use shared::command::Command;
use shared::envelope::Envelope;
use shared::id::{CommandId, ReplicaId};
use shared::noun::RecordKey;
use shared::record::{Received, Record};
use shared::scope::Scope;
use shared::stamp::Stamp;
use shared::sync::{Cursor, Page, SyncReply, SyncRequest};
use shared::time::Timestamp;
use uuid::Uuid;

use super::{Person, World, fresh};

/// An installation with an outbox and cursors: the least that can sync.
pub struct Device {
    pub person: Person,
    pub replica: ReplicaId,
    pub number: u64,
    pub outbox: Vec<Envelope>,
    pub cursors: Vec<Cursor>,
    pub records: Vec<Record>,
    /// Names of what it was told to forget.
    pub gone: Vec<RecordKey>,
}

impl Device {
    pub fn new(person: &Person, scopes: &[Scope]) -> Device {
        let cursor = |scope: &Scope| Cursor { scope: *scope, grant: Uuid::nil().into(), seq: 0 };
        Device {
            person: person.clone(),
            replica: ReplicaId(fresh()),
            number: 0,
            outbox: Vec::new(),
            cursors: scopes.iter().map(cursor).collect(),
            records: Vec::new(),
            gone: Vec::new(),
        }
    }

    /// Puts a command into the outbox.
    pub fn give(&mut self, command: &Command, at: Timestamp) -> CommandId {
        self.number += 1;
        let uuid = CommandId(fresh());
        self.outbox.push(Envelope::pack(command, self.number, uuid, None, Stamp { at, counter: 0 }, self.base()));
        uuid
    }

    /// What it has read of the desk.
    fn base(&self) -> u64 {
        self.cursors.iter().find(|cursor| matches!(cursor.scope, Scope::Desk(_))).map_or(0, |cursor| cursor.seq)
    }

    pub fn request(&self, now: Timestamp) -> SyncRequest {
        SyncRequest::new(Some(self.replica), now, self.cursors.clone(), self.outbox.clone())
    }

    /// The request of somebody who has not signed in and wants nothing in particular.
    pub fn anonymous(&self) -> SyncRequest {
        SyncRequest { replica: None, ..self.request(Timestamp(0)) }
    }

    /// Exchanges until nothing is left; answers the last reply.
    pub async fn sync(&mut self, world: &World) -> SyncReply {
        loop {
            let reply = world.exchange(Some(&self.person), &self.request(world.state.clock.now())).await;
            self.outbox.retain(|envelope| !reply.outcomes.iter().any(|answer| answer.uuid == envelope.uuid));
            let mut complete = true;
            for page in &reply.pages {
                complete &= page.complete;
                self.take(page);
            }
            if complete {
                return reply;
            }
        }
    }

    fn take(&mut self, page: &Page) {
        for cursor in self.cursors.iter_mut().filter(|cursor| cursor.scope == page.scope) {
            *cursor = Cursor { scope: page.scope, grant: page.grant, seq: page.seq };
        }
        for received in page.received() {
            match received {
                Received::Record(record) => self.records.push(record),
                Received::Gone(key) => self.gone.push(key),
                Received::Unknown => panic!("a record that nobody knows"),
            }
        }
    }
}
