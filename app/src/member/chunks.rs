//! The pages that come in files of their own.

use crate::chunk::Chunk;

/// The pages that come in files of their own: all but home and the stores.
#[derive(Clone, Copy, Debug)]
pub struct Chunks {
    /// [`super::booking_pages`]
    pub booking: Chunk,
    /// [`super::visit_pages`]
    pub visits: Chunk,
    /// [`super::person_pages`]
    pub person: Chunk,
    /// [`super::home_cards`]
    pub cards: Chunk,
}
