//! Whom the guest asks for, service by service: one person may cut and another colour. Pure.

use std::collections::BTreeMap;

use shared::id::{ServiceId, StaffId, StoreId};
use shared::staff_preference::StaffPreference;
use shared::view::View;

/// One wish for the visit, and others for single services.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffPreferences {
    visit: StaffPreference,
    single: BTreeMap<ServiceId, StaffPreference>,
}

impl StaffPreferences {
    /// A wish for the whole visit.
    #[must_use]
    pub fn for_visit(visit: StaffPreference) -> Self {
        StaffPreferences { visit, single: BTreeMap::new() }
    }

    /// Wishes of single services; anybody does the others.
    #[must_use]
    pub fn of_services(single: impl IntoIterator<Item = (ServiceId, StaffPreference)>) -> Self {
        StaffPreferences { visit: StaffPreference::Any, single: single.into_iter().collect() }
    }

    /// The wish for one of the services of a visit.
    #[must_use]
    pub fn of(&self, view: &View, store: StoreId, service: ServiceId, services: &[ServiceId]) -> StaffPreference {
        self.single.get(&service).copied().unwrap_or_else(|| preference_for(view, store, (service, services), self.visit))
    }

    /// The wish for the visit, before there is any service.
    #[must_use]
    pub fn of_visit(&self) -> StaffPreference {
        self.visit
    }

    /// Chooses for one service of a visit; while it is the only one, for whatever is added to it.
    pub fn choose(&mut self, service: Option<ServiceId>, staff_preference: StaffPreference) {
        match service {
            Some(service) => drop(self.single.insert(service, staff_preference)),
            None => *self = StaffPreferences::for_visit(staff_preference),
        }
    }
}

/// The person of a wish.
#[must_use]
pub fn requested(staff_preference: StaffPreference) -> Option<StaffId> {
    match staff_preference {
        StaffPreference::Requested(staff) => Some(staff),
        _ => None,
    }
}

/// A wish for a visit counts for the services that person can do; the rest goes to whoever can. Somebody who can do none of it stays
/// wished, so that the form says so.
fn preference_for(
    view: &View,
    store: StoreId,
    (service, all): (ServiceId, &[ServiceId]),
    staff_preference: StaffPreference,
) -> StaffPreference {
    let Some(person) = requested(staff_preference).and_then(|staff| view.catalogue.staff.get(&staff)) else { return staff_preference };
    let can_some = all.iter().any(|service| person.can(*service, store));
    if person.can(service, store) || !can_some { staff_preference } else { StaffPreference::Any }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::desk::fixtures::{self, CUT, LONG_DAY, person};

    #[test]
    fn a_guest_who_asks_for_two_people_gets_each_for_their_own_service() {
        let view = fixtures::view(&[(person(11), &[LONG_DAY]), (person(12), &[LONG_DAY])]);
        let (store, colour) = (fixtures::store().id, ServiceId(Uuid::from_u128(77)));
        let mut staff_preferences = StaffPreferences::for_visit(StaffPreference::Requested(person(11)));
        staff_preferences.choose(Some(colour), StaffPreference::Requested(person(12)));
        let of = |staff_preferences: &StaffPreferences, service| staff_preferences.of(&view, store, service, &[CUT, colour]);
        assert_eq!(
            [of(&staff_preferences, CUT), of(&staff_preferences, colour)],
            [11, 12].map(|number| StaffPreference::Requested(person(number)))
        );
        staff_preferences.choose(None, StaffPreference::Any);
        assert_eq!([of(&staff_preferences, CUT), of(&staff_preferences, colour)], [StaffPreference::Any; 2]);
    }

    #[test]
    fn whoever_cannot_do_a_service_leaves_it_to_a_colleague() {
        let view = fixtures::view(&[(person(11), &[LONG_DAY])]);
        let colour = ServiceId(Uuid::from_u128(77));
        let staff_preferences = StaffPreferences::for_visit(StaffPreference::Requested(person(11)));
        assert_eq!(staff_preferences.of(&view, fixtures::store().id, colour, &[CUT, colour]), StaffPreference::Any);
    }
}
