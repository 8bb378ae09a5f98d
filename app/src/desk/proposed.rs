//! Where a promise could go that its store cannot keep as it is: in words, and as the command that does it.

use shared::booking::Booking;
use shared::command::{Command, Move};
use shared::placement::rebooking::Proposal;
use shared::view::View;

use super::words::staff_names;
use super::workbench::Workbench;
use crate::components::alternatives::NearbyTime;
use crate::i18n::format;

/// Moves the visit there.
#[must_use]
pub fn move_there(booking: &Booking, proposal: &Proposal) -> Command {
    let Proposal { starts_at, staff_preferences, .. } = proposal.clone();
    Command::Move(Move { store: booking.store, booking: booking.id, starts_at, staff_preferences, override_reason: None })
}

/// A time with its day and who would do it. Tracked.
#[must_use]
pub fn nearby(bench: Workbench, booking: &Booking, proposal: &Proposal) -> NearbyTime {
    let view = bench.replica.view();
    let zone = view.catalogue.stores.get(&booking.store).map(|store| &store.zone);
    let day = zone.map(|zone| format::day(zone.local(proposal.starts_at).0, bench.calendar_date())).unwrap_or_default();
    let time = zone.map(|zone| format::time(zone, proposal.starts_at)).unwrap_or_default();
    NearbyTime { starts_at: proposal.starts_at, day, time, who: staff_names(&view, proposal.staff.iter().copied()) }
}

/// `14:00 · 凯莉`, with the day where it is another one. Tracked.
#[must_use]
pub fn proposal_text(bench: Workbench, booking: &Booking, proposal: &Proposal) -> String {
    let NearbyTime { day, time, who, .. } = nearby(bench, booking, proposal);
    let is_same_day = is_same_day(&bench.replica.view(), booking, proposal);
    let when = if is_same_day { time } else { format!("{day} {time}") };
    [when, who].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn is_same_day(view: &View, booking: &Booking, proposal: &Proposal) -> bool {
    let local = |at| view.catalogue.stores.get(&booking.store).map(|store| store.zone.local(at).0);
    local(booking.starts_at) == local(proposal.starts_at)
}
