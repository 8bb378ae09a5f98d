//! A Postgres of one's own in `<data>/postgres`, reachable by a unix socket only.
//!
//! What it promises: a killed program leaves no Postgres behind (parent-death signal, and the next start
//! cleans up); a killed Postgres is started again while the program goes on; two programs cannot share a data
//! directory; root steps down to an unprivileged user. `fsync` and `synchronous_commit` stay on.
//!
//! `binaries` finds the programs, `owner` chooses the user and launches, `layout` places the files, `cluster`
//! creates and configures, `pid_file` recognises a running one, `supervisor` keeps it alive. Nothing of it is
//! async: the server and the project's own commands use it, which prepare what the server needs to compile.

mod binaries;
mod cluster;
mod error;
mod layout;
mod owner;
mod pid_file;
mod supervisor;

pub use binaries::{Binaries, OLDEST_MAJOR, client_program};
pub use error::PostgresError;
pub use layout::{existing_cluster, url};
pub use pid_file::PidFile;
pub use supervisor::{Event, Supervisor};
