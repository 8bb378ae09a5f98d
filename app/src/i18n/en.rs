//! English.

pub(super) mod common;
pub(super) mod desk;
pub(super) mod member;
pub(super) mod refusals;
