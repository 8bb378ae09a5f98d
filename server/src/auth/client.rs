//! The device somebody signs in from: what people recognise it by, and whether cookies are for https only.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;

use crate::peer::Edge;

/// Names in a browser's description and what people call them; the first that is found counts.
const SYSTEMS: [(&str, &str); 8] = [
    ("iPad", "iPad"),
    ("iPhone", "iPhone"),
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
];
const BROWSERS: [(&str, &str); 7] = [
    ("MicroMessenger", "微信 WeChat"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// The device of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// Cookies are for https only.
    pub secure: bool,
    /// `iPad · Safari`; empty where the browser says nothing we know.
    pub device_label: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let secure = parts.extensions.get::<Edge>().is_some_and(|edge| edge.secure);
        let agent = parts.headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Ok(Client { secure, device_label: label(agent) })
    }
}

/// Words of our own only: what a browser writes about itself is never shown as it came.
fn label(agent: &str) -> String {
    let find = |names: &[(&str, &'static str)]| names.iter().find(|(part, _)| agent.contains(part)).map(|(_, name)| *name);
    [find(&SYSTEMS), find(&BROWSERS)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_recognise_their_device() {
        let ipad = "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/604.1";
        assert_eq!(label(ipad), "iPad · Safari");
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0";
        assert_eq!(label(edge), "Windows · Edge");
        assert_eq!(label("curl/8 <script>"), "");
    }
}
