//! Tools that cargo builds, each in the one version the project is known to work with.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::workspace::{WASM, succeed};

/// A program of a crate on the registry.
pub struct CargoTool {
    /// The crate.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    program: &'static str,
    options: &'static [&'static str],
}

/// Builds the apps. 0.22 needs a newer Rust.
pub const TRUNK: CargoTool = CargoTool {
    name: "trunk",
    version: "0.21.14",
    program: "trunk",
    options: &["--locked", "--no-default-features", "--features", "rustls"],
};

/// Must be the version of `wasm-bindgen` in Cargo.lock. Its own lock file names a version that is gone, so it
/// is built without.
pub const WASM_BINDGEN: CargoTool =
    CargoTool { name: "wasm-bindgen-cli", version: "0.2.130", program: "wasm-bindgen-test-runner", options: &["--no-default-features"] };

/// Finds dependencies nobody uses.
pub const CARGO_MACHETE: CargoTool =
    CargoTool { name: "cargo-machete", version: "0.9.2", program: "cargo-machete", options: &["--locked"] };

/// Checks licences, bans and sources of dependencies.
pub const CARGO_DENY: CargoTool =
    CargoTool { name: "cargo-deny", version: "0.20.2", program: "cargo-deny", options: &["--locked", "--no-default-features"] };

/// Makes one operator wrong at a time. Not among what the tests take: it runs by hand.
pub const CARGO_MUTANTS: CargoTool =
    CargoTool { name: "cargo-mutants", version: "27.1.0", program: "cargo-mutants", options: &["--locked"] };

/// What to do where rustup refuses the WASM target.
pub const WITHOUT_RUSTUP: &str = "rustup did not add the WASM target. Debian's packages rustc-web, cargo-web, rust-web-src and lld-19 \
     can build the app, too; put their cargo first in PATH and set RUSTC_BOOTSTRAP=1, \
     CARGO_UNSTABLE_BUILD_STD=std,panic_abort and CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-19";

impl CargoTool {
    /// The directory of its programs.
    pub fn programs(&self) -> PathBuf {
        self.place().join("bin")
    }

    /// Whether it was installed in this version.
    pub fn is_there(&self) -> bool {
        self.programs().join(self.program).is_file()
    }

    /// What installs it. A debug build: it is built much faster, and these tools have little to do.
    pub fn install_command(&self) -> Command {
        let mut command = Command::new("cargo");
        command.args(["install", "--quiet", "--debug", self.name, "--version", self.version]);
        command.args(self.options).arg("--root").arg(self.place());
        command
    }

    /// Builds and installs it.
    pub fn install(&self) -> Result<()> {
        let mut command = self.install_command();
        // One build directory for all tools: they share many dependencies. Outside of the project, so that
        // its cargo settings do not apply.
        std::fs::create_dir_all(tools_directory()).context("creating the directory of tools")?;
        command.env("CARGO_TARGET_DIR", build_directory()).env("CARGO_PROFILE_DEV_DEBUG", "0");
        command.env_remove("CARGO_BUILD_TARGET").env_remove("RUSTFLAGS").current_dir(tools_directory());
        succeed(&mut command)
    }

    fn place(&self) -> PathBuf {
        tools_directory().join(format!("{}-{}", self.name, self.version))
    }
}

/// Frees the gigabyte that building tools leaves.
pub fn remove_build_directory() {
    let _best_effort = std::fs::remove_dir_all(build_directory());
}

fn build_directory() -> PathBuf {
    tools_directory().join("build")
}

fn tools_directory() -> PathBuf {
    if let Some(place) = env::var_os("HUIYUE_TOOLS") {
        return PathBuf::from(place);
    }
    let cache = env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = env::var_os("HOME").map_or_else(env::temp_dir, PathBuf::from);
    cache.unwrap_or_else(|| home.join(".cache")).join("huiyue/tools")
}

/// Whether the toolchain in use can build for the browser.
pub fn has_wasm_target() -> bool {
    let output = Command::new("rustc").args(["--print", "sysroot"]).output();
    let sysroot = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_string());
    sysroot.is_ok_and(|sysroot| Path::new(&sysroot).join("lib/rustlib").join(WASM).join("lib").is_dir())
}

/// What makes it so.
pub fn add_wasm_target() -> Command {
    let mut command = Command::new("rustup");
    command.args(["target", "add", WASM]);
    command
}

/// Whether a component of the toolchain works.
pub fn has_component(name: &str) -> bool {
    let program = if name == "clippy" { "clippy" } else { "fmt" };
    Command::new("cargo").args([program, "--version"]).output().is_ok_and(|output| output.status.success())
}

/// What adds it.
pub fn add_component(name: &str) -> Command {
    let mut command = Command::new("rustup");
    command.args(["component", "add", name]);
    command
}
