//! Trunk copies one file per style sheet; a phone on a slow line wants one. Joined in the order of the page, and asked for behind what the
//! page itself shows: a sheet in the head would keep the first words from the screen until it has come.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::css::compile;

const LINK_START: &str = r#"<link rel="stylesheet" href=""#;
const STYLE_START: &str = "<style>";
const STYLE_END: &str = "</style>";

/// Replaces the sheets that the page in `dist` links to by a single one, compiled and named after its content; what stands in the page is
/// compiled in its place.
pub fn join_sheets(dist: &Path, public_url: &str) -> Result<()> {
    let page = dist.join("index.html");
    let text = fs::read_to_string(&page).with_context(|| format!("reading {}", page.display()))?;
    let (names, rest) = take_links(&text, public_url);
    if names.len() < 2 {
        return Ok(());
    }
    let mut joined = String::new();
    for name in &names {
        let sheet = dist.join(name);
        joined += &fs::read_to_string(&sheet).with_context(|| format!("reading {}", sheet.display()))?;
        fs::remove_file(&sheet).with_context(|| format!("removing {}", sheet.display()))?;
    }
    let joined = compile(&joined)?;
    let mut hasher = DefaultHasher::new();
    joined.hash(&mut hasher);
    let name = format!("style-{:016x}.css", hasher.finish());
    fs::write(dist.join(&name), joined).with_context(|| format!("writing {name}"))?;
    let page_text = rest.replacen("</body>", &format!("{LINK_START}{public_url}{name}\">\n</body>"), 1);
    ensure!(page_text != rest, "{} has no end", page.display());
    fs::write(&page, compile_inline(&page_text)?).with_context(|| format!("writing {}", page.display()))
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

/// The page with its own style compiled.
fn compile_inline(text: &str) -> Result<String> {
    let mut compiled = String::new();
    let mut remaining = text;
    while let Some((before, style)) = remaining.split_once(STYLE_START) {
        let (sheet, after) = style.split_once(STYLE_END).context("a style that does not end")?;
        compiled += &format!("{before}{STYLE_START}{}{STYLE_END}", compile(sheet)?);
        remaining = after;
    }
    Ok(compiled + remaining)
}

#[cfg(test)]
mod tests {
    use super::{compile_inline, take_links};

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

    #[test]
    fn style_in_the_page_is_compiled_in_its_place() {
        let page = "<head><style>\n/* why */\na { top: 0px; }\n</style><script></script>";
        assert_eq!(compile_inline(page).unwrap(), "<head><style>a{top:0}</style><script></script>");
        assert!(compile_inline("<style>a {").is_err());
    }
}
