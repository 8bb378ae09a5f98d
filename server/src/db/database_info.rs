//! The database as a whole: how old its server is, who else is in it, whether anything is, and which key it belongs to.

use std::time::Duration;

use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

/// The major version of the server, e.g. 15.
///
/// # Errors
/// Of the database.
pub async fn server_major(connection: &mut PgConnection) -> sqlx::Result<u32> {
    let number = sqlx::query_scalar!(r#"select current_setting('server_version_num')::int as "number!""#);
    Ok(u32::try_from(number.fetch_one(connection).await?).unwrap_or(0) / 10_000)
}

/// Lets Postgres end a transaction of this connection that pauses for longer than `longest`.
///
/// # Errors
/// Of the database.
pub(super) async fn end_when_idle_in_transaction(connection: &mut PgConnection, longest: Duration) -> sqlx::Result<()> {
    let millis = longest.as_millis().to_string();
    sqlx::query_scalar!("select set_config('idle_in_transaction_session_timeout', $1, false)", millis).fetch_one(connection).await.map(drop)
}

/// Whether anything is in it.
///
/// # Errors
/// Of the database.
pub async fn has_tables(connection: &mut PgConnection) -> sqlx::Result<bool> {
    let found = sqlx::query_scalar!(r#"select exists (select 1 from pg_tables where schemaname = 'public') as "found!""#);
    found.fetch_one(connection).await
}

/// The last migration that went through; `None` before the first.
///
/// # Errors
/// Of the database.
pub async fn newest_migration(pool: &PgPool) -> sqlx::Result<Option<i64>> {
    let is_there = sqlx::query_scalar!(r#"select to_regclass('public._sqlx_migrations') is not null as "there!""#);
    if !is_there.fetch_one(pool).await? {
        return Ok(None);
    }
    // Not checked at compile time: the table is the migrator's.
    sqlx::query_scalar("select max(version) from _sqlx_migrations where success").fetch_one(pool).await
}

/// How many others are connected to it.
///
/// # Errors
/// Of the database.
pub async fn others_connected(connection: &mut PgConnection) -> sqlx::Result<i64> {
    // Of other roles' connections one does not see what they are, but that they have a role: Postgres's own workers have none.
    let others = sqlx::query_scalar!(
        r#"select count(*) as "count!" from pg_stat_activity
           where datname = current_database() and pid <> pg_backend_pid() and usesysid is not null
               and coalesce(backend_type, 'client backend') = 'client backend'"#
    );
    others.fetch_one(connection).await
}

/// What was sealed with the key of this database; `None` before the first time.
///
/// # Errors
/// Of the database.
pub async fn key_check(db: impl PgExecutor<'_>) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar!("select key_check from brand").fetch_one(db).await
}

/// Something that was sealed with the key of this database, with the id it is bound to; `None` when nothing is.
///
/// # Errors
/// Of the database.
pub async fn anything_sealed(db: impl PgExecutor<'_>) -> sqlx::Result<Option<(Uuid, Vec<u8>)>> {
    let row = sqlx::query!(
        r#"(select id as "id!", sealed as "sealed!" from members where sealed is not null limit 1)
           union all (select id, phone_sealed from accounts limit 1) limit 1"#
    );
    Ok(row.fetch_optional(db).await?.map(|row| (row.id, row.sealed)))
}

/// Keeps what was sealed with the key, unless something is kept already.
///
/// # Errors
/// Of the database.
pub async fn keep_key_check(db: impl PgExecutor<'_>, sealed: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("update brand set key_check = $1 where key_check is null", sealed).execute(db).await?;
    Ok(())
}
