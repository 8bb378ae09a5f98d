//! Phone numbers: a login and a way to reach somebody, never a person.

use serde::{Deserialize, Serialize};

/// A phone number in international form, `+8613800138000`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

/// Not a number that can be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a phone number")]
pub struct NotAPhone;

impl Phone {
    /// Reads a number as people type it: spaces, dashes and brackets are dropped, full-width digits are read, and an
    /// eleven-digit number starting with 1 is a mainland mobile.
    ///
    /// # Errors
    /// When what is left is not 8 to 15 digits.
    pub fn parse(text: &str) -> Result<Self, NotAPhone> {
        let mut digits = String::new();
        let mut international = false;
        for (index, letter) in text.trim().chars().enumerate() {
            match letter {
                '+' | '＋' if index == 0 => international = true,
                ' ' | '-' | '(' | ')' | '.' | '\u{3000}' => {}
                '０'..='９' => digits.push(char::from_u32(letter as u32 - '０' as u32 + '0' as u32).ok_or(NotAPhone)?),
                '0'..='9' => digits.push(letter),
                _ => return Err(NotAPhone),
            }
        }
        if !international {
            if digits.len() == 11 && digits.starts_with('1') && !digits.starts_with("10") {
                digits.insert_str(0, "86");
            } else if let Some(rest) = digits.strip_prefix("00") {
                digits = rest.to_owned();
            } else if digits.len() == 10 {
                digits.insert(0, '1'); // North American numbers are ten digits at home.
            } else {
                return Err(NotAPhone);
            }
        }
        if (8..=15).contains(&digits.len()) && !digits.starts_with('0') { Ok(Phone(format!("+{digits}"))) } else { Err(NotAPhone) }
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

    /// `138 0013 8000`: for the person's own eyes and for calling.
    #[must_use]
    pub fn spaced(&self) -> String {
        match self.0.strip_prefix("+86") {
            Some(home) if home.len() == 11 => format!("{} {} {}", &home[..3], &home[3..7], &home[7..]),
            _ => self.0.clone(),
        }
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
        Phone::parse(&text)
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
    fn a_number_is_read_as_people_type_it() {
        let phone = Phone::parse("138 0013-8000").expect("a mobile");
        assert_eq!(phone.as_str(), "+8613800138000");
        assert_eq!(Phone::parse("１３８００１３８０００").expect("full width"), phone);
        assert_eq!(phone.masked(), "138****8000");
        assert_eq!(phone.spaced(), "138 0013 8000");
        assert_eq!(Phone::parse("+1 (604) 555-0123").expect("abroad").tail(), "0123");
    }

    #[test]
    fn what_cannot_be_called_is_refused() {
        for text in ["", "12345", "call me", "+", "0086", "+12345678901234567"] {
            assert_eq!(Phone::parse(text), Err(NotAPhone), "{text}");
        }
    }

    #[test]
    fn a_log_line_shows_only_the_mask() {
        let phone = Phone::parse("13800138000").expect("a mobile");
        assert_eq!(format!("{phone:?}"), "Phone(138****8000)");
    }
}
