//! Set-up of a service.

use serde::{Deserialize, Serialize};

use super::written::{done, existing, must_brand, written};
use crate::command::decider::Decider;
use crate::command::payload::{Givers, Payload};
use crate::command::texts::{Cleaning, SHORT, TITLE};
use crate::decision::Decision;
use crate::id::{ResourceTypeId, ServiceId, StoreId};
use crate::money::Price;
use crate::name::Name;
use crate::part::{Part, PartKind};
use crate::refusal::Refusal;
use crate::resource::ResourceNeed;
use crate::role::Principal;
use crate::service::{PriceOverride, Service, Whom};
use crate::versioned::Versioned;

/// A service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PutService {
    /// Service.
    pub service: ServiceId,
    /// The salon's own short code; may be empty.
    pub code: String,
    /// Name.
    pub name: Name,
    /// Category.
    pub category: Name,
    /// One or more parts, one after another.
    pub parts: Vec<PartForm>,
    /// What it needs beside people.
    pub needs: Vec<NeedForm>,
    /// Standard price; `None` is "on consultation".
    pub price: Price,
    /// Exceptions by level, store or staff member.
    pub terms: Vec<PriceOverrideForm>,
    /// Offered to members online.
    pub online: bool,
    /// Still offered at all.
    pub active: bool,
    /// Overrides the store's lead time.
    pub lead_minutes: Option<u16>,
    /// Overrides the store's cut-off.
    pub cutoff_minutes: Option<u16>,
    /// Version on the screen; 0 for a new one.
    pub base: u32,
}

/// One part of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartForm {
    /// What goes on.
    pub kind: PartKind,
    /// How long; a multiple of five.
    pub minutes: u16,
}

/// One resource of a type, the same one during some parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedForm {
    /// Of which type.
    pub resource_type: ResourceTypeId,
    /// During which parts, by number and in order; none means all of them.
    pub parts: Vec<u8>,
}

/// An exception from the standard price or duration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceOverrideForm {
    /// For whom.
    pub whom: Whom,
    /// In one store only, or in all.
    pub store: Option<StoreId>,
    /// Price, where it differs: `Some(None)` is "on consultation".
    #[serde(default, with = "crate::service::serde_twice")]
    pub price: Option<Price>,
    /// Minutes of each part in order, where they differ.
    pub minutes: Option<Vec<u16>>,
}

impl PutService {
    /// Everything that a record says, over a version of it.
    #[must_use]
    pub fn of(service: Service, base: u32) -> Self {
        let part = |part: Part| PartForm { kind: part.kind, minutes: part.minutes };
        let terms =
            |terms: PriceOverride| PriceOverrideForm { whom: terms.whom, store: terms.store, price: terms.price, minutes: terms.minutes };
        let need = |need: ResourceNeed| NeedForm { resource_type: need.resource_type, parts: need.parts };
        PutService {
            service: service.id,
            code: service.code,
            name: service.name,
            category: service.category,
            parts: service.parts.into_iter().map(part).collect(),
            needs: service.needs.into_iter().map(need).collect(),
            price: service.price,
            terms: service.terms.into_iter().map(terms).collect(),
            online: service.online,
            active: service.active,
            lead_minutes: service.lead_minutes,
            cutoff_minutes: service.cutoff_minutes,
            base,
        }
    }

    fn into_record(self) -> Service {
        let part = |part: PartForm| Part { kind: part.kind, minutes: part.minutes };
        let terms =
            |terms: PriceOverrideForm| PriceOverride { whom: terms.whom, store: terms.store, price: terms.price, minutes: terms.minutes };
        let need = |need: NeedForm| ResourceNeed { resource_type: need.resource_type, parts: need.parts };
        Service {
            id: self.service,
            code: self.code,
            name: self.name,
            category: self.category,
            parts: self.parts.into_iter().map(part).collect(),
            needs: self.needs.into_iter().map(need).collect(),
            price: self.price,
            terms: self.terms.into_iter().map(terms).collect(),
            online: self.online,
            active: self.active,
            lead_minutes: self.lead_minutes,
            cutoff_minutes: self.cutoff_minutes,
            written: None,
        }
    }
}

impl Versioned for PutService {}

impl Payload for PutService {
    const GIVEN_BY: Givers = Givers::Staff;
    const CHANGES_CATALOGUE: bool = true;

    fn store(&self) -> Option<StoreId> {
        None
    }

    fn parts(&self) -> usize {
        self.needs.len()
    }

    fn clean(&mut self, cleaning: &mut Cleaning) {
        cleaning.text("code", SHORT, &mut self.code);
        cleaning.name("name", TITLE, &mut self.name);
        cleaning.name("category", TITLE, &mut self.category);
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        must_brand(decider)?;
        let mut service = self.clone().into_record();
        service.check()?;
        must_be_there(decider, &service)?;
        let current = existing(decider.view.service(service.id))?;
        service.written = Some(written(decider, current.and_then(|service| service.written.as_ref()), self.base)?);
        Ok(done(service))
    }
}

/// Whoever has a price of their own must be there, and so must the types of what it needs. The product itself loads services first and
/// their people afterwards.
fn must_be_there(decider: Decider<'_>, service: &Service) -> Result<(), Refusal> {
    for terms in &service.terms {
        terms.store.map(|store| decider.store(store)).transpose()?;
        match terms.whom {
            Whom::Staff(staff) if decider.context.actor.principal != Principal::System => {
                decider.view.staff(staff).or_refuse("staff")?;
            }
            _ => {}
        }
    }
    let before = existing(decider.view.service(service.id))?;
    let was_needed =
        |need: &ResourceNeed| before.is_some_and(|before| before.needs.iter().any(|old| old.resource_type == need.resource_type));
    for need in &service.needs {
        let kind = decider.view.resource_type(need.resource_type).or_refuse("resource_type")?;
        if !kind.active && !was_needed(need) {
            return Err(Refusal::NotFound { kind: "resource_type".into() });
        }
    }
    Ok(())
}
