//! Rows of the board's grid.

/// A stretch of rows; fractions are allowed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rows {
    /// First row.
    pub start: f64,
    /// How many.
    pub span: f64,
}
