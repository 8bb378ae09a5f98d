//! The words of every message, in both languages. Pure: what happened in, a short text out.

use serde::Deserialize;
use shared::decision::NoticeKind;
use shared::name::{Language, Name};
use shared::time::LocalDate;

/// What a message about a booking is made of, as it stands in the outbox.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// The store.
    pub store: Name,
    /// Local start, `2026-11-21 10:15`.
    pub local: String,
    /// Services in order.
    pub services: Vec<Name>,
    /// Who does them.
    pub staff: Vec<Name>,
    /// How late it will start.
    pub late_minutes: u16,
    /// What is offered instead.
    pub alternatives: Vec<Offer>,
    /// What the store promises when it breaks a promise.
    pub remedy: Name,
    /// What the store says about coming.
    pub note: Name,
    /// What it costs, `¥168`; empty where a price is on consultation.
    pub sum: String,
    /// Local end of an offer, `2026-11-21 10:15`.
    pub until: String,
}

/// One opening offered instead.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Offer {
    /// Local start.
    pub local: String,
    /// Who.
    pub staff: Vec<Name>,
}

/// The text with a one-time code.
#[must_use]
pub fn code(language: Language, code: &str) -> String {
    match language {
        Language::Chinese => format!("【会约】验证码 {code}，10 分钟内有效。请勿告诉他人。"),
        Language::English => format!("Huiyue: your code is {code}. It is good for 10 minutes; do not share it."),
    }
}

/// The text with a code that is said at the desk of a store. It says what the code does, so that nobody is talked out of it.
#[must_use]
pub fn desk_code(language: Language, code: &str, store: &Name) -> String {
    let store = store.get(language);
    match language {
        Language::Chinese => {
            format!("【{store}】到店验证码 {code}，10 分钟内有效。告诉前台，即表示同意该店查看您的会员资料。此码不能用于登录。")
        }
        Language::English => format!(
            "{store}: your desk code is {code}, good for 10 minutes. Say it at the desk to let this store see your member record. It signs \
                nobody in."
        ),
    }
}

/// The text for a notice about a booking; `link` leads to the person's bookings.
#[must_use]
pub fn notice(kind: NoticeKind, language: Language, facts: &Facts, link: Option<&str>) -> String {
    let text = match language {
        Language::Chinese => chinese(kind, facts),
        Language::English => english(kind, facts),
    };
    match link {
        Some(link) => format!("{text} {link}/m/"),
        None => text,
    }
}

/// The sum behind some words, where it is known.
fn sum(facts: &Facts, before: &str) -> String {
    if facts.sum.is_empty() { String::new() } else { format!("{before}{}", facts.sum) }
}

fn chinese(kind: NoticeKind, facts: &Facts) -> String {
    let language = Language::Chinese;
    let (store, when, what) = (facts.store.get(language), day_and_time(&facts.local, language), visit(facts, language));
    let remedy = sentence(&facts.remedy, language);
    match kind {
        NoticeKind::Confirmed => format!("【{store}】已确认：{when}，{what}。{}", sentence(&facts.note, language)),
        NoticeKind::Requested => format!("【{store}】已收到您的申请：{when}，{what}。门店确认后会再通知您。"),
        NoticeKind::Moved => format!("【{store}】预约已改到 {when}，{what}。"),
        NoticeKind::Changed => format!("【{store}】预约内容有更新：{when}，{what}{}。如有疑问请联系门店。", sum(facts, "，共 ")),
        NoticeKind::Cancelled => format!("【{store}】预约已取消：{when}，{what}。"),
        NoticeKind::Declined => format!("【{store}】抱歉，未能接受 {when} 的预约（{what}）。请另选时间。"),
        NoticeKind::MoveDeclined => format!("【{store}】抱歉，没能改到您想要的时间。原来的预约不变：{when}，{what}。"),
        NoticeKind::Displaced if facts.alternatives.is_empty() => {
            format!("【{store}】非常抱歉，{when} 的预约（{what}）无法按时进行，需要改约。{remedy}请另选时间，或等我们联系您。")
        }
        NoticeKind::Displaced => {
            format!(
                "【{store}】非常抱歉，{when} 的预约（{what}）需要改约。可改为：{}。{remedy}打开“我的预约”一键选择。",
                offers(facts, language)
            )
        }
        NoticeKind::Reassigned => format!("【{store}】{when} 的预约将由 {} 为您服务，时间和价格不变。", people(&facts.staff, language)),
        NoticeKind::Delayed => format!("【{store}】抱歉，{when} 的预约预计晚开始 {} 分钟。", facts.late_minutes),
        NoticeKind::Offered => {
            format!(
                "【{store}】候补有空位：{when}，{what}。为您保留到 {}，打开“我的预约”点一下就约上。",
                day_and_time(&facts.until, language)
            )
        }
    }
}

fn english(kind: NoticeKind, facts: &Facts) -> String {
    let language = Language::English;
    let (store, when, what) = (facts.store.get(language), day_and_time(&facts.local, language), visit(facts, language));
    let remedy = sentence(&facts.remedy, language);
    let text = match kind {
        NoticeKind::Confirmed => format!("{store}: confirmed for {when}, {what}. {}", sentence(&facts.note, language)),
        NoticeKind::Requested => format!("{store}: we have your request for {when}, {what}. We will tell you when it is confirmed."),
        NoticeKind::Moved => format!("{store}: your booking is now on {when}, {what}."),
        NoticeKind::Changed => {
            format!("{store}: your booking on {when} is now {what}{}. Please tell us if that is not right.", sum(facts, ", "))
        }
        NoticeKind::Cancelled => format!("{store}: your booking on {when} ({what}) is cancelled."),
        NoticeKind::Declined => format!("{store}: sorry, we cannot take your booking on {when} ({what}). Please choose another time."),
        NoticeKind::MoveDeclined => {
            format!("{store}: sorry, the time you asked for is not possible. Your booking stays on {when}, {what}.")
        }
        NoticeKind::Displaced if facts.alternatives.is_empty() => {
            format!(
                "{store}: we are sorry, we had to move you from {when} ({what}). {remedy}Please choose another time, or we will call you."
            )
        }
        NoticeKind::Displaced => format!(
            "{store}: we are sorry, we had to move you from {when} ({what}). You can have: {}. {remedy}Open My bookings to take one.",
            offers(facts, language)
        ),
        NoticeKind::Reassigned => {
            format!("{store}: {} will look after you on {when}; time and price stay the same.", people(&facts.staff, language))
        }
        NoticeKind::Delayed => format!("{store}: sorry, your booking on {when} will start about {} minutes late.", facts.late_minutes),
        NoticeKind::Offered => format!(
            "{store}: a time you wait for is free: {when}, {what}. It is held for you until {}. Open My bookings to take it.",
            day_and_time(&facts.until, language)
        ),
    };
    text.trim_end().to_owned()
}

fn visit(facts: &Facts, language: Language) -> String {
    let services = people(&facts.services, language);
    match (facts.staff.is_empty(), language) {
        (true, _) => services,
        (false, Language::Chinese) => format!("{services}，{}", people(&facts.staff, language)),
        (false, Language::English) => format!("{services} with {}", people(&facts.staff, language)),
    }
}

fn offers(facts: &Facts, language: Language) -> String {
    let separator = if language == Language::Chinese { "；" } else { "; " };
    let shown = facts.alternatives.iter().take(3).map(|offer| {
        let people = people(&offer.staff, language);
        format!("{} {people}", day_and_time(&offer.local, language)).trim_end().to_owned()
    });
    shown.collect::<Vec<_>>().join(separator)
}

fn people(names: &[Name], language: Language) -> String {
    let mut shown: Vec<&str> = names.iter().map(|name| name.get(language)).collect();
    shown.dedup();
    shown.join(if language == Language::Chinese { "、" } else { ", " })
}

fn sentence(name: &Name, language: Language) -> String {
    match (name.get(language).trim(), language) {
        ("", _) => String::new(),
        (text, Language::Chinese) => format!("{}。", text.trim_end_matches('。')),
        (text, Language::English) => format!("{}. ", text.trim_end_matches('.')),
    }
}

/// `11月21日周六 10:15` or `Sat 21 Nov, 10:15`; what is no such time is shown as it is.
fn day_and_time(local: &str, language: Language) -> String {
    let Some((date, time)) = local.split_once(' ').and_then(|(date, time)| Some((LocalDate::parse(date)?, time))) else {
        return local.to_owned();
    };
    let (_, month, day) = date.ymd();
    let weekday = usize::from(date.weekday());
    let of = |names: &[&'static str], index: usize| names.get(index).copied().unwrap_or_default();
    match language {
        Language::Chinese => format!("{month}月{day}日周{} {time}", of(&["一", "二", "三", "四", "五", "六", "日"], weekday)),
        Language::English => {
            let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
            let month = of(&months, usize::try_from(month).unwrap_or(1).saturating_sub(1));
            format!("{} {day} {month}, {time}", of(&["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], weekday))
        }
    }
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
