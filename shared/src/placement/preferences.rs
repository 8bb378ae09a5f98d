//! Who comes first among those who can do a line for a guest who asked for nobody, as the store has set it (A5).

use crate::id::StaffId;
use crate::money::Price;
use crate::placement::rules::{Able, Preference};
use crate::placement::{binding, usual};
use crate::refusal::Refusal;
use crate::staff_assignment::AssignmentOrder;
use crate::store::Store;
use crate::view::View;
use crate::visit_request::RequestedLine;

/// More places than any store has people.
const MOST_PLACES: usize = 10_000;

/// `turns` are those who are here, in the order of their turns; empty where that is not said.
///
/// # Errors
/// `Undecided` where it is not known who served a returning guest last.
pub fn preferences(
    view: &View,
    store: &Store,
    line: &RequestedLine,
    able: &[Able<'_>],
    turns: &[StaffId],
) -> Result<Vec<Preference>, Refusal> {
    if line.staff_preference.is_requested() {
        return Ok(Vec::new());
    }
    let rules = binding::rules(&view.catalogue, store.id);
    let usual = match usual::member_of(view, store.id, &line.subject, line.staff_preference) {
        Some(member) => usual::person_of(view, store.id, member)?,
        None => None,
    };
    let turn_of = |staff: StaffId| turns.iter().position(|other| *other == staff);
    // Turns go round among people of one price: nobody's turn makes a visit dearer.
    let lowest = able.iter().filter(|(staff, ..)| turn_of(staff.id).is_some()).map(|(.., price)| order_of(*price)).min();
    let preference = |(staff, _, price): &Able<'_>| {
        let place = match rules.order {
            AssignmentOrder::LeastBooked => 0,
            AssignmentOrder::StoreOrder => store.staff_order.place(staff.id),
            AssignmentOrder::Rotation => turn_of(staff.id).unwrap_or(MOST_PLACES),
        };
        let is_dearer = lowest.is_some_and(|lowest| order_of(*price) > lowest);
        let before = usize::from(is_dearer) * 2 + usize::from(usual != Some(staff.id));
        let is_here = (!turns.is_empty()).then(|| turn_of(staff.id).is_some());
        Preference { rank: before * 2 * MOST_PLACES + place.min(MOST_PLACES), is_here }
    };
    Ok(able.iter().map(preference).collect())
}

/// From the cheapest on; "on consultation" comes last.
fn order_of(price: Price) -> (bool, Price) {
    (price.is_none(), price)
}
