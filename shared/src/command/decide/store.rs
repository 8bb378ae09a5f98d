//! Set-up of a store: the store itself, its rules, the order of its people.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::scope::not_found;
use super::written::{done, existing, must_brand, written};
use crate::command::decider::Decider;
use crate::command::payload::{Givers, Payload};
use crate::command::reads::Ask;
use crate::command::texts::{ADDRESS, Cleaning, NOTE, SHORT, TITLE};
use crate::decision::Decision;
use crate::id::{LegalEntityId, StaffId, StoreId};
use crate::member::MemberGroup;
use crate::money::Currency;
use crate::name::Name;
use crate::refusal::Refusal;
use crate::role::Permission;
use crate::store::{Confirmation, Rules, StaffOrder, Store};
use crate::time::{LocalDate, LocalSpan};
use crate::versioned::Versioned;
use crate::zone::Zone;

/// A store, without the order of its people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PutStore {
    /// Store.
    pub store: StoreId,
    /// Name on the door.
    pub name: Name,
    /// Address line.
    pub address: String,
    /// Public phone number.
    pub phone: String,
    /// Who owns it.
    pub legal_entity: LegalEntityId,
    /// Currency of all its prices.
    pub currency: Currency,
    /// Zone; the server knows its table by the name.
    pub zone: Zone,
    /// Opening hours, Monday first.
    pub hours: [Vec<LocalSpan>; 7],
    /// Days that differ from the week.
    pub special_days: BTreeMap<LocalDate, Vec<LocalSpan>>,
    /// Count only while the store is new; `None` are the usual ones.
    pub rules: Option<RulesForm>,
    /// Version on the screen; 0 for a new one.
    pub base: u32,
}

impl PutStore {
    /// Everything that a record says, over a version of it.
    #[must_use]
    pub fn of(store: Store, base: u32) -> Self {
        PutStore {
            store: store.id,
            name: store.name,
            address: store.address,
            phone: store.phone,
            legal_entity: store.legal_entity,
            currency: store.currency,
            zone: store.zone,
            hours: store.hours,
            special_days: store.special_days,
            rules: Some(store.rules.into()),
            base,
        }
    }

    /// Whether promises may lie outside of its hours now.
    fn changes_time(&self, current: Option<&Store>) -> bool {
        let same = |store: &Store| (&self.hours, &self.special_days, &self.zone) == (&store.hours, &store.special_days, &store.zone);
        current.is_some_and(|store| !same(store))
    }

    fn into_record(self, current: Option<&Store>) -> Store {
        let rules = self.rules.map(Rules::from).unwrap_or_default();
        Store {
            id: self.store,
            name: self.name,
            address: self.address,
            phone: self.phone,
            legal_entity: self.legal_entity,
            currency: self.currency,
            zone: self.zone,
            hours: self.hours,
            special_days: self.special_days,
            staff_order: current.map_or_else(StaffOrder::default, |store| store.staff_order.clone()),
            rules: current.map_or(rules, |store| store.rules.clone()),
            written: None,
            rules_written: current.and_then(|store| store.rules_written),
        }
    }
}

/// The rules of a store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PutRules {
    /// Store.
    pub store: StoreId,
    /// The rules.
    pub rules: RulesForm,
    /// Version on the screen; 0 when never written.
    pub base: u32,
}

/// The rules as a form says them: see [`Rules`] for each.
#[expect(missing_docs, reason = "each is the field of `Rules` with its name")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesForm {
    pub grid_minutes: u16,
    pub lead_minutes: u16,
    pub horizon_days: u16,
    pub cutoff_minutes: u16,
    pub long_cutoff_minutes: u16,
    pub hold_minutes: u16,
    pub late_tolerance_minutes: u16,
    pub confirmation: Confirmation,
    pub silent_after_minutes: u16,
    pub silent_hours: u16,
    pub channel_ranks: Vec<u8>,
    pub priority_groups: Vec<MemberGroup>,
    pub remedy: Name,
    pub booking_note: Name,
    pub terms_version: u16,
    pub shares_members: bool,
}

impl RulesForm {
    fn clean(&mut self, cleaning: &mut Cleaning) {
        cleaning.name("remedy", NOTE, &mut self.remedy);
        cleaning.name("booking_note", NOTE, &mut self.booking_note);
    }
}

impl From<Rules> for RulesForm {
    fn from(rules: Rules) -> Self {
        RulesForm {
            grid_minutes: rules.grid_minutes,
            lead_minutes: rules.lead_minutes,
            horizon_days: rules.horizon_days,
            cutoff_minutes: rules.cutoff_minutes,
            long_cutoff_minutes: rules.long_cutoff_minutes,
            hold_minutes: rules.hold_minutes,
            late_tolerance_minutes: rules.late_tolerance_minutes,
            confirmation: rules.confirmation,
            silent_after_minutes: rules.silent_after_minutes,
            silent_hours: rules.silent_hours,
            channel_ranks: rules.channel_ranks,
            priority_groups: rules.priority_groups,
            remedy: rules.remedy,
            booking_note: rules.booking_note,
            terms_version: rules.terms_version,
            shares_members: rules.shares_members,
        }
    }
}

impl From<RulesForm> for Rules {
    fn from(form: RulesForm) -> Self {
        Rules {
            grid_minutes: form.grid_minutes,
            lead_minutes: form.lead_minutes,
            horizon_days: form.horizon_days,
            cutoff_minutes: form.cutoff_minutes,
            long_cutoff_minutes: form.long_cutoff_minutes,
            hold_minutes: form.hold_minutes,
            late_tolerance_minutes: form.late_tolerance_minutes,
            confirmation: form.confirmation,
            silent_after_minutes: form.silent_after_minutes,
            silent_hours: form.silent_hours,
            channel_ranks: form.channel_ranks,
            priority_groups: form.priority_groups,
            remedy: form.remedy,
            booking_note: form.booking_note,
            terms_version: form.terms_version,
            shares_members: form.shares_members,
        }
    }
}

/// The order in which a store shows its people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderStaff {
    /// Store.
    pub store: StoreId,
    /// People of the store, each once, the first first; empty goes back to the usual order.
    pub people: Vec<StaffId>,
    /// Version on the screen; 0 when never written.
    pub base: u32,
}

impl Versioned for PutStore {}

impl Payload for PutStore {
    const GIVEN_BY: Givers = Givers::Staff;
    const CHANGES_CATALOGUE: bool = true;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        if self.changes_time(ask.view.catalogue.stores.get(&self.store)) {
            ask.ahead(self.store, None);
        }
    }

    fn clean(&mut self, cleaning: &mut Cleaning) {
        cleaning.name("name", TITLE, &mut self.name);
        cleaning.text("address", ADDRESS, &mut self.address);
        cleaning.text("phone", SHORT, &mut self.phone);
        cleaning.text("zone", SHORT, &mut self.zone.name);
        if let Some(rules) = &mut self.rules {
            rules.clean(cleaning);
        }
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        let current = existing(decider.view.store(self.store))?;
        match current {
            Some(store) => decider.must(Permission::ManageStore, store.id)?,
            None => must_brand(decider)?,
        }
        let mut store = self.clone().into_record(current);
        // Whom a store belongs to is not for its manager to say.
        if current.is_some_and(|current| store.legal_entity != current.legal_entity) {
            must_brand(decider)?;
        }
        store.check()?;
        store.written = Some(written(decider, current.and_then(|store| store.written.as_ref()), self.base)?);
        Ok(if self.changes_time(current) { decider.covering(store, &[self.store]) } else { done(store) })
    }
}

impl Versioned for PutRules {}

impl Payload for PutRules {
    const GIVEN_BY: Givers = Givers::Staff;
    const CHANGES_CATALOGUE: bool = true;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn clean(&mut self, cleaning: &mut Cleaning) {
        self.rules.clean(cleaning);
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        let mut store = decider.store(self.store)?.clone();
        decider.must(Permission::ManageStore, store.id)?;
        let rules = Rules::from(self.rules.clone());
        rules.check()?;
        // Whom a brand shows its members is for the brand to say.
        if rules.shares_members != store.rules.shares_members {
            must_brand(decider)?;
        }
        // What somebody has agreed to stays published.
        if rules.terms_version < store.rules.terms_version {
            return Err(Refusal::Invalid { field: "terms_version".into() });
        }
        store.rules_written = Some(written(decider, store.rules_written.as_ref(), self.base)?);
        store.rules = rules;
        Ok(done(store))
    }
}

impl Versioned for OrderStaff {}

impl Payload for OrderStaff {
    const GIVEN_BY: Givers = Givers::Staff;
    const CHANGES_CATALOGUE: bool = true;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    /// Whoever has left keeps a place that nobody sees; who is named must work there.
    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        let mut store = decider.store(self.store)?.clone();
        decider.must(Permission::ManageStore, store.id)?;
        let named: BTreeSet<StaffId> = self.people.iter().copied().collect();
        if named.len() != self.people.len() {
            return Err(Refusal::Invalid { field: "people".into() });
        }
        for id in named {
            if !decider.view.staff(id).or_refuse("staff")?.stores.contains(&store.id) {
                return Err(not_found("staff"));
            }
        }
        let written = written(decider, store.staff_order.written.as_ref(), self.base)?;
        store.staff_order = StaffOrder { people: self.people.clone(), written: Some(written) };
        Ok(done(store))
    }
}
