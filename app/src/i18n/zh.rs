//! 简体中文.

pub(super) mod common;
pub(super) mod desk;
pub(super) mod member;
pub(super) mod refusals;
