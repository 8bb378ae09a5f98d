//! The outbox of messages: put in with the change, claimed by a worker, sent once in effect.

use shared::id::{AccountId, MemberId};
use shared::name::Language;
use shared::time::Timestamp;
use sqlx::PgExecutor;
use uuid::Uuid;

use super::accounts::{language_name, language_of};

/// A message that somebody has taken to send.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// Id; the idempotency key.
    pub id: Uuid,
    /// `code`, `confirmed`, `displaced` …
    pub kind: String,
    /// To this account …
    pub account: Option<AccountId>,
    /// … or this member …
    pub member: Option<MemberId>,
    /// … or this sealed number.
    pub phone_sealed: Option<Vec<u8>>,
    /// Language.
    pub language: Language,
    /// What it is about.
    pub payload: serde_json::Value,
    /// When it was put in.
    pub created_at: Timestamp,
    /// Attempts including this one.
    pub attempts: i32,
}

/// A message with a one-time code.
#[derive(Clone, Copy, Debug)]
pub struct NewCode<'a> {
    /// Id.
    pub id: Uuid,
    /// The number, sealed with the id.
    pub phone_sealed: &'a [u8],
    /// The code, sealed with the id, as hexadecimal digits.
    pub code_sealed: &'a str,
    /// Language.
    pub language: Language,
}

/// Puts in a one-time code.
///
/// # Errors
/// Of the database.
pub async fn put_code(db: impl PgExecutor<'_>, new: NewCode<'_>, now: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into messages (id, kind, phone, language, payload, created_at, next_attempt_at)
         values ($1, 'code', $2, $3, $4, $5, $5)",
        new.id,
        new.phone_sealed,
        language_name(new.language),
        serde_json::json!({ "code": new.code_sealed }),
        now.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes up to `most` messages that are due, codes before everything else and then the oldest first; nobody else gets them until
/// `claimed_until`. A message whose taker has vanished comes back after that.
///
/// # Errors
/// Of the database.
pub async fn claim(db: impl PgExecutor<'_>, now: Timestamp, claimed_until: Timestamp, most: i64) -> Result<Vec<Claimed>, sqlx::Error> {
    take(db, now, claimed_until, most, false).await
}

/// The same for codes alone: their lane is never full of other messages.
///
/// # Errors
/// Of the database.
pub async fn claim_codes(
    db: impl PgExecutor<'_>,
    now: Timestamp,
    claimed_until: Timestamp,
    most: i64,
) -> Result<Vec<Claimed>, sqlx::Error> {
    take(db, now, claimed_until, most, true).await
}

async fn take(
    db: impl PgExecutor<'_>,
    now: Timestamp,
    claimed_until: Timestamp,
    most: i64,
    only_codes: bool,
) -> Result<Vec<Claimed>, sqlx::Error> {
    let rows = sqlx::query!(
        "update messages set state = 'sending', attempts = attempts + 1, claimed_until = $2
          where id in (select id from messages
                        where state in ('waiting', 'sending') and next_attempt_at <= $1 and (state = 'waiting' or claimed_until <= $1)
                          and (kind = 'code' or not $4)
                        order by kind = 'code' desc, next_attempt_at, id limit $3 for update skip locked)
         returning id, kind, account_id, member_id, phone, language, payload, created_at, attempts",
        now.0,
        claimed_until.0,
        most,
        only_codes,
    )
    .fetch_all(db)
    .await?;
    let mut claimed: Vec<Claimed> = rows
        .into_iter()
        .map(|row| Claimed {
            id: row.id,
            kind: row.kind,
            account: row.account_id.map(AccountId),
            member: row.member_id.map(MemberId),
            phone_sealed: row.phone,
            language: language_of(&row.language),
            payload: row.payload,
            created_at: Timestamp(row.created_at),
            attempts: row.attempts,
        })
        .collect();
    claimed.sort_by_key(|message| (message.kind != "code", message.created_at, message.id));
    Ok(claimed)
}

/// It has left. A code is not kept any longer.
///
/// # Errors
/// Of the database.
pub async fn sent(db: impl PgExecutor<'_>, id: Uuid, now: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update messages set state = 'sent', sent_at = $2, claimed_until = null, error = null,
                payload = case when kind = 'code' then '{}' else payload end
          where id = $1",
        id,
        now.0
    )
    .execute(db)
    .await?;
    Ok(())
}

/// It has not left; another attempt at `next`.
///
/// # Errors
/// Of the database.
pub async fn try_again(db: impl PgExecutor<'_>, id: Uuid, next: Timestamp, error: &str) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update messages set state = 'waiting', next_attempt_at = $2, claimed_until = null, error = $3 where id = $1",
        id,
        next.0,
        error
    )
    .execute(db)
    .await?;
    Ok(())
}

/// It will never leave.
///
/// # Errors
/// Of the database.
pub async fn failed(db: impl PgExecutor<'_>, id: Uuid, error: &str) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update messages set state = 'failed', claimed_until = null, error = $2,
                payload = case when kind = 'code' then '{}' else payload end
          where id = $1",
        id,
        error
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Removes notices that wait, not codes: after loading a demo nobody is to be told.
///
/// # Errors
/// Of the database.
pub async fn forget_waiting(db: impl PgExecutor<'_>) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from messages where state = 'waiting' and kind <> 'code'").execute(db).await?;
    Ok(())
}
