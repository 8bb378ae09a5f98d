//! How the commands of the project run others: where the project is, with our own tools first.

use std::env;
use std::ffi::OsString;
use std::process::Command;

use crate::tools;
use crate::workspace::root;

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
