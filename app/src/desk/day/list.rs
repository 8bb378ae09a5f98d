//! The visits of some days, one below the other. Pure.

use shared::sort;
use shared::time::{LocalDate, Timestamp};

use super::boxes;
use crate::components::status::Status;
use crate::desk::business_day;
use crate::desk::day::board_box::{BoxKey, Marks};
use crate::desk::day::query::DayQuery;

/// One visit, or the part of it that one person does.
#[derive(Clone, Debug, PartialEq)]
pub struct ListEntry {
    /// The record.
    pub key: BoxKey,
    /// On which business day.
    pub date: LocalDate,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// Name of the guest; `None` for one without.
    pub who: Option<String>,
    /// Services.
    pub what: String,
    /// Who does it, or where it is.
    pub column: String,
    /// Colour, icon and word.
    pub status: Status,
    /// Small signs.
    pub marks: Marks,
}

/// The visits of so many days from the query's on, by start; not of those in `hidden`.
#[must_use]
pub fn day_list(query: &DayQuery<'_>, days: i32, hidden: &[shared::id::ResourceId]) -> Vec<ListEntry> {
    let mut found = Vec::new();
    for date in (0..days).map(|day| query.date.plus_days(day)) {
        let of_day = DayQuery { date, ..*query };
        let own = boxes::pieces(&of_day).into_iter().filter(|piece| matches!(piece.key, BoxKey::Visit(..)));
        // What goes on beyond the day is told once.
        let own = own.filter(|piece| business_day::day_of(query.store, piece.range.start) == date);
        let shown = own.filter(|piece| piece.whose.is_none_or(|whose| !hidden.contains(&whose)));
        found.extend(shown.map(|piece| ListEntry {
            key: piece.key,
            date,
            starts_at: piece.range.start,
            ends_at: piece.range.end,
            who: piece.who,
            what: piece.what,
            column: piece.whose.map(|whose| crate::desk::words::resource_name(query.view, whose)).unwrap_or_default(),
            status: piece.status,
            marks: piece.marks,
        }));
    }
    sort::sort_by_key(&mut found, |entry| (entry.starts_at, entry.key));
    found
}
