//! One-time codes: six digits, good for ten minutes, kept as a keyed hash only (`Sealer::code_hash`).

use super::token::random_below;

/// How long a code is good.
pub const GOOD_FOR_MINUTES: i64 = 10;

/// A new code, `042317`.
#[must_use]
pub fn new_code() -> String {
    format!("{:06}", random_below(1_000_000))
}

/// Whether a text could be a code at all.
#[must_use]
pub fn is_code(text: &str) -> bool {
    text.len() == 6 && text.bytes().all(|digit| digit.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_six_digits() {
        assert!((0..50).all(|_| is_code(&new_code())));
        assert!(!is_code("12345") && !is_code("12345a") && !is_code("１２３４５６"));
    }
}
