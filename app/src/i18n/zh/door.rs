//! 前台的门口：登录、登记平板、换人、角色。

use crate::i18n::door::Words;
use shared::role::Role;

pub(in crate::i18n) const WORDS: Words = Words {
    title: "会约前台",
    lead: "用店里给你的账号登录",
    again: "请重新登录",
    tablet_revoked: "这台平板的登记已失效。请店长登录并重新登记；没发送的操作都还在这里。",
    name: "账号",
    password: "密码",
    enter: "登录",
    forgot: "忘了密码？请店长为你重设",
    language: "语言",
    enrol_title: "登记这台平板",
    enrol_note: "以后同事只用数字密码换人",
    enrol_lead: "登记后，这台平板一直属于这家店：不用再输密码，同事用 4–6 位数字密码说明自己是谁。你的账号会从这台平板退出。",
    enrol_store: "放在哪家店",
    enrol_name: "平板的名字",
    enrol_name_default: "前台平板",
    enrol_not_allowed: "只有店长或老板的账号可以登记平板",
    enrol_unsent: |count| format!("还有 {count} 项操作没有发送，发完再登记"),
    enrol: "登记",
    who_title: "现在是谁",
    nobody_here: "这家店还没有员工，请先到“设置”里添加",
    typed: |count| format!("已输入 {count} 位"),
    offline_pin: "离线时无法核对数字密码",
    go_on_as: |name| if name.is_empty() { "先继续使用".to_owned() } else { format!("以 {name} 的身份继续") },
    lock_after: "多久没人碰就锁定",
    never: "不锁定",
    sign_out_note: "没发送的操作会先提醒你",
    role: |role| match role {
        Role::Member => "会员",
        Role::Technician => "技师",
        Role::Receptionist => "前台",
        Role::StoreManager => "店长",
        Role::RegionManager => "区域经理",
        Role::BrandManager => "品牌经理",
        Role::Owner => "老板",
        Role::Auditor => "审计",
    },
};
