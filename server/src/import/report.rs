//! What became of every row, and the sum that must come out even.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};

use super::identity::{FileKind, RowIdentity};

/// What became of one row. The words say as what, or why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It is in the system as something of its own.
    Imported(&'static str),
    /// It says something about another row that is in, or the same again.
    Merged(&'static str),
    /// Understood, but there is no place for it in the product yet.
    NotYet(&'static str),
    /// It is in, and a person has to look at it.
    Attention(&'static str),
    /// It is not in.
    Rejected(&'static str),
}

impl Fate {
    /// Position among [`COLUMNS`], and the words.
    fn parts(self) -> (usize, &'static str) {
        match self {
            Fate::Imported(words) => (0, words),
            Fate::Merged(words) => (1, words),
            Fate::NotYet(words) => (2, words),
            Fate::Attention(words) => (3, words),
            Fate::Rejected(words) => (4, words),
        }
    }
}

const COLUMNS: [&str; 5] = ["imported", "merged", "not yet", "attention", "rejected"];

/// One file's account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileAccount {
    /// Rows read.
    pub rows: u64,
    fates: BTreeMap<Fate, u64>,
}

impl FileAccount {
    /// Rows per column: imported, merged, not yet, attention, rejected.
    pub fn columns(&self) -> [u64; 5] {
        let mut columns = [0; 5];
        for (fate, count) in &self.fates {
            columns[fate.parts().0] += count;
        }
        columns
    }

    /// Rows of exactly this fate.
    pub fn count(&self, fate: Fate) -> u64 {
        self.fates.get(&fate).copied().unwrap_or(0)
    }

    /// True when every row read has exactly one fate.
    pub fn balances(&self) -> bool {
        self.rows == self.columns().iter().sum::<u64>()
    }
}

/// The whole report: accounts, what to look at, and what was derived and needs a yes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    accounts: BTreeMap<FileKind, FileAccount>,
    /// One sentence each for a person to look at.
    pub attention: Vec<String>,
    /// Hours and roster as derived, shown for confirmation.
    pub to_confirm: Vec<String>,
    /// What was (or with a dry run: would be) written.
    pub outcome: Vec<String>,
}

impl Report {
    /// Notes how many rows a file has.
    pub fn read(&mut self, kind: FileKind, rows: usize) {
        self.accounts.entry(kind).or_default().rows += rows as u64;
    }

    /// Notes what became of one row.
    pub fn settle(&mut self, row: &RowIdentity, fate: Fate) {
        let account = self.accounts.entry(row.kind).or_default();
        *account.fates.entry(fate).or_default() += 1;
    }

    /// The account of one file.
    pub fn account(&self, kind: FileKind) -> FileAccount {
        self.accounts.get(&kind).cloned().unwrap_or_default()
    }

    /// True when every file balances.
    pub fn balances(&self) -> bool {
        self.accounts.values().all(FileAccount::balances)
    }
}

impl Display for Report {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        for (kind, account) in &self.accounts {
            write_account(out, *kind, account)?;
        }
        write_list(out, "Derived, please confirm", &self.to_confirm)?;
        write_list(out, "Attention", &self.attention)?;
        write_list(out, "Outcome", &self.outcome)
    }
}

fn write_account(out: &mut Formatter<'_>, kind: FileKind, account: &FileAccount) -> fmt::Result {
    let sum: Vec<String> = account.columns().iter().zip(COLUMNS).map(|(count, name)| format!("{count} {name}")).collect();
    let sign = if account.balances() { "=" } else { "≠" };
    writeln!(out, "{}: {} rows {sign} {}", kind.file_name(), account.rows, sum.join(" + "))?;
    for (fate, count) in &account.fates {
        let (column, words) = fate.parts();
        writeln!(out, "    {count:>5}  {}: {words}", COLUMNS[column])?;
    }
    Ok(())
}

fn write_list(out: &mut Formatter<'_>, title: &str, lines: &[String]) -> fmt::Result {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{title}")?;
    for line in lines {
        writeln!(out, "  {line}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_balances_only_when_every_row_has_one_fate() {
        let row = RowIdentity { kind: FileKind::Bookings, line: 2, key: String::new(), occurrence: 0, repetition: 0 };
        let mut report = Report::default();
        report.read(FileKind::Bookings, 2);
        report.settle(&row, Fate::Imported("visit"));
        assert!(!report.balances());
        assert!(report.to_string().contains("2 rows ≠ 1 imported"));
        report.settle(&row, Fate::Rejected("unknown service"));
        assert!(report.balances());
        assert!(report.to_string().contains("1 rejected\n"));
    }
}
