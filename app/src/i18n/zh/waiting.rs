//! 候补的说法。

use crate::i18n::waiting::Words;

pub(in crate::i18n) const WORDS: Words = Words {
    whole_day: "全天",
    title: "候补",
    join: "约满了？排个候补",
    rule: |minutes| format!("有空位时按会员等级和先后通知，为你保留 {minutes} 分钟，点一下就约上。候补不算预约，随时可以退出。"),
    joined: |when| format!("已排上候补：{when}"),
    join_saved: "已存在手机上 · 还没排上，联网后自动发送",
    queued: "排队中",
    queued_text: "有空位会马上通知你",
    unsent: "等待发送 · 还没排上",
    leaving: "等待发送 · 还没退出",
    answering: "正在等门店答复",
    leave: "退出候补",
    left: "已退出候补",
    offered: |when| format!("有空位了：{when}"),
    held: "为你保留",
    over: "保留时间已过，继续为你排队",
    accept: "就要这个时间",
    accept_request: "申请这个时间",
    decline: "让给别人",
    accepted: "约好了",
    accepted_request: "已提交，等门店确认",
    accept_saved: "等待发送 · 还没约上",
    declined: "已让给下一位，继续为你排队",
    expired: "这一天没有等到空位",
};
