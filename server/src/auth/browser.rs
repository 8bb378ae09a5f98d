//! The browser a request comes from, known by a cookie of its own that outlives sessions: codes belong to it, and a browser that was
//! signed in before as somebody does not suffer from what others get wrong in that name.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};

use super::{cookie, token};
use crate::sealed::Sealer;

/// The cookie with the browser's own secret and our mark on it.
const BROWSER_COOKIE: &str = "hy_browser";
/// The cookie with the marks of those who were signed in here.
const KNOWN_COOKIE: &str = "hy_known";
/// As long as browsers keep a cookie.
const SECONDS: i64 = 400 * 24 * 3600;
/// So many people are remembered per browser: a family's phone, a salon's computer.
const MOST_KNOWN: usize = 12;

/// A browser; one without a valid cookie is new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Browser {
    secret: Option<String>,
    known: Vec<String>,
}

impl Browser {
    /// From the cookies of a request. A secret that does not carry our mark is not ours: nobody makes up browsers.
    #[must_use]
    pub fn of(headers: &HeaderMap, sealer: &Sealer) -> Self {
        let marked = cookie::value(headers, BROWSER_COOKIE).and_then(|value| value.split_once('.'));
        let secret = marked.filter(|(secret, mark)| sealer.browser_mark(secret, &[]) == *mark).map(|(secret, _)| secret.to_owned());
        let known = cookie::value(headers, KNOWN_COOKIE).unwrap_or_default();
        let known = known.split('.').filter(|mark| !mark.is_empty()).take(MOST_KNOWN).map(str::to_owned).collect();
        Browser { secret, known }
    }

    /// What names it in the database; `None` for a new one.
    #[must_use]
    pub fn id(&self) -> Option<[u8; 32]> {
        self.secret.as_deref().map(token::hash)
    }

    /// Its id and, for a new one, the cookie to give.
    pub fn make_known(&mut self, sealer: &Sealer, secure: bool) -> ([u8; 32], Option<HeaderValue>) {
        let is_new = self.secret.is_none();
        let secret = self.secret.get_or_insert_with(token::new_token);
        let value = format!("{secret}.{}", sealer.browser_mark(secret, &[]));
        (token::hash(secret), is_new.then(|| cookie::set(BROWSER_COOKIE, &value, SECONDS, secure)))
    }

    /// Whether `subject` was signed in here before.
    #[must_use]
    pub fn knows(&self, sealer: &Sealer, subject: &[u8]) -> bool {
        let Some(secret) = &self.secret else { return false };
        let mark = sealer.browser_mark(secret, subject);
        self.known.contains(&mark)
    }

    /// The cookies to give after `subject` has signed in here.
    pub fn remember(&mut self, sealer: &Sealer, subject: &[u8], secure: bool) -> Vec<HeaderValue> {
        let (_, browser) = self.make_known(sealer, secure);
        let mark = sealer.browser_mark(self.secret.as_deref().unwrap_or_default(), subject);
        self.known.retain(|known| *known != mark);
        self.known.push(mark);
        let kept = self.known.len().saturating_sub(MOST_KNOWN);
        let value = self.known.get(kept..).unwrap_or_default().join(".");
        browser.into_iter().chain([cookie::set(KNOWN_COOKIE, &value, SECONDS, secure)]).collect()
    }
}

impl FromRequestParts<crate::state::AppState> for Browser {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &crate::state::AppState) -> Result<Self, Self::Rejection> {
        Ok(Browser::of(&parts.headers, &state.sealer))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::header::COOKIE;

    use super::*;

    fn next_visit(given: &[HeaderValue], sealer: &Sealer) -> Browser {
        let pairs: Vec<&str> = given.iter().filter_map(|value| value.to_str().ok()?.split(';').next()).collect();
        let headers = HeaderMap::from_iter([(COOKIE, HeaderValue::from_str(&pairs.join("; ")).expect("a header"))]);
        Browser::of(&headers, sealer)
    }

    #[test]
    fn a_browser_knows_who_was_signed_in_and_nobody_else() {
        let sealer = Sealer::from_key(&[7; 32]);
        let mut browser = Browser::of(&HeaderMap::new(), &sealer);
        assert_eq!(browser.id(), None);
        let given = browser.remember(&sealer, b"mei", false);
        let again = next_visit(&given, &sealer);
        assert!(again.id().is_some() && again.knows(&sealer, b"mei") && !again.knows(&sealer, b"owner"));
    }

    #[test]
    fn marks_of_another_browser_are_of_no_use_and_browsers_are_not_made_up() {
        let sealer = Sealer::from_key(&[7; 32]);
        let (mut mine, mut theirs) = (Browser::of(&HeaderMap::new(), &sealer), Browser::of(&HeaderMap::new(), &sealer));
        let (mine, theirs) = (mine.remember(&sealer, b"mei", false), theirs.remember(&sealer, b"mei", false));
        let mixed = [mine.first().expect("a browser").clone(), theirs.last().expect("marks").clone()];
        assert!(!next_visit(&mixed, &sealer).knows(&sealer, b"mei"));
        let made_up = [HeaderValue::from_static("hy_browser=0011.2233")];
        assert_eq!(next_visit(&made_up, &sealer).id(), None);
    }
}
