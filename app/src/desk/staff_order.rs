//! The order in which people are shown, everywhere at the desk: as the manager of the store has set it; whoever has no place follows by
//! name, as the language in use sorts names. Never by id.

use std::cmp::Ordering;

use shared::name::Language;
use shared::staff::Staff;
use shared::store::Store;

use crate::{browser, i18n};

/// People of a store in its order; the others by name, of one name who is more senior first.
#[must_use]
pub fn in_order<'a>(store: &Store, staff: impl Iterator<Item = &'a Staff>, language: Language) -> Vec<&'a Staff> {
    let mut people: Vec<&Staff> = staff.collect();
    let place = |staff: &Staff| store.staff_order.place(staff.id);
    people.sort_by(|a, b| place(a).cmp(&place(b)).then_with(|| compare(a, b, language)));
    people
}

fn compare(a: &Staff, b: &Staff, language: Language) -> Ordering {
    let names = browser::compare_words(a.name.get(language), b.name.get(language), i18n::tag(language));
    names.then_with(|| b.level.cmp(&a.level)).then_with(|| a.id.cmp(&b.id))
}
