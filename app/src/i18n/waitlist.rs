//! Words of the desk's waitlist 候补.

/// Words of the desk's waitlist.
#[derive(Debug)]
pub struct Words {
    /// 候补
    pub title: &'static str,
    /// Above the board: so many wait for this day.
    pub waiting: fn(usize) -> String,
    /// So many of them have an offer that they have not answered.
    pub offered_count: fn(usize) -> String,
    /// So many wait for other days.
    pub other_days: fn(usize) -> String,
    /// Nobody waits on this day.
    pub empty: &'static str,
    /// The order, and what the product does by itself; for so many minutes.
    pub rule: fn(i64) -> String,
    /// 加一位
    pub add: &'static str,
    /// From the booking form.
    pub nothing_fits: &'static str,
    /// Title of the form.
    pub join_title: &'static str,
    /// 排候补
    pub join: &'static str,
    /// Which part of the day.
    pub part: &'static str,
    /// Words of the desk to itself.
    pub note_hint: &'static str,
    /// Why the place is what it is: tier, and when it was entered.
    pub why_tier: fn(u8, &str) -> String,
    /// The same of somebody without a tier.
    pub why: fn(&str) -> String,
    /// 排队中
    pub queued: &'static str,
    /// 已发出
    pub offered: &'static str,
    /// Until when.
    pub held_until: fn(&str) -> String,
    /// Nobody has answered in time.
    pub over: &'static str,
    /// These times are free for them.
    pub free: &'static str,
    /// No time is free for them.
    pub none_free: &'static str,
    /// Offers a time: for screen readers.
    pub offer: fn(&str) -> String,
    /// Offers are held, and holds need the server.
    pub offline: &'static str,
    /// The server has not answered.
    pub asking: &'static str,
    /// 已发给
    pub offer_done: fn(&str) -> String,
    /// 客人要了
    pub accept: &'static str,
    /// Booked for them.
    pub accepted: fn(&str) -> String,
    /// 客人不要
    pub decline: &'static str,
    /// They go on waiting.
    pub declined: fn(&str) -> String,
    /// 移出候补
    pub remove: &'static str,
    /// Before it is done: their place is lost.
    pub remove_question: fn(&str) -> String,
    /// They no longer wait.
    pub removed: fn(&str) -> String,
    /// They wait.
    pub joined: fn(&str) -> String,
    /// Where somebody has no account: they hear of it by telephone only.
    pub call: &'static str,
}
