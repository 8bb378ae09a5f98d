//! Words of the desk's waitlist.

use crate::i18n::waitlist::Words;

pub(in crate::i18n) const WORDS: Words = Words {
    title: "Waitlist",
    waiting: |count| format!("{count} waiting"),
    offered_count: |count| format!("{count} to answer"),
    other_days: |count| format!("{count} on other days"),
    empty: "Nobody waits for this day",
    rule: |minutes| {
        format!(
            "By tier, then by time of entry. A free time is offered by itself to whoever comes first and held {minutes} minutes; without \
             an answer the next one is asked."
        )
    },
    add: "Add somebody",
    nothing_fits: "Nothing suits? Add to the waitlist",
    join_title: "Add to the waitlist",
    join: "Add to the waitlist",
    part: "Any time within",
    note_hint: "What to call them, which number to ring (guests do not see it)",
    why_tier: |tier, at| format!("Tier {tier} · since {at}"),
    why: |at| format!("Since {at}"),
    queued: "Waiting",
    offered: "Offered, no answer yet",
    held_until: |time| format!("Held until {time}"),
    over: "No answer; waiting on",
    free: "Free",
    none_free: "No time suits yet",
    offer: |time| format!("Offer {time}"),
    offline: "No network: an offer is held by the server, so none can be made now",
    asking: "Sending…",
    offer_done: |what| format!("Offered · {what}"),
    accept: "They take it",
    accepted: |what| format!("Booked · {what}"),
    decline: "They do not",
    declined: |who| format!("{who} waits on; the time goes to the next one"),
    remove: "Remove",
    remove_question: |who| format!("{who} loses this place and would start again at the end."),
    removed: |who| format!("{who} is off the waitlist"),
    joined: |what| format!("On the waitlist · {what}"),
    call: "No account: please call",
};
