//! Creating a cluster and the settings it runs with.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::binaries::Binaries;
use crate::error::PostgresError;
use crate::layout::Layout;
use crate::owner::Launcher;

/// The only role; all-powerful in its private cluster, so that migrations may create extensions.
const ROLE: &str = "huiyue";

/// What every private cluster runs with. On the command line, so that an older cluster gets newer settings.
const SETTINGS: [&str; 13] = [
    "listen_addresses=",
    "unix_socket_permissions=0700",
    // An answered booking is on the disk: these two are never traded for speed.
    "fsync=on",
    "synchronous_commit=on",
    "max_wal_size=1GB",
    "shared_buffers=128MB",
    "max_connections=100",
    "timezone=UTC",
    "log_timezone=UTC",
    "log_line_prefix=%m [%p] ",
    // Every query is short; compiling them costs more than it gains.
    "jit=off",
    "logging_collector=off",
    "log_destination=stderr",
];

/// The major version of an existing cluster.
pub fn major_of(cluster: &Path) -> Option<u32> {
    fs::read_to_string(cluster.join("PG_VERSION")).ok()?.trim().parse().ok()
}

/// Creates the cluster with the role and the database `huiyue` unless it is there. It is made beside its
/// place and moved there when complete, so that a kill in the middle leaves nothing half-made.
pub fn create_if_missing(layout: &Layout, binaries: &Binaries, launcher: &Launcher) -> Result<(), PostgresError> {
    if layout.cluster.exists() {
        return Ok(());
    }
    let fresh = layout.home.join("cluster.new");
    initdb(layout, &fresh, "C.UTF-8", binaries, launcher).or_else(|_unknown_locale| initdb(layout, &fresh, "C", binaries, launcher))?;
    create_database(layout, &fresh, binaries, launcher)?;
    fs::rename(&fresh, &layout.cluster).map_err(PostgresError::io(format!("moving the cluster to {}", layout.cluster.display())))
}

fn initdb(layout: &Layout, fresh: &Path, locale: &str, binaries: &Binaries, launcher: &Launcher) -> Result<(), PostgresError> {
    if fresh.exists() {
        fs::remove_dir_all(fresh).map_err(PostgresError::io(format!("removing {}", fresh.display())))?;
    }
    let mut command = launcher.command(&binaries.initdb(), &layout.home);
    command.arg("--pgdata").arg(fresh);
    command.args(["--auth=trust", "--encoding=UTF8", "--username", ROLE, "--locale", locale]);
    succeed("initdb", command.output())
}

/// A single process without any connection: the database exists before anyone can connect.
fn create_database(layout: &Layout, fresh: &Path, binaries: &Binaries, launcher: &Launcher) -> Result<(), PostgresError> {
    let mut command = launcher.command(&binaries.postgres(), &layout.home);
    command.arg("--single").arg("-D").arg(fresh).args(["-c", "exit_on_error=true", "postgres"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut run = || {
        let mut child = command.spawn()?;
        if let Some(mut input) = child.stdin.take() {
            input.write_all(format!("create database {ROLE}\n").as_bytes())?;
        }
        child.wait_with_output()
    };
    succeed("postgres --single", run())
}

fn succeed(program: &'static str, outcome: std::io::Result<Output>) -> Result<(), PostgresError> {
    let output = outcome.map_err(PostgresError::io(format!("starting {program}")))?;
    if output.status.success() {
        return Ok(());
    }
    Err(PostgresError::Failed { program, message: String::from_utf8_lossy(&output.stderr).trim().to_string() })
}

/// The command that runs the cluster. Its standard error is for the caller to place.
pub fn command(layout: &Layout, binaries: &Binaries, launcher: &Launcher) -> Command {
    let mut command = launcher.command(&binaries.postgres(), &layout.home);
    command.arg("-D").arg(&layout.cluster);
    for setting in SETTINGS {
        command.args(["-c", setting]);
    }
    // The setting is a list; quotes keep commas and spaces of a path together.
    let sockets = layout.sockets.to_string_lossy().replace('"', "\"\"");
    command.arg("-c").arg(format!("unix_socket_directories=\"{sockets}\""));
    if knows_lz4(layout, binaries, launcher) {
        command.args(["-c", "wal_compression=lz4"]);
    }
    command
}

/// Some builds lack lz4 and refuse to start when asked for it.
fn knows_lz4(layout: &Layout, binaries: &Binaries, launcher: &Launcher) -> bool {
    let mut command = launcher.command(&binaries.postgres(), &layout.home);
    command.arg("-D").arg(&layout.cluster).args(["-c", "wal_compression=lz4", "-C", "wal_compression"]);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
