//! Bytes that outlive the program that wrote them: records on devices and on the way, commands in outboxes. A field more is a version more;
//! beside the new form stand an upcast from the old bytes and, for what travels to older programs, a downcast to them. Golden files pin
//! both.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A form with a version.
pub trait Versioned: Serialize + DeserializeOwned {
    /// The version this program writes.
    const VERSION: u8 = 1;

    /// From the bytes of an older version.
    fn upcast(_version: u8, _bytes: &[u8]) -> Option<Self> {
        None
    }

    /// The bytes an older version has for it; `None` where that version cannot say it.
    fn downcast(&self, _version: u8) -> Option<Vec<u8>> {
        None
    }

    /// Its bytes for a program that reads `newest` at most, with their version.
    fn pack(&self, newest: u8) -> Option<(u8, Vec<u8>)> {
        if newest >= Self::VERSION {
            return Some((Self::VERSION, postcard::to_allocvec(self).ok()?));
        }
        Some((newest, self.downcast(newest)?))
    }

    /// Reads the bytes of a version: all of them, and nothing else.
    fn open(version: u8, bytes: &[u8]) -> Option<Self> {
        if version < Self::VERSION {
            return Self::upcast(version, bytes);
        }
        match postcard::take_from_bytes(bytes) {
            Ok((value, [])) if version == Self::VERSION => Some(value),
            _ => None,
        }
    }
}
