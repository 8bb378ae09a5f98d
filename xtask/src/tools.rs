//! The tools the project needs: which, whether they are there, and how they get there.
//!
//! Cargo's tools are kept by version outside of the clone, in `$HUIYUE_TOOLS` or `~/.cache/huiyue/tools`, so
//! that a second clone has them. Nothing is installed behind anyone's back: with a terminal we ask; without
//! one root installs (a container, CI) and anybody else gets the exact commands and exit code 2.

mod cargo_tool;
mod system_package;

use std::env;
use std::ffi::OsString;
use std::fmt;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::stopwatch::Stopwatch;
use crate::workspace::{line, succeed};
use cargo_tool::{CARGO_DENY, CARGO_MACHETE, CARGO_MUTANTS, CargoTool, TRUNK, WASM_BINDGEN};
use system_package::{CHINESE_FONTS, CHROMEDRIVER, CHROMIUM, POSTGRES, SystemPackage, WASM_OPT};

pub use system_package::{chromedriver, chromium, is_root};

/// One thing the project needs on this machine.
#[derive(Clone, Copy)]
pub enum Tool {
    /// A program that cargo builds, in exactly one version.
    Cargo(&'static CargoTool),
    /// Something the system's package manager brings, in any version.
    System(&'static SystemPackage),
    /// The standard library for the browser.
    WasmTarget,
    /// A component of the Rust toolchain, e.g. clippy.
    Component(&'static str),
}

/// What building the two apps takes.
pub const FOR_APPS: [Tool; 4] = [Tool::WasmTarget, Tool::System(&WASM_OPT), Tool::Cargo(&WASM_BINDGEN), Tool::Cargo(&TRUNK)];

/// What a private Postgres takes.
pub const FOR_DATABASE: [Tool; 1] = [Tool::System(&POSTGRES)];

/// What `cargo xtask mutants` takes.
pub const FOR_MUTANTS: [Tool; 1] = [Tool::Cargo(&CARGO_MUTANTS)];

/// What `cargo xtask test` takes.
pub const EVERYTHING: [Tool; 12] = [
    Tool::WasmTarget,
    Tool::Component("rustfmt"),
    Tool::Component("clippy"),
    Tool::System(&WASM_OPT),
    Tool::System(&POSTGRES),
    Tool::System(&CHROMIUM),
    Tool::System(&CHROMEDRIVER),
    Tool::System(&CHINESE_FONTS),
    Tool::Cargo(&WASM_BINDGEN),
    Tool::Cargo(&TRUNK),
    Tool::Cargo(&CARGO_MACHETE),
    Tool::Cargo(&CARGO_DENY),
];

/// Something is missing and nobody may be asked: the commands that would install it.
#[derive(Debug)]
pub struct NeedsInstalling(Vec<String>);

impl fmt::Display for NeedsInstalling {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "Some tools are missing. Install them with")?;
        for command in &self.0 {
            writeln!(formatter, "    {command}")?;
        }
        write!(formatter, "and try again.")
    }
}

impl std::error::Error for NeedsInstalling {}

/// Installs what is missing of these tools, or says how.
pub fn prepare(tools: &[Tool]) -> Result<()> {
    let missing: Vec<Tool> = tools.iter().copied().filter(|tool| !tool.is_there()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if !may_install(&missing)? {
        return Err(NeedsInstalling(commands(&missing)).into());
    }
    for tool in &missing {
        // An earlier package may have brought this one along.
        if tool.is_there() {
            continue;
        }
        let watch = Stopwatch::start();
        eprintln!("installing {}", tool.name());
        tool.install().with_context(|| format!("installing {} (by hand: {})", tool.name(), tool.install_lines().join(" && ")))?;
        anyhow::ensure!(tool.is_there(), "{} was installed but is not found", tool.name());
        eprintln!("installed {} ({watch})", tool.name());
    }
    cargo_tool::remove_build_directory();
    Ok(())
}

/// What a person would type for all of them, each command once.
fn commands(missing: &[Tool]) -> Vec<String> {
    let from_the_system = missing.iter().any(|tool| matches!(tool, Tool::System(_)));
    let update = if from_the_system { system_package::update_line() } else { None };
    let mut commands: Vec<String> = Vec::new();
    for command in update.into_iter().chain(missing.iter().flat_map(Tool::install_lines)) {
        if !commands.contains(&command) {
            commands.push(command);
        }
    }
    commands
}

fn may_install(missing: &[Tool]) -> Result<bool> {
    if !std::io::stdin().is_terminal() {
        return Ok(is_root() && missing.iter().all(|tool| !tool.is_by_hand()));
    }
    if missing.iter().any(Tool::is_by_hand) {
        return Ok(false);
    }
    eprintln!("Some tools are missing. These commands would install them:");
    for command in commands(missing) {
        eprintln!("    {command}");
    }
    eprint!("Run them now? [Y/n] ");
    std::io::stderr().flush().context("asking")?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).context("reading the answer")?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "" | "y" | "yes"))
}

impl Tool {
    fn name(&self) -> String {
        match self {
            Self::Cargo(tool) => format!("{} {}", tool.name, tool.version),
            Self::System(package) => package.name.to_string(),
            Self::WasmTarget => "the standard library for WASM".to_string(),
            Self::Component(name) => (*name).to_string(),
        }
    }

    fn is_there(&self) -> bool {
        match self {
            Self::Cargo(tool) => tool.is_there(),
            Self::System(package) => (package.is_there)(),
            Self::WasmTarget => cargo_tool::has_wasm_target(),
            Self::Component(name) => cargo_tool::has_component(name),
        }
    }

    /// The commands a person would type.
    fn install_lines(&self) -> Vec<String> {
        match self {
            Self::Cargo(tool) => vec![line(&tool.install_command())],
            Self::System(package) => package.install_lines(),
            Self::WasmTarget => vec![line(&cargo_tool::add_wasm_target())],
            Self::Component(name) => vec![line(&cargo_tool::add_component(name))],
        }
    }

    /// Whether there is no package manager we know how to talk to.
    fn is_by_hand(&self) -> bool {
        matches!(self, Self::System(_)) && !system_package::can_install()
    }

    fn install(&self) -> Result<()> {
        match self {
            Self::Cargo(tool) => tool.install(),
            Self::System(package) => package.install(),
            Self::WasmTarget => succeed(&mut cargo_tool::add_wasm_target()).context(cargo_tool::WITHOUT_RUSTUP),
            Self::Component(name) => succeed(&mut cargo_tool::add_component(name)),
        }
    }
}

/// PATH with the directories of our tools in front.
pub fn path() -> OsString {
    let ours = [&TRUNK, &WASM_BINDGEN, &CARGO_MACHETE, &CARGO_DENY, &CARGO_MUTANTS].map(CargoTool::programs);
    let theirs = env::var_os("PATH").unwrap_or_default();
    let all = ours.into_iter().chain(env::split_paths(&theirs));
    env::join_paths(all).unwrap_or(theirs)
}

/// The program that runs tests compiled to WASM.
pub fn wasm_test_runner() -> PathBuf {
    WASM_BINDGEN.programs().join("wasm-bindgen-test-runner")
}

#[cfg(test)]
mod tests {
    use super::{EVERYTHING, commands};

    #[test]
    fn every_command_is_told_once_and_the_lists_come_first() {
        let told = commands(&[EVERYTHING, EVERYTHING].concat());
        let mut once = told.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), told.len(), "{told:?}");
        let update = told.iter().position(|command| command.contains("apt-get update"));
        assert!(update.is_none_or(|at| at == 0), "{told:?}");
    }
}
