//! The salon's clients and visits as commands: history, promises and cancellations whose time nobody knows.

use std::collections::BTreeMap;

use jiff::civil::Date;
use shared::booking::Subject;
use shared::command::{Command, ImportVisit, ImportedLine, ImportedStatus, RegisterMember};
use shared::id::{BookingId, MemberId};
use shared::money::{Money, Price};
use shared::time::{LocalDate, Timestamp};
use shared::zone::Zone;

use super::catalogue::{service_id, staff_id, store_id};
use super::identity::import_id;
use super::receipts::{Article, Sale, SaleKind};
use super::rows::{CancellationRow, Client};
use super::visits::{Outcome, Visit, VisitLine};
use super::{Understanding, shifted};

/// The member behind a client code.
pub fn member_id(code: &str) -> MemberId {
    MemberId(import_id("member", &[code], 0))
}

/// Where the files' days lie on the calendar: zone and days added.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// The salon's zone.
    pub zone: Zone,
    /// Whole weeks, in days, that every date moves.
    pub shift_days: i32,
}

impl Calendar {
    /// The store's date of a date in the files.
    pub fn date(&self, day: Date) -> LocalDate {
        let day = shifted(day, self.shift_days);
        let month = u32::from(day.month().unsigned_abs());
        LocalDate::from_ymd(i32::from(day.year()), month, u32::from(day.day().unsigned_abs())).unwrap_or_default()
    }

    /// The instant of a local minute of a date in the files.
    pub fn instant(&self, day: Date, minute: u16) -> Timestamp {
        self.zone.instant(self.date(day), minute)
    }
}

/// One member for every code. Codes are opaque: the code is the only name there is, and there is no phone.
pub fn member_commands(salon: &Understanding) -> Vec<Command> {
    let register = |code: &String| {
        Command::RegisterMember(RegisterMember {
            member: member_id(code),
            account: None,
            store: Some(store_id()),
            name: code.clone(),
            phone: None,
            consent: None,
        })
    };
    salon.clients.iter().map(register).collect()
}

/// Every visit by date and time, then the cancellations.
pub fn visit_commands(salon: &Understanding, calendar: &Calendar) -> Vec<Command> {
    let prices: BTreeMap<&str, Price> = salon.services.iter().map(|row| (row.code.as_str(), row.price_cents.map(Money))).collect();
    let visits = salon.days.visits.iter().map(|visit| {
        let sales = salon.sales.get(&(visit.client.clone(), visit.date)).map_or(&[][..], Vec::as_slice);
        Command::ImportVisit(import_visit(visit, sales, &prices, calendar))
    });
    let cancellations = salon.days.cancellations.iter().map(|row| Command::ImportVisit(import_cancellation(row, &prices, calendar)));
    visits.chain(cancellations).collect()
}

fn import_visit(visit: &Visit, sales: &[Sale], prices: &BTreeMap<&str, Price>, calendar: &Calendar) -> ImportVisit {
    let charged = match visit.outcome {
        Outcome::Completed => charged_lines(&visit.lines, sales),
        Outcome::Promised | Outcome::NoShow | Outcome::Unresolved => vec![None; visit.lines.len()],
    };
    let line = |(line, sale): (&VisitLine, Option<&Sale>)| ImportedLine {
        service: service_id(&line.service),
        performed: sale.and_then(|sale| performed_instead(line, sale)),
        subject: subject(&visit.client),
        staff: line.staff.as_deref().map(staff_id),
        starts_at: Some(calendar.instant(visit.date, line.start_minute)),
        date: calendar.date(visit.date),
        price: match sale {
            Some(sale) => Some(Money(sale.row.amount_cents)),
            None => prices.get(line.service.as_str()).copied().flatten(),
        },
    };
    ImportVisit {
        store: store_id(),
        booking: BookingId(visit.id),
        lines: visit.lines.iter().zip(charged).map(line).collect(),
        status: match visit.outcome {
            Outcome::Completed => ImportedStatus::Completed,
            Outcome::NoShow => ImportedStatus::NoShow,
            // Nobody recorded that it was kept or missed: the promise is all that is known.
            Outcome::Promised | Outcome::Unresolved => ImportedStatus::Promised,
        },
        note: String::new(),
        made_at: calendar.instant(visit.date, visit.start_minute()),
    }
}

fn import_cancellation(row: &CancellationRow, prices: &BTreeMap<&str, Price>, calendar: &Calendar) -> ImportVisit {
    let cancelled_on = calendar.date(row.cancelled_on);
    ImportVisit {
        store: store_id(),
        booking: BookingId(row.identity.uuid()),
        lines: vec![ImportedLine {
            service: service_id(&row.service),
            performed: None,
            subject: subject(&row.client),
            staff: row.person().map(staff_id),
            starts_at: None,
            date: calendar.date(row.booked_for),
            price: prices.get(row.service.as_str()).copied().flatten(),
        }],
        status: ImportedStatus::Cancelled,
        note: format!("Cancelled {cancelled_on}, {}", row.cancelled_by),
        made_at: calendar.instant(row.booked_for.min(row.cancelled_on), 0),
    }
}

fn subject(client: &Client) -> Subject {
    match client {
        Client::Known(code) => Subject::Member(member_id(code)),
        Client::WalkIn | Client::Nameless => Subject::Guest { name: String::new() },
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

fn performed_instead(line: &VisitLine, sale: &Sale) -> Option<shared::id::ServiceId> {
    match &sale.article {
        Article::Service(code) if *code != line.service => Some(service_id(code)),
        _ => None,
    }
}

#[cfg(test)]
#[path = "bookings_tests.rs"]
mod tests;
