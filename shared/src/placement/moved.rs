//! A visit that moves: who does each line then, when, and for how much. As long as people of its price do a line, the agreed price holds.

use crate::agreed;
use crate::booking::{Booking, Line};
use crate::id::{StaffId, StoreId};
use crate::money::Price;
use crate::openings;
use crate::placement::place;
use crate::placement::rules::{PlacementRules, PriceBound};
use crate::refusal::Refusal;
use crate::store::Store;
use crate::time::Timestamp;
use crate::view::View;
use crate::visit_request::{NewPreference, RequestedLine, RequestedService, VisitRequest};

/// The lines of a visit once it begins at `to`. A line without a new wish stays as it was agreed; where it names nobody and the price
/// binds, people of its price do it.
///
/// # Errors
/// `Invalid` for a start or a number of wishes that do not fit, `PriceChanged` when a line would cost something else than was seen, and
/// those of [`place::lines`].
pub fn lines(
    view: &View,
    store: &Store,
    booking: &Booking,
    (to, staff_preferences): (Timestamp, &[Option<NewPreference>]),
    terms: PlacementRules,
) -> Result<Vec<Line>, Refusal> {
    if !staff_preferences.is_empty() && staff_preferences.len() != booking.lines.len() {
        return Err(Refusal::Invalid { field: "staff_preferences".into() });
    }
    let mut wanted = RequestedLine::all_of(booking);
    shift(&mut wanted, to)?;
    for (number, (new, agreed)) in wanted.iter_mut().zip(&booking.lines).enumerate() {
        new.seen_price = match staff_preferences.get(number).copied().flatten() {
            Some(asked) => {
                new.staff_preference = asked.staff_preference;
                menu_of(view, store.id, agreed, asked)?
            }
            None => {
                let who = new.staff_preference.person().or(agreed.staff);
                view.menu_price(store.id, agreed.service, who).unwrap_or(agreed.price)
            }
        };
    }
    let terms = PlacementRules { in_a_row: booking.is_in_a_row(), ..terms };
    let kept = agreed::of_lines(view, store.id, &booking.lines);
    let placed = place::lines_keeping(view, store, (&wanted, &kept), Some(booking.id), terms, &[])?;
    let keep = |(agreed, new): (&Line, Line)| {
        let price = new.staff.map_or(new.price, |staff| price_with(view, store.id, agreed, staff));
        Line { price, performed: agreed.performed, ..new }
    };
    Ok(booking.lines.iter().zip(placed).map(keep).collect())
}

/// To what a move binds: members to every price they were told; a desk that names wishes to those of the lines that ask for nobody.
#[must_use]
pub fn bound(is_staff: bool, staff_preferences: &[Option<NewPreference>]) -> PriceBound {
    match (is_staff, staff_preferences.is_empty()) {
        (false, _) => PriceBound::Every,
        (true, true) => PriceBound::Nothing,
        (true, false) => PriceBound::Unasked,
    }
}

/// What a line costs once this person does it: as agreed with whoever it was agreed with, and with everybody whom the menu puts at the same
/// price; otherwise what the menu says.
#[must_use]
pub fn price_with(view: &View, store: StoreId, agreed: &Line, staff: StaffId) -> Price {
    match view.menu_price(store, agreed.service, Some(staff)) {
        Some(menu) if agreed.staff != Some(staff) => price_of(view, store, agreed, menu),
        _ => agreed.price,
    }
}

/// What a line costs with somebody whom the menu puts at a price.
fn price_of(view: &View, store: StoreId, agreed: &Line, menu: Price) -> Price {
    if view.menu_price(store, agreed.service, agreed.staff) == Some(menu) { agreed.price } else { menu }
}

/// What the menu says of those with whom the line costs what was seen.
fn menu_of(view: &View, store: StoreId, agreed: &Line, new: NewPreference) -> Result<Price, Refusal> {
    let menu = |staff| view.menu_price(store, agreed.service, staff);
    if let Some(staff) = new.staff_preference.person() {
        // Who cannot do it, or is not there, is refused as such when the line is placed.
        let Some(staff) = view.catalogue.staff.get(&staff).filter(|staff| staff.can(agreed.service, store)) else {
            return Ok(new.seen_price);
        };
        let now = price_with(view, store, agreed, staff.id);
        return if now == new.seen_price { Ok(menu(Some(staff.id)).unwrap_or(now)) } else { Err(Refusal::PriceChanged { now }) };
    }
    Ok(menu(agreed.staff).filter(|_| new.seen_price == agreed.price).unwrap_or(new.seen_price))
}

/// What a move says of each line of a visit: what is wished anew, and what the screen says it costs with whoever would do it. `staff` are
/// those of the chosen start, empty while nobody can be found. Empty where everything stays as it was agreed.
#[must_use]
pub fn new_preferences(view: &View, booking: &Booking, query: &VisitRequest, staff: &[StaffId]) -> Vec<Option<NewPreference>> {
    let kept = openings::prices_to_keep(view, query);
    let new = |(number, (wanted, agreed)): (usize, (&RequestedService, &Line))| {
        let staff_preference = wanted.staff_preference;
        let person = staff_preference.person().or_else(|| staff.get(number).copied());
        let seen_price = match (person, kept.get(number).copied().flatten()) {
            _ if staff_preference == agreed.staff_preference && (staff_preference.is_requested() || person.is_none()) => return None,
            (Some(staff), _) => price_with(view, booking.store, agreed, staff),
            (None, Some(menu)) => price_of(view, booking.store, agreed, menu),
            (None, None) => agreed.price,
        };
        Some(NewPreference { staff_preference, seen_price })
    };
    let staff_preferences: Vec<_> = query.lines.iter().zip(&booking.lines).enumerate().map(new).collect();
    if staff_preferences.iter().all(Option::is_none) { Vec::new() } else { staff_preferences }
}

/// Moves all lines so that the first begins at `to`. Where they begin now counts, not the promise: a visit that was pushed because
/// another ran late would otherwise land late again.
///
/// # Errors
/// `Invalid` for a start that is no minute.
pub(crate) fn shift(lines: &mut [RequestedLine], to: Timestamp) -> Result<(), Refusal> {
    let wrong = || Refusal::Invalid { field: "starts_at".into() };
    let first = lines.iter().map(|line| line.starts_at).min().ok_or_else(wrong)?;
    let by = to.0.checked_sub(first.0).ok_or_else(wrong)?;
    if to.0 % crate::time::MINUTE != 0 {
        return Err(wrong());
    }
    for line in lines {
        line.starts_at = Timestamp(line.starts_at.0.saturating_add(by));
    }
    Ok(())
}
