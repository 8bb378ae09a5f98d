//! Phone numbers: a login and a way to reach somebody, never a person.

mod plan;
mod reading;

use serde::{Deserialize, Serialize, Serializer};

use crate::personal;
use crate::region::Region;

pub use reading::NotRead;

/// A phone number in international form, `+8613800138000`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct Phone(String);

/// Not a number that can be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a phone number in international form")]
pub struct NotAPhone;

impl Serialize for Phone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        personal::serialize(self.0.as_str(), false, serializer)
    }
}

impl Phone {
    /// A number in international form, as programs write it: `+` and 8 to 15 digits.
    ///
    /// # Errors
    /// Anything else.
    pub fn from_e164(text: &str) -> Result<Self, NotAPhone> {
        text.strip_prefix('+').ok_or(NotAPhone).and_then(Phone::international)
    }

    fn international(digits: &str) -> Result<Self, NotAPhone> {
        let sound = (8..=15).contains(&digits.len()) && !digits.starts_with('0') && digits.bytes().all(|digit| digit.is_ascii_digit());
        if sound { Ok(Phone(format!("+{digits}"))) } else { Err(NotAPhone) }
    }

    /// From the digits after the calling code.
    fn of(region: Region, national: &str) -> Self {
        Phone(format!("+{}{national}", region.calling_code()))
    }

    /// `+8613800138000`
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last four digits, which desks search by (M11).
    #[must_use]
    pub fn tail(&self) -> &str {
        self.0.get(self.0.len().saturating_sub(4)..).unwrap_or_default()
    }

    /// `138****8000`: what people without the right to the contact see.
    #[must_use]
    pub fn masked(&self) -> String {
        let home = self.0.strip_prefix("+86").or_else(|| self.0.strip_prefix("+1")).unwrap_or(&self.0);
        let head = home.get(..3).unwrap_or_default();
        format!("{head}****{}", self.tail())
    }

    /// `138 0013 8000`, `+852 9123 4567`: for the person's own eyes and for calling.
    #[must_use]
    pub fn spaced(&self) -> String {
        match self.0.strip_prefix("+86") {
            Some(home) if home.len() == 11 => format!("{} {} {}", &home[..3], &home[3..7], &home[7..]),
            _ => self.international_form(),
        }
    }

    /// `+86 138 0013 8000`: what reads as the same number anywhere.
    #[must_use]
    pub fn in_full(&self) -> String {
        match self.0.strip_prefix("+86") {
            Some(_) if !self.spaced().starts_with('+') => format!("+86 {}", self.spaced()),
            _ => self.international_form(),
        }
    }

    /// Whether it is a landline of the mainland, which no message reaches. Elsewhere a number does not tell.
    #[must_use]
    pub fn is_landline(&self) -> bool {
        self.0.strip_prefix("+86").is_some_and(plan::is_mainland_fixed)
    }

    /// The calling code, then the number in groups as it is read aloud.
    fn international_form(&self) -> String {
        let digits = self.0.get(1..).unwrap_or_default();
        let code = Region::ALL.into_iter().map(Region::calling_code).find(|code| digits.starts_with(code)).unwrap_or_default();
        let national = digits.get(code.len()..).unwrap_or_default();
        let (area, rest) = match (code, national.len()) {
            ("1", 10) => national.split_at(3),
            (_, length) => national.split_at(length.saturating_sub(8)),
        };
        let (middle, last) = rest.split_at(rest.len().saturating_sub(4));
        let groups = [area, middle, last].into_iter().filter(|group| !group.is_empty());
        groups.fold(format!("+{code}"), |line, group| format!("{line}{}{group}", if line == "+" { "" } else { " " }))
    }
}

/// Never print a number by accident: logs show the mask.
impl std::fmt::Debug for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Phone({})", self.masked())
    }
}

impl TryFrom<String> for Phone {
    type Error = NotAPhone;
    fn try_from(text: String) -> Result<Self, NotAPhone> {
        Phone::from_e164(&text)
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_shows_itself_with_spaces_or_masked() {
        let phone = Phone::from_e164("+8613800138000").expect("a mobile");
        assert_eq!(phone.masked(), "138****8000");
        assert_eq!(phone.spaced(), "138 0013 8000");
        let abroad = |text| Phone::from_e164(text).expect("abroad");
        assert_eq!(abroad("+16045550123").tail(), "0123");
        assert_eq!(abroad("+16045550123").spaced(), "+1 604 555 0123");
        assert_eq!(abroad("+85291234567").spaced(), "+852 9123 4567");
        assert_eq!(abroad("+8616045550123").spaced(), "160 4555 0123");
    }

    #[test]
    fn a_number_in_full_is_read_as_itself_in_every_region() {
        for text in ["+8613800138000", "+886912345678", "+84912345678", "+16045550123", "+862155550100"] {
            let phone = Phone::from_e164(text).expect("a number");
            for region in Region::ALL {
                assert_eq!(Phone::parse(&phone.in_full(), region).as_ref(), Ok(&phone), "{}", phone.in_full());
            }
        }
    }

    #[test]
    fn a_landline_is_known_at_home_and_no_mobile_is_taken_for_one() {
        let is_landline = |text| Phone::from_e164(text).expect("a number").is_landline();
        assert!(is_landline("+862155550100") && is_landline("+861088886666") && is_landline("+8675512345678"));
        assert!(!is_landline("+8613800138000") && !is_landline("+8616045550123") && !is_landline("+85221234567"));
    }

    #[test]
    fn programs_write_numbers_in_international_form_only() {
        for text in ["", "12345", "call me", "+", "0086", "+12345678901234567", "13800138000", "+86 13800138000", "+0613800138000"] {
            assert_eq!(Phone::from_e164(text), Err(NotAPhone), "{text}");
        }
    }

    #[test]
    fn a_log_line_shows_only_the_mask() {
        let phone = Phone::from_e164("+8613800138000").expect("a mobile");
        assert_eq!(format!("{phone:?}"), "Phone(138****8000)");
    }
}
