//! Words of the attention inbox and of the sync page, and commands in words.

use shared::command::Command;

/// Words of the attention inbox and of the sync page, and commands in words.
#[derive(Debug)]
pub struct Words {
    /// 待处理
    pub title: &'static str,
    /// 都处理好了
    pub empty_title: &'static str,
    /// 有预约被挤出、有人申请、或两边改了同一处，都会出现在这里。
    pub empty_text: &'static str,
    /// What a command does, in a word or two.
    pub command: fn(&Command) -> &'static str,
    /// 某位会员
    pub somebody: &'static str,
    /// 这条预约不在这台平板上
    pub unknown_booking: &'static str,
    /// 这次预约
    pub this_booking: &'static str,
    /// Somebody had to give way.
    pub displaced: fn(&str) -> String,
    /// Somebody was asked to rebook.
    pub to_rebook: fn(&str) -> String,
    /// 打电话说明，请客人从下面的时间里选一个。
    pub displaced_why: &'static str,
    /// 现在占着这个时间
    pub has_the_time: &'static str,
    /// 需要改约
    pub had_to_give_way: &'static str,
    /// 可以改到
    pub offers: &'static str,
    /// 点一下就替客人改好，并通知客人。
    pub offers_text: &'static str,
    /// 附近没有空的时间了，打开预约可以换一天。
    pub no_offers: &'static str,
    /// 取消预约
    pub cancel_booking: &'static str,
    /// 打开预约
    pub open_booking: &'static str,
    /// 打开会员卡
    pub open_member: &'static str,
    /// Who, and when.
    pub two_places: fn(&str, &str) -> String,
    /// What to do about it.
    pub two_places_why: &'static str,
    /// Two in one place.
    pub overlap: fn(&str) -> String,
    /// 同一位员工同一时间有两单，请看看怎么安排。
    pub overlap_why: &'static str,
    /// The law changed the zone.
    pub clock_shifted: fn(&str) -> String,
    /// How far, and whether later.
    pub clock_shifted_why: fn(&str, bool) -> String,
    /// Promises that lack something.
    pub uncovered: Uncovered,
    /// Somebody starts later.
    pub delayed: fn(&str) -> String,
    /// By how much.
    pub delayed_why: fn(&str) -> String,
    /// Somebody asks.
    pub request: fn(&str) -> String,
    /// 客人在等你的答复。
    pub request_why: &'static str,
    /// Somebody asks for another time than was promised.
    pub request_move: fn(&str) -> String,
    /// 婉拒的话，原来的时间还空着就照旧。
    pub request_move_why: &'static str,
    /// 原来约的
    pub promised: &'static str,
    /// 想改到
    pub wished: &'static str,
    /// 接受
    pub confirm: &'static str,
    /// 婉拒
    pub decline: &'static str,
    /// Whose group was changed twice.
    pub superseded: fn(&str, &str) -> String,
    /// 两台设备不知道对方，各改了一次。现在生效的一个和另一个都在这里。
    pub superseded_why: &'static str,
    /// 现在生效
    pub kept: &'static str,
    /// 另一个
    pub other: &'static str,
    /// 另一台设备
    pub other_device: &'static str,
    /// 恢复这个值
    pub use_other: &'static str,
    /// 保持现在的
    pub keep: &'static str,
    /// 已恢复
    pub restored: &'static str,
    /// 导入结果请看一眼
    pub imported: &'static str,
    /// Overlaps, paid no-shows, refused rows, rows that a person should check.
    pub imported_why: fn(u32, u32, u32, u32) -> String,
    /// 营业时间和班表是从以往的预约推断的
    pub imported_roster: &'static str,
    /// 核对班表
    pub imported_check: &'static str,
    /// 已处理
    pub resolve: &'static str,
    /// 已处理
    pub resolved: &'static str,
    /// 没有成功：
    pub refused: &'static str,
    /// 内容都还在，点一个时间就重新提交。
    pub refused_offers: &'static str,
    /// 一项看不懂的操作
    pub unreadable: &'static str,
    /// 已重新提交
    pub given_again: &'static str,
    /// 同步
    pub sync_title: &'static str,
    /// 都发送了
    pub all_sent: &'static str,
    /// So many wait.
    pub waiting: fn(usize) -> String,
    /// 最后同步
    pub last_sync: &'static str,
    /// 最久等待
    pub longest_wait: &'static str,
    /// 没有成功
    pub refused_count: &'static str,
    /// 导出
    pub export: &'static str,
    /// 等待发送
    pub queue: &'static str,
    /// 没有等待发送的操作
    pub queue_empty: &'static str,
    /// 断网时的每一步都会先存在这里，联网后自动发送。
    pub queue_empty_text: &'static str,
    /// 待发送
    pub unsent: &'static str,
    /// 联网后会生效
    pub expected: &'static str,
    /// 要等服务器答复
    pub undecided: &'static str,
    /// Why it will probably be refused.
    pub unlikely: fn(&str) -> String,
    /// 这台设备
    pub this_tablet: &'static str,
    /// 登录
    pub signed_in: &'static str,
    /// 权限
    pub roles: &'static str,
    /// 所有门店
    pub all_stores: &'static str,
    /// 本机存储
    pub storage: &'static str,
    /// 断网也会保存
    pub kept_here: &'static str,
    /// 断网时不能保存
    pub not_kept_here: &'static str,
    /// Used and available megabytes.
    pub room: fn(u64, u64) -> String,
    /// 还有没发送的操作
    pub sign_out_title: &'static str,
    /// 连上网等一会儿就会自动发送；也可以先导出保存。
    pub sign_out_text: &'static str,
    /// 丢掉它们并退出
    pub sign_out_anyway: &'static str,
    /// 先不退出
    pub stay: &'static str,
}

/// Promises that a change has left without what they need: in the inbox, and before it is saved.
#[derive(Debug)]
pub struct Uncovered {
    /// How many, in the inbox.
    pub title: fn(usize) -> String,
    /// 预约都还在。请逐个安排好，或请客人改约。
    pub why: &'static str,
    /// How many, before it is saved.
    pub at_stake: fn(usize) -> String,
    /// 先为每个预约选好怎么办，再保存。保留的会留在待处理里。
    pub at_stake_text: &'static str,
    /// Whoever works here no more.
    pub person: fn(&str) -> String,
    /// Whoever does it no more.
    pub skill: fn(&str) -> String,
    /// What is out of use.
    pub resource: fn(&str) -> String,
    /// 那时门店休息
    pub hours: &'static str,
    /// Who is off then.
    pub shift: fn(&str) -> String,
    /// How far the clock is off, and whether it shows a later time.
    pub clock: fn(&str, bool) -> String,
    /// 保留
    pub keep: &'static str,
    /// 全部保留
    pub keep_all: &'static str,
    /// 请客人改约
    pub tell: &'static str,
    /// 全部请客人改约
    pub tell_all: &'static str,
    /// Who is asked to rebook.
    pub told: fn(&str) -> String,
    /// How many have no answer yet.
    pub left: fn(usize) -> String,
    /// How many are not in the list.
    pub more: fn(usize) -> String,
    /// How many could not be arranged as chosen, and why the first.
    pub not_arranged: fn(usize, &str) -> String,
    /// 已记下。约了的客人，等联网保存以后在待处理里安排。
    pub later: &'static str,
}
