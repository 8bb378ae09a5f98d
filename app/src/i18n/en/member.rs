//! Words of the member app.

use crate::i18n::member::Words;

pub(in crate::i18n) const WORDS: Words = Words { title: "Huiyue" };
