//! desk 端的词.

use crate::i18n::desk::Words;

pub(in crate::i18n) const WORDS: Words = Words { title: "会约 前台" };
