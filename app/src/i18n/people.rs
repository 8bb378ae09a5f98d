//! Words about members at the desk: the list, the card, registering.

use shared::member::MemberGroup;
use shared::staff::Gender;

/// Words about members at the desk: the list, the card, registering.
#[derive(Debug)]
pub struct Words {
    /// 会员
    pub title: &'static str,
    /// 新会员
    pub new_member: &'static str,
    /// 搜索会员
    pub search: &'static str,
    /// 姓名或手机尾号
    pub search_hint: &'static str,
    /// So many were found.
    pub count: fn(usize) -> String,
    /// So many more than are shown.
    pub beyond: fn(usize) -> String,
    /// 没找到这位会员
    pub none_found: &'static str,
    /// 试试姓名里的一个字，或手机号后四位。也可以现在登记。
    pub none_found_text: &'static str,
    /// 还没有会员
    pub none_yet: &'static str,
    /// 第一位客人登记以后，就会出现在这里。
    pub none_yet_text: &'static str,
    /// 选一位会员
    pub pick_title: &'static str,
    /// 过敏、偏好和来过的每一次，都在卡上。
    pub pick_text: &'static str,
    /// 找不到这位会员
    pub gone: &'static str,
    /// 可能属于别的门店，或还没同步到这台平板。
    pub gone_text: &'static str,
    /// 返回会员列表
    pub back_to_list: &'static str,
    /// 没有手机号
    pub no_phone: &'static str,
    /// 姓名
    pub name: &'static str,
    /// 手机号
    pub phone: &'static str,
    /// 选填
    pub optional: &'static str,
    /// 请填写姓名
    pub name_missing: &'static str,
    /// 未验证
    pub unverified: &'static str,
    /// 请先告知隐私说明，本人同意后再登记
    pub consent_needed: &'static str,
    /// Somebody was found by their number and has not been here yet.
    pub glimpse: &'static str,
    /// A code that is said at the desk.
    pub proof: Proof,
    /// Somebody whom this store does not know.
    pub elsewhere: Elsewhere,
    /// 已告知隐私说明，本人同意
    pub consent: &'static str,
    /// 用来安排预约和提醒，可随时撤回
    pub consent_note: &'static str,
    /// 登记
    pub register: &'static str,
    /// Somebody is a member now.
    pub registered: fn(&str) -> String,
    /// 这个号码已有会员，是同一个人吗？
    pub known_already: &'static str,
    /// 预约
    pub book: &'static str,
    /// 打电话
    pub call: &'static str,
    /// 资料
    pub details: &'static str,
    /// 未填写
    pub nothing: &'static str,
    /// A field group.
    pub group: fn(MemberGroup) -> &'static str,
    /// 有过敏或注意事项
    pub allergies: &'static str,
    /// 标签，用逗号隔开
    pub tags_label: &'static str,
    /// 、
    pub comma: &'static str,
    /// 生日
    pub birthday: &'static str,
    /// 性别
    pub gender: &'static str,
    /// 不说明
    pub gender_unsaid: &'static str,
    /// A gender.
    pub gender_of: fn(Gender) -> &'static str,
    /// 已保存
    pub saved: &'static str,
    /// 打开以后别人也改了这里：保存后两个值都会保留，由你们决定
    pub changed_meanwhile: &'static str,
    /// 到店
    pub visits: &'static str,
    /// 爽约
    pub no_shows: &'static str,
    /// 取消
    pub cancellations: &'static str,
    /// 上次到店
    pub last_visit: &'static str,
    /// 预约和到店
    pub history: &'static str,
    /// No bookings in the days that devices keep.
    pub no_visits: fn(i32) -> String,
    /// The days that devices keep, over figures of them.
    pub last_days: fn(i32) -> String,
    /// So many older visits.
    pub more_visits: fn(usize) -> String,
    /// 登记
    pub registration: &'static str,
    /// 登记于
    pub since: &'static str,
    /// 隐私授权
    pub consent_title: &'static str,
    /// Version and date of the consent.
    pub consent_given: fn(u16, &str) -> String,
    /// 还没有记录
    pub consent_missing: &'static str,
}

/// A code that the guest says at the desk.
#[derive(Debug)]
pub struct Proof {
    /// 验证号码
    pub title: &'static str,
    /// What happens, with the number.
    pub text: fn(&str) -> String,
    /// 发送验证码
    pub send: &'static str,
    /// 重新发送
    pub send_again: &'static str,
    /// 客人念的验证码
    pub label: &'static str,
    /// 验证
    pub prove: &'static str,
    /// 号码已验证
    pub done: &'static str,
}

/// Somebody whom this store does not know.
#[derive(Debug)]
pub struct Elsewhere {
    /// 不在本店的会员
    pub title: &'static str,
    /// 在其他门店查找
    pub find: &'static str,
    /// They are in the list now.
    pub found: &'static str,
    /// Nobody, or nobody who is shared.
    pub nobody: &'static str,
    /// The store knows them now.
    pub introduced: &'static str,
}
