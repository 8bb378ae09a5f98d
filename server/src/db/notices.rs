//! The outbox of messages: written in the transaction of the change, sent by a worker afterwards.

use std::collections::BTreeMap;

use sqlx::PgConnection;
use uuid::Uuid;

/// A message to be.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// Id.
    pub id: Uuid,
    /// What it tells: the name of a notice kind.
    pub kind: String,
    /// To this account …
    pub account: Option<Uuid>,
    /// … or to this member.
    pub member: Option<Uuid>,
    /// Store.
    pub store: Uuid,
    /// Booking.
    pub booking: Uuid,
    /// `zh` or `en`.
    pub language: String,
    /// What the words need.
    pub payload: serde_json::Value,
    /// Now.
    pub created_at: i64,
}

/// Languages of accounts.
pub(crate) async fn languages(connection: &mut PgConnection, accounts: &[Uuid]) -> sqlx::Result<BTreeMap<Uuid, String>> {
    let rows = sqlx::query!("select id, language from accounts where id = any($1)", accounts).fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.language)).collect())
}

/// Puts messages into the outbox.
pub(crate) async fn save(connection: &mut PgConnection, messages: &[NewMessage]) -> sqlx::Result<()> {
    let uuids = |of: fn(&NewMessage) -> Uuid| messages.iter().map(of).collect::<Vec<Uuid>>();
    let maybe = |of: fn(&NewMessage) -> Option<Uuid>| messages.iter().map(of).collect::<Vec<Option<Uuid>>>();
    let texts = |of: fn(&NewMessage) -> String| messages.iter().map(of).collect::<Vec<String>>();
    let payloads: Vec<serde_json::Value> = messages.iter().map(|message| message.payload.clone()).collect();
    let created: Vec<i64> = messages.iter().map(|message| message.created_at).collect();
    sqlx::query!(
        "insert into messages (id, kind, account_id, member_id, store_id, booking_id, language, payload, created_at, next_attempt_at)
         select id, kind, account_id, member_id, store_id, booking_id, language, payload, created_at, created_at
         from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::jsonb[], $9::bigint[])
             as new(id, kind, account_id, member_id, store_id, booking_id, language, payload, created_at)",
        &uuids(|message| message.id),
        &texts(|message| message.kind.clone()),
        &maybe(|message| message.account) as &[Option<Uuid>],
        &maybe(|message| message.member) as &[Option<Uuid>],
        &uuids(|message| message.store),
        &uuids(|message| message.booking),
        &texts(|message| message.language.clone()),
        &payloads,
        &created
    )
    .execute(connection)
    .await
    .map(drop)
}
