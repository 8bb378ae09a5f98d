//! Words from stores to done.

/// From stores to done.
#[derive(Debug)]
pub struct Words {
    /// 选择门店
    pub stores: &'static str,
    /// 选择项目
    pub services: &'static str,
    /// 选择手艺人
    pub staff: &'static str,
    /// 选择时间
    pub time: &'static str,
    /// 确认预约
    pub confirm: &'static str,
    /// 下一步
    pub next: &'static str,
    /// Open until.
    pub open_until: fn(&str) -> String,
    /// 营业中
    pub open: &'static str,
    /// 休息中
    pub closed: &'static str,
    /// Opens at.
    pub opens_at: fn(&str) -> String,
    /// 上次去的
    pub last_used: &'static str,
    /// Open this store in a map.
    pub map_of: fn(&str) -> String,
    /// No stores have been read yet.
    pub no_stores: &'static str,
    /// Why, while nobody can be asked.
    pub no_stores_text: &'static str,
    /// Why, although everything has been read.
    pub no_stores_open: &'static str,
    /// 全部
    pub all: &'static str,
    /// 分类
    pub categories: &'static str,
    /// 其他
    pub other: &'static str,
    /// A price that begins there.
    pub from_price: fn(&str) -> String,
    /// 还没有可预约的项目
    pub no_services: &'static str,
    /// So many services.
    pub chosen: fn(usize) -> String,
    /// 都可以
    pub any: &'static str,
    /// What "any" means.
    pub any_note: &'static str,
    /// 常约
    pub usual: &'static str,
    /// 暂无空位
    pub full: &'static str,
    /// 选择日期
    pub days: &'static str,
    /// For screen readers: has openings.
    pub has_openings: &'static str,
    /// In the strip, of a day without times: the store is closed.
    pub closed_short: &'static str,
    /// In the strip: whoever is asked for does not work.
    pub off_short: &'static str,
    /// In the strip: nothing is left.
    pub full_short: &'static str,
    /// In the strip: it is too late for this day.
    pub too_soon_short: &'static str,
    /// In the strip: too early for it.
    pub too_far_short: &'static str,
    /// In the strip, where another month begins.
    pub month: fn(u32) -> String,
    /// 最早可约
    pub earliest: &'static str,
    /// 最早
    pub earliest_short: &'static str,
    /// Anybody also for this price.
    pub wider: fn(&str) -> String,
    /// So many times.
    pub times: fn(usize) -> String,
    /// The store is closed on this day.
    pub day_closed: &'static str,
    /// Somebody, by name, does not work on this day.
    pub day_off: fn(&str) -> String,
    /// Nobody who would do works on this day.
    pub day_nobody: &'static str,
    /// Somebody, by name, has nothing left on this day.
    pub day_full_with: fn(&str) -> String,
    /// Nothing is left on this day.
    pub day_full: &'static str,
    /// It has passed.
    pub day_over: &'static str,
    /// Bookings are taken so long ahead.
    pub day_too_soon: fn(&str) -> String,
    /// Bookings are taken so many days ahead.
    pub day_too_far: fn(u16) -> String,
    /// Who else has time on it.
    pub others: &'static str,
    /// The next day with openings.
    pub next_day: fn(&str) -> String,
    /// Nothing in two weeks.
    pub nothing: &'static str,
    /// What to do.
    pub nothing_text: &'static str,
    /// Something chosen is not in the menu any more.
    pub not_offered: &'static str,
    /// What to do.
    pub not_offered_text: &'static str,
    /// 项目
    pub service: &'static str,
    /// 手艺人
    pub who: &'static str,
    /// 门店
    pub store: &'static str,
    /// 为谁预约
    pub subject: &'static str,
    /// 到店付
    pub pay: &'static str,
    /// 给门店的话
    pub note: &'static str,
    /// 选填
    pub optional: &'static str,
    /// An example.
    pub note_hint: &'static str,
    /// This time is held for you.
    pub holding: &'static str,
    /// Being held.
    pub asking: &'static str,
    /// The hold has run out.
    pub hold_over: &'static str,
    /// 再保留一次
    pub hold_again: &'static str,
    /// Free to change until.
    pub rule_free: fn(&str) -> String,
    /// The cut-off has passed already.
    pub rule_no_change: &'static str,
    /// Being late.
    pub rule_late: fn(u16) -> String,
    /// The store confirms by hand.
    pub rule_request: &'static str,
    /// The store's promise.
    pub rule_remedy: fn(&str) -> String,
    /// Version of the terms.
    pub rule_terms: fn(u16) -> String,
    /// Offline: not booked yet.
    pub rule_offline: &'static str,
    /// Offline and signed out: nothing can be sent.
    pub rule_kept: &'static str,
    /// Another visit of this account is at the same time.
    pub same_time: fn(&str) -> String,
    /// 确认预约
    pub submit: &'static str,
    /// 提交申请
    pub submit_request: &'static str,
    /// 先存下，联网后发送
    pub submit_offline: &'static str,
    /// Offline and signed out.
    pub submit_kept: &'static str,
    /// 登录并预约
    pub submit_sign_in: &'static str,
    /// 验证手机并提交申请
    pub submit_sign_in_request: &'static str,
    /// Offline and signed out: kept.
    pub kept: &'static str,
    /// What happens then.
    pub kept_text: &'static str,
    /// Just taken.
    pub taken: fn(&str) -> String,
    /// All input is kept.
    pub taken_text: &'static str,
    /// Nothing nearby.
    pub taken_none: &'static str,
    /// 看全部时间
    pub all_times: &'static str,
    /// 约好了
    pub done: &'static str,
    /// 已提交，等门店确认
    pub done_request: &'static str,
    /// 还没约上
    pub done_unsent: &'static str,
    /// What happens then.
    pub done_unsent_text: &'static str,
    /// 加到日历
    pub calendar: &'static str,
    /// Take a cancelled visit out of the calendar.
    pub calendar_off: &'static str,
    /// 怎么走
    pub way: &'static str,
    /// 再约一个
    pub another: &'static str,
    /// 查看我的预约
    pub see_bookings: &'static str,
    /// 预约号
    pub number: fn(&str) -> String,
    /// 重新选择
    pub start_over: &'static str,
    /// The choice no longer exists.
    pub incomplete: &'static str,
    /// What to do.
    pub incomplete_text: &'static str,
}
