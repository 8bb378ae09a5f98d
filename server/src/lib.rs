//! The server of Huiyue: authenticate, lock, load, decide, save, tell.

pub mod admission;
pub mod apply;
pub mod assets;
pub mod auth;
pub mod backup;
pub mod calendar;
pub mod clock;
pub mod config;
pub mod database;
pub mod db;
pub mod demo;
pub mod error;
pub mod identity;
pub mod import;
pub mod jobs;
pub mod limits;
pub mod live;
pub mod messages;
pub mod metrics;
pub mod openings;
pub mod pages;
pub mod phones;
pub mod postgres;
pub mod routes;
pub mod sealed;
pub mod serve;
pub mod state;

pub mod tasks;
pub mod text;
pub mod zones;
