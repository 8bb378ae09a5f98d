//! Words about who gets a guest who asked for nobody.

use shared::staff_assignment::{AssignmentOrder, Binding};

use crate::i18n::set_up::Assignment;

pub(super) const ASSIGNMENT: Assignment = Assignment {
    title: "Who gets whom",
    text: "For guests who ask for nobody. Only among people who can do it, are free and cost the same; a wish for a woman or a man is \
        never relaxed silently.",
    order: "Who comes first",
    order_word: |order| match order {
        AssignmentOrder::LeastBooked => "Least booked",
        AssignmentOrder::StoreOrder => "Order of the team",
        AssignmentOrder::Rotation => "Turns",
    },
    order_text: |order| match order {
        AssignmentOrder::LeastBooked => "Whoever has least on that day.",
        AssignmentOrder::StoreOrder => "As the team is put in order under Team.",
        AssignmentOrder::Rotation => {
            "Guests who are here go round in the order of signing in; who is asked for takes no turn. Who books ahead is put with the \
                least booked. “Turns” appears above the board."
        }
    },
    binding: "When it is settled",
    binding_word: |binding| match binding {
        Binding::AtBooking => "With the booking",
        Binding::OnArrival => "On arrival",
    },
    binding_text: |binding| match binding {
        Binding::AtBooking => "The guest sees the name at once.",
        Binding::OnArrival => "The guest sees “anybody” until they check in; before, it may pass to a colleague at the same price.",
    },
    usual_first: "Returning members see who served them last",
    usual_text: "When a member asks for nobody, whoever served them last comes first, if free.",
};
