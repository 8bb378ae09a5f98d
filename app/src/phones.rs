//! Phone numbers as they are typed into a form: read with the region of the store, said back in words where they cannot be read.

use shared::id::StoreId;
use shared::phone::Phone;
use shared::region::Region;
use shared::view::View;

use crate::{browser, i18n};

/// The region in which a number is typed: that of the store; else that of all stores, if they agree; else that of the browser.
#[must_use]
pub fn region(view: &View, store: Option<StoreId>) -> Region {
    let stores = &view.catalogue.stores;
    let here = store.and_then(|id| stores.get(&id)).and_then(|store| Region::of_zone(&store.zone.name));
    let mut regions = stores.values().filter_map(|store| Region::of_zone(&store.zone.name));
    let common = regions.next().filter(|first| regions.all(|other| other == *first));
    here.or(common).or_else(|| browser::region().as_deref().and_then(Region::parse)).unwrap_or(Region::Cn)
}

/// Reads a number, or says what to add to it.
///
/// # Errors
/// In words.
pub fn read(view: &View, store: Option<StoreId>, text: &str) -> Result<Phone, String> {
    read_in(region(view, store), text)
}

/// The same where the region is known.
///
/// # Errors
/// In words.
pub fn read_in(region: Region, text: &str) -> Result<Phone, String> {
    Phone::parse(text, region).map_err(|reason| (i18n::refusals().phone)(&reason))
}
