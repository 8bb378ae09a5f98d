//! Which kinds of records this program reads.

use std::cell::Cell;

use shared::record::RecordSet;

thread_local! {
    static READS: Cell<RecordSet> = const { Cell::new(RecordSet::MEMBER) };
}

/// Says which; phones read what is theirs, and carry no code for the rest.
pub fn set_reads(reads: RecordSet) {
    READS.with(|cell| cell.set(reads));
}

/// Which ones.
#[must_use]
pub fn reads() -> RecordSet {
    READS.with(Cell::get)
}
