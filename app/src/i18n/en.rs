//! English.

pub(super) mod common;
pub(super) mod desk;
mod desk_change;
mod desk_display;
mod desk_form;
mod desk_rotation;
pub(super) mod door;
pub(super) mod inbox;
pub(super) mod logins;
pub(super) mod member;
pub(super) mod member_booking;
pub(super) mod member_person;
pub(super) mod people;
pub(super) mod refusals;
pub(super) mod set_up;
mod set_up_assignment;
pub(super) mod waiting;
pub(super) mod waitlist;
