//! Statutory holidays and make-up workdays 调休 (A1): a table of days, shipped for a year and read from a file for others, and what becomes
//! of the opening hours of a store on them.

use std::collections::BTreeMap;

use crate::name::Name;
use crate::store::Store;
use crate::time::{LocalDate, LocalSpan};

/// The year as the State Council announced it: the form of a file.
pub const CN_2026: &str = include_str!("holidays/cn-2026.csv");

/// No table of holidays has more rows.
const MOST_ROWS: usize = 1_000;

/// A day of such a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// Which day.
    pub date: LocalDate,
    /// Whether people rest or work.
    pub kind: HolidayKind,
    /// Of which holiday.
    pub name: Name,
}

/// What people do on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HolidayKind {
    /// 放假
    Rest,
    /// 调休上班: a day of a weekend on which people work.
    MakeUpWorkday,
}

/// The row that could not be read; 1 is the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnreadableRow(pub usize);

/// Reads a table: date, kind, name, English name, with or without a heading, separated by comma, semicolon or tab.
///
/// # Errors
/// The first row that is none; the row after the last that is read where there are too many.
pub fn read(text: &str) -> Result<Vec<Holiday>, UnreadableRow> {
    let rows = text.trim_start_matches('\u{feff}').lines().enumerate().filter(|(_, row)| !row.trim().is_empty());
    let mut found = Vec::new();
    for (index, row) in rows {
        if found.len() >= MOST_ROWS {
            return Err(UnreadableRow(index + 1));
        }
        match holiday(row) {
            Some(day) => found.push(day),
            // A heading has no date.
            None if found.is_empty() && index == 0 => {}
            None => return Err(UnreadableRow(index + 1)),
        }
    }
    found.sort_by_key(|day| day.date);
    Ok(found)
}

fn holiday(row: &str) -> Option<Holiday> {
    let mut fields = row.split([',', ';', '\t', '，']).map(|field| field.trim().trim_matches('"').trim());
    let (date, kind) = (date(fields.next()?)?, kind(fields.next()?)?);
    let (zh, en) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
    Some(Holiday { date, kind, name: Name::new(zh, en) })
}

/// `2027-01-01`, `2027/1/1` or `2027.1.1`.
fn date(text: &str) -> Option<LocalDate> {
    let mut fields = text.split(['-', '/', '.']).map(str::parse::<i32>);
    let (year, month, day) = (fields.next()?.ok()?, fields.next()?.ok()?, fields.next()?.ok()?);
    let is_whole = fields.next().is_none() && (2000..2200).contains(&year);
    LocalDate::parse(&format!("{year:04}-{month:02}-{day:02}")).filter(|_| is_whole)
}

fn kind(text: &str) -> Option<HolidayKind> {
    match text.to_lowercase().as_str() {
        "rest" | "holiday" | "放假" | "休" | "休息" | "节假日" => Some(HolidayKind::Rest),
        "make-up workday" | "workday" | "调休" | "上班" | "补班" | "调休上班" | "班" => Some(HolidayKind::MakeUpWorkday),
        _ => None,
    }
}

/// What a store does when people rest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnHolidays {
    /// The hours of the weekday.
    #[default]
    AsUsual,
    /// Those of a Saturday.
    AsOnSaturdays,
    /// Closed.
    Closed,
}

/// What it does on the day of a weekend on which people work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnMakeUpWorkdays {
    /// The hours of the weekday.
    #[default]
    AsUsual,
    /// Those of the first workday of the week on which it is open.
    AsOnWorkdays,
}

/// What of a store's special days a table changes, from a day on: the hours of a day that gets others, `None` for one that follows the week
/// again. A day that follows the week as usual loses what this table could have given it, and keeps what somebody typed.
#[must_use]
pub fn changes(
    store: &Store,
    days: &[Holiday],
    (holidays, workdays): (OnHolidays, OnMakeUpWorkdays),
    from: LocalDate,
) -> BTreeMap<LocalDate, Option<Vec<LocalSpan>>> {
    let saturday = || store.hours[5].clone();
    let workday = || store.hours[..5].iter().find(|hours| !hours.is_empty()).cloned().unwrap_or_default();
    let hours = |day: &Holiday| match (day.kind, holidays, workdays) {
        (HolidayKind::Rest, OnHolidays::AsOnSaturdays, _) => Some(saturday()),
        (HolidayKind::Rest, OnHolidays::Closed, _) => Some(Vec::new()),
        (HolidayKind::MakeUpWorkday, _, OnMakeUpWorkdays::AsOnWorkdays) => Some(workday()),
        _ => None,
    };
    let change = |day: &Holiday| {
        let (standing, weekly) = (store.special_days.get(&day.date), &store.hours[usize::from(day.date.weekday() % 7)]);
        match hours(day) {
            Some(wanted) if wanted == *weekly => standing.map(|_| None),
            Some(wanted) => (standing != Some(&wanted)).then_some(Some(wanted)),
            None => {
                let is_given = |spans: &Vec<LocalSpan>| spans.is_empty() || *spans == saturday() || *spans == workday();
                standing.filter(|spans| is_given(spans)).map(|_| None)
            }
        }
    };
    days.iter().filter(|day| day.date >= from).filter_map(|day| Some((day.date, change(day)?))).collect()
}

impl Store {
    /// Takes such changes over.
    pub fn change_special_days(&mut self, changes: BTreeMap<LocalDate, Option<Vec<LocalSpan>>>) {
        for (date, spans) in changes {
            match spans {
                Some(spans) => drop(self.special_days.insert(date, spans)),
                None => drop(self.special_days.remove(&date)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> LocalDate {
        LocalDate::parse(text).expect("a date")
    }

    #[test]
    fn the_year_that_is_shipped_has_its_rest_days_and_its_make_up_workdays() {
        let year = read(CN_2026).expect("a table");
        let count = |kind| year.iter().filter(|day| day.kind == kind).count();
        assert_eq!((count(HolidayKind::Rest), count(HolidayKind::MakeUpWorkday)), (33, 6));
        let festival: Vec<&Holiday> = year.iter().filter(|day| day.name.zh == "春节" && day.kind == HolidayKind::Rest).collect();
        assert_eq!((festival[0].date, festival[8].date), (day("2026-02-15"), day("2026-02-23")));
        let on_weekends = year.iter().filter(|day| day.kind == HolidayKind::MakeUpWorkday).all(|day| day.date.weekday() >= 5);
        assert!(on_weekends, "people make up for a day on a weekend");
    }

    #[test]
    fn a_file_as_somebody_keeps_it_is_read_and_a_row_that_says_nothing_is_named() {
        let kept = "\u{feff}日期;类型;名称\r\n2027/1/1;放假;元旦\r\n\r\n2027.1.3;调休上班;元旦\r\n";
        let read_days: Vec<_> = read(kept).expect("a table").into_iter().map(|day| (day.date, day.kind)).collect();
        assert_eq!(read_days, [(day("2027-01-01"), HolidayKind::Rest), (day("2027-01-03"), HolidayKind::MakeUpWorkday)]);
        assert_eq!(read("date,kind\n2027-01-01,rest,元旦\n2027-02-30,rest,春节"), Err(UnreadableRow(3)), "there is no such day");
        assert_eq!(read("2027-01-01,party,元旦\n2027-01-02,party,元旦"), Err(UnreadableRow(2)), "a heading is one row");
        assert_eq!(read(&"2027-01-01,rest,x\n".repeat(1_001)), Err(UnreadableRow(1_001)));
    }
}
