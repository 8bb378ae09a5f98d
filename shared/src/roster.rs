//! The roster 排班: who works when. A dated entry replaces the weekly one for that day.

use serde::{Deserialize, Serialize};

use crate::id::{ShiftId, StaffId, StoreId};
use crate::noun::{Home, Noun, RecordKey};
use crate::refusal::Refusal;
use crate::scope::Scope;
use crate::stamp::Written;
use crate::time::{LocalDate, LocalSpan, MinuteOfDay};
use crate::versioned::Versioned;

/// One entry of the roster: the shifts 班次 of one staff member in one store on a weekday or a date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// Id.
    pub id: ShiftId,
    /// Store.
    pub store: StoreId,
    /// Staff member.
    pub staff: StaffId,
    /// Which day.
    pub day: ShiftDay,
    /// Working spans; none means off.
    pub spans: Vec<LocalSpan>,
    /// Last write; `None` while new.
    pub written: Option<Written>,
}

/// The day of a roster entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShiftDay {
    /// Every week; 0 is Monday.
    Weekly(u8),
    /// One date.
    Date(LocalDate),
}

impl Shift {
    /// # Errors
    /// `Invalid` with the field at fault.
    pub fn check(&self) -> Result<(), Refusal> {
        let ordered = self.spans.windows(2).all(|pair| pair[0].until <= pair[1].from);
        let day_ok = !matches!(self.day, ShiftDay::Weekly(day) if day > 6);
        if !ordered || !day_ok || self.spans.len() > 6 || !self.spans.iter().all(LocalSpan::is_sound) {
            return Err(Refusal::Invalid { field: "spans".into() });
        }
        Ok(())
    }
}

/// The working spans of a staff member in a store on a date.
pub fn spans_on<'a>(shifts: impl Iterator<Item = &'a Shift>, store: StoreId, staff: StaffId, date: LocalDate) -> Vec<LocalSpan> {
    let mut weekly = None;
    for shift in shifts.filter(|shift| shift.store == store && shift.staff == staff) {
        match shift.day {
            ShiftDay::Date(day) if day == date => return shift.spans.clone(),
            ShiftDay::Weekly(day) if day == date.weekday() => weekly = Some(shift),
            _ => {}
        }
    }
    weekly.map(|shift| shift.spans.clone()).unwrap_or_default()
}

/// What of a day's spans lies before a minute: somebody leaves then.
#[must_use]
pub fn spans_before(spans: &[LocalSpan], minute: MinuteOfDay) -> Vec<LocalSpan> {
    spans.iter().map(|span| LocalSpan { until: span.until.min(minute), ..*span }).filter(LocalSpan::is_sound).collect()
}

impl Versioned for Shift {}

impl Noun for Shift {
    fn id(&self) -> ShiftId {
        self.id
    }

    fn home(&self) -> Home {
        Home::Brand
    }

    /// Phones need the roster to know what is open; the internal feed has it for who may see more of it later.
    fn feeds(&self) -> Vec<(Scope, RecordKey)> {
        vec![(Scope::BrandPublic, self.key()), (Scope::BrandInternal, self.key())]
    }

    /// Who wrote it, when, and on which device is for those who work here.
    fn shown_in(self, _scope: Scope, to_staff: bool) -> Option<Self> {
        Some(Self { written: Written::shown(self.written, to_staff), ..self })
    }
}
