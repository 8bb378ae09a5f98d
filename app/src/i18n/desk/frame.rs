//! Words of the frame, the board and the messages.

/// The frame around every page.
#[derive(Debug)]
pub struct Shell {
    /// 主导航
    pub navigation: &'static str,
    /// 会约
    pub mark: &'static str,
    /// 今日
    pub today: &'static str,
    /// 会员
    pub members: &'static str,
    /// 待处理
    pub attention: &'static str,
    /// 同步
    pub sync: &'static str,
    /// 设置
    pub set_up: &'static str,
    /// 项待处理
    pub open_entries: &'static str,
    /// 换人
    pub change_person: &'static str,
    /// 跳到内容
    pub skip: &'static str,
    /// 今日看板
    pub board: &'static str,
    /// 占位
    pub block_time: &'static str,
    /// 散客
    pub walk_in: &'static str,
    /// 新预约
    pub new_booking: &'static str,
    /// 前一天
    pub day_before: &'static str,
    /// 后一天
    pub day_after: &'static str,
    /// 选择日期
    pub choose_date: &'static str,
    /// 选择门店
    pub choose_store: &'static str,
    /// 语言与外观
    pub appearance: &'static str,
    /// 语言
    pub language: &'static str,
    /// 外观
    pub theme: &'static str,
    /// 跟随系统
    pub theme_auto: &'static str,
    /// 浅色
    pub theme_light: &'static str,
    /// 深色
    pub theme_dark: &'static str,
    /// 还有没保存的内容
    pub form_open: &'static str,
    /// 刷新会丢掉
    pub form_open_text: &'static str,
    /// 先填完
    pub fill_first: &'static str,
    /// 丢掉并刷新
    pub refresh_anyway: &'static str,
    /// 本机存储有问题
    pub storage_trouble: &'static str,
    /// 已同步，时刻
    pub in_step: fn(&str) -> String,
    /// 很久没有同步
    pub stale: fn(&str) -> String,
    /// 还有几项待发送
    pub sending: fn(usize) -> String,
    /// 月和日
    pub month_day: fn(u32, u32) -> String,
}

/// The day board.
#[derive(Debug)]
pub struct Board {
    /// 看板
    pub label: &'static str,
    /// 员工
    pub staff: &'static str,
    /// 资源
    pub resources: &'static str,
    /// Turns the board to them.
    pub show_resources: &'static str,
    /// 在别店
    pub elsewhere: &'static str,
    /// Turns it back.
    pub show_staff: &'static str,
    /// 未指定
    pub no_person: &'static str,
    /// 点
    pub requested_mark: &'static str,
    /// 点钟
    pub requested: &'static str,
    /// 散客
    pub walk_in: &'static str,
    /// 有备注
    pub has_note: &'static str,
    /// 有过敏
    pub has_allergy: &'static str,
    /// 同一时间还有一单
    pub same_time: &'static str,
    /// 加塞
    pub squeezed: &'static str,
    /// 待同步
    pub unsent: &'static str,
    /// Between the words of a label.
    pub comma: &'static str,
    /// 等候
    pub waiting: &'static str,
    /// 都可以
    pub anybody: &'static str,
    /// 分
    pub minutes: &'static str,
    /// 还没有门店
    pub no_store: &'static str,
    /// 先用几分钟设置门店、服务和员工，然后就能接预约了。
    pub no_store_text: &'static str,
    /// 这台平板还没有数据
    pub never_synced: &'static str,
    /// 第一次要联网
    pub never_synced_text: &'static str,
    /// 这天还没有预约：点一个空档新建，或登记一位散客。
    pub quiet_day: &'static str,
    /// A day further back than the device keeps.
    pub old_day: fn(i32) -> String,
    /// 还没点完成
    pub unfinished: &'static str,
    /// 开始设置
    pub set_up: &'static str,
    /// 这天没有人上班
    pub nobody_works: &'static str,
    /// 排好班，这里就会出现每个人的一天。
    pub nobody_works_text: &'static str,
    /// 去排班
    pub roster: &'static str,
    /// 几单
    pub visits: fn(usize) -> String,
    /// 在这个时间新建预约
    pub book_at: fn(&str) -> String,
    /// 晚了几分钟
    pub late: fn(u16) -> String,
    /// 客人没到，晚了几分钟
    pub missing: fn(i64) -> String,
    /// 客人到了，等了几分钟
    pub waits: fn(i64) -> String,
    /// 超时几分钟
    pub overruns: fn(i64) -> String,
    /// 没约上
    pub refused: &'static str,
    /// 另外还有几项
    pub more_refused: fn(usize) -> String,
    /// 从几点到几点
    pub from_until: fn(&str, &str) -> String,
}

/// States where the desk says it in other words than a member reads.
#[derive(Debug)]
pub struct States {
    /// 待同步
    pub unsent: &'static str,
    /// 保留中
    pub held: &'static str,
    /// 待确认
    pub requested: &'static str,
    /// 紧急
    pub emergency: &'static str,
    /// 需改约
    pub displaced: &'static str,
}

/// What a message says afterwards; text takes the name of the guest.
#[derive(Debug)]
pub struct Done {
    /// 已撤销
    pub undone: &'static str,
    /// 前台撤销
    pub undo_reason: &'static str,
    /// 占位已取消
    pub unblocked: &'static str,
    /// 已确认
    pub confirmed: fn(&str) -> String,
    /// 已婉拒
    pub declined: fn(&str) -> String,
    /// 已到店
    pub arrived: fn(&str) -> String,
    /// 已撤销到店
    pub arrival_undone: fn(&str) -> String,
    /// 开始服务
    pub started: fn(&str) -> String,
    /// 已完成
    pub finished: fn(&str) -> String,
    /// 已记爽约
    pub missed: fn(&str) -> String,
    /// 已取消
    pub cancelled: fn(&str) -> String,
    /// 已改约
    pub moved: fn(&str) -> String,
    /// 已改好
    pub changed: fn(&str) -> String,
    /// 约好了
    pub booked: fn(&str) -> String,
    /// 已加塞
    pub squeezed: fn(&str) -> String,
    /// 已登记等候
    pub waiting: fn(&str) -> String,
    /// 已顺延几分钟
    pub late: fn(&str, u16) -> String,
    /// 记下了 · 还没约上
    pub saved_booking: fn(&str) -> String,
    /// 记下了 · 还没改好
    pub saved_move: fn(&str) -> String,
    /// 记下了，联网后发送
    pub saved: fn(&str) -> String,
    /// 还没有答复
    pub asked: fn(&str) -> String,
    /// 没有成功: about what, and why
    pub refused: fn(&str, &str) -> String,
}

/// Asking before something is done to others.
#[derive(Debug)]
pub struct AskFirst {
    /// 会影响别人
    pub title: &'static str,
    /// 这样改会影响别人
    pub title_move: &'static str,
    /// 仍然这样改
    pub go_on_move: &'static str,
    /// Guest and person: they asked for somebody who will not do it.
    pub asked_for: fn(&str, &str) -> String,
    /// 仍然入座
    pub go_on: &'static str,
    /// 先等位
    pub wait_instead: &'static str,
    /// A visit, and how many minutes later it begins.
    pub later: fn(&str, i64) -> String,
    /// A visit, and who does it instead.
    pub reassigned: fn(&str, &str) -> String,
    /// A visit that loses its time.
    pub displaced: fn(&str) -> String,
    /// A visit by the same person at the same time.
    pub beside: fn(&str) -> String,
    /// Who is overtaken, and how many minutes they have waited.
    pub overtaken: fn(&str, i64) -> String,
}

/// Asking why.
#[derive(Debug)]
pub struct Reason {
    /// 需要说明理由
    pub title: &'static str,
    /// 理由
    pub label: &'static str,
    /// 仍要继续
    pub go_on: &'static str,
    /// 常用的理由
    pub usual: [&'static str; 3],
}
