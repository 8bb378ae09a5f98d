//! No class without a rule and no rule without a class: what nobody styles or nobody wears is clutter that the next reader has to explain.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::count::Count;
use super::rust_tokens::{Token, tokens};
use super::session::Session;
use crate::workspace::{files_with_extension, root};

/// Classes that no rule names, because something other than style looks for them.
const HOOKS: [(&str, &str); 0] = [];

/// The style, and what stands in the pages themselves.
const SHEETS: [&str; 2] = ["style", "app/public"];
const PROGRAM: &str = "app/src";
const PAGES: [&str; 2] = ["app/member.html", "app/desk.html"];

/// Every class has a rule, every rule has a class.
pub fn rules_and_classes(_: &mut Session) -> Result<Count> {
    let mut rules = BTreeSet::new();
    for file in SHEETS.iter().map(|place| files_with_extension(&root().join(place), "css")).collect::<Result<Vec<_>>>()?.concat() {
        rules.extend(classes_of_sheet(&read(&file)?).into_iter().map(|class| (class, short(&file))));
    }
    let mut worn = Worn::default();
    for file in files_with_extension(&root().join(PROGRAM), "rs")? {
        worn.add_program(&read(&file)?, &short(&file));
    }
    let mut pages = String::new();
    for page in PAGES {
        let text = read(&root().join(page))?;
        worn.add_page(&text, page);
        pages.push_str(&text);
    }
    let mut found = complaints(&rules, &worn);
    found.extend(unlinked(&files_with_extension(&root().join(SHEETS[0]), "css")?, &pages));
    ensure!(found.is_empty(), "{}", found.join("\n"));
    Ok(Count::PASSED)
}

/// Sheets that no page loads: their rules hold nowhere.
fn unlinked(sheets: &[PathBuf], pages: &str) -> Vec<String> {
    let names = sheets.iter().map(|sheet| short(sheet));
    names.filter(|name| !pages.contains(&format!("../{name}\""))).map(|name| format!("{name} is loaded by no page")).collect()
}

/// Classes that the apps use.
#[derive(Default)]
struct Worn {
    /// Every word of a text that may be a class.
    words: BTreeSet<String>,
    /// Where a name is built: `badge--{kind}` is worn as anything that starts with `badge--`.
    starts: BTreeSet<String>,
    /// What is certainly a class, with its place.
    named: BTreeSet<(String, String)>,
}

impl Worn {
    fn add_program(&mut self, source: &str, file: &str) {
        let tokens = tokens(source);
        for (index, (line, token)) in tokens.iter().enumerate() {
            let place = format!("{file}:{line}");
            let after: Vec<Token> = tokens.iter().skip(index + 1).take(2).map(|(_, token)| *token).collect();
            let before: Vec<Token> = tokens[index.saturating_sub(3)..index].iter().map(|(_, token)| *token).collect();
            match token {
                Token::Text(text) => {
                    let is_attribute = before.ends_with(&[Token::Word("class"), Token::Mark('=')])
                        || before.ends_with(&[Token::Word("class"), Token::Mark('='), Token::Mark('(')]);
                    text.split_whitespace().for_each(|word| self.add(word, is_attribute, &place));
                }
                Token::Word("class") if after.first() == Some(&Token::Mark(':')) && matches!(after.get(1), Some(Token::Word(_))) => {
                    let name = tokens[index + 2..].iter().map_while(|(_, token)| match token {
                        Token::Word(word) => Some(*word),
                        Token::Mark('-') => Some("-"),
                        _ => None,
                    });
                    let length = name.clone().count();
                    // `class: TEXT` is a field; the attribute goes on with its value.
                    if tokens.get(index + 2 + length).map(|(_, token)| *token) == Some(Token::Mark('=')) {
                        self.add(&name.collect::<String>(), true, &place);
                    }
                }
                _ => {}
            }
        }
    }

    fn add_page(&mut self, page: &str, file: &str) {
        for (number, line) in page.lines().enumerate() {
            for attribute in line.split(" class=\"").skip(1) {
                let classes = attribute.split('"').next().unwrap_or_default();
                classes.split_whitespace().for_each(|class| self.add(class, true, &format!("{file}:{}", number + 1)));
            }
        }
    }

    fn add(&mut self, word: &str, is_attribute: bool, place: &str) {
        if let Some((start, _)) = word.split_once('{').filter(|(start, _)| start.ends_with('-') || start.ends_with("__")) {
            self.starts.insert(start.to_owned());
        } else if is_class(word) {
            self.words.insert(word.to_owned());
            // `card__title` is a class wherever it stands.
            if is_attribute || word.contains("__") || word.trim_start_matches('-').contains("--") {
                self.named.insert((word.to_owned(), place.to_owned()));
            }
        }
    }

    fn wears(&self, class: &str) -> bool {
        self.words.contains(class) || self.starts.iter().any(|start| class.starts_with(start.as_str()))
    }
}

fn is_class(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_lowercase())
        && word.ends_with(|last: char| last.is_ascii_alphanumeric())
        && word.chars().all(|character| character.is_ascii_lowercase() || character.is_ascii_digit() || "-_".contains(character))
}

/// A sentence for each class that is on one side only.
fn complaints(rules: &BTreeSet<(String, String)>, worn: &Worn) -> Vec<String> {
    let is_ruled = |class: &str| rules.iter().any(|(rule, _)| rule == class) || HOOKS.iter().any(|(hook, _)| *hook == class);
    let unused = rules.iter().filter(|(class, _)| !worn.wears(class)).map(|(class, sheet)| format!("{sheet}: nothing wears .{class}"));
    let unruled = worn.named.iter().filter(|(class, _)| !is_ruled(class)).map(|(class, place)| format!("{place}: no rule for .{class}"));
    let stale = HOOKS.iter().filter(|(hook, _)| !worn.wears(hook)).map(|(hook, _)| format!("classes.rs: nothing wears the hook .{hook}"));
    unused.chain(unruled).chain(stale).collect()
}

/// The classes in the selectors of a sheet.
fn classes_of_sheet(sheet: &str) -> BTreeSet<String> {
    let mut text = String::new();
    let mut rest = sheet;
    while let Some((before, comment)) = rest.split_once("/*") {
        text += before;
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    text += rest;
    let mut classes = BTreeSet::new();
    for before_block in text.split('{') {
        // What precedes a block: after the last declaration or block.
        let selector = before_block.rsplit([';', '}']).next().unwrap_or_default().trim();
        if selector.starts_with('@') {
            continue;
        }
        // Texts, e.g. in attribute selectors, stand between quotes.
        for part in selector.split('"').step_by(2).flat_map(|outside| outside.split('.').skip(1)) {
            let end = part.find(|character: char| !character.is_ascii_alphanumeric() && !"-_".contains(character)).unwrap_or(part.len());
            classes.insert(part[..end].to_owned());
        }
    }
    classes.remove("");
    classes
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))
}

fn short(file: &Path) -> String {
    file.strip_prefix(root()).unwrap_or(file).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worn(source: &str) -> Worn {
        let mut worn = Worn::default();
        worn.add_program(source, "a.rs");
        worn
    }

    fn said(sheet: &str, source: &str) -> Vec<String> {
        let rules = classes_of_sheet(sheet).into_iter().map(|class| (class, "a.css".to_owned())).collect();
        complaints(&rules, &worn(source))
    }

    #[test]
    fn a_sheet_that_no_page_loads_is_named() {
        let sheets = [root().join("style/components/card.css"), root().join("style/components/stake.css")];
        let pages = "<link data-trunk rel=\"css\" href=\"../style/components/card.css\">";
        assert_eq!(unlinked(&sheets, pages), ["style/components/stake.css is loaded by no page"]);
    }

    #[test]
    fn classes_are_found_in_selectors_only() {
        let sheet = "/* .no */ @layer a.b { .card > .card__title:is(.big, a), p:has(> .x) { width: 0.5rem; background: url(a.png) }\n\
                     @media (width > 1.5rem) { .wide[href=\"a.b\"] { top: 0 } .card--open { top: 1.5em; } } }";
        let found: Vec<String> = classes_of_sheet(sheet).into_iter().collect();
        assert_eq!(found, ["big", "card", "card--open", "card__title", "wide", "x"]);
    }

    #[test]
    fn classes_are_worn_in_every_way_the_views_write_them() {
        let worn = worn(
            "view! { <p class=\"card big\" class:card--open=open class=(\"card--new\", new) class=name></p> } const A: &str = \"card__x\"; \
             Line { class: PLAIN, x } fn f(class: &'static str) {} format!(\"icon icon--{size}\"); // \"no\"",
        );
        let named: Vec<&str> = worn.named.iter().map(|(class, _)| class.as_str()).collect();
        assert_eq!(named, ["big", "card", "card--new", "card--open", "card__x"]);
        assert!(worn.wears("icon") && worn.wears("icon--small") && !worn.wears("no") && !worn.wears("iconic"));
    }

    #[test]
    fn both_sides_are_said_with_their_place() {
        assert_eq!(said(".a { } .b__c { }", "\"a b__c\""), Vec::<String>::new());
        assert_eq!(said(".a { } .b { }", "<p class=\"a\">"), ["a.css: nothing wears .b"]);
        assert_eq!(said(".a { }", "<p\nclass=\"a c\">"), ["a.rs:2: no rule for .c"]);
    }

    #[test]
    fn classes_of_the_pages_count() {
        let mut worn = Worn::default();
        worn.add_page("<html>\n<div class=\"boot boot__a\" id=\"x\"><p class=\"b\">", "a.html");
        assert_eq!(
            worn.named.iter().map(|(class, place)| format!("{class} {place}")).collect::<Vec<_>>(),
            ["b a.html:2", "boot a.html:2", "boot__a a.html:2"]
        );
    }
}
