//! Trunk copies one file per style sheet; a phone on a slow line wants one. Joined in the order of the page.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use anyhow::{Context, Result};

const LINK_START: &str = r#"<link rel="stylesheet" href=""#;

/// Replaces the sheets that the page in `dist` links to by a single one, named after its content.
pub fn join_sheets(dist: &Path, public_url: &str) -> Result<()> {
    let page = dist.join("index.html");
    let text = fs::read_to_string(&page).with_context(|| format!("reading {}", page.display()))?;
    let (names, rest) = take_links(&text, public_url);
    let Some(first) = text.find(LINK_START).filter(|_| names.len() > 1) else { return Ok(()) };
    let mut joined = String::new();
    for name in &names {
        let sheet = dist.join(name);
        joined += &fs::read_to_string(&sheet).with_context(|| format!("reading {}", sheet.display()))?;
        fs::remove_file(&sheet).with_context(|| format!("removing {}", sheet.display()))?;
    }
    let mut hasher = DefaultHasher::new();
    joined.hash(&mut hasher);
    let name = format!("style-{:016x}.css", hasher.finish());
    fs::write(dist.join(&name), joined).with_context(|| format!("writing {name}"))?;
    // Nothing before the first link has moved, so its place is still the right one.
    let (before, after) = rest.split_at(first);
    let page_text = format!("{before}{LINK_START}{public_url}{name}\">{after}");
    fs::write(&page, page_text).with_context(|| format!("writing {}", page.display()))
}

/// The file names of the sheets in order, and the page without their links.
fn take_links(text: &str, public_url: &str) -> (Vec<String>, String) {
    let mut names = Vec::new();
    let mut rest = String::new();
    let mut remaining = text;
    while let Some((before, link)) = remaining.split_once(LINK_START) {
        rest += if names.is_empty() { before } else { before.trim_start() };
        let (address, after) = link.split_once('"').unwrap_or((link, ""));
        names.push(address.trim_start_matches(public_url).to_owned());
        remaining = after.split_once('>').map_or("", |(_, after)| after);
    }
    (names, rest + remaining)
}

#[cfg(test)]
mod tests {
    use super::take_links;

    #[test]
    fn sheets_are_taken_in_the_order_of_the_page() {
        let page = concat!(
            "<head>\n",
            "  <link rel=\"stylesheet\" href=\"/m/layers-1.css\" integrity=\"x\"/>\n",
            "  <link rel=\"stylesheet\" href=\"/m/tokens-2.css\"/>\n",
            "  <script></script>",
        );
        let (names, rest) = take_links(page, "/m/");
        assert_eq!(names, ["layers-1.css", "tokens-2.css"]);
        assert_eq!(rest, "<head>\n  \n  <script></script>");
    }
}
