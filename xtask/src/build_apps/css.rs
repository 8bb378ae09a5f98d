//! Style as the oldest browsers that we serve understand it, and without a character too much.

use std::convert::Infallible;

use anyhow::{Result, anyhow};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet};
use lightningcss::targets::{Browsers, Features, Targets};
use lightningcss::values::color::CssColor;
use lightningcss::visit_types;
use lightningcss::visitor::{Visit, VisitTypes, Visitor};

/// The oldest browsers that the apps run in; the page tells older ones (`boot__old` in both pages).
const OLDEST_CHROMIUM: u32 = 108;
const OLDEST_SAFARI: u32 = 16;

/// Compiles and minifies a sheet.
///
/// `light-dark()` becomes two variables that follow `color-scheme`; colours become hexadecimal; prefixes are added where needed.
///
/// # Errors
/// When it is not CSS.
pub fn compile(sheet: &str) -> Result<String> {
    let oldest = Browsers {
        android: major(OLDEST_CHROMIUM),
        chrome: major(OLDEST_CHROMIUM),
        ios_saf: major(OLDEST_SAFARI),
        safari: major(OLDEST_SAFARI),
        ..Browsers::default()
    };
    // The lists of fonts are written by hand.
    let targets = Targets { browsers: Some(oldest), exclude: Features::FontFamilySystemUi, ..Targets::default() };
    let failed = |error: &dyn std::fmt::Display| anyhow!("compiling the style: {error}");
    let mut sheet = StyleSheet::parse(sheet, ParserOptions::default()).map_err(|error| failed(&error))?;
    let Ok(()) = sheet.visit(&mut PlainColours);
    sheet.minify(MinifyOptions { targets, ..MinifyOptions::default() }).map_err(|error| failed(&error))?;
    let printer = PrinterOptions { minify: true, targets, ..PrinterOptions::default() };
    Ok(sheet.to_css(printer).map_err(|error| failed(&error))?.code)
}

/// A version as lightningcss writes it: major, minor and patch in a byte each.
const fn major(version: u32) -> Option<u32> {
    Some(version << 16)
}

/// Our palette lies within sRGB. Left as they are, colours in `oklch()` would be sent twice, and those beside a variable only once,
/// which Chromium before 111 does not know.
struct PlainColours;

impl Visitor<'_> for PlainColours {
    type Error = Infallible;

    fn visit_types(&self) -> VisitTypes {
        visit_types!(COLORS)
    }

    fn visit_color(&mut self, color: &mut CssColor) -> Result<(), Infallible> {
        // What has no such form stays: currentColor and the system's colours.
        if let Ok(plain) = color.to_rgb() {
            *color = plain;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{OLDEST_CHROMIUM, OLDEST_SAFARI, compile};

    #[test]
    fn light_and_dark_follow_the_colour_scheme_of_the_root() {
        let sheet = ":root { color-scheme: light dark; --page: light-dark(var(--paper), var(--ink)) } [data-theme] { color-scheme: dark }";
        let compiled = compile(sheet).unwrap();
        let dark = "{--lightningcss-light: ;--lightningcss-dark:initial";
        assert!(compiled.contains("--page:var(--lightningcss-light,var(--paper))var(--lightningcss-dark,var(--ink))"), "{compiled}");
        assert!(compiled.contains(&format!("@media (prefers-color-scheme:dark){{:root{dark}")), "{compiled}");
        assert!(compiled.contains(&format!("[data-theme]{dark}")), "{compiled}");
    }

    #[test]
    fn colours_are_hexadecimal_even_beside_a_variable() {
        let compiled = compile(".a { --b: light-dark(oklch(0.25 0.01 75 / 0.06), var(--c)); color: oklch(0.5 0.13 245) }").unwrap();
        assert!(!compiled.contains("oklch") && !compiled.contains("lab("), "{compiled}");
    }

    #[test]
    fn a_condition_about_a_colour_stays_as_it_is() {
        let compiled = compile("@supports (color: oklch(0 0 0)) { .a { color: oklch(0.9 0.03 var(--hue)) } }").unwrap();
        assert!(compiled.starts_with("@supports (color:oklch(0 0 0)){"), "{compiled}");
        assert!(compiled.contains("oklch(.9 .03 var(--hue))"), "{compiled}");
    }

    #[test]
    fn the_order_of_layers_stays() {
        let compiled = compile("@layer reset, tokens, base; @layer base { a { top: 0 } } @layer reset { a { top: 1px } }").unwrap();
        assert_eq!(compiled, "@layer reset{a{top:1px}}@layer tokens;@layer base{a{top:0}}");
    }

    #[test]
    fn older_browsers_are_told_which_ones_work() {
        let style = compile(include_str!("../../../app/public/boot.css")).unwrap();
        assert!(style.contains("@supports (height:100dvh) and (overscroll-behavior:none){.boot__old{display:none}}"), "{style}");
        for page in [include_str!("../../../app/member.html"), include_str!("../../../app/desk.html")] {
            assert!(page.contains("class=\"boot__old\""));
            assert!(page.contains(&format!("Chrome or Edge {OLDEST_CHROMIUM}, Safari {OLDEST_SAFARI}")));
            assert!(page.contains(&format!("Chrome、Edge {OLDEST_CHROMIUM} 或 Safari {OLDEST_SAFARI}")));
        }
    }

    #[test]
    fn what_is_no_css_is_an_error() {
        assert!(compile(".a { color: red } }").is_err());
    }
}
