//! Where a visit goes, and who gives way: the engine behind everything that takes time.
//!
//! [`place`] chooses staff and resources, [`admit`] lets the visit in by the ladder of [`precedence`], [`lanes`] puts beside each other
//! what may lie together, [`moved`] keeps what was agreed when a visit moves, [`coverage`] says whether a promise has what it needs,
//! [`preferences`] who comes first of several, [`turns`] whose turn it is.

pub mod admit;
pub mod binding;
pub mod case;
pub mod changed;
pub mod coverage;
pub mod lanes;
pub mod moved;
pub mod place;
pub mod precedence;
pub mod preferences;
pub mod rebooking;
pub mod rules;
pub mod turns;
pub mod usual;
pub mod visit_time;
