//! What the browser's database can fail with.

/// Why something could not be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// This browser has no IndexedDB, or denies it (private windows, some in-app browsers).
    Absent,
    /// No room left.
    Full,
    /// Another tab runs a newer version of the app: refresh.
    Newer,
    /// The browser has ended the database under our feet: open it again, and put back what this page knows.
    Lost,
    /// Anything else, by its name for the help line.
    Failed(String),
}
