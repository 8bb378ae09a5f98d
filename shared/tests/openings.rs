//! Which times are free: the engine and the records against plain references, and what is listed against what is booked.

#[path = "openings/booking.rs"]
mod booking;
#[path = "openings/engine.rs"]
mod engine;
#[path = "openings/phone.rs"]
mod phone;
#[path = "openings/plans.rs"]
mod plans;
#[path = "openings/records.rs"]
mod records;
#[path = "openings/reference.rs"]
mod reference;
#[path = "openings/visits.rs"]
mod visits;
#[path = "openings/world.rs"]
mod world;
