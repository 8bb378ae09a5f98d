//! Words of the member app, by screen. A field here needs a value in `zh/member.rs` and `en/member.rs`: text as `&'static str`, text with
//! values as a `fn` without captures.

pub mod booking;
pub mod person;

/// All words of the member app.
#[derive(Debug)]
pub struct Words {
    /// Title of the app.
    pub title: &'static str,
    /// The frame around every page.
    pub frame: Frame,
    /// Home.
    pub home: Home,
    /// From stores to done.
    pub booking: booking::Words,
    /// My bookings.
    pub visits: Visits,
}

/// The frame around every page.
#[derive(Debug)]
pub struct Frame {
    /// 主导航
    pub navigation: &'static str,
    /// 跳到内容
    pub skip: &'static str,
    /// 首页
    pub home: &'static str,
    /// 预约
    pub book: &'static str,
    /// 我的预约
    pub bookings: &'static str,
    /// 我
    pub me: &'static str,
    /// Nobody can be asked: no network, or a server in trouble.
    pub offline: &'static str,
    /// Offline, with the age of what is shown.
    pub offline_since: fn(&str) -> String,
    /// So many are waiting to be sent.
    pub unsent: fn(usize) -> String,
    /// What is shown is older than a day.
    pub stale: fn(&str) -> String,
    /// The page does not exist.
    pub lost: &'static str,
    /// What to do then.
    pub lost_text: &'static str,
}

/// Home.
#[derive(Debug)]
pub struct Home {
    /// 下一次预约
    pub next: &'static str,
    /// Minutes until the visit.
    pub countdown: fn(i64) -> String,
    /// 正在进行
    pub now: &'static str,
    /// 再约一次
    pub again: &'static str,
    /// 门店
    pub stores: &'static str,
    /// 需要你决定
    pub attention: &'static str,
    /// Begun and not booked.
    pub unfinished: &'static str,
    /// Goes on with it.
    pub go_on: &'static str,
    /// Nothing is booked: a kind word.
    pub empty_title: &'static str,
    /// And what to do.
    pub empty_text: &'static str,
    /// 导航
    pub directions: &'static str,
    /// The store had to give the time away.
    pub displaced_title: fn(&str) -> String,
    /// What is kept, what to do.
    pub displaced_text: &'static str,
    /// The time is gone.
    pub taken_title: fn(&str) -> String,
    /// What is kept.
    pub taken_text: &'static str,
    /// No times nearby.
    pub taken_none: &'static str,
    /// 另选时间
    pub other_time: &'static str,
    /// 不约了
    pub give_up: &'static str,
    /// The store has cancelled it.
    pub lost_cancelled: fn(&str) -> String,
    /// The store has moved it: from when, to when.
    pub moved_title: fn(&str, &str) -> String,
    /// 看看这次预约
    pub moved_look: &'static str,
    /// The store could not take it.
    pub lost_declined: fn(&str) -> String,
    /// Booked anew from the card.
    pub retaken: &'static str,
    /// Another command was refused.
    pub refused: fn(&str) -> String,
    /// A booking was refused, and not for its time: what is kept.
    pub refused_text: &'static str,
    /// 添加到桌面
    pub install_title: &'static str,
    /// Why.
    pub install_text: &'static str,
    /// On an iPhone: how.
    pub install_ios: &'static str,
    /// 添加
    pub install: &'static str,
    /// Inside WeChat.
    pub wechat: &'static str,
}

/// My bookings.
#[derive(Debug)]
pub struct Visits {
    /// 即将到来
    pub upcoming: &'static str,
    /// 以前的
    pub past: &'static str,
    /// Nothing.
    pub empty_title: &'static str,
    /// Kind words.
    pub empty_text: &'static str,
    /// 去预约
    pub book: &'static str,
    /// 改约
    pub change: &'static str,
    /// 取消
    pub cancel: &'static str,
    /// 再约一次
    pub again: &'static str,
    /// 预约详情
    pub detail: &'static str,
    /// This booking is not here.
    pub missing: &'static str,
    /// A booking is asked for and nobody is signed in.
    pub sign_in_first: &'static str,
    /// Why.
    pub sign_in_first_text: &'static str,
    /// What may be the reason.
    pub missing_text: &'static str,
    /// Free to change until then.
    pub free_until: fn(&str) -> String,
    /// The cut-off has passed; it was then.
    pub was_free_until: fn(&str) -> String,
    /// 致电门店
    pub call: &'static str,
    /// 取消这次预约？
    pub cancel_title: &'static str,
    /// In time.
    pub cancel_free: fn(&str) -> String,
    /// Too late: recorded as late.
    pub cancel_late: fn(&str) -> String,
    /// 取消预约
    pub cancel_do: &'static str,
    /// 保留
    pub cancel_keep: &'static str,
    /// Cancelled.
    pub cancelled: &'static str,
    /// It was cancelled late.
    pub cancelled_late: &'static str,
    /// Cancelled by the store.
    pub cancelled_by_store: &'static str,
    /// Declined, with the reason.
    pub declined: fn(&str) -> String,
    /// 撤回申请 (button)
    pub take_back_do: &'static str,
    /// 撤回 (beside the next visit)
    pub take_back_short: &'static str,
    /// 撤回这次申请？
    pub take_back_title: &'static str,
    /// What it means.
    pub take_back_free: &'static str,
    /// A request has been taken back.
    pub taken_back: &'static str,
    /// The chip of it.
    pub taken_back_short: &'static str,
    /// And the store had not said yes.
    pub taken_back_text: &'static str,
    /// Waiting: cancelling.
    pub cancelling: &'static str,
    /// Waiting: moving to a time.
    pub moving: fn(&str) -> String,
    /// Waiting: not booked.
    pub not_booked: &'static str,
    /// Takes back what waits to be sent.
    pub withdraw: &'static str,
    /// It was never sent.
    pub withdrawn: &'static str,
    /// It may have left: the server is told.
    pub withdraw_waits: &'static str,
    /// It has been answered.
    pub withdraw_late: &'static str,
    /// It has moved.
    pub moved: &'static str,
    /// It has moved, and the store has yet to say yes.
    pub move_asked: &'static str,
    /// Before the tap: the store will have to say yes again.
    pub move_asks: &'static str,
    /// Moving: kept for later.
    pub move_waits: &'static str,
    /// Cancelling: kept for later.
    pub cancel_waits: &'static str,
    /// 谁来做
    pub move_who: &'static str,
    /// The price before and after.
    pub move_price: fn(&str, &str) -> String,
    /// 改到这个时间
    pub move_do: fn(&str) -> String,
    /// 现在的时间
    pub move_from: fn(&str) -> String,
    /// 迟到
    pub late: fn(u16) -> String,
    /// 备注
    pub note: &'static str,
}
