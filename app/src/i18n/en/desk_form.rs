//! Words of the desk's forms, in English.

use crate::i18n::desk::form::{Block, Form, WalkIn};

pub(super) const FORM: Form = Form {
    title: "New booking",
    optional: "optional",
    who: "Who",
    search: "Find a member",
    search_hint: "Name or end of the phone number",
    as_guest: "Left empty: a walk-in",
    new_member: "New member",
    change: "Change",
    new_member_note: "Becomes a member with the booking",
    services: "What",
    category: "Category",
    staff: "With whom",
    anybody: "Anybody",
    time: "When",
    services_first: "Choose a service first; the free times appear here.",
    day_full: "Nothing is free this day; try the day before or after.",
    other_person: "This person does none of these; choose somebody else or “Anybody”.",
    other_time: "Or type a time",
    time_wrong: "This is no time: write it like 14:30",
    note: "Note",
    by_phone: "Booked by phone",
    book: "Book",
    nearest: "Everything you filled in is still here; tap a time nearby.",
    nothing_near: "Everything you filled in is still here. Nothing nearby is free; try another day.",
    squeeze: "Squeeze in here",
    taken_by: |who| if who.is_empty() { "This time is blocked".to_owned() } else { format!("This time is taken: {who}") },
    squeeze_title: "Squeeze in",
    squeeze_text: "Both visits will share this person’s time, and the board shows it.",
    as_named_guest: |name| format!("Guest “{name}”, not a member"),
    looks_like_number: |typed| {
        format!("“{typed}” looks like a number: choose a member from the list, register a new one, or say that it is the name.")
    },
    is_the_name: |typed| format!("“{typed}” is the name"),
    any_price: |price| format!("Also people who cost more (up to {price})"),
    price_from: |price| format!("from {price}"),
    booking: "Booking…",
    openings: |count| match count {
        1 => "1 time".to_owned(),
        _ => format!("{count} times"),
    },
};

pub(super) const WALK_IN: WalkIn = WalkIn {
    title: "Walk-in",
    name: "Name",
    wait: "Wait",
    seat_now: "Seat now",
    looks_like_number: |typed| format!("“{typed}” looks like a number rather than a name."),
};

pub(super) const BLOCK: Block = Block {
    title: "Block time",
    whose: "Whose time",
    from: "From",
    until: "Until",
    kind: "Kind",
    reason: "Reason",
    block: "Block this time",
    unblock: "Free this time",
    break_: "Break",
    time_off: "Time off",
    other: "Other",
    emergency: "Emergency",
    emergency_note: "An emergency makes promises give way; please say why.",
    hits: "These guests are affected; please call them",
    absent_today: "Absent today",
    leaves_now: "Leaves now",
    absent_tomorrow: "Absent tomorrow",
    absent_note: "Changes the day's shift; you are asked about each guest who is booked.",
    away: |name| format!("{name}'s shift is changed"),
};
