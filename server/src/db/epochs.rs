//! Which life of the database this is: cursors of another one are of no use.

use std::sync::{Mutex, PoisonError};

use shared::id::EpochId;
use shared::time::Timestamp;
use sqlx::PgConnection;

/// An answer is good for so long. Whoever reads meanwhile with the earlier epoch starts afresh when they hear of the new one.
const GOOD_FOR_MILLIS: i64 = 10_000;

/// The epoch as it was read last.
#[derive(Debug, Default)]
pub struct EpochCache(Mutex<Option<(Timestamp, EpochId)>>);

impl EpochCache {
    /// The epoch as of the last few seconds.
    pub(crate) async fn lately(&self, connection: &mut PgConnection, now: Timestamp) -> sqlx::Result<EpochId> {
        let known = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, epoch)) = known.filter(|(read_at, _)| now.0.abs_diff(read_at.0) < GOOD_FOR_MILLIS.unsigned_abs()) {
            return Ok(epoch);
        }
        let epoch = current(connection).await?;
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, epoch));
        Ok(epoch)
    }
}

/// The epoch: another after `restore`, after a recovery to a point in time (a new timeline, from its first checkpoint on), in another
/// cluster, and where the tables were dropped and read back by other means (their numbers change).
async fn current(connection: &mut PgConnection) -> sqlx::Result<EpochId> {
    let epoch = sqlx::query_scalar!(
        r#"select md5(concat_ws('/',
               (select system_identifier from pg_control_system()),
               (select timeline_id from pg_control_checkpoint()),
               'heads'::regclass::oid,
               (select string_agg(id::text, ',' order by at, id) from restores)))::uuid as "epoch!""#
    );
    epoch.fetch_one(connection).await.map(EpochId)
}
