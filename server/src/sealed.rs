//! Personal data at rest: sealed with ChaCha20-Poly1305, found again by keyed hashes. The key lives outside the database.
//!
//! A sealed value is `version (1) ‖ nonce (12) ‖ ciphertext and tag`. It is bound to the id of the record it belongs to, so that
//! it cannot be moved to another one.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use hmac::{Hmac, Mac};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::Sha256;
use shared::id::StoreId;
use shared::phone::Phone;
use uuid::Uuid;

use crate::clock::random_bytes;

const VERSION: u8 = 1;
/// The file of the key in the data directory.
pub(crate) const KEY_FILE: &str = "secret.key";

/// Why sealed data cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The key is not 64 hexadecimal digits.
    #[error("the key must be 64 hexadecimal digits")]
    NotAKey,
    /// The file of the key cannot be read or made.
    #[error("the key file {path}: {error}")]
    File {
        /// Where.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// Another key, another record, or damaged.
    #[error("sealed data cannot be opened")]
    Broken,
}

/// Seals and opens; knows the keys.
#[derive(Clone)]
pub struct Sealer {
    cipher: ChaCha20Poly1305,
    index_key: [u8; 32],
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealer")
    }
}

impl Sealer {
    /// From a master key; the keys in use are derived from it.
    #[must_use]
    pub fn from_key(master: &[u8; 32]) -> Self {
        let cipher = ChaCha20Poly1305::new(&keyed_hash(master, b"huiyue seal 1").into());
        Sealer { cipher, index_key: keyed_hash(master, b"huiyue index 1") }
    }

    /// With the key given (64 hexadecimal digits), or the one in `<data>/secret.key`, which is made on the first start.
    ///
    /// # Errors
    /// `NotAKey`, or `File` when the file can neither be read nor made.
    pub fn open_or_create(data: &Path, given: Option<&str>) -> Result<Self, SealError> {
        if let Some(text) = given {
            return Ok(Self::from_key(&parse_key(text)?));
        }
        let path = data.join(KEY_FILE);
        let broken = |error| SealError::File { path: path.clone(), error };
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Self::from_key(&parse_key(&text)?)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let key: [u8; 32] = random_bytes();
                let text: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
                let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(broken)?;
                file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(broken)?;
                Ok(Self::from_key(&key))
            }
            Err(error) => Err(broken(error)),
        }
    }

    /// Seals bytes for the record `owner`.
    #[must_use]
    pub fn seal(&self, owner: Uuid, plain: &[u8]) -> Vec<u8> {
        let nonce: [u8; 12] = random_bytes();
        let payload = Payload { msg: plain, aad: owner.as_bytes() };
        // Fails only beyond 256 GiB; an empty result would not open again, which is then noticed.
        let sealed = self.cipher.encrypt(Nonce::from_slice(&nonce), payload).unwrap_or_default();
        [&[VERSION], nonce.as_slice(), &sealed].concat()
    }

    /// Opens what was sealed for the record `owner`.
    ///
    /// # Errors
    /// `Broken`.
    pub fn open(&self, owner: Uuid, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let (version, rest) = sealed.split_first().ok_or(SealError::Broken)?;
        let (nonce, text) = rest.split_at_checked(12).ok_or(SealError::Broken)?;
        if *version != VERSION {
            return Err(SealError::Broken);
        }
        let payload = Payload { msg: text, aad: owner.as_bytes() };
        self.cipher.decrypt(Nonce::from_slice(nonce), payload).map_err(|_| SealError::Broken)
    }

    /// Seals a value as JSON.
    #[must_use]
    pub fn seal_json<T: Serialize>(&self, owner: Uuid, value: &T) -> Vec<u8> {
        self.seal(owner, &serde_json::to_vec(value).unwrap_or_default())
    }

    /// Opens a value sealed as JSON.
    ///
    /// # Errors
    /// `Broken`.
    pub fn open_json<T: DeserializeOwned>(&self, owner: Uuid, sealed: &[u8]) -> Result<T, SealError> {
        serde_json::from_slice(&self.open(owner, sealed)?).map_err(|_| SealError::Broken)
    }

    /// Keyed hash of a whole number, for looking it up.
    #[must_use]
    pub fn phone_index(&self, phone: &Phone) -> Vec<u8> {
        self.index(b"phone", phone.as_str())
    }

    /// Keyed hash of the last four digits, for the search that desks are used to (M11).
    #[must_use]
    pub fn tail_index(&self, tail: &str) -> Vec<u8> {
        self.index(b"tail", tail)
    }

    /// Keyed hash of a one-time code. A million codes are quickly hashed: the key, which is not in the database, protects them.
    #[must_use]
    pub fn code_hash(&self, phone: &Phone, code: &str) -> Vec<u8> {
        self.index(b"code", &format!("{}/{code}", phone.as_str()))
    }

    /// The same for a code that is said at a desk: it is another one for every store, and never one for signing in.
    #[must_use]
    pub fn desk_code_hash(&self, store: StoreId, phone: &Phone, code: &str) -> Vec<u8> {
        self.index(b"desk code", &format!("{store}/{}/{code}", phone.as_str()))
    }

    /// Our mark on a browser's secret, and on the secret together with somebody who was signed in there: 32 hexadecimal digits.
    #[must_use]
    pub fn browser_mark(&self, secret: &str, subject: &[u8]) -> String {
        let text = [b"browser\0".as_slice(), secret.as_bytes(), b"\0", subject].concat();
        keyed_hash(&self.index_key, &text).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }

    fn index(&self, what: &[u8], text: &str) -> Vec<u8> {
        keyed_hash(&self.index_key, &[what, b"\0", text.as_bytes()].concat()).to_vec()
    }
}

fn keyed_hash(key: &[u8; 32], text: &[u8]) -> [u8; 32] {
    // HMAC takes keys of any length, so this never takes the other way.
    let Ok(mut mac) = <Hmac<Sha256> as Mac>::new_from_slice(key) else { return [0; 32] };
    mac.update(text);
    mac.finalize().into_bytes().into()
}

fn parse_key(text: &str) -> Result<[u8; 32], SealError> {
    let text = text.trim();
    let mut key = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return Err(SealError::NotAKey);
    }
    for (index, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * index..2 * index + 2], 16).map_err(|_| SealError::NotAKey)?;
    }
    Ok(key)
}

#[cfg(test)]
mod tests {
    use shared::region::Region;

    use super::*;

    #[test]
    fn what_was_sealed_for_one_person_does_not_open_for_another() {
        let sealer = Sealer::from_key(&[7; 32]);
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let sealed = sealer.seal(one, "过敏：氨水".as_bytes());
        assert_eq!(sealer.open(one, &sealed).expect("her own"), "过敏：氨水".as_bytes());
        assert!(sealer.open(other, &sealed).is_err());
        assert!(Sealer::from_key(&[8; 32]).open(one, &sealed).is_err());
        assert!(sealer.open(one, &sealed[..5]).is_err());
    }

    #[test]
    fn a_number_is_found_again_only_with_the_key() {
        let phone = Phone::parse("138 0013 8000", Region::Cn).expect("a mobile");
        let sealer = Sealer::from_key(&[7; 32]);
        assert_eq!(sealer.phone_index(&phone), Sealer::from_key(&[7; 32]).phone_index(&phone));
        assert_ne!(sealer.phone_index(&phone), Sealer::from_key(&[8; 32]).phone_index(&phone));
        assert_ne!(sealer.tail_index("8000"), sealer.phone_index(&phone));
    }

    #[test]
    fn the_key_is_made_once_and_found_again() {
        let place = std::env::temp_dir().join(format!("huiyue-key-{}", std::process::id()));
        fs::create_dir_all(&place).expect("a directory");
        let sealed = Sealer::open_or_create(&place, None).expect("a new key").seal(Uuid::nil(), b"note");
        assert_eq!(Sealer::open_or_create(&place, None).expect("the same key").open(Uuid::nil(), &sealed).expect("opens"), b"note");
        assert!(matches!(Sealer::open_or_create(&place, Some("short")), Err(SealError::NotAKey)));
        fs::remove_dir_all(&place).expect("removed");
    }
}
