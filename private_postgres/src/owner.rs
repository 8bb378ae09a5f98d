//! As whom Postgres runs, and how its programs are launched. Postgres refuses root, so root steps down.

use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use crate::error::PostgresError;

/// The user Postgres runs as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// The user's number.
    pub uid: u32,
    /// The number of the user's group.
    pub gid: u32,
    /// The name, for messages.
    pub name: String,
}

/// Launches programs as the owner, bound to the life of the thread that launches them.
#[derive(Debug, Clone)]
pub struct Launcher {
    /// The user programs run as.
    pub owner: Owner,
    steps_down: bool,
    setpriv: Option<PathBuf>,
}

impl Launcher {
    /// Chooses the user: ourselves, or, for root, the owner of the existing files, `postgres`, `nobody`.
    pub fn choose(existing: &Path) -> Result<Self, PostgresError> {
        let me = rustix::process::geteuid().as_raw();
        let files = fs::metadata(existing).ok();
        if me != 0 {
            if let Some(files) = files.filter(|files| files.uid() != me) {
                return Err(PostgresError::OtherOwner { path: existing.to_path_buf(), uid: files.uid() });
            }
            let gid = rustix::process::getegid().as_raw();
            let owner = Owner { uid: me, gid, name: format!("number {me}") };
            return Ok(Self { owner, steps_down: false, setpriv: find_setpriv() });
        }
        let passwords = fs::read_to_string("/etc/passwd").unwrap_or_default();
        let owner = files
            .filter(|files| files.uid() != 0)
            .map(|files| Owner { uid: files.uid(), gid: files.gid(), name: format!("number {}", files.uid()) })
            .or_else(|| unprivileged_user(&passwords))
            .ok_or(PostgresError::NoUnprivilegedUser)?;
        Ok(Self { owner, steps_down: true, setpriv: find_setpriv() })
    }

    /// Whether programs run as somebody else than we do.
    pub fn steps_down(&self) -> bool {
        self.steps_down
    }

    /// A command as the owner, without our `PG…` settings, without our terminal, in its own process group
    /// (so that Ctrl-C in a terminal reaches the server only, which then stops Postgres last).
    ///
    /// It gets SIGINT, a fast shutdown, when the launching *thread* ends, so that a killed server leaves
    /// nothing behind. `setpriv` asks the kernel for that after stepping down; doing so ourselves would need
    /// code between fork and exec, which Rust rightly calls unsafe. Where `setpriv` is missing (macOS), the
    /// next start finds and ends what was left.
    pub fn command(&self, program: &Path, directory: &Path) -> Command {
        let mut command = match &self.setpriv {
            Some(setpriv) => {
                let mut command = Command::new(setpriv);
                command.args(["--pdeathsig", "INT", "--"]).arg(program);
                command
            }
            None => Command::new(program),
        };
        for (name, _) in env::vars_os() {
            if name.to_string_lossy().starts_with("PG") {
                command.env_remove(name);
            }
        }
        command.env("LC_ALL", "C").current_dir(directory).stdin(Stdio::null()).process_group(0);
        if self.steps_down {
            command.uid(self.owner.uid).gid(self.owner.gid);
        }
        command
    }

    /// Whether the owner can enter a directory: tried, not guessed, so access lists count too.
    pub fn can_enter(&self, directory: &Path, program: &Path) -> bool {
        let mut command = self.command(program, directory);
        command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    }
}

/// util-linux's `setpriv`; other ones (busybox) do not know parent-death signals.
fn find_setpriv() -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).chain([PathBuf::from("/usr/bin")]).map(|place| place.join("setpriv")).find(|setpriv| {
        let mut trial = Command::new(setpriv);
        trial.args(["--pdeathsig", "INT", "--"]).arg(setpriv).arg("--version");
        trial.stdout(Stdio::null()).stderr(Stdio::null());
        trial.status().is_ok_and(|status| status.success())
    })
}

fn unprivileged_user(passwords: &str) -> Option<Owner> {
    ["postgres", "_postgres", "huiyue", "nobody"].into_iter().find_map(|wanted| {
        passwords.lines().find_map(|line| {
            let fields: Vec<&str> = line.split(':').collect();
            let [name, _, uid, gid, ..] = fields.as_slice() else {
                return None;
            };
            let (uid, gid) = (uid.parse().ok()?, gid.parse().ok()?);
            (*name == wanted && uid != 0).then(|| Owner { uid, gid, name: (*name).to_string() })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{Owner, unprivileged_user};

    #[test]
    fn the_user_postgres_is_preferred_and_nobody_is_the_last_resort() {
        let nobody = "root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n";
        let both = format!("{nobody}postgres:x:112:120::/var/lib/postgresql:/bin/bash\n");
        let named = |uid, gid, name: &str| Some(Owner { uid, gid, name: name.to_string() });
        assert_eq!(unprivileged_user(nobody), named(65534, 65534, "nobody"));
        assert_eq!(unprivileged_user(&both), named(112, 120, "postgres"));
        assert_eq!(unprivileged_user("root:x:0:0::/root:/bin/sh"), None);
    }
}
