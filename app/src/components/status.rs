//! The one chip for every state: colour, icon and word say the same.

use leptos::prelude::*;
use shared::state_kind::StateKind;

use super::icon::Icon;
use crate::i18n;

/// What a booking, a block or a waiting command looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Not sent yet.
    Unsent,
    /// A stored state.
    Booking(StateKind),
    /// Refused: it never came about.
    Refused,
    /// A person must decide.
    Attention,
    /// Blocked time.
    Blocked,
}

impl Status {
    /// Of a stored booking.
    #[must_use]
    pub fn of(state: StateKind) -> Self {
        Status::Booking(state)
    }

    /// Value of `data-status`.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Status::Unsent => "unsent",
            Status::Booking(StateKind::CheckedIn) => "checked-in",
            Status::Booking(StateKind::InService) => "in-service",
            Status::Booking(StateKind::NoShow) => "no-show",
            Status::Booking(state) => state.name(),
            Status::Refused => "refused",
            Status::Attention => "attention",
            Status::Blocked => "blocked",
        }
    }

    /// Icon in the sprite.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            Status::Unsent => "cloud-off",
            Status::Booking(StateKind::Held | StateKind::Requested) => "hourglass",
            Status::Booking(StateKind::Confirmed) => "check-circle",
            Status::Booking(StateKind::Waiting | StateKind::Expired) => "clock",
            Status::Booking(StateKind::CheckedIn) => "arrive",
            Status::Booking(StateKind::InService) => "start",
            Status::Booking(StateKind::Completed) => "check",
            Status::Booking(StateKind::NoShow) => "no-show",
            Status::Booking(StateKind::Cancelled | StateKind::Declined) => "cancel",
            Status::Booking(StateKind::Displaced) => "displaced",
            Status::Refused | Status::Attention => "attention",
            Status::Blocked => "block",
        }
    }

    /// The word in the language in use, as members read it.
    #[must_use]
    pub fn word(self) -> &'static str {
        let words = &i18n::common().states;
        match self {
            Status::Unsent => words.unsent,
            Status::Booking(state) => (words.of)(state),
            Status::Refused => words.refused,
            Status::Attention => words.attention,
            Status::Blocked => words.blocked,
        }
    }
}

/// The chip. `word` replaces the usual one.
#[component]
pub fn StatusChip(
    /// What it says.
    status: Status,
    /// Another word than the usual one.
    #[prop(optional, into)]
    word: Option<String>,
) -> impl IntoView {
    view! {
        <span class="status" data-status=status.slug()>
            <Icon name=status.icon() />
            {move || word.clone().unwrap_or_else(|| status.word().to_owned())}
        </span>
    }
}
