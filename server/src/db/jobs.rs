//! What falls due later: written in the transaction of its cause, claimed by a worker, removed when it is done.

use shared::time::Timestamp;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use crate::job::Job;

/// A job to be.
#[derive(Clone, Debug)]
pub struct NewJob {
    job: Job,
    due_at: Timestamp,
}

impl NewJob {
    /// A job that is due at `due_at`.
    #[must_use]
    pub fn new(job: Job, due_at: Timestamp) -> Self {
        NewJob { job, due_at }
    }
}

/// A job that somebody has taken.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// Id.
    pub id: Uuid,
    /// What is to be done, or why nobody can read it.
    pub job: Result<Job, String>,
    /// Attempts including this one.
    pub attempts: i32,
}

/// Puts jobs in; one that waits already stays as it is.
///
/// # Errors
/// Of the database.
pub async fn put(connection: &mut PgConnection, jobs: &[NewJob]) -> sqlx::Result<()> {
    if jobs.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = jobs.iter().map(|new| new.job.id()).collect();
    let kinds: Vec<String> = jobs.iter().map(|new| new.job.kind().to_owned()).collect();
    let abouts: Vec<serde_json::Value> = jobs.iter().map(|new| new.job.about()).collect();
    let due: Vec<i64> = jobs.iter().map(|new| new.due_at.0).collect();
    sqlx::query!(
        "insert into jobs (id, kind, about, due_at) select * from unnest($1::uuid[], $2::text[], $3::jsonb[], $4::bigint[])
         on conflict (id) do nothing",
        &ids,
        &kinds,
        &abouts,
        &due
    )
    .execute(connection)
    .await
    .map(drop)
}

/// Takes up to `most` jobs that are due, the oldest first; nobody else gets them until `claimed_until`. A job whose taker has vanished
/// comes back after that. Kinds of a newer program are left to it.
///
/// # Errors
/// Of the database.
pub async fn claim(db: impl PgExecutor<'_>, now: Timestamp, claimed_until: Timestamp, most: i64) -> sqlx::Result<Vec<Claimed>> {
    let known = Job::KINDS.map(str::to_owned);
    let rows = sqlx::query!(
        "update jobs set attempts = attempts + 1, claimed_until = $2
          where id in (select id from jobs
                        where due_at <= $1 and (claimed_until is null or claimed_until <= $1) and kind = any($4)
                        order by due_at, id limit $3 for update skip locked)
         returning id, kind, about, attempts",
        now.0,
        claimed_until.0,
        most,
        &known
    )
    .fetch_all(db)
    .await?;
    let claimed = rows.into_iter().map(|row| {
        let job = Job::read(&row.kind, row.about).map_err(|error| error.to_string());
        Claimed { id: row.id, job, attempts: row.attempts }
    });
    Ok(claimed.collect())
}

/// They are done.
///
/// # Errors
/// Of the database.
pub async fn done(db: impl PgExecutor<'_>, ids: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query!("delete from jobs where id = any($1)", ids).execute(db).await.map(drop)
}

/// They are due again at `next`: because they come back by themselves, or because of `error`.
///
/// # Errors
/// Of the database.
pub async fn again(db: impl PgExecutor<'_>, ids: &[Uuid], next: Timestamp, error: Option<&str>) -> sqlx::Result<()> {
    sqlx::query!(
        "update jobs set due_at = $2, claimed_until = null, error = $3::text,
                attempts = case when $3::text is null then 0 else attempts end
          where id = any($1)",
        ids,
        next.0,
        error
    )
    .execute(db)
    .await
    .map(drop)
}
