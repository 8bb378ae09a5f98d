//! 前台表单的词。

use crate::i18n::desk::form::{Block, Form, WalkIn};

pub(super) const FORM: Form = Form {
    title: "新预约",
    optional: "选填",
    who: "谁",
    search: "搜索会员",
    search_hint: "姓名或手机尾号",
    as_guest: "不填就是散客",
    new_member: "注册会员",
    change: "换一位",
    new_member_note: "约好的同时成为会员",
    services: "做什么",
    category: "分类",
    staff: "找谁",
    anybody: "都可以",
    time: "什么时间",
    services_first: "先选项目，就会出现可约的时间。",
    day_full: "这天没有空了，看看前后一天。",
    other_person: "这位员工不做这些项目，换一位或选“都可以”。",
    other_time: "或直接输入时间",
    time_wrong: "时间看不懂，请写成 14:30",
    note: "备注",
    by_phone: "电话预约",
    book: "约好",
    nearest: "填好的都还在，点一个相近的时间就好。",
    nothing_near: "填好的都还在。这两天没有相近的空档，换一天试试。",
    squeeze: "加塞到这里",
    squeeze_title: "加塞",
    squeeze_text: "两单会同时占着这位员工的时间，看板上会标出来。",
    as_named_guest: |name| format!("登记为散客“{name}”"),
    looks_like_number: |typed| format!("“{typed}”像是号码：请在上面点一位会员，或确认这就是称呼。"),
    is_the_name: |typed| format!("就叫“{typed}”"),
    any_price: |price| format!("价位更高的也可以（最高 {price}）"),
    price_from: |price| format!("{price} 起"),
    booking: "正在约…",
    openings: |count| format!("{count} 个时间"),
};

pub(super) const WALK_IN: WalkIn = WalkIn {
    title: "散客",
    name: "称呼",
    wait: "先等位",
    seat_now: "马上入座",
    looks_like_number: |typed| format!("“{typed}”像是号码，不像称呼。"),
};

pub(super) const BLOCK: Block = Block {
    title: "占位",
    whose: "谁的时间",
    from: "从",
    until: "到",
    kind: "种类",
    reason: "原因",
    block: "占住这段时间",
    unblock: "取消占位",
    break_: "休息",
    time_off: "请假",
    other: "其他",
    emergency: "紧急",
    emergency_note: "紧急情况会让已答应的预约让位，请写明原因。",
};
