//! Which times are free. Pure: the caller brings hours, roster, blocks and bookings.
pub mod mask;
pub mod sample;
pub mod search;
