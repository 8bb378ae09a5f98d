//! Words for every no: why, and what to do next.

use shared::phone::{NotRead, Phone};
use shared::refusal::{MemberLimit, Refusal};

use crate::api::ApiError;
use crate::i18n::refusals::Words;
use crate::local_db::error::StoreError;

pub(in crate::i18n) const WORDS: Words = Words {
    refusal,
    phone,
    api,
    store: |error| match error {
        StoreError::Absent => "This browser keeps nothing",
        StoreError::Full => "No room left on this device: this was not saved. Sync or free some space first.",
        StoreError::Newer => "Another tab runs a newer version. Please refresh and try again.",
        StoreError::Lost | StoreError::Failed(_) => "This could not be saved on the device. Please refresh and try again.",
    },
    signed_out: "Please sign in first",
    not_kept: "We cannot be reached, and this browser cannot keep unsent changes: please tap again in a moment.",
    set_aside: "The server could not process this. It has been set aside for a person to look at.",
    withdrawn: "Taken back",
};

fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Undecided => "Waiting for the server's answer".to_owned(),
        Refusal::NotAllowed => "You are not allowed to do this".to_owned(),
        Refusal::NotFound { .. } => "Not found; it may have been removed".to_owned(),
        Refusal::Invalid { field } => format!("Please check: {}", super::super::refusals::field(field, false)),
        Refusal::AlreadyExists => "This exists already".to_owned(),
        Refusal::WrongState { state } => format!("Not possible while “{}”", (super::common::WORDS.states.of)(*state)),
        Refusal::TimeTaken { .. } => "This time was just taken".to_owned(),
        Refusal::StoreClosed => "The store is closed at this time".to_owned(),
        Refusal::NotOnShift { .. } => "This person is not working at this time".to_owned(),
        Refusal::NotSkilled { .. } => "This person does not do this service".to_owned(),
        Refusal::NobodyFree => "Nobody is free at this time".to_owned(),
        Refusal::NoResource { .. } => "No room, station or equipment is free at this time".to_owned(),
        Refusal::TooSoon { lead_minutes: 0 } => "This time has passed".to_owned(),
        Refusal::TooSoon { lead_minutes } => {
            format!("Too soon: please book at least {} ahead", super::common::WORDS.minutes(*lead_minutes))
        }
        Refusal::TooFarAhead { days } => format!("You can book at most {days} days ahead"),
        Refusal::AfterCutoff { cutoff_minutes: 0 } => "It was to begin by now: please contact the store".to_owned(),
        Refusal::AfterCutoff { cutoff_minutes } => {
            format!("Within {} of the start please call the store to move or cancel", super::common::WORDS.minutes(*cutoff_minutes))
        }
        Refusal::PriceChanged { .. } => "The price has changed; please confirm the new one".to_owned(),
        Refusal::NotOnline => "Please call the store to book this service".to_owned(),
        Refusal::NeedsOverride { .. } => "This would break a promise: a reason is needed".to_owned(),
        Refusal::HoldExpired { .. } => "Your hold has run out and the time was taken".to_owned(),
        Refusal::DoesNotFit { .. } => "It does not fit here; please choose another time".to_owned(),
        Refusal::Superseded => "Somebody else changed this too. Theirs stands; yours is kept beside it.".to_owned(),
        Refusal::NumberKnown { .. } => "A member has verified this number; please choose that member".to_owned(),
        Refusal::WrongCode => "The code is wrong, too old, or was tried too often; please send a new one".to_owned(),
        Refusal::NumberDiffers => {
            "This record has another number and may be somebody else's: if it is theirs, correct its number first, then send a new code"
                .to_owned()
        }
        Refusal::TooLong { field, most } => format!("Too long: {}, at most {most} letters", super::super::refusals::field(field, false)),
        Refusal::ConsentMissing => "Please agree to the privacy notice first".to_owned(),
        Refusal::OfferOver => "This offer is over: it has ended, was answered, or nobody waits any more".to_owned(),
        Refusal::TooMany { of, most } => too_many(*of, *most),
    }
}

fn too_many(of: MemberLimit, most: u16) -> String {
    match of {
        MemberLimit::VisitsAhead => format!("You have {most} bookings ahead here: cancel one first, or call the store"),
        MemberLimit::VisitsADay => format!("You have {most} bookings on this day: choose another day, or call the store"),
        MemberLimit::LinesAVisit => format!("At most {most} services at a time online; for more please call the store"),
        MemberLimit::MinutesAVisit => {
            format!("Online at most {} at a time; for more please call the store", super::common::WORDS.minutes(most))
        }
        MemberLimit::MinutesOfAHold => format!("This time was held for you for {} minutes: book it now, or choose again", most),
        MemberLimit::BegunAnHour => "You have begun many bookings in the last hour: try again later, or call the store".to_owned(),
        MemberLimit::Waiting => format!("You are on {most} waitlists of this store: leave one first, or call the store"),
        MemberLimit::WaitingADay => format!("You are on {most} waitlists of this day: choose another day, or call the store"),
        MemberLimit::People => format!("One account can register {most} people at most: please call the store for more"),
    }
}

fn phone(reason: &NotRead) -> String {
    match reason {
        NotRead::NotANumber => "This does not look like a phone number".to_owned(),
        NotRead::TooShort { digits, .. } => format!("Digits are missing: a mobile number has {digits}, a landline needs its area code"),
        NotRead::NeedsCountry => "Please begin with the country code, such as +86".to_owned(),
        NotRead::Ambiguous { between } => {
            let numbers: Vec<String> = between.iter().map(Phone::spaced).collect();
            format!("This could be {}: please begin with the country code", numbers.join(" or "))
        }
    }
}

fn api(error: &ApiError) -> String {
    match error {
        ApiError::Offline => "We cannot be reached; please check your connection or try again in a moment".to_owned(),
        ApiError::SignedOut => WORDS.signed_out.to_owned(),
        ApiError::AccessEnded => "Your access has ended; please sign in again".to_owned(),
        ApiError::Outdated => "An update is needed; please refresh".to_owned(),
        ApiError::Problem(problem) if !problem.title.is_empty() => problem.title.clone(),
        ApiError::Problem(_) | ApiError::Unreadable => "Something went wrong; please try again in a moment".to_owned(),
    }
}
