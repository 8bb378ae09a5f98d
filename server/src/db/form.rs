//! Records as they are stored: as JSON, with everything personal taken out and sealed as one, by the place it came from. What is personal
//! says the type (`shared::personal`); a record whose seal is not opened reads as one that says nothing of the person.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};
use shared::noun::RecordKind;
use shared::personal::{MARK, marked, watched};
use shared::record::{InTable, Record};
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgTypeInfo, PgValueRef};
use sqlx::types::Json;
use sqlx::{Decode, Postgres, Type};
use uuid::Uuid;

use super::fault;
use crate::sealed::Sealer;

/// The field in which an older program that wrote over a newer form has kept its seal (`kept` in the migrations).
const KEPT: &str = "$kept";

/// What is in it.
#[derive(Deserialize)]
struct Kept {
    /// What the older program did not know, by its place.
    places: Vec<String>,
    /// In hexadecimal digits.
    seal: String,
}

/// The text of a `json`, which Postgres has checked: it is not looked through before it is read.
#[derive(Debug)]
pub(super) struct JsonText(String);

impl Type<Postgres> for JsonText {
    fn type_info() -> PgTypeInfo {
        PgTypeInfo::with_name("json")
    }
}

impl<'r> Decode<'r, Postgres> for JsonText {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(JsonText(value.as_str()?.to_owned()))
    }
}

/// A row of a table of records.
pub(super) struct Row {
    pub kind: i16,
    pub id: Uuid,
    pub record: JsonText,
    pub sealed: Option<Vec<u8>>,
}

impl Row {
    /// The record; `None` for a kind that this program does not know.
    pub(super) fn open(self, sealer: &Sealer) -> sqlx::Result<Option<Record>> {
        let (kind, text) = (RecordKind::of_number(self.kind), self.record.0.as_str());
        // Of the two searches the first is quick, and nearly always enough.
        if self.sealed.is_none() && !(text.contains('$') && text.contains(KEPT)) {
            return Record::read(kind, &mut serde_json::Deserializer::from_str(text)).map_err(fault);
        }
        let mut record: Value = serde_json::from_str(text).map_err(fault)?;
        if let Some(kept) = record.as_object_mut().and_then(|fields| fields.remove(KEPT)) {
            put_back(&mut record, kept_personal(sealer, self.id, kept)?);
        }
        if let Some(sealed) = self.sealed {
            put_back(&mut record, sealer.open_json(self.id, &sealed).map_err(fault)?);
        }
        Record::read(kind, record).map_err(fault)
    }

    /// The records of rows, as far as this program knows their kinds.
    pub(super) fn open_all(rows: Vec<Self>, sealer: &Sealer) -> sqlx::Result<Vec<Record>> {
        rows.into_iter().filter_map(|row| row.open(sealer).transpose()).collect()
    }

    /// The records of rows of one kind.
    pub(super) fn open_all_of<T: InTable>(rows: Vec<Self>, sealer: &Sealer) -> sqlx::Result<Vec<T>> {
        // Nobody else has them: they are taken out, not copied.
        let only = |record: Record| T::of(&record).cloned();
        Ok(Self::open_all(rows, sealer)?.into_iter().filter_map(only).map(Arc::unwrap_or_clone).collect())
    }
}

/// A record to store: what everybody may read who reads the database, and what is sealed.
pub(super) type Split = (Json<Box<RawValue>>, Option<Vec<u8>>);

/// Splits a record. One that says nothing of a person is written as it is.
pub(super) fn split<T: Serialize>(sealer: &Sealer, owner: Uuid, record: &T) -> sqlx::Result<Split> {
    let (plain, is_personal) = watched(|| to_raw_value(record));
    if !is_personal {
        return Ok((Json(plain.map_err(fault)?), None));
    }
    let mut value = marked(|| serde_json::to_value(record)).map_err(fault)?;
    let sealed = sealer.seal_json(owner, &set_apart(&mut value));
    Ok((Json(to_raw_value(&value).map_err(fault)?), Some(sealed)))
}

/// The same for a record of any kind.
pub(super) fn split_record(sealer: &Sealer, record: &Record) -> sqlx::Result<Split> {
    split(sealer, record.key().id, &Bare(record))
}

/// A record without the name of its kind.
struct Bare<'a>(&'a Record);

impl Serialize for Bare<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

/// Takes what is marked as personal out of a value, by its path.
pub(crate) fn set_apart(value: &mut Value) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    take(value, &mut String::new(), &mut found);
    found
}

fn take(value: &mut Value, path: &mut String, found: &mut BTreeMap<String, Value>) {
    let length = path.len();
    match value {
        Value::Object(fields) if fields.len() == 1 && fields.contains_key(MARK) => {
            found.extend(fields.remove(MARK).map(|personal| (path.clone(), personal)));
            *value = Value::Null;
        }
        Value::Object(fields) => {
            for (name, value) in fields {
                path.push('/');
                path.push_str(name);
                take(value, path, found);
                path.truncate(length);
            }
        }
        Value::Array(values) => {
            for (index, value) in values.iter_mut().enumerate() {
                path.push_str(&format!("/{index}"));
                take(value, path, found);
                path.truncate(length);
            }
        }
        _ => {}
    }
}

/// The personal values that the older program did not know. What it knew, it has written itself or taken away.
fn kept_personal(sealer: &Sealer, owner: Uuid, kept: Value) -> sqlx::Result<BTreeMap<String, Value>> {
    let Kept { places, seal } = serde_json::from_value(kept).map_err(fault)?;
    let mut personal: BTreeMap<String, Value> = sealer.open_json(owner, &hex::decode(seal).map_err(fault)?).map_err(fault)?;
    let is_at_or_below =
        |path: &str, place: &String| path.strip_prefix(place.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    personal.retain(|path, _| places.iter().any(|place| is_at_or_below(path, place)));
    Ok(personal)
}

/// Puts back what was taken out. What has no place any more is left out.
fn put_back(record: &mut Value, personal: BTreeMap<String, Value>) {
    for (path, value) in personal {
        if let Some(place) = record.pointer_mut(&path) {
            *place = value;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_about_the_guest_is_taken_out_by_its_place_and_put_back_there() {
        let visit =
            json!({ "lines": [{ "subject": { "guest": { "name": { MARK: "王" } } }, "service": "x" }], "note": { MARK: "坐轮椅" } });
        let mut stored = visit.clone();
        let personal = set_apart(&mut stored);
        assert_eq!(stored, json!({ "lines": [{ "subject": { "guest": { "name": null } }, "service": "x" }], "note": null }));
        assert_eq!(personal.keys().collect::<Vec<_>>(), ["/lines/0/subject/guest/name", "/note"]);
        put_back(&mut stored, personal);
        assert_eq!(stored, json!({ "lines": [{ "subject": { "guest": { "name": "王" } }, "service": "x" }], "note": "坐轮椅" }));
    }

    #[test]
    fn of_a_newer_seal_only_what_the_older_program_did_not_know_is_read_back() {
        let (sealer, owner) = (Sealer::from_key(&[7; 32]), Uuid::from_u128(1));
        let newer = json!({ "/note": "坐轮椅", "/perfume": "茉莉", "/habits/tea": "龙井", "/perfumery": "x" });
        let seal = hex::encode(sealer.seal_json(owner, &newer));
        let kept = json!({ "places": ["/perfume", "/habits"], "seal": seal });
        let personal = kept_personal(&sealer, owner, kept).expect("it opens");
        let mut record = json!({ "note": "", "perfume": null, "habits": { "tea": null } });
        put_back(&mut record, personal);
        assert_eq!(record, json!({ "note": "", "perfume": "茉莉", "habits": { "tea": "龙井" } }));
    }
}
