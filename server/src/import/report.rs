//! What became of every row, and the sum that must come out even.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};

use shared::name::Language;

use super::identity::RowIdentity;
use super::words::{Sentence, Words};
use crate::said::FileKind;

/// What became of one row. The words say as what, or why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It is in the system as something of its own.
    Imported(Words),
    /// It says something about another row that is in, or the same again.
    Merged(Words),
    /// Understood, but there is no place for it in the product yet.
    NotYet(Words),
    /// It is in, and a person has to look at it.
    Attention(Words),
    /// It is not in.
    Rejected(Words),
}

impl Fate {
    /// Position among [`COLUMNS`], and the words.
    fn parts(self) -> (usize, Words) {
        match self {
            Fate::Imported(words) => (0, words),
            Fate::Merged(words) => (1, words),
            Fate::NotYet(words) => (2, words),
            Fate::Attention(words) => (3, words),
            Fate::Rejected(words) => (4, words),
        }
    }
}

const COLUMNS: [Words; 5] = [
    Words("已导入", "imported"),
    Words("已合并", "merged"),
    Words("暂不支持", "not yet"),
    Words("需留意", "attention"),
    Words("未接受", "rejected"),
];

const TO_CONFIRM: Words = Words("推算得出，请确认", "Derived, please confirm");
const CHANGED: Words = Words("与上次导入不同", "Changed since the last import");
const ATTENTION: Words = Words("需留意", "Attention");
const OUTCOME: Words = Words("结果", "Outcome");

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
    pub attention: Vec<Sentence>,
    /// Hours and roster as derived, shown for confirmation.
    pub to_confirm: Vec<Sentence>,
    /// What known rows say now and said before, one sentence for each fact.
    pub changed: Vec<Sentence>,
    /// What was (or with a dry run: would be) written.
    pub outcome: Vec<Sentence>,
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

impl Report {
    /// The whole report in its reader's language.
    pub fn in_language(&self, language: Language) -> String {
        let accounts: String = self.accounts.iter().map(|(kind, account)| account_text(*kind, account, language)).collect();
        let lists = [(TO_CONFIRM, &self.to_confirm), (CHANGED, &self.changed), (ATTENTION, &self.attention), (OUTCOME, &self.outcome)];
        lists.into_iter().fold(accounts, |text, (title, lines)| text + &list_text(title, lines, language))
    }
}

/// For logs.
impl Display for Report {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(&self.in_language(Language::English))
    }
}

fn account_text(kind: FileKind, account: &FileAccount, language: Language) -> String {
    let columns = COLUMNS.map(|words| words.get(language));
    let sum: Vec<String> = account.columns().iter().zip(columns).map(|(count, name)| format!("{count} {name}")).collect();
    let sign = if account.balances() { "=" } else { "≠" };
    let (file, rows, sum) = (kind.file_name(), account.rows, sum.join(" + "));
    let mut text = match language {
        Language::Chinese => format!("{file}：{rows} 行 {sign} {sum}\n"),
        Language::English => format!("{file}: {rows} rows {sign} {sum}\n"),
    };
    for (fate, count) in &account.fates {
        let (column, words) = fate.parts();
        let (column, words) = (columns[column], words.get(language));
        text += &match language {
            Language::Chinese => format!("    {count:>5}  {column}：{words}\n"),
            Language::English => format!("    {count:>5}  {column}: {words}\n"),
        };
    }
    text
}

fn list_text(title: Words, lines: &[Sentence], language: Language) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let lines: String = lines.iter().map(|line| format!("  {}\n", line.get(language))).collect();
    format!("\n{}\n{lines}", title.get(language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_balances_only_when_every_row_has_one_fate() {
        let row = RowIdentity { kind: FileKind::Bookings, line: 2, key: String::new(), occurrence: 0, repetition: 0 };
        let mut report = Report::default();
        report.read(FileKind::Bookings, 2);
        report.settle(&row, Fate::Imported(Words("到店", "visit")));
        assert!(!report.balances());
        assert!(report.to_string().contains("2 rows ≠ 1 imported"));
        report.settle(&row, Fate::Rejected(Words("未知项目", "unknown service")));
        assert!(report.balances());
        assert!(report.to_string().contains("1 rejected\n"));
        assert!(report.in_language(Language::Chinese).contains("2 行 = 1 已导入 + 0 已合并 + 0 暂不支持 + 0 需留意 + 1 未接受"));
    }
}
