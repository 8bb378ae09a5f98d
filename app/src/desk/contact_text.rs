//! A member's contact in words.

use shared::member::{Contact, Member};

use crate::i18n;

/// The number as far as this role may see it.
#[must_use]
pub(crate) fn phone_text(member: &Member) -> String {
    contact_text(member.number())
}

/// A number as far as this role may see it.
#[must_use]
pub(crate) fn contact_text(contact: &Contact) -> String {
    match &contact.phone {
        Some(phone) => phone.spaced(),
        None if contact.masked.is_empty() => i18n::people().no_phone.to_owned(),
        None => contact.masked.clone(),
    }
}
