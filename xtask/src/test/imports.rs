//! Which file of a crate uses which other: names are followed through re-exports to the file that defines them. Code that is only compiled
//! for tests does not count.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::rust_tokens::{Token, tokens};
use crate::workspace::files_below;

/// Re-exports of re-exports that are followed before giving up: names may be imported in a ring.
const MOST_HOPS: usize = 16;

/// A module that is a file.
#[derive(Default)]
struct File {
    /// Names that `use` brings in, with their paths; these begin with `crate` where the source says crate, self or super.
    imports: BTreeMap<String, Vec<String>>,
    /// Modules all of whose names come in.
    globs: Vec<Vec<String>>,
    /// Names of the items of the file.
    defines: BTreeSet<String>,
    /// Paths that the file mentions, with their lines.
    mentions: Vec<(usize, Vec<String>)>,
    /// Modules that exist in tests only.
    test_modules: BTreeSet<String>,
}

/// The files of a crate by their module path, which is empty for its root.
pub struct Sources(BTreeMap<Vec<String>, File>);

/// One file uses an item of another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Import {
    /// Module paths, joined by `/`.
    pub from: String,
    pub to: String,
    pub line: usize,
    pub item: String,
}

impl Sources {
    /// Reads the directory `src` of a crate.
    pub fn read(src: &Path) -> Result<Self> {
        let mut texts = Vec::new();
        for path in files_below(src)? {
            let Some(name) = path.strip_prefix(src)?.to_str().and_then(|name| name.strip_suffix(".rs")) else { continue };
            let is_second_root = name == "main" && src.join("lib.rs").exists();
            if !is_second_root && !name.starts_with("bin/") {
                texts.push((name.to_owned(), fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?));
            }
        }
        Ok(Self::parse(texts.iter().map(|(name, text)| (name.as_str(), text.as_str()))))
    }

    /// Names are those of the files, without `.rs`.
    pub fn parse<'a>(texts: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut files: BTreeMap<Vec<String>, File> = BTreeMap::new();
        for (name, text) in texts {
            let module: Vec<String> = name.split('/').filter(|part| !matches!(*part, "lib" | "main")).map(str::to_owned).collect();
            let file = Reader { module: module.clone(), inline: Vec::new(), file: File::default() }.read(text);
            files.insert(module, file);
        }
        let for_tests: Vec<Vec<String>> = files
            .iter()
            .flat_map(|(module, file)| file.test_modules.iter().map(|name| [module.as_slice(), std::slice::from_ref(name)].concat()))
            .collect();
        files.retain(|module, _| !for_tests.iter().any(|test| module.starts_with(test)));
        Self(files)
    }

    /// Every use of another file's items, one for each pair of files.
    pub fn imports(&self) -> Vec<Import> {
        let mut found = BTreeMap::new();
        for (module, file) in &self.0 {
            for (line, path) in &file.mentions {
                let Some((target, item)) = self.target(module, path, MOST_HOPS).filter(|(target, _)| target != module) else { continue };
                let import = Import { from: module.join("/"), to: target.join("/"), line: *line, item };
                found.entry((module, target)).or_insert(import);
            }
        }
        found.into_values().collect()
    }

    /// The module that defines what the path means in this module, and its name; `None` outside of the crate and for modules themselves.
    fn target(&self, from: &[String], path: &[String], hops: usize) -> Option<(Vec<String>, String)> {
        let (first, rest) = path.split_first()?;
        if first == "crate" {
            return self.walk(Vec::new(), rest, hops);
        }
        if self.0.contains_key(&[from, std::slice::from_ref(first)].concat()) {
            return self.walk(from.to_vec(), path, hops);
        }
        let import = self.0.get(from)?.imports.get(first).filter(|import| import.first() != Some(first))?;
        self.target(from, &[import.as_slice(), rest].concat(), hops.checked_sub(1)?)
    }

    fn walk(&self, mut module: Vec<String>, path: &[String], hops: usize) -> Option<(Vec<String>, String)> {
        for (index, name) in path.iter().enumerate() {
            let child = [module.as_slice(), std::slice::from_ref(name)].concat();
            if self.0.contains_key(&child) {
                module = child;
                continue;
            }
            let file = self.0.get(&module)?;
            if file.defines.contains(name) || name == "*" {
                return Some((module, name.clone()));
            }
            let rest = &path[index + 1..];
            if let Some(import) = file.imports.get(name) {
                return self.target(&module, &[import.as_slice(), rest].concat(), hops.checked_sub(1)?);
            }
            let fewer = hops.checked_sub(1)?;
            let is_defined = |(module, item): &(Vec<String>, String)| self.0.get(module).is_some_and(|file| file.defines.contains(item));
            let through = |glob: &Vec<String>| self.target(&module, &[glob.as_slice(), &path[index..]].concat(), fewer).filter(is_defined);
            return file.globs.iter().find_map(through).or_else(|| Some((module.clone(), name.clone())));
        }
        None
    }
}

/// Takes one file apart.
struct Reader {
    module: Vec<String>,
    /// Modules within the file, with the depth of braces where each ends.
    inline: Vec<(String, usize)>,
    file: File,
}

impl Reader {
    fn read(mut self, text: &str) -> File {
        let tokens = without_tests(tokens(text), &mut self.file.test_modules);
        let word = |index: usize| tokens.get(index).and_then(|(_, token)| if let Token::Word(word) = token { Some(*word) } else { None });
        let is = |index: usize, mark: char| tokens.get(index).is_some_and(|(_, token)| *token == Token::Mark(mark));
        let mut depth = 0;
        let mut index = 0;
        while let Some((line, token)) = tokens.get(index) {
            match token {
                Token::Mark('{') => depth += 1,
                Token::Mark('}') => {
                    depth = usize::saturating_sub(depth, 1);
                    self.inline.pop_if(|(_, end)| *end == depth);
                }
                Token::Word("use") if !is(index + 1, '<') => {
                    let mut leaves = Vec::new();
                    let end = tree(&tokens, index + 1, &[], &mut leaves);
                    let is_public = index > 0 && (word(index - 1) == Some("pub") || is(index - 1, ')'));
                    for (path, name) in leaves {
                        let path = self.absolute(path);
                        // What is only passed on is not used here.
                        if !is_public || occurrences(&tokens, &name) > 1 {
                            self.file.mentions.push((*line, path.clone()));
                        }
                        match path.split_last() {
                            Some((last, module)) if last == "*" => self.glob(module),
                            _ => drop(self.file.imports.insert(name, path)),
                        }
                    }
                    index = end;
                    continue;
                }
                Token::Word("mod") if is(index + 2, '{') => {
                    let name = word(index + 1).unwrap_or_default().to_owned();
                    if self.inline.is_empty() {
                        self.file.defines.insert(name.clone());
                    }
                    self.inline.push((name, depth));
                }
                Token::Word("struct" | "enum" | "union" | "fn" | "trait" | "type" | "const" | "static")
                    if depth == self.inline.last().map_or(0, |(_, end)| end + 1) =>
                {
                    self.file.defines.extend(word(index + 1).map(str::to_owned));
                }
                Token::Word("macro_rules") => self.file.defines.extend(word(index + 2).map(str::to_owned)),
                Token::Word(first) if is(index + 1, ':') && is(index + 2, ':') => {
                    let mut path = vec![(*first).to_owned()];
                    while let (true, true, Some(next)) = (is(index + 1, ':'), is(index + 2, ':'), word(index + 3)) {
                        path.push(next.to_owned());
                        index += 3;
                    }
                    let path = self.absolute(path);
                    self.file.mentions.push((*line, path));
                }
                _ => {}
            }
            index += 1;
        }
        self.file
    }

    /// A module within the file that takes in all of it leads nowhere else: following it would only go round and round.
    fn glob(&mut self, module: &[String]) {
        let is_own = module.split_first().is_some_and(|(first, rest)| first == "crate" && rest == self.module);
        if !is_own && !self.file.globs.iter().any(|known| known == module) {
            self.file.globs.push(module.to_vec());
        }
    }

    /// With `self` and `super` spelled out from the root.
    fn absolute(&self, path: Vec<String>) -> Vec<String> {
        let mut here: Vec<String> = self.module.iter().chain(self.inline.iter().map(|(name, _)| name)).cloned().collect();
        let steps = path.iter().take_while(|part| matches!(part.as_str(), "self" | "super")).count();
        if steps == 0 {
            return path;
        }
        let up = path.iter().take(steps).filter(|part| *part == "super").count();
        here.truncate(here.len().saturating_sub(up));
        std::iter::once("crate".to_owned()).chain(here).chain(path.into_iter().skip(steps)).collect()
    }
}

/// How often a name stands alone: not as that of a module.
fn occurrences(tokens: &[(usize, Token)], name: &str) -> usize {
    let token = |index: usize| tokens.get(index).map(|(_, token)| *token);
    let is_item = |index: &usize| {
        let is_module = *index > 0 && token(index - 1) == Some(Token::Word("mod"));
        let leads_on = token(index + 1) == Some(Token::Mark(':')) && token(index + 2) == Some(Token::Mark(':'));
        token(*index) == Some(Token::Word(name)) && !is_module && !leads_on
    };
    (0..tokens.len()).filter(is_item).count()
}

/// The leaves of a tree of `use`, each with the name it gets here; the index behind it.
fn tree(tokens: &[(usize, Token)], mut index: usize, prefix: &[String], leaves: &mut Vec<(Vec<String>, String)>) -> usize {
    let mut path = prefix.to_vec();
    let mut name = None;
    let mut is_leaf = false;
    while let Some((_, token)) = tokens.get(index) {
        match token {
            Token::Word("as") => {
                name = tokens
                    .get(index + 1)
                    .and_then(|(_, token)| if let Token::Word(word) = token { Some((*word).to_owned()) } else { None });
                index += 1;
            }
            Token::Word("self") if !path.is_empty() => is_leaf = true,
            Token::Word(word) => {
                path.push((*word).to_owned());
                is_leaf = true;
            }
            Token::Mark('*') => {
                path.push("*".to_owned());
                is_leaf = true;
            }
            Token::Mark('{') => {
                is_leaf = false;
                while !matches!(tokens.get(index), None | Some((_, Token::Mark('}')))) {
                    index = tree(tokens, index + 1, &path, leaves);
                }
            }
            Token::Mark(':') => {}
            _ => break,
        }
        index += 1;
    }
    if let Some(last) = path.last().filter(|_| is_leaf) {
        let name = name.unwrap_or_else(|| last.clone());
        leaves.push((path, name));
    }
    index
}

/// Without the items behind `#[cfg(test)]`; modules among them that are files are noted.
fn without_tests<'a>(tokens: Vec<(usize, Token<'a>)>, modules: &mut BTreeSet<String>) -> Vec<(usize, Token<'a>)> {
    let plain = ['#', '[', '(', ')', ']'].map(Token::Mark);
    let attribute = [plain[0], plain[1], Token::Word("cfg"), plain[2], Token::Word("test"), plain[3], plain[4]];
    let mut kept = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        if !tokens[index..].iter().map(|(_, token)| token).take(attribute.len()).eq(&attribute) {
            kept.push(tokens[index]);
            index += 1;
            continue;
        }
        index += attribute.len();
        let start = index;
        let mut depth = 0_usize;
        while let Some((_, token)) = tokens.get(index) {
            index += 1;
            match token {
                Token::Mark('{' | '(' | '[') => depth += 1,
                Token::Mark('}' | ')' | ']') => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 && matches!(token, Token::Mark('}' | ';')) {
                break;
            }
        }
        if let [.., (_, Token::Word("mod")), (_, Token::Word(name)), (_, Token::Mark(';'))] = tokens[start..index] {
            modules.insert(name.to_owned());
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::{Import, Sources};

    fn imports(texts: &[(&str, &str)]) -> Vec<String> {
        let found = Sources::parse(texts.iter().copied()).imports();
        found.into_iter().map(|Import { from, to, line, item }| format!("{from}:{line} {to} {item}")).collect()
    }

    #[test]
    fn names_are_followed_to_the_file_that_defines_them() {
        let root = ("lib", "pub mod a; pub mod b;");
        let a = ("a", "mod inner;\npub use inner::Thing;\npub use crate::b::*;");
        let inner = ("a/inner", "pub struct Thing;");
        let b = ("b", "use crate::{\n  a::{self, Thing as T},\n}; pub fn far() { a::far() }");
        assert_eq!(imports(&[root, a, inner, b]), ["b:1 a/inner Thing"]);
        let c = ("c", "use crate::a::far;");
        assert_eq!(imports(&[root, a, inner, b, c]), ["b:1 a/inner Thing", "c:1 b far"]);
    }

    #[test]
    fn a_child_uses_its_parent_when_the_parent_defines_what_it_takes() {
        let child = ("a/child", "use super::{Own, Passed};\nfn f() {}");
        let parent = ("a", "mod child;\nuse crate::b::Passed;\nstruct Own(Passed);\nfn g() { child::f() }");
        let other = ("b", "pub struct Passed;");
        assert_eq!(imports(&[child, parent, other]), ["a:4 a/child f", "a:2 b Passed", "a/child:1 a Own", "a/child:1 b Passed"]);
    }

    #[test]
    fn to_pass_something_on_is_no_use_of_it() {
        let child = ("a/child", "pub struct Thing;");
        assert!(imports(&[("a", "mod child; pub use child::Thing;"), child]).is_empty());
        assert!(imports(&[("a", "mod child; pub use child::child;"), ("a/child", "pub fn child() {}")]).is_empty());
        assert_eq!(imports(&[("a", "mod child; pub use child::Thing; fn f(thing: Thing) {}"), child]), ["a:1 a/child Thing"]);
    }

    #[test]
    fn tests_and_other_crates_do_not_count() {
        let a = ("a", "use anyhow::Result; #[cfg(test)] mod tests { use crate::b::B; } #[cfg(test)] mod checks; fn f() -> &'static B {}");
        assert!(imports(&[a, ("a/checks", "use crate::b::B;"), ("b", "pub struct B;")]).is_empty());
    }

    #[test]
    fn modules_within_a_file_are_that_file() {
        let a = ("a", "mod inside { use super::super::b::B; fn f() { super::g() } } fn g() {}");
        assert_eq!(imports(&[a, ("b", "pub struct B; fn f() { crate::a::inside::f() }")]), ["a:1 b B", "b:1 a inside"]);
    }
}
