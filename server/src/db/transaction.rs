//! The one place where transactions begin. Each runs in a task of its own, because a future that is dropped while it waits for `begin`
//! gives its connection back to the pool inside a transaction: a request ends with its client, a transaction does not.

use futures_util::future::BoxFuture;
use sqlx::pool::PoolConnection;
use sqlx::{Connection, PgConnection, PgPool, Postgres};

/// Runs `work` in a transaction that is committed when it succeeds and rolled back when it fails. It runs to its end even if the
/// caller is dropped.
///
/// # Errors
/// Of the work, or of the database.
pub async fn transaction<T, E>(
    pool: &PgPool,
    work: impl for<'c> FnOnce(&'c mut PgConnection) -> BoxFuture<'c, Result<T, E>> + Send + 'static,
) -> Result<T, E>
where
    T: Send + 'static,
    E: From<sqlx::Error> + Send + 'static,
{
    in_own_task(pool, "begin", work).await
}

/// The same for work that only reads, and sees everything as it was at one moment.
///
/// # Errors
/// Of the work, or of the database.
pub async fn snapshot<T, E>(
    pool: &PgPool,
    work: impl for<'c> FnOnce(&'c mut PgConnection) -> BoxFuture<'c, Result<T, E>> + Send + 'static,
) -> Result<T, E>
where
    T: Send + 'static,
    E: From<sqlx::Error> + Send + 'static,
{
    in_own_task(pool, "begin isolation level repeatable read read only", work).await
}

async fn in_own_task<T, E>(
    pool: &PgPool,
    begin: &'static str,
    work: impl for<'c> FnOnce(&'c mut PgConnection) -> BoxFuture<'c, Result<T, E>> + Send + 'static,
) -> Result<T, E>
where
    T: Send + 'static,
    E: From<sqlx::Error> + Send + 'static,
{
    let pool = pool.clone();
    let task = tokio::spawn(async move {
        let mut lease = Lease { connection: pool.acquire().await?, is_clean: false };
        lease.run(begin, work).await
    });
    match task.await.map_err(tokio::task::JoinError::try_into_panic) {
        Ok(outcome) => outcome,
        Err(Ok(cause)) => std::panic::resume_unwind(cause),
        // Nobody aborts these tasks; only the end of the program does.
        Err(Err(_ended)) => Err(sqlx::Error::PoolClosed.into()),
    }
}

/// A connection that goes back to the pool only after its transaction has ended in order; otherwise it is closed.
struct Lease {
    connection: PoolConnection<Postgres>,
    is_clean: bool,
}

impl Lease {
    async fn run<T, E: From<sqlx::Error>>(
        &mut self,
        begin: &'static str,
        work: impl for<'c> FnOnce(&'c mut PgConnection) -> BoxFuture<'c, Result<T, E>>,
    ) -> Result<T, E> {
        let mut transaction = self.connection.begin_with(begin).await?;
        let outcome = work(&mut transaction).await;
        if outcome.is_ok() {
            transaction.commit().await?;
            self.is_clean = true;
        } else {
            // The reason of the work counts more than a rollback that did not come through.
            self.is_clean = transaction.rollback().await.is_ok();
        }
        outcome
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if !self.is_clean {
            self.connection.close_on_drop();
        }
    }
}
