//! 显示方式的词。

use crate::i18n::desk::display::Display;

pub(super) const DISPLAY: Display = Display {
    title: "显示方式",
    shape: "样子",
    board: "看板",
    list: "列表",
    week: "七天",
    density: "疏密",
    narrow: "紧凑",
    usual: "标准",
    wide: "宽松",
    whose: "显示谁",
    everybody: "全部显示",
    nothing: "没有预约",
    nothing_text: "可以新建预约，或者换一天看看。",
};
