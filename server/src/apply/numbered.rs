//! The sequences at which desks hear of what changed.

use std::collections::BTreeMap;

use shared::id::StoreId;
use shared::noun::RecordKey;

/// The sequences at which the desks hear of what changed.
pub(crate) type Numbered = BTreeMap<(StoreId, RecordKey), u64>;
