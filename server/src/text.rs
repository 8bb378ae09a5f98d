//! Text as it enters the server: composed (NFC), then cleaned and measured like everywhere.

use std::borrow::Cow;

use shared::command::Command;
use shared::refusal::Refusal;
use shared::text::Limit;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The same letters in their composed form.
#[must_use]
pub fn composed(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        IsNormalized::No | IsNormalized::Maybe => Cow::Owned(text.nfc().collect()),
    }
}

/// A text that came by another way than a command, under its limit.
///
/// # Errors
/// `TooLong`.
pub fn taken(field: &str, limit: Limit, text: &str) -> Result<String, Refusal> {
    limit.check_bytes(field, text)?;
    let clean = limit.clean(&composed(text));
    limit.check(field, &clean).map(|()| clean)
}

/// Every text of a command.
///
/// # Errors
/// `TooLong`.
pub fn clean(command: &mut Command) -> Result<(), Refusal> {
    command.clean_texts(|text| composed(text).into_owned())
}

/// Text that Postgres cannot store, as text or as JSON.
pub(crate) fn has_nul(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::String(text) => text.contains('\0'),
        serde_json::Value::Array(values) => values.iter().any(has_nul),
        serde_json::Value::Object(fields) => fields.iter().any(|(name, value)| name.contains('\0') || has_nul(value)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accent_typed_by_itself_is_the_same_letter() {
        assert_eq!(taken("name", Limit::Line(4), "Zoe\u{301}").as_deref(), Ok("Zo\u{e9}"));
        assert_eq!(taken("name", Limit::Line(1), "\u{1112}\u{1161}\u{11ab}").as_deref(), Ok("\u{d55c}"));
    }

    #[test]
    fn a_megabyte_of_accents_is_refused_before_anybody_counts_it() {
        assert!(taken("name", Limit::Line(40), &"e\u{301}".repeat(500_000)).is_err());
    }
}
