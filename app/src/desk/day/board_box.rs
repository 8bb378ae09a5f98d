//! One box on the board: a visit's line, a block, time in another store.

use shared::id::{BlockId, BookingId, CommandId, ElsewhereId};

use crate::components::status::Status;
use crate::desk::day::cue::Cue;
use crate::desk::day::rows::Rows;

/// Which record a box shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BoxKey {
    /// A booking, from this line on.
    Visit(BookingId, u8),
    /// Blocked time.
    Block(BlockId),
    /// Time that somebody has in another store, by its place there.
    Elsewhere(ElsewhereId, usize),
    /// A booking that was refused, from this line on: it takes nobody's time.
    Refused(CommandId, u8),
}

/// A booking or a block on the board.
#[derive(Clone, Debug, PartialEq)]
pub struct BoardBox {
    /// The record.
    pub key: BoxKey,
    /// Colour, icon and word.
    pub status: Status,
    /// Where.
    pub rows: Rows,
    /// From 0.
    pub lane: usize,
    /// How many lanes share the width.
    pub lanes: usize,
    /// Inside somebody's processing time.
    pub nested: bool,
    /// Hatched stretches, counted from the box's own top.
    pub parts: Vec<PartRows>,
    /// Name of the guest; `None` for one without a name. For blocks the reason.
    pub who: Option<String>,
    /// Services.
    pub what: String,
    /// Local `10:30`.
    pub from: String,
    /// Local `11:30`.
    pub until: String,
    /// Small signs.
    pub marks: Marks,
}

/// A hatched stretch of a box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PartRows {
    /// From the box's own top.
    pub rows: Rows,
    /// Processing time; otherwise setting up or clearing up.
    pub processing: bool,
}

/// The small signs on a box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// 点: they asked for this person.
    pub requested: bool,
    /// Tier of the member; 0 shows nothing.
    pub tier: u8,
    /// There is a note.
    pub note: bool,
    /// There is an allergy.
    pub allergy: bool,
    /// No appointment.
    pub walk_in: bool,
    /// The guest has another visit at the same time.
    pub same_time: bool,
    /// A deliberate overlap.
    pub squeeze: bool,
    /// Minutes late; 0 on time.
    pub late_minutes: u16,
    /// What the clock says of it, where it does not go as planned.
    pub cue: Option<Cue>,
    /// Something about it was refused.
    pub refused: bool,
    /// A change has not been sent.
    pub unsent: bool,
    /// Kind of a block.
    pub block: Option<shared::block::BlockKind>,
}
