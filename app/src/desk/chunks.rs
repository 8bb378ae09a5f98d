//! The pages that come in files of their own.

use crate::chunk::Chunk;

/// The files.
#[derive(Clone, Copy, Debug)]
pub struct Chunks {
    /// [`form_sheets`]
    pub forms: Chunk,
    /// [`record_sheets`]
    pub sheets: Chunk,
    /// [`attention_pages`]
    pub attention: Chunk,
    /// [`member_pages`]
    pub members: Chunk,
    /// [`device_pages`]
    pub device: Chunk,
    /// [`set_up_pages`]
    pub set_up: Chunk,
    /// [`services_pages`](super::services_pages)
    pub services: Chunk,
    /// [`team_pages`](super::team_pages)
    pub team: Chunk,
    /// [`guided_pages`](super::guided_pages)
    pub guided: Chunk,
}
