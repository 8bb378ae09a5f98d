//! Words about the order in which a store shows its people.

/// Words about the order in which a store shows its people.
#[derive(Debug)]
pub struct StaffOrder {
    /// 调整顺序
    pub title: &'static str,
    /// 看板、选人的列表和会员手机都按这个顺序。
    pub text: &'static str,
    /// 改回按姓名
    pub by_name: &'static str,
    /// One place up.
    pub up: fn(&str) -> String,
    /// One place down.
    pub down: fn(&str) -> String,
    /// Where somebody stands now: name, place, of how many.
    pub place: fn(&str, usize, usize) -> String,
}
