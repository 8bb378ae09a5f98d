//! Where the project is, its files, and how a command ends.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

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
    fs::create_dir_all(&place).with_context(|| format!("creating {}", place.display()))?;
    Ok(place)
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
        fs::create_dir_all(&place).with_context(|| format!("creating {}", place.display()))?;
    }
    Ok(())
}

/// All files below a directory, sorted.
pub fn files_below(place: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(place).with_context(|| format!("reading {}", place.display()))? {
        let path = entry.with_context(|| format!("reading {}", place.display()))?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Those of them whose names end like this, without the dot.
pub fn files_with_extension(place: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    Ok(files_below(place)?.into_iter().filter(|file| file.extension().is_some_and(|is| is == extension)).collect())
}
