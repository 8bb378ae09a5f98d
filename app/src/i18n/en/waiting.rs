//! Words for whoever waits for a time.

use crate::i18n::waiting::Words;

pub(in crate::i18n) const WORDS: Words = Words {
    whole_day: "All day",
    title: "Waitlist",
    join: "Full? Join the waitlist",
    rule: |minutes| {
        format!(
            "When a time is free, people are told by tier and then in order, and it is held {minutes} minutes: one tap takes it. Waiting \
             is not a booking; leave whenever you like."
        )
    },
    joined: |when| format!("You are on the waitlist: {when}"),
    join_saved: "Kept on your phone · not on the list yet, sent when you are online",
    queued: "On the waitlist",
    queued_text: "You will be told as soon as a time is free",
    unsent: "Waiting to send · not on the list yet",
    leaving: "Waiting to send · still on the list",
    answering: "Waiting for the store's answer",
    leave: "Leave the waitlist",
    left: "You have left the waitlist",
    offered: |when| format!("A time is free: {when}"),
    held: "Held for you",
    over: "The time is no longer held; you are still on the waitlist",
    accept: "Take this time",
    accept_request: "Ask for this time",
    decline: "Let it go",
    accepted: "Booked",
    accepted_request: "Sent; the store will confirm",
    accept_saved: "Waiting to send · not booked yet",
    declined: "The next one is asked; you are still on the waitlist",
    expired: "No time became free on this day",
};
