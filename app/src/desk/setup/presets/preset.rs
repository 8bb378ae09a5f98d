//! One service that a new store may begin with.

use shared::part::PartKind;

/// A row of the table.
pub(crate) struct Preset {
    pub(crate) name: (&'static str, &'static str),
    pub(crate) note: (&'static str, &'static str),
    /// Hours of a day, and the weekdays that are closed.
    pub(crate) open: (u16, u16),
    pub(crate) closed: &'static [usize],
    pub(crate) cutoff_minutes: u16,
    pub(crate) services: &'static [PresetService],
}

/// A service to tick.
#[derive(Debug)]
pub(crate) struct PresetService {
    /// 中文, English.
    pub(crate) name: (&'static str, &'static str),
    /// 中文, English.
    pub(crate) category: (&'static str, &'static str),
    /// What goes on, and how many minutes.
    pub(crate) parts: &'static [(PartKind, u16)],
    /// In yuan; a proposal.
    pub(crate) price: i64,
}
