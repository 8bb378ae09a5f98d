//! Words of set-up: the first run, and the pages of stores, services, staff, shifts, rules, logins and tablets.

mod assignment;
mod holidays;
mod resources;
mod staff_order;
mod why_not;

use shared::part::PartKind;

pub use assignment::Assignment;
pub use holidays::Holidays;
pub use resources::Resources;
pub use staff_order::StaffOrder;
pub use why_not::WhyNot;

/// Words of set-up: the first run, and the pages of stores, services, staff, shifts, rules, logins and tablets.
#[derive(Debug)]
pub struct Words {
    /// 设置
    pub title: &'static str,
    /// 门店和营业时间
    pub store: &'static str,
    /// 特殊日子
    pub special_days: &'static str,
    /// 项目和价格
    pub services: &'static str,
    /// 员工
    pub staff: &'static str,
    /// 排班
    pub shifts: &'static str,
    /// 预约规则
    pub rules: &'static str,
    /// 登录账号
    pub logins: &'static str,
    /// 前台平板
    pub devices: &'static str,
    /// 这里由店长和老板设置
    pub not_allowed: &'static str,
    /// 需要改动时，请他们用自己的账号登录。
    pub not_allowed_text: &'static str,
    /// 已保存
    pub saved: &'static str,
    /// 别人刚刚也改了这里
    pub changed_title: &'static str,
    /// 你填的内容都还在。可以先看对方的版本，或者用你的覆盖。
    pub changed_text: &'static str,
    /// 看对方的版本
    pub show_theirs: &'static str,
    /// 用我的
    pub keep_mine: &'static str,
    /// The switch of a weekday.
    pub open_on: fn(&str) -> String,
    /// 休息
    pub closed: &'static str,
    /// 每天都和周一一样
    pub copy_monday: &'static str,
    /// One more span of a day.
    pub add_span: fn(&str) -> String,
    /// Start of a span.
    pub span_from: fn(&str) -> String,
    /// End of a span.
    pub span_until: fn(&str) -> String,
    /// A span goes.
    pub remove_span: fn(&str) -> String,
    /// 下一步
    pub next: &'static str,
    /// 上一步
    pub previous: &'static str,
    /// 完成
    pub finish: &'static str,
    /// 名称
    pub name_zh: &'static str,
    /// 英文名
    pub name_en: &'static str,
    /// 地址
    pub address: &'static str,
    /// 门店电话
    pub store_phone: &'static str,
    /// 时区
    pub zone: &'static str,
    /// A time zone by the name of a place.
    pub zone_of: fn(&str) -> String,
    /// 货币
    pub currency: &'static str,
    /// 营业时间
    pub hours: &'static str,
    /// 用 24 小时制，例如 10:00–21:00；过了半夜就写 18:00–02:00。
    pub hours_note: &'static str,
    /// A weekday whose hours make no sense.
    pub wrong_hours: fn(&str) -> String,
    /// 请填写名称
    pub name_missing: &'static str,
    /// 你做哪一行？
    pub industry: &'static str,
    /// 还没有项目。可以从常见项目里勾选，也可以自己写。
    pub no_services: &'static str,
    /// 项目和价格由品牌统一管理
    pub brand_only: &'static str,
    /// 新项目
    pub new_service: &'static str,
    /// 修改项目
    pub edit_service: &'static str,
    /// 已停
    pub not_offered: &'static str,
    /// Proposals of an industry.
    pub usual_services: fn(&str) -> String,
    /// 全选
    pub tick_all: &'static str,
    /// Adds so many.
    pub add_ticked: fn(usize) -> String,
    /// 时长要是 5 的倍数
    pub wrong_minutes: &'static str,
    /// 价格看不懂，请写成 168 或 168.50
    pub wrong_price: &'static str,
    /// 分类
    pub category: &'static str,
    /// 英文分类
    pub category_en: &'static str,
    /// A label of the same field in English.
    pub in_english: fn(&str) -> String,
    /// 还没有人会做
    pub nobody_can: &'static str,
    /// Services nobody can do.
    pub nobody_can_text: fn(&str) -> String,
    /// 所有人都会做
    pub everybody_can: &'static str,
    /// 价格
    pub price: &'static str,
    /// 不填就是面议
    pub price_note: &'static str,
    /// 会员可以在线预约
    pub online: &'static str,
    /// 还在提供
    pub offered: &'static str,
    /// 过程和时长
    pub parts: &'static str,
    /// 再加一段
    pub add_part: &'static str,
    /// 静置时员工可以接别的客人
    pub parts_note: &'static str,
    /// What goes on during a part.
    pub part: fn(PartKind) -> &'static str,
    /// 这一段做什么
    pub part_kind: &'static str,
    /// 分钟
    pub minutes: &'static str,
    /// A level.
    pub level: fn(u8) -> String,
    /// 不同级别不同价
    pub by_level: &'static str,
    /// 不填就和上面一样。
    pub by_level_note: &'static str,
    /// 级别
    pub level_head: &'static str,
    /// 操作分钟
    pub hands_on: &'static str,
    /// 还没有员工。
    pub no_staff: &'static str,
    /// Can do so many services.
    pub skills_count: fn(usize) -> String,
    /// 已离开
    pub left: &'static str,
    /// 添加员工
    pub new_staff: &'static str,
    /// 头衔
    pub staff_title: &'static str,
    /// 英文头衔
    pub staff_title_en: &'static str,
    /// 先默认会做所有项目、营业时间都上班，之后随时可改。
    pub quick_note: &'static str,
    /// 做什么工作
    pub work_kind: &'static str,
    /// 做服务
    pub serves: &'static str,
    /// 前台或店长
    pub desk_only: &'static str,
    /// 用 PIN 说明身份，不接客
    pub desk_only_note: &'static str,
    /// The order of the people.
    pub staff_order: StaffOrder,
    /// Who gets a guest who asked for nobody.
    pub assignment: Assignment,
    /// Rooms, stations and equipment.
    pub resources: Resources,
    /// 添加
    pub add_staff: &'static str,
    /// 本人愿意才填
    pub gender_note: &'static str,
    /// 会做的项目
    pub skills: &'static str,
    /// 在哪些门店
    pub works_in: &'static str,
    /// 会员可以在线约
    pub staff_online: &'static str,
    /// 在职
    pub staff_active: &'static str,
    /// 数字密码和账号
    pub pin_and_login: &'static str,
    /// 给一个登录账号
    pub give_login: &'static str,
    /// 数字密码
    pub pin: &'static str,
    /// 4–6 位，用来在平板上换人
    pub pin_note: &'static str,
    /// 设置
    pub set_pin: &'static str,
    /// 数字密码已设置
    pub pin_set: &'static str,
    /// Why a PIN like 1234 is refused.
    pub pin_poor: &'static str,
    /// 先保存或返回
    pub save_first: &'static str,
    /// 已删除
    pub deleted: fn(&str) -> String,
    /// 休息
    pub day_off: &'static str,
    /// 空着的日子按营业时间排上
    pub fill_gaps: &'static str,
    /// 时间看不懂，请写成 10:00–20:00
    pub wrong_spans: &'static str,
    /// 上班
    pub works: &'static str,
    /// 保存，整周都这样
    pub whole_week: &'static str,
    /// 保存，这天所有人都这样
    pub everybody: &'static str,
    /// 临时调整
    pub exceptions: &'static str,
    /// 某一天请假或换班：只改那一天。
    pub exceptions_note: &'static str,
    /// 恢复常规
    pub back_to_week: &'static str,
    /// 日期
    pub date: &'static str,
    /// 添加调整
    pub add_exception: &'static str,
    /// 节假日、调休：这些天不按平时的营业时间。
    pub special_days_note: &'static str,
    /// 那天营业
    pub open_that_day: &'static str,
    /// 添加日子
    pub add_day: &'static str,
    /// Statutory holidays.
    pub holidays: Holidays,
    /// "Why is this time not offered?"
    pub why_not: WhyNot,
    /// 店里失约时怎么补偿
    pub remedy: &'static str,
    /// 预约单上的提醒
    pub booking_note: &'static str,
    /// 品牌的其他门店可以按完整手机号找到本店会员
    pub shares_members: &'static str,
    /// What they see then.
    pub shares_note: &'static str,
    /// 每隔多久可以约一个
    pub grid: &'static str,
    /// 最晚提前多久在线预约
    pub lead: &'static str,
    /// 最多提前多少天
    pub horizon: &'static str,
    /// So many days.
    pub days: fn(u16) -> String,
    /// 开始前多久还能自己取消、改约
    pub cutoff: &'static str,
    /// 两小时以上的项目
    pub long_cutoff: &'static str,
    /// 确认时替客人留多久
    pub hold: &'static str,
    /// 迟到多久以内不算冲突
    pub late: &'static str,
    /// 前台断网多久后，在线预约改为等前台确认
    pub silent: &'static str,
    /// 不限
    pub any_time: &'static str,
    /// 一分钟也不行
    pub not_at_all: &'static str,
    /// 在线预约由谁确认
    pub confirmation: &'static str,
    /// 自动确认
    pub at_once: &'static str,
    /// 前台确认
    pub by_desk: &'static str,
    /// 客人会看到
    pub preview: &'static str,
    /// 可以约到最后一刻，
    pub say_no_lead: &'static str,
    /// Shortest notice, as members read it.
    pub say_lead: fn(&str) -> String,
    /// 开始前都可以免费取消或改约。
    pub say_no_cutoff: &'static str,
    /// Until when they may cancel; long visits second.
    pub say_cutoff: fn(&str, &str) -> String,
    /// 选好时间就约好了。
    pub say_at_once: &'static str,
    /// 提交后由门店确认。
    pub say_by_desk: &'static str,
    /// Offered starts.
    pub say_grid: fn(&str) -> String,
    /// How far ahead.
    pub say_horizon: fn(u16) -> String,
    /// 给同事一个账号和密码。平板登记以后，前台只用数字密码就够了。
    pub logins_note: &'static str,
    /// Whose login was made.
    pub login_made: fn(&str) -> String,
    /// 建立账号
    pub make_login: &'static str,
    /// 登记过的平板。丢了或换了，就在这里停用。
    pub devices_note: &'static str,
    /// 还没有登记过平板。
    pub no_devices: &'static str,
    /// 停用
    pub revoke: &'static str,
    /// 已停用
    pub revoked: &'static str,
    /// Since when a tablet is enrolled.
    pub enrolled_at: fn(&str) -> String,
    /// 还差几步就能开门
    pub unfinished: &'static str,
    /// 已经填好的都留着，接着来就行。
    pub unfinished_text: &'static str,
    /// 继续
    pub go_on: &'static str,
    /// How many there are.
    pub count: fn(usize) -> String,
    /// Name of a step of the first run.
    pub step: fn(usize) -> &'static str,
    /// Its question.
    pub step_title: fn(usize) -> &'static str,
    /// What it is for.
    pub step_text: fn(usize) -> &'static str,
    /// The store can open.
    pub ready: fn(&str) -> String,
    /// 看板已经准备好。要不要现在就记下第一个预约？
    pub ready_text: &'static str,
    /// 看今天的看板
    pub see_board: &'static str,
    /// 记第一个预约
    pub first_booking: &'static str,
}
