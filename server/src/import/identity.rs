//! Who a row is: file kind, key columns and occurrence give the same UUID on every run.

use uuid::Uuid;

/// Namespace of every id an import gives. Never changed: another value would import everything twice.
const IMPORT_NAMESPACE: Uuid = Uuid::from_u128(0x7d1f_3b52_94a6_5c0e_8f27_1be0_63d9_4a58);

/// Separates fields inside a hashed name; it cannot be typed into a spreadsheet.
pub(crate) const FIELD_SEPARATOR: char = '\u{1f}';

/// The six files a salon hands over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// All appointments, past and future, with date and time.
    Bookings,
    /// Cancelled appointments: date, but no time of day.
    Cancellations,
    /// Guests who did not come: each is one of the bookings.
    NoShows,
    /// What was charged, line by line.
    Receipts,
    /// The services with their prices.
    Services,
    /// Retail products with stock.
    Products,
}

impl FileKind {
    /// Every kind, in the order in which the report lists them.
    pub const ALL: [FileKind; 6] =
        [FileKind::Bookings, FileKind::Cancellations, FileKind::NoShows, FileKind::Receipts, FileKind::Services, FileKind::Products];

    /// The file's name inside the salon's folder.
    pub const fn file_name(self) -> &'static str {
        match self {
            FileKind::Bookings => "future-bookings.csv",
            FileKind::Cancellations => "client-cancellations.csv",
            FileKind::NoShows => "no-show-report.csv",
            FileKind::Receipts => "receipt-transactions.csv",
            FileKind::Services => "service-listing.csv",
            FileKind::Products => "product-listing.csv",
        }
    }

    /// The columns an import needs; more are welcome and ignored.
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            FileKind::Bookings => &["Code", "Staff", "Service", "Date", "Time", "TimeInt"],
            FileKind::Cancellations => &["Cancel Date", "Code", "Service", "Staff", "Booking Date", "Canceled By", "Days"],
            FileKind::NoShows => &["Date", "Code", "Service", "Staff"],
            FileKind::Receipts => &["Receipt", "Date", "Description", "Client", "Staff", "Quantity", "Amount", "GST", "PST"],
            FileKind::Services => &["IsActive", "Code", "Desc", "Cate", "Price", "Cost"],
            FileKind::Products => &["IsActive", "Code", "Description", "Price", "On Hand"],
        }
    }

    /// The columns that say which row it is: whom, with whom, what, when.
    pub const fn key_columns(self) -> &'static [&'static str] {
        match self {
            FileKind::Bookings => &["Code", "Staff", "Service", "Date", "TimeInt"],
            FileKind::Cancellations => &["Code", "Staff", "Service", "Booking Date"],
            FileKind::NoShows => &["Code", "Staff", "Service", "Date"],
            FileKind::Receipts => &["Client", "Staff", "Description", "Date", "Receipt"],
            FileKind::Services | FileKind::Products => &["Code"],
        }
    }
}

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

/// Where something is said, for people with the file open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub kind: FileKind,
    /// Line counted from 1; `None` where the file does not say it any more.
    pub line: Option<u64>,
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
