//! What can go wrong, and how it is told over HTTP: `application/problem+json` with a stable type and titles in both languages.
//! Faults of ours are logged once and never shown.

pub mod problem;
pub(crate) mod refusals;

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::api;
use shared::refusal::Refusal;

use crate::error::problem::Problem;
use crate::text::has_nul;

/// The answer of a handler.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Whatever a handler can fail with.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A problem to tell, with a detail for developers.
    #[error("{}: {}", .0.code, .1.as_deref().unwrap_or_default())]
    Problem(Problem, Option<String>),
    /// A no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The database.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// Sealed data does not open.
    #[error(transparent)]
    Sealed(#[from] crate::sealed::SealError),
    /// Too many tries; so many seconds to wait.
    #[error("too many tries, wait {0} s")]
    TooMany(u64),
    /// Beyond a limit; what to do is in the problem's words. So many seconds to wait.
    #[error("{}, wait {} s", .0.code, .1)]
    Limited(Problem, u64),
    /// A fault of ours, for the log.
    #[error("{0}")]
    Fault(String),
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Error::Problem(problem, None)
    }
}

impl Problem {
    /// The problem with a detail for developers; never personal data.
    #[must_use]
    pub fn detail(self, detail: impl Into<String>) -> Error {
        Error::Problem(self, Some(detail.into()))
    }
}

/// Whether the database cannot be reached for now: restarting, stopping, no connection to be had.
#[must_use]
pub fn is_unavailable(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::Protocol(_)
        | sqlx::Error::Tls(_) => true,
        sqlx::Error::Database(error) => error.code().is_some_and(|code| {
            code.starts_with("08") || code.starts_with("57P") || code.starts_with("53") || code == "58030" || code == "25006"
        }),
        _ => false,
    }
}

fn document(code: &str, problem: Problem, detail: Option<String>) -> Response {
    told(code, problem.status, problem.title, problem.title_zh, detail)
}

fn told(code: &str, status: StatusCode, title: &str, title_zh: &str, detail: Option<String>) -> Response {
    let body = api::problem::Problem {
        kind: api::problem::Problem::kind_of(code),
        title: title.to_owned(),
        title_zh: title_zh.to_owned(),
        status: status.as_u16(),
        detail,
        retry_after_seconds: None,
    };
    let mut response = (status, Json(body)).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if status == StatusCode::SERVICE_UNAVAILABLE || status == StatusCode::TOO_MANY_REQUESTS {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("2"));
    }
    response
}

/// How long to wait is said in words, too, where somebody has had enough: in minutes, from two hours on in hours.
fn wait(problem: Problem, seconds: u64) -> Response {
    let minutes = seconds.div_ceil(60).max(1);
    let (time, time_zh) = match minutes {
        ..120 => (format!("{minutes} min"), format!("{minutes} 分钟")),
        _ => (format!("{} hours", minutes.div_ceil(60)), format!("{} 小时", minutes.div_ceil(60))),
    };
    let told = |title: String, title_zh: String| told(problem.code, problem.status, &title, &title_zh, None);
    let mut response = match problem.code {
        code if code == Problem::TOO_MANY_CODES.code => told(
            format!("No more codes can be sent for now. Please try again in {time}, or call the store."),
            format!("能发送的验证码已达上限，请过 {time_zh}再试，或致电门店。"),
        ),
        code if code == Problem::TOO_MANY.code => {
            told(format!("Too many tries. Please wait {time}."), format!("尝试次数过多，请再等 {time_zh}。"))
        }
        _ => document(problem.code, problem, None),
    };
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    response
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        match self {
            Error::Problem(problem, detail) => document(problem.code, problem, detail),
            Error::Refused(refusal) => document(refusal.code(), refusals::problem_of(&refusal), Some(refusal.to_string())),
            Error::Database(error) if is_unavailable(&error) => {
                tracing::warn!(%error, "the database is not available");
                document(Problem::UNAVAILABLE.code, Problem::UNAVAILABLE, None)
            }
            Error::TooMany(seconds) => wait(Problem::TOO_MANY, seconds),
            Error::Limited(problem, seconds) => wait(problem, seconds),
            error => {
                tracing::error!(%error, "a request failed");
                document(Problem::INTERNAL.code, Problem::INTERNAL, None)
            }
        }
    }
}

/// The body as bytes, or a problem when it is too large or was cut off.
///
/// # Errors
/// `TOO_LARGE`, `MALFORMED`.
pub async fn body<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes> {
    Bytes::from_request(request, state).await.map_err(|rejection: BytesRejection| {
        let too_large = rejection.status() == StatusCode::PAYLOAD_TOO_LARGE;
        Error::from(if too_large { Problem::TOO_LARGE } else { Problem::MALFORMED })
    })
}

/// The part of the address that a route leaves open, as text.
#[derive(Clone, Debug)]
pub struct PathText(pub String);

impl<S: Send + Sync> FromRequestParts<S> for PathText {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let found = Path::<String>::from_request_parts(parts, state).await;
        found.map(|Path(text)| PathText(text)).map_err(|_| Problem::MALFORMED.detail("the address is not text"))
    }
}

/// A body in JSON. Unknown fields are refused by the types themselves; text that cannot be stored is refused here.
#[derive(Clone, Copy, Debug)]
pub struct JsonBody<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self> {
        let bytes = body(request, state).await?;
        let unexpected = |_| Problem::MALFORMED.detail("not the expected JSON");
        let value: serde_json::Value = serde_json::from_slice(&bytes).map_err(unexpected)?;
        if has_nul(&value) {
            return Err(Problem::MALFORMED.detail("a zero character"));
        }
        serde_json::from_value(value).map(JsonBody).map_err(unexpected)
    }
}

/// A body in postcard; bytes left over are refused.
#[derive(Clone, Copy, Debug)]
pub struct PostcardBody<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for PostcardBody<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self> {
        let bytes = body(request, state).await?;
        match postcard::take_from_bytes(&bytes) {
            Ok((value, [])) => Ok(PostcardBody(value)),
            _ => Err(Problem::MALFORMED.detail("not the expected message")),
        }
    }
}

/// An answer in postcard.
#[derive(Clone, Copy, Debug)]
pub struct Postcard<T>(pub T);

impl<T: Serialize> IntoResponse for Postcard<T> {
    fn into_response(self) -> Response {
        match postcard::to_allocvec(&self.0) {
            Ok(bytes) => ([(CONTENT_TYPE, "application/octet-stream")], bytes).into_response(),
            Err(error) => Error::Fault(format!("an answer could not be written: {error}")).into_response(),
        }
    }
}
