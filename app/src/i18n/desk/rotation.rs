//! Words of the rotation 轮钟.

use shared::rotation::{MadeGoodReason, MoveReason, RefusalReason};

/// Words of the rotation 轮钟.
#[derive(Debug)]
pub struct Rotation {
    /// 轮钟
    pub title: &'static str,
    /// How it works.
    pub note: &'static str,
    /// 下一位
    pub next: &'static str,
    /// Whose turn it is: name.
    pub your_turn: fn(&str) -> String,
    /// 排在最前
    pub is_first: &'static str,
    /// Those before: names.
    pub others_are_busy: fn(&str) -> String,
    /// 现在没有人空
    pub nobody_free: &'static str,
    /// 没有人空，客人先等
    pub all_busy: &'static str,
    /// What happens then.
    pub all_busy_text: &'static str,
    /// 还没有人签到
    pub empty_title: &'static str,
    /// What to do.
    pub empty_text: &'static str,
    /// 还没签到
    pub not_here: &'static str,
    /// 没有签到
    pub not_signed_in: &'static str,
    /// 点钟不占轮次
    pub keeps_place: &'static str,
    /// Which place: counted from 1.
    pub place: fn(usize) -> String,
    /// Signing somebody in: name.
    pub sign_in_of: fn(&str) -> String,
    /// 下班
    pub sign_out: &'static str,
    /// 不接
    pub refuse: &'static str,
    /// 补钟
    pub make_good: &'static str,
    /// 加钟
    pub add_time: &'static str,
    /// 往前一位
    pub forward: &'static str,
    /// 为什么不接？
    pub why_refuse: &'static str,
    /// 为什么补钟？
    pub why_make_good: &'static str,
    /// 为什么调整？
    pub why_move: &'static str,
    /// 加多久？
    pub how_much_more: &'static str,
    /// Why not.
    pub refusal_reason: fn(RefusalReason) -> &'static str,
    /// Why it is made good.
    pub made_good_reason: fn(MadeGoodReason) -> &'static str,
    /// Why the order changes.
    pub move_reason: fn(MoveReason) -> &'static str,
    /// When they signed in.
    pub signed_in: fn(&str) -> String,
    /// How many turns.
    pub turns: fn(u16) -> String,
    /// How many guests asked for them.
    pub asked: fn(u16) -> String,
    /// When the last turn began.
    pub last_turn: fn(&str) -> String,
    /// When a turn was refused, and why.
    pub refused: fn(&str, &str) -> String,
    /// Since when a turn is owed, and why.
    pub owed: fn(&str, &str) -> String,
    /// When a manager moved them, and why.
    pub moved: fn(&str, &str) -> String,
    /// 空闲
    pub free: &'static str,
    /// A promise begins then.
    pub soon: fn(&str) -> String,
    /// 客人在等
    pub guest_waits: &'static str,
    /// With a guest until then.
    pub serving: fn(&str) -> String,
    /// With a guest who asked for them, until then.
    pub serving_asked: fn(&str) -> String,
    /// Not here until then.
    pub away: fn(&str) -> String,
    /// Afterwards: name.
    pub signed_in_done: fn(&str) -> String,
    /// Afterwards: name.
    pub signed_out_done: fn(&str) -> String,
    /// Afterwards: name.
    pub refused_done: fn(&str) -> String,
    /// Afterwards: name.
    pub made_good_done: fn(&str) -> String,
    /// Afterwards: name.
    pub moved_done: fn(&str) -> String,
    /// Afterwards: name.
    pub added_done: fn(&str) -> String,
}
