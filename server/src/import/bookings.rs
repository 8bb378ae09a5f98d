//! The salon's clients and visits as commands: history, promises and cancellations whose time nobody knows.

use std::collections::BTreeMap;

use jiff::civil::Date;
use shared::booking::Subject;
use shared::command::{Command, ImportVisit, ImportedLine, ImportedStatus, RegisterMember};
use shared::id::BookingId;
use shared::money::{Money, Price};

use super::Understanding;
use super::receipts::{Article, Sale, SaleKind};
use super::rows::{CancellationRow, Client};
use super::salon::Salon;
use super::target::Target;
use crate::import::visits::visit::{Outcome, Visit, VisitLine};
use crate::said::{FileKind, Place};

/// A visit as the system takes it, and where the files say what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedVisit {
    /// What the files say.
    pub said: ImportVisit,
    /// The client's code, as the files write it.
    pub client: String,
    /// The day in the files' own calendar.
    pub date: Date,
    /// Where each line is said.
    pub lines: Vec<LinePlaces>,
    /// Where it is said how the visit stands.
    pub status: Place,
}

/// Where a line of a visit is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinePlaces {
    /// What was booked.
    pub booked: Place,
    /// What was paid; without a receipt the price list counted on the day of booking.
    pub charged: Option<Place>,
}

/// One member for every code. Codes are opaque: the code is the only name there is, and there is no phone.
pub fn member_commands(files: &Understanding, salon: &Salon) -> Vec<Command> {
    let register = |code: &String| {
        Command::RegisterMember(RegisterMember {
            member: salon.member_id(code),
            account: None,
            store: Some(salon.store_id()),
            name: code.clone().into(),
            phone: None,
            consent: None,
        })
    };
    files.clients.iter().map(register).collect()
}

/// Every visit by date and time, then the cancellations.
pub fn planned_visits(files: &Understanding, target: &Target) -> Vec<PlannedVisit> {
    let prices: Prices<'_> = files.services.iter().map(|row| (row.code.as_str(), row.price_cents.map(Money))).collect();
    let visits = files.days.visits.iter().map(|visit| {
        let sales = files.sales.get(&(visit.client.clone(), visit.date)).map_or(&[][..], Vec::as_slice);
        planned_visit(visit, sales, &prices, target)
    });
    visits.chain(files.days.cancellations.iter().map(|row| planned_cancellation(row, &prices, target))).collect()
}

/// Prices of the list by code.
type Prices<'a> = BTreeMap<&'a str, Price>;

fn planned_visit(visit: &Visit, sales: &[Sale], prices: &Prices<'_>, target: &Target) -> PlannedVisit {
    let charged = match visit.outcome {
        Outcome::Completed => charged_lines(&visit.lines, sales),
        Outcome::Promised | Outcome::NoShow | Outcome::Unresolved => vec![None; visit.lines.len()],
    };
    let lines = || visit.lines.iter().zip(&charged);
    let salon = &target.salon;
    let line = |(line, sale): (&VisitLine, &Option<&Sale>)| ImportedLine {
        service: salon.service_id(&line.service),
        performed: sale.and_then(|sale| performed_instead(line, sale)).map(|code| salon.service_id(code)),
        subject: subject(&visit.client, salon),
        staff: line.staff.as_deref().map(|name| salon.staff_id(name)),
        starts_at: Some(target.instant(visit.date, line.start_minute)),
        date: target.date(visit.date),
        price: match sale {
            Some(sale) => Some(Money(sale.row.amount_cents)),
            None => prices.get(line.service.as_str()).copied().flatten(),
        },
    };
    let said = ImportVisit {
        store: salon.store_id(),
        booking: BookingId(salon.id(visit.id)),
        lines: lines().map(line).collect(),
        status: match visit.outcome {
            Outcome::Completed => ImportedStatus::Completed,
            Outcome::NoShow => ImportedStatus::NoShow,
            // Nobody recorded that it was kept or missed: the promise is all that is known.
            Outcome::Promised | Outcome::Unresolved => ImportedStatus::Promised,
        },
        note: "".into(),
        made_at: target.instant(visit.date, visit.start_minute()),
    };
    let places = |(line, sale): (&VisitLine, &Option<&Sale>)| LinePlaces {
        booked: line.identity.place(),
        charged: sale.map(|sale| sale.row.identity.place()),
    };
    PlannedVisit {
        said,
        client: visit.client.code().to_owned(),
        date: visit.date,
        lines: lines().map(places).collect(),
        status: status_place(visit, sales),
    }
}

/// The row that says how a visit stands: a receipt, a no-show, or only the booking.
fn status_place(visit: &Visit, sales: &[Sale]) -> Place {
    let first = visit.lines.first();
    let booked = Place { kind: FileKind::Bookings, line: first.map(|line| line.identity.line) };
    match visit.outcome {
        Outcome::Completed => sales.first().map_or(booked, |sale| sale.row.identity.place()),
        Outcome::NoShow => Place { kind: FileKind::NoShows, line: first.and_then(|line| line.no_show) },
        Outcome::Promised | Outcome::Unresolved => booked,
    }
}

fn planned_cancellation(row: &CancellationRow, prices: &Prices<'_>, target: &Target) -> PlannedVisit {
    let (cancelled_on, salon, place) = (target.date(row.cancelled_on), &target.salon, row.identity.place());
    let line = ImportedLine {
        service: salon.service_id(&row.service),
        performed: None,
        subject: subject(&row.client, salon),
        staff: row.person().map(|name| salon.staff_id(name)),
        starts_at: None,
        date: target.date(row.booked_for),
        price: prices.get(row.service.as_str()).copied().flatten(),
    };
    PlannedVisit {
        said: ImportVisit {
            store: salon.store_id(),
            booking: BookingId(salon.id(row.identity.uuid())),
            lines: vec![line],
            status: ImportedStatus::Cancelled,
            note: format!("Cancelled {cancelled_on}, {}", row.cancelled_by).into(),
            made_at: target.instant(row.booked_for.min(row.cancelled_on), 0),
        },
        client: row.client.code().to_owned(),
        date: row.booked_for,
        lines: vec![LinePlaces { booked: place, charged: None }],
        status: place,
    }
}

fn subject(client: &Client, salon: &Salon) -> Subject {
    match client {
        Client::Known(code) => Subject::Member(salon.member_id(code)),
        Client::WalkIn | Client::Nameless => Subject::Guest { name: "".into() },
    }
}

/// For each booked line the receipt line that paid it: same service and staff, else same service, else what the same staff
/// member did instead. Each receipt line pays one booked line.
fn charged_lines<'a>(lines: &[VisitLine], sales: &'a [Sale]) -> Vec<Option<&'a Sale>> {
    let mut open: Vec<&Sale> = sales.iter().filter(|sale| matches!(sale.kind, SaleKind::Service | SaleKind::Card)).collect();
    let mut charged: Vec<Option<&Sale>> = vec![None; lines.len()];
    for fits in [same_service_and_staff, same_service, instead] {
        for (line, found) in lines.iter().zip(&mut charged).filter(|(_, found)| found.is_none()) {
            if let Some(at) = open.iter().position(|sale| fits(line, sale)) {
                *found = Some(open.remove(at));
            }
        }
    }
    charged
}

fn same_service_and_staff(line: &VisitLine, sale: &Sale) -> bool {
    same_service(line, sale) && same_staff(line, sale)
}

fn same_service(line: &VisitLine, sale: &Sale) -> bool {
    matches!(&sale.article, Article::Service(code) if *code == line.service)
}

fn same_staff(line: &VisitLine, sale: &Sale) -> bool {
    line.staff.as_deref() == Some(sale.row.staff.as_str())
}

fn instead(line: &VisitLine, sale: &Sale) -> bool {
    same_staff(line, sale) && !sale.as_booked
}

fn performed_instead<'a>(line: &VisitLine, sale: &'a Sale) -> Option<&'a str> {
    match &sale.article {
        Article::Service(code) if *code != line.service => Some(code),
        _ => None,
    }
}

#[cfg(test)]
#[path = "bookings_tests.rs"]
mod tests;
