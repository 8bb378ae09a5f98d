//! What pages of the member app work with.

use std::sync::Arc;

use leptos::prelude::*;
use shared::command::{AcceptAlternative, Command};
use shared::member::Member;
use shared::record::Catalogue;
use shared::role::Principal;
use shared::sort;
use shared::time::{MINUTE, Timestamp};
use shared::view::View;

use crate::components::fresh;
use crate::components::toast::Toast;
use crate::member::draft::KeptDraft;
use crate::member::paths;
use crate::member::told::Told;
use crate::member::visit::{self, Visit};
use crate::member::way::Way;
use crate::reactive::memo;
use crate::state::{Link, Refused, Replica};

/// What pages work with. `Copy`; take it with [`MemberApp::expect`].
#[derive(Clone, Copy)]
pub struct MemberApp {
    /// Data and commands.
    pub replica: Replica,
    /// The address.
    pub way: Way,
    /// The booking in the making.
    pub draft: KeptDraft,
    /// The last message.
    pub toast: RwSignal<Option<Toast>>,
    /// The clock in whole minutes: openings and countdowns follow it.
    pub minute: Memo<Timestamp>,
    /// All visits by start, with what waits to be sent.
    pub visits: Memo<Arc<Vec<Visit>>>,
    /// What somebody here knows of the times of their visits.
    pub told: Told,
    /// Holds that are being given back: a new one waits for them.
    pub releasing: RwSignal<u32>,
    catalogue: Memo<Arc<Catalogue>>,
}

impl MemberApp {
    /// Provides it in context; call once, at the root.
    pub fn provide(replica: Replica) {
        let minute = memo(move || Timestamp(replica.now().0.div_euclid(MINUTE) * MINUTE));
        let visits = memo(move || Arc::new(visit::all(&replica.confirmed_view(), &replica.waiting())));
        let (way, toast, releasing, told) = (Way::open(), RwSignal::new(None), RwSignal::new(0), Told::open());
        let draft = KeptDraft::open(untrack(|| way.path()).starts_with(paths::WITHIN_BOOKING));
        let catalogue = memo(move || Arc::clone(&replica.view().catalogue));
        provide_context(MemberApp { replica, way, draft, toast, minute, visits, told, releasing, catalogue });
        fresh::start();
        // The next person on this device is somebody else.
        Effect::new(move |before: Option<Option<Principal>>| {
            let principal = replica.session().map(|session| session.principal);
            if before.flatten().is_some_and(|before| Some(&before) != principal.as_ref()) {
                draft.forget_person();
            }
            principal
        });
        // Whatever page they look at: what a store moves later is told with the time that was known.
        Effect::new(move |_| visits.with(|visits| told.learn(visits, replica.clock())));
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

    /// Tracked: names, prices and zones. Whatever was made of [`Replica::view_now`] is made anew when they change.
    pub fn follow_names(self) {
        self.catalogue.track();
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
        sort::sort_by_key(&mut own, |member| (member.registered_at, member.id));
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

/// How long a message stays, in milliseconds.
pub(crate) const TOAST_MILLISECONDS: i64 = 5000;

/// Whether a refused command is told by the card of its visit, which still needs a time. Tracked.
pub fn is_on_its_card(app: MemberApp, refused: &Refused) -> bool {
    accepted(refused)
        .is_some_and(|tried| app.visits.with(|visits| visits.iter().any(|visit| visit.id == tried.booking && visit.needs_decision())))
}

/// The alternative that a refused command wished for: the card of the visit goes on from there.
pub(crate) fn accepted(refused: &Refused) -> Option<&AcceptAlternative> {
    match &refused.command {
        Some(Command::AcceptAlternative(accepted)) if refused.refusal().is_some() => Some(accepted),
        _ => None,
    }
}
