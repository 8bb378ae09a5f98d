//! What can go wrong, and how it is told over HTTP: `application/problem+json` with a stable type and titles in both languages.
//! Faults of ours are logged once and never shown.

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
use shared::api::problem;
use shared::refusal::Refusal;

use crate::db::has_nul;

/// The answer of a handler.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A kind of problem: its stable code and its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Last segment of the `type`.
    pub code: &'static str,
    /// Status.
    pub status: StatusCode,
    /// English.
    pub title: &'static str,
    /// 中文
    pub title_zh: &'static str,
}

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident = $code:literal $status:ident $title:literal $title_zh:literal;)*) => {
        impl Problem {$(
            $(#[$doc])*
            pub const $name: Problem = Problem { code: $code, status: StatusCode::$status, title: $title, title_zh: $title_zh };
        )*}
    };
}

problems! {
    /// The message cannot be read.
    MALFORMED = "malformed" BAD_REQUEST "The request could not be read." "请求内容无法识别。";
    /// More than the limit of 1 MiB.
    TOO_LARGE = "too_large" PAYLOAD_TOO_LARGE "The request is too large." "请求内容过大。";
    /// Another version of the protocol.
    PROTOCOL = "protocol" UPGRADE_REQUIRED "This app is out of date. Please reload it." "应用版本已过期，请刷新。";
    /// No session, or it has ended.
    NOT_SIGNED_IN = "not_signed_in" UNAUTHORIZED "Please sign in." "请先登录。";
    /// The session may not do this.
    NOT_ALLOWED = "not_allowed" FORBIDDEN "You may not do this." "没有权限。";
    /// No such thing within the scopes of the session.
    NOT_FOUND = "not_found" NOT_FOUND "There is nothing here." "未找到。";
    /// Another method.
    METHOD = "method" METHOD_NOT_ALLOWED "This cannot be done here." "不支持该操作。";
    /// A value is not acceptable.
    INVALID = "invalid" UNPROCESSABLE_ENTITY "A value is not acceptable." "填写内容有误。";
    /// Not a phone number.
    PHONE_INVALID = "phone_invalid" UNPROCESSABLE_ENTITY "This is not a phone number that can be called." "这不是一个可以接通的电话号码。";
    /// Digits are missing.
    PHONE_SHORT = "phone_short" UNPROCESSABLE_ENTITY "The phone number has too few digits." "电话号码的位数不够。";
    /// The country is not clear.
    PHONE_COUNTRY = "phone_country" UNPROCESSABLE_ENTITY
        "Please begin the phone number with its country code, such as +86." "请在号码前加上国家或地区代码，例如 +86。";
    /// Too many tries.
    TOO_MANY = "too_many" TOO_MANY_REQUESTS "Too many tries. Please wait a little." "尝试次数过多，请稍后再试。";
    /// People who have not signed in use all that is theirs: whoever is signed in does not wait for them.
    BUSY = "busy" SERVICE_UNAVAILABLE "Very many people are here right now. Please try again in a moment."
        "现在使用的人太多，请稍等片刻再试。";
    /// More live streams of one session or from one address than there may be.
    TOO_MANY_STREAMS = "too_many_streams" TOO_MANY_REQUESTS "Too many windows are open here. Please close some."
        "打开的窗口太多，请关闭一些。";
    /// More codes to one number, or from one address, than may be sent in a day.
    TOO_MANY_CODES = "too_many_codes" TOO_MANY_REQUESTS "No more codes can be sent for now. Please try again later, or call the store."
        "能发送的验证码已达上限，请稍后再试，或致电门店。";
    /// More members of other stores than may be looked for within an hour.
    TOO_MANY_SEARCHES = "too_many_searches" TOO_MANY_REQUESTS "Too many numbers were looked up within an hour. Please ask the guest for a \
        code, or wait a little."
        "一小时内查找的号码太多。请让顾客报验证码，或稍后再试。";
    /// More commands within an hour than anybody gives by hand.
    TOO_MANY_COMMANDS = "too_many_commands" TOO_MANY_REQUESTS "Too much at once. Please wait a while, or call the store."
        "操作太频繁，请过一会儿再试，或致电门店。";
    /// A number of a country that codes are not sent to.
    COUNTRY = "country_not_served" UNPROCESSABLE_ENTITY "We cannot send codes to numbers of this country. Please call the store."
        "暂不支持向该国家或地区的号码发送验证码，请致电门店。";
    /// A session that somebody ended: what only it could read is to be forgotten.
    ACCESS_ENDED = "access_ended" UNAUTHORIZED "Your access has ended. Please sign in again." "你的登录已被停用，请重新登录。";
    /// A name to sign in with that has other letters.
    LOGIN_NAME = "login_name" UNPROCESSABLE_ENTITY "Please use a–z, digits, . - _ or Chinese characters for the sign-in name."
        "登录名请用英文字母、数字、. - _ 或汉字。";
    /// A password that would soon be guessed.
    WEAK_PASSWORD = "weak_password" UNPROCESSABLE_ENTITY
        "Please choose a password of at least 12 characters that is hard to guess: no usual words, names or rows of keys."
        "请选择至少 12 个字符、不易猜到的密码：不要用常见词、名字或键盘上连着的键。";
    /// An invitation that was used, replaced, or ran out.
    INVITATION_ENDED = "invitation_ended" FORBIDDEN "This invitation is no longer good. Ask for a new one." "这个邀请链接已失效，请向店里再要一个。";
    /// The last owner of the brand would be gone.
    LAST_OWNER = "last_owner" CONFLICT "Somebody must stay owner: make another one first." "至少要有一位老板：请先指定另一位。";
    /// Closing or changing one's own login.
    OWN_LOGIN = "own_login" CONFLICT "This is your own login: somebody else must do this." "这是你自己的账号，需由别人来操作。";
    /// A one-time code that is not good.
    WRONG_CODE = "wrong_code" FORBIDDEN "The code is wrong or has expired." "验证码不对或已过期。";
    /// A name or password that does not fit.
    WRONG_PASSWORD = "wrong_password" FORBIDDEN "The name or the password is wrong." "用户名或密码不对。";
    /// A PIN that does not fit.
    WRONG_PIN = "wrong_pin" FORBIDDEN "The PIN is wrong." "PIN 码不对。";
    /// From another site, on behalf of somebody who is signed in here.
    CROSS_SITE = "cross_site" FORBIDDEN "The request comes from another site." "请求来自其他网站，已拒绝。";
    /// The database is gone; it comes back.
    UNAVAILABLE = "unavailable" SERVICE_UNAVAILABLE "The service is not available right now." "服务暂时不可用，请稍后再试。";
    /// A fault of ours.
    INTERNAL = "internal" INTERNAL_SERVER_ERROR "Something went wrong on our side." "服务出现问题，请稍后再试。";
    /// A refusal; its code says which.
    REFUSED = "refused" CONFLICT "That was not possible." "未能完成。";
}

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
    let body = problem::Problem {
        kind: problem::Problem::kind_of(code),
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
