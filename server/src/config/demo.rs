//! Which demo data an empty database gets.

use std::path::PathBuf;

/// Which demo data to load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Demo {
    /// Nothing.
    None,
    /// Two stores with a day of bookings.
    Small,
    /// A real salon's files, moved to this week.
    Salon(PathBuf),
}
