//! A service: its parts in time, its price and duration by level and per staff member.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::id::{ResourceTypeId, ServiceId, StaffId, StoreId};
use crate::money::Price;
use crate::name::Name;
use crate::noun::{Home, Noun, RecordKey};
use crate::part::{Part, PartKind, total_minutes};
use crate::refusal::Refusal;
use crate::resource::ResourceNeed;
use crate::scope::Scope;
use crate::sort;
use crate::staff::Staff;
use crate::stamp::Written;
use crate::versioned::Versioned;

/// No service needs more types of resources than this.
pub const MOST_NEEDS: usize = 6;

/// A service 服务项目.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Id.
    pub id: ServiceId,
    /// The salon's own short code, e.g. `SHCW`; may be empty.
    pub code: String,
    /// Name.
    pub name: Name,
    /// Category, e.g. 剪发.
    pub category: Name,
    /// One or more parts, one after another.
    pub parts: Vec<Part>,
    /// What it needs beside people: one resource of each type named.
    #[serde(default)]
    pub needs: Vec<ResourceNeed>,
    /// Standard price; `None` is "on consultation".
    pub price: Price,
    /// Exceptions by level, store or staff member; the most particular one applies.
    pub terms: Vec<PriceOverride>,
    /// Offered to members online.
    pub online: bool,
    /// Still offered at all.
    pub active: bool,
    /// Overrides the store's lead time.
    pub lead_minutes: Option<u16>,
    /// Overrides the store's cut-off.
    pub cutoff_minutes: Option<u16>,
    /// Last write; `None` while it is new.
    pub written: Option<Written>,
}

/// An exception from the standard price or duration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceOverride {
    /// For whom.
    pub whom: Whom,
    /// In one store only, or in all.
    pub store: Option<StoreId>,
    /// Price, where it differs: `Some(None)` is "on consultation".
    #[serde(default, with = "serde_twice")]
    pub price: Option<Price>,
    /// Minutes of each part in order, where they differ.
    pub minutes: Option<Vec<u16>>,
}

/// Whom an exception concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whom {
    /// Everybody (a store's own price).
    Everyone,
    /// All staff of a level.
    Level(u8),
    /// One staff member.
    Staff(StaffId),
}

/// JSON folds `Some(None)` into `null`; this keeps "no change" and "on consultation" apart in every format.
pub(crate) mod serde_twice {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::money::{Money, Price};

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Wire {
        Same,
        OnConsultation,
        Amount(Money),
    }

    pub fn serialize<S: Serializer>(price: &Option<Price>, serializer: S) -> Result<S::Ok, S::Error> {
        match price {
            None => Wire::Same,
            Some(None) => Wire::OnConsultation,
            Some(Some(amount)) => Wire::Amount(*amount),
        }
        .serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Price>, D::Error> {
        Ok(match Wire::deserialize(deserializer)? {
            Wire::Same => None,
            Wire::OnConsultation => Some(None),
            Wire::Amount(amount) => Some(Some(amount)),
        })
    }
}

impl Service {
    /// Exceptions that concern a staff member in a store, the most particular first: own before level before everyone, and
    /// this store before all stores.
    fn terms_for<'a>(&'a self, staff: &Staff, store: StoreId) -> Vec<&'a PriceOverride> {
        let mut found: Vec<&PriceOverride> = self
            .terms
            .iter()
            .filter(|terms| terms.store.is_none_or(|own| own == store))
            .filter(|terms| match terms.whom {
                Whom::Everyone => true,
                Whom::Level(level) => level == staff.level,
                Whom::Staff(id) => id == staff.id,
            })
            .collect();
        sort::sort_by_key(&mut found, |terms| {
            let nearness = match terms.whom {
                Whom::Staff(_) => 0,
                Whom::Level(_) => 1,
                Whom::Everyone => 2,
            };
            (nearness, terms.store.is_none())
        });
        found
    }

    /// The price with a staff member in a store (DESIGN: service × level × store, override per staff member).
    #[must_use]
    pub fn price_with(&self, staff: &Staff, store: StoreId) -> Price {
        self.terms_for(staff, store).iter().find_map(|terms| terms.price).unwrap_or(self.price)
    }

    /// The parts with a staff member in a store: the nail artist's own speed (A2).
    #[must_use]
    pub fn parts_with(&self, staff: &Staff, store: StoreId) -> Vec<Part> {
        let minutes = self.terms_for(staff, store).into_iter().find_map(|terms| terms.minutes.clone());
        match minutes {
            Some(minutes) if minutes.len() == self.parts.len() => {
                self.parts.iter().zip(minutes).map(|(part, minutes)| Part { kind: part.kind, minutes }).collect()
            }
            _ => self.parts.clone(),
        }
    }

    /// The longest it takes anybody, buffers included, in minutes.
    #[must_use]
    pub fn longest_minutes(&self) -> i64 {
        let sum = |minutes: &[u16]| minutes.iter().map(|minutes| i64::from(*minutes)).sum::<i64>();
        let own = self.terms.iter().filter_map(|terms| terms.minutes.as_deref()).map(sum);
        own.chain([i64::from(total_minutes(&self.parts))]).max().unwrap_or(0)
    }

    /// Standard length of the guest's stay in minutes, without the buffers.
    #[must_use]
    pub fn minutes(&self) -> u16 {
        stay_minutes(&self.parts)
    }

    /// Few, each of another type, for parts that there are.
    fn needs_are_sound(&self) -> bool {
        let exist = |need: &ResourceNeed| need.parts.iter().all(|part| usize::from(*part) < self.parts.len());
        let in_order = |need: &ResourceNeed| need.parts.windows(2).all(|pair| pair[0] < pair[1]);
        let types: BTreeSet<ResourceTypeId> = self.needs.iter().map(|need| need.resource_type).collect();
        self.needs.len() <= MOST_NEEDS && types.len() == self.needs.len() && self.needs.iter().all(|need| exist(need) && in_order(need))
    }

    /// # Errors
    /// `Invalid` with the field at fault.
    pub fn check(&self) -> Result<(), Refusal> {
        let invalid = |field: &str| Err(Refusal::Invalid { field: field.into() });
        self.name.check()?;
        let length_ok = |minutes: u16| minutes > 0 && minutes.is_multiple_of(5) && minutes <= 1440;
        if self.parts.is_empty() || self.parts.len() > 12 || !self.parts.iter().all(|part| length_ok(part.minutes)) {
            return invalid("parts");
        }
        if !self.parts.iter().any(|part| part.kind == PartKind::Active) {
            return invalid("parts");
        }
        let terms_ok = |terms: &PriceOverride| {
            terms.minutes.as_ref().is_none_or(|minutes| minutes.len() == self.parts.len() && minutes.iter().all(|m| length_ok(*m)))
        };
        if self.terms.len() > 500 || !self.terms.iter().all(terms_ok) {
            return invalid("terms");
        }
        if total_minutes(&self.parts) > 600 {
            return invalid("parts");
        }
        if !self.needs_are_sound() {
            return invalid("needs");
        }
        let negative = self.price.is_some_and(|price| price.0 < 0) || self.terms.iter().any(|t| t.price.flatten().is_some_and(|p| p.0 < 0));
        if negative { invalid("price") } else { Ok(()) }
    }
}

/// Minutes the guest is there: everything but the buffers.
#[must_use]
pub fn stay_minutes(parts: &[Part]) -> u16 {
    parts.iter().filter(|part| matches!(part.kind, PartKind::Active | PartKind::Processing)).map(|part| part.minutes).sum()
}

/// As menus list them: by category, then by name.
pub fn in_menu_order<'a>(services: impl Iterator<Item = &'a Service>) -> Vec<&'a Service> {
    let mut menu: Vec<&Service> = services.collect();
    sort::sort_by_key(&mut menu, |service| (&service.category.zh, &service.name.zh));
    menu
}

impl Versioned for Service {}

impl Noun for Service {
    fn id(&self) -> ServiceId {
        self.id
    }

    fn home(&self) -> Home {
        Home::Brand
    }

    fn feeds(&self) -> Vec<(Scope, RecordKey)> {
        vec![(Scope::BrandPublic, self.key())]
    }

    /// Who wrote it, when, and on which device is for those who work here.
    fn shown_in(self, _scope: Scope, to_staff: bool) -> Option<Self> {
        Some(Self { written: Written::shown(self.written, to_staff), ..self })
    }
}
