//! Words of "why is this time not offered?".

/// Words of "why is this time not offered?".
#[derive(Debug)]
pub struct WhyNot {
    /// 为什么约不到
    pub title: &'static str,
    /// 选好项目、谁来约、哪天几点，看看每个人能不能做、为什么不能。
    pub note: &'static str,
    /// 谁来约
    pub who_asks: &'static str,
    /// 会员在线
    pub online: &'static str,
    /// 前台
    pub desk: &'static str,
    /// 时间
    pub time: &'static str,
    /// 可以约
    pub can: &'static str,
    /// 这个时间谁都不行
    pub nobody: &'static str,
    /// Who can.
    pub some: fn(&str) -> String,
    /// Whose visits have the time.
    pub taken_by: fn(&str) -> String,
    /// 有占位，或在别的店
    pub blocked: &'static str,
    /// 不接受在线预约
    pub not_online: &'static str,
    /// Starts that are offered lie so many minutes apart.
    pub off_grid: fn(u16) -> String,
}
