//! What an import says, in both languages: the reader's is picked when it is printed.

use shared::name::Language;

/// Fixed words, Chinese and English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Words(pub &'static str, pub &'static str);

impl Words {
    /// The words in a language.
    pub const fn get(self, language: Language) -> &'static str {
        match language {
            Language::Chinese => self.0,
            Language::English => self.1,
        }
    }
}

/// A sentence about what was found, in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    zh: String,
    en: String,
}

impl Sentence {
    /// Chinese and English.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// What reads the same in every language: codes, numbers, times.
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { zh: text.clone(), en: text }
    }

    /// What it is about, and what there is to say about it.
    pub fn followed_by(&self, what: &Sentence) -> Self {
        Self { zh: format!("{}：{}", self.zh, what.zh), en: format!("{}: {}", self.en, what.en) }
    }

    /// The sentence in a language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Chinese => &self.zh,
            Language::English => &self.en,
        }
    }
}

impl From<Words> for Sentence {
    fn from(words: Words) -> Self {
        Self::new(words.0, words.1)
    }
}

/// An amount of money as people write it.
pub fn amount(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.unsigned_abs() / 100, cents.unsigned_abs() % 100)
}

/// The language of whoever reads a terminal, from `LC_ALL`, `LC_MESSAGES` and `LANG`: as everywhere, English where it is asked for,
/// else Chinese.
pub fn language_of_terminal(setting: impl Fn(&str) -> Option<String>) -> Language {
    let asked = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(setting).find(|value| !value.is_empty());
    match asked {
        Some(value) if value.to_ascii_lowercase().starts_with("en") => Language::English,
        _ => Language::Chinese,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_speaks_its_readers_language() {
        let language = |settings: &[(&str, &str)]| {
            language_of_terminal(|name| settings.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
        };
        assert_eq!(language(&[("LANG", "en_GB.UTF-8")]), Language::English);
        assert_eq!(language(&[("LANG", "zh_CN.UTF-8")]), Language::Chinese);
        assert_eq!(language(&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "en_US.UTF-8")]), Language::English);
        assert_eq!(language(&[("LC_ALL", ""), ("LANG", "en_US")]), Language::English);
        assert_eq!(language(&[("LANG", "C.UTF-8")]), Language::Chinese);
        assert_eq!(language(&[]), Language::Chinese);
    }

    #[test]
    fn an_owner_who_owes_half_a_dollar_reads_a_minus() {
        assert_eq!([amount(8_200), amount(-50), amount(-5_005), amount(0)], ["82.00", "-0.50", "-50.05", "0.00"]);
    }
}
