//! What a decision about a booking leaves behind: changes, what people are told, and what the inbox asks.

use crate::attention::{Attention, AttentionKind};
use crate::booking::{Booking, State};
use crate::command::decider::Decider;
use crate::decision::{Change, Decision, LadderStep, Notice, NoticeKind};
use crate::id::{AttentionId, StoreId};
use crate::placement::case::Admitted;

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
        entries.extend(admitted.two_places);
        let store = booking.store;
        let mut changes: Vec<Change> = admitted.run_out.into_iter().map(|key| Change::Remove { store, key }).collect();
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

    pub(super) fn attention(self, store: StoreId, kinds: Vec<AttentionKind>) -> Vec<Change> {
        self.entries(kinds.into_iter().map(|about| (store, about)).collect())
    }

    /// Entries of inboxes, which need not be those of one store.
    pub(super) fn entries(self, entries: Vec<(StoreId, AttentionKind)>) -> Vec<Change> {
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
