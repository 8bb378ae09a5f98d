//! Doing what was planned: commands through the one write path, sales history beside them. Running twice changes nothing.
//!
//! A command is known by its subject, so that what was changed here since is not written over by a second run. Facts that the files say
//! otherwise than before are told, and taken over only by choice.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jiff::civil::Date;
use shared::command::Command;
use shared::money::Currency;
use shared::store::Store;
use shared::time::Timestamp;
use shared::zone::Zone;
use uuid::Uuid;

use super::changes::compare;
use super::choice::{choose, must_be_the_same_salon};
use super::give::{Effect, give_all, known_before};
use super::known::Known;
use super::plan::{Plan, make_plan};
use super::report::Report;
use super::salon::Salon;
use super::take_over::take_over;
use super::target::Target;
use super::words::Sentence;
use super::{ImportError, SALON_CURRENCY, SALON_ZONE, SalonBytes, Understanding, current_date, salon_zone, shift_days, understand};
use crate::db::imported::{self, KnownSalon};
use crate::db::imported_sales;
use crate::db::transaction::transaction;
use crate::error::Error;
use crate::import::changes::change::Comparison;
use crate::said::{Said, ServiceFacts};
use crate::state::AppState;

/// What to import, and how.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// The folder with the six files.
    pub folder: PathBuf,
    /// Whose files they are; `None` is the salon without a name.
    pub salon: Option<Salon>,
    /// Its zone; without it, [`SALON_ZONE`].
    pub zone: Option<String>,
    /// What its prices are in; without it, [`SALON_CURRENCY`].
    pub currency: Option<Currency>,
    /// The first day that is not history; without it, the day after the last receipt.
    pub today: Option<Date>,
    /// Moves all dates by whole weeks so that this day falls into the week of the first import.
    pub shift_to_today: bool,
    /// Takes changed facts of known rows over.
    pub apply_changes: bool,
}

/// Reads and understands the files; looks at nothing else.
///
/// # Errors
/// A bad or missing file, with line and reason.
pub fn read_files(options: &ImportOptions) -> Result<Understanding, ImportError> {
    Ok(understand(&SalonBytes::read(&options.folder)?, options.today)?)
}

/// Reads the files and writes what they say.
///
/// # Errors
/// A bad file or another salon's, before anything is written; or of the database: what was given before stays given, and the next run goes
/// on.
pub async fn import_salon(state: &AppState, options: &ImportOptions) -> Result<Report, ImportError> {
    carry_out(state, read_files(options)?, options).await
}

/// What an import would do: all that a dry run does. Without a database nothing is known yet.
///
/// # Errors
/// As [`import_salon`].
pub async fn preview(
    state: Option<&AppState>,
    files: Understanding,
    options: &ImportOptions,
    now: Timestamp,
) -> Result<Report, ImportError> {
    let (mut report, commands, sales, new) = match state {
        None => {
            let plan = plan_for(files, options.salon.clone().unwrap_or_default(), (None, place_of(options, None)?), options, now)?;
            (plan.report, plan.commands.len(), plan.sales.len(), None)
        }
        Some(state) => {
            let Prepared { plan, known, found } = prepare(state, files, options).await?;
            let before = known_before(state, &plan.commands).await?.len();
            let new_sales = plan.sales.iter().filter(|sale| !known.sales.contains_key(&sale.id)).count();
            let mut report = plan.report.clone();
            tell_changes(&mut report, &found, options.apply_changes.then(|| would_take(&found)));
            (report, plan.commands.len(), plan.sales.len(), Some((plan.commands.len() - before, new_sales)))
        }
    };
    report.outcome.push(Sentence::new(
        format!("共 {commands} 条命令，{sales} 行销售历史"),
        format!("{commands} commands and {sales} lines of sales history understood"),
    ));
    report.outcome.extend(new.map(|(commands, sales)| {
        Sentence::new(
            format!("其中新的：{commands} 条命令，{sales} 行销售历史"),
            format!("of these {commands} commands and {sales} lines are new"),
        )
    }));
    Ok(report)
}

/// A plan, and what is here that it meets.
struct Prepared {
    plan: Plan,
    known: Known,
    found: Comparison,
}

async fn prepare(state: &AppState, files: Understanding, options: &ImportOptions) -> Result<Prepared, ImportError> {
    let (salon, before) = choose(state, options.salon.as_ref(), &files).await?;
    let (_, catalogue) = state.surroundings().await.map_err(Error::from)?;
    let place = place_of(options, catalogue.stores.get(&salon.store_id()))?;
    let mut plan = plan_for(files, salon, (before.as_ref(), place), options, state.clock.now())?;
    must_be_the_same_salon(state, &plan).await?;
    let known = Known::read(state, &plan).await?;
    let found = compare(&plan, &known);
    let is_merged = |command: &Command| matches!(command, Command::ImportVisit(visit) if found.merged.contains(&visit.booking));
    plan.commands.retain(|(_, command)| !is_merged(command));
    Ok(Prepared { plan, known, found })
}

/// The dates of a salon move as they did at its first import.
fn plan_for(
    files: Understanding,
    salon: Salon,
    (before, (zone, currency)): (Option<&KnownSalon>, (Zone, Currency)),
    options: &ImportOptions,
    now: Timestamp,
) -> Result<Plan, ImportError> {
    let shift_days = match before {
        Some(known) => known.shift_days,
        None if options.shift_to_today => shift_days(files.today, current_date(&zone, now)?),
        None => 0,
    };
    Ok(make_plan(files, Target { salon, zone, currency, shift_days }))
}

/// The zone and the currency of a salon: those it was imported with, or what is said at its first import.
fn place_of(options: &ImportOptions, store: Option<&Store>) -> Result<(Zone, Currency), ImportError> {
    let Some(store) = store else {
        return Ok((salon_zone(options.zone.as_deref().unwrap_or(SALON_ZONE))?, options.currency.unwrap_or(SALON_CURRENCY)));
    };
    let is_other = options.zone.as_ref().is_some_and(|zone| *zone != store.zone.name)
        || options.currency.is_some_and(|currency| currency != store.currency);
    if is_other {
        return Err(ImportError::OtherPlace { known: format!("{} · {}", store.zone.name, store.currency.code()) });
    }
    Ok((salon_zone(&store.zone.name)?, store.currency))
}

/// Gives the commands of a plan, adds its sales history and, by choice, takes changed facts over; the report says what was new.
///
/// # Errors
/// As [`import_salon`].
pub async fn carry_out(state: &AppState, files: Understanding, options: &ImportOptions) -> Result<Report, ImportError> {
    let Prepared { plan, known, found } = prepare(state, files, options).await?;
    let (salon, shift_days) = (plan.target.salon.clone(), plan.target.shift_days);
    let kept = KnownSalon { store: salon.store_id(), name: salon.name().to_owned(), shift_days };
    imported::keep_salon(&mut *state.pool.acquire().await.map_err(Error::from)?, &kept).await.map_err(Error::from)?;
    let effects = give_all(state, &plan.commands, &known).await?;
    let mut said = new_facts(&plan, &effects);
    said.extend(found.agreed.iter().cloned());
    let taken = if options.apply_changes { Some(take_over(state, &found.changed).await?) } else { None };
    said.extend(taken.iter().flat_map(|taken| taken.said.iter().cloned()));
    let corrected = taken.as_ref().map(|taken| taken.sales.clone()).unwrap_or_default();
    let (sales, sealer) = (plan.sales.clone(), state.sealer.clone());
    let new_sales = transaction(&state.pool, move |connection| {
        Box::pin(async move {
            imported::keep_said(connection, &sealer, kept.store, &said).await?;
            imported_sales::remove(connection, &corrected).await?;
            imported_sales::add(connection, &sales).await.map(|added| added.saturating_sub(corrected.len() as u64))
        })
    });
    let new_sales = new_sales.await.map_err(|error: sqlx::Error| Error::from(error))?;
    let mut report = plan.report.clone();
    tell_given(&mut report, &plan, &effects);
    let lines = plan.sales.len();
    let sales =
        Sentence::new(format!("{lines} 行销售历史：{new_sales} 行新的"), format!("{lines} lines of sales history: {new_sales} new"));
    report.outcome.push(sales);
    tell_changes(&mut report, &found, taken.as_ref().map(|taken| taken.facts));
    report.attention.extend(taken.into_iter().flat_map(|taken| taken.refused));
    Ok(report)
}

/// What was brought in for the first time: the next import is compared with it.
fn new_facts(plan: &Plan, effects: &[Effect]) -> Vec<(Uuid, Said)> {
    let new: BTreeSet<Uuid> =
        plan.commands.iter().zip(effects).filter(|(_, effect)| **effect == Effect::New).map(|((id, _), _)| id.0).collect();
    let services = plan.services.iter().map(|row| (plan.target.salon.service_id(&row.code).0, Said::Service(ServiceFacts::of(row))));
    let mut services: BTreeMap<Uuid, Said> = services.collect();
    let given = plan.commands.iter().filter(|(id, _)| new.contains(&id.0));
    given
        .filter_map(|(_, command)| match command {
            Command::PutService(put) => services.remove_entry(&put.service.0),
            Command::ImportVisit(visit) => Some((visit.booking.0, Said::Visit(visit.clone()))),
            _ => None,
        })
        .collect()
}

fn tell_given(report: &mut Report, plan: &Plan, effects: &[Effect]) {
    let number = |wanted: fn(&Effect) -> bool| effects.iter().filter(|effect| wanted(effect)).count();
    let (new, known) = (number(|effect| *effect == Effect::New), number(|effect| *effect == Effect::Known));
    let (all, refused) = (effects.len(), number(|effect| matches!(effect, Effect::Refused(_))));
    report.outcome.push(Sentence::new(
        format!("{all} 条命令：{new} 条新的，{known} 条之前已导入，{refused} 条未被接受"),
        format!("{all} commands: {new} new, {known} known from before, {refused} refused"),
    ));
    report.attention.extend(plan.commands.iter().zip(effects).filter_map(|((_, command), effect)| effect.refusal(command, plan)));
}

/// How many facts nothing stands in the way of.
fn would_take(found: &Comparison) -> usize {
    found.changed.iter().flat_map(|changed| &changed.changes).filter(|change| change.here.is_none()).count()
}

/// Every changed fact, and how many of them are taken over.
fn tell_changes(report: &mut Report, found: &Comparison, taken: Option<usize>) {
    let mut changes: Vec<_> = found.changed.iter().flat_map(|changed| &changed.changes).collect();
    changes.sort_by_key(|change| change.place);
    report.attention.extend(found.missing.iter().cloned());
    report.changed.extend(changes.iter().map(|change| change.in_words()));
    if changes.is_empty() {
        return;
    }
    let all = changes.len();
    let left = all - taken.unwrap_or(0).min(all);
    report.outcome.push(match taken {
        None => Sentence::new(
            format!("{all} 处与上次导入不同：保持不变；加 --apply-changes 即可采用"),
            format!("{all} changed facts: left as they are; --apply-changes takes them over"),
        ),
        Some(taken) => Sentence::new(
            format!("{all} 处与上次导入不同：采用 {taken} 处，保持不变 {left} 处"),
            format!("{all} changed facts: {taken} taken over, {left} left"),
        ),
    });
}
