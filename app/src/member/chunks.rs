//! The pages that come in files of their own.

use crate::chunk::Chunk;

/// The pages that come in files of their own: all but home and the stores.
#[derive(Clone, Copy, Debug)]
pub struct Chunks {
    /// [`booking_pages`]
    pub booking: Chunk,
    /// [`visit_pages`]
    pub visits: Chunk,
    /// [`person_pages`]
    pub person: Chunk,
    /// [`home_cards`]
    pub cards: Chunk,
}
