//! Words of statutory holidays.

/// Words of statutory holidays.
#[derive(Debug)]
pub struct Holidays {
    /// 法定节假日和调休
    pub title: &'static str,
    /// 2026 年的已经带好。新一年的公布以后，选一个表格文件：每行是日期、放假或调休、名称。
    pub note: &'static str,
    /// 选择表格文件
    pub file: &'static str,
    /// 这些节假日都过去了。
    pub none_coming: &'static str,
    /// Which row says nothing.
    pub wrong_row: fn(usize) -> String,
    /// 这个文件读不了：请存成 CSV，不超过 100 KB。
    pub wrong_file: &'static str,
    /// The days on which people rest, from and to.
    pub rest: fn(&str) -> String,
    /// The days on which they make up for it.
    pub make_up: fn(&str) -> String,
    /// 放假的日子
    pub on_holidays: &'static str,
    /// 调休上班的日子
    pub on_workdays: &'static str,
    /// 照常
    pub as_usual: &'static str,
    /// 按周六的时间
    pub as_on_saturdays: &'static str,
    /// 休息
    pub closed: &'static str,
    /// 按工作日的时间
    pub as_on_workdays: &'static str,
    /// How many days get other hours.
    pub apply: fn(usize) -> String,
}
