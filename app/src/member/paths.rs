//! Addresses of the pages; the table is in `member.rs`.

use shared::booking::Booking;
use shared::id::BookingId;
use shared::money::Currency;
use shared::store::Store;

pub const HOME: &str = "/m/";
pub const STORES: &str = "/m/book";
/// Begins every step after the store.
pub const WITHIN_BOOKING: &str = "/m/book/";
pub const SERVICES: &str = "/m/book/services";
pub const STAFF: &str = "/m/book/staff";
pub const TIME: &str = "/m/book/time";
pub const CONFIRM: &str = "/m/book/confirm";
pub const BOOKINGS: &str = "/m/bookings";
pub const ME: &str = "/m/me";
pub const DEVICES: &str = "/m/me/devices";
pub const PRIVACY: &str = "/m/me/privacy";
pub const SIGN_IN: &str = "/m/sign-in";

/// The slip of a new booking.
pub fn done(booking: BookingId) -> String {
    format!("/m/book/done/{booking}")
}

/// One booking.
pub fn visit(booking: BookingId) -> String {
    format!("/m/bookings/{booking}")
}

/// Choosing another time for it.
pub fn change(booking: BookingId) -> String {
    format!("/m/bookings/{booking}/move")
}

/// The way to a store, in the map people use there.
pub fn map(store: &Store) -> String {
    let words = format!("{} {}", store.address, store.name.zh);
    let words = String::from(js_sys::encode_uri_component(words.trim()));
    if store.currency == Currency::CNY {
        format!("https://uri.amap.com/search?keyword={words}")
    } else {
        format!("https://www.openstreetmap.org/search?query={words}")
    }
}

/// A link that dials the store.
pub fn call(store: &Store) -> String {
    let digits: String = store.phone.chars().filter(|letter| letter.is_ascii_digit() || *letter == '+').collect();
    format!("tel:{digits}")
}

/// The booking as a calendar file: an address, because installed apps on iPhones open no data links.
pub fn calendar(id: BookingId) -> String {
    format!("/api/calendar/{id}")
}

/// What a person can read out: the last letters of the id.
pub fn short_number(id: BookingId) -> String {
    let text = id.0.simple().to_string().to_ascii_uppercase();
    let tail = text.get(text.len() - 6..).unwrap_or_default();
    format!("HY-{}-{}", tail.get(..4).unwrap_or_default(), tail.get(4..).unwrap_or_default())
}

/// Whether a booking of the server is worth a line: holds are not.
pub fn is_shown(booking: &Booking) -> bool {
    use shared::booking::State;
    !matches!(booking.state, State::Held { .. } | State::Expired { .. })
}
