//! The outbox of messages: written in the transaction of the change, sent by a worker afterwards.

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
    /// What the words need.
    pub payload: serde_json::Value,
    /// Its person did what it tells.
    pub is_own: bool,
    /// Now.
    pub created_at: i64,
}

/// Puts messages into the outbox, in the language of their account. Beyond `most_an_hour` to one person those about their own deeds stay in
/// the house; how many did. What the store or somebody else did to a visit is always told.
pub(crate) async fn save(connection: &mut PgConnection, messages: &[NewMessage], most_an_hour: u32) -> sqlx::Result<usize> {
    let uuids = |of: fn(&NewMessage) -> Uuid| messages.iter().map(of).collect::<Vec<Uuid>>();
    let maybe = |of: fn(&NewMessage) -> Option<Uuid>| messages.iter().map(of).collect::<Vec<Option<Uuid>>>();
    let texts = |of: fn(&NewMessage) -> String| messages.iter().map(of).collect::<Vec<String>>();
    let payloads: Vec<serde_json::Value> = messages.iter().map(|message| message.payload.clone()).collect();
    let own: Vec<bool> = messages.iter().map(|message| message.is_own).collect();
    let created: Vec<i64> = messages.iter().map(|message| message.created_at).collect();
    let states = sqlx::query_scalar!(
        "insert into messages
             (id, kind, account_id, member_id, store_id, booking_id, language, payload, created_at, next_attempt_at, state)
         select new.id, kind, account_id, member_id, store_id, booking_id, coalesce(accounts.language, 'zh'), payload, new.created_at,
             new.created_at,
             case when is_own and before.count + row_number() over (partition by account_id, member_id order by new.id) > $9
                  then 'withheld' else 'waiting' end
         from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::jsonb[], $8::bigint[], $10::bool[])
             as new(id, kind, account_id, member_id, store_id, booking_id, payload, created_at, is_own)
         left join accounts on accounts.id = new.account_id
         cross join lateral (
             select count(*) from messages m
              where (m.account_id = new.account_id or m.member_id = new.member_id) and m.created_at > new.created_at - 3600000
                and m.kind <> 'code' and m.state <> 'withheld') as before
         returning state",
        &uuids(|message| message.id),
        &texts(|message| message.kind.clone()),
        &maybe(|message| message.account) as &[Option<Uuid>],
        &maybe(|message| message.member) as &[Option<Uuid>],
        &uuids(|message| message.store),
        &uuids(|message| message.booking),
        &payloads,
        &created,
        i64::from(most_an_hour),
        &own
    )
    .fetch_all(connection)
    .await?;
    Ok(states.iter().filter(|state| *state == "withheld").count())
}
