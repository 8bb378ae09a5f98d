//! Words at the door of the desk: signing in, enrolling a tablet, the change of person, roles.

use shared::role::Role;

/// Words at the door of the desk: signing in, enrolling a tablet, the change of person, roles.
#[derive(Debug)]
pub struct Words {
    /// 会约前台
    pub title: &'static str,
    /// 用店里给你的账号登录
    pub lead: &'static str,
    /// 请重新登录
    pub again: &'static str,
    /// 这台平板的登记已失效。请店长登录并重新登记；没发送的操作都还在这里。
    pub tablet_revoked: &'static str,
    /// 账号
    pub name: &'static str,
    /// 密码
    pub password: &'static str,
    /// 登录
    pub enter: &'static str,
    /// 忘了密码？请店长或老板重新邀请你；老板自己忘了，在服务器上运行 huiyue create-user 账号
    pub forgot: &'static str,
    /// 语言
    pub language: &'static str,
    /// 登记这台平板
    pub enrol_title: &'static str,
    /// 以后同事只用数字密码换人
    pub enrol_note: &'static str,
    /// 登记后，这台平板一直属于这家店：不用再输密码，同事用 4–6 位数字密码说明自己是谁。你的账号会从这台平板退出。
    pub enrol_lead: &'static str,
    /// 放在哪家店
    pub enrol_store: &'static str,
    /// 平板的名字
    pub enrol_name: &'static str,
    /// 前台平板
    pub enrol_name_default: &'static str,
    /// 只有店长或老板的账号可以登记平板
    pub enrol_not_allowed: &'static str,
    /// 先有一个数字密码
    pub first_pin: &'static str,
    /// 登记以后只能用数字密码解锁。至少先给一位同事设好。
    pub first_pin_text: &'static str,
    /// 已经有同事设好了数字密码
    pub has_pin: &'static str,
    /// 用账号登录
    pub sign_in_instead: &'static str,
    /// 登录后这台平板不再属于这家店，要再登记一次才能用数字密码换人。
    pub sign_in_instead_text: &'static str,
    /// So much waits on the tablet until they sign out.
    pub tablet_sends_later: fn(usize) -> String,
    /// Somebody went away; the tablet goes back once so much is sent.
    pub leaving: fn(usize) -> String,
    /// Signing out gives the tablet back.
    pub back_to_tablet: &'static str,
    /// So many commands must go out first.
    pub enrol_unsent: fn(usize) -> String,
    /// 登记
    pub enrol: &'static str,
    /// 现在是谁
    pub who_title: &'static str,
    /// 这家店还没有员工，请先到“设置”里添加
    pub nobody_here: &'static str,
    /// So many digits are typed.
    pub typed: fn(usize) -> String,
    /// 离线时无法核对数字密码
    pub offline_pin: &'static str,
    /// Goes on in somebody's name.
    pub go_on_as: fn(&str) -> String,
    /// 多久没人碰就锁定
    pub lock_after: &'static str,
    /// 不锁定
    pub never: &'static str,
    /// 没发送的操作会先提醒你
    pub sign_out_note: &'static str,
    /// A role in a word.
    pub role: fn(Role) -> &'static str,
}
