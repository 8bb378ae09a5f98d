//! Words of the desk app, by screen. A field here needs a value in `zh/desk.rs` and `en/desk.rs`: text as `&'static str`, text with
//! values as a `fn` without captures.

/// All words of the desk app.
#[derive(Debug)]
pub struct Words {
    /// Title of the app.
    pub title: &'static str,
}
