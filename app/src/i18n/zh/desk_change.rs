//! 改单的词。

use crate::i18n::desk::change::Change;

pub(super) const CHANGE: Change = Change {
    title: "改内容",
    save: "保存",
    add: "加项目",
    take_away: "去掉",
    length: "时长",
    before: "准备",
    active: "操作",
    processing: "静置",
    after: "收尾",
    beside: "和其他项目同时开始（另一位手艺人）",
    other_guest: "换客人",
    wrong_price: "请填写金额，例如 168；面议请留空。",
    in_the_way: |who| format!("和{who} 冲突"),
    less: "减少",
    more: "增加",
};
