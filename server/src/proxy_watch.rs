//! Notices a proxy that the server was not told about: then every request comes from one private address, and all people together have
//! the limits of one.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// So many requests are looked at before anything is said.
const ENOUGH: u32 = 300;

/// Watches the first requests after the start.
#[derive(Clone, Debug, Default)]
pub struct ProxyWatch(Arc<Mutex<Seen>>);

#[derive(Debug, Default)]
struct Seen {
    only: Option<IpAddr>,
    requests: u32,
    is_over: bool,
}

impl ProxyWatch {
    /// One more request; true once, when it is time to say that a proxy seems to stand in front. `is_forwarded` where the request itself
    /// says that somebody passed it on.
    #[must_use]
    pub fn note(&self, ip: IpAddr, is_forwarded: bool) -> bool {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.is_over {
            return false;
        }
        // A developer's own machine asks itself as often as it likes.
        let may_be_proxy = is_private(ip) && (is_forwarded || !ip.is_loopback());
        if !may_be_proxy || seen.only.is_some_and(|only| only != ip) {
            seen.is_over = true;
            return false;
        }
        seen.only = Some(ip);
        seen.requests += 1;
        seen.is_over = seen.requests >= ENOUGH;
        seen.is_over
    }
}

fn is_private(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => ip.is_private() || ip.is_loopback() || ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(requests: impl IntoIterator<Item = (&'static str, bool)>) -> usize {
        let watch = ProxyWatch::default();
        requests.into_iter().filter(|(ip, forwarded)| watch.note(ip.parse().expect("an address"), *forwarded)).count()
    }

    #[test]
    fn requests_that_all_come_from_one_private_address_are_told_once() {
        assert_eq!(told((0..2000).map(|_| ("10.0.0.7", false))), 1);
        assert_eq!(told((0..2000).map(|_| ("127.0.0.1", true))), 1);
    }

    #[test]
    fn people_from_everywhere_and_a_developer_are_left_in_peace() {
        assert_eq!(told((0..2000).map(|n| (if n % 7 == 0 { "10.0.0.8" } else { "10.0.0.7" }, false))), 0);
        assert_eq!(told((0..2000).map(|_| ("127.0.0.1", false))), 0);
        assert_eq!(told((0..2000).map(|_| ("203.0.113.9", false))), 0);
    }
}
