//! The object stores and what a new schema does to old data.

use web_sys::IdbDatabase;

use crate::local_db::error::StoreError;

/// Version of the layout. Count up when a store is added or keys change; records say their own versions.
pub const SCHEMA: u32 = 6;

/// Cached records; key: scope, kind, id, day.
pub(super) const RECORDS: &str = "records";
/// Cursors of complete scopes; key: scope.
pub(super) const CURSORS: &str = "cursors";
/// Commands on their way; key: number.
pub(super) const OUTBOX: &str = "outbox";
/// Recent outcomes; key: command id.
pub(super) const ANSWERED: &str = "answered";
/// Identity, numbers, clocks; and what was sent.
pub(super) const META: &str = "meta";
/// The key of that row.
pub(super) const META_KEY: &str = "meta";
/// Beside it: the highest number that was ever handed to the network.
pub(super) const SENT_KEY: &str = "sent";

/// What can be fetched again is dropped; what a person did stays.
pub(super) fn upgrade(database: &IdbDatabase) -> Result<(), StoreError> {
    let names = database.object_store_names();
    let exists = |wanted: &str| names.contains(wanted);
    for cache in [RECORDS, CURSORS] {
        if exists(cache) {
            database.delete_object_store(cache).map_err(StoreError::of)?;
        }
        database.create_object_store(cache).map_err(StoreError::of)?;
    }
    for work in [OUTBOX, ANSWERED, META] {
        if !exists(work) {
            database.create_object_store(work).map_err(StoreError::of)?;
        }
    }
    Ok(())
}
