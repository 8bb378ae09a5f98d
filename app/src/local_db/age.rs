//! How long answers are kept.

use shared::time::Timestamp;

use crate::local_db::rows::Answered;

/// How long and how many recent outcomes are kept: seven days, so that a restored server can be told again.
pub(crate) const ANSWERED_KEPT_MILLISECONDS: i64 = 7 * 24 * 60 * 60 * 1000;

/// Whether an outcome is old enough to be forgotten.
pub(crate) fn is_old(answered: &Answered, now: Timestamp) -> bool {
    now.0.saturating_sub(answered.at.0) > ANSWERED_KEPT_MILLISECONDS
}
