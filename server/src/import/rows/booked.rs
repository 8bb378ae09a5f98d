//! Bookings, cancellations and no-shows: who was to come, to whom, for what and when.

use jiff::civil::Date;

use super::{Client, LONGEST_CLIENT, TILL, as_kept, name_in, parse_all};
use crate::import::clock_time::parse_minute;
use crate::import::files::Row;
use crate::import::identity::RowIdentity;
use crate::import::problem::{BadFile, Problem};
use crate::said::FileKind;

/// One booked service of one client.
#[derive(Debug, Clone)]
pub struct BookingRow {
    /// Which row.
    pub identity: RowIdentity,
    /// For whom.
    pub client: Client,
    /// Staff name, or [`TILL`].
    pub staff: String,
    /// Service code.
    pub service: String,
    /// Local day.
    pub date: Date,
    /// Local start in minutes from midnight, 0–1439.
    pub minute: u16,
}

/// One cancelled service; its time of day is not recorded.
#[derive(Debug, Clone)]
pub struct CancellationRow {
    /// Which row.
    pub identity: RowIdentity,
    /// For whom it was booked.
    pub client: Client,
    /// Staff name.
    pub staff: String,
    /// Service code.
    pub service: String,
    /// The day it was booked for.
    pub booked_for: Date,
    /// The day it was cancelled.
    pub cancelled_on: Date,
    /// Who entered the cancellation.
    pub cancelled_by: String,
}

impl CancellationRow {
    /// The person it was booked with, or `None` for the till.
    pub fn person(&self) -> Option<&str> {
        (self.staff != TILL).then_some(self.staff.as_str())
    }
}

/// One service whose guest did not come.
#[derive(Debug, Clone)]
pub struct NoShowRow {
    /// Which row.
    pub identity: RowIdentity,
    /// Who did not come.
    pub client: Client,
    /// Staff name.
    pub staff: String,
    /// Service code.
    pub service: String,
    /// Local day.
    pub date: Date,
}

/// Reads the bookings; the two notations of the time must agree.
pub fn read_bookings(bytes: &[u8]) -> Result<Vec<BookingRow>, BadFile> {
    parse_all(FileKind::Bookings, bytes, |row| {
        Ok(BookingRow {
            client: Client::parse(row.short("Code", LONGEST_CLIENT)?),
            staff: name_in(&row, "Staff")?,
            service: row.required("Service")?.to_owned(),
            date: row.date("Date")?,
            minute: booked_minute(&row)?,
            identity: row.identity,
        })
    })
}

fn booked_minute(row: &Row) -> Result<u16, BadFile> {
    let text = row.required("Time")?;
    let minute = parse_minute(text).ok_or_else(|| row.refuse(Problem::NotTime { column: "Time".to_owned(), value: text.to_owned() }))?;
    let given = row.whole("TimeInt")?;
    if i64::from(minute) != given {
        return Err(row.refuse(Problem::TwoTimes { minute, given }));
    }
    Ok(minute)
}

/// Reads the cancellations.
pub fn read_cancellations(bytes: &[u8]) -> Result<Vec<CancellationRow>, BadFile> {
    parse_all(FileKind::Cancellations, bytes, |row| {
        Ok(CancellationRow {
            client: Client::parse(row.short("Code", LONGEST_CLIENT)?),
            staff: name_in(&row, "Staff")?,
            service: row.required("Service")?.to_owned(),
            booked_for: row.date("Booking Date")?,
            cancelled_on: row.date("Cancel Date")?,
            cancelled_by: as_kept(row.text("Canceled By")),
            identity: row.identity,
        })
    })
}

/// Reads the no-shows.
pub fn read_no_shows(bytes: &[u8]) -> Result<Vec<NoShowRow>, BadFile> {
    parse_all(FileKind::NoShows, bytes, |row| {
        Ok(NoShowRow {
            client: Client::parse(row.short("Code", LONGEST_CLIENT)?),
            staff: name_in(&row, "Staff")?,
            service: row.required("Service")?.to_owned(),
            date: row.date("Date")?,
            identity: row.identity,
        })
    })
}
