//! What the database says when it is read.

use shared::envelope::Envelope;
use shared::record::Record;
use shared::scope::Scope;
use shared::sync::Cursor;

use crate::local_db::rows::{Answered, Meta};

/// What became of taking a command back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withdrawal {
    /// It never left this device, and never will.
    Done,
    /// It may have left: the server is told, and its word counts.
    Asked,
    /// It has been answered.
    TooLate,
}

/// Everything of a replica, as it stands in the database.
#[derive(Debug, Default)]
pub struct Loaded {
    /// Records with the scope they belong to.
    pub records: Vec<(Scope, Record)>,
    /// Cursors of complete scopes.
    pub cursors: Vec<Cursor>,
    /// Commands on their way, in number order.
    pub outbox: Vec<Envelope>,
    /// The recent outcomes, oldest first.
    pub answered: Vec<Answered>,
    /// Replica id, numbers and clocks.
    pub meta: Meta,
}
