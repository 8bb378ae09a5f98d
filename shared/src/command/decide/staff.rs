//! Set-up of a staff member.

use serde::{Deserialize, Serialize};

use super::scope::not_found;
use super::written::{done, existing, written};
use crate::command::decider::Decider;
use crate::command::payload::{Givers, Payload};
use crate::command::reads::Ask;
use crate::command::texts::{Cleaning, TITLE};
use crate::decision::Decision;
use crate::id::{ServiceId, StaffId, StoreId};
use crate::name::Name;
use crate::refusal::Refusal;
use crate::role::Permission;
use crate::staff::{Gender, Staff};
use crate::versioned::Versioned;
use crate::view::Found;

/// A staff member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PutStaff {
    /// Staff member.
    pub staff: StaffId,
    /// Name that members see.
    pub name: Name,
    /// Level: 1 is the entry level.
    pub level: u8,
    /// Title of the level.
    pub title: Name,
    /// Gender, only where they agreed to show it.
    pub gender: Option<Gender>,
    /// Stores they work in.
    pub stores: Vec<StoreId>,
    /// Services they can do.
    pub skills: Vec<ServiceId>,
    /// Can be booked by members.
    pub online: bool,
    /// Still works here.
    pub active: bool,
    /// Version on the screen; 0 for a new one.
    pub base: u32,
}

impl PutStaff {
    /// Everything that a record says, over a version of it.
    #[must_use]
    pub fn of(staff: Staff, base: u32) -> Self {
        PutStaff {
            staff: staff.id,
            name: staff.name,
            level: staff.level,
            title: staff.title,
            gender: staff.gender,
            stores: staff.stores,
            skills: staff.skills,
            online: staff.online,
            active: staff.active,
            base,
        }
    }

    /// Whether somebody does less than before.
    fn takes_from(&self, current: &Staff) -> bool {
        let works_less = current.stores.iter().any(|store| !self.stores.contains(store));
        let does_less = current.skills.iter().any(|skill| !self.skills.contains(skill));
        current.active && !self.active || works_less || does_less
    }

    fn into_record(self) -> Staff {
        Staff {
            id: self.staff,
            name: self.name,
            level: self.level,
            title: self.title,
            gender: self.gender,
            stores: self.stores,
            skills: self.skills,
            online: self.online,
            active: self.active,
            written: None,
        }
    }
}

impl Versioned for PutStaff {}

impl Payload for PutStaff {
    const GIVEN_BY: Givers = Givers::Staff;
    const CHANGES_CATALOGUE: bool = true;
    const ALONE: bool = true;

    fn store(&self) -> Option<StoreId> {
        None
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        if let Some(current) = ask.view.catalogue.staff.get(&self.staff).filter(|current| self.takes_from(current)) {
            current.stores.iter().for_each(|store| ask.ahead(*store, Some(self.staff.into())));
        }
    }

    fn clean(&mut self, cleaning: &mut Cleaning) {
        cleaning.name("name", TITLE, &mut self.name);
        cleaning.name("title", TITLE, &mut self.title);
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        let mut staff = self.clone().into_record();
        staff.check()?;
        let current = existing(decider.view.staff(staff.id))?;
        let before = current.map(|staff| staff.stores.as_slice()).unwrap_or_default();
        let manages = |store: &StoreId| decider.context.actor.may(Permission::ManageStore, *store);
        // Somebody who works only in others' stores is not there for this manager: neither to be changed nor to be taken over.
        if current.is_some() && !before.iter().any(manages) {
            return Err(not_found("staff"));
        }
        // Whoever manages some of the stores may not hand out work in the others.
        let touched = |store: &&StoreId| before.contains(store) != staff.stores.contains(store);
        for store in staff.stores.iter().chain(before).filter(touched) {
            decider.store(*store)?;
            decider.must(Permission::ManageStore, *store)?;
        }
        // Whoever and whatever can be occupied share their ids.
        if matches!(decider.view.resource(staff.id.into()), Found::Known(_)) {
            return Err(Refusal::AlreadyExists);
        }
        for skill in &staff.skills {
            decider.view.service(*skill).or_refuse("service")?;
        }
        staff.written = Some(written(decider, current.and_then(|staff| staff.written.as_ref()), self.base)?);
        Ok(match current.filter(|current| self.takes_from(current)) {
            Some(current) => decider.covering(staff, &current.stores),
            None => done(staff),
        })
    }
}
