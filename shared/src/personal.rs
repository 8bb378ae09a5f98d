//! Personal data, by type: whatever says something about a person is a [`Personal`] value, and a phone number is one by itself. It is
//! sealed where it is stored, set apart in the log of commands, and never printed.
//!
//! How: whoever stores a record writes it [`marked`], finds the marks, and seals what is in them. On the wire and on devices such a value
//! looks like any other.

use std::cell::Cell;
use std::fmt;
use std::ops::{Deref, DerefMut};

use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The name of the only field of a marked value.
pub const MARK: &str = "$personal";

thread_local! {
    static IS_MARKING: Cell<bool> = const { Cell::new(false) };
    static HAS_MET: Cell<bool> = const { Cell::new(false) };
}

/// Runs `write` and says whether it has met a personal value that is not blank: most records have none to look for.
pub fn watched<T>(write: impl FnOnce() -> T) -> (T, bool) {
    HAS_MET.set(false);
    let written = write();
    (written, HAS_MET.get())
}

/// Runs `write`, in which personal values that are not blank come out as `{ "$personal": value }`.
pub fn marked<T>(write: impl FnOnce() -> T) -> T {
    struct Unmark;
    impl Drop for Unmark {
        fn drop(&mut self) {
            IS_MARKING.set(false);
        }
    }
    IS_MARKING.set(true);
    let _unmark = Unmark;
    write()
}

/// Writes a value with a mark, where marks are wanted.
///
/// # Errors
/// Of the serializer.
pub(crate) fn serialize<S: Serializer, T: Serialize + ?Sized>(value: &T, is_blank: bool, serializer: S) -> Result<S::Ok, S::Error> {
    if is_blank || !IS_MARKING.get() {
        HAS_MET.set(HAS_MET.get() || !is_blank);
        return value.serialize(serializer);
    }
    // What is inside needs no marks of its own.
    IS_MARKING.set(false);
    let mut map = serializer.serialize_map(Some(1))?;
    let written = map.serialize_entry(MARK, value);
    IS_MARKING.set(true);
    written?;
    map.end()
}

/// Something about a person.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Personal<T>(pub T);

/// A value that can say nothing: such a one needs no seal.
pub trait Blank {
    /// Whether it says nothing.
    fn is_blank(&self) -> bool;
}

impl Blank for String {
    fn is_blank(&self) -> bool {
        self.is_empty()
    }
}

impl<T> Blank for Vec<T> {
    fn is_blank(&self) -> bool {
        self.is_empty()
    }
}

impl<T> Blank for Option<T> {
    fn is_blank(&self) -> bool {
        self.is_none()
    }
}

impl<T> Deref for Personal<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Personal<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T> From<T> for Personal<T> {
    fn from(value: T) -> Self {
        Personal(value)
    }
}

impl From<&str> for Personal<String> {
    fn from(text: &str) -> Self {
        Personal(text.to_owned())
    }
}

/// Says nothing of it.
impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

impl<T: Serialize + Blank> Serialize for Personal<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(&self.0, self.0.is_blank(), serializer)
    }
}

/// In JSON `null` stands for what is sealed elsewhere: whoever does not open the seal reads nothing.
impl<'de, T: Deserialize<'de> + Default> Deserialize<'de> for Personal<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return Option::<T>::deserialize(deserializer).map(|value| Personal(value.unwrap_or_default()));
        }
        T::deserialize(deserializer).map(Personal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Serialize)]
    struct Visit {
        guest: Personal<String>,
        note: Personal<String>,
        minutes: u16,
    }

    #[test]
    fn whoever_stores_a_visit_finds_what_is_about_the_guest_and_whoever_prints_it_does_not() {
        let visit = Visit { guest: "王阿姨".into(), note: String::new().into(), minutes: 45 };
        let plain = serde_json::json!({ "guest": "王阿姨", "note": "", "minutes": 45 });
        let found = serde_json::json!({ "guest": { MARK: "王阿姨" }, "note": "", "minutes": 45 });
        assert_eq!(serde_json::to_value(&visit).unwrap(), plain);
        assert_eq!(marked(|| serde_json::to_value(&visit)).unwrap(), found);
        assert_eq!(serde_json::to_value(&visit).unwrap(), plain, "only while it is asked for");
        let nobodys = Visit { guest: "".into(), ..visit };
        assert!(watched(|| serde_json::to_string(&Visit { guest: "王".into(), note: "".into(), minutes: 5 })).1);
        assert!(!watched(|| serde_json::to_string(&nobodys)).1);
        let visit = Visit { guest: "王阿姨".into(), ..nobodys };
        assert_eq!(format!("{visit:?}"), "Visit { guest: …, note: …, minutes: 45 }");
    }
}
