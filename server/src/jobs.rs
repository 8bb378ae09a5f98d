//! What the server does by itself, from time to time.

pub mod expire;
pub mod renew_zones;
