//! Words for every no: why, and what to do next.

use shared::limits::Limit;
use shared::refusal::Refusal;

use crate::api::ApiError;
use crate::i18n::refusals::Words;
use crate::store::StoreError;

pub(in crate::i18n) const WORDS: Words = Words {
    refusal,
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
        Refusal::TooSoon { lead_minutes: 0 } => "This time has passed".to_owned(),
        Refusal::TooSoon { lead_minutes } => {
            format!("Too soon: please book at least {} ahead", super::common::WORDS.minutes(*lead_minutes))
        }
        Refusal::TooFarAhead { days } => format!("You can book at most {days} days ahead"),
        Refusal::AfterCutoff { cutoff_minutes } => {
            format!("Within {} of the start please call the store to move or cancel", super::common::WORDS.minutes(*cutoff_minutes))
        }
        Refusal::PriceChanged { .. } => "The price has changed; please confirm the new one".to_owned(),
        Refusal::NotOnline => "Please call the store to book this service".to_owned(),
        Refusal::NeedsOverride { .. } => "This would break a promise: a reason is needed".to_owned(),
        Refusal::HoldExpired { .. } => "Your hold has run out and the time was taken".to_owned(),
        Refusal::DoesNotFit { .. } => "It does not fit here; please choose another time".to_owned(),
        Refusal::Superseded => "Somebody else changed this too. Theirs stands; yours is kept beside it.".to_owned(),
        Refusal::ConsentMissing => "Please agree to the privacy notice first".to_owned(),
        Refusal::TooMany { of, most } => too_many(*of, *most),
    }
}

fn too_many(of: Limit, most: u16) -> String {
    match of {
        Limit::VisitsAhead => format!("You have {most} bookings ahead here: cancel one first, or call the store"),
        Limit::VisitsADay => format!("You have {most} bookings on this day: choose another day, or call the store"),
        Limit::LinesAVisit => format!("At most {most} services at a time online; for more please call the store"),
        Limit::MinutesAVisit => {
            format!("Online at most {} at a time; for more please call the store", super::common::WORDS.minutes(most))
        }
        Limit::MinutesOfAHold => format!("This time was held for you for {} minutes: book it now, or choose again", most),
        Limit::BegunAnHour => "You have begun many bookings in the last hour: try again later, or call the store".to_owned(),
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
