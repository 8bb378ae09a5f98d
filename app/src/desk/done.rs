//! What is said of a command: when the server has done it, while it is only saved here, and when it was refused.

use std::sync::Arc;

use leptos::prelude::*;
use shared::booking::Booking;
use shared::command::Command;
use shared::id::BookingId;
use shared::state_kind::StateKind;
use shared::time::{LocalDate, Timestamp};
use shared::view::View;

use super::words::visit_words;
use crate::i18n;
use crate::state::CommandStatus;

/// What a message is about.
#[derive(Clone, Debug, Default)]
pub struct About {
    booking: Option<BookingId>,
    words: String,
}

impl About {
    /// A visit: name, day, time and person, as they are known when it is said. `words` says them while it is not known here.
    #[must_use]
    pub fn visit(booking: BookingId, words: String) -> Self {
        About { booking: Some(booking), words }
    }

    /// Something that is in words already.
    #[must_use]
    pub fn words(words: String) -> Self {
        About { booking: None, words }
    }

    /// The visit and where it stands.
    pub(super) fn stands(&self, view: &View) -> Option<Stands> {
        self.booking.and_then(|id| view.bookings.get(&id)).map(Stands::of)
    }

    /// In words, on a day.
    pub(super) fn text(&self, view: &View, today: LocalDate) -> String {
        let booking = self.booking.and_then(|id| view.bookings.get(&id));
        booking.and_then(|booking| visit_words(view, booking, today)).unwrap_or_else(|| self.words.clone())
    }
}

/// Where a visit stands: what a message about it says is so for as long as this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stands {
    /// Which.
    pub booking: BookingId,
    kind: StateKind,
    starts_at: Timestamp,
}

impl Stands {
    /// As it is now.
    #[must_use]
    pub fn of(booking: &Booking) -> Self {
        Stands { booking: booking.id, kind: booking.state.kind(), starts_at: booking.starts_at }
    }
}

/// What to say when it is done.
#[derive(Clone)]
pub struct Done {
    pub(super) icon: &'static str,
    said: Arc<dyn Fn(&str) -> String + Send + Sync>,
    pub(super) about: About,
    pub(super) undo: Vec<Command>,
    pub(super) close: bool,
    pub(super) then: Option<Callback<()>>,
}

impl Done {
    /// A message without a way back; the sheet stays. `said` takes what it is about.
    #[must_use]
    pub fn new(icon: &'static str, said: impl Fn(&str) -> String + Send + Sync + 'static, about: About) -> Self {
        Done { icon, said: Arc::new(said), about, undo: Vec::new(), close: false, then: None }
    }

    /// A message about nothing in particular.
    #[must_use]
    pub fn said(icon: &'static str, text: &'static str) -> Self {
        Done::new(icon, move |_| text.to_owned(), About::words(text.to_owned()))
    }

    /// The same, and these take it back, one after another.
    #[must_use]
    pub fn undo(self, undo: Vec<Command>) -> Self {
        Done { undo, ..self }
    }

    /// The same, and the sheet closes.
    #[must_use]
    pub fn close(self) -> Self {
        Done { close: true, ..self }
    }

    /// The same, and then this, with or without a reason in between.
    #[must_use]
    pub fn then(self, next: impl Fn() + Send + Sync + 'static) -> Self {
        Done { then: Some(Callback::new(move |()| next())), ..self }
    }

    /// The same without anything to do afterwards.
    pub(super) fn only_said(self) -> Self {
        Done { then: None, ..self }
    }

    /// The message for how far the command has come.
    pub(super) fn text(&self, (view, today): (&View, LocalDate), command: &Command, status: &CommandStatus) -> String {
        let about = self.about.text(view, today);
        let words = &i18n::desk().done;
        match status {
            CommandStatus::Confirmed => (self.said)(&about),
            CommandStatus::Asked => (words.asked)(&about),
            CommandStatus::Refused(outcome) => (words.refused)(&about, &i18n::refusals().outcome(outcome).unwrap_or_default()),
            CommandStatus::Saved => match command {
                Command::Book(_) | Command::Squeeze(_) | Command::AcceptAlternative(_) | Command::Confirm(_) => {
                    (words.saved_booking)(&about)
                }
                Command::Move(_) | Command::ChangeVisit(_) => (words.saved_move)(&about),
                _ => (words.saved)(&(self.said)(&about)),
            },
        }
    }
}
