//! What a decision about a booking leaves behind: changes, what people are told, and what the inbox asks.

use super::Decider;
use crate::attention::{Attention, AttentionKind};
use crate::booking::admit::Admitted;
use crate::booking::{Booking, Occupancy, State};
use crate::decision::{Change, Decision, LadderStep, Notice, NoticeKind};
use crate::elsewhere::Elsewhere;
use crate::id::{AttentionId, StaffId, StoreId};
use crate::record::Noun;

impl Decider<'_> {
    /// The decision for a booking and everybody it moved.
    pub(super) fn decision(self, booking: Booking, admitted: Admitted, notice: Option<NoticeKind>) -> Decision {
        let mut attention = admitted.attention;
        if booking.state == State::Requested {
            attention.push(AttentionKind::Request { booking: booking.id });
        }
        let mut notices = admitted.notices;
        notices.extend(notice.map(|kind| Notice { booking: booking.id, kind }));
        let mut entries: Vec<(StoreId, AttentionKind)> = attention.into_iter().map(|about| (booking.store, about)).collect();
        entries.extend(self.in_two_places(&booking));
        let held = admitted.others.iter().chain([&booking]).flat_map(|booking| &booking.occupancy);
        let mut changes = self.run_out_elsewhere(booking.store, held);
        changes.extend(admitted.others.into_iter().map(Change::put));
        changes.extend(self.introduced(&booking));
        changes.push(Change::put(booking));
        changes.extend(self.entries(entries));
        Decision { changes, notices, step: admitted.step }
    }

    /// A change of one booking that concerns nobody else.
    pub(super) fn alone(self, booking: Booking, notice: Option<NoticeKind>) -> Decision {
        let notices = notice.map(|kind| Notice { booking: booking.id, kind }).into_iter().collect();
        Decision { changes: vec![Change::put(booking)], notices, step: LadderStep::Free }
    }

    /// Holds of other stores that have run out give way to what takes their time.
    pub(super) fn run_out_elsewhere<'b>(self, store: StoreId, held: impl Iterator<Item = &'b Occupancy>) -> Vec<Change> {
        let own = self.view.elsewhere.values().filter(|entry| entry.store == store);
        let run_out: Vec<&Elsewhere> = own.filter(|entry| !entry.counts_at(self.context.now)).collect();
        let held: Vec<&Occupancy> = if run_out.is_empty() { Vec::new() } else { held.collect() };
        let meets = |entry: &&&Elsewhere| held.iter().any(|held| entry.meets(held.resource, held.range));
        run_out.iter().filter(meets).map(|entry| Change::Remove { store, key: entry.key() }).collect()
    }

    /// Whoever does the visit and is needed in another store meanwhile: both stores are told, once.
    fn in_two_places(self, booking: &Booking) -> Vec<(StoreId, AttentionKind)> {
        let before = self.view.bookings.get(&booking.id).map(|booking| booking.occupancy.as_slice()).unwrap_or_default();
        let mut found = Vec::new();
        for held in booking.occupancy.iter().filter(|held| !before.contains(held)) {
            let counts = |entry: &&Elsewhere| entry.counts_at(self.context.now) && entry.meets(held.resource, held.range);
            for entry in self.view.elsewhere_between(booking.store, held.range).filter(counts) {
                let about = AttentionKind::TwoPlaces { staff: StaffId(held.resource.0), range: held.range };
                found.extend([(booking.store, about.clone()), (entry.at, about)]);
            }
        }
        found
    }

    pub(super) fn attention(self, store: StoreId, kinds: Vec<AttentionKind>) -> Vec<Change> {
        self.entries(kinds.into_iter().map(|about| (store, about)).collect())
    }

    /// Entries of inboxes, which need not be those of one store.
    fn entries(self, entries: Vec<(StoreId, AttentionKind)>) -> Vec<Change> {
        let entry = |(index, (store, about))| {
            let id = self.context.command.0.as_u128().wrapping_add(index);
            Change::put(Attention {
                id: AttentionId(uuid::Uuid::from_u128(id)),
                store,
                about,
                raised_at: self.context.now,
                resolved_at: None,
            })
        };
        (1u128..).zip(entries).map(entry).collect()
    }
}
