//! Values of settings as people write them; what is wrong with one is said in plain words.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use shared::money::Currency;
use shared::name::Language;

use crate::config::demo::Demo;
use crate::import::salon::Salon;

pub(super) fn listen(text: &str) -> Result<SocketAddr, String> {
    let with_localhost = text.strip_prefix("localhost:").map(|port| format!("127.0.0.1:{port}"));
    with_localhost
        .as_deref()
        .unwrap_or(text)
        .parse()
        .map_err(|_| "expected an IP address and a port, such as 127.0.0.1:8080, 0.0.0.0:8080 or [::]:8080".to_owned())
}

pub(super) fn database_url(text: &str) -> Result<String, String> {
    let known = text.is_empty() || text.starts_with("postgres://") || text.starts_with("postgresql://");
    if known { Ok(text.to_owned()) } else { Err("expected postgres://user:password@host:5432/database".to_owned()) }
}

pub(super) fn web_address(text: &str) -> Result<String, String> {
    let wrong = || "expected an address such as https://book.example.com".to_owned();
    let parsed: axum::http::Uri = text.parse().map_err(|_| wrong())?;
    let web = matches!(parsed.scheme_str(), Some("http" | "https")) && parsed.host().is_some_and(|host| !host.is_empty());
    if web { Ok(text.trim_end_matches('/').to_owned()) } else { Err(wrong()) }
}

/// Scheme, host and port alone: cookies and the check for other sites know nothing smaller.
pub(super) fn origin(text: &str) -> Result<String, String> {
    let address = web_address(text)?;
    let host = address.split_once("://").map_or("", |(_, rest)| rest);
    if host.contains(['/', '?', '#', '@']) {
        return Err("expected an address without a path, such as https://book.example.com".to_owned());
    }
    Ok(address)
}

pub(super) fn directory(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    if path.is_dir() { Ok(path) } else { Err(format!("there is no directory {text}")) }
}

pub(super) fn key(text: &str) -> Result<String, String> {
    let sound = text.is_empty() || text.len() == 64 && text.bytes().all(|digit| digit.is_ascii_hexdigit());
    if sound { Ok(text.to_owned()) } else { Err("expected 64 hexadecimal digits, as `openssl rand -hex 32` prints them".to_owned()) }
}

pub(super) fn log_filter(text: &str) -> Result<String, String> {
    let parsed = text.parse::<tracing_subscriber::EnvFilter>();
    parsed
        .map(|_| text.to_owned())
        .map_err(|_| "expected a level (error, warn, info, debug, trace) or a filter such as info,sqlx=warn".to_owned())
}

pub(super) fn demo(text: &str) -> Result<Demo, String> {
    match text.split_once(':') {
        None if text == "none" => Ok(Demo::None),
        None if text == "small" => Ok(Demo::Small),
        Some(("salon", directory)) if Path::new(directory).is_dir() => Ok(Demo::Salon(directory.into())),
        Some(("salon", directory)) => Err(format!("there is no directory {directory}")),
        _ => Err("expected none, small, or salon:DIRECTORY".to_owned()),
    }
}

pub(super) fn salon(text: &str) -> Result<Salon, String> {
    Salon::named(text).map_err(|_| "expected a name of 1 to 80 letters".to_owned())
}

pub(super) fn currency(text: &str) -> Result<Currency, String> {
    Currency::parse(text).map_err(|_| "expected three capital letters".to_owned())
}

pub(super) fn language(text: &str) -> Result<Language, String> {
    match text {
        "zh" => Ok(Language::Chinese),
        "en" => Ok(Language::English),
        _ => Err("expected zh or en".to_owned()),
    }
}

pub(super) fn role(text: &str) -> Result<shared::role::Role, String> {
    use shared::role::Role;
    match text.replace('_', "-").as_str() {
        "technician" => Ok(Role::Technician),
        "receptionist" => Ok(Role::Receptionist),
        "store-manager" => Ok(Role::StoreManager),
        "region-manager" => Ok(Role::RegionManager),
        "brand-manager" => Ok(Role::BrandManager),
        "owner" => Ok(Role::Owner),
        "auditor" => Ok(Role::Auditor),
        _ => Err("expected technician, receptionist, store-manager, region-manager, brand-manager, owner or auditor".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_value_is_explained_in_plain_words() {
        assert!(listen("8080").expect_err("no address").contains("127.0.0.1:8080"));
        assert!(database_url("mysql://x").is_err());
        assert!(key("abc").expect_err("too short").contains("64"));
        assert!(web_address("book.example.com").is_err());
        for wrong in ["https://example.com/book", "https://example.com/?a=b", "https://example.com#top", "https://me@example.com"] {
            assert!(origin(wrong).expect_err("no origin").contains("without a path"), "{wrong}");
        }
        assert!(directory("/no/such/place").expect_err("it is missing").contains("/no/such/place"));
        assert!(demo("large").expect_err("unknown").contains("small"));
        assert!(log_filter("chatty==").is_err());
        assert!(salon(" ").expect_err("nothing").contains("1 to 80"));
        assert!(language("fr").expect_err("unknown").contains("zh or en"));
    }

    #[test]
    fn usual_values_are_read() {
        assert_eq!(listen("localhost:0").map(|address| address.to_string()), Ok("127.0.0.1:0".to_owned()));
        assert_eq!(web_address("https://book.example.com/"), Ok("https://book.example.com".to_owned()));
        assert_eq!(origin("http://192.168.1.7:8080/"), Ok("http://192.168.1.7:8080".to_owned()));
        assert_eq!(demo("small"), Ok(Demo::Small));
        assert_eq!(key(&"0f".repeat(32)), Ok("0f".repeat(32)));
    }
}
