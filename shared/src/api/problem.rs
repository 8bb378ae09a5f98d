//! What the server says about a request it did not carry out: `application/problem+json` (RFC 9457).

use serde::{Deserialize, Serialize};

/// A problem, in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Problem {
    /// `/problems/<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// In English.
    pub title: String,
    /// In Chinese.
    pub title_zh: String,
    /// HTTP status.
    pub status: u16,
    /// More for developers, where there is more; never anything personal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// After so many seconds it may be tried again. Travels as the header `retry-after`.
    #[serde(skip)]
    pub retry_after_seconds: Option<u32>,
}

impl Problem {
    /// What all problems of a code have in common in their `type`.
    const PREFIX: &str = "/problems/";

    /// The `type` of a code.
    #[must_use]
    pub fn kind_of(code: &str) -> String {
        [Problem::PREFIX, code].concat()
    }

    /// `time_taken` of `/problems/time_taken`.
    #[must_use]
    pub fn code(&self) -> &str {
        self.kind.strip_prefix(Problem::PREFIX).unwrap_or_default()
    }
}
