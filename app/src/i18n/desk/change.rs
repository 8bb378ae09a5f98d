//! Words of a visit that is edited in place, or moved by hand on the board.

/// See above.
#[derive(Debug)]
pub struct Change {
    /// 改内容
    pub title: &'static str,
    /// 保存
    pub save: &'static str,
    /// 加项目
    pub add: &'static str,
    /// 去掉
    pub take_away: &'static str,
    /// 时长
    pub length: &'static str,
    /// 准备
    pub before: &'static str,
    /// 操作
    pub active: &'static str,
    /// 静置
    pub processing: &'static str,
    /// 收尾
    pub after: &'static str,
    /// 与其他项目同时开始
    pub beside: &'static str,
    /// 换客人
    pub other_guest: &'static str,
    /// 金额看不懂
    pub wrong_price: &'static str,
    /// Who has the time.
    pub in_the_way: fn(&str) -> String,
    /// 减少
    pub less: &'static str,
    /// 增加
    pub more: &'static str,
}
