//! A CSV file as checked rows: encoding, columns, dates and numbers, each refusal with file and line.

use std::collections::HashMap;
use std::hash::Hash;

use jiff::civil::Date;

use super::identity::{FIELD_SEPARATOR, RowIdentity};
use super::problem::{BadFile, Problem};
use super::text::{SEPARATORS, decode, line_at, take_separator_line};
use crate::said::FileKind;

/// One row whose needed columns are known to be present; values are still text.
#[derive(Debug, Clone)]
pub struct Row {
    /// Which row this is.
    pub identity: RowIdentity,
    values: Vec<String>,
}

/// Reads the bytes of one file into rows, or says where and why not. Blank rows are nobody's.
pub fn read_rows(kind: FileKind, bytes: &[u8]) -> Result<Vec<Row>, BadFile> {
    let (separator, text) = take_separator_line(kind, decode(kind, bytes)?)?;
    let separator = separator.unwrap_or_else(|| likely_separator(kind, &text));
    let mut reader = reader(&text, separator);
    let header = reader.headers().map_err(|error| broken(kind, &text, &error))?.clone();
    let positions = find_columns(kind, &header).map_err(|problem| BadFile::new(kind, start_line(&text, 0), problem))?;
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| broken(kind, &text, &error))?;
        if record.iter().all(|value| value.trim().is_empty()) {
            continue;
        }
        let line = start_line(&text, record.position().map_or(0, csv::Position::byte));
        // Empty fields after the last column are an editor's; a missing field is a mistake.
        if record.len() < header.len() || record.iter().skip(header.len()).any(|value| !value.trim().is_empty()) {
            return Err(BadFile::new(kind, line, Problem::FieldCount { found: record.len(), expected: header.len() }));
        }
        let values = positions.iter().map(|&at| record.get(at).unwrap_or_default().trim().to_owned()).collect();
        let identity = RowIdentity { kind, line, key: String::new(), occurrence: 0, repetition: 0 };
        rows.push(Row { identity, values });
    }
    identify(kind, &mut rows);
    Ok(rows)
}

/// Gives every row its key and counts equals, by what they say: the order of the lines does not matter.
fn identify(kind: FileKind, rows: &mut [Row]) {
    let mut by_content: Vec<&mut Row> = rows.iter_mut().collect();
    by_content.sort_by(|one, other| one.values.cmp(&other.values));
    let mut keys: HashMap<String, u32> = HashMap::new();
    let mut contents: HashMap<Vec<String>, u32> = HashMap::new();
    for row in by_content {
        let key: Vec<String> = kind.key_columns().iter().map(|column| row.key_part(column)).collect();
        row.identity.key = key.join(&FIELD_SEPARATOR.to_string());
        row.identity.occurrence = count_up(&mut keys, row.identity.key.clone());
        row.identity.repetition = count_up(&mut contents, row.values.clone());
    }
}

/// How many equals came before.
fn count_up<T: Eq + Hash>(seen: &mut HashMap<T, u32>, value: T) -> u32 {
    let count = seen.entry(value).or_default();
    *count += 1;
    *count - 1
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes())
}

/// The separator under which the header has most of the columns that are needed.
fn likely_separator(kind: FileKind, text: &str) -> u8 {
    let columns = |separator: u8| {
        let header = reader(text, separator).headers().cloned().unwrap_or_default();
        kind.columns().iter().filter(|wanted| header.iter().any(|name| is_column(name, wanted))).count()
    };
    // The last of equals is taken: a comma where nothing fits.
    SEPARATORS.into_iter().rev().max_by_key(|separator| columns(*separator)).unwrap_or(b',')
}

fn is_column(name: &str, wanted: &str) -> bool {
    name.trim().eq_ignore_ascii_case(wanted)
}

/// The line of the record that begins at or after a byte; the reader counts blank lines before a record to it.
fn start_line(text: &str, byte: u64) -> u64 {
    let from = usize::try_from(byte).unwrap_or_default();
    let blank = text.as_bytes().iter().skip(from).take_while(|byte| **byte == b'\n').count();
    line_at(text.as_bytes(), from + blank)
}

fn find_columns(kind: FileKind, header: &csv::StringRecord) -> Result<Vec<usize>, Problem> {
    let mut positions = Vec::new();
    for wanted in kind.columns() {
        let mut found = header.iter().enumerate().filter(|(_, name)| is_column(name, wanted));
        let column = (*wanted).to_owned();
        let Some((at, _)) = found.next() else { return Err(Problem::MissingColumn { column }) };
        if found.next().is_some() {
            return Err(Problem::DoubleColumn { column });
        }
        positions.push(at);
    }
    Ok(positions)
}

fn broken(kind: FileKind, text: &str, error: &csv::Error) -> BadFile {
    let line = error.position().map_or(1, |position| start_line(text, position.byte()));
    BadFile::new(kind, line, Problem::Unreadable { why: error.to_string() })
}

impl Row {
    /// A refusal of the file at this row.
    pub fn refuse(&self, problem: Problem) -> BadFile {
        BadFile::new(self.identity.kind, self.identity.line, problem)
    }

    /// A key column's value; one day is one key however it is written.
    fn key_part(&self, column: &str) -> String {
        let text = self.text(column);
        let day = column.ends_with("Date").then(|| parse_date(text)).flatten();
        day.map_or_else(|| text.to_owned(), |day| day.to_string())
    }

    /// The text of a needed column, trimmed, possibly empty.
    pub fn text(&self, column: &str) -> &str {
        self.identity.kind.columns().iter().position(|name| *name == column).and_then(|at| self.values.get(at)).map_or("", String::as_str)
    }

    /// A text of at most so many characters, possibly empty.
    pub fn short(&self, column: &str, most: usize) -> Result<&str, BadFile> {
        let text = self.text(column);
        let length = text.chars().count();
        if length > most {
            return Err(self.refuse(Problem::TooLong { column: column.to_owned(), length, most }));
        }
        Ok(text)
    }

    /// The text of a column that must not be empty.
    pub fn required(&self, column: &str) -> Result<&str, BadFile> {
        match self.text(column) {
            "" => Err(self.refuse(Problem::Empty { column: column.to_owned() })),
            text => Ok(text),
        }
    }

    /// A whole number.
    pub fn whole(&self, column: &str) -> Result<i64, BadFile> {
        let text = self.required(column)?;
        text.parse().map_err(|_| self.refuse(Problem::NotWhole { column: column.to_owned(), value: text.to_owned() }))
    }

    /// A decimal number with at most four places, in ten-thousandths (`"4.1"` is 41 000).
    pub fn ten_thousandths(&self, column: &str) -> Result<i64, BadFile> {
        let text = self.required(column)?;
        parse_ten_thousandths(text).ok_or_else(|| self.refuse(Problem::NotNumber { column: column.to_owned(), value: text.to_owned() }))
    }

    /// An amount of money in cents; a fraction of a cent is refused.
    pub fn cents(&self, column: &str) -> Result<i64, BadFile> {
        let exact = self.ten_thousandths(column)?;
        if exact % 100 != 0 {
            let text = self.text(column);
            return Err(self.refuse(Problem::FractionOfCent { column: column.to_owned(), value: text.to_owned() }));
        }
        Ok(exact / 100)
    }

    /// A date written month/day/year with four digits of year.
    pub fn date(&self, column: &str) -> Result<Date, BadFile> {
        let text = self.required(column)?;
        parse_date(text).ok_or_else(|| self.refuse(Problem::NotDate { column: column.to_owned(), value: text.to_owned() }))
    }

    /// `TRUE` or `FALSE`, in any case.
    pub fn flag(&self, column: &str) -> Result<bool, BadFile> {
        let text = self.required(column)?;
        match text.to_ascii_uppercase().as_str() {
            "TRUE" => Ok(true),
            "FALSE" => Ok(false),
            _ => Err(self.refuse(Problem::NotFlag { column: column.to_owned(), value: text.to_owned() })),
        }
    }
}

fn parse_ten_thousandths(text: &str) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || fraction.len() > 4 || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let fraction: i64 = format!("{fraction:0<4}").parse().ok()?;
    whole.checked_mul(10_000)?.checked_add(fraction)?.checked_mul(sign)
}

fn parse_date(text: &str) -> Option<Date> {
    let mut parts = text.split('/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    let year: i16 = year.parse().ok()?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok().filter(|_| year >= 1900)
}

#[cfg(test)]
#[path = "files_tests.rs"]
mod tests;
