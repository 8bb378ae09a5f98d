//! What ended the program badly, in words for the person who started it.

/// What ended the program badly; the text is for the person who started it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Failed(pub String);

impl Failed {
    /// For `map_err`: what was being done, and what came of it.
    pub fn doing<E: std::fmt::Display>(what: &str) -> impl FnOnce(E) -> Failed {
        let what = what.to_owned();
        move |error| Failed(format!("{what}: {error}"))
    }
}
