//! What `postmaster.pid` says, and whether the process it names is really the Postgres of this directory.

use std::fs;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

use rustix::process::{Pid, Signal};

/// The port in the socket's name; nothing listens on the network.
const PORT: u16 = 5432;

/// The lines of `postmaster.pid` that matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PidFile {
    /// The process of the postmaster.
    pub pid: u32,
    /// The directory of its socket, once known.
    pub sockets: Option<PathBuf>,
    /// Whether it accepts connections.
    pub ready: bool,
}

impl PidFile {
    /// Reads the file of a cluster; `None` when there is none (or it is being written).
    pub fn read(cluster: &Path) -> Option<Self> {
        Self::parse(&fs::read_to_string(cluster.join("postmaster.pid")).ok()?)
    }

    /// Line 1 is the process, line 5 the socket's directory, line 8 the state.
    fn parse(text: &str) -> Option<Self> {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let sockets = lines.get(4).filter(|line| !line.is_empty()).map(PathBuf::from);
        let ready = lines.get(7).is_some_and(|line| *line == "ready");
        Some(Self { pid: lines.first()?.parse().ok()?, sockets, ready })
    }

    /// Whether its Postgres lives. A number alone proves nothing: after a crash the system gives it to
    /// another process. Linux tells the command line; elsewhere somebody must answer on the socket.
    pub fn is_alive(&self, cluster: &Path) -> bool {
        if Path::new("/proc/self/cmdline").exists() {
            let command_line = fs::read(format!("/proc/{}/cmdline", self.pid)).unwrap_or_default();
            let cluster = cluster.as_os_str().as_encoded_bytes();
            return command_line.split(|byte| *byte == 0).any(|argument| argument == cluster);
        }
        self.answers()
    }

    /// Whether somebody accepts connections on its socket.
    pub fn answers(&self) -> bool {
        let socket = self.sockets.as_ref().map(|place| socket(place));
        socket.is_some_and(|socket| UnixStream::connect(socket).is_ok())
    }
}

/// The path of the socket in its directory.
pub fn socket(sockets: &Path) -> PathBuf {
    sockets.join(format!(".s.PGSQL.{PORT}"))
}

/// Sends a signal; a process that is gone already is no fault.
pub fn signal(pid: u32, signal: Signal) {
    let pid = i32::try_from(pid).ok().and_then(Pid::from_raw);
    if let Some(pid) = pid {
        let _gone = rustix::process::kill_process(pid, signal);
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::PidFile;

    #[test]
    fn a_postmaster_is_ready_only_when_its_eighth_line_says_so() {
        let starting = "4711\n/data/cluster\n1700000000\n5432\n/data/run\n\n  1 2\nstarting\n";
        let ready = starting.replace("starting", "ready   ");
        let expected = PidFile { pid: 4711, sockets: Some(PathBuf::from("/data/run")), ready: false };
        assert_eq!(PidFile::parse(starting), Some(expected.clone()));
        assert_eq!(PidFile::parse(&ready), Some(PidFile { ready: true, ..expected }));
    }

    #[test]
    fn a_half_written_file_is_not_ready_and_an_empty_one_is_none() {
        assert_eq!(PidFile::parse("4711\n"), Some(PidFile { pid: 4711, sockets: None, ready: false }));
        assert_eq!(PidFile::parse(""), None);
    }
}
