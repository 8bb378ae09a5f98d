//! member 端的词.

use crate::i18n::member::Words;

pub(in crate::i18n) const WORDS: Words = Words { title: "会约" };
