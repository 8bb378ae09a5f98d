//! How the report calls services and people.

use std::collections::BTreeMap;

use shared::command::Command;
use shared::id::{ServiceId, StaffId};

use crate::import::known::Known;
use crate::import::plan::Plan;
use crate::import::words::{Sentence, Words};

/// What services and people are called, from the files and from what is here.
pub(crate) struct Names {
    services: BTreeMap<ServiceId, String>,
    staff: BTreeMap<StaffId, String>,
}

impl Names {
    pub(crate) fn of(plan: &Plan, known: &Known) -> Self {
        let services = known.catalogue.services.values().map(|service| (service.id, service.code.clone()));
        let staff = known.catalogue.staff.values().map(|staff| (staff.id, staff.name.zh.clone()));
        let mut names = Self { services: services.collect(), staff: staff.collect() };
        for (_, command) in &plan.commands {
            match command {
                Command::PutService(put) => drop(names.services.insert(put.service, put.code.clone())),
                Command::PutStaff(put) => drop(names.staff.insert(put.staff, put.name.zh.clone())),
                _ => {}
            }
        }
        names
    }

    pub(crate) fn service(&self, id: ServiceId) -> String {
        self.services.get(&id).cloned().unwrap_or_else(|| id.to_string())
    }

    pub(crate) fn staff(&self, id: Option<StaffId>) -> Sentence {
        let name = |id: StaffId| Sentence::same(self.staff.get(&id).cloned().unwrap_or_else(|| id.to_string()));
        id.map_or_else(|| Words("未定", "nobody in particular").into(), name)
    }
}
