//! Who can do a line of a visit at all, and at which price: whatever the time.

use crate::agreed::Kept;
use crate::id::StaffId;
use crate::placement::rules::{Able, PlacementRules, Preference};
use crate::refusal::Refusal;
use crate::resource::ResourceNeed;
use crate::service::Service;
use crate::staff::Staff;
use crate::staff_preference::StaffPreference;
use crate::store::Store;
use crate::view::View;
use crate::visit_request::{Audience, RequestedLine};

/// A line and everybody who can do it at all.
pub(super) struct Candidates<'a> {
    pub(super) new: &'a RequestedLine,
    /// What it needs beside them.
    pub(super) needs: &'a [ResourceNeed],
    pub(super) able: Vec<Able<'a>>,
    /// Who of them comes first, place by place; empty where everybody is as good.
    pub(super) preference: Vec<Preference>,
}

impl<'a> Candidates<'a> {
    /// # Errors
    /// `NotFound`, `NotOnline`, `NotSkilled`, `NobodyFree`, `PriceChanged` or `Undecided`.
    pub(super) fn of(
        view: &'a View,
        store: &Store,
        (new, kept): (&'a RequestedLine, &Kept),
        terms: PlacementRules,
        turns: &[StaffId],
    ) -> Result<Self, Refusal> {
        let service = view.service(new.service).or_refuse("service")?;
        if !service.active && !kept.service {
            return Err(Refusal::NotFound { kind: "service".into() });
        }
        if terms.audience == Audience::Online && !service.online && !kept.service {
            return Err(Refusal::NotOnline);
        }
        let mut able = able(view, store, service, new.staff_preference, terms.audience);
        if able.is_empty() {
            return Err(match new.staff_preference {
                StaffPreference::Requested(staff) => Refusal::NotSkilled { staff },
                _ => Refusal::NobodyFree,
            });
        }
        if let Some(parts) = &kept.parts {
            able.iter_mut().for_each(|(_, own, _)| own.clone_from(parts));
        }
        if terms.price_bound.holds_for(new) {
            let now = able.first().and_then(|(_, _, price)| *price);
            able.retain(|(_, _, price)| *price == new.seen_price);
            if able.is_empty() {
                return Err(Refusal::PriceChanged { now });
            }
        }
        let preference = match terms.preferences {
            Some(preferences) => preferences(view, store, new, &able, turns)?,
            None => Vec::new(),
        };
        Ok(Candidates { new, needs: &service.needs, able, preference })
    }
}

fn able<'a>(view: &'a View, store: &Store, service: &Service, staff_preference: StaffPreference, audience: Audience) -> Vec<Able<'a>> {
    let can = |staff: &&Staff| staff.can(service.id, store.id) && (audience == Audience::Desk || staff.online);
    let people = view.staff_of(store.id).filter(can).filter(|staff| staff_preference.fits(staff));
    people.map(|staff| (staff, service.parts_with(staff, store.id), service.price_with(staff, store.id))).collect()
}
