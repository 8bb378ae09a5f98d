//! The order in which people are shown, everywhere at the desk: by name, as the language in use sorts names. Never by id.

use std::cmp::Ordering;

use shared::name::Language;
use shared::staff::Staff;

use crate::browser;
use crate::i18n;

/// People by name; of one name, who is more senior first.
#[must_use]
pub fn in_order<'a>(staff: impl Iterator<Item = &'a Staff>, language: Language) -> Vec<&'a Staff> {
    let mut people: Vec<&Staff> = staff.collect();
    people.sort_by(|a, b| compare(a, b, language));
    people
}

fn compare(a: &Staff, b: &Staff, language: Language) -> Ordering {
    let names = browser::compare_words(a.name.get(language), b.name.get(language), i18n::tag(language));
    names.then_with(|| b.level.cmp(&a.level)).then_with(|| a.id.cmp(&b.id))
}
