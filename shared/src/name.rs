//! Names shown to people, in both languages of the product.

use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;
use crate::text::clean_line;

/// The languages of the interface (X5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// 简体中文
    #[default]
    #[serde(rename = "zh")]
    Chinese,
    /// English
    #[serde(rename = "en")]
    English,
}

/// A name in Chinese and, where there is one, in English.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// Chinese, or the only name there is.
    pub zh: String,
    /// English; empty when the same.
    pub en: String,
}

impl Name {
    /// Both names.
    #[must_use]
    pub fn new(zh: &str, en: &str) -> Self {
        Name { zh: zh.to_owned(), en: en.to_owned() }
    }

    /// One name for both languages.
    #[must_use]
    pub fn only(name: &str) -> Self {
        Name::new(name, "")
    }

    /// The name in a language, falling back to the other.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::English if !self.en.is_empty() => &self.en,
            Language::Chinese if self.zh.is_empty() => &self.en,
            _ => &self.zh,
        }
    }

    /// # Errors
    /// When there is no name.
    pub fn check(&self) -> Result<(), Refusal> {
        if clean_line(&self.zh).is_empty() && clean_line(&self.en).is_empty() {
            return Err(Refusal::Invalid { field: "name".into() });
        }
        Ok(())
    }
}
