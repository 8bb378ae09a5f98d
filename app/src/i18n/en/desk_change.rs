//! Words of editing a visit.

use crate::i18n::desk::change::Change;

pub(super) const CHANGE: Change = Change {
    title: "Edit",
    save: "Save",
    add: "Add a service",
    take_away: "Remove",
    length: "Length",
    before: "Setting up",
    active: "Hands on",
    processing: "Processing",
    after: "Clearing up",
    beside: "Begins with the others (somebody else does it)",
    other_guest: "Another guest",
    wrong_price: "Enter an amount such as 168; leave it empty for \u{201c}on consultation\u{201d}.",
    in_the_way: |who| format!("In the way: {who}"),
    less: "Less",
    more: "More",
};
