//! What each command says, by noun. Frozen: a change is a new version with an upcast.

mod booking;
mod catalogue;
mod day;
mod import;
mod member;

pub use booking::*;
pub use catalogue::*;
pub use day::*;
pub use import::*;
pub use member::*;
