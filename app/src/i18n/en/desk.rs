//! Words of the desk app.

use crate::i18n::desk::Words;

pub(in crate::i18n) const WORDS: Words = Words { title: "Huiyue Desk" };
