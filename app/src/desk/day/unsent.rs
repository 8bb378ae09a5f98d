//! What on the board has not reached the server yet.

use std::collections::BTreeSet;

use shared::booking::Booking;
use shared::command::Command;
use shared::id::{BlockId, BookingId};
use shared::state_kind::StateKind;
use shared::view::View;

use crate::components::status::Status;
use crate::desk::command_words;
use crate::state::Waiting;

/// Records with changes that wait to be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unsent {
    bookings: BTreeSet<BookingId>,
    blocks: BTreeSet<BlockId>,
    /// Bookings the server has never heard of.
    new: BTreeSet<BookingId>,
}

impl Unsent {
    /// Of the waiting commands; `confirmed` tells what the server knows.
    #[must_use]
    pub fn of(waiting: &[Waiting], confirmed: &View) -> Self {
        let mut unsent = Unsent::default();
        for command in waiting.iter().map(|waiting| &waiting.command) {
            if let Some(booking) = command_words::booking_of(command) {
                unsent.bookings.insert(booking);
                if !confirmed.bookings.contains_key(&booking) {
                    unsent.new.insert(booking);
                }
            }
            if let Command::Block(block) = command {
                unsent.blocks.insert(block.block);
            }
        }
        unsent
    }

    /// Whether a change of this booking waits.
    #[must_use]
    pub fn touches(&self, booking: BookingId) -> bool {
        self.bookings.contains(&booking)
    }

    /// Whether the booking itself waits to be sent.
    fn is_new(&self, booking: BookingId) -> bool {
        self.new.contains(&booking)
    }

    /// Where a booking stands; "not sent yet" while the server has never heard of the promise.
    #[must_use]
    pub fn status(&self, booking: &Booking) -> Status {
        let kind = booking.state.kind();
        if kind == StateKind::Confirmed && self.is_new(booking.id) { Status::Unsent } else { Status::of(kind) }
    }

    /// Whether the block waits to be sent.
    #[must_use]
    pub fn touches_block(&self, block: BlockId) -> bool {
        self.blocks.contains(&block)
    }
}
