//! The order in which people and resources are shown, everywhere at the desk: as the manager of the store has set it; whoever has no place
//! follows by name, as the language in use sorts names. Never by id.

use std::cmp::Ordering;

use shared::id::StoreId;
use shared::name::Language;
use shared::resource::Resource;
use shared::sort;
use shared::staff::Staff;
use shared::store::Store;
use shared::view::View;

use crate::{browser, i18n};

/// People of a store in its order; the others by name, of one name who is more senior first.
#[must_use]
pub fn in_order<'a>(store: &Store, staff: impl Iterator<Item = &'a Staff>, language: Language) -> Vec<&'a Staff> {
    let mut people: Vec<&Staff> = staff.collect();
    let place = |staff: &Staff| store.staff_order.place(staff.id);
    sort::sort_by(&mut people, |a, b| place(a).cmp(&place(b)).then_with(|| compare(a, b, language)));
    people
}

/// Rooms, stations and equipment of a store: by type, then by name; the second comes before the tenth.
#[must_use]
pub fn resources_in_order(view: &View, store: StoreId, language: Language) -> Vec<&Resource> {
    let mut resources: Vec<&Resource> = view.resources_of(store).collect();
    let of_type = |resource: &Resource| {
        view.catalogue.resource_types.get(&resource.resource_type).map(|kind| kind.name.get(language)).unwrap_or_default()
    };
    let tag = i18n::tag(language);
    sort::sort_by(&mut resources, |a, b| {
        let types = browser::compare_words(of_type(a), of_type(b), tag);
        types.then_with(|| browser::compare_words(a.name.get(language), b.name.get(language), tag)).then_with(|| a.id.cmp(&b.id))
    });
    resources
}

fn compare(a: &Staff, b: &Staff, language: Language) -> Ordering {
    let names = browser::compare_words(a.name.get(language), b.name.get(language), i18n::tag(language));
    names.then_with(|| b.level.cmp(&a.level)).then_with(|| a.id.cmp(&b.id))
}
