//! Doing what was planned: commands through the one write path, sales history beside them. Running twice changes nothing.

use std::path::PathBuf;

use jiff::civil::Date;
use shared::command::Command;
use shared::role::{Channel, Principal};
use shared::sync::Outcome;
use shared::time::Timestamp;
use uuid::Uuid;

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
    Ok(carry_out(state, plan).await?)
}

/// Gives the commands of a plan and adds its sales history; the report says what was new.
///
/// # Errors
/// Of the database.
pub async fn carry_out(state: &AppState, plan: Plan) -> Result<Report, Error> {
    let Plan { commands, sales, mut report } = plan;
    let all = commands.len();
    let known = known_before(state, &commands).await?;
    let names: Vec<String> = commands.iter().map(|(id, command)| format!("{} {id}", command.name())).collect();
    let given = commands.into_iter().map(|(uuid, command)| SystemCommand { uuid, command, given_at: None }).collect();
    let outcomes = as_system(state, Channel::Import, given).await?;
    let refused: Vec<String> = names.iter().zip(&outcomes).filter_map(|(name, outcome)| refusal(name, outcome)).collect();
    let new_sales = add_sales(state, &sales).await?;
    report.outcome.push(format!("{all} commands: {} new, {known} known from before, {} refused", all - known, refused.len()));
    report.outcome.push(format!("{} lines of sales history: {new_sales} new", sales.len()));
    report.attention.extend(refused);
    Ok(report)
}

async fn known_before(state: &AppState, commands: &[(shared::id::CommandId, Command)]) -> Result<usize, Error> {
    let system = principal_name(Principal::System);
    let ids: Vec<(&str, Uuid)> = commands.iter().map(|(id, _)| (system.as_str(), id.0)).collect();
    let mut connection = state.pool.acquire().await?;
    Ok(commands::outcomes(&mut connection, &ids).await?.len())
}

async fn add_sales(state: &AppState, sales: &[super::sales::ImportedSale]) -> Result<u64, Error> {
    let mut transaction = state.pool.begin().await?;
    let added = imported_sales::add(&mut transaction, sales).await?;
    transaction.commit().await?;
    Ok(added)
}

fn refusal(name: &str, outcome: &Outcome) -> Option<String> {
    match outcome {
        Outcome::Applied => None,
        Outcome::Refused { refusal, .. } => Some(format!("{name}: {refusal}")),
        Outcome::Unreadable | Outcome::Poison | Outcome::Withdrawn => Some(format!("{name}: {outcome:?}")),
    }
}
