//! Commands on their way: numbered and stored in one transaction, and "saved" only after reading back. What leaves for the network is
//! marked in a transaction before it does, so that the database decides whether something can still be taken back.

use shared::envelope::{Envelope, Packed};
use shared::id::{CommandId, ReplicaId, StaffId};
use shared::stamp::Stamp;
use shared::time::Timestamp;
use wasm_bindgen::JsValue;

use super::idb::{Database, Transaction};
use super::rows::{Answered, Meta, WORK_VERSION, from_bytes, to_bytes};
use super::schema::{ANSWERED, META, META_KEY, OUTBOX, SENT_KEY};
use crate::local_db::error::StoreError;
use crate::local_db::loaded::Withdrawal;

/// A command before it has a number.
#[derive(Clone, Debug)]
pub struct UnnumberedCommand {
    /// The command.
    pub packed: Packed,
    /// Its id.
    pub uuid: CommandId,
    /// Who claims it on a shared tablet.
    pub actor: Option<StaffId>,
    /// What the device had read of the store's desk scope.
    pub base: u64,
    /// The device's clock.
    pub wall: Timestamp,
}

impl UnnumberedCommand {
    pub(super) fn envelope(&self, number: u64, stamp: Stamp) -> Envelope {
        Envelope::of(self.packed.clone(), number, self.uuid, self.actor, stamp, self.base)
    }
}

pub(super) async fn enqueue(database: &Database, draft: UnnumberedCommand) -> Result<Envelope, StoreError> {
    let transaction = database.write(&[OUTBOX, META])?;
    let meta = read_meta(&transaction).await?.ok_or(StoreError::Lost)?;
    let envelope = append(&transaction, &draft, meta)?;
    transaction.done().await?;
    let transaction = database.read(&[OUTBOX])?;
    let stored = transaction.get(OUTBOX, &number_key(envelope.number)).await?;
    transaction.done().await?;
    let read_back: Option<Envelope> = stored.and_then(|bytes| from_bytes(WORK_VERSION, &bytes));
    if read_back.as_ref() == Some(&envelope) { Ok(envelope) } else { Err(StoreError::Lost) }
}

pub(super) async fn read(database: &Database) -> Result<Vec<Envelope>, StoreError> {
    let transaction = database.read(&[OUTBOX])?;
    let waiting = read_envelopes(&transaction).await?;
    transaction.done().await?;
    Ok(waiting)
}

/// The commands on their way; those that `batch` chooses of them count as sent from now on.
pub(super) async fn take(database: &Database, batch: impl Fn(&[Envelope]) -> Vec<Envelope>) -> Result<Vec<Envelope>, StoreError> {
    let waiting = read(database).await?;
    if waiting.is_empty() {
        return Ok(waiting);
    }
    let transaction = database.write(&[OUTBOX, META])?;
    // Again, within the transaction: meanwhile something may have been taken back.
    let waiting = read_envelopes(&transaction).await?;
    let last = batch(&waiting).iter().map(|envelope| envelope.number).max().unwrap_or(0);
    if last > read_sent(&transaction).await? {
        put_sent(&transaction, last)?;
    }
    transaction.done().await?;
    Ok(waiting)
}

/// Takes back a command. One that was never handed to the network is gone, and whatever came after it moves up, because numbers have no
/// gaps. One that was keeps its place, as a word to the server; `then` follows in case the command was faster.
pub(super) async fn withdraw(database: &Database, uuid: CommandId, then: Option<UnnumberedCommand>) -> Result<Withdrawal, StoreError> {
    let transaction = database.write(&[OUTBOX, META])?;
    let waiting = read_envelopes(&transaction).await?;
    let sent = read_sent(&transaction).await?;
    let meta = read_meta(&transaction).await?.ok_or(StoreError::Lost)?;
    let withdrawal = match waiting.iter().find(|envelope| envelope.uuid == uuid) {
        None => Withdrawal::TooLate,
        Some(envelope) if envelope.number > sent => {
            close_gap(&transaction, &waiting, envelope.number, meta)?;
            Withdrawal::Done
        }
        Some(envelope) => {
            put_envelope(&transaction, &envelope.withdrawn())?;
            if let Some(draft) = then {
                append(&transaction, &draft, meta)?;
            }
            Withdrawal::Asked
        }
    };
    transaction.done().await?;
    Ok(withdrawal)
}

fn close_gap(transaction: &Transaction, waiting: &[Envelope], number: u64, mut meta: Meta) -> Result<(), StoreError> {
    for envelope in waiting.iter().filter(|envelope| envelope.number > number) {
        put_envelope(transaction, &Envelope { number: envelope.number - 1, ..envelope.clone() })?;
    }
    meta.next_number -= 1;
    transaction.delete(OUTBOX, &number_key(meta.next_number))?;
    put_meta(transaction, &meta)
}

/// Takes the next number and writes the command under it.
fn append(transaction: &Transaction, draft: &UnnumberedCommand, mut meta: Meta) -> Result<Envelope, StoreError> {
    let stamp = Stamp::next(meta.last_stamp, draft.wall);
    let envelope = draft.envelope(meta.next_number, stamp);
    meta.next_number += 1;
    meta.last_stamp = stamp;
    put_envelope(transaction, &envelope)?;
    put_meta(transaction, &meta)?;
    Ok(envelope)
}

pub(super) async fn renumber(database: &Database, replica: ReplicaId) -> Result<(), StoreError> {
    let transaction = database.write(&[OUTBOX, META])?;
    let mut meta = read_meta(&transaction).await?.unwrap_or_else(|| Meta::new(replica));
    let waiting = read_envelopes(&transaction).await?;
    transaction.clear(OUTBOX)?;
    meta.replica = replica;
    meta.next_number = 1;
    for mut envelope in waiting {
        envelope.number = meta.next_number;
        meta.next_number += 1;
        put_envelope(&transaction, &envelope)?;
    }
    put_meta(&transaction, &meta)?;
    put_sent(&transaction, 0)?;
    transaction.done().await
}

pub(super) async fn answered(database: &Database, uuid: CommandId) -> Result<Option<Answered>, StoreError> {
    let transaction = database.read(&[ANSWERED])?;
    let row = transaction.get(ANSWERED, &uuid.to_string().into()).await?;
    transaction.done().await?;
    Ok(row.and_then(|bytes| from_bytes(WORK_VERSION, &bytes)))
}

pub(super) async fn read_envelopes(transaction: &Transaction) -> Result<Vec<Envelope>, StoreError> {
    let rows = transaction.all(OUTBOX).await?;
    Ok(rows.iter().filter_map(|bytes| from_bytes(WORK_VERSION, bytes)).collect())
}

pub(super) async fn read_answered(transaction: &Transaction) -> Result<Vec<Answered>, StoreError> {
    Ok(transaction.all(ANSWERED).await?.iter().filter_map(|bytes| from_bytes(WORK_VERSION, bytes)).collect())
}

pub(super) fn put_answered(transaction: &Transaction, answered: &Answered) -> Result<(), StoreError> {
    transaction.put(ANSWERED, &answered.envelope.uuid.to_string().into(), &to_bytes(WORK_VERSION, answered))
}

pub(super) async fn read_meta(transaction: &Transaction) -> Result<Option<Meta>, StoreError> {
    let row = transaction.get(META, &META_KEY.into()).await?;
    Ok(row.and_then(|bytes| from_bytes(WORK_VERSION, &bytes)))
}

pub(super) fn put_meta(transaction: &Transaction, meta: &Meta) -> Result<(), StoreError> {
    transaction.put(META, &META_KEY.into(), &to_bytes(WORK_VERSION, meta))
}

async fn read_sent(transaction: &Transaction) -> Result<u64, StoreError> {
    let row = transaction.get(META, &SENT_KEY.into()).await?;
    Ok(row.and_then(|bytes| from_bytes(WORK_VERSION, &bytes)).unwrap_or(0))
}

pub(super) fn put_sent(transaction: &Transaction, number: u64) -> Result<(), StoreError> {
    transaction.put(META, &SENT_KEY.into(), &to_bytes(WORK_VERSION, &number))
}

pub(super) fn put_envelope(transaction: &Transaction, envelope: &Envelope) -> Result<(), StoreError> {
    transaction.put(OUTBOX, &number_key(envelope.number), &to_bytes(WORK_VERSION, envelope))
}

/// Numbers sort as numbers. A device gives fewer than 2⁵³ commands.
pub(super) fn number_key(number: u64) -> JsValue {
    #[expect(clippy::cast_precision_loss, reason = "exact below 2^53")]
    JsValue::from_f64(number as f64)
}
