//! Words of the booking panel.

use shared::booking::CancelledBy;

/// The panel of a booking.
#[derive(Debug)]
pub struct Visit {
    /// 这项改动还没有发给服务器，联网后自动发送。
    pub unsent: &'static str,
    /// 已经不在了，可能刚被移走。
    pub gone: &'static str,
    /// 经过
    pub history: &'static str,
    /// 电话
    pub phone: &'static str,
    /// 价格
    pub price: &'static str,
    /// 来源
    pub channel: &'static str,
    /// 项目
    pub service: &'static str,
    /// 手艺人
    pub staff: &'static str,
    /// 资源
    pub resources: &'static str,
    /// 点钟
    pub requested: &'static str,
    /// 不指定
    pub any: &'static str,
    /// 未指定
    pub nobody: &'static str,
    /// 前台
    pub channel_desk: &'static str,
    /// 电话
    pub channel_phone: &'static str,
    /// 会员端
    pub channel_member_app: &'static str,
    /// 合作方
    pub channel_partner: &'static str,
    /// 导入
    pub channel_import: &'static str,
    /// From a store's own pages.
    pub channel_web_widget: &'static str,
    /// From WeChat.
    pub channel_we_chat: &'static str,
    /// From a device in the store.
    pub channel_device: &'static str,
    /// 接受
    pub confirm: &'static str,
    /// 婉拒
    pub decline: &'static str,
    /// 到店
    pub arrive: &'static str,
    /// 后来到了
    pub arrived_after_all: &'static str,
    /// 撤销到店
    pub undo_arrival: &'static str,
    /// 开始服务
    pub start: &'static str,
    /// 完成
    pub finish: &'static str,
    /// 晚到
    pub late: &'static str,
    /// 延时
    pub takes_longer: &'static str,
    /// 改约
    pub move_: &'static str,
    /// 改内容
    pub edit: &'static str,
    /// 爽约
    pub no_show: &'static str,
    /// 取消
    pub cancel: &'static str,
    /// 再约
    pub again: &'static str,
    /// 这位客人同一时间还有预约，是给家人朋友约的就没问题：
    pub same_time: &'static str,
    /// What somebody else did meanwhile, who and when.
    pub not_done: fn(&str) -> String,
    /// 谁来做
    pub who_serves: &'static str,
    /// 有空
    pub free_now: &'static str,
    /// 忙着
    pub busy_now: &'static str,
    /// 晚多少？
    pub late_title: &'static str,
    /// 后面的预约会跟着顺延，只推到够用为止。
    pub late_note: &'static str,
    /// 取消预约
    pub cancel_title: &'static str,
    /// 原因
    pub reason: &'static str,
    /// 保留
    pub keep: &'static str,
    /// 谁要取消
    pub by_whom: &'static str,
    /// 客人要取消
    pub by_guest: &'static str,
    /// 门店要取消
    pub by_store: &'static str,
    /// 这位客人的时间没有了
    pub displaced_title: &'static str,
    /// 打电话问问，选一个替客人定下。
    pub displaced_text: &'static str,
    /// 没有留下的时间，请用改约另选。
    pub displaced_none: &'static str,
    /// 改到什么时间？
    pub move_title: &'static str,
    /// What it costs before and after.
    pub price_changes: fn(&str, &str) -> String,
    /// 改到这里
    pub move_here: &'static str,
    /// 会员本人
    pub by_member: &'static str,
    /// 前台平板
    pub by_tablet: &'static str,
    /// 店员账号
    pub by_user: &'static str,
    /// 系统
    pub by_system: &'static str,
    /// 实际做了什么
    pub performed: fn(&str) -> String,
    /// 谁取消的，是否太晚
    pub cancelled_by: fn(CancelledBy, bool) -> String,
}

/// The history of a booking.
#[derive(Debug)]
pub struct Steps {
    /// 占位锁定
    pub held: &'static str,
    /// 提交申请
    pub requested: &'static str,
    /// 确认
    pub confirmed: &'static str,
    /// 婉拒
    pub declined: &'static str,
    /// 改约
    pub moved: &'static str,
    /// 改单
    pub changed: &'static str,
    /// 换人
    pub reassigned: &'static str,
    /// 取消
    pub cancelled: &'static str,
    /// 到店等候
    pub waiting: &'static str,
    /// 到店
    pub checked_in: &'static str,
    /// 撤销到店
    pub check_in_undone: &'static str,
    /// 开始服务
    pub started: &'static str,
    /// 延时
    pub ran_late: &'static str,
    /// 因前单顺延
    pub delayed: &'static str,
    /// 完成
    pub finished: &'static str,
    /// 爽约
    pub no_show: &'static str,
    /// 撤销爽约
    pub no_show_undone: &'static str,
    /// 加塞
    pub squeezed: &'static str,
    /// 让位
    pub displaced: &'static str,
    /// 保留过期
    pub expired: &'static str,
    /// 导入
    pub imported: &'static str,
}
