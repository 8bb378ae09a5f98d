//! No circle between the rooms of a crate, nor between its files: what two of them share moves below both.
//!
//! A room is a top-level module with all that is below it; in rooms that are an app of their own so is each module of the second level.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};

use super::count::Count;
use super::imports::{Import, Sources};
use super::session::Session;
use crate::workspace::root;

const CRATES: [&str; 6] = ["shared", "private_postgres", "server", "app", "xtask", "tests"];

/// Rooms of the crate `app` that have rooms of their own.
const BIG_ROOMS: [&str; 2] = ["desk", "member"];

/// Rooms or files each of which uses, directly or through the others, all the others.
struct Circle {
    /// E.g. `rooms of app`.
    of: String,
    members: Vec<String>,
    /// Who uses what of whom.
    imports: Vec<Import>,
}

/// `cargo xtask circles`
pub fn circles() -> Result<()> {
    let found = all()?;
    for Circle { of, members, imports } in &found {
        println!("\n{} {of}: {}", members.len(), members.join(", "));
        for Import { from, to, line, item } in imports {
            println!("    {from}.rs:{line} uses {item} of {to}.rs");
        }
    }
    println!("\nbench import_circles {}", found.len());
    Ok(())
}

/// Fails when a change has made a circle.
pub fn no_circles(_: &mut Session) -> Result<Count> {
    let found = all()?;
    let said: Vec<String> = found.iter().map(|circle| format!("{}: {}", circle.of, circle.members.join(", "))).collect();
    ensure!(found.is_empty(), "{} circles (see cargo xtask circles):\n{}", found.len(), said.join("\n"));
    Ok(Count::PASSED)
}

fn all() -> Result<Vec<Circle>> {
    let mut found = Vec::new();
    for name in CRATES {
        let imports = Sources::read(&root().join(name).join("src"))?.imports();
        found.extend(circles_between(&format!("rooms of {name}"), &imports, |module| first(module).to_owned()));
        for room in BIG_ROOMS.into_iter().filter(|_| name == "app") {
            let inside: Vec<Import> =
                imports.iter().filter(|import| [&import.from, &import.to].iter().all(|module| first(module) == room)).cloned().collect();
            found.extend(circles_between(&format!("rooms of {name}/{room}"), &inside, |module| {
                module.split('/').take(2).collect::<Vec<_>>().join("/")
            }));
        }
        found.extend(circles_between(&format!("files of {name}"), &imports, str::to_owned));
    }
    Ok(found)
}

/// The room of a module. What stands in the root of the crate is a room, too.
fn first(module: &str) -> &str {
    module.split('/').next().unwrap_or_default()
}

/// The circles that remain when modules are taken together.
fn circles_between(of: &str, imports: &[Import], room: impl Fn(&str) -> String) -> Vec<Circle> {
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for import in imports {
        let (from, to) = (room(&import.from), room(&import.to));
        if from != to {
            edges.entry(from).or_default().insert(to);
        }
    }
    let named = |members: Vec<String>| {
        let is_inside = |import: &&Import| {
            let (from, to) = (room(&import.from), room(&import.to));
            from != to && members.contains(&from) && members.contains(&to)
        };
        Circle { of: of.to_owned(), imports: imports.iter().filter(is_inside).cloned().collect(), members }
    };
    Search::new(&edges).run().into_iter().map(named).collect()
}

/// Tarjan's search for strongly connected components.
struct Search<'a> {
    edges: &'a BTreeMap<String, BTreeSet<String>>,
    /// When each node was met.
    met: BTreeMap<&'a str, usize>,
    path: Vec<&'a str>,
    found: Vec<Vec<String>>,
}

impl<'a> Search<'a> {
    fn new(edges: &'a BTreeMap<String, BTreeSet<String>>) -> Self {
        Self { edges, met: BTreeMap::new(), path: Vec::new(), found: Vec::new() }
    }

    /// The components of more than one node, sorted.
    fn run(mut self) -> Vec<Vec<String>> {
        for node in self.edges.keys() {
            if !self.met.contains_key(node.as_str()) {
                self.visit(node);
            }
        }
        self.found.sort();
        self.found
    }

    /// The earliest node that this one reaches.
    fn visit(&mut self, node: &'a str) -> usize {
        let number = self.met.len();
        self.met.insert(node, number);
        self.path.push(node);
        let mut earliest = number;
        for next in self.edges.get(node).into_iter().flatten() {
            match self.met.get(next.as_str()) {
                None => earliest = earliest.min(self.visit(next)),
                Some(met) if self.path.contains(&next.as_str()) => earliest = earliest.min(*met),
                Some(_) => {}
            }
        }
        if earliest == number {
            let start = self.path.iter().position(|on_path| *on_path == node).unwrap_or_default();
            let mut component: Vec<String> = self.path.drain(start..).map(str::to_owned).collect();
            component.sort();
            self.found.extend((component.len() > 1).then_some(component));
        }
        earliest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uses(pairs: &[(&str, &str)]) -> Vec<Import> {
        let import = |(from, to): &(&str, &str)| Import { from: (*from).to_owned(), to: (*to).to_owned(), line: 1, item: "T".to_owned() };
        pairs.iter().map(import).collect()
    }

    fn members(pairs: &[(&str, &str)]) -> Vec<String> {
        circles_between("files", &uses(pairs), str::to_owned).into_iter().map(|circle| circle.members.join(" ")).collect()
    }

    #[test]
    fn circles_are_found_whole_and_apart() {
        assert!(members(&[("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]).is_empty());
        assert_eq!(members(&[("c", "a"), ("a", "b"), ("b", "c"), ("c", "x"), ("x", "y"), ("y", "x"), ("y", "z")]), ["a b c", "x y"]);
        assert_eq!(members(&[("a", "b"), ("b", "c"), ("c", "b"), ("b", "a")]), ["a b c"]);
    }

    #[test]
    fn rooms_are_in_a_circle_although_their_files_are_not() {
        let imports = uses(&[("a/one", "b/one"), ("b/two", "a/two"), ("a/one", "a/two"), ("a/two", "a/one")]);
        let found = circles_between("rooms", &imports, |module| first(module).to_owned());
        assert_eq!(found.iter().map(|circle| circle.members.join(" ")).collect::<Vec<_>>(), ["a b"]);
        assert_eq!(found[0].imports.len(), 2, "what happens inside of a room is its own affair");
    }
}
