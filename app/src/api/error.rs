//! Why a request was not answered.

use shared::api::problem::Problem;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// The server cannot be reached, or did not answer in time.
    Offline,
    /// Nobody is signed in, or no longer (401).
    SignedOut,
    /// The session was ended by somebody (401): what only it could read is to be forgotten here.
    AccessEnded,
    /// The server speaks a newer protocol (426): refresh.
    Outdated,
    /// The server said no, and why.
    Problem(Problem),
    /// The answer makes no sense.
    Unreadable,
}

impl ApiError {
    /// The code of a problem, e.g. `wrong_code`; empty for the others.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            ApiError::Problem(problem) => problem.code(),
            _ => "",
        }
    }

    /// After how many seconds it may be tried again; 0 where nobody said so.
    #[must_use]
    pub fn retry_after_seconds(&self) -> u32 {
        match self {
            ApiError::Problem(problem) => problem.retry_after_seconds.unwrap_or(0),
            _ => 0,
        }
    }
}
