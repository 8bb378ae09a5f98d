//! 两端共用的词。

use shared::state_kind::StateKind;

use crate::i18n::common::{Actions, Device, Sessions, States, Times, Words};
use crate::state::{Link, Storage};

pub(in crate::i18n) const WORDS: Words = Words { actions: ACTIONS, states: STATES, device: DEVICE, sessions: SESSIONS, times: TIMES };

const ACTIONS: Actions = Actions {
    ok: "确定",
    back: "返回",
    close: "关闭",
    save: "保存",
    delete: "删除",
    edit: "编辑",
    retry: "重试",
    refresh: "刷新",
    undo: "撤销",
    sign_in: "登录",
    sign_out: "退出登录",
    send_now: "立即发送",
    dismiss: "知道了",
    search: "搜索",
    more: "更多",
};

const STATES: States = States {
    of: |state| match state {
        StateKind::Held => "已为你保留",
        StateKind::Requested => "待门店确认",
        StateKind::Confirmed => "已确认",
        StateKind::Waiting => "等候中",
        StateKind::CheckedIn => "已到店",
        StateKind::InService => "服务中",
        StateKind::Completed => "已完成",
        StateKind::Expired => "已过期",
        StateKind::Declined => "未接受",
        StateKind::Cancelled => "已取消",
        StateKind::NoShow => "爽约",
        StateKind::Displaced => "需改约",
    },
    unsent: "还没约上 · 待发送",
    refused: "没约上",
    attention: "需要你决定",
    blocked: "占位",
};

const DEVICE: Device = Device {
    link: |link| match link {
        Link::Online => "已连接",
        Link::Syncing => "同步中",
        Link::Offline { .. } => "离线",
        Link::SignedOut => "登录已过期",
        Link::Outdated => "需要更新",
    },
    storage: |storage| match storage {
        Storage::Opening | Storage::Durable => String::new(),
        Storage::Absent => "这个浏览器不能保存数据：联网时一切照常，离线时不能预约".to_owned(),
        Storage::Ended { unsent: 0 } => "浏览器关闭了本机存储：联网时一切照常，离线时不能预约".to_owned(),
        Storage::Ended { unsent } => format!("浏览器关闭了本机存储：{unsent} 项还没发送的操作只在这个页面里，发送完之前请不要关闭"),
        Storage::Full => "存储空间已满：新的离线操作无法保存，请先联网同步或清理空间".to_owned(),
        Storage::Newer => "另一个页面已更新到新版本，请刷新".to_owned(),
        Storage::Evicted { lost } => format!("浏览器清除了本机数据，{lost} 项未发送的操作已丢失，请重新操作"),
    },
    offline_bar: |waiting, last_sync| match waiting {
        0 => format!("离线 · 最后同步 {last_sync}"),
        _ => format!("离线 · {waiting} 项待同步 · 最后同步 {last_sync}"),
    },
    as_of: |time| format!("截至 {time}"),
    new_version: "新版本已就绪",
    session_over: "登录已过期，没发送的操作都还在，重新登录即可继续",
    unsent_on_sign_out: |count| format!("还有 {count} 项操作没有发送，退出后会丢失"),
    unreachable: "暂时连不上，请稍后再试",
    page_missing: "这一页没有取到",
    page_missing_text: "网络恢复后再试一次；填好的内容都还在",
};

const SESSIONS: Sessions = Sessions {
    title: "登录着的设备",
    text: "手机丢了，或在别人的设备上登录过：在这里退出，那边马上就看不到你的预约。",
    none: "现在没有登录着的设备。",
    this_device: "这台设备",
    unknown_device: "未知设备",
    signed_in: |since, seen| format!("{since} 登录 · {seen} 用过"),
    sign_out_there: "在那里退出",
    signed_out_there: "已在那里退出",
};

const TIMES: Times = Times {
    weekdays: ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
    weekdays_short: ["一", "二", "三", "四", "五", "六", "日"],
    date: |month, day, weekday| format!("{month}月{day}日 {}", TIMES.weekdays[usize::from(weekday % 7)]),
    date_with_year: |year, month, day, weekday| format!("{year}年{month}月{day}日 {}", TIMES.weekdays[usize::from(weekday % 7)]),
    duration: |minutes| match (minutes / 60, minutes % 60) {
        (0, rest) => format!("{rest}分钟"),
        (hours, 0) => format!("{hours}小时"),
        (hours, rest) => format!("{hours}小时{rest}分钟"),
    },
    today: "今天",
    tomorrow: "明天",
    yesterday: "昨天",
    ago: |minutes| match minutes {
        ..1 => "刚刚".to_owned(),
        1..60 => format!("{minutes}分钟前"),
        60..1440 => format!("{}小时前", minutes / 60),
        _ => format!("{}天前", minutes / 1440),
    },
    until: |minutes| match minutes {
        ..1 => "马上".to_owned(),
        1..60 => format!("{minutes}分钟后"),
        60..1440 => format!("{}小时后", minutes / 60),
        _ => format!("{}天后", minutes / 1440),
    },
    morning: "上午",
    afternoon: "下午",
    evening: "晚上",
    on_consultation: "面议",
};
