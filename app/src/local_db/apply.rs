//! One exchange, all or nothing; and reading everything back at the start.

use shared::id::{CommandId, ReplicaId};
use shared::record::{Received, Record};
use shared::scope::Scope;
use shared::sort;
use shared::sync::{Cursor, Page};
use shared::time::Timestamp;

use super::idb::{Database, Transaction};
use super::outbox::{number_key, put_answered, put_meta, read_answered, read_envelopes, read_meta};
use super::rows::{
    Answered, CursorRow, Meta, RECORD_VERSION, RecordRow, RecordRowRef, WORK_VERSION, from_bytes, record_key, scope_bounds, to_bytes,
};
use super::schema::{ANSWERED, CURSORS, META, OUTBOX, RECORDS};
use crate::local_db::age::is_old;
use crate::local_db::error::StoreError;
use crate::local_db::loaded::Loaded;
use crate::local_db::reads::reads;

/// What one exchange changes.
#[derive(Clone, Debug, Default)]
pub struct Applied {
    /// Complete pages.
    pub pages: Vec<Page>,
    /// Scopes this session may not read any more.
    pub gone: Vec<Scope>,
    /// Commands with their outcomes: they leave the outbox.
    pub answered: Vec<Answered>,
    /// Measured clock offset and the server's time of the exchange.
    pub clock: Option<(i64, Timestamp)>,
}

pub(super) async fn load(database: &Database, new_replica: ReplicaId) -> Result<Loaded, StoreError> {
    let transaction = database.write(&[RECORDS, CURSORS, OUTBOX, ANSWERED, META])?;
    let meta = match read_meta(&transaction).await? {
        Some(meta) => meta,
        None => first_meta(&transaction, new_replica).await?,
    };
    let rows = transaction.all(RECORDS).await?;
    let records: Vec<RecordRow> = rows.iter().filter_map(|bytes| from_bytes(RECORD_VERSION, bytes)).collect();
    let is_whole = records.len() == rows.len();
    let reads = reads();
    let known = records
        .iter()
        .filter_map(|row| if let Received::Record(record) = reads.open(&row.record) { Some((row.scope, record)) } else { None });
    let is_kept = |(scope, record): &(Scope, Record)| meta.last_sync.is_none_or(|told_at| record.is_kept(*scope, told_at));
    let (kept, old): (Vec<_>, Vec<_>) = known.partition(is_kept);
    let mut cursors = read_cursors(&transaction).await?;
    if !is_whole {
        // Rows of another version, or spoilt ones: fetch everything again.
        transaction.clear(RECORDS)?;
        transaction.clear(CURSORS)?;
        cursors.clear();
    }
    for (scope, record) in old {
        transaction.delete(RECORDS, &record_key(scope, record.key()).into())?;
    }
    let outbox = read_envelopes(&transaction).await?;
    let mut answered = read_answered(&transaction).await?;
    transaction.done().await?;
    sort::sort_by_key(&mut answered, |answered| answered.at);
    let records = if cursors.is_empty() { Vec::new() } else { kept };
    Ok(Loaded { records, cursors, outbox, answered, meta })
}

/// Cursors and identity, without the records.
pub(super) async fn position(database: &Database) -> Result<(Vec<Cursor>, Meta), StoreError> {
    let transaction = database.read(&[CURSORS, META])?;
    let meta = read_meta(&transaction).await?.ok_or(StoreError::Lost)?;
    let cursors = read_cursors(&transaction).await?;
    transaction.done().await?;
    Ok((cursors, meta))
}

/// A new replica; or one whose row was lost while its commands were not.
async fn first_meta(transaction: &Transaction, replica: ReplicaId) -> Result<Meta, StoreError> {
    let last = read_envelopes(transaction).await?.last().map_or(0, |envelope| envelope.number);
    let meta = Meta { next_number: last + 1, ..Meta::new(replica) };
    put_meta(transaction, &meta)?;
    Ok(meta)
}

pub(super) async fn apply(database: &Database, applied: Applied) -> Result<(), StoreError> {
    let transaction = database.write(&[RECORDS, CURSORS, OUTBOX, ANSWERED, META])?;
    // Reads first: they keep the transaction alive, writes need no waiting.
    let meta = read_meta(&transaction).await?;
    let waiting = if applied.answered.is_empty() { Vec::new() } else { read_envelopes(&transaction).await? };
    let cursors = if applied.pages.is_empty() { Vec::new() } else { read_cursors(&transaction).await? };
    for scope in &applied.gone {
        drop_scope(&transaction, *scope)?;
    }
    let is_overtaken = |page: &Page| {
        !applied.gone.contains(&page.scope) && cursors.iter().any(|cursor| cursor.scope == page.scope && is_older(page, cursor))
    };
    for page in applied.pages.iter().filter(|page| !is_overtaken(page)) {
        put_page(&transaction, page)?;
    }
    for answered in &applied.answered {
        let uuid: CommandId = answered.envelope.uuid;
        for envelope in waiting.iter().filter(|envelope| envelope.uuid == uuid) {
            transaction.delete(OUTBOX, &number_key(envelope.number))?;
        }
        put_answered(&transaction, answered)?;
    }
    if let (Some((offset, now)), Some(mut meta)) = (applied.clock, meta) {
        meta.clock_offset = offset;
        // Whatever came was written before the answer left: what is written here next is later.
        meta.last_stamp = meta.last_stamp.merged(now, offset);
        meta.last_sync = Some(now);
        put_meta(&transaction, &meta)?;
    }
    transaction.done().await
}

/// Whether a page says less than what is kept already: another tab was faster.
pub(crate) fn is_older(page: &Page, kept: &Cursor) -> bool {
    page.grant == kept.grant && page.seq < kept.seq
}

async fn read_cursors(transaction: &Transaction) -> Result<Vec<Cursor>, StoreError> {
    let rows = transaction.all(CURSORS).await?;
    Ok(rows.iter().filter_map(|bytes| from_bytes::<CursorRow>(RECORD_VERSION, bytes)).map(CursorRow::cursor).collect())
}

/// Forgets outcomes nobody needs any more.
pub(super) async fn forget_old(database: &Database, now: Timestamp) -> Result<(), StoreError> {
    let transaction = database.write(&[ANSWERED])?;
    for bytes in transaction.all(ANSWERED).await? {
        let answered: Option<Answered> = from_bytes(WORK_VERSION, &bytes);
        if let Some(answered) = answered.filter(|answered| is_old(answered, now)) {
            transaction.delete(ANSWERED, &answered.envelope.uuid.to_string().into())?;
        }
    }
    transaction.done().await
}

fn drop_scope(transaction: &Transaction, scope: Scope) -> Result<(), StoreError> {
    let (first, last) = scope_bounds(scope);
    transaction.delete_between(RECORDS, &first, &last)?;
    transaction.delete(CURSORS, &scope.to_string().into())
}

fn put_page(transaction: &Transaction, page: &Page) -> Result<(), StoreError> {
    if page.fresh {
        drop_scope(transaction, page.scope)?;
    }
    for record in &page.records {
        let key = record_key(page.scope, record.key).into();
        match record.is_gone() {
            true => transaction.delete(RECORDS, &key)?,
            false => transaction.put(RECORDS, &key, &to_bytes(RECORD_VERSION, &RecordRowRef { scope: page.scope, record }))?,
        }
    }
    transaction.put(CURSORS, &page.scope.to_string().into(), &to_bytes(RECORD_VERSION, &CursorRow::of(page)))
}
