//! Where a request comes from on the network, and how this server is reached.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::extract::connect_info::ConnectInfo;
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};
use tokio::sync::Notify;

use crate::proxy_watch::ProxyWatch;

/// The address of a connection's other end.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// How this server is reached, given to all requests as an extension. The default fits plain http without a proxy.
#[derive(Clone, Debug, Default)]
pub struct Edge {
    /// People reach it by https: cookies are for https only.
    pub secure: bool,
    /// A proxy stands in front and says who calls.
    pub behind_proxy: bool,
    /// Wakes the worker that sends codes.
    pub outbox: Arc<Notify>,
    /// Notices a proxy that nobody told us about.
    pub proxy_watch: ProxyWatch,
}

impl<S: Send + Sync> FromRequestParts<S> for Edge {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Edge>().cloned().unwrap_or_default())
    }
}

/// The caller's address as it counts for tries: an IPv4 address, or the first half of an IPv6 one, since households get that many.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address(pub Vec<u8>);

impl<S: Send + Sync> FromRequestParts<S> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let direct = parts.extensions.get::<ConnectInfo<Peer>>().map(|peer| peer.0.0.ip());
        let trusted = parts.extensions.get::<Edge>().is_some_and(|edge| edge.behind_proxy);
        // The last entry is the one our own proxy wrote; the others are whatever the caller claims.
        let forwarded = || {
            let value = parts.headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
            forwarded_address(value.rsplit(',').next()?.trim())
        };
        Ok(Address::of(if trusted { forwarded().or(direct) } else { direct }))
    }
}

/// Proxies write an address, or an address with a port.
fn forwarded_address(entry: &str) -> Option<IpAddr> {
    let without_port = || entry.parse::<SocketAddr>().ok().map(|address| address.ip());
    let in_brackets = || entry.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    entry.parse().ok().or_else(without_port).or_else(in_brackets)
}

/// Says once in the log when a proxy seems to stand in front that nobody told us about.
pub fn watch_for_proxy(extensions: &Extensions, headers: &HeaderMap) {
    let direct = extensions.get::<ConnectInfo<Peer>>().map(|peer| peer.0.0.ip());
    let watched = extensions.get::<Edge>().filter(|edge| !edge.behind_proxy).zip(direct);
    if watched.is_some_and(|(edge, ip)| edge.proxy_watch.note(ip, headers.contains_key("x-forwarded-for"))) {
        tracing::warn!(
            "every request so far came from one private address: if a proxy stands in front, set HUIYUE_BEHIND_PROXY, or all people \
             together have the limits of one"
        );
    }
}

impl Address {
    /// The address that counts for an IP address.
    pub(crate) fn of(ip: Option<IpAddr>) -> Self {
        match ip.map(|ip| ip.to_canonical()) {
            Some(IpAddr::V4(ip)) => Address(ip.octets().to_vec()),
            Some(IpAddr::V6(ip)) => Address(ip.octets().into_iter().take(8).collect()),
            None => Address(Vec::new()),
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    async fn address(behind_proxy: bool, forwarded: &str) -> Address {
        let request = Request::get("/").header("x-forwarded-for", forwarded).body(()).expect("a request");
        let mut parts = request.into_parts().0;
        parts.extensions.insert(ConnectInfo(Peer("10.0.0.1:5000".parse().expect("an address"))));
        parts.extensions.insert(Edge { behind_proxy, ..Edge::default() });
        Address::from_request_parts(&mut parts, &()).await.unwrap_or_else(|never| match never {})
    }

    #[tokio::test]
    async fn only_our_own_proxy_is_believed() {
        assert_eq!(address(false, "1.2.3.4").await, Address(vec![10, 0, 0, 1]));
        assert_eq!(address(true, "6.6.6.6, 1.2.3.4").await, Address(vec![1, 2, 3, 4]));
    }

    #[tokio::test]
    async fn a_proxy_may_write_the_port_too() {
        assert_eq!(address(true, "6.6.6.6:1, 1.2.3.4:51000").await, Address(vec![1, 2, 3, 4]));
        let household = Address(vec![0x20, 1, 0x0d, 0xb8, 0, 1, 0, 2]);
        for written in ["2001:db8:1:2::1", "[2001:db8:1:2::1]", "[2001:db8:1:2::1]:443"] {
            assert_eq!(address(true, written).await, household, "{written}");
        }
        assert_eq!(address(true, "unknown").await, Address(vec![10, 0, 0, 1]));
    }

    #[test]
    fn a_household_counts_as_one_address() {
        let of = |text: &str| Address::of(Some(text.parse().expect("an address")));
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:1.2.3.4"), of("1.2.3.4"));
    }
}
