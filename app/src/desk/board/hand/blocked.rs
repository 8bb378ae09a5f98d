//! Why something cannot be put there, in words.

use shared::refusal::Refusal;

use crate::desk::words::visit_words;
use crate::desk::workbench::Workbench;
use crate::i18n;

/// Tracked: who is in the way by name; any other rule in its own words.
pub fn blocked_words(bench: Workbench, why: &Refusal) -> String {
    let (Refusal::TimeTaken { by } | Refusal::NeedsOverride { over: by }) = why else { return (i18n::refusals().refusal)(why) };
    let (view, today) = (bench.replica.view(), bench.calendar_date());
    let others: Vec<String> = by.iter().filter_map(|id| visit_words(&view, view.bookings.get(id)?, today)).collect();
    if others.is_empty() { (i18n::refusals().refusal)(why) } else { (i18n::desk().change.in_the_way)(&others.join("；")) }
}
