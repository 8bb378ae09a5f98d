//! Visits that were refused and still have to be looked at.

use std::collections::BTreeSet;

use shared::command::Command;
use shared::id::{BookingId, CommandId, StoreId};
use shared::visit_request::RequestedLine;

use crate::desk::command_words::booking_of;
use crate::state::Refused;

/// Refused commands about bookings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RefusedVisits {
    wished: Vec<(CommandId, StoreId, Vec<RequestedLine>)>,
    bookings: BTreeSet<BookingId>,
}

impl RefusedVisits {
    /// Of the refused commands that nobody has dealt with.
    #[must_use]
    pub fn of(refused: &[Refused]) -> Self {
        let mut visits = RefusedVisits::default();
        for (uuid, command) in refused.iter().filter_map(|refused| Some((refused.uuid, refused.command.as_ref()?))) {
            visits.bookings.extend(booking_of(command));
            match command {
                Command::Book(given) => visits.wished.push((uuid, given.store, given.lines.clone())),
                Command::Squeeze(given) => visits.wished.push((uuid, given.store, given.lines.clone())),
                _ => {}
            }
        }
        visits
    }

    /// Whether something about a booking was refused.
    pub(crate) fn touches(&self, booking: BookingId) -> bool {
        self.bookings.contains(&booking)
    }

    /// The visits wished for in a store: by which command, and its lines.
    pub(super) fn wished_in(&self, store: StoreId) -> impl Iterator<Item = (CommandId, &[RequestedLine])> {
        self.wished.iter().filter(move |(_, of, _)| *of == store).map(|(uuid, _, lines)| (*uuid, lines.as_slice()))
    }
}
