//! Words both apps use: actions, states, how the device stands.

use shared::state_kind::StateKind;

use crate::state::{Link, Storage};

/// Words both apps use.
#[derive(Debug)]
pub struct Words {
    /// Buttons.
    pub actions: Actions,
    /// States of a booking, and what the device adds.
    pub states: States,
    /// How the device stands.
    pub device: Device,
    /// Where somebody is signed in.
    pub sessions: Sessions,
    /// Pieces of times and durations.
    pub times: Times,
}

/// Buttons.
#[derive(Debug)]
pub struct Actions {
    /// 确定
    pub ok: &'static str,
    /// 取消 (leave the form)
    pub back: &'static str,
    /// 关闭
    pub close: &'static str,
    /// 保存
    pub save: &'static str,
    /// 删除
    pub delete: &'static str,
    /// 编辑
    pub edit: &'static str,
    /// 重试
    pub retry: &'static str,
    /// 刷新
    pub refresh: &'static str,
    /// 撤销
    pub undo: &'static str,
    /// 登录
    pub sign_in: &'static str,
    /// 退出登录
    pub sign_out: &'static str,
    /// 立即发送
    pub send_now: &'static str,
    /// 知道了
    pub dismiss: &'static str,
    /// 搜索
    pub search: &'static str,
    /// 更多
    pub more: &'static str,
}

/// States of a booking.
#[derive(Debug)]
pub struct States {
    /// The chip of a stored booking.
    pub of: fn(StateKind) -> &'static str,
    /// A waiting command: not booked yet.
    pub unsent: &'static str,
    /// Refused: it never came about.
    pub refused: &'static str,
    /// Needs a person.
    pub attention: &'static str,
    /// Blocked time.
    pub blocked: &'static str,
}

/// How the device stands.
#[derive(Debug)]
pub struct Device {
    /// A word for the link.
    pub link: fn(Link) -> &'static str,
    /// What is wrong with storage; empty when nothing is.
    pub storage: fn(Storage) -> String,
    /// "离线 · 3 项待同步 · 最后同步 10:42"
    pub offline_bar: fn(waiting: usize, last_sync: &str) -> String,
    /// "截至 10:42"
    pub as_of: fn(&str) -> String,
    /// A new version is ready.
    pub new_version: &'static str,
    /// The session is over; nothing is lost.
    pub session_over: &'static str,
    /// Signing out would lose so many commands.
    pub unsent_on_sign_out: fn(usize) -> String,
    /// Nothing could be reached.
    pub unreachable: &'static str,
    /// A page whose file could not be had.
    pub page_missing: &'static str,
    /// Why, and what to do.
    pub page_missing_text: &'static str,
}

/// Where somebody is signed in.
#[derive(Debug)]
pub struct Sessions {
    /// 登录着的设备
    pub title: &'static str,
    /// 手机丢了，或在别人的设备上登录过：在这里退出，那边马上看不到你的预约。
    pub text: &'static str,
    /// 现在没有登录着的设备
    pub none: &'static str,
    /// 这台设备
    pub this_device: &'static str,
    /// 未知设备
    pub unknown_device: &'static str,
    /// Since when, and last use.
    pub signed_in: fn(&str, &str) -> String,
    /// 在那里退出
    pub sign_out_there: &'static str,
    /// 已在那里退出
    pub signed_out_there: &'static str,
}

/// Pieces of times and durations.
#[derive(Debug)]
pub struct Times {
    /// 周一 … 周日, Monday first.
    pub weekdays: [&'static str; 7],
    /// 一 … 日
    pub weekdays_short: [&'static str; 7],
    /// `11月21日 周六` / `Sat 21 Nov`; month, day, weekday (0 = Monday).
    pub date: fn(u32, u32, u8) -> String,
    /// The same with the year.
    pub date_with_year: fn(i32, u32, u32, u8) -> String,
    /// `1小时30分钟`
    pub duration: fn(i64) -> String,
    /// 今天
    pub today: &'static str,
    /// 明天
    pub tomorrow: &'static str,
    /// 昨天
    pub yesterday: &'static str,
    /// Minutes: 刚刚 below one.
    pub ago: fn(i64) -> String,
    /// Minutes until.
    pub until: fn(i64) -> String,
    /// 上午
    pub morning: &'static str,
    /// 下午
    pub afternoon: &'static str,
    /// 晚上
    pub evening: &'static str,
    /// 面议
    pub on_consultation: &'static str,
}

impl Words {
    /// A duration of a rule.
    #[must_use]
    pub fn minutes(&self, minutes: u16) -> String {
        (self.times.duration)(i64::from(minutes))
    }
}
