//! Session tokens: 256 random bits in the cookie, their SHA-256 in the database. Whoever reads the database cannot sign in.

use rand::Rng;
use sha2::{Digest, Sha256};

use crate::clock::random_bytes;

/// A new token as it stands in the cookie: 64 hexadecimal digits.
#[must_use]
pub fn new_token() -> String {
    hex::encode(random_bytes::<32>())
}

/// What of a token is stored.
#[must_use]
pub fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// A uniform number below `bound`; 0 when that is 0.
#[must_use]
pub fn random_below(bound: u32) -> u32 {
    rand::rng().random_range(0..bound.max(1))
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
}
