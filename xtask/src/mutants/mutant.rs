//! One mutant as cargo-mutants lists it.

use anyhow::{Context, Result};
use serde_json::Value;

/// A place in a file: line and column from 1, counted in characters.
pub type Position = (usize, usize);

/// A wrong piece of a program.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// What it is told apart by in the program: its place in the list, from 1.
    pub number: u32,
    /// Place, change and function.
    pub name: String,
    /// File, from the root of the workspace.
    pub file: String,
    /// What is replaced.
    pub span: (Position, Position),
    /// With what.
    pub replacement: String,
    /// The function it lies in; constants lie in none.
    pub function: Option<Function>,
}

/// The function around a mutant.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its name without type or module.
    pub name: String,
    /// From its `fn`, or what stands before that, to its last brace.
    pub span: (Position, Position),
}

impl Mutant {
    /// The room of `shared/src` it lies in.
    pub fn room(&self) -> &str {
        let within = self.within();
        within.split('/').next().unwrap_or(within).trim_end_matches(".rs")
    }

    /// File, change and function, whatever else the file has gained.
    pub fn without_position(&self) -> String {
        let change = self.name.splitn(4, ':').nth(3).unwrap_or(&self.name);
        format!("{}:{change}", self.within())
    }

    fn within(&self) -> &str {
        self.file.strip_prefix("shared/src/").unwrap_or(&self.file)
    }

    /// One of that name and nothing else.
    #[cfg(test)]
    pub fn named(name: &str) -> Self {
        let (name, file, replacement) = (name.to_owned(), String::new(), String::new());
        Mutant { number: 1, name, file, span: ((1, 1), (1, 1)), replacement, function: None }
    }
}

/// Whether a source file is the room `path`, or in it.
pub fn is_below(file: &str, path: &str) -> bool {
    let within = file.strip_prefix("shared/src/").unwrap_or(file);
    within.strip_prefix(path.trim_end_matches(".rs")).is_some_and(|rest| rest == ".rs" || (rest.starts_with('/') && !path.ends_with(".rs")))
}

/// What `cargo mutants --list --json` says.
pub fn read_list(json: &[u8]) -> Result<Vec<Mutant>> {
    let listed: Vec<Value> = serde_json::from_slice(json).context("reading the list of mutants")?;
    let read = |(number, mutant): (u32, &Value)| read(number, mutant).with_context(|| format!("a mutant is listed as {mutant}"));
    (1u32..).zip(&listed).map(read).collect()
}

fn read(number: u32, listed: &Value) -> Option<Mutant> {
    let text = |field: &str| listed[field].as_str().map(str::to_owned);
    let function = match &listed["function"] {
        Value::Null => None,
        function => {
            let name = function["function_name"].as_str()?.rsplit("::").next()?.to_owned();
            Some(Function { name, span: span(&function["span"])? })
        }
    };
    let (name, file, replacement) = (text("name")?, text("file")?, text("replacement")?);
    Some(Mutant { number, name, file, span: span(&listed["span"])?, replacement, function })
}

fn span(listed: &Value) -> Option<(Position, Position)> {
    let number = |value: &Value| usize::try_from(value.as_u64()?).ok();
    let position = |end: &str| Some((number(&listed[end]["line"])?, number(&listed[end]["column"])?));
    Some((position("start")?, position("end")?))
}
