//! Hours and a week's roster, derived from when people's work was booked. A proposal: shown for confirmation, never silent.
//!
//! Per staff member and weekday the shift begins at the first start and ends with the end of the last service. One early bird or
//! one long evening must not make a shift, so of all days seen the earliest and the latest fifth are left out. A weekday counts
//! when it was worked at least twice and in at least a third of the weeks between the person's first and last day.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use shared::name::Language;

use super::durations::length_with;
use super::words::{Sentence, Words};
use crate::import::visits::visit::Visit;

/// A person without work in the last days before the import and without promises has left.
const LEFT_AFTER_DAYS: i32 = 28;

/// A regular shift on one weekday, in the store's local minutes from midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekdayShift {
    /// Which day.
    pub weekday: Weekday,
    /// Begin.
    pub from_minute: u16,
    /// End.
    pub until_minute: u16,
    /// On how many days it was seen.
    pub days_seen: usize,
}

/// What the bookings say about one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffWeek {
    /// The staff name.
    pub staff: String,
    /// Regular shifts, Monday first.
    pub shifts: Vec<WeekdayShift>,
    /// Weekdays worked too rarely to be a rule, with the number of days.
    pub exceptions: Vec<(Weekday, usize)>,
    /// First and last day with work before today.
    pub seen: (Date, Date),
    /// False when the person seems to have left.
    pub active: bool,
}

/// First start and last end of one day.
type DaySpan = (u16, u16);

/// The roster of everybody named in the visits, by name. History decides; without any history, promises do.
pub fn derive_roster(visits: &[Visit], today: Date) -> Vec<StaffWeek> {
    let past_only = visits.iter().any(|visit| visit.date < today);
    let mut spans: BTreeMap<&str, BTreeMap<Date, DaySpan>> = BTreeMap::new();
    let mut last_promise: BTreeMap<&str, Date> = BTreeMap::new();
    for visit in visits {
        for line in &visit.lines {
            let Some(staff) = line.staff.as_deref() else {
                continue;
            };
            let days = spans.entry(staff).or_default();
            if visit.date >= today {
                last_promise.insert(staff, visit.date);
                if past_only {
                    continue;
                }
            }
            let end = line.start_minute + length_with(staff, &line.service).active_minutes;
            let span = days.entry(visit.date).or_insert((line.start_minute, end));
            *span = (span.0.min(line.start_minute), span.1.max(end));
        }
    }
    spans.into_iter().map(|(staff, days)| staff_week(staff, &days, today, last_promise.contains_key(staff))).collect()
}

fn staff_week(staff: &str, days: &BTreeMap<Date, DaySpan>, today: Date, has_promises: bool) -> StaffWeek {
    let first = days.keys().next().copied().unwrap_or(today);
    let last = days.keys().next_back().copied().unwrap_or(today);
    let days_between = |from: Date, to: Date| from.until(to).map_or(0, |span| span.get_days());
    let weeks = usize::try_from(days_between(first, last) / 7 + 1).unwrap_or(1);
    let mut by_weekday: BTreeMap<i8, Vec<DaySpan>> = BTreeMap::new();
    for (day, span) in days {
        by_weekday.entry(day.weekday().to_monday_zero_offset()).or_default().push(*span);
    }
    let mut week = StaffWeek {
        staff: staff.to_owned(),
        shifts: Vec::new(),
        exceptions: Vec::new(),
        seen: (first, last),
        active: has_promises || days_between(last, today) <= LEFT_AFTER_DAYS,
    };
    for (offset, spans) in by_weekday {
        let weekday = Weekday::from_monday_zero_offset(offset).unwrap_or(Weekday::Monday);
        if spans.len() >= 2 && spans.len() * 3 >= weeks {
            week.shifts.push(usual_shift(weekday, &spans));
        } else {
            week.exceptions.push((weekday, spans.len()));
        }
    }
    week
}

/// The span of the days in the middle three fifths.
fn usual_shift(weekday: Weekday, spans: &[DaySpan]) -> WeekdayShift {
    let mut starts: Vec<u16> = spans.iter().map(|span| span.0).collect();
    let mut ends: Vec<u16> = spans.iter().map(|span| span.1).collect();
    starts.sort_unstable();
    ends.sort_unstable();
    let left_out = spans.len() / 5;
    WeekdayShift { weekday, from_minute: starts[left_out], until_minute: ends[ends.len() - 1 - left_out], days_seen: spans.len() }
}

/// The store's hours per weekday: from the first shift to the last one of those who are still there. Missing days are closed.
pub fn derive_hours(roster: &[StaffWeek]) -> Vec<(Weekday, u16, u16)> {
    let mut hours: BTreeMap<i8, (u16, u16)> = BTreeMap::new();
    for shift in roster.iter().filter(|week| week.active).flat_map(|week| &week.shifts) {
        let day = hours.entry(shift.weekday.to_monday_zero_offset()).or_insert((shift.from_minute, shift.until_minute));
        *day = (day.0.min(shift.from_minute), day.1.max(shift.until_minute));
    }
    hours
        .into_iter()
        .filter_map(|(offset, (from, until))| {
            let weekday = Weekday::from_monday_zero_offset(offset).ok()?;
            Some((weekday, from, until))
        })
        .collect()
}

/// The proposal in words, one line per weekday and person.
pub fn describe(roster: &[StaffWeek]) -> Vec<Sentence> {
    let hours = derive_hours(roster).into_iter().map(|(day, from, until)| {
        let (from, until) = (clock(from), clock(until));
        Sentence::new(
            format!("营业时间  {}：{from}–{until}", weekday(day, Language::Chinese)),
            format!("hours  {}: {from}–{until}", weekday(day, Language::English)),
        )
    });
    hours.chain(roster.iter().flat_map(describe_week)).collect()
}

fn describe_week(week: &StaffWeek) -> Vec<Sentence> {
    let staff = &week.staff;
    let Words(gone_zh, gone) = if week.active { Words("", "") } else { Words("（已离职）", " (has left)") };
    let shifts = |language| {
        let one = |shift: &WeekdayShift| {
            let (from, until) = (clock(shift.from_minute), clock(shift.until_minute));
            format!("{} {from}–{until} ({}×)", weekday(shift.weekday, language), shift.days_seen)
        };
        listed(week.shifts.iter().map(one), language)
    };
    let mut lines = vec![Sentence::new(
        format!("班次 {staff}{gone_zh}：{}", shifts(Language::Chinese)),
        format!("shifts {staff}{gone}: {}", shifts(Language::English)),
    )];
    let rarely = |language| {
        let one = |(day, times): &(Weekday, usize)| format!("{} {times}×", weekday(*day, language));
        listed(week.exceptions.iter().map(one), language)
    };
    if !week.exceptions.is_empty() {
        lines.push(Sentence::new(
            format!("       {staff} 偶尔上班，不作为规律：{}", rarely(Language::Chinese)),
            format!("       {staff} rarely, not a rule: {}", rarely(Language::English)),
        ));
    }
    lines
}

fn listed(parts: impl Iterator<Item = String>, language: Language) -> String {
    parts.collect::<Vec<_>>().join(Words("，", ", ").get(language))
}

fn weekday(day: Weekday, language: Language) -> &'static str {
    let words = match day {
        Weekday::Monday => Words("周一", "Monday"),
        Weekday::Tuesday => Words("周二", "Tuesday"),
        Weekday::Wednesday => Words("周三", "Wednesday"),
        Weekday::Thursday => Words("周四", "Thursday"),
        Weekday::Friday => Words("周五", "Friday"),
        Weekday::Saturday => Words("周六", "Saturday"),
        Weekday::Sunday => Words("周日", "Sunday"),
    };
    words.get(language)
}

fn clock(minute: u16) -> String {
    format!("{}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
#[path = "roster_tests.rs"]
mod tests;
