//! What this device keeps: one IndexedDB database per replica, behind this one door.
//!
//! `records` and `cursors` are a cache and are dropped on a schema change; `outbox`, `answered` and `meta` are the person's
//! work and stay. A number is taken in the transaction that writes the outbox entry; pages, cursors and the removal of answered
//! commands are one transaction. Nothing but IndexedDB is awaited inside one.

pub(crate) mod age;
mod apply;
pub mod error;
mod idb;
pub mod loaded;
mod memory;
mod outbox;
pub mod reads;
mod restore;
mod rows;
mod schema;

use std::cell::RefCell;

use futures_channel::oneshot;
use shared::envelope::Envelope;
use shared::id::{CommandId, ReplicaId};
use shared::sync::Cursor;
use shared::time::Timestamp;

use crate::local_db::error::StoreError;
use crate::local_db::loaded::{Loaded, Withdrawal};

pub use apply::Applied;
pub(crate) use apply::is_older;
pub use outbox::UnnumberedCommand;
pub use restore::Work;
pub use rows::{Answered, Meta};
pub use schema::SCHEMA;

/// The storage of one replica: a database, or memory where there is none.
#[derive(Debug)]
pub struct LocalDb {
    name: String,
    shelf: Backend,
}

#[derive(Debug)]
enum Backend {
    Database(idb::Database),
    Memory(RefCell<memory::Memory>),
}

impl LocalDb {
    /// Opens the database of this name; makes it when there is none.
    ///
    /// # Errors
    /// `Absent`, `Newer`, or what the browser says.
    pub async fn open(name: &str) -> Result<Self, StoreError> {
        Self::open_at(name, SCHEMA).await
    }

    /// Opens at a schema version; only tests name another than [`SCHEMA`].
    ///
    /// # Errors
    /// As [`LocalDb::open`].
    pub async fn open_at(name: &str, schema: u32) -> Result<Self, StoreError> {
        let database = idb::Database::open(name, schema, schema::upgrade).await?;
        Ok(LocalDb { name: name.to_owned(), shelf: Backend::Database(database) })
    }

    /// Storage that ends with the page.
    #[must_use]
    pub fn in_memory(replica: ReplicaId) -> Self {
        LocalDb { name: String::new(), shelf: Backend::Memory(RefCell::new(memory::Memory::new(replica))) }
    }

    /// The same for a database that cannot be opened any more: what waits is sent from here, under the numbers of a new replica.
    #[must_use]
    pub fn in_memory_with(name: &str, work: Work, replica: ReplicaId) -> Self {
        let memory = memory::Memory::with(work.renumbered(replica));
        LocalDb { name: name.to_owned(), shelf: Backend::Memory(RefCell::new(memory)) }
    }

    /// Whether what is kept survives the page: otherwise nothing can be queued.
    #[must_use]
    pub fn is_durable(&self) -> bool {
        matches!(self.shelf, Backend::Database(_))
    }

    /// Whether what is kept ends with the page although there was a database.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        !self.is_durable() && !self.name.is_empty()
    }

    /// Comes when the browser ends the database; never in memory, or when this page closes it.
    pub fn ended(&self) -> oneshot::Receiver<()> {
        match &self.shelf {
            Backend::Database(database) => database.ended(),
            Backend::Memory(_) => oneshot::channel().1,
        }
    }

    /// Name of the database, also of one that is lost; empty where there never was one.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Reads everything. A first opening takes `new_replica` as its identity.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn load(&self, new_replica: ReplicaId) -> Result<Loaded, StoreError> {
        match &self.shelf {
            Backend::Database(database) => apply::load(database, new_replica).await,
            Backend::Memory(memory) => Ok(memory.borrow().load()),
        }
    }

    /// Cursors and identity, without the records.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn position(&self) -> Result<(Vec<Cursor>, Meta), StoreError> {
        match &self.shelf {
            Backend::Database(database) => apply::position(database).await,
            Backend::Memory(memory) => {
                let loaded = memory.borrow().load();
                Ok((loaded.cursors, loaded.meta))
            }
        }
    }

    /// Takes the next number and stores the command, durably; the returned envelope was read back.
    ///
    /// # Errors
    /// `Absent` in memory, else see [`StoreError`].
    pub async fn enqueue(&self, draft: UnnumberedCommand) -> Result<Envelope, StoreError> {
        match &self.shelf {
            Backend::Database(database) => outbox::enqueue(database, draft).await,
            Backend::Memory(_) => Err(StoreError::Absent),
        }
    }

    /// The commands on their way, in number order.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn outbox(&self) -> Result<Vec<Envelope>, StoreError> {
        match &self.shelf {
            Backend::Database(database) => outbox::read(database).await,
            Backend::Memory(memory) => Ok(memory.borrow().load().outbox),
        }
    }

    /// Puts back what a page knows and the database does not.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn restore(&self, work: Work, new_replica: ReplicaId) -> Result<(), StoreError> {
        match &self.shelf {
            Backend::Database(database) => restore::restore(database, work, new_replica).await,
            Backend::Memory(_) => Ok(()),
        }
    }

    /// The commands on their way, in number order; those `batch` chooses of them cannot be taken back any more.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn take_outbox(&self, batch: impl Fn(&[Envelope]) -> Vec<Envelope>) -> Result<Vec<Envelope>, StoreError> {
        match &self.shelf {
            Backend::Database(database) => outbox::take(database, batch).await,
            Backend::Memory(memory) => Ok(memory.borrow().load().outbox),
        }
    }

    /// Takes back a command. Where it may have left, a word to the server takes its place and `then` follows it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn withdraw(&self, uuid: CommandId, then: Option<UnnumberedCommand>) -> Result<Withdrawal, StoreError> {
        match &self.shelf {
            Backend::Database(database) => outbox::withdraw(database, uuid, then).await,
            Backend::Memory(_) => Ok(Withdrawal::TooLate),
        }
    }

    /// Pages, cursors, outcomes and clocks of one exchange, all or nothing.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn apply(&self, applied: Applied) -> Result<(), StoreError> {
        match &self.shelf {
            Backend::Database(database) => apply::apply(database, applied).await,
            Backend::Memory(memory) => {
                memory.borrow_mut().apply(applied);
                Ok(())
            }
        }
    }

    /// Gives all waiting commands new numbers from 1 under a new replica id; the uuids stay.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn renumber(&self, replica: ReplicaId) -> Result<(), StoreError> {
        match &self.shelf {
            Backend::Database(database) => outbox::renumber(database, replica).await,
            Backend::Memory(memory) => {
                memory.borrow_mut().renumber(replica);
                Ok(())
            }
        }
    }

    /// Adds an outcome that came outside of a sync, or marks a known one as seen by a person.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn put_answered(&self, answered: Answered) -> Result<(), StoreError> {
        self.apply(Applied { answered: vec![answered], ..Applied::default() }).await
    }

    /// An outcome of the recent ones.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn answered(&self, uuid: CommandId) -> Result<Option<Answered>, StoreError> {
        match &self.shelf {
            Backend::Database(database) => outbox::answered(database, uuid).await,
            Backend::Memory(memory) => Ok(memory.borrow().load().answered.into_iter().find(|answered| answered.envelope.uuid == uuid)),
        }
    }

    /// Forgets outcomes older than seven days.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn forget_old(&self, now: Timestamp) -> Result<(), StoreError> {
        match &self.shelf {
            Backend::Database(database) => apply::forget_old(database, now).await,
            Backend::Memory(_) => Ok(()),
        }
    }

    /// Closes; other tabs may then delete or upgrade.
    pub fn close(&self) {
        if let Backend::Database(database) = &self.shelf {
            database.close();
        }
    }

    /// Deletes a database with everything in it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn delete(name: &str) -> Result<(), StoreError> {
        idb::delete(name).await
    }
}
