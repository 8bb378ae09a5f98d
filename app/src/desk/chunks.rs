//! What comes in files of its own.

use crate::chunk::{Chunk, RulesFile};

/// The files.
#[derive(Clone, Copy, Debug)]
pub struct Chunks {
    /// What a desk decides by: needed as soon as something is done, or waits to be sent.
    pub rules: RulesFile,
    /// [`super::places::form_sheets`]
    pub forms: Chunk,
    /// [`super::places::record_sheets`]
    pub sheets: Chunk,
    /// [`super::board::board_parts`](super::board_parts)
    pub board_parts: Chunk,
    /// [`super::places::waitlist_sheets`]
    pub waitlist: Chunk,
    /// [`super::places::rotation_sheets`]
    pub rotation: Chunk,
    /// [`super::places::attention_pages`]
    pub attention: Chunk,
    /// [`super::places::member_pages`]
    pub members: Chunk,
    /// [`super::places::device_pages`]
    pub device: Chunk,
    /// [`super::places::set_up_pages`]
    pub set_up: Chunk,
    /// [`super::places::services_pages`](super::services_pages)
    pub services: Chunk,
    /// [`super::places::team_pages`](super::team_pages)
    pub team: Chunk,
    /// [`super::places::access_pages`](super::access_pages)
    pub access: Chunk,
    /// [`super::places::guided_pages`](super::guided_pages)
    pub guided: Chunk,
}
