//! Words of how the day is shown.

/// See above.
#[derive(Debug)]
pub struct Display {
    /// 显示方式
    pub title: &'static str,
    /// 样子
    pub shape: &'static str,
    /// 看板
    pub board: &'static str,
    /// 列表
    pub list: &'static str,
    /// 七天
    pub week: &'static str,
    /// 疏密
    pub density: &'static str,
    /// 紧凑
    pub narrow: &'static str,
    /// 标准
    pub usual: &'static str,
    /// 宽松
    pub wide: &'static str,
    /// 显示谁
    pub whose: &'static str,
    /// 全部显示
    pub everybody: &'static str,
    /// 没有预约
    pub nothing: &'static str,
    /// 可以新建预约，或换一天看看。
    pub nothing_text: &'static str,
}
