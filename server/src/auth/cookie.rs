//! The two session cookies, `hy_member` and `hy_desk`, and which of them a request means.

use axum::http::{HeaderMap, HeaderValue, Uri, header};

use crate::identity::{APP_HEADER, App};

/// Longer values are none of ours.
const LONGEST_VALUE: usize = 1024;

/// Name of an app's session cookie.
#[must_use]
pub fn name(app: App) -> &'static str {
    match app {
        App::Member => "hy_member",
        App::Desk => "hy_desk",
    }
}

/// The app a request comes from: named by its header, or for streams, which cannot send headers, by the query parameter `app`;
/// without either, the one whose cookie is there, the members' app first.
#[must_use]
pub fn app_of(headers: &HeaderMap, uri: &Uri) -> App {
    let by_query = || uri.query().unwrap_or_default().split('&').find_map(|pair| pair.strip_prefix("app="));
    let named = headers.get(APP_HEADER).and_then(|value| value.to_str().ok()).or_else(by_query);
    match named {
        Some("desk") => App::Desk,
        Some("member") => App::Member,
        _ if token(headers, App::Member).is_none() && token(headers, App::Desk).is_some() => App::Desk,
        _ => App::Member,
    }
}

/// The value of a cookie, if there is one of a sane length.
#[must_use]
pub fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let pairs = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|line| line.split(';'));
    let found = pairs.filter_map(|pair| pair.trim().split_once('=')).find(|(key, _)| *key == name);
    found.map(|(_, value)| value).filter(|value| !value.is_empty() && value.len() <= LONGEST_VALUE)
}

/// The session token an app's cookie carries.
#[must_use]
pub fn token(headers: &HeaderMap, app: App) -> Option<&str> {
    value(headers, name(app)).filter(|token| token.len() <= 128)
}

/// The `Set-Cookie` that gives a token to the app for so many seconds.
#[must_use]
pub fn give(app: App, token: &str, seconds: i64, secure: bool) -> HeaderValue {
    set(name(app), token, seconds, secure)
}

/// The `Set-Cookie` of any cookie of ours.
#[must_use]
pub fn set(name: &str, value: &str, seconds: i64, secure: bool) -> HeaderValue {
    let secure = if secure { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// The `Set-Cookie` that takes it away.
#[must_use]
pub fn take(app: App, secure: bool) -> HeaderValue {
    give(app, "", 0, secure)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().expect("a name"), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn the_header_says_which_of_two_cookies_counts() {
        let both = headers(&[("cookie", "hy_member=aa; other=1; hy_desk=bb"), ("x-huiyue-app", "desk")]);
        let app = app_of(&both, &Uri::from_static("/api/session"));
        assert_eq!((app, token(&both, app)), (App::Desk, Some("bb")));
    }

    #[test]
    fn a_stream_names_its_app_in_the_query() {
        let both = headers(&[("cookie", "hy_member=aa; hy_desk=bb")]);
        assert_eq!(app_of(&both, &Uri::from_static("/api/live?scopes=x&app=desk")), App::Desk);
        assert_eq!(app_of(&both, &Uri::from_static("/api/live")), App::Member);
        assert_eq!(app_of(&headers(&[("cookie", "hy_desk=bb")]), &Uri::from_static("/api/live")), App::Desk);
    }

    #[test]
    fn a_cookie_is_closed_to_scripts_and_other_sites() {
        let given = give(App::Member, "aa", 60, true);
        assert_eq!(given, "hy_member=aa; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure");
    }
}
