//! Money: whole minor units of one currency. No floats, no conversion.

use serde::{Deserialize, Serialize};

/// An amount in minor units (fen, cents) of the store's currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(pub i64);

/// A price; `None` means "on consultation" 面议, which is not the same as free.
pub type Price = Option<Money>;

/// An ISO 4217 currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// Not three capital letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a currency is three capital letters")]
pub struct NotACurrency;

impl Currency {
    /// Chinese yuan.
    pub const CNY: Currency = Currency(*b"CNY");
    /// Canadian dollar.
    pub const CAD: Currency = Currency(*b"CAD");

    /// Reads `CNY`.
    ///
    /// # Errors
    /// When the text is not three capital letters.
    pub fn parse(text: &str) -> Result<Self, NotACurrency> {
        match text.as_bytes() {
            [a, b, c] if [a, b, c].iter().all(|letter| letter.is_ascii_uppercase()) => Ok(Currency([*a, *b, *c])),
            _ => Err(NotACurrency),
        }
    }

    /// The three letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// The sign people know, or the code.
    #[must_use]
    pub fn sign(&self) -> &str {
        match &self.0 {
            b"CNY" => "¥",
            b"USD" | b"CAD" => "$",
            b"EUR" => "€",
            b"GBP" => "£",
            _ => self.code(),
        }
    }

    /// `¥168` or `¥168.50`.
    #[must_use]
    pub fn show(&self, amount: Money) -> String {
        let sign = if amount.0 < 0 { "−" } else { "" };
        let (whole, rest) = (amount.0.unsigned_abs() / 100, amount.0.unsigned_abs() % 100);
        if rest == 0 { format!("{sign}{}{whole}", self.sign()) } else { format!("{sign}{}{whole}.{rest:02}", self.sign()) }
    }
}

impl TryFrom<String> for Currency {
    type Error = NotACurrency;
    fn try_from(text: String) -> Result<Self, NotACurrency> {
        Currency::parse(&text)
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_shown_as_people_write_it() {
        assert_eq!(Currency::CNY.show(Money(16_800)), "¥168");
        assert_eq!(Currency::CAD.show(Money(-1_950)), "−$19.50");
    }
}
