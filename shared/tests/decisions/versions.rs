//! A field more: what an outbox of last year says is still understood, and an older app is told what it can read. The forms here are copies
//! of real ones, so that the real ones can stay at their first version.

use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;
use shared::booking::CancelledBy;
use shared::command::Cancel;
use shared::id::{BookingId, StaffId, StoreId};
use shared::noun::{Newest, RecordKind};
use shared::record::{Received, Record, WireRecord};
use shared::staff::Gender;
use shared::time::Timestamp;
use shared::versioned::Versioned;

use super::golden::{golden, records};
use super::salon::*;

/// `Cancel` as it would be with a field more: by when the store was told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct CancelTold {
    store: StoreId,
    booking: BookingId,
    by: CancelledBy,
    reason: String,
    told_at: Option<Timestamp>,
}

impl Versioned for CancelTold {
    const VERSION: u8 = 2;

    fn upcast(version: u8, bytes: &[u8]) -> Option<Self> {
        let Cancel { store, booking, by, reason } = Cancel::open(version, bytes)?;
        Some(CancelTold { store, booking, by, reason: reason.0, told_at: None })
    }
}

/// A staff member as an older program knows them, and as a newer one does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Person {
    id: StaffId,
    name: String,
}

impl Versioned for Person {}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct PersonWithGender {
    id: StaffId,
    name: String,
    gender: Option<Gender>,
}

impl Versioned for PersonWithGender {
    const VERSION: u8 = 2;

    fn upcast(version: u8, bytes: &[u8]) -> Option<Self> {
        let Person { id, name } = Person::open(version, bytes)?;
        Some(PersonWithGender { id, name, gender: None })
    }

    fn downcast(&self, version: u8) -> Option<Vec<u8>> {
        let person = Person { id: self.id, name: self.name.clone() };
        // Nobody may be shown as somebody else: an older app would call them by a name alone, and that is still true.
        Some(person.pack(version)?.1)
    }
}

#[test]
fn a_new_server_understands_the_outbox_of_an_old_app() {
    let old = Cancel { store: STORE, booking: booking_id(1), by: CancelledBy::Member, reason: "感冒了".into() };
    let (version, bytes) = old.pack(1).unwrap();
    golden("versions/cancel.v1.bin", &bytes);
    let new = CancelTold::open(version, &bytes).unwrap();
    assert_eq!(new, CancelTold { store: STORE, booking: booking_id(1), by: CancelledBy::Member, reason: "感冒了".into(), told_at: None });
    let (version, bytes) = CancelTold { told_at: Some(at(9, 0)), ..new }.pack(2).unwrap();
    golden("versions/cancel.v2.bin", &bytes);
    assert_eq!((version, CancelTold::open(2, &bytes).unwrap().told_at), (2, Some(at(9, 0))));
    assert_eq!(Cancel::open(version, &bytes), None, "an older server sets it aside instead of guessing");
}

#[test]
fn a_new_server_tells_an_old_app_what_it_can_read() {
    let becky = PersonWithGender { id: BECKY, name: "Becky".into(), gender: Some(Gender::Female) };
    let (version, bytes) = becky.pack(1).unwrap();
    golden("versions/person.v1.bin", &bytes);
    assert_eq!((version, Person::open(1, &bytes)), (1, Some(Person { id: BECKY, name: "Becky".into() })));
    let (version, bytes) = becky.pack(7).unwrap();
    golden("versions/person.v2.bin", &bytes);
    assert_eq!((version, PersonWithGender::open(2, &bytes)), (2, Some(becky)), "no newer than it is");
}

#[test]
fn an_app_skips_records_of_kinds_and_versions_that_it_does_not_know() {
    let store: Record = Salon::open().view.catalogue.stores[&STORE].clone().into();
    let wired = WireRecord::from(store.clone());
    assert_eq!(wired.open(), Received::Record(store));
    let mut unknown = wired.clone();
    unknown.key.kind = RecordKind(999);
    assert_eq!(unknown.open(), Received::Unknown);
    assert_eq!(WireRecord { version: 2, ..wired.clone() }.open(), Received::Unknown);
    assert_eq!(WireRecord::gone(wired.key).open(), Received::Gone(wired.key));
    let announced = [Newest { kind: 1, version: 1 }];
    assert_eq!(Newest::find(&announced, wired.key.kind), Some(1));
    assert_eq!(Newest::find(&announced, RecordKind(9)), None);
    assert_eq!(shared::command::Command::from_payload(999, 1, &[]).map(drop).unwrap_err().to_string(), "unknown kind 999 version 1");
}

/// A value in which every record and part of one says more than this program knows.
fn of_a_newer_program(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.values_mut().for_each(of_a_newer_program);
            // An object with one field may be a choice between several: a newer choice is nothing that can be passed over.
            if fields.len() > 1 {
                fields.insert("fragrance".to_owned(), "jasmine".into());
            }
        }
        Value::Array(values) => values.iter_mut().for_each(of_a_newer_program),
        _ => {}
    }
}

#[test]
fn what_a_newer_program_stored_is_read_as_far_as_it_is_known() {
    for record in records() {
        let kind = record.key().kind;
        let mut stored = serde_json::to_value(Stored(&record)).unwrap();
        of_a_newer_program(&mut stored);
        assert!(stored.to_string().contains("jasmine"), "{kind:?}");
        assert_eq!(Record::read(kind, stored).unwrap(), Some(record));
    }
}

/// A record as it is stored: without the name of its kind.
struct Stored<'a>(&'a Record);

impl Serialize for Stored<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}
