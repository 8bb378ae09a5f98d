//! Words about who gets a guest who asked for nobody.

use shared::staff_assignment::{AssignmentOrder, Binding};

/// Words about who gets a guest who asked for nobody.
#[derive(Debug)]
pub struct Assignment {
    /// 派人规则
    pub title: &'static str,
    /// 客人没有点名的时候，按这里的规则安排谁来做。
    pub text: &'static str,
    /// 谁先
    pub order: &'static str,
    /// One of them.
    pub order_word: fn(AssignmentOrder) -> &'static str,
    /// What it means.
    pub order_text: fn(AssignmentOrder) -> &'static str,
    /// 什么时候定下来
    pub binding: &'static str,
    /// One of them.
    pub binding_word: fn(Binding) -> &'static str,
    /// What it means.
    pub binding_text: fn(Binding) -> &'static str,
    /// 老客先给上次的人
    pub usual_first: &'static str,
    /// What it means.
    pub usual_text: &'static str,
}
