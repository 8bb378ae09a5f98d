//! Words of the desk app.

use shared::booking::CancelledBy;

use super::desk_change::CHANGE;
use super::desk_display::DISPLAY;
use super::desk_form::{BLOCK, FORM, WALK_IN};
use super::desk_rotation::ROTATION;
use crate::i18n::desk::Words;
use crate::i18n::desk::frame::{AskFirst, Board, Done, Reason, Shell, States};
use crate::i18n::desk::visit::{Steps, Visit};

pub(in crate::i18n) const WORDS: Words = Words {
    title: "Huiyue Desk",
    shell: SHELL,
    board: BOARD,
    states: STATES,
    done: DONE,
    ask_first: ASK_FIRST,
    reason: REASON,
    decline: DECLINE,
    call_off: CALL_OFF,
    visit: VISIT,
    change: CHANGE,
    display: DISPLAY,
    steps: STEPS,
    form: FORM,
    walk_in: WALK_IN,
    block: BLOCK,
    rotation: ROTATION,
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
    form_open: "Something here is not saved",
    form_open_text: "Refreshing now loses the form you are filling in. Finish it first; the new version waits.",
    fill_first: "Finish it first",
    refresh_anyway: "Lose it and refresh",
    storage_trouble: "Trouble with storage",
    in_step: |at| format!("In step · {at}"),
    stale: |at| format!("Last synced {at} · may be out of date"),
    sending: |count| format!("{count} to sync"),
    month_day: |month, day| format!("{day} {}", month_name(month)),
};

const BOARD: Board = Board {
    label: "Board of",
    staff: "Staff",
    resources: "Places",
    show_resources: "Show rooms, stations, equipment",
    elsewhere: "At another store",
    show_staff: "Show staff",
    no_person: "No person",
    requested_mark: "R",
    requested: "requested",
    walk_in: "Walk-in",
    has_note: "has a note",
    has_allergy: "has an allergy",
    same_time: "another visit at the same time",
    squeezed: "squeezed in",
    unsent: "not sent yet",
    comma: ", ",
    waiting: "Waiting",
    anybody: "anybody",
    minutes: "min",
    no_store: "No store yet",
    no_store_text: "Set up the store, its services and its people in a few minutes, and bookings can begin.",
    never_synced: "Nothing on this tablet yet",
    never_synced_text: "The first time needs a network. After that the day goes on without one.",
    quiet_day: "No bookings this day yet: tap a free time, or add a walk-in.",
    old_day: |days| format!("Bookings older than {days} days are not kept on this device."),
    unfinished: "Never finished",
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
    missing: |minutes| format!("not here, {minutes} min"),
    waits: |minutes| format!("waits {minutes} min"),
    overruns: |minutes| format!("{minutes} min over"),
    refused: "not done",
    more_refused: |count| format!("{count} more"),
    from_until: |from, until| format!("{from} to {until}"),
};

const STATES: States =
    States { unsent: "Not booked yet", held: "On hold", requested: "Requested", emergency: "Emergency", displaced: "To move" };

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
    changed: |who| format!("Edited · {who}"),
    booked: |who| format!("Booked · {who}"),
    squeezed: |who| format!("Squeezed in · {who}"),
    waiting: |who| format!("Waiting · {who}"),
    late: |who, minutes| format!("{minutes} min later · {who}"),
    saved_booking: |about| format!("Saved here · not booked yet · {about}"),
    saved_move: |about| format!("Saved here · not moved yet · {about}"),
    saved: |done| format!("Saved here, sent when online · {done}"),
    asked: |about| format!("No answer yet · {about}"),
    refused: |about, why| format!("Not done · {about} · {why}"),
};

const ASK_FIRST: AskFirst = AskFirst {
    title: "Starting now affects others",
    title_move: "Change it like this?",
    go_on_move: "Change it",
    asked_for: |guest, staff| format!("{guest} asked for {staff}; that will no longer count as a request"),
    go_on: "Start all the same",
    wait_instead: "Let them wait",
    later: |visit, minutes| format!("{visit}: begins {minutes} min later"),
    reassigned: |visit, staff| format!("{visit}: goes to {staff}"),
    displaced: |visit| format!("{visit}: loses the time and must be moved"),
    beside: |visit| format!("{visit}: two would be served at once"),
    overtaken: |who, minutes| format!("{who} has waited {minutes} min and would be overtaken"),
};

const REASON: Reason = Reason {
    title: "A reason is needed",
    label: "Reason",
    go_on: "Go on",
    usual: ["The guest agrees", "The manager agrees", "The guest is in a hurry"],
};

const DECLINE: Reason = Reason {
    title: "Why not?",
    label: "What the guest is told",
    go_on: "Decline the request",
    usual: ["That time is fully booked", "The day has changed", "We cannot do this service for now"],
};

const CALL_OFF: Reason = Reason {
    title: "Why is it cancelled?",
    label: "Reason",
    go_on: "Cancel the booking",
    usual: ["The guest cannot be reached", "Somebody is off unexpectedly", "The store has to close"],
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
    resources: "With",
    requested: "requested",
    any: "anybody",
    nobody: "nobody yet",
    channel_desk: "the desk",
    channel_phone: "phone",
    channel_member_app: "the member app",
    channel_partner: "a partner",
    channel_import: "an import",
    channel_web_widget: "the website",
    channel_we_chat: "WeChat",
    channel_device: "a self-service device",
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
    edit: "Edit",
    no_show: "No-show",
    cancel: "Cancel",
    again: "Book again",
    same_time: "This guest has another visit at the same time. Fine if it is for family or friends:",
    not_done: |step| format!("Not changed, somebody was faster: {step}"),
    who_serves: "Who serves them",
    free_now: "free",
    busy_now: "busy",
    late_title: "How much later?",
    late_note: "What follows is pushed along, only as far as it must be.",
    cancel_title: "Cancel the booking",
    reason: "Reason",
    keep: "Keep it",
    by_whom: "Who cancels",
    by_guest: "The guest",
    by_store: "The store",
    displaced_title: "This guest lost their time",
    displaced_text: "Give them a call and take one of these for them.",
    displaced_none: "None of the offered times is left; please move the booking.",
    move_title: "Move to when?",
    price_changes: |before, after| format!("The price changes from {before} to {after}"),
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
    changed: "Edited",
    reassigned: "SubmitResult to a colleague",
    cancelled: "Cancelled",
    waiting: "Waiting",
    checked_in: "Arrived",
    check_in_undone: "Arrival taken back",
    started: "Started",
    ran_late: "Ran late",
    delayed: "Delayed by the visit before",
    finished: "Finished",
    no_show: "No-show",
    no_show_undone: "No-show undone",
    squeezed: "Squeezed in",
    displaced: "Gave way",
    expired: "Hold ran out",
    imported: "Imported",
};

fn month_name(month: u32) -> &'static str {
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    names.get(month.saturating_sub(1) as usize).copied().unwrap_or_default()
}
