//! Every command with its outcome: what answers a command sent twice, the audit, and the decision log.

use std::collections::BTreeMap;

use shared::id::CommandId;
use shared::sync::Outcome;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// One entry of the log.
#[derive(Clone, Debug)]
pub struct Entry {
    /// See [`crate::identity::principal_name`].
    pub principal: String,
    /// Command.
    pub uuid: Uuid,
    /// Replica; nil when sent directly without one.
    pub replica: Uuid,
    /// Number on the replica; 0 when sent directly.
    pub number: i64,
    /// Kind on the wire.
    pub kind: i16,
    /// Version on the wire.
    pub version: i16,
    /// Name of the kind, where it could be read.
    pub name: Option<String>,
    /// The staff member who claimed it.
    pub staff: Option<Uuid>,
    /// Channel.
    pub channel: String,
    /// Store.
    pub store: Option<Uuid>,
    /// Corrected stamp.
    pub given_at: i64,
    /// When it was decided.
    pub decided_at: i64,
    /// What the device had seen.
    pub base: i64,
    /// Outcome.
    pub outcome: Outcome,
    /// Step of the ladder that decided.
    pub step: Option<String>,
    /// The command without personal data.
    pub payload: Option<serde_json::Value>,
    /// Its personal data, sealed.
    pub personal: Option<Vec<u8>>,
}

/// Outcomes by principal and id.
pub type Known = BTreeMap<(String, CommandId), Outcome>;

/// Outcomes of commands that were decided before.
pub async fn outcomes(connection: &mut PgConnection, asked: &[(&str, Uuid)]) -> sqlx::Result<Known> {
    let (principals, uuids): (Vec<String>, Vec<Uuid>) = asked.iter().map(|(principal, uuid)| ((*principal).to_owned(), *uuid)).unzip();
    let rows = sqlx::query!(
        r#"select principal, uuid, outcome as "outcome: Json<Outcome>" from commands
           where (principal, uuid) in (select * from unnest($1::text[], $2::uuid[]))"#,
        &principals,
        &uuids
    );
    Ok(rows.fetch_all(connection).await?.into_iter().map(|row| ((row.principal, CommandId(row.uuid)), row.outcome.0)).collect())
}

/// Writes entries.
pub(crate) async fn save(connection: &mut PgConnection, entries: &[Entry]) -> sqlx::Result<()> {
    let uuids = |of: fn(&Entry) -> Uuid| entries.iter().map(of).collect::<Vec<Uuid>>();
    let maybe_uuids = |of: fn(&Entry) -> Option<Uuid>| entries.iter().map(of).collect::<Vec<Option<Uuid>>>();
    let numbers = |of: fn(&Entry) -> i64| entries.iter().map(of).collect::<Vec<i64>>();
    let small = |of: fn(&Entry) -> i16| entries.iter().map(of).collect::<Vec<i16>>();
    let texts = |of: fn(&Entry) -> String| entries.iter().map(of).collect::<Vec<String>>();
    let maybe_texts = |of: fn(&Entry) -> Option<String>| entries.iter().map(of).collect::<Vec<Option<String>>>();
    let applied: Vec<bool> = entries.iter().map(|entry| entry.outcome == Outcome::Applied).collect();
    let outcomes: Vec<Json<&Outcome>> = entries.iter().map(|entry| Json(&entry.outcome)).collect();
    let payloads: Vec<Option<serde_json::Value>> = entries.iter().map(|entry| entry.payload.clone()).collect();
    let personal: Vec<Option<Vec<u8>>> = entries.iter().map(|entry| entry.personal.clone()).collect();
    sqlx::query!(
        "insert into commands (principal, uuid, replica_id, number, kind, version, name, staff_id, channel, store_id, given_at,
             decided_at, base, applied, refusal, step, outcome, payload, personal_sealed)
         select * from unnest($1::text[], $2::uuid[], $3::uuid[], $4::bigint[], $5::smallint[], $6::smallint[], $7::text[], $8::uuid[],
             $9::text[], $10::uuid[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bool[], $15::text[], $16::text[], $17::jsonb[],
             $18::jsonb[], $19::bytea[])",
        &texts(|entry| entry.principal.clone()),
        &uuids(|entry| entry.uuid),
        &uuids(|entry| entry.replica),
        &numbers(|entry| entry.number),
        &small(|entry| entry.kind),
        &small(|entry| entry.version),
        &maybe_texts(|entry| entry.name.clone()) as &[Option<String>],
        &maybe_uuids(|entry| entry.staff) as &[Option<Uuid>],
        &texts(|entry| entry.channel.clone()),
        &maybe_uuids(|entry| entry.store) as &[Option<Uuid>],
        &numbers(|entry| entry.given_at),
        &numbers(|entry| entry.decided_at),
        &numbers(|entry| entry.base),
        &applied,
        &maybe_texts(|entry| refusal_code(&entry.outcome)) as &[Option<String>],
        &maybe_texts(|entry| entry.step.clone()) as &[Option<String>],
        &outcomes as &[Json<&Outcome>],
        &payloads as &[Option<serde_json::Value>],
        &personal as &[Option<Vec<u8>>]
    )
    .execute(connection)
    .await
    .map(drop)
}

fn refusal_code(outcome: &Outcome) -> Option<String> {
    match outcome {
        Outcome::Refused { refusal, .. } => Some(refusal.code().to_owned()),
        Outcome::Unreadable => Some("unreadable".to_owned()),
        Outcome::Poison => Some("poison".to_owned()),
        Outcome::Applied | Outcome::Withdrawn => None,
    }
}
