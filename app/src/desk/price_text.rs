//! Amounts of money as people type them. Pure.

use shared::money::{Money, Price};

/// Nothing typed is "on consultation"; `168`, `168.5`, `¥168`. `Err` when it is no amount.
pub(crate) fn price_of(text: &str) -> Result<Price, ()> {
    let text: String = text.chars().filter(|letter| !matches!(letter, '¥' | '￥' | '$' | '€' | '£' | ',' | ' ')).collect();
    if text.is_empty() {
        return Ok(None);
    }
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    if rest.len() > 2 || !rest.chars().all(|letter| letter.is_ascii_digit()) {
        return Err(());
    }
    let cents: i64 = format!("{rest:0<2}").parse().map_err(|_| ())?;
    let whole: i64 = whole.parse().map_err(|_| ())?;
    if (0..=10_000_000).contains(&whole) { Ok(Some(Money(whole * 100 + cents))) } else { Err(()) }
}

/// As it is typed: `168`, `168.50`, nothing.
pub(crate) fn price_text(price: Price) -> String {
    match price {
        None => String::new(),
        Some(Money(cents)) if cents % 100 == 0 => (cents / 100).to_string(),
        Some(Money(cents)) => format!("{}.{:02}", cents / 100, cents % 100),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_price_is_not_the_same_as_free() {
        assert_eq!(price_of(" "), Ok(None));
        assert_eq!(price_of("0"), Ok(Some(Money(0))));
        assert_eq!(price_of("¥1,168.5"), Ok(Some(Money(116_850))));
        assert_eq!(price_of("much"), Err(()));
        assert_eq!(price_text(Some(Money(116_850))), "1168.50");
    }
}
