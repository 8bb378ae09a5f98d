//! Whose columns the board has: the desk remembers it, and a day is built by it.

/// Whose columns a board has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Columns {
    /// Everybody who works.
    #[default]
    Staff,
    /// Rooms, stations and equipment.
    Resources,
}
