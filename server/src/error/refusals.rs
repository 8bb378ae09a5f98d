//! The words of refusals: every no of a command has its own title in both languages.

use axum::http::StatusCode;
use shared::refusal::Refusal;

use crate::error::problem::Problem;

/// The problem that a refusal is told as.
#[must_use]
pub fn problem_of(refusal: &Refusal) -> Problem {
    let code = refusal.code();
    let entry = TITLES.iter().find(|(known, ..)| *known == code);
    entry.map_or(Problem::REFUSED, |(code, title, title_zh)| Problem { code, status: status_of(refusal), title, title_zh })
}

fn status_of(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::NotFound { .. } => StatusCode::NOT_FOUND,
        Refusal::NotAllowed => StatusCode::FORBIDDEN,
        Refusal::Invalid { .. } | Refusal::TooLong { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::CONFLICT,
    }
}

/// Code, English, Chinese.
const TITLES: &[(&str, &str, &str)] = &[
    ("undecided", "This cannot be decided here.", "此处无法判断"),
    ("not_allowed", "You may not do this.", "没有权限"),
    ("not_found", "There is nothing here.", "没有找到"),
    ("invalid", "A value is not acceptable.", "有一项填写不正确"),
    ("already_exists", "It exists already.", "已经存在"),
    ("wrong_state", "Not possible any more in its present state.", "当前状态下不能这样做"),
    ("time_taken", "This time has just been taken.", "这个时间刚刚被约走了"),
    ("store_closed", "The store is closed then.", "这个时间门店不营业"),
    ("not_on_shift", "They do not work then.", "该技师这个时间不上班"),
    ("not_skilled", "They do not offer this service.", "该技师不做这个项目"),
    ("nobody_free", "Nobody is free then.", "这个时间没有空闲的技师"),
    ("no_resource", "No room, station or equipment is free then.", "这个时间没有空的房间、工位或设备"),
    ("too_soon", "This is too soon to book online.", "离开始时间太近，不能线上预约"),
    ("too_far_ahead", "This is too far ahead.", "还没到可以预约的日期"),
    ("after_cutoff", "It is too late to change this online.", "已过可以线上改约或取消的时间"),
    ("price_changed", "The price has changed.", "价格有变动"),
    ("not_online", "This cannot be booked online.", "这个项目不能线上预约"),
    ("needs_override", "This breaks a promise: say why.", "会影响已确认的预约，请填写原因"),
    ("hold_expired", "The time is no longer held for you.", "为您保留的时间已过期"),
    ("does_not_fit", "It does not fit into the time.", "时间不够做这个项目"),
    ("superseded", "Somebody else has changed this meanwhile.", "别人已先作了修改"),
    ("number_known", "A member with this number is registered already.", "该号码已有会员"),
    ("wrong_code", "The code is wrong or has expired.", "验证码不对或已过期"),
    ("too_long", "A text is too long.", "有一段文字太长"),
    ("consent_missing", "Please agree to the privacy notice first.", "请先同意隐私说明"),
    ("too_many_of_yours", "This is more than one account can have; please call the store.", "一个账号约不了这么多，请致电门店"),
];

#[cfg(test)]
mod tests {
    use shared::time::{TimeRange, Timestamp};

    use super::*;

    #[test]
    fn every_refusal_has_a_title_in_both_languages_and_its_own_code() {
        for (index, (code, title, title_zh)) in TITLES.iter().enumerate() {
            assert!(!title.is_empty() && !title_zh.is_ascii(), "{code}");
            assert!(TITLES.iter().skip(index + 1).all(|(other, ..)| other != code), "{code} twice");
        }
    }

    #[test]
    fn refusals_keep_their_codes() {
        let at = Timestamp(0);
        let refusals = [
            Refusal::Undecided,
            Refusal::NotAllowed,
            Refusal::AlreadyExists,
            Refusal::TimeTaken { by: vec![] },
            Refusal::StoreClosed,
            Refusal::NobodyFree,
            Refusal::NoResource { resource_type: shared::id::ResourceTypeId(uuid::Uuid::nil()) },
            Refusal::TooFarAhead { days: 30 },
            Refusal::HoldExpired { at },
            Refusal::DoesNotFit { needed: TimeRange { start: at, end: at } },
            Refusal::Superseded,
            Refusal::ConsentMissing,
            Refusal::TooMany { of: shared::refusal::MemberLimit::VisitsADay, most: 3 },
        ];
        for refusal in refusals {
            assert_eq!(problem_of(&refusal).code, refusal.code());
        }
        assert_eq!(problem_of(&Refusal::NotAllowed).status, StatusCode::FORBIDDEN);
    }
}
