//! Tests in WASM: the ones marked `wasm_bindgen_test`, in headless Chromium like the apps themselves.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::count::Count;
use super::program::logged;
use super::session::Session;
use crate::programs::cargo;
use crate::tools;
use crate::workspace::{WASM, files_below, root, scratch};

/// How a file says that it has tests for WASM.
const MARK: &str = "wasm_bindgen_test";

/// Runs them for the crates that have them.
pub fn run(_: &mut Session) -> Result<Count> {
    let mut total = Count::default();
    for package in ["shared", "app"] {
        let targets = targets_with_tests(&root().join(package));
        if targets.is_empty() {
            println!("{package} has no tests in WASM");
            continue;
        }
        let mut command = cargo(["test", "--target", WASM, "--package", package, "--no-fail-fast"]);
        command.args(targets);
        in_chromium(&mut command)?;
        total += logged(&format!("{package}-wasm"), &mut command)?;
    }
    Ok(total)
}

/// Lets cargo run what it builds for WASM in headless Chromium.
pub fn in_chromium(command: &mut Command) -> Result<()> {
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", tools::wasm_test_runner());
    command.env("WASM_BINDGEN_USE_BROWSER", "1").env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    command.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", webdriver_capabilities()?);
    if let Some(driver) = tools::chromedriver() {
        command.env("CHROMEDRIVER", driver);
    }
    Ok(())
}

/// Whether any Rust file below a directory contains a text.
pub fn mentions(place: &Path, text: &str) -> bool {
    files_below(place).unwrap_or_default().iter().any(|file| says(file, text))
}

/// The targets of a crate with such tests, as options for cargo.
fn targets_with_tests(package: &Path) -> Vec<String> {
    let mut targets = Vec::new();
    if mentions(&package.join("src"), MARK) {
        targets.push("--lib".to_string());
    }
    for file in files_below(&package.join("tests")).unwrap_or_default() {
        let is_target = file.parent() == Some(package.join("tests").as_path());
        let name = file.file_stem().and_then(|name| name.to_str());
        if let Some(name) = name.filter(|_| is_target && says(&file, MARK)) {
            targets.extend(["--test".to_string(), name.to_string()]);
        }
    }
    targets
}

fn says(file: &Path, text: &str) -> bool {
    file.extension().is_some_and(|extension| extension == "rs") && fs::read_to_string(file).is_ok_and(|content| content.contains(text))
}

/// Which Chromium to start and how. As root it refuses to start with its sandbox.
fn webdriver_capabilities() -> Result<PathBuf> {
    let mut arguments = vec!["headless=new", "disable-gpu", "disable-dev-shm-usage", "no-first-run"];
    if tools::is_root() {
        arguments.push("no-sandbox");
    }
    let mut options = serde_json::json!({ "args": arguments });
    if let Some(browser) = tools::chromium() {
        options["binary"] = browser.to_string_lossy().into();
    }
    let path = scratch("wasm")?.join("webdriver.json");
    fs::write(&path, serde_json::json!({ "goog:chromeOptions": options }).to_string())
        .with_context(|| format!("writing {}", path.display()))?;
    Ok(path)
}
