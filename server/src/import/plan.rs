//! The whole import as a list of commands, ready to be given or, with a dry run, only to be counted.

use jiff::civil::Date;
use shared::command::{Command, ImportFindings};
use shared::id::CommandId;
use uuid::Uuid;

use super::bookings::{Calendar, member_commands, visit_commands};
use super::catalogue::{catalogue_commands, store_id};
use super::identity::{FileKind, import_id};
use super::lanes::overlapping_promises;
use super::report::Report;
use super::sales::{ImportedSale, sales_history};
use super::{ImportError, SalonBytes, salon_zone, shift_days, understand};

/// What an import will do.
#[derive(Debug)]
pub struct Plan {
    /// Commands in the order in which each finds what it refers to; every id follows from the rows.
    pub commands: Vec<(CommandId, Command)>,
    /// The sales history.
    pub sales: Vec<ImportedSale>,
    /// What became of each row.
    pub report: Report,
}

/// Reads, joins and translates the six files; writes nothing.
///
/// `today` splits history from promises; without it, the day after the last receipt does. With `move_to`, all dates move by whole
/// weeks so that this split falls into the week of `move_to`.
///
/// # Errors
/// A bad file, or a system without time zones.
pub fn make_plan(salon: &SalonBytes, today: Option<Date>, move_to: Option<Date>) -> Result<Plan, ImportError> {
    let mut salon = understand(salon, today)?;
    let zone = salon_zone()?;
    let calendar = Calendar { zone: zone.clone(), shift_days: move_to.map_or(0, |current| shift_days(salon.today, current)) };
    let mut commands = catalogue_commands(&salon, zone);
    commands.extend(member_commands(&salon));
    commands.extend(visit_commands(&salon, &calendar));
    let overlaps = overlapping_promises(&salon.days.visits);
    if overlaps > 0 {
        let line = format!("{overlaps} promises overlap an earlier one of the same person: all are kept, in the next lane");
        salon.report.attention.push(line);
    }
    commands.push(Command::ImportFindings(findings(&salon.report, overlaps)));
    if calendar.shift_days != 0 {
        let weeks = calendar.shift_days / 7;
        salon.report.to_confirm.push(format!("dates  moved by {weeks} weeks"));
    }
    Ok(Plan {
        commands: commands.into_iter().map(|command| (command_id(&command), command)).collect(),
        sales: sales_history(&salon, &calendar),
        report: salon.report,
    })
}

/// The command's id follows from what it puts, so that a second run gives the same commands.
fn command_id(command: &Command) -> CommandId {
    let subject = match command {
        Command::PutStore(put) => put.store.id.0,
        Command::PutService(put) => put.service.id.0,
        Command::PutStaff(put) => put.staff.id.0,
        Command::PutShift(put) => put.shift.id.0,
        Command::RegisterMember(register) => register.member.0,
        Command::ImportVisit(visit) => visit.booking.0,
        // Other findings are another entry.
        Command::ImportFindings(found) => {
            let facts = [found.overlaps, found.paid_no_shows, found.rejected, found.unclear].map(|count| count.to_string());
            import_id("findings", &facts.each_ref().map(String::as_str), 0)
        }
        // The importer gives no other commands.
        _ => Uuid::nil(),
    };
    CommandId(import_id("command", &[command.name(), &subject.to_string()], 0))
}

/// The one entry for the attention inbox. There always is one: hours and roster were read off the visits, and a person must confirm them.
fn findings(report: &Report, overlaps: u32) -> ImportFindings {
    let column = |kind: FileKind, column: usize| u32::try_from(report.account(kind).columns()[column]).unwrap_or(u32::MAX);
    let paid_no_shows = column(FileKind::NoShows, 3);
    let rejected = FileKind::ALL.into_iter().map(|kind| column(kind, 4)).sum();
    let unclear = FileKind::ALL.into_iter().filter(|kind| *kind != FileKind::NoShows).map(|kind| column(kind, 3)).sum();
    ImportFindings { store: store_id(), overlaps, paid_no_shows, rejected, unclear }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
