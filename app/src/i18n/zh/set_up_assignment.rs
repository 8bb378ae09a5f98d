//! 派人规则的词。

use shared::staff_assignment::{AssignmentOrder, Binding};

use crate::i18n::set_up::Assignment;

pub(super) const ASSIGNMENT: Assignment = Assignment {
    title: "派人规则",
    text: "客人没有点名的时候，按这里的规则安排谁来做。只在会做、有空、同一价位的人里选；要男要女的愿望不会悄悄改掉。",
    order: "谁先",
    order_word: |order| match order {
        AssignmentOrder::LeastBooked => "约得最少的",
        AssignmentOrder::StoreOrder => "按员工顺序",
        AssignmentOrder::Rotation => "轮钟",
    },
    order_text: |order| match order {
        AssignmentOrder::LeastBooked => "当天约得最少的人先，大家一样忙。",
        AssignmentOrder::StoreOrder => "按“员工”里调整好的顺序，排在前面的先。",
        AssignmentOrder::Rotation => "到店的客人按签到先后轮流派；点钟不占轮次。提前约的先放在约得最少的人那里。看板上方会出现“轮钟”。",
    },
    binding: "什么时候定下来",
    binding_word: |binding| match binding {
        Binding::AtBooking => "约的时候",
        Binding::OnArrival => "到店的时候",
    },
    binding_text: |binding| match binding {
        Binding::AtBooking => "约好就定下谁来做，客人会看到名字。",
        Binding::OnArrival => "客人看到的是“不指定”；到店签到时才定，之前可以换给同价位的同事。",
    },
    usual_first: "老客先给上次的人",
    usual_text: "会员没点名时，上次为他服务的人有空就先派。",
};
