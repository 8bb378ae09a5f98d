//! Light, dark or as the system says: kept as a preference, shown as `data-theme` on `<html>`.

use crate::browser;

/// What the person chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    Auto,
    /// Paper.
    Light,
    /// Ink.
    Dark,
}

const PREFERENCE: &str = "huiyue-theme";

/// The theme that was chosen.
#[must_use]
pub fn chosen() -> Theme {
    match browser::preference(PREFERENCE).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::Auto,
    }
}

/// Chooses and shows a theme.
pub fn choose(theme: Theme) {
    let value = match theme {
        Theme::Auto => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
    };
    browser::set_preference(PREFERENCE, value);
    show();
}

/// Shows the chosen theme; call once at start.
pub fn show() {
    let html = browser::html();
    // Fails only for an invalid attribute name.
    let _ = match chosen() {
        Theme::Auto => html.remove_attribute("data-theme"),
        Theme::Light => html.set_attribute("data-theme", "light"),
        Theme::Dark => html.set_attribute("data-theme", "dark"),
    };
}
