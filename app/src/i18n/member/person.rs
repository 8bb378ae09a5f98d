//! Words of Me, signing in and privacy.

/// Me, signing in, privacy.
#[derive(Debug)]
pub struct Words {
    /// 手机号
    pub phone: &'static str,
    /// Why it is asked.
    pub phone_hint: &'static str,
    /// A landline gets no messages.
    pub phone_landline: &'static str,
    /// Which of these numbers is it?
    pub phone_which: &'static str,
    /// 获取验证码
    pub ask_code: &'static str,
    /// 验证码
    pub code: &'static str,
    /// Sent to.
    pub code_sent: fn(&str) -> String,
    /// For screen readers.
    pub code_label: &'static str,
    /// 重新发送
    pub resend: &'static str,
    /// So many seconds.
    pub resend_in: fn(i64) -> String,
    /// So many minutes.
    pub resend_in_minutes: fn(i64) -> String,
    /// 换个手机号
    pub other_phone: &'static str,
    /// 怎么称呼你
    pub name: &'static str,
    /// 姓名
    pub name_label: &'static str,
    /// Why.
    pub name_hint: &'static str,
    /// Name missing.
    pub name_missing: &'static str,
    /// Nothing of the name can be seen.
    pub name_invisible: &'static str,
    /// I agree to the
    pub consent: &'static str,
    /// 《个人信息处理说明》
    pub consent_link: &'static str,
    /// What for.
    pub consent_note: &'static str,
    /// It is missing.
    pub consent_missing: &'static str,
    /// 继续
    pub go_on: &'static str,
    /// 登录
    pub sign_in_title: &'static str,
    /// Kind words.
    pub sign_in_text: &'static str,
    /// Signing in needs the network.
    pub sign_in_offline: &'static str,
    /// 称呼
    pub profile: &'static str,
    /// Saved.
    pub saved: &'static str,
    /// Saved here, to be sent.
    pub saved_here: &'static str,
    /// 语言
    pub language: &'static str,
    /// 外观
    pub appearance: &'static str,
    /// 跟随系统
    pub auto: &'static str,
    /// 浅色
    pub light: &'static str,
    /// 深色
    pub dark: &'static str,
    /// 本机
    pub device: &'static str,
    /// 同步
    pub sync: &'static str,
    /// 上次同步
    pub synced: fn(&str) -> String,
    /// Never.
    pub never_synced: &'static str,
    /// 退出这台设备
    pub sign_out_note: &'static str,
    /// 还有没发送的预约
    pub unsent_title: &'static str,
    /// 先留下
    pub keep: &'static str,
    /// 仍然退出
    pub force: &'static str,
    /// 隐私
    pub privacy: &'static str,
    /// Agreed on.
    pub agreed: fn(u16, &str) -> String,
    /// 个人信息处理说明
    pub notice_title: &'static str,
    /// Version line.
    pub notice_version: fn(u16) -> String,
    /// Sections: heading and text.
    pub notice: &'static [(&'static str, &'static str)],
}
