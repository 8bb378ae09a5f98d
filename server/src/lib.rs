//! server

pub mod import;
pub mod postgres;
