//! What every page of the member app shares: the replica, the draft, the last message, the bars around the page.

mod banners;
mod page;
mod tab_bar;

use std::sync::Arc;

use leptos::prelude::*;
use shared::member::Member;
use shared::order;
use shared::time::{MINUTE, Timestamp};
use shared::view::View;

use super::draft::Draft;
use super::visit::{self, Visit};
use super::way::Way;
use crate::components::toast::Toast;
use crate::reactive::memo;
use crate::state::{Link, Replica};

pub use page::{Lost, Missing, Page, Waiting};

/// How long a message stays, in milliseconds.
const TOAST_MILLISECONDS: i64 = 5000;

/// What pages work with. `Copy`; take it with [`MemberApp::expect`].
#[derive(Clone, Copy)]
pub struct MemberApp {
    /// Data and commands.
    pub replica: Replica,
    /// The address.
    pub way: Way,
    /// The booking in the making.
    pub draft: Draft,
    /// The last message.
    pub toast: RwSignal<Option<Toast>>,
    /// The clock in whole minutes: openings and countdowns follow it.
    pub minute: Memo<Timestamp>,
    /// All visits by start, with what waits to be sent.
    pub visits: Memo<Arc<Vec<Visit>>>,
}

impl MemberApp {
    /// Provides it in context; call once, at the root.
    pub fn provide(replica: Replica) {
        let minute = memo(move || Timestamp(replica.now().0.div_euclid(MINUTE) * MINUTE));
        let visits = memo(move || Arc::new(visit::all(&replica.confirmed_view(), &replica.waiting())));
        provide_context(MemberApp { replica, way: Way::open(), draft: Draft::open(), toast: RwSignal::new(None), minute, visits });
        // Openings of all stores stay at hand: whoever goes offline can still choose.
        Effect::new(move |_| {
            let view = replica.view();
            view.catalogue.stores.keys().for_each(|store| replica.watch_store(*store));
        });
    }

    /// The one of the context.
    pub fn expect() -> Self {
        expect_context()
    }

    /// Tracked.
    pub fn view(self) -> Arc<View> {
        self.replica.view()
    }

    /// Tracked: nobody can be asked now.
    pub fn is_offline(self) -> bool {
        matches!(self.replica.link(), Link::Offline { .. })
    }

    /// Tracked: signed in, and the session is good as far as known.
    pub fn is_signed_in(self) -> bool {
        self.replica.session().is_some() && self.replica.link() != Link::SignedOut
    }

    /// Tracked: the account's own people, in the order of their registration.
    pub fn members(self) -> Vec<Member> {
        let account = self.replica.session().and_then(|session| session.account);
        let view = self.view();
        let mut own: Vec<Member> =
            view.members.values().filter(|member| member.account.is_some() && member.account == account).cloned().collect();
        order::sort_by_key(&mut own, |member| (member.registered_at, member.id));
        own
    }

    /// Tracked: a visit by its id.
    pub fn visit(self, id: Option<shared::id::BookingId>) -> Option<Visit> {
        self.visits.with(|visits| visits.iter().find(|visit| Some(visit.id) == id).cloned())
    }

    /// Says what just happened.
    pub fn say(self, icon: &'static str, text: String) {
        let since = self.replica.clock();
        self.toast.set(Some(Toast { icon, text, undo: None, since, until: Timestamp(since.0 + TOAST_MILLISECONDS) }));
    }
}
