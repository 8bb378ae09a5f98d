//! What has been chosen so far. Kept by the tab and, for whoever comes back later, on the device, so that neither a reload nor a sign-in
//! nor a refusal loses it. The id of the booking to be belongs to one tab alone: two tabs never mean the same visit.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::booking::Subject;
use shared::id::{BookingId, ServiceId, StoreId};
use shared::staff_preference::StaffPreference;
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
    #[serde(alias = "wish")]
    pub staff_preference: Option<StaffPreference>,
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
    pub fn staff_preference(&self) -> StaffPreference {
        self.staff_preference.unwrap_or(StaffPreference::Any)
    }

    /// Enough has been chosen to be worth going on with.
    pub fn is_begun(&self) -> bool {
        self.store.is_some() && !self.services.is_empty()
    }
}

/// The draft of this tab, and what another one or an earlier day left. `Copy`.
#[derive(Clone, Copy)]
pub struct KeptDraft {
    own: RwSignal<BookingDraft>,
    left: RwSignal<Option<BookingDraft>>,
}

impl KeptDraft {
    /// What this tab kept. A new tab begins with nothing, unless it opens in the middle of a booking.
    pub fn open(is_within_booking: bool) -> Self {
        let (own, left) = match (kept(browser::of_tab(PREFERENCE)), kept(browser::preference(PREFERENCE))) {
            (None, left) if is_within_booking => (left, None),
            (own, left) => (own, left),
        };
        let own = BookingDraft { booking: take_booking(), ..own.unwrap_or_default() };
        let draft = KeptDraft { own: RwSignal::new(own), left: RwSignal::new(left) };
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
        self.own.get()
    }

    /// Untracked.
    pub fn now(self) -> BookingDraft {
        self.own.get_untracked()
    }

    /// Tracked: what can be gone on with, here or from before.
    pub fn begun(self) -> Option<BookingDraft> {
        Some(self.get()).filter(BookingDraft::is_begun).or_else(|| self.left.get().filter(BookingDraft::is_begun))
    }

    /// Goes on with it in this tab.
    pub fn go_on(self) -> BookingDraft {
        if let Some(draft) = untrack(|| self.begun()) {
            self.change(|own| *own = BookingDraft { booking: own.booking, ..draft });
        }
        self.now()
    }

    /// Changes it.
    pub fn change(self, change: impl FnOnce(&mut BookingDraft)) {
        self.own.update(|draft| {
            change(draft);
            draft.at = browser::wall_clock();
        });
        let text = api::to_json(&self.now()).ok();
        browser::set_of_tab(PREFERENCE, text.as_deref());
        browser::set_preference(PREFERENCE, text.as_deref());
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
        self.own.update(|draft| (draft.subject, draft.booking) = (None, None));
    }

    /// Another time: what was held is another booking.
    pub fn choose_time(self, starts_at: Timestamp) {
        self.change(|draft| draft.starts_at = Some(starts_at));
    }

    /// It has become a booking, or is given up.
    pub fn clear(self) {
        self.own.set(BookingDraft::default());
        self.left.set(None);
        browser::set_of_tab(PREFERENCE, None);
        browser::set_preference(PREFERENCE, None);
    }
}

fn take_booking() -> Option<BookingId> {
    let id = browser::of_tab(BOOKING)?.parse().ok();
    browser::set_of_tab(BOOKING, None);
    id
}

fn kept(text: Option<String>) -> Option<BookingDraft> {
    let draft: BookingDraft = api::from_json(text?).ok()?;
    (browser::wall_clock().minutes_since(draft.at) < KEPT_MINUTES).then_some(draft)
}
