//! The rules of Huiyue 会约: types, decisions and sync. Pure: no I/O, no clock, no randomness; the same answer natively and in
//! WASM. The server and the app both run what is decided here.

pub mod attention;
pub mod block;
pub mod booking;
pub mod command;
pub mod decision;
pub mod id;
pub mod limits;
pub mod login;
pub mod member;
pub mod money;
pub mod name;
pub mod one_time_code;
pub mod openings;
pub mod personal;
pub mod phone;
pub mod record;
pub mod refusal;
pub mod region;
pub mod replay;
pub mod role;
pub mod roster;
pub mod service;
pub mod session;
pub mod sort;
pub mod staff;
pub mod stamp;
pub mod store;
pub mod sync;
pub mod table;
pub mod text;
pub mod time;
pub mod versioned;
pub mod view;
pub mod zone;
