//! Session tokens: 256 random bits in the cookie, their SHA-256 in the database. Whoever reads the database cannot sign in.

use sha2::{Digest, Sha256};

use crate::clock::random_bytes;

/// A new token as it stands in the cookie: 64 hexadecimal digits.
#[must_use]
pub fn new_token() -> String {
    hex(&random_bytes::<32>())
}

/// What of a token is stored.
#[must_use]
pub fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// A uniform number below `bound`; 0 when that is 0.
#[must_use]
pub fn random_below(bound: u32) -> u32 {
    let Some(rest) = u32::MAX.checked_rem(bound) else { return 0 };
    // The last incomplete stretch of numbers is thrown away, so that all are equally likely.
    loop {
        let number = u32::from_le_bytes(random_bytes());
        if number < u32::MAX - rest {
            return number % bound;
        }
    }
}

/// Bytes as hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Bytes from hexadecimal digits; `None` when they are none.
#[must_use]
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_tokens_are_never_the_same_and_only_their_hash_is_kept() {
        let (one, two) = (new_token(), new_token());
        assert_ne!(one, two);
        assert_eq!(one.len(), 64);
        assert_eq!(hash(&one), hash(&one));
        assert_ne!(hash(&one), hash(&two));
    }

    #[test]
    fn a_number_stays_below_its_bound() {
        assert!((0..200).all(|_| random_below(7) < 7));
    }

    #[test]
    fn bytes_go_to_digits_and_back() {
        assert_eq!(unhex(&hex(b"\x00\xfe12")), Some(b"\x00\xfe12".to_vec()));
        assert_eq!(unhex("0"), None);
        assert_eq!(unhex("zz"), None);
    }
}
