//! What a day is built from.

use shared::name::Language;
use shared::store::Store;
use shared::time::{LocalDate, Timestamp};
use shared::view::View;

use crate::desk::columns::Columns;
use crate::desk::day::refused_visits::RefusedVisits;
use crate::desk::day::unsent::Unsent;

/// What a day is built from.
#[derive(Clone, Copy, Debug)]
pub struct DayQuery<'a> {
    /// What is known, predictions included.
    pub view: &'a View,
    /// The store.
    pub store: &'a Store,
    /// Where the store is.
    pub date: LocalDate,
    /// The current minute.
    pub now: Timestamp,
    /// Language of names.
    pub language: Language,
    /// What has not been sent yet.
    pub unsent: &'a Unsent,
    /// What was refused, and nobody has dealt with it.
    pub refused: &'a RefusedVisits,
    /// Whose columns it has.
    pub columns: Columns,
}
