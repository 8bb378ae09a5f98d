//! Which salon an import is of: the one that was named, else the one that was imported without a name.

use shared::command::Command;
use shared::role::Principal;

use super::Understanding;
use super::error::ImportError;
use super::known::has_other_staff;
use super::plan::Plan;
use super::salon::Salon;
use crate::db::imported::{KnownSalon, how_many_visits};
use crate::db::{commands, imported};
use crate::error::Error;
use crate::identity::principal_name;
use crate::state::AppState;

/// The salon, and how its dates move if it was imported before.
pub(super) async fn choose(
    state: &AppState,
    asked: Option<&Salon>,
    files: &Understanding,
) -> Result<(Salon, Option<KnownSalon>), ImportError> {
    let catalogue = state.catalogue().await.map_err(Error::from)?;
    let mut connection = state.pool.acquire().await.map_err(Error::from)?;
    let salons = imported::salons(&mut connection).await.map_err(Error::from)?;
    let unnamed = Salon::unnamed();
    let has_unnamed = catalogue.stores.contains_key(&unnamed.store_id());
    let salon = which(asked, has_unnamed, &salons)?;
    if has_unnamed && salon != unnamed && !catalogue.stores.contains_key(&salon.store_id()) {
        let visits: Vec<_> = files.days.visits.iter().map(|visit| unnamed.id(visit.id)).collect();
        let known = how_many_visits(&mut connection, unnamed.store_id(), &visits).await.map_err(Error::from)?;
        if known > 0 && known.saturating_mul(2) >= visits.len() {
            return Err(ImportError::KnownWithoutName);
        }
    }
    let known = salons.into_iter().find(|known| known.store == salon.store_id());
    Ok((salon, known))
}

fn which(asked: Option<&Salon>, has_unnamed: bool, salons: &[KnownSalon]) -> Result<Salon, ImportError> {
    match asked {
        Some(named) => Ok(named.clone()),
        None if has_unnamed || salons.is_empty() => Ok(Salon::unnamed()),
        None => Err(ImportError::WhichSalon { names: salons.iter().map(|salon| salon.name.clone()).collect() }),
    }
}

/// The files of one name are of one salon: its next export names most of those who came before, too.
pub(super) async fn must_be_the_same_salon(state: &AppState, plan: &Plan) -> Result<(), ImportError> {
    let catalogue = state.catalogue().await.map_err(Error::from)?;
    if !has_other_staff(&catalogue, plan.target.salon.store_id(), &plan.commands) {
        return Ok(());
    }
    let registrations = plan.commands.iter().filter(|(_, command)| matches!(command, Command::RegisterMember(_)));
    let system = principal_name(Principal::System);
    let ids: Vec<_> = registrations.map(|(id, _)| (system.as_str(), id.0)).collect();
    let mut connection = state.pool.acquire().await.map_err(Error::from)?;
    let known = commands::outcomes(&mut connection, &ids).await.map_err(Error::from)?.len();
    if known.saturating_mul(10) < ids.len() { Err(ImportError::AnotherSalon) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use shared::id::StoreId;
    use uuid::Uuid;

    use super::*;

    fn west() -> KnownSalon {
        KnownSalon { store: StoreId(Uuid::nil()), name: "West".to_owned(), shift_days: 0 }
    }

    #[test]
    fn an_owner_with_named_salons_says_which_one() {
        let named = Salon::named("East").expect("a name");
        assert_eq!(which(Some(&named), true, &[west()]).expect("it is named"), named);
        assert_eq!(which(None, false, &[]).expect("the first"), Salon::unnamed());
        assert_eq!(which(None, true, &[west()]).expect("there is one without a name"), Salon::unnamed());
        let refused = which(None, false, &[west()]).expect_err("which one?");
        assert!(refused.to_string().contains("“West”"), "{refused}");
    }
}
