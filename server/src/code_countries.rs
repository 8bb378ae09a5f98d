//! To which countries codes are sent.

use std::fmt;
use std::str::FromStr;

use shared::phone::Phone;
use shared::region::Region;
use shared::store::Store;

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

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        match text.trim() {
            "stores" => Ok(CodeCountries::OfStores),
            "all" => Ok(CodeCountries::All),
            codes => {
                let parsed: std::result::Result<Vec<u16>, _> =
                    codes.split(',').map(|code| code.trim().trim_start_matches('+').parse()).collect();
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
            CodeCountries::Only(codes) => codes.iter().any(|code| has_code(phone, &code.to_string())),
            CodeCountries::OfStores => {
                let regions: Option<Vec<Region>> = stores.map(|store| Region::of_zone(&store.zone.name)).collect();
                let has_any = |regions: Vec<Region>| regions.iter().any(|region| has_code(phone, region.calling_code()));
                regions.is_none_or(|regions| regions.is_empty() || has_any(regions))
            }
        }
    }
}

pub(crate) fn has_code(phone: &Phone, code: &str) -> bool {
    phone.as_str().trim_start_matches('+').starts_with(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phone(text: &str) -> Phone {
        Phone::parse(text, Region::Cn).expect("a number")
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
