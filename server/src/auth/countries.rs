//! The countries that one-time codes are sent to: messages abroad cost money, and strangers would have the house pay for them.

use std::fmt;
use std::str::FromStr;

use shared::phone::Phone;
use shared::store::Store;

/// Calling codes of the regions the house knows, none the beginning of another.
const CALLING_CODES: [u16; 15] = [86, 852, 853, 886, 81, 82, 65, 60, 66, 1, 44, 49, 33, 61, 64];

/// Calling code by time zone, or by the zones of a continent.
const BY_ZONE: &[(&str, u16)] = &[
    ("Asia/Shanghai", 86),
    ("Asia/Chongqing", 86),
    ("Asia/Harbin", 86),
    ("Asia/Urumqi", 86),
    ("Asia/Hong_Kong", 852),
    ("Asia/Macau", 853),
    ("Asia/Taipei", 886),
    ("Asia/Tokyo", 81),
    ("Asia/Seoul", 82),
    ("Asia/Singapore", 65),
    ("Asia/Kuala_Lumpur", 60),
    ("Asia/Kuching", 60),
    ("Asia/Bangkok", 66),
    ("America/New_York", 1),
    ("America/Detroit", 1),
    ("America/Chicago", 1),
    ("America/Denver", 1),
    ("America/Phoenix", 1),
    ("America/Los_Angeles", 1),
    ("America/Anchorage", 1),
    ("America/St_Johns", 1),
    ("America/Halifax", 1),
    ("America/Toronto", 1),
    ("America/Winnipeg", 1),
    ("America/Regina", 1),
    ("America/Edmonton", 1),
    ("America/Vancouver", 1),
    ("Pacific/Honolulu", 1),
    ("Europe/London", 44),
    ("Europe/Berlin", 49),
    ("Europe/Paris", 33),
    ("Australia/", 61),
    ("Pacific/Auckland", 64),
];

/// Which countries get codes, by calling code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeCountries {
    /// Those the stores are in.
    OfStores,
    /// Every country.
    All,
    /// These.
    Only(Vec<u16>),
}

impl FromStr for CodeCountries {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim() {
            "stores" => Ok(CodeCountries::OfStores),
            "all" => Ok(CodeCountries::All),
            codes => {
                let parsed: Result<Vec<u16>, _> = codes.split(',').map(|code| code.trim().trim_start_matches('+').parse()).collect();
                parsed.map(CodeCountries::Only).map_err(|_| "expected stores, all, or calling codes such as 86,852".to_owned())
            }
        }
    }
}

impl fmt::Display for CodeCountries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CodeCountries::OfStores => f.write_str("stores"),
            CodeCountries::All => f.write_str("all"),
            CodeCountries::Only(codes) => f.write_str(&codes.iter().map(u16::to_string).collect::<Vec<_>>().join(",")),
        }
    }
}

impl CodeCountries {
    /// Whether a code may go to a number. While there is no store, or one whose country is not known here, numbers of every country
    /// count as those of the stores: nobody is locked out by a table that is too short.
    pub fn allow<'a>(&self, phone: &Phone, stores: impl Iterator<Item = &'a Store>) -> bool {
        match self {
            CodeCountries::All => true,
            CodeCountries::Only(codes) => codes.iter().any(|code| has_code(phone, *code)),
            CodeCountries::OfStores => {
                let codes: Option<Vec<u16>> = stores.map(code_of_store).collect();
                codes.is_none_or(|codes| codes.is_empty() || codes.iter().any(|code| has_code(phone, *code)))
            }
        }
    }
}

fn has_code(phone: &Phone, code: u16) -> bool {
    phone.as_str().trim_start_matches('+').starts_with(&code.to_string())
}

/// By the store's own number where it is international, else by its zone.
fn code_of_store(store: &Store) -> Option<u16> {
    let digits: String = store.phone.chars().filter(char::is_ascii_digit).collect();
    let by_number = || CALLING_CODES.into_iter().find(|code| digits.starts_with(&code.to_string()));
    let own = store.phone.trim_start().starts_with('+').then(by_number).flatten();
    own.or_else(|| BY_ZONE.iter().find(|(zone, _)| store.zone.name.starts_with(zone)).map(|(_, code)| *code))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phone(text: &str) -> Phone {
        Phone::parse(text).expect("a number")
    }

    #[test]
    fn a_setting_names_calling_codes() {
        assert_eq!("86, +852".parse(), Ok(CodeCountries::Only(vec![86, 852])));
        assert_eq!("all".parse(), Ok(CodeCountries::All));
        assert!("China".parse::<CodeCountries>().expect_err("no code").contains("86,852"));
        for text in ["stores", "all", "86,852"] {
            assert_eq!(text.parse::<CodeCountries>().expect("a setting").to_string(), text);
        }
    }

    #[test]
    fn codes_go_to_the_countries_that_are_named() {
        let only = CodeCountries::Only(vec![86]);
        assert!(only.allow(&phone("13800138000"), std::iter::empty()));
        assert!(!only.allow(&phone("+852 9123 4567"), std::iter::empty()), "852 does not begin with 86");
        assert!(!only.allow(&phone("+7 912 345 67 89"), std::iter::empty()));
        assert!(CodeCountries::OfStores.allow(&phone("+7 912 345 67 89"), std::iter::empty()), "there is no store yet");
    }
}
