//! Words about logins: the list, inviting, sessions, one's own password, the audit.

use shared::api::logins::AuditAction;

/// Words about logins.
#[derive(Debug)]
pub struct Words {
    /// 新账号
    pub new_login: &'static str,
    /// 对方用链接自己设密码，别人都不知道。
    pub new_login_note: &'static str,
    /// 建立并邀请
    pub make_and_invite: &'static str,
    /// 现在就设密码
    pub set_password_now: &'static str,
    /// 邀请链接
    pub invitation: &'static str,
    /// What to do with the link, and until when it is good.
    pub invitation_text: fn(&str) -> String,
    /// 复制链接
    pub copy: &'static str,
    /// 已复制
    pub copied: &'static str,
    /// 重新邀请
    pub invite_again: &'static str,
    /// 忘了密码或链接丢了：发一个新的链接，以前的链接失效。
    pub invite_again_note: &'static str,
    /// 还没设密码
    pub is_invited: &'static str,
    /// 已关闭
    pub is_closed: &'static str,
    /// 你
    pub is_you: &'static str,
    /// 从未登录
    pub never_seen: &'static str,
    /// When a login was used last.
    pub seen: fn(&str) -> String,
    /// 所有门店
    pub all_stores: &'static str,
    /// 称呼
    pub display_name: &'static str,
    /// 关闭账号
    pub close: &'static str,
    /// 关闭后马上退出所有设备，离线保存的会员资料也会清除。以后可以再打开。
    pub close_note: &'static str,
    /// 重新打开
    pub open: &'static str,
    /// Whose login was closed.
    pub closed: fn(&str) -> String,
    /// Whose login is open again.
    pub opened: fn(&str) -> String,
    /// 账号不在这里，或不归你管理。
    pub not_found: &'static str,
    /// 我的账号
    pub own: &'static str,
    /// 密码和登录着的设备
    pub own_note: &'static str,
    /// 修改密码
    pub change_password: &'static str,
    /// 现在的密码
    pub old_password: &'static str,
    /// 新密码
    pub new_password: &'static str,
    /// 至少 12 个字符
    pub password_note: &'static str,
    /// 密码已修改，其他设备都已退出
    pub password_changed: &'static str,
    /// 欢迎加入
    pub welcome: &'static str,
    /// 给你的账号设一个密码，只有你自己知道。
    pub welcome_text: &'static str,
    /// 设置并登录
    pub set_and_enter: &'static str,
    /// 操作记录
    pub audit: &'static str,
    /// 谁登录、谁的权限变了、哪台平板加入或停用，都记在这里，不能修改。
    pub audit_note: &'static str,
    /// 更早的
    pub earlier: &'static str,
    /// 还没有记录
    pub nothing_yet: &'static str,
    /// What was done.
    pub action: fn(AuditAction) -> &'static str,
    /// Who did it: the program, a member, nobody yet, or a name.
    pub actor: fn(&str) -> String,
}
