//! Over https our cookies carry the prefix `__Host-`: no other host of the domain can set one in our name. Inside the program they keep
//! their plain names; a plain one from outside is then nobody's.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

const PREFIX: &str = "__Host-";
/// How the names of our own cookies begin.
const OURS: &str = "hy_";

/// Takes the prefix off what comes and puts it on what goes. Only for a server that is reached by https.
pub async fn translate(mut request: Request, next: Next) -> Response {
    come_in(request.headers_mut());
    let mut response = next.run(request).await;
    go_out(response.headers_mut());
    response
}

fn come_in(headers: &mut HeaderMap) {
    let pairs = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|line| line.split(';'));
    let named = pairs.map(str::trim).filter_map(|pair| match pair.strip_prefix(PREFIX) {
        Some(ours) => Some(ours),
        None => (!pair.starts_with(OURS)).then_some(pair),
    });
    let kept = named.collect::<Vec<_>>().join("; ");
    headers.remove(header::COOKIE);
    if let Some(value) = HeaderValue::from_str(&kept).ok().filter(|value| !value.is_empty()) {
        headers.insert(header::COOKIE, value);
    }
}

fn go_out(headers: &mut HeaderMap) {
    let given: Vec<HeaderValue> = headers.get_all(header::SET_COOKIE).iter().map(prefixed).collect();
    headers.remove(header::SET_COOKIE);
    for cookie in given {
        headers.append(header::SET_COOKIE, cookie);
    }
}

fn prefixed(cookie: &HeaderValue) -> HeaderValue {
    let ours = cookie.to_str().ok().filter(|text| text.starts_with(OURS));
    ours.and_then(|text| HeaderValue::from_str(&format!("{PREFIX}{text}")).ok()).unwrap_or_else(|| cookie.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_that_another_host_of_the_domain_has_set_is_not_taken_for_ours() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("hy_member=theirs; other=1; __Host-hy_desk=bb"));
        come_in(&mut headers);
        assert_eq!(headers[header::COOKIE], "other=1; hy_desk=bb");
        let mut none = HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static("hy_member=theirs"))]);
        come_in(&mut none);
        assert!(none.is_empty());
    }

    #[test]
    fn every_cookie_of_ours_goes_out_with_the_prefix() {
        let mut headers = HeaderMap::new();
        let cookies = ["hy_desk=aa; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure", "hy_known=; Path=/; Secure"];
        for cookie in cookies {
            headers.append(header::SET_COOKIE, HeaderValue::from_static(cookie));
        }
        go_out(&mut headers);
        let out: Vec<&HeaderValue> = headers.get_all(header::SET_COOKIE).iter().collect();
        assert_eq!(out, ["__Host-hy_desk=aa; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure", "__Host-hy_known=; Path=/; Secure"]);
    }
}
