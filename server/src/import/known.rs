//! What is here from an earlier import: whether it is the same salon's, and where its price list says something else now.

use std::collections::BTreeSet;

use shared::command::Command;
use shared::id::{CommandId, StaffId};
use shared::money::Price;
use shared::view::Catalogue;

use super::catalogue::store_id;

/// Whether somebody works in the imported store whom the files do not name. An import that was interrupted knows nobody else.
pub fn has_other_staff(catalogue: &Catalogue, commands: &[(CommandId, Command)]) -> bool {
    let staff_in = |(_, command): &(CommandId, Command)| match command {
        Command::PutStaff(put) => Some(put.staff.id),
        _ => None,
    };
    let named: BTreeSet<StaffId> = commands.iter().filter_map(staff_in).collect();
    catalogue.staff.values().any(|staff| staff.stores.contains(&store_id()) && !named.contains(&staff.id))
}

/// Prices that differ between the files and what is here, one sentence each. What is here stays.
pub fn changed_prices(catalogue: &Catalogue, commands: &[(CommandId, Command)]) -> Vec<String> {
    let changed = |(_, command): &(CommandId, Command)| {
        let Command::PutService(put) = command else { return None };
        let here = catalogue.services.get(&put.service.id)?;
        let (old, new) = (price(here.price), price(put.service.price));
        (old != new).then(|| format!("{}: {old} here, {new} in service-listing.csv; change it under services if that is right", here.code))
    };
    commands.iter().filter_map(changed).collect()
}

fn price(price: Price) -> String {
    price.map_or_else(|| "on consultation".to_owned(), |money| format!("{}.{:02}", money.0 / 100, money.0 % 100))
}
