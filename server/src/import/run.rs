//! Doing what was planned: commands through the one write path, sales history beside them. Running twice changes nothing.
//!
//! A command is known by its subject, so that what was changed here since is not written over by a second run. Only what was refused
//! is given once more, under an id that also follows from what it says: a corrected file goes in.

use std::collections::BTreeSet;
use std::path::PathBuf;

use jiff::civil::Date;
use shared::command::Command;
use shared::id::CommandId;
use shared::refusal::Refusal;
use shared::role::{Channel, Principal};
use shared::sync::Outcome;
use shared::time::Timestamp;
use uuid::Uuid;

use super::known::{changed_prices, has_other_staff};
use super::plan::{Plan, make_plan};
use super::report::Report;
use super::{ImportError, SalonBytes, current_date};
use crate::apply::{SystemCommand, as_system};
use crate::db::{commands, imported_sales};
use crate::error::Error;
use crate::identity::principal_name;
use crate::state::AppState;

/// What to import, and how.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// The folder with the six files.
    pub folder: PathBuf,
    /// The first day that is not history; without it, the day after the last receipt.
    pub today: Option<Date>,
    /// Moves all dates by whole weeks so that this day falls into the running week.
    pub shift_to_today: bool,
}

/// Reads and understands the files; writes nothing. This is all that a dry run does.
///
/// # Errors
/// A bad or missing file, with line and reason.
pub fn plan_import(options: &ImportOptions, now: Timestamp) -> Result<Plan, ImportError> {
    let salon = SalonBytes::read(&options.folder)?;
    let move_to = options.shift_to_today.then(|| current_date(now)).transpose()?;
    let mut plan = make_plan(&salon, options.today, move_to)?;
    let (commands, sales) = (plan.commands.len(), plan.sales.len());
    plan.report.outcome.push(format!("{commands} commands and {sales} lines of sales history understood"));
    Ok(plan)
}

/// Reads the files and writes what they say.
///
/// # Errors
/// A bad file, before anything is written; or of the database: what was given before stays given, and the next run goes on.
pub async fn import_salon(state: &AppState, options: &ImportOptions) -> Result<Report, ImportError> {
    let plan = plan_import(options, state.clock.now())?;
    carry_out(state, plan).await
}

/// Gives the commands of a plan and adds its sales history; the report says what was new.
///
/// # Errors
/// Another salon's files, before anything is written; or of the database.
pub async fn carry_out(state: &AppState, plan: Plan) -> Result<Report, ImportError> {
    let Plan { commands, sales, mut report } = plan;
    let before = state.catalogue().await.map_err(Error::from)?;
    if has_other_staff(&before, &commands) && knows_hardly_a_client(state, &commands).await? {
        return Err(ImportError::AnotherSalon);
    }
    report.attention.extend(changed_prices(&before, &commands));
    let effects = give_all(state, &commands).await?;
    let number = |wanted: fn(&Effect) -> bool| effects.iter().filter(|effect| wanted(effect)).count();
    let (new, known) = (number(|effect| *effect == Effect::New), number(|effect| *effect == Effect::Known));
    let refused: Vec<String> = commands.iter().zip(&effects).filter_map(|(command, effect)| effect.refusal(command)).collect();
    let new_sales = add_sales(state, &sales).await?;
    report.outcome.push(format!("{} commands: {new} new, {known} known from before, {} refused", commands.len(), refused.len()));
    report.outcome.push(format!("{} lines of sales history: {new_sales} new", sales.len()));
    report.attention.extend(refused);
    Ok(report)
}

/// Fewer than one in ten: a salon's next export names most of those who came before, too.
async fn knows_hardly_a_client(state: &AppState, commands: &[(CommandId, Command)]) -> Result<bool, Error> {
    let registrations = commands.iter().filter(|(_, command)| matches!(command, Command::RegisterMember(_)));
    let registrations: Vec<(CommandId, Command)> = registrations.cloned().collect();
    Ok(known_before(state, &registrations).await?.len().saturating_mul(10) < registrations.len())
}

/// What became of a command of the import.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Effect {
    New,
    Known,
    /// Why not.
    Refused(String),
}

impl Effect {
    fn of(command: &Command, outcome: &Outcome, known: bool) -> Self {
        match (command, outcome) {
            (_, Outcome::Applied) if known => Effect::Known,
            (_, Outcome::Applied) => Effect::New,
            // Brought in under another id, by a corrected file.
            (Command::ImportVisit(_), Outcome::Refused { refusal: Refusal::AlreadyExists, .. }) => Effect::Known,
            (_, Outcome::Refused { refusal, .. }) => Effect::Refused(refusal.to_string()),
            (_, Outcome::Unreadable | Outcome::Poison | Outcome::Withdrawn) => Effect::Refused(format!("{outcome:?}")),
        }
    }

    fn refusal(&self, (id, command): &(CommandId, Command)) -> Option<String> {
        match self {
            Effect::New | Effect::Known => None,
            Effect::Refused(why) => Some(format!("{} {id}: {why}", command.name())),
        }
    }
}

/// Gives all commands, and those that are refused once more under the id of their content.
async fn give_all(state: &AppState, commands: &[(CommandId, Command)]) -> Result<Vec<Effect>, Error> {
    let mut effects = give(state, commands).await?;
    let again: Vec<usize> =
        effects.iter().enumerate().filter(|(_, effect)| matches!(effect, Effect::Refused(_))).map(|(at, _)| at).collect();
    let with_content = again.iter().filter_map(|at| commands.get(*at)).map(|(id, command)| (content_id(*id, command), command.clone()));
    let second = give(state, &with_content.collect::<Vec<_>>()).await?;
    for (at, effect) in again.into_iter().zip(second) {
        if let Some(place) = effects.get_mut(at) {
            *place = effect;
        }
    }
    Ok(effects)
}

fn content_id(id: CommandId, command: &Command) -> CommandId {
    // What cannot be written as JSON has no content of its own; commands always can.
    CommandId(Uuid::new_v5(&id.0, &serde_json::to_vec(command).unwrap_or_default()))
}

async fn give(state: &AppState, commands: &[(CommandId, Command)]) -> Result<Vec<Effect>, Error> {
    let known = known_before(state, commands).await?;
    let given = commands.iter().map(|(uuid, command)| SystemCommand { uuid: *uuid, command: command.clone(), given_at: None }).collect();
    let outcomes = as_system(state, Channel::Import, given).await?;
    let effect = |((id, command), outcome): (&(CommandId, Command), &Outcome)| Effect::of(command, outcome, known.contains(id));
    Ok(commands.iter().zip(&outcomes).map(effect).collect())
}

async fn known_before(state: &AppState, commands: &[(CommandId, Command)]) -> Result<BTreeSet<CommandId>, Error> {
    let system = principal_name(Principal::System);
    let ids: Vec<(&str, Uuid)> = commands.iter().map(|(id, _)| (system.as_str(), id.0)).collect();
    let mut connection = state.pool.acquire().await?;
    Ok(commands::outcomes(&mut connection, &ids).await?.into_keys().map(|(_, id)| id).collect())
}

async fn add_sales(state: &AppState, sales: &[super::sales::ImportedSale]) -> Result<u64, Error> {
    Ok(imported_sales::add(&mut *state.pool.acquire().await?, sales).await?)
}
