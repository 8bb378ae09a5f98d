//! What has been chosen so far. Kept by the tab and, for whoever comes back later, on the device, so that neither a reload nor a sign-in
//! nor a refusal loses it. The id of the booking to be belongs to one tab alone: two tabs never mean the same visit.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::booking::{StaffWish, Subject};
use shared::id::{BookingId, ServiceId, StoreId};
use shared::time::Timestamp;

use crate::{api, browser};

const PREFERENCE: &str = "huiyue-member-draft";
const BOOKING: &str = "huiyue-member-booking";
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
    /// Anybody, also for more than the lowest price.
    pub widened: bool,
    /// When.
    pub starts_at: Option<Timestamp>,
    /// For whom; nothing is the account's own member.
    pub subject: Option<Subject>,
    /// A word to the store.
    pub note: String,
    /// Id of the booking to be, from the first hold on: a reload takes up the same hold, and nothing else does.
    #[serde(skip)]
    pub booking: Option<BookingId>,
    /// Last change.
    pub at: Timestamp,
}

impl BookingDraft {
    /// The wish; nothing is anybody.
    pub fn wish(&self) -> StaffWish {
        self.wish.unwrap_or(StaffWish::Any)
    }

    /// Enough has been chosen to be worth going on with.
    pub fn is_begun(&self) -> bool {
        self.store.is_some() && !self.services.is_empty()
    }
}

/// The draft. `Copy`.
#[derive(Clone, Copy)]
pub struct Draft(RwSignal<BookingDraft>);

impl Draft {
    /// What was kept, and from now on every change is.
    pub fn open() -> Self {
        let draft = Draft(RwSignal::new(BookingDraft { booking: take_booking(), ..kept().unwrap_or_default() }));
        Effect::new(move |_| keep(&draft.0.read()));
        // Between two pages the id lies in the tab's storage, and only then: a tab that is duplicated copies the storage, not the id.
        browser::on_window_event("pagehide", move |_| {
            let id = draft.now().booking.map(|booking| booking.to_string());
            browser::set_of_tab(BOOKING, id.as_deref());
        });
        browser::on_window_event("pageshow", |_| browser::set_of_tab(BOOKING, None));
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

    /// What somebody else signed in as must not stay in it.
    pub fn forget_person(self) {
        self.0.update(|draft| (draft.subject, draft.booking) = (None, None));
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

fn take_booking() -> Option<BookingId> {
    let id = browser::of_tab(BOOKING)?.parse().ok();
    browser::set_of_tab(BOOKING, None);
    id
}

fn kept() -> Option<BookingDraft> {
    let text = browser::of_tab(PREFERENCE).or_else(|| browser::preference(PREFERENCE))?;
    let draft: BookingDraft = api::from_json(text).ok()?;
    (browser::wall_clock().minutes_since(draft.at) < KEPT_MINUTES).then_some(draft)
}

fn keep(draft: &BookingDraft) {
    let text = (*draft != BookingDraft::default()).then(|| api::to_json(draft).ok()).flatten();
    browser::set_of_tab(PREFERENCE, text.as_deref());
    browser::set_preference(PREFERENCE, text.as_deref());
}
