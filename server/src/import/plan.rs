//! The whole import as a list of commands, ready to be given or, with a dry run, only to be counted.

use shared::command::{Command, ImportFindings};
use shared::id::CommandId;
use shared::time::LocalDate;
use uuid::Uuid;

use super::Understanding;
use super::bookings::{PlannedVisit, member_commands, planned_visits};
use super::catalogue::catalogue_commands;
use super::identity::import_id;
use super::lanes::overlapping_promises;
use super::report::Report;
use super::rows::ServiceRow;
use super::sales::sales_history;
use super::salon::Salon;
use super::target::Target;
use super::words::Sentence;
use crate::said::{FileKind, ImportedSale};

/// What an import will do.
#[derive(Debug)]
pub struct Plan {
    /// Whose rows they are, and where their days go.
    pub target: Target,
    /// Commands in the order in which each finds what it refers to; every id follows from salon and rows.
    pub commands: Vec<(CommandId, Command)>,
    /// The price list.
    pub services: Vec<ServiceRow>,
    /// The visits among the commands, and where the files say what.
    pub visits: Vec<PlannedVisit>,
    /// The sales history.
    pub sales: Vec<ImportedSale>,
    /// The first day that is not history, on the store's calendar.
    pub today: LocalDate,
    /// What became of each row.
    pub report: Report,
}

/// Translates what the files say into what this salon's store takes; writes nothing.
pub fn make_plan(files: Understanding, target: Target) -> Plan {
    let mut commands = catalogue_commands(&files, &target);
    commands.extend(member_commands(&files, &target.salon));
    let visits = planned_visits(&files, &target);
    commands.extend(visits.iter().map(|visit| Command::ImportVisit(visit.said.clone())));
    let overlaps = overlapping_promises(&files.days.visits);
    let (sales, today) = (sales_history(&files, &target), target.date(files.today));
    let mut report = files.report;
    if overlaps > 0 {
        report.attention.push(Sentence::new(
            format!("{overlaps} 个已约好的时间与同一位技师更早的预约重叠：全部保留，后者并排显示"),
            format!("{overlaps} promises overlap an earlier one of the same person: all are kept, in the next lane"),
        ));
    }
    commands.push(Command::ImportFindings(findings(&report, overlaps, &target.salon)));
    if target.shift_days != 0 {
        let weeks = target.shift_days / 7;
        report.to_confirm.push(Sentence::new(format!("日期  移动了 {weeks} 周"), format!("dates  moved by {weeks} weeks")));
    }
    let commands = commands.into_iter().map(|command| (command_id(&command, &target.salon), command)).collect();
    Plan { target, commands, services: files.services, visits, sales, today, report }
}

/// The command's id follows from what it puts, so that a second run gives the same commands.
fn command_id(command: &Command, salon: &Salon) -> CommandId {
    let subject = match command {
        Command::PutStore(put) => put.store.0,
        Command::PutService(put) => put.service.0,
        Command::PutStaff(put) => put.staff.0,
        Command::PutShift(put) => put.shift.0,
        Command::RegisterMember(register) => register.member.0,
        Command::ImportVisit(visit) => visit.booking.0,
        // Other findings are another entry.
        Command::ImportFindings(found) => {
            let facts = [found.overlaps, found.paid_no_shows, found.rejected, found.unclear].map(|count| count.to_string());
            salon.id(import_id("findings", &facts.each_ref().map(String::as_str), 0))
        }
        // The importer gives no other commands.
        _ => Uuid::nil(),
    };
    CommandId(import_id("command", &[command.name(), &subject.to_string()], 0))
}

/// The one entry for the attention inbox. There always is one: hours and roster were read off the visits, and a person must confirm them.
fn findings(report: &Report, overlaps: u32, salon: &Salon) -> ImportFindings {
    let column = |kind: FileKind, column: usize| u32::try_from(report.account(kind).columns()[column]).unwrap_or(u32::MAX);
    let paid_no_shows = column(FileKind::NoShows, 3);
    let rejected = FileKind::ALL.into_iter().map(|kind| column(kind, 4)).sum();
    let unclear = FileKind::ALL.into_iter().filter(|kind| *kind != FileKind::NoShows).map(|kind| column(kind, 3)).sum();
    ImportFindings { store: salon.store_id(), overlaps, paid_no_shows, rejected, unclear }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
