//! Parts about visits that several pages show.

pub(crate) mod displaced;
pub(crate) mod moved;
pub(crate) mod no_visit;
pub(crate) mod refused;
pub(crate) mod visit_time;
pub(crate) mod waiting;
pub(crate) mod withdraw;
