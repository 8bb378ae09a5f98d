//! Words for whoever waits for a time 候补.

/// Words for whoever waits for a time.
#[derive(Debug)]
pub struct Words {
    /// 全天
    pub whole_day: &'static str,
    /// 候补
    pub title: &'static str,
    /// Above the parts of a full day.
    pub join: &'static str,
    /// What waiting means, before the tap; for so many minutes.
    pub rule: fn(i64) -> String,
    /// They wait for that day and part.
    pub joined: fn(&str) -> String,
    /// Kept on the device.
    pub join_saved: &'static str,
    /// 排队中
    pub queued: &'static str,
    /// What happens then.
    pub queued_text: &'static str,
    /// Not sent yet.
    pub unsent: &'static str,
    /// Leaving has not been sent yet.
    pub leaving: &'static str,
    /// The answer has not been sent yet.
    pub answering: &'static str,
    /// 退出候补
    pub leave: &'static str,
    /// No longer waiting.
    pub left: &'static str,
    /// A time is free: when.
    pub offered: fn(&str) -> String,
    /// How long it is held.
    pub held: &'static str,
    /// The time of an offer is over.
    pub over: &'static str,
    /// 就要这个时间
    pub accept: &'static str,
    /// The store has yet to say yes.
    pub accept_request: &'static str,
    /// 让给别人
    pub decline: &'static str,
    /// It is theirs.
    pub accepted: &'static str,
    /// They asked for it.
    pub accepted_request: &'static str,
    /// The tap waits on the device.
    pub accept_saved: &'static str,
    /// They go on waiting.
    pub declined: &'static str,
    /// The day has passed.
    pub expired: &'static str,
}
