//! Who a row is: file kind, key columns and occurrence give the same UUID on every run.

use uuid::Uuid;

use crate::said::{FileKind, Place};

/// Namespace of every id an import gives. Never changed: another value would import everything twice.
const IMPORT_NAMESPACE: Uuid = Uuid::from_u128(0x7d1f_3b52_94a6_5c0e_8f27_1be0_63d9_4a58);

/// Separates fields inside a hashed name; it cannot be typed into a spreadsheet.
pub(crate) const FIELD_SEPARATOR: char = '\u{1f}';

/// One row's identity: which file, whom and what it is about, and the how-manieth of its equals it is. All else in it is a fact that
/// may change from one export to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowIdentity {
    /// The file the row is in.
    pub kind: FileKind,
    /// Line in the file, counted from 1 (the header); for people, not part of the identity.
    pub line: u64,
    /// The key columns joined in their fixed order.
    pub key: String,
    /// 0 for the first row with this key, 1 for the next, and so on: by what they say, never by their line.
    pub occurrence: u32,
    /// 0 for the first row that says exactly this, 1 for its first exact repetition, and so on.
    pub repetition: u32,
}

impl RowIdentity {
    /// Where the row stands.
    pub fn place(&self) -> Place {
        Place { kind: self.kind, line: Some(self.line) }
    }

    /// The row's id within the files: the same on every run, whatever rows were added around it. What it is called in the system depends
    /// on the salon, too; see [`super::salon::Salon::id`].
    pub fn uuid(&self) -> Uuid {
        import_id(self.kind.file_name(), &[&self.key], self.occurrence)
    }
}

/// UUIDv5 of a kind of thing, the facts that name it and its occurrence.
pub fn import_id(kind: &str, facts: &[&str], occurrence: u32) -> Uuid {
    let mut name = String::from(kind);
    for fact in facts {
        name.push(FIELD_SEPARATOR);
        name.push_str(fact);
    }
    name.push(FIELD_SEPARATOR);
    name.push_str(&occurrence.to_string());
    Uuid::new_v5(&IMPORT_NAMESPACE, name.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_facts_give_the_same_id_and_other_occurrences_another() {
        let first = import_id("visit", &["ABCD01", "2018-05-01"], 0);
        assert_eq!(first, import_id("visit", &["ABCD01", "2018-05-01"], 0));
        assert_ne!(first, import_id("visit", &["ABCD01", "2018-05-01"], 1));
        assert_ne!(first, import_id("member", &["ABCD01", "2018-05-01"], 0));
        assert_eq!(first.get_version_num(), 5);
    }
}
