//! Where the project is, and how its commands run others.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::tools;

/// Every crate but the app, in one build: cargo compiles shared dependencies once only if the same crates are
/// named each time. The app is built for the browser.
pub const NATIVE: [&str; 3] = ["--workspace", "--exclude", "app"];

/// What the app is built for.
pub const WASM: &str = "wasm32-unknown-unknown";

/// The directory of the workspace.
pub fn root() -> PathBuf {
    let here = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.parent().map(Path::to_path_buf).unwrap_or(here)
}

/// The directory of build results.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |place| root().join(place))
}

/// A directory below `target` for what these commands write, created if needed.
pub fn scratch(name: &str) -> Result<PathBuf> {
    let place = target().join("xtask").join(name);
    std::fs::create_dir_all(&place).with_context(|| format!("creating {}", place.display()))?;
    Ok(place)
}

/// A program in the workspace's directory, with our tools in PATH.
pub fn program(name: impl Into<OsString>) -> Command {
    let mut command = Command::new(name.into());
    // Left by `cargo run`; they would make the builds below differ from those started by hand.
    for (variable, _) in env::vars_os() {
        let text = variable.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") || text == "RUST_RECURSION_COUNT" {
            command.env_remove(variable);
        }
    }
    // Trunk takes NO_COLOR for a yes-or-no option and stops at "1".
    command.env_remove("NO_COLOR").env_remove("CARGO").env("PATH", tools::path()).current_dir(root());
    command
}

/// Cargo with these arguments.
pub fn cargo<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = program("cargo");
    command.args(arguments);
    command
}

/// Runs to the end; an unsuccessful end is an error that names the command.
pub fn succeed(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("starting {}", line(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", line(command));
    }
    Ok(())
}

/// The command as it would be typed.
pub fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let quoted = words.map(|word| {
        let word = word.to_string_lossy();
        if word.contains(' ') { format!("'{word}'") } else { word.into_owned() }
    });
    quoted.collect::<Vec<_>>().join(" ")
}

/// The server embeds `dist` when it is compiled, so the directories must be there, if only empty.
pub fn ensure_dist() -> Result<()> {
    for app in ["m", "desk"] {
        let place = root().join("dist").join(app);
        std::fs::create_dir_all(&place).with_context(|| format!("creating {}", place.display()))?;
    }
    Ok(())
}
