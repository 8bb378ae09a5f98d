//! The kinds of problems, with their words.

use axum::http::StatusCode;

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
