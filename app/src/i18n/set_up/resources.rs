//! Words about rooms, stations and equipment.

use shared::resource_type::ResourceKind;

/// Words about rooms, stations and equipment.
#[derive(Debug)]
pub struct Resources {
    /// 房间、工位和设备
    pub title: &'static str,
    /// What they are for.
    pub text: &'static str,
    /// 房间, 工位, 设备
    pub kind: fn(ResourceKind) -> &'static str,
    /// 新的类型
    pub new_type: &'static str,
    /// 例如：洗头床
    pub example: &'static str,
    /// 添加类型
    pub add_type: &'static str,
    /// 再加一个
    pub add: fn(&str) -> String,
    /// 修改类型
    pub edit_type: &'static str,
    /// 修改
    pub edit: fn(&str) -> String,
    /// 使用中
    pub in_use: &'static str,
    /// 停用
    pub not_in_use: &'static str,
    /// There is none of a type in the store yet.
    pub none_here: &'static str,
    /// 需要的资源
    pub needs: &'static str,
    /// What a need means.
    pub needs_note: &'static str,
    /// For which parts of the service.
    pub parts_of: fn(&str) -> String,
    /// 第几段
    pub part: fn(usize, &str) -> String,
    /// 全程
    pub whole: &'static str,
}
