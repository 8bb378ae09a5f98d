//! What may be written in one place only: each check looks for words in the source of a crate, and passes over the place they belong to.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::count::Count;
use super::session::Session;
use crate::workspace::{files_with_extension, root};

/// Words that belong to one place.
struct Place {
    /// Where they are looked for, from the root of the repository.
    within: &'static str,
    /// Files or folders in which they are at home.
    home: &'static [&'static str],
    words: &'static [&'static str],
    /// What whoever wrote one elsewhere does instead.
    remedy: &'static str,
}

/// A transaction that begins in a future which is dropped leaves its connection unusable.
const TRANSACTIONS: Place = Place {
    within: "server/src",
    home: &["server/src/db/transaction.rs"],
    words: &[".begin(", ".begin_with(", "\"begin", "Transaction::begin"],
    remedy: "use db::transaction or db::snapshot",
};

/// Whoever changes a table finds in one folder who reads it.
const SQL: Place = Place {
    within: "server/src",
    home: &["server/src/db"],
    words: &[
        "sqlx::query",
        "query!(",
        "query_as!(",
        "query_scalar!(",
        "raw_sql(",
        "QueryBuilder",
        "\"select ",
        "\"insert into ",
        "\"update ",
        "\"delete from ",
    ],
    remedy: "write the statement in server/src/db",
};

/// What decides runs on both sides, and twice with the same result: it has neither clock nor randomness, files, network nor browser.
const PURITY: Place = Place {
    within: "shared/src",
    home: &[],
    words: &[
        "SystemTime",
        "Instant::now",
        "now_v7(",
        "new_v4(",
        "getrandom",
        "rand::",
        "std::env",
        "std::fs",
        "std::io",
        "std::net",
        "std::process",
        "std::thread::s",
        "tokio::",
        "sqlx::",
        "web_sys",
        "js_sys",
        "println!",
        "HashMap",
        "HashSet",
        "f32",
        "f64",
    ],
    remedy: "take it as an argument; for order and numbers that differ between machines, BTreeMap and integers",
};

/// Only `db/transaction.rs` begins any.
pub fn transactions(_: &mut Session) -> Result<Count> {
    check(&TRANSACTIONS)
}

/// No statement outside of `db/`.
pub fn sql(_: &mut Session) -> Result<Count> {
    check(&SQL)
}

/// Nothing in `shared` that a machine, a moment or chance decides.
pub fn purity(_: &mut Session) -> Result<Count> {
    check(&PURITY)
}

fn check(place: &Place) -> Result<Count> {
    let root = root();
    let mut found = Vec::new();
    for file in files_with_extension(&root.join(place.within), "rs")? {
        let path = file.strip_prefix(&root).unwrap_or(&file);
        if !place.home.iter().any(|home| path.starts_with(home)) {
            let text = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
            found.extend(place.strangers(path, &text));
        }
    }
    ensure!(found.is_empty(), "{}:\n{}", place.remedy, found.join("\n"));
    Ok(Count::PASSED)
}

impl Place {
    /// The lines with one of the words, but for comments.
    fn strangers(&self, path: &Path, text: &str) -> Vec<String> {
        let code = text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
        let strangers = code.filter(|(_, line)| self.words.iter().any(|word| line.contains(word)));
        strangers.map(|(number, line)| format!("{}:{}: {}", path.display(), number + 1, line.trim())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_in_a_handler_is_told_with_its_line_and_one_in_a_comment_is_not() {
        let handler = "// sqlx::query is for db/\nfn stores() {\n    sqlx::query!(\"select id from stores\");\n}\n";
        let found = SQL.strangers(Path::new("server/src/api.rs"), handler);
        assert_eq!(found, ["server/src/api.rs:3: sqlx::query!(\"select id from stores\");"]);
    }
}
