//! Days as a store lives them; see [`shared::business_day`].

pub use shared::business_day::{day_of, instant, span};
