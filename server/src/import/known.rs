//! What is here from earlier imports of the same salon: what was said, and what stands.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use shared::booking::Booking;
use shared::command::{Command, ImportVisit};
use shared::id::{BookingId, CommandId, StaffId, StoreId};
use shared::record::Catalogue;
use uuid::Uuid;

use super::plan::Plan;
use super::rows::ServiceRow;
use crate::db::{bookings, imported, imported_sales};
use crate::error::Error;
use crate::said::{Said, SaleFacts, ServiceFacts};
use crate::state::AppState;

impl ServiceFacts {
    /// The facts of a row.
    pub fn of(row: &ServiceRow) -> Self {
        let (description, category) = (row.description.clone(), row.category.clone());
        Self { active: row.active, description, category, price_cents: row.price_cents }
    }
}

/// Everything an import is compared with.
#[derive(Debug, Default)]
pub struct Known {
    /// Stores, services and staff as they are.
    pub catalogue: Arc<Catalogue>,
    /// What was said by the id of what it is about.
    pub said: BTreeMap<Uuid, Said>,
    /// The imported visits as they stand.
    pub visits: BTreeMap<BookingId, Booking>,
    /// The sales history.
    pub sales: BTreeMap<Uuid, SaleFacts>,
}

impl Known {
    /// Reads what is here of a plan's salon.
    ///
    /// # Errors
    /// Of the database.
    pub async fn read(state: &AppState, plan: &Plan) -> Result<Self, Error> {
        let store = plan.target.salon.store_id();
        let catalogue = state.catalogue().await?;
        let mut connection = state.pool.acquire().await?;
        let said = imported::said(&mut connection, &state.sealer, store).await?;
        let remembered = said.iter().filter(|(_, said)| matches!(said, Said::Visit(_))).map(|(id, _)| *id);
        let ids: BTreeSet<Uuid> = plan.visits.iter().map(|visit| visit.said.booking.0).chain(remembered).collect();
        let visits = bookings::by_ids(&mut connection, &state.sealer, store, &ids.into_iter().collect::<Vec<_>>()).await?;
        let sales = imported_sales::of_store(&mut connection, store).await?;
        Ok(Self { catalogue, said, visits: visits.into_iter().map(|visit| (visit.id, visit)).collect(), sales })
    }

    /// What was said about a service.
    pub fn service(&self, id: Uuid) -> Option<&ServiceFacts> {
        match self.said.get(&id) {
            Some(Said::Service(facts)) => Some(facts),
            _ => None,
        }
    }

    /// What was said about a visit.
    pub fn visit(&self, id: BookingId) -> Option<&ImportVisit> {
        match self.said.get(&id.0) {
            Some(Said::Visit(visit)) => Some(visit),
            _ => None,
        }
    }
}

/// Whether somebody works in the store whom the files do not name. An import that was interrupted knows nobody else.
pub fn has_other_staff(catalogue: &Catalogue, store: StoreId, commands: &[(CommandId, Command)]) -> bool {
    let staff_in = |(_, command): &(CommandId, Command)| match command {
        Command::PutStaff(put) => Some(put.staff),
        _ => None,
    };
    let named: BTreeSet<StaffId> = commands.iter().filter_map(staff_in).collect();
    catalogue.staff.values().any(|staff| staff.stores.contains(&store) && !named.contains(&staff.id))
}
