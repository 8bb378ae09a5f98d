//! What can go wrong with the private Postgres, each told so that a shop owner's helper can act on it.

use std::io;
use std::path::PathBuf;

/// A fault of the private Postgres. Shown at start-up and in logs, never to guests.
#[derive(Debug, thiserror::Error)]
pub enum PostgresError {
    /// No usable `postgres` and `initdb` were found.
    #[error(
        "no Postgres {wanted} was found (looked in HUIYUE_PG_BIN, PATH, /usr/lib/postgresql and Homebrew's directories). \
         On Debian or Ubuntu: apt-get install postgresql. With Homebrew: brew install postgresql@17. \
         Or set DATABASE_URL to a Postgres that already runs."
    )]
    NotInstalled {
        /// The version looked for, in words: "15 or newer" or one major version.
        wanted: String,
    },
    /// Postgres refuses to run as root and no other user could be found.
    #[error(
        "Postgres does not run as root and no unprivileged user was found. \
         Create one (useradd --system postgres) or start as an ordinary user."
    )]
    NoUnprivilegedUser,
    /// The files belong to a user whose files we may not use.
    #[error("{path} belongs to the user with number {uid}. Start as that user or as root.")]
    OtherOwner {
        /// The directory in question.
        path: PathBuf,
        /// Its owner.
        uid: u32,
    },
    /// A directory above the data directory is closed to the user Postgres runs as.
    #[error(
        "the user {user} may not enter {path}. Open the directories above it (chmod o+x) or choose \
         another place with HUIYUE_DATA."
    )]
    Unreachable {
        /// The directory that cannot be entered.
        path: PathBuf,
        /// The user Postgres runs as.
        user: String,
    },
    /// Another server holds this data directory.
    #[error("another huiyue already runs its Postgres in {path}. Stop it, or use another data directory.")]
    InUse {
        /// The directory that is in use.
        path: PathBuf,
    },
    /// A socket directory that is not ours stands where ours should be.
    #[error("{path} exists and is not a directory of the user {user} alone. Remove it.")]
    UnsafeSocketDirectory {
        /// The directory in question.
        path: PathBuf,
        /// The user Postgres runs as.
        user: String,
    },
    /// A Postgres left behind by an earlier server does not end.
    #[error("an earlier Postgres (process {pid}) still uses {path} and does not end. End it by hand.")]
    OrphanStays {
        /// Its process.
        pid: u32,
        /// The directory of its data.
        path: PathBuf,
    },
    /// A program of Postgres failed.
    #[error("{program} failed: {message}")]
    Failed {
        /// Which program, e.g. `initdb`.
        program: &'static str,
        /// What it said last.
        message: String,
    },
    /// The operating system refused something.
    #[error("{doing}: {source}")]
    Io {
        /// What was being done, with the path.
        doing: String,
        /// What the system answered.
        source: io::Error,
    },
}

impl PostgresError {
    /// For `map_err`: the system's error together with what was being done.
    pub(crate) fn io(doing: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let doing = doing.into();
        move |source| Self::Io { doing, source }
    }
}
