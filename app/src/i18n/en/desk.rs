//! Words of the desk app.

use shared::booking::CancelledBy;

use crate::i18n::desk::Words;
use crate::i18n::desk::form::{Block, Form, WalkIn};
use crate::i18n::desk::frame::{Board, Done, Reason, Shell, States};
use crate::i18n::desk::visit::{Steps, Visit};

pub(in crate::i18n) const WORDS: Words = Words {
    title: "Huiyue Desk",
    shell: SHELL,
    board: BOARD,
    states: STATES,
    done: DONE,
    reason: REASON,
    visit: VISIT,
    steps: STEPS,
    form: FORM,
    walk_in: WALK_IN,
    block: BLOCK,
};

const SHELL: Shell = Shell {
    navigation: "Main",
    mark: "Huiyue",
    today: "Today",
    members: "Members",
    attention: "Inbox",
    sync: "Sync",
    set_up: "Set-up",
    open_entries: " open entries",
    change_person: "Change person",
    skip: "Skip to content",
    board: "Day board",
    block_time: "Block time",
    walk_in: "Walk-in",
    new_booking: "New booking",
    day_before: "Previous day",
    day_after: "Next day",
    choose_date: "Choose a date, ",
    choose_store: "Choose a store",
    appearance: "Language and appearance",
    language: "Language",
    theme: "Appearance",
    theme_auto: "System",
    theme_light: "Light",
    theme_dark: "Dark",
    storage_trouble: "Trouble with storage",
    in_step: |at| format!("In step · {at}"),
    stale: |at| format!("Last synced {at} · may be out of date"),
    sending: |count| format!("{count} to sync"),
    month_day: |month, day| format!("{day} {}", month_name(month)),
};

const BOARD: Board = Board {
    label: "Board of",
    staff: "Staff",
    no_person: "No person",
    requested_mark: "R",
    requested: "requested",
    walk_in: "Walk-in",
    has_note: "has a note",
    has_allergy: "has an allergy",
    squeezed: "squeezed in",
    unsent: "not sent yet",
    comma: ", ",
    waiting: "Waiting",
    anybody: "anybody",
    minutes: "min",
    no_store: "No store yet",
    no_store_text: "Set up the store, its services and its people in a few minutes, and bookings can begin.",
    quiet_day: "No bookings this day yet: tap a free time, or add a walk-in.",
    set_up: "Start the set-up",
    nobody_works: "Nobody works this day",
    nobody_works_text: "Once there is a roster, everybody’s day appears here.",
    roster: "To the roster",
    visits: |count| match count {
        1 => "1 visit".to_owned(),
        _ => format!("{count} visits"),
    },
    book_at: |at| format!("New booking at {at}"),
    late: |minutes| format!("{minutes} min late"),
    from_until: |from, until| format!("{from} to {until}"),
};

const STATES: States = States { unsent: "To sync", held: "On hold", requested: "Requested", emergency: "Emergency", displaced: "To move" };

const DONE: Done = Done {
    undone: "Taken back",
    undo_reason: "Taken back at the desk",
    unblocked: "Time is free again",
    confirmed: |who| format!("Confirmed · {who}"),
    declined: |who| format!("Declined · {who}"),
    arrived: |who| format!("Arrived · {who}"),
    arrival_undone: |who| format!("Arrival taken back · {who}"),
    started: |who| format!("Started · {who}"),
    finished: |who| format!("Finished · {who}"),
    missed: |who| format!("Marked as no-show · {who}"),
    cancelled: |who| format!("Cancelled · {who}"),
    moved: |who| format!("Moved · {who}"),
    booked: |who| format!("Booked · {who}"),
    squeezed: |who| format!("Squeezed in · {who}"),
    waiting: |who| format!("Waiting · {who}"),
    late: |who, minutes| format!("{minutes} min later · {who}"),
};

const REASON: Reason = Reason {
    title: "A reason is needed",
    label: "Reason",
    go_on: "Go on",
    usual: ["The guest agrees", "The manager agrees", "The guest is in a hurry"],
};

const VISIT: Visit = Visit {
    unsent: "This has not reached the server yet; it is sent as soon as there is a network.",
    gone: "This is gone; it may just have been taken away.",
    history: "History",
    phone: "Phone",
    price: "Price",
    channel: "Came by",
    service: "Service",
    staff: "With",
    requested: "requested",
    any: "anybody",
    nobody: "nobody yet",
    channel_desk: "the desk",
    channel_phone: "phone",
    channel_member_app: "the member app",
    channel_partner: "a partner",
    channel_import: "an import",
    confirm: "Accept",
    decline: "Decline",
    arrive: "Arrived",
    arrived_after_all: "Came after all",
    undo_arrival: "Not here yet",
    start: "Start",
    finish: "Finish",
    late: "Running late",
    takes_longer: "Takes longer",
    move_: "Move",
    no_show: "No-show",
    cancel: "Cancel",
    again: "Book again",
    late_title: "How much later?",
    late_note: "What follows is pushed along, only as far as it must be.",
    cancel_title: "Cancel the booking",
    decline_title: "Decline the request",
    reason: "Reason",
    keep: "Keep it",
    by_whom: "Who cancels",
    by_guest: "The guest",
    by_store: "The store",
    displaced_title: "This guest lost their time",
    displaced_text: "Give them a call and take one of these for them.",
    displaced_none: "None of the offered times is left; please move the booking.",
    move_title: "Move to when?",
    move_here: "Move here",
    by_member: "the member",
    by_tablet: "desk tablet",
    by_user: "staff login",
    by_system: "system",
    performed: |service| format!("done: {service}"),
    cancelled_by: |by, late| {
        format!(
            "Cancelled by the {}{}",
            if by == CancelledBy::Member { "guest" } else { "store" },
            if late { ", after the cut-off" } else { "" }
        )
    },
};

const STEPS: Steps = Steps {
    held: "Held",
    requested: "Requested",
    confirmed: "Confirmed",
    declined: "Declined",
    moved: "Moved",
    reassigned: "Given to a colleague",
    cancelled: "Cancelled",
    waiting: "Waiting",
    checked_in: "Arrived",
    check_in_undone: "Arrival taken back",
    started: "Started",
    ran_late: "Ran late",
    delayed: "Delayed by the visit before",
    finished: "Finished",
    no_show: "No-show",
    squeezed: "Squeezed in",
    displaced: "Gave way",
    expired: "Hold ran out",
    imported: "Imported",
};

const FORM: Form = Form {
    title: "New booking",
    optional: "optional",
    who: "Who",
    search: "Find a member",
    search_hint: "Name or end of the phone number",
    as_guest: "Left empty: a walk-in",
    new_member: "New member",
    change: "Change",
    name: "Name",
    phone: "Phone",
    phone_wrong: "Please check the number",
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
    note: "Note",
    by_phone: "Booked by phone",
    book: "Book",
    nearest: "Everything you filled in is still here; tap a time nearby.",
    nothing_near: "Everything you filled in is still here. Nothing nearby is free; try another day.",
    squeeze: "Squeeze in here",
    squeeze_title: "Squeeze in",
    squeeze_text: "Both visits will share this person’s time, and the board shows it.",
    as_named_guest: |name| format!("Guest “{name}”, not a member"),
    openings: |count| match count {
        1 => "1 time".to_owned(),
        _ => format!("{count} times"),
    },
};

const WALK_IN: WalkIn = WalkIn { title: "Walk-in", name: "Name", wait: "Wait", seat_now: "Seat now" };

const BLOCK: Block = Block {
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
};

fn month_name(month: u32) -> &'static str {
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    names.get(month.saturating_sub(1) as usize).copied().unwrap_or_default()
}
