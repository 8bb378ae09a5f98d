//! What is noted beside the database: who is signed in, and how much has not been sent.

use shared::api::sign_in::Session;

use crate::{App, api, browser};

/// Keeps who is signed in, for starts without network. The right itself is the cookie, out of our reach.
pub(crate) fn keep(app: App, session: Option<&Session>) {
    let text = session.and_then(|session| api::to_json(session).ok());
    browser::set_preference(&session_preference(app), text.as_deref());
}

pub(crate) fn kept(app: App) -> Option<Session> {
    let text = browser::preference(&session_preference(app))?;
    api::from_json(text).ok()
}

pub(crate) fn session_preference(app: App) -> String {
    format!("huiyue-{}-session", app.name())
}

/// Remembers beside the database how many commands it holds.
pub(crate) fn note_unsent(name: &str, count: usize) {
    let count = (count > 0).then(|| count.to_string());
    browser::set_preference(&format!("{name}-unsent"), count.as_deref());
}

pub(crate) fn unsent(name: &str) -> u32 {
    browser::preference(&format!("{name}-unsent")).and_then(|count| count.parse().ok()).unwrap_or(0)
}
