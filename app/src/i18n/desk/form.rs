//! Words of the forms: new booking, walk-in, blocked time.

/// The form of a new booking.
#[derive(Debug)]
pub struct Form {
    /// 新预约
    pub title: &'static str,
    /// 选填
    pub optional: &'static str,
    /// 谁
    pub who: &'static str,
    /// 搜索会员
    pub search: &'static str,
    /// 姓名或手机尾号
    pub search_hint: &'static str,
    /// 不填就是散客
    pub as_guest: &'static str,
    /// 注册会员
    pub new_member: &'static str,
    /// 换一位
    pub change: &'static str,
    /// 约好的同时成为会员
    pub new_member_note: &'static str,
    /// 做什么
    pub services: &'static str,
    /// 分类
    pub category: &'static str,
    /// 找谁
    pub staff: &'static str,
    /// 都可以
    pub anybody: &'static str,
    /// 什么时间
    pub time: &'static str,
    /// 先选项目，就会出现可约的时间。
    pub services_first: &'static str,
    /// 这天没有空了，看看前后一天。
    pub day_full: &'static str,
    /// 这位员工不做这些项目，换一位或选“都可以”。
    pub other_person: &'static str,
    /// 或直接输入时间
    pub other_time: &'static str,
    /// 时间看不懂，请写成 14:30
    pub time_wrong: &'static str,
    /// 备注
    pub note: &'static str,
    /// 电话预约
    pub by_phone: &'static str,
    /// 约好
    pub book: &'static str,
    /// 填好的都还在，点一个相近的时间就好。
    pub nearest: &'static str,
    /// 填好的都还在。这两天没有相近的空档，换一天试试。
    pub nothing_near: &'static str,
    /// 加塞到这里
    pub squeeze: &'static str,
    /// 这个时间已有客人: who; nobody where the time is blocked.
    pub taken_by: fn(&str) -> String,
    /// 加塞
    pub squeeze_title: &'static str,
    /// 两单会同时占着这位员工的时间，看板上会标出来。
    pub squeeze_text: &'static str,
    /// 以这个名字登记为散客
    pub as_named_guest: fn(&str) -> String,
    /// 像是号码，不是名字
    pub looks_like_number: fn(&str) -> String,
    /// 就叫这个
    pub is_the_name: fn(&str) -> String,
    /// 也约价位更高的
    pub any_price: fn(&str) -> String,
    /// The least it costs: `¥168 起`
    pub price_from: fn(&str) -> String,
    /// 正在约…
    pub booking: &'static str,
    /// 几个时间
    pub openings: fn(usize) -> String,
}

/// The form of a walk-in.
#[derive(Debug)]
pub struct WalkIn {
    /// 散客
    pub title: &'static str,
    /// 称呼
    pub name: &'static str,
    /// 先等位
    pub wait: &'static str,
    /// 马上入座
    pub seat_now: &'static str,
    /// 像是号码，不像称呼
    pub looks_like_number: fn(&str) -> String,
}

/// Blocked time.
#[derive(Debug)]
pub struct Block {
    /// 占位
    pub title: &'static str,
    /// 谁的时间
    pub whose: &'static str,
    /// 从
    pub from: &'static str,
    /// 到
    pub until: &'static str,
    /// 种类
    pub kind: &'static str,
    /// 原因
    pub reason: &'static str,
    /// 占住这段时间
    pub block: &'static str,
    /// 取消占位
    pub unblock: &'static str,
    /// 休息
    pub break_: &'static str,
    /// 请假
    pub time_off: &'static str,
    /// 其他
    pub other: &'static str,
    /// 紧急
    pub emergency: &'static str,
    /// 紧急情况会让已答应的预约让位，请写明原因。
    pub emergency_note: &'static str,
    /// 会影响
    pub hits: &'static str,
    /// 今天不来了
    pub absent_today: &'static str,
    /// 现在就走
    pub leaves_now: &'static str,
    /// 明天不来
    pub absent_tomorrow: &'static str,
    /// 排班会改到没有班；约了的客人一个个安排。
    pub absent_note: &'static str,
    /// Who is away.
    pub away: fn(&str) -> String,
}
