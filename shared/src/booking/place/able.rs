//! Who can do a line of a visit at all, and at which price: whatever the time.

use super::PlacementRules;
use crate::booking::StaffWish;
use crate::command::NewLine;
use crate::money::Price;
use crate::openings::Audience;
use crate::refusal::Refusal;
use crate::resource::ResourceNeed;
use crate::service::{Part, Service};
use crate::staff::Staff;
use crate::store::Store;
use crate::view::View;

/// A line and everybody who can do it.
pub(super) struct Wanted<'a> {
    pub(super) new: &'a NewLine,
    /// What it needs beside them.
    pub(super) needs: &'a [ResourceNeed],
    pub(super) able: Vec<(&'a Staff, Vec<Part>, Price)>,
}

impl<'a> Wanted<'a> {
    /// # Errors
    /// `NotFound`, `NotOnline`, `NotSkilled`, `NobodyFree`, `PriceChanged` or `Undecided`.
    pub(super) fn of(view: &'a View, store: &Store, new: &'a NewLine, terms: PlacementRules) -> Result<Self, Refusal> {
        let service = view.service(new.service).or_refuse("service")?;
        if !service.active {
            return Err(Refusal::NotFound { kind: "service".into() });
        }
        if terms.audience == Audience::Online && !service.online {
            return Err(Refusal::NotOnline);
        }
        let mut able = able(view, store, service, new.wish, terms.audience);
        if able.is_empty() {
            return Err(match new.wish {
                StaffWish::Requested(staff) => Refusal::NotSkilled { staff },
                _ => Refusal::NobodyFree,
            });
        }
        if terms.price_bound.holds_for(new) {
            let now = able.first().and_then(|(_, _, price)| *price);
            able.retain(|(_, _, price)| *price == new.seen_price);
            if able.is_empty() {
                return Err(Refusal::PriceChanged { now });
            }
        }
        Ok(Wanted { new, needs: &service.needs, able })
    }
}

fn able<'a>(view: &'a View, store: &Store, service: &Service, wish: StaffWish, audience: Audience) -> Vec<(&'a Staff, Vec<Part>, Price)> {
    let fits = |staff: &&Staff| match wish {
        StaffWish::Requested(id) => staff.id == id,
        StaffWish::AnyOf(gender) => staff.gender == Some(gender),
        StaffWish::Any => true,
    };
    let can = |staff: &&Staff| staff.can(service.id, store.id) && (audience == Audience::Desk || staff.online);
    let people = view.staff_of(store.id).filter(can).filter(fits);
    people.map(|staff| (staff, service.parts_with(staff, store.id), service.price_with(staff, store.id))).collect()
}
