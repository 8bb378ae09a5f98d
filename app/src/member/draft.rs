//! What has been chosen so far. Kept on the device, so that neither a reload nor a sign-in nor a refusal loses it.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::booking::{StaffWish, Subject};
use shared::id::{BookingId, ServiceId, StoreId};
use shared::time::Timestamp;

use crate::{api, browser};

const PREFERENCE: &str = "huiyue-member-draft";
/// Older drafts are forgotten.
const KEPT_MINUTES: i64 = 24 * 60;

/// A booking in the making.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct BookingDraft {
    /// Where.
    pub store: Option<StoreId>,
    /// What, one after another.
    pub services: Vec<ServiceId>,
    /// With whom.
    pub wish: Option<StaffWish>,
    /// When.
    pub starts_at: Option<Timestamp>,
    /// For whom; nothing is the account's own member.
    pub subject: Option<Subject>,
    /// A word to the store.
    pub note: String,
    /// Id of the booking to be, from the first hold on: a reload takes up the same hold.
    pub booking: Option<BookingId>,
    /// Last change.
    pub at: Timestamp,
}

impl BookingDraft {
    /// The wish; nothing is anybody.
    pub fn wish(&self) -> StaffWish {
        self.wish.unwrap_or(StaffWish::Any)
    }
}

/// The draft. `Copy`.
#[derive(Clone, Copy)]
pub struct Draft(RwSignal<BookingDraft>);

impl Draft {
    /// What was kept, and from now on every change is.
    pub fn open() -> Self {
        let draft = Draft(RwSignal::new(kept().unwrap_or_default()));
        Effect::new(move |_| keep(&draft.0.read()));
        draft
    }

    /// Tracked.
    pub fn get(self) -> BookingDraft {
        self.0.get()
    }

    /// Untracked.
    pub fn now(self) -> BookingDraft {
        self.0.get_untracked()
    }

    /// Changes it.
    pub fn change(self, change: impl FnOnce(&mut BookingDraft)) {
        self.0.update(|draft| {
            change(draft);
            draft.at = browser::wall_clock();
        });
    }

    /// Another store: services and people of the former one do not count any more.
    pub fn choose_store(self, store: StoreId) {
        self.change(|draft| {
            if draft.store != Some(store) {
                *draft = BookingDraft { store: Some(store), note: std::mem::take(&mut draft.note), ..BookingDraft::default() };
            }
        });
    }

    /// Another time: what was held is another booking.
    pub fn choose_time(self, starts_at: Timestamp) {
        self.change(|draft| draft.starts_at = Some(starts_at));
    }

    /// It has become a booking, or is given up.
    pub fn clear(self) {
        self.0.set(BookingDraft::default());
    }
}

fn kept() -> Option<BookingDraft> {
    let draft: BookingDraft = api::from_json(browser::preference(PREFERENCE)?).ok()?;
    (browser::wall_clock().minutes_since(draft.at) < KEPT_MINUTES).then_some(draft)
}

fn keep(draft: &BookingDraft) {
    let text = (*draft != BookingDraft::default()).then(|| api::to_json(draft).ok()).flatten();
    browser::set_preference(PREFERENCE, text.as_deref());
}
