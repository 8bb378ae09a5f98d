//! One-time codes: six digits, good for ten minutes, kept as a keyed hash only (`Sealer::code_hash`). Sealed they wait in their message
//! until it has left.

use serde_json::json;
use shared::name::Language;
use shared::phone::Phone;
use shared::store::Store;
use shared::time::Timestamp;
use uuid::Uuid;

use super::token::random_below;
use crate::db::messages::{Addressee, NewMessage};
use crate::sealed::Sealer;
use crate::template::Template;

/// How long a code is good.
pub const GOOD_FOR_MINUTES: i64 = 10;

/// A new code, `042317`.
#[must_use]
pub fn new_code() -> String {
    format!("{:06}", random_below(1_000_000))
}

/// A code on its way to a phone.
#[derive(Clone, Copy, Debug)]
pub struct Carried<'a> {
    /// To this number.
    pub phone: &'a Phone,
    /// The code.
    pub code: &'a str,
    /// In this language.
    pub language: Language,
    /// At the desk of this store it will be said; `None` for one that signs in.
    pub store: Option<&'a Store>,
}

impl Carried<'_> {
    /// The message; `id` is its id and seals number and code.
    pub(crate) fn message(self, id: Uuid, sealer: &Sealer, now: Timestamp) -> NewMessage {
        let code = hex::encode(sealer.seal(id, self.code.as_bytes()));
        let (template, facts) = match self.store {
            Some(store) => (Template::DeskCode, json!({ "code": code, "store": store.name })),
            None => (Template::Code, json!({ "code": code })),
        };
        NewMessage {
            id,
            template,
            to: Addressee::Number(sealer.seal(id, self.phone.as_str().as_bytes())),
            language: Some(self.language),
            store: self.store.map(|store| store.id),
            about: None,
            facts,
            is_own: false,
            due_at: now,
            good_until: Some(now.plus_minutes(GOOD_FOR_MINUTES)),
        }
    }
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
