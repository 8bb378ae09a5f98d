//! The name of the next one.

use shared::id::{ResourceTypeId, StoreId};
use shared::name::Name;
use shared::resource::Resource;
use shared::view::View;

use crate::desk::workbench::Workbench;

/// The next one of a type, named after it: 洗头床 3.
pub(crate) fn one_more(bench: Workbench, store: StoreId, resource_type: ResourceTypeId, name: &Name) -> Resource {
    let number = next_number(&bench.replica.view_now(), store, resource_type);
    let numbered = |text: &str| if text.is_empty() { String::new() } else { format!("{text} {number}") };
    let name = Name::new(&numbered(&name.zh), &numbered(&name.en));
    Resource { id: bench.replica.new_id(), store, resource_type, name, active: true, written: None }
}

/// One more than the highest number in a name, and than how many there are.
pub(crate) fn next_number(view: &View, store: StoreId, resource_type: ResourceTypeId) -> usize {
    let here = view.catalogue.resources.values().filter(|one| one.store == store && one.resource_type == resource_type);
    let number = |one: &Resource| one.name.zh.rsplit(' ').next().and_then(|last| last.parse::<usize>().ok()).unwrap_or(0);
    let (count, highest) = here.fold((0, 0), |(count, highest), one| (count + 1, highest.max(number(one))));
    count.max(highest) + 1
}
