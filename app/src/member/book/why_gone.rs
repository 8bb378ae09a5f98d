//! Why a time that was chosen can no longer be had.

use shared::time::Timestamp;
use shared::view::View;

use crate::i18n;
use crate::member::find::Search;
use crate::member::submit::is_gone;

/// Why a time cannot be had, unless somebody else has it.
pub(crate) fn reason(search: &Search, view: &View, start: Timestamp, now: Timestamp) -> Option<String> {
    search.why_not(view, start, now).filter(|refusal| !is_gone(refusal)).map(|refusal| (i18n::refusals().refusal)(&refusal))
}
