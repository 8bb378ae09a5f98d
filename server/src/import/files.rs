//! A CSV file as checked rows: encoding, columns, dates and numbers, each refusal with file and line.

use std::collections::HashMap;

use jiff::civil::Date;

use super::identity::{FIELD_SEPARATOR, FileKind, RowIdentity};

/// Why a file was refused. Nothing is written when any file is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {reason}")]
pub struct BadFile {
    /// The file's name without its folder.
    pub file: String,
    /// Line counted from 1, the header being line 1.
    pub line: u64,
    /// What is wrong, for a person with the file open.
    pub reason: String,
}

impl BadFile {
    /// A refusal of the file of this kind at a line.
    pub fn new(kind: FileKind, line: u64, reason: impl Into<String>) -> Self {
        Self { file: kind.file_name().to_owned(), line, reason: reason.into() }
    }
}

/// One row whose needed columns are known to be present; values are still text.
#[derive(Debug, Clone)]
pub struct Row {
    /// Which row this is.
    pub identity: RowIdentity,
    values: Vec<String>,
}

/// Reads the bytes of one file into rows, or says where and why not.
pub fn read_rows(kind: FileKind, bytes: &[u8]) -> Result<Vec<Row>, BadFile> {
    let text = decode(kind, bytes)?;
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| broken(kind, &error))?.clone();
    let positions = find_columns(kind, &header)?;
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| broken(kind, &error))?;
        let line = record.position().map_or(0, csv::Position::line);
        let values: Vec<String> = positions.iter().map(|&at| record.get(at).unwrap_or_default().trim().to_owned()).collect();
        let content = values.join(&FIELD_SEPARATOR.to_string());
        let count = seen.entry(content.clone()).or_default();
        let identity = RowIdentity { kind, line, content, occurrence: *count };
        *count += 1;
        rows.push(Row { identity, values });
    }
    Ok(rows)
}

/// UTF-8 with or without byte order mark; anything else is refused at the first wrong byte.
fn decode(kind: FileKind, bytes: &[u8]) -> Result<&str, BadFile> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(BadFile::new(kind, 1, "the file is UTF-16; save it as CSV UTF-8"));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count() as u64;
        let wrong = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
        BadFile::new(kind, line, format!("byte 0x{wrong:02X} is not UTF-8; save the file as CSV UTF-8"))
    })?;
    match text.find('\0') {
        Some(at) => {
            let line = 1 + text[..at].matches('\n').count() as u64;
            Err(BadFile::new(kind, line, "a zero byte: this is not a text file"))
        }
        None => Ok(text),
    }
}

fn find_columns(kind: FileKind, header: &csv::StringRecord) -> Result<Vec<usize>, BadFile> {
    let mut positions = Vec::new();
    for wanted in kind.columns() {
        let mut found = header.iter().enumerate().filter(|(_, name)| name.trim() == *wanted);
        let Some((at, _)) = found.next() else {
            return Err(BadFile::new(kind, 1, format!("missing column “{wanted}”")));
        };
        if found.next().is_some() {
            return Err(BadFile::new(kind, 1, format!("column “{wanted}” appears twice")));
        }
        positions.push(at);
    }
    Ok(positions)
}

fn broken(kind: FileKind, error: &csv::Error) -> BadFile {
    let line = error.position().map_or(1, csv::Position::line);
    let reason = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => format!("{len} fields where the header has {expected_len}"),
        _ => error.to_string(),
    };
    BadFile::new(kind, line, reason)
}

impl Row {
    /// A refusal of the file at this row.
    pub fn refuse(&self, reason: impl Into<String>) -> BadFile {
        BadFile::new(self.identity.kind, self.identity.line, reason)
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
            return Err(self.refuse(format!("“{column}” has {length} characters, at most {most} are possible")));
        }
        Ok(text)
    }

    /// The text of a column that must not be empty.
    pub fn required(&self, column: &str) -> Result<&str, BadFile> {
        match self.text(column) {
            "" => Err(self.refuse(format!("“{column}” is empty"))),
            text => Ok(text),
        }
    }

    /// A whole number.
    pub fn whole(&self, column: &str) -> Result<i64, BadFile> {
        let text = self.required(column)?;
        text.parse().map_err(|_| self.refuse(format!("“{column}” is not a whole number: “{text}”")))
    }

    /// A decimal number with at most four places, in ten-thousandths (`"4.1"` is 41 000).
    pub fn ten_thousandths(&self, column: &str) -> Result<i64, BadFile> {
        let text = self.required(column)?;
        parse_ten_thousandths(text).ok_or_else(|| self.refuse(format!("“{column}” is not a number: “{text}”")))
    }

    /// An amount of money in cents; a fraction of a cent is refused.
    pub fn cents(&self, column: &str) -> Result<i64, BadFile> {
        let exact = self.ten_thousandths(column)?;
        if exact % 100 != 0 {
            let text = self.text(column);
            return Err(self.refuse(format!("“{column}” has fractions of a cent: “{text}”")));
        }
        Ok(exact / 100)
    }

    /// A date written month/day/year with four digits of year.
    pub fn date(&self, column: &str) -> Result<Date, BadFile> {
        let text = self.required(column)?;
        parse_date(text).ok_or_else(|| self.refuse(format!("“{column}” is not a date (month/day/year): “{text}”")))
    }

    /// `TRUE` or `FALSE`, in any case.
    pub fn flag(&self, column: &str) -> Result<bool, BadFile> {
        let text = self.required(column)?;
        match text.to_ascii_uppercase().as_str() {
            "TRUE" => Ok(true),
            "FALSE" => Ok(false),
            _ => Err(self.refuse(format!("“{column}” is neither TRUE nor FALSE: “{text}”"))),
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
