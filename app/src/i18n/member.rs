//! Words of the member app, by screen. A field here needs a value in `zh/member.rs` and `en/member.rs`: text as `&'static str`, text with
//! values as a `fn` without captures.

/// All words of the member app.
#[derive(Debug)]
pub struct Words {
    /// Title of the app.
    pub title: &'static str,
}
