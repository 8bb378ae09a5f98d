//! All mutants in one program: each function becomes a choice between its bodies, the wrong ones and its own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::mutant::{Mutant, Position};
use super::trial::cargo_in;

/// What the program asks which mutant it is to be; 0, or nothing, is none.
const WHICH: &str = "
/// Which mutant this is.
pub static MUTANT: std::sync::LazyLock<u32> =
    std::sync::LazyLock::new(|| std::env::var(\"MUTANT\").ok().and_then(|number| number.parse().ok()).unwrap_or(0));
";

/// A copy of the workspace, and the mutants that lie in it.
pub struct Tree {
    directory: PathBuf,
    mutants: Vec<Mutant>,
    sources: BTreeMap<String, String>,
    unviable: BTreeSet<u32>,
    apart: BTreeSet<u32>,
}

/// The body of a function, by bytes of its file, and what stands between its arrow and its brace.
struct Body {
    start: usize,
    end: usize,
    returns: String,
}

/// Which mutant the lines of a written file belong to.
type Lines = BTreeMap<(String, usize), u32>;

impl Tree {
    /// Reads the files of the mutants.
    pub fn new(directory: &Path, mutants: Vec<Mutant>) -> Result<Self> {
        let mut sources = BTreeMap::new();
        for mutant in &mutants {
            let path = directory.join(&mutant.file);
            let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
            sources.insert(mutant.file.clone(), text);
        }
        let library = directory.join("shared/src/lib.rs");
        std::fs::write(&library, std::fs::read_to_string(&library)? + WHICH).context("writing lib.rs")?;
        let apart = mutants.iter().filter(|mutant| mutant.function.is_none()).map(|mutant| mutant.number).collect();
        Ok(Tree { directory: directory.to_owned(), mutants, sources, unviable: BTreeSet::new(), apart })
    }

    /// Those that are built into one program.
    pub fn together(&self) -> impl Iterator<Item = &Mutant> {
        self.mutants.iter().filter(|mutant| !self.apart.contains(&mutant.number) && !self.unviable.contains(&mutant.number))
    }

    /// Those that need a build of their own.
    pub fn apart(&self) -> impl Iterator<Item = &Mutant> {
        self.mutants.iter().filter(|mutant| self.apart.contains(&mutant.number))
    }

    /// Writes all files with all mutants.
    fn write_together(&self) -> Result<Lines> {
        let mut lines = Lines::new();
        for (file, text) in &self.sources {
            let written = with_choices(file, text, self.together().filter(|mutant| mutant.file == *file), &mut lines)?;
            std::fs::write(self.directory.join(file), written)?;
        }
        Ok(lines)
    }

    /// Writes all files as they are, with one mutant.
    pub fn write_single(&self, mutant: &Mutant) -> Result<()> {
        for (file, text) in &self.sources {
            let (start, end) = if *file == mutant.file { bytes(text, mutant.span)? } else { (0, 0) };
            let changed = if *file == mutant.file { [&text[..start], &mutant.replacement, &text[end..]].concat() } else { text.clone() };
            std::fs::write(self.directory.join(file), changed)?;
        }
        Ok(())
    }
}

/// Takes out what does not compile, until the rest does; how many those are.
pub fn remove_unviable(tree: &mut Tree, built: &Path) -> Result<usize> {
    loop {
        let lines = tree.write_together()?;
        let mut check = cargo_in(&tree.directory, built);
        let output = check.args(["check", "--quiet", "--package", "shared", "--message-format=json"]).output().context("starting cargo")?;
        let wrong: BTreeSet<u32> = errors(&output.stdout).iter().filter_map(|place| lines.get(place).copied()).collect();
        if output.status.success() {
            return Ok(tree.unviable.len());
        }
        ensure!(!wrong.is_empty(), "it does not compile without mutants either:\n{}", String::from_utf8_lossy(&output.stdout));
        tree.unviable.extend(wrong);
    }
}

/// The files and lines in which the compiler found something wrong.
fn errors(messages: &[u8]) -> Vec<(String, usize)> {
    let text = String::from_utf8_lossy(messages);
    let read = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let errors = read.filter(|message| message["message"]["level"] == "error");
    let spans = errors.flat_map(|message| message["message"]["spans"].as_array().cloned().unwrap_or_default());
    let place = |span: Value| Some((span["file_name"].as_str()?.to_owned(), usize::try_from(span["line_start"].as_u64()?).ok()?));
    spans.filter(|span| span["is_primary"] == true).filter_map(place).collect()
}

/// A file in which every function that has mutants asks which of its bodies it is to run.
fn with_choices<'a>(file: &str, text: &str, mutants: impl Iterator<Item = &'a Mutant>, lines: &mut Lines) -> Result<String> {
    let mut functions: BTreeMap<Position, Vec<&Mutant>> = BTreeMap::new();
    for mutant in mutants {
        let function = mutant.function.as_ref().with_context(|| mutant.name.clone())?;
        functions.entry(function.span.0).or_default().push(mutant);
    }
    let (mut written, mut done) = (String::new(), 0);
    for mutants in functions.values() {
        let body = body_of(text, mutants[0]).with_context(|| format!("finding the function of {}", mutants[0].name))?;
        ensure!(body.start >= done, "{} lies in a function within another", mutants[0].name);
        written.push_str(&text[done..body.start]);
        let (open, close, end) = arms(&body.returns);
        written.push_str(&format!(
            "\n {}match *crate::MUTANT {{\n",
            if end.is_empty() { String::new() } else { format!("let chosen: {end} = ") }
        ));
        for mutant in mutants {
            let (from, to) = bytes(text, mutant.span)?;
            let wrong = [&text[body.start..from], &mutant.replacement, &text[to..body.end]].concat();
            let first = written.matches('\n').count() + 1;
            written.push_str(&format!("{} => {open}{wrong}{close},\n", mutant.number));
            let last = written.matches('\n').count();
            lines.extend((first..=last).map(|line| ((file.to_owned(), line), mutant.number)));
        }
        written.push_str(&format!(
            "_ => {open}{}{close},\n}}{}\n",
            &text[body.start..body.end],
            if end.is_empty() { "" } else { ";\nchosen" }
        ));
        done = body.end;
    }
    written.push_str(&text[done..]);
    Ok(written)
}

/// What stands around each body; and the type that all have, where the function names none: different iterators are put into boxes.
fn arms(returns: &str) -> (&'static str, &'static str, String) {
    let Some(traits) = returns.trim().strip_prefix("impl ") else { return ("{", "}", String::new()) };
    let (bounds, captured) = traits.split_once("+ use<").map_or((traits, ""), |(bounds, used)| (bounds, used.trim_end_matches('>')));
    let lifetimes = captured.split(',').map(str::trim).filter(|name| name.starts_with('\''));
    let lifetimes: String = lifetimes.map(|name| format!(" + {name}")).collect();
    ("Box::new({", "})", format!("Box<dyn {}{lifetimes}>", bounds.trim()))
}

/// The body of the function around a mutant: between its braces.
fn body_of(text: &str, mutant: &Mutant) -> Option<Body> {
    let function = mutant.function.as_ref()?;
    let (from, to) = bytes(text, function.span).ok()?;
    let whole = &text[from..to];
    let is_end = |rest: &str| !rest.starts_with(|letter: char| letter.is_alphanumeric() || letter == '_');
    let head = format!("fn {}", function.name);
    let (name, _) = whole.match_indices(&head).find(|(at, _)| is_end(&whole[at + head.len()..]))?;
    let brace = name + opening_brace(&whole[name..])?;
    let returns = whole[name..brace].rsplit_once("->").map(|(_, returns)| returns.to_owned()).unwrap_or_default();
    whole.ends_with('}').then_some(Body { start: from + brace + 1, end: to - 1, returns })
}

/// The brace that opens the body: those between parentheses take an argument apart.
fn opening_brace(signature: &str) -> Option<usize> {
    let mut depth = 0;
    signature.char_indices().find_map(|(at, letter)| {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        (letter == '{' && depth == 0).then_some(at)
    })
}

/// A span as bytes of the file.
fn bytes(text: &str, (start, end): (Position, Position)) -> Result<(usize, usize)> {
    let byte = |(line, column): Position| {
        let before: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
        let rest = text.get(before..)?;
        Some(before + rest.char_indices().nth(column - 1).map_or(rest.len(), |(at, _)| at))
    };
    byte(start).zip(byte(end)).context("a mutant lies outside of its file")
}

#[cfg(test)]
mod tests {
    use super::super::mutant::{Function, Mutant};
    use super::{Lines, with_choices};

    fn mutant(number: u32, text: &str, wrong: &str, replacement: &str) -> Mutant {
        let position = |at: usize| {
            let before = &text[..at];
            (before.matches('\n').count() + 1, before.rsplit('\n').next().unwrap_or_default().chars().count() + 1)
        };
        let (at, function) = (text.find(wrong).expect("in the text"), text.find("fn ").expect("a function"));
        let name = text[function + 3..].split('(').next().unwrap_or_default().to_owned();
        let end = text.rfind('}').expect("a brace") + 1;
        Mutant {
            number,
            span: (position(at), position(at + wrong.len())),
            replacement: replacement.to_owned(),
            function: Some(Function { name, span: (position(function), position(end)) }),
            ..Mutant::named("a mutant")
        }
    }

    #[test]
    fn a_function_becomes_a_choice_and_every_line_of_a_wrong_body_is_known() {
        let text = "/// 两个数.\nfn is_less(a: u8, b: u8) -> bool {\n    // 小于\n    a < b\n}\n";
        let mut lines = Lines::new();
        let written = with_choices("a.rs", text, [mutant(7, text, "<", "<=")].iter(), &mut lines).expect("written");
        assert!(written.contains("7 => {\n    // 小于\n    a <= b\n},"), "{written}");
        assert!(written.contains("_ => {\n    // 小于\n    a < b\n},"), "{written}");
        let places: Vec<usize> = lines.keys().map(|(_, line)| *line).collect();
        let wrong = written.lines().position(|line| line.contains("a <= b")).expect("there") + 1;
        assert!(places.contains(&wrong) && places.len() == 4, "{places:?} in\n{written}");
    }

    #[test]
    fn an_argument_that_is_taken_apart_is_no_body() {
        let text = "fn is_less(Two { a, b }: Two) -> bool { a < b }";
        let written = with_choices("a.rs", text, [mutant(1, text, "<", ">")].iter(), &mut Lines::new()).expect("written");
        assert!(written.starts_with("fn is_less(Two { a, b }: Two) -> bool {"), "{written}");
        assert!(written.contains("1 => { a > b },"), "{written}");
    }

    #[test]
    fn different_iterators_are_put_into_boxes() {
        let text = "fn few<'a>(all: &'a [u8]) -> impl Iterator<Item = &'a u8> + use<'a> { all.iter().take(1 + 1) }";
        let written = with_choices("a.rs", text, [mutant(1, text, "1 + 1", "1 - 1")].iter(), &mut Lines::new()).expect("written");
        assert!(written.contains("let chosen: Box<dyn Iterator<Item = &'a u8> + 'a> = match"), "{written}");
        assert!(written.contains("1 => Box::new({ all.iter().take(1 - 1) }),"), "{written}");
    }
}
