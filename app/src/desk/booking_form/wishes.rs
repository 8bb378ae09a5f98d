//! Whom the guest asks for, service by service: one person may cut and another colour. Pure.

use std::collections::BTreeMap;

use shared::booking::StaffWish;
use shared::id::{ServiceId, StaffId, StoreId};
use shared::view::View;

/// One wish for the visit, and others for single services.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wishes {
    visit: StaffWish,
    single: BTreeMap<ServiceId, StaffWish>,
}

impl Wishes {
    /// A wish for the whole visit.
    #[must_use]
    pub fn for_visit(visit: StaffWish) -> Self {
        Wishes { visit, single: BTreeMap::new() }
    }

    /// Wishes of single services; anybody does the others.
    #[must_use]
    pub fn of_services(single: impl IntoIterator<Item = (ServiceId, StaffWish)>) -> Self {
        Wishes { visit: StaffWish::Any, single: single.into_iter().collect() }
    }

    /// The wish for one of the services of a visit.
    #[must_use]
    pub fn of(&self, view: &View, store: StoreId, service: ServiceId, services: &[ServiceId]) -> StaffWish {
        self.single.get(&service).copied().unwrap_or_else(|| wish_for(view, store, (service, services), self.visit))
    }

    /// The wish for the visit, before there is any service.
    #[must_use]
    pub fn of_visit(&self) -> StaffWish {
        self.visit
    }

    /// Chooses for one service of a visit; while it is the only one, for whatever is added to it.
    pub fn choose(&mut self, service: Option<ServiceId>, wish: StaffWish) {
        match service {
            Some(service) => drop(self.single.insert(service, wish)),
            None => *self = Wishes::for_visit(wish),
        }
    }
}

/// The person of a wish.
#[must_use]
pub fn requested(wish: StaffWish) -> Option<StaffId> {
    match wish {
        StaffWish::Requested(staff) => Some(staff),
        _ => None,
    }
}

/// A wish for a visit counts for the services that person can do; the rest goes to whoever can. Somebody who can do none of it stays
/// wished, so that the form says so.
fn wish_for(view: &View, store: StoreId, (service, all): (ServiceId, &[ServiceId]), wish: StaffWish) -> StaffWish {
    let Some(person) = requested(wish).and_then(|staff| view.catalogue.staff.get(&staff)) else { return wish };
    let can_some = all.iter().any(|service| person.can(*service, store));
    if person.can(service, store) || !can_some { wish } else { StaffWish::Any }
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
        let mut wishes = Wishes::for_visit(StaffWish::Requested(person(11)));
        wishes.choose(Some(colour), StaffWish::Requested(person(12)));
        let of = |wishes: &Wishes, service| wishes.of(&view, store, service, &[CUT, colour]);
        assert_eq!([of(&wishes, CUT), of(&wishes, colour)], [11, 12].map(|number| StaffWish::Requested(person(number))));
        wishes.choose(None, StaffWish::Any);
        assert_eq!([of(&wishes, CUT), of(&wishes, colour)], [StaffWish::Any; 2]);
    }

    #[test]
    fn whoever_cannot_do_a_service_leaves_it_to_a_colleague() {
        let view = fixtures::view(&[(person(11), &[LONG_DAY])]);
        let colour = ServiceId(Uuid::from_u128(77));
        let wishes = Wishes::for_visit(StaffWish::Requested(person(11)));
        assert_eq!(wishes.of(&view, fixtures::store().id, colour, &[CUT, colour]), StaffWish::Any);
    }
}
