//! ARCHITECTURE.md names files: each of them is there.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::count::Count;
use super::session::Session;
use crate::workspace::root;

/// Where the named files and directories begin.
const TOPS: [&str; 7] = ["app/", "private_postgres/", "server/", "shared/", "style/", "tests/", "xtask/"];

/// Fails when the document names a file that has moved or gone.
pub fn named_files(_: &mut Session) -> Result<Count> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).context("reading ARCHITECTURE.md")?;
    let gone = gone(&text, |path| root().join(path).exists());
    ensure!(gone.is_empty(), "ARCHITECTURE.md names what is not there:\n{}", gone.join("\n"));
    Ok(Count::PASSED)
}

/// The named paths that are not there. `a/{b,c}.rs` names two; one with a placeholder names none.
fn gone(text: &str, is_there: impl Fn(&Path) -> bool) -> Vec<String> {
    let named = text.split('`').skip(1).step_by(2).filter(|name| TOPS.iter().any(|top| name.starts_with(top)));
    let paths = named.filter(|name| !name.contains(['<', '*', ' '])).flat_map(each);
    paths.filter(|path| !is_there(Path::new(path))).collect()
}

fn each(name: &str) -> Vec<String> {
    let braces = name.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)));
    match braces {
        Some((before, (choices, after))) => choices.split(',').map(|choice| format!("{before}{choice}{after}")).collect(),
        None => vec![name.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_has_moved_is_told_and_a_word_in_code_is_not() {
        let text = "See `shared/src/{store,gone}.rs` and `style/components/<name>.css`; `pub` is no file.";
        assert_eq!(gone(text, |path| path == Path::new("shared/src/store.rs")), ["shared/src/gone.rs"]);
    }
}
