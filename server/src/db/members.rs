//! Members. Contact, notes, allergies and profile are sealed as one; the rest of the record is readable.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use shared::id::AccountId;
use shared::member::{Contact, Group, Member, Profile};
use shared::phone::Phone;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::fault;
use crate::sealed::Sealer;

/// What of a member is sealed.
#[derive(Serialize, Deserialize)]
struct Personal {
    contact: Group<Contact>,
    notes: Group<String>,
    allergies: Group<String>,
    profile: Group<Profile>,
    #[serde(default)]
    verified: Option<Contact>,
}

struct Row {
    id: Uuid,
    sealed: Vec<u8>,
    record: Json<Member>,
}

impl Row {
    fn open(self, sealer: &Sealer) -> sqlx::Result<Member> {
        let personal: Personal = sealer.open_json(self.id, &self.sealed).map_err(fault)?;
        let Personal { contact, notes, allergies, profile, verified } = personal;
        Ok(Member { contact, notes, allergies, profile, verified, ..self.record.0 })
    }
}

fn split(member: &Member) -> (Personal, Member) {
    let personal = Personal {
        contact: member.contact.clone(),
        notes: member.notes.clone(),
        allergies: member.allergies.clone(),
        profile: member.profile.clone(),
        verified: member.verified.clone(),
    };
    let rest = Member {
        contact: Group::new(Contact::default()),
        notes: Group::new(String::new()),
        allergies: Group::new(String::new()),
        profile: Group::new(Profile::default()),
        verified: None,
        ..member.clone()
    };
    (personal, rest)
}

/// Locks members in the order of their ids; those that do not exist yet are left out.
pub(crate) async fn lock(connection: &mut PgConnection, ids: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query!("select id from members where id = any($1) order by id for no key update", ids).fetch_all(connection).await.map(drop)
}

/// Members by id, in no order.
pub async fn by_ids(connection: &mut PgConnection, sealer: &Sealer, ids: &[Uuid]) -> sqlx::Result<Vec<Member>> {
    let rows = sqlx::query_as!(Row, r#"select id, sealed, record as "record: Json<Member>" from members where id = any($1)"#, ids);
    rows.fetch_all(connection).await?.into_iter().map(|row| row.open(sealer)).collect()
}

/// Members who have verified one of these numbers, in no order; locked, because what is decided about them must still hold afterwards.
pub(crate) async fn with_verified(connection: &mut PgConnection, sealer: &Sealer, numbers: &BTreeSet<Phone>) -> sqlx::Result<Vec<Member>> {
    let indexes: Vec<Vec<u8>> = numbers.iter().map(|number| sealer.phone_index(number)).collect();
    let rows = sqlx::query_as!(
        Row,
        r#"select id, sealed, record as "record: Json<Member>" from members where verified_index = any($1) order by id for no key update"#,
        &indexes
    );
    rows.fetch_all(connection).await?.into_iter().map(|row| row.open(sealer)).collect()
}

/// The number an account signs in with; `None` when there is no such account.
pub(crate) async fn phone_of_account(connection: &mut PgConnection, sealer: &Sealer, account: AccountId) -> sqlx::Result<Option<Phone>> {
    let sealed = sqlx::query_scalar!("select phone_sealed from accounts where id = $1", account.0).fetch_optional(connection).await?;
    let Some(sealed) = sealed else { return Ok(None) };
    let number = sealer.open(account.0, &sealed).map_err(fault)?;
    Ok(Phone::from_e164(&String::from_utf8_lossy(&number)).ok())
}

/// How many people accounts have registered. The accounts stay locked until the end of the transaction: two devices do not register
/// one more each.
pub(crate) async fn people_of(connection: &mut PgConnection, accounts: &[AccountId]) -> sqlx::Result<BTreeMap<AccountId, usize>> {
    let ids: Vec<Uuid> = accounts.iter().map(|account| account.0).collect();
    sqlx::query!("select id from accounts where id = any($1) order by id for no key update", &ids).fetch_all(&mut *connection).await?;
    let rows = sqlx::query!(
        r#"select account_id as "account!", count(*) as "people!" from members where account_id = any($1) group by account_id"#,
        &ids
    );
    let rows = rows.fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| (AccountId(row.account), usize::try_from(row.people).unwrap_or(usize::MAX))).collect())
}

/// Inserts or replaces members.
pub(crate) async fn save(connection: &mut PgConnection, sealer: &Sealer, members: &[&Member]) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = members.iter().map(|member| member.id.0).collect();
    let accounts: Vec<Option<Uuid>> = members.iter().map(|member| member.account.map(|account| account.0)).collect();
    let names: Vec<String> = members.iter().map(|member| member.name.value.clone()).collect();
    let index = |contact: &Contact| contact.phone.as_ref().map(|phone| sealer.phone_index(phone));
    let typed: Vec<Option<Vec<u8>>> = members.iter().map(|member| index(&member.contact.value)).collect();
    let verified: Vec<Option<Vec<u8>>> = members.iter().map(|member| member.verified.as_ref().and_then(index)).collect();
    let tail = |member: &&Member| member.number().phone.as_ref().map(|phone| sealer.tail_index(phone.tail()));
    let tails: Vec<Option<Vec<u8>>> = members.iter().map(tail).collect();
    let (personal, rest): (Vec<Personal>, Vec<Member>) = members.iter().map(|member| split(member)).unzip();
    let sealed: Vec<Vec<u8>> = ids.iter().zip(&personal).map(|(id, personal)| sealer.seal_json(*id, personal)).collect();
    let records: Vec<Json<Member>> = rest.into_iter().map(Json).collect();
    sqlx::query!(
        "insert into members (id, account_id, name, phone_index, verified_index, tail_index, sealed, record)
         select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[], $5::bytea[], $6::bytea[], $7::bytea[], $8::jsonb[])
         on conflict (id) do update set account_id = excluded.account_id, name = excluded.name, phone_index = excluded.phone_index,
             verified_index = excluded.verified_index, tail_index = excluded.tail_index, sealed = excluded.sealed,
             record = excluded.record",
        &ids,
        &accounts as &[Option<Uuid>],
        &names,
        &typed as &[Option<Vec<u8>>],
        &verified as &[Option<Vec<u8>>],
        &tails as &[Option<Vec<u8>>],
        &sealed,
        &records as &[Json<Member>]
    )
    .execute(&mut *connection)
    .await?;
    save_stores(connection, members).await
}

async fn save_stores(connection: &mut PgConnection, members: &[&Member]) -> sqlx::Result<()> {
    let pairs = members.iter().flat_map(|member| member.stores.iter().map(|store| (store.0, member.id.0)));
    let (stores, ids): (Vec<Uuid>, Vec<Uuid>) = pairs.unzip();
    sqlx::query!(
        "insert into member_stores (store_id, member_id) select * from unnest($1::uuid[], $2::uuid[]) on conflict do nothing",
        &stores,
        &ids
    )
    .execute(connection)
    .await
    .map(drop)
}
