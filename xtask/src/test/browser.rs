//! The apps in a real browser against a real server.

use std::path::PathBuf;

use anyhow::Result;

use super::count::Count;
use super::native;
use super::session::Session;
use crate::build_apps::build_apps;
use crate::size;
use crate::tools;
use crate::workspace::{root, target};

/// Builds both apps and weighs them: one check for each.
pub fn build_within_budgets(_: &mut Session) -> Result<Count> {
    build_apps()?;
    let mut total = Count::PASSED;
    for app in size::measure()? {
        match app.over_budget() {
            None => total += Count::PASSED,
            Some(sentence) => {
                println!("{sentence}");
                total += Count::FAILED;
            }
        }
    }
    Ok(total)
}

/// Runs the stories.
pub fn stories(session: &mut Session) -> Result<Count> {
    let mut environment = story_environment();
    if session.long {
        environment.push(("HUIYUE_LONG".to_string(), PathBuf::from("1")));
    }
    native::run_stories(session, &environment)
}

/// What the stories need to find: `HUIYUE_BIN` the server, `HUIYUE_ASSETS` the apps for its `--assets`,
/// `HUIYUE_CHROMIUM` and `HUIYUE_CHROMEDRIVER` the browser.
pub fn story_environment() -> Vec<(String, PathBuf)> {
    let found = [
        ("HUIYUE_BIN", Some(target().join("debug/huiyue"))),
        ("HUIYUE_ASSETS", Some(root().join("dist"))),
        ("HUIYUE_CHROMIUM", tools::chromium()),
        ("HUIYUE_CHROMEDRIVER", tools::chromedriver()),
    ];
    found.into_iter().filter_map(|(name, path)| Some((name.to_string(), path?))).collect()
}
