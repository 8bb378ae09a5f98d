//! Words of the member app.

use crate::i18n::member::{Frame, Home, Visits, Words};

pub(in crate::i18n) const WORDS: Words = Words {
    title: "Huiyue",
    frame: FRAME,
    home: HOME,
    booking: super::member_booking::WORDS,
    visits: VISITS,
    person: super::member_person::WORDS,
};

const FRAME: Frame = Frame {
    navigation: "Main",
    skip: "Skip to content",
    home: "Home",
    book: "Book",
    bookings: "My bookings",
    me: "Me",
    offline: "Not connected",
    offline_since: |time| format!("Not connected · as of {time}"),
    unsent: |count| format!("{count} to send"),
    stale: |age| format!("What you see is from {age}. Please refresh and check."),
    lost: "Nothing is here",
    lost_text: "The address may be wrong. Start again from home.",
};

const HOME: Home = Home {
    next: "Next visit",
    countdown: |minutes| match minutes {
        ..1 => "Any minute now".to_owned(),
        1..60 => format!("In {minutes} min"),
        60..1440 => match minutes % 60 {
            0 => format!("In {} h", minutes / 60),
            rest => format!("In {} h {rest} min", minutes / 60),
        },
        1440..2880 => "In 1 day".to_owned(),
        _ => format!("In {} days", minutes / 1440),
    },
    now: "It is time",
    again: "Book again",
    stores: "Stores",
    attention: "Needs your decision",
    empty_title: "When would you like to come?",
    empty_text: "Pick a time that suits you and we keep the chair.",
    directions: "Directions",
    displaced_title: |when| format!("Sorry, {when} needs a new time"),
    displaced_text: "The store needs this time after all. The price stays; tap a time and it is yours.",
    taken_title: |when| format!("{when} was just taken"),
    taken_text: "Everything you entered is kept. Tap a time nearby to book it instead.",
    taken_none: "Nothing else is free nearby; please pick another day.",
    other_time: "Another time",
    give_up: "Never mind",
    retaken: "Booked at the new time",
    refused: |why| format!("Not done: {why}"),
    refused_text: "Everything you entered is kept. Look at times and prices, then book again.",
    install_title: "Put Huiyue on your home screen",
    install_text: "One tap next time, and your bookings even offline.",
    install_ios: "Tap Share in your browser, then “Add to Home Screen”. Your bookings work even offline.",
    install: "Add",
    wechat: "Inside WeChat this page cannot open offline. Tap the menu and choose “Open in browser”.",
};

const VISITS: Visits = Visits {
    upcoming: "Upcoming",
    past: "Past",
    empty_title: "No bookings yet",
    empty_text: "Pick a time that suits you and we keep the chair.",
    book: "Book now",
    change: "Move",
    cancel: "Cancel",
    again: "Book again",
    detail: "Booking",
    missing: "This booking cannot be found",
    free_until: |when| format!("Free to change or cancel until {when}"),
    was_free_until: |when| format!("Changes were possible until {when}; please call the store"),
    call: "Call the store",
    cancel_title: "Cancel this booking?",
    cancel_free: |when| format!("Free until {when}. The time goes to somebody else at once."),
    cancel_late: |when| {
        format!(
            "Free cancellation ended {when}. Cancelling now is recorded as late, but it is still better than an empty chair. Thank you for telling us."
        )
    },
    cancel_do: "Cancel booking",
    cancel_keep: "Keep it",
    cancelled: "Cancelled",
    cancelled_late: "Cancelled late",
    cancelled_by_store: "The store cancelled this booking",
    declined: |reason| format!("The store could not accept it: {reason}"),
    cancelling: "The cancellation has not reached the store yet; it is sent once you are connected",
    moving: |when| format!("The move to {when} has not reached the store yet; it is sent once you are connected"),
    not_booked: "Not booked yet: it is sent once you are connected, and we tell you the answer",
    moved: "Moved",
    move_waits: "Not moved yet: it is sent once you are connected",
    cancel_waits: "Not cancelled yet: it is sent once you are connected",
    move_do: |when| format!("Move to {when}"),
    move_from: |when| format!("Booked now: {when}"),
    late: |minutes| format!("The guest before you is still here: about {minutes} min late"),
    note: "Note",
};
