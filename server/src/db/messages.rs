//! The outbox of messages: put in with the change they tell about, claimed by a worker, sent once in effect.

use shared::id::{AccountId, MemberId, StoreId};
use shared::name::Language;
use shared::noun::RecordKey;
use shared::time::{DAY, Timestamp};
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use super::accounts::{language_name, language_of};
use crate::template::Template;

/// So long it is known what somebody was told: longer than a year, because what comes round every year is among it.
const KEPT_DAYS: i64 = 400;

/// Whom a message is for.
#[derive(Clone, Debug)]
pub enum Addressee {
    /// An account, in its language.
    Account(AccountId),
    /// A member without an account.
    Member(MemberId),
    /// A number, sealed with the id of the message.
    Number(Vec<u8>),
}

/// A message to be.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// Named by its cause: the same cause makes one message, however often it is put in.
    pub id: Uuid,
    /// What it says.
    pub template: Template,
    /// To whom.
    pub to: Addressee,
    /// `None`: in that of the account.
    pub language: Option<Language>,
    /// Of which store.
    pub store: Option<StoreId>,
    /// About which record.
    pub about: Option<RecordKey>,
    /// What its words need.
    pub facts: serde_json::Value,
    /// Its person did what it tells.
    pub is_own: bool,
    /// Not sent before.
    pub due_at: Timestamp,
    /// Not sent after.
    pub good_until: Option<Timestamp>,
}

/// A message that somebody has taken to send.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// Id; the idempotency key.
    pub id: Uuid,
    /// What it says.
    pub template: Template,
    /// To whom; `None` when nobody is known any more.
    pub to: Option<Addressee>,
    /// Language.
    pub language: Language,
    /// What its words need.
    pub facts: serde_json::Value,
    /// When it was due.
    pub due_at: Timestamp,
    /// Not sent after.
    pub good_until: Option<Timestamp>,
    /// Attempts including this one.
    pub attempts: i32,
}

/// Puts messages in. Beyond `most_an_hour` to one person those about their own deeds stay in the house; how many did. What the store or
/// somebody else did to a visit is always told.
///
/// # Errors
/// Of the database.
pub async fn put(connection: &mut PgConnection, messages: &[NewMessage], now: Timestamp, most_an_hour: u32) -> sqlx::Result<usize> {
    let ids: Vec<Uuid> = messages.iter().map(|message| message.id).collect();
    let templates: Vec<String> = messages.iter().map(|message| message.template.name().to_owned()).collect();
    let urgent: Vec<bool> = messages.iter().map(|message| message.template.is_code()).collect();
    let (mut accounts, mut members, mut phones) = (Vec::new(), Vec::new(), Vec::new());
    for message in messages {
        let to = &message.to;
        accounts.push(if let Addressee::Account(id) = to { Some(id.0) } else { None });
        members.push(if let Addressee::Member(id) = to { Some(id.0) } else { None });
        phones.push(if let Addressee::Number(sealed) = to { Some(sealed.clone()) } else { None });
    }
    let languages: Vec<Option<String>> =
        messages.iter().map(|message| message.language.map(|language| language_name(language).to_owned())).collect();
    let stores: Vec<Option<Uuid>> = messages.iter().map(|message| message.store.map(|store| store.0)).collect();
    let kinds: Vec<Option<i16>> = messages.iter().map(|message| message.about.map(|key| key.kind.number())).collect();
    let abouts: Vec<Option<Uuid>> = messages.iter().map(|message| message.about.map(|key| key.id)).collect();
    let facts: Vec<serde_json::Value> = messages.iter().map(|message| message.facts.clone()).collect();
    let own: Vec<bool> = messages.iter().map(|message| message.is_own).collect();
    let due: Vec<i64> = messages.iter().map(|message| message.due_at.0).collect();
    let good_until: Vec<Option<i64>> = messages.iter().map(|message| message.good_until.map(|until| until.0)).collect();
    let states = sqlx::query_scalar!(
        "insert into messages
             (id, template, urgent, account_id, member_id, phone, store_id, about_kind, about_id, language, facts, created_at, due_at,
              good_until, state)
         select new.id, template, urgent, account_id, member_id, phone, store_id, about_kind, about_id,
             coalesce(new.language, accounts.language, 'zh'), facts, $14::bigint, due_at, good_until,
             case when is_own and before.count + row_number() over (partition by account_id, member_id order by new.id) > $15
                  then 'withheld' else 'waiting' end
         from unnest($1::uuid[], $2::text[], $3::bool[], $4::uuid[], $5::uuid[], $6::bytea[], $7::uuid[], $8::smallint[], $9::uuid[],
                     $10::text[], $11::jsonb[], $12::bigint[], $13::bigint[], $16::bool[])
             as new(id, template, urgent, account_id, member_id, phone, store_id, about_kind, about_id, language, facts, due_at, good_until,
                    is_own)
         left join accounts on accounts.id = new.account_id
         cross join lateral (
             select count(*) from messages m
              where (m.account_id = new.account_id or m.member_id = new.member_id) and m.created_at > $14::bigint - 3600000
                and not m.urgent and m.state <> 'withheld') as before
         on conflict (id) do nothing
         returning state",
        &ids,
        &templates,
        &urgent,
        &accounts as &[Option<Uuid>],
        &members as &[Option<Uuid>],
        &phones as &[Option<Vec<u8>>],
        &stores as &[Option<Uuid>],
        &kinds as &[Option<i16>],
        &abouts as &[Option<Uuid>],
        &languages as &[Option<String>],
        &facts,
        &due,
        &good_until as &[Option<i64>],
        now.0,
        i64::from(most_an_hour),
        &own
    )
    .fetch_all(connection)
    .await?;
    Ok(states.iter().filter(|state| *state == "withheld").count())
}

/// Takes up to `most` messages that are due, urgent ones first and then the oldest; nobody else gets them until `claimed_until`. A message
/// whose taker has vanished comes back after that. Templates of a newer program are left to it.
///
/// # Errors
/// Of the database.
pub async fn claim(db: impl PgExecutor<'_>, now: Timestamp, claimed_until: Timestamp, most: i64) -> sqlx::Result<Vec<Claimed>> {
    take(db, now, claimed_until, most, false).await
}

/// The same for urgent ones alone: their lane is never full of other messages.
///
/// # Errors
/// Of the database.
pub async fn claim_urgent(db: impl PgExecutor<'_>, now: Timestamp, claimed_until: Timestamp, most: i64) -> sqlx::Result<Vec<Claimed>> {
    take(db, now, claimed_until, most, true).await
}

async fn take(
    db: impl PgExecutor<'_>,
    now: Timestamp,
    claimed_until: Timestamp,
    most: i64,
    only_urgent: bool,
) -> sqlx::Result<Vec<Claimed>> {
    let known = Template::ALL.map(|template| template.name().to_owned());
    let rows = sqlx::query!(
        "update messages set state = 'sending', attempts = attempts + 1, claimed_until = $2
          where id in (select id from messages
                        where state in ('waiting', 'sending') and due_at <= $1 and (state = 'waiting' or claimed_until <= $1)
                          and (urgent or not $4) and template = any($5)
                        order by urgent desc, due_at, id limit $3 for update skip locked)
         returning id, template, account_id, member_id, phone, language, facts, due_at, good_until, attempts",
        now.0,
        claimed_until.0,
        most,
        only_urgent,
        &known,
    )
    .fetch_all(db)
    .await?;
    let claimed = rows.into_iter().filter_map(|row| {
        let member = row.member_id.map(|id| Addressee::Member(MemberId(id)));
        let account = row.account_id.map(|id| Addressee::Account(AccountId(id)));
        Some(Claimed {
            id: row.id,
            template: Template::named(&row.template)?,
            to: row.phone.map(Addressee::Number).or(account).or(member),
            language: language_of(&row.language),
            facts: row.facts,
            due_at: Timestamp(row.due_at),
            good_until: row.good_until.map(Timestamp),
            attempts: row.attempts,
        })
    });
    let mut claimed: Vec<Claimed> = claimed.collect();
    claimed.sort_by_key(|message| (!message.template.is_code(), message.due_at, message.id));
    Ok(claimed)
}

/// It has left. A code is not kept any longer.
///
/// # Errors
/// Of the database.
pub async fn sent(db: impl PgExecutor<'_>, id: Uuid, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update messages set state = 'sent', sent_at = $2, claimed_until = null, error = null,
                facts = case when urgent then '{}' else facts end
          where id = $1",
        id,
        now.0
    )
    .execute(db)
    .await
    .map(drop)
}

/// It has not left; another attempt at `next`.
///
/// # Errors
/// Of the database.
pub async fn try_again(db: impl PgExecutor<'_>, id: Uuid, next: Timestamp, error: &str) -> sqlx::Result<()> {
    sqlx::query!("update messages set state = 'waiting', due_at = $2, claimed_until = null, error = $3 where id = $1", id, next.0, error)
        .execute(db)
        .await
        .map(drop)
}

/// It will never leave.
///
/// # Errors
/// Of the database.
pub async fn failed(db: impl PgExecutor<'_>, id: Uuid, error: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update messages set state = 'failed', claimed_until = null, error = $2,
                facts = case when urgent then '{}' else facts end
          where id = $1",
        id,
        error
    )
    .execute(db)
    .await
    .map(drop)
}

/// Removes messages that were settled long ago.
///
/// # Errors
/// Of the database.
pub async fn forget_old(db: impl PgExecutor<'_>, now: Timestamp) -> sqlx::Result<u64> {
    let settled = sqlx::query!(
        "delete from messages where created_at < $1 and state in ('sent', 'failed', 'withheld')",
        now.0.saturating_sub(KEPT_DAYS * DAY)
    );
    Ok(settled.execute(db).await?.rows_affected())
}

/// Removes notices that wait, not codes: after loading a demo nobody is to be told.
///
/// # Errors
/// Of the database.
pub async fn forget_waiting(db: impl PgExecutor<'_>) -> sqlx::Result<()> {
    sqlx::query!("delete from messages where state = 'waiting' and not urgent").execute(db).await.map(drop)
}
