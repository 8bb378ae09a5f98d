//! Members. What is personal is sealed.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::value::RawValue;
use shared::id::AccountId;
use shared::member::{Contact, Member};
use shared::noun::Kind;
use shared::phone::Phone;
use shared::versioned::Versioned;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::fault;
use super::form::{JsonText, Row, split};
use crate::sealed::Sealer;

/// Members by id, in no order.
pub async fn by_ids(connection: &mut PgConnection, sealer: &Sealer, ids: &[Uuid]) -> sqlx::Result<Vec<Member>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select $2::smallint as "kind!", id, record as "record: JsonText", sealed from members where id = any($1)"#,
        ids,
        Member::KIND.number()
    );
    Row::open_all_of(rows.fetch_all(connection).await?, sealer)
}

/// Members by id, and those who have verified one of some numbers: locked in the order of their ids and then read, because what is decided
/// about them must still hold afterwards. Whoever does not exist yet is left out.
pub(crate) async fn lock_and_read(
    connection: &mut PgConnection,
    sealer: &Sealer,
    ids: &[Uuid],
    numbers: &BTreeSet<Phone>,
) -> sqlx::Result<Vec<Member>> {
    if numbers.is_empty() {
        let rows = sqlx::query_as!(
            Row,
            r#"select $2::smallint as "kind!", id, record as "record: JsonText", sealed from members
               where id = any($1) order by id for no key update"#,
            ids,
            Member::KIND.number()
        );
        return Row::open_all_of(rows.fetch_all(connection).await?, sealer);
    }
    let indexes: Vec<Vec<u8>> = numbers.iter().map(|number| sealer.phone_index(number)).collect();
    let rows = sqlx::query_as!(
        Row,
        r#"select $3::smallint as "kind!", id, record as "record: JsonText", sealed from members
           where id = any($1) or verified_index = any($2) order by id for no key update"#,
        ids,
        &indexes,
        Member::KIND.number()
    );
    Row::open_all_of(rows.fetch_all(connection).await?, sealer)
}

/// The name of the person whom an account registered first.
pub(crate) async fn name_of_account(connection: &mut PgConnection, sealer: &Sealer, account: AccountId) -> sqlx::Result<Option<String>> {
    let row = sqlx::query_as!(
        Row,
        r#"select $2::smallint as "kind!", id, record as "record: JsonText", sealed from members
           where account_id = $1 order by id limit 1"#,
        account.0,
        Member::KIND.number()
    );
    let found: Vec<Member> = Row::open_all_of(row.fetch_all(connection).await?, sealer)?;
    Ok(found.into_iter().next().map(|member| member.name.value.0))
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
    let forms = vec![i16::from(Member::VERSION); members.len()];
    let index = |contact: &Contact| contact.phone.as_ref().map(|phone| sealer.phone_index(phone));
    let typed: Vec<Option<Vec<u8>>> = members.iter().map(|member| index(&member.contact.value)).collect();
    let verified: Vec<Option<Vec<u8>>> =
        members.iter().map(|member| member.verified.as_ref().and_then(|verified| index(verified))).collect();
    let tail = |member: &&Member| member.number().phone.as_ref().map(|phone| sealer.tail_index(phone.tail()));
    let tails: Vec<Option<Vec<u8>>> = members.iter().map(tail).collect();
    let split = members.iter().map(|member| split(sealer, member.id.0, member)).collect::<sqlx::Result<Vec<_>>>()?;
    let (records, sealed): (Vec<_>, Vec<_>) = split.into_iter().unzip();
    sqlx::query!(
        "insert into members (id, account_id, form, phone_index, verified_index, tail_index, sealed, record)
         select * from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::bytea[], $5::bytea[], $6::bytea[], $7::bytea[], $8::json[])
         on conflict (id) do update set account_id = excluded.account_id, form = greatest(members.form, excluded.form),
             phone_index = excluded.phone_index, verified_index = excluded.verified_index, tail_index = excluded.tail_index,
             sealed = excluded.sealed,
             record = kept(members.form, excluded.form, members.record, excluded.record,
                 members.sealed)",
        &ids,
        &accounts as &[Option<Uuid>],
        &forms,
        &typed as &[Option<Vec<u8>>],
        &verified as &[Option<Vec<u8>>],
        &tails as &[Option<Vec<u8>>],
        &sealed as &[Option<Vec<u8>>],
        &records as &[Json<Box<RawValue>>]
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
