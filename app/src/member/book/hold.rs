//! The confirm page's state: the visit as it would be, the hold that protects it, and what went wrong.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::booking::{Alternative, Subject};
use shared::command::{Command, Hold, Release};
use shared::id::BookingId;
use shared::refusal::Refusal;
use shared::store::Rules;
use shared::sync::Outcome;
use shared::time::Timestamp;
use shared::view::View;

use super::parts::search_of;
use crate::api::ApiError;
use crate::member::book::why_gone::reason;
use crate::member::find::Search;
use crate::member::member_app::MemberApp;
use crate::member::paths;
use crate::member::plan::Plan;
use crate::member::submit::{is_booked, is_gone};
use crate::reactive::memo;
use crate::{browser, i18n};

/// How often the end of an earlier hold is looked for before asking for another.
const RELEASE_LOOKS: u32 = 30;
const LOOK_MILLISECONDS: u32 = 100;

/// Where the hold stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holding {
    /// Nothing is held: offline, not signed in, or given up.
    Nothing,
    /// The server is being asked.
    Asking,
    /// Held until then.
    Until(Timestamp),
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// This time cannot be had; these are near. With the reason, unless somebody else has it.
    Taken(Vec<Alternative>, Option<String>),
    /// Anything else, in words.
    Other(String),
}

/// The state of the page. `Copy`.
#[derive(Clone, Copy)]
pub struct Confirming {
    /// The app.
    pub app: MemberApp,
    /// The visit; `None` once its time is gone.
    pub plan: RwSignal<Option<Plan>>,
    /// The wished start.
    pub wished: RwSignal<Timestamp>,
    /// The hold.
    pub holding: RwSignal<Holding>,
    /// What went wrong.
    pub problem: RwSignal<Option<Problem>>,
    /// The tap is on its way.
    pub sending: RwSignal<bool>,
    /// Signing in lies on top.
    pub signing_in: RwSignal<bool>,
    /// Offline and signed out: the draft is kept.
    pub is_kept: RwSignal<bool>,
    /// The time was gone while nobody was signed in: what takes it may be their own hold from before.
    pub(super) is_perhaps_own: StoredValue<bool>,
    pub(super) search: StoredValue<Search>,
}

impl Confirming {
    /// From the draft; `None` while something is missing.
    pub fn open(app: MemberApp) -> Option<Self> {
        let draft = app.draft.now();
        let (search, wished) = (search_of(&draft)?, draft.starts_at?);
        let view = app.replica.view_now();
        let now = app.replica.clock();
        let plan = Plan::at(&view, &search, wished, now);
        let problem = plan.is_none().then(|| Problem::Taken(search.nearest(&view, wished, now), reason(&search, &view, wished, now)));
        Some(Confirming {
            app,
            plan: RwSignal::new(plan),
            wished: RwSignal::new(wished),
            holding: RwSignal::new(Holding::Nothing),
            problem: RwSignal::new(problem),
            sending: RwSignal::new(false),
            signing_in: RwSignal::new(false),
            is_kept: RwSignal::new(false),
            is_perhaps_own: StoredValue::new(false),
            search: StoredValue::new(search),
        })
    }

    /// Holds whenever somebody is signed in and in touch, and lets go on leaving.
    pub fn keep_held(self) {
        let can_hold = memo(move || self.app.is_signed_in() && !self.app.is_offline() && self.app.replica.is_ready());
        let start = memo(move || self.plan.with(|plan| plan.as_ref().map(|plan| plan.starts_at)));
        Effect::new(move |_| match (can_hold.get(), start.get()) {
            (true, Some(_)) => untrack(|| self.ask()),
            _ => self.holding.set(Holding::Nothing),
        });
        on_cleanup(move || self.let_go());
    }

    /// The visit as an offer would make it.
    pub fn plan_of(self, view: &View, offer: &Alternative) -> Option<Plan> {
        self.search.with_value(|search| Plan::with(view, search, offer))
    }

    /// Asks the server to hold the time.
    pub fn ask(self) {
        let Some(plan) = self.plan.get_untracked().filter(|_| !self.sending.get_untracked()) else { return };
        self.holding.set(Holding::Asking);
        let minutes = self.hold_minutes(&plan);
        spawn_local(async move {
            let id = self.booking_id();
            let mut outcome = self.hold(&plan, id).await;
            if let Ok(Outcome::Refused { refusal: Refusal::AlreadyExists, .. }) = outcome {
                if is_booked(self.app, id, &plan).await {
                    // It was booked before, and the answer was lost.
                    return booked(self.app, id, true);
                }
                if self.is_left() || self.sending.try_get_untracked().unwrap_or(true) {
                    return;
                }
                // The id of an earlier visit: this is another one.
                self.app.draft.change(|draft| draft.booking = None);
                outcome = self.hold(&plan, self.booking_id()).await;
            }
            if self.is_left() {
                return;
            }
            match outcome {
                Ok(Outcome::Applied) => self.holding.set(Holding::Until(self.app.replica.clock().plus_minutes(minutes))),
                Ok(Outcome::Refused { refusal, alternatives }) => {
                    self.holding.set(Holding::Nothing);
                    self.refused(&refusal, alternatives);
                }
                // Not held, but perhaps still free: the last tap will tell.
                Err(ApiError::Offline) => self.holding.set(Holding::Nothing),
                // What is wrong, the sync finds out.
                Ok(_) | Err(_) => {
                    self.holding.set(Holding::Nothing);
                    self.app.replica.sync_now();
                }
            }
        });
    }

    /// Whether the page is there no more: what comes then must not touch it.
    pub fn is_left(self) -> bool {
        self.sending.try_get_untracked().is_none()
    }

    /// What the rules said no to.
    pub fn refused(self, refusal: &Refusal, alternatives: Vec<Alternative>) {
        let why = (i18n::refusals().refusal)(refusal);
        if refusal.is_about_time() {
            self.taken(alternatives, (!is_gone(refusal)).then_some(why));
        } else {
            self.failed(why);
        }
    }

    /// This time cannot be had; where the server named no others, this device looks.
    pub fn taken(self, alternatives: Vec<Alternative>, why: Option<String>) {
        let near = if alternatives.is_empty() {
            let (view, now, wished) = (self.app.replica.view_now(), self.app.replica.clock(), self.wished.get_untracked());
            self.search.with_value(|search| search.nearest(&view, wished, now))
        } else {
            alternatives
        };
        self.plan.set(None);
        self.is_perhaps_own.set_value(untrack(|| !self.app.is_signed_in()));
        self.problem.set(Some(Problem::Taken(near, why)));
        to_top();
    }

    /// Something else; the visit stays, with the prices that hold now.
    pub fn failed(self, why: String) {
        let (view, now, wished) = (self.app.replica.view_now(), self.app.replica.clock(), self.wished.get_untracked());
        if let Some(plan) = self.search.with_value(|search| Plan::at(&view, search, wished, now)) {
            self.plan.set(Some(plan));
        }
        self.problem.set(Some(Problem::Other(why)));
        to_top();
    }

    /// One of the times nearby instead.
    pub fn take_instead(self, starts_at: Timestamp) {
        let offer = self.problem.with_untracked(|problem| match problem {
            Some(Problem::Taken(near, _)) => near.iter().find(|offer| offer.starts_at == starts_at).cloned(),
            _ => None,
        });
        let plan = offer.and_then(|offer| self.plan_of(&self.app.replica.view_now(), &offer));
        if plan.is_some() {
            self.app.draft.choose_time(starts_at);
            self.wished.set(starts_at);
            self.problem.set(None);
            self.plan.set(plan);
        }
    }

    /// The id of the booking to be.
    pub fn booking_id(self) -> BookingId {
        let id = self.app.draft.now().booking.unwrap_or_else(|| self.app.replica.new_id());
        if self.app.draft.now().booking.is_none() {
            self.app.draft.change(|draft| draft.booking = Some(id));
        }
        id
    }

    /// For whom it is, as far as known: a hold needs no name.
    pub fn subject(self) -> Option<Subject> {
        let own = untrack(|| self.app.members());
        let is_known = |subject: &Subject| match subject {
            Subject::Member(id) => own.is_empty() || own.iter().any(|member| member.id == *id),
            Subject::Guest { .. } => true,
        };
        let chosen = self.app.draft.now().subject.filter(is_known);
        chosen.or_else(|| own.first().map(|member| Subject::Member(member.id)))
    }

    async fn hold(self, plan: &Plan, booking: BookingId) -> Result<Outcome, crate::state::DirectError> {
        for _ in 0..RELEASE_LOOKS {
            if self.app.releasing.get_untracked() == 0 {
                break;
            }
            browser::sleep(LOOK_MILLISECONDS).await;
        }
        let nobody = Subject::Guest { name: "".into() };
        let lines = plan.new_lines(&self.subject().unwrap_or(nobody));
        self.app.replica.direct(Command::Hold(Hold { store: plan.store, booking, lines })).await
    }

    /// How long the store holds a time. Right after signing in the cache is a new one and may not have the store yet.
    fn hold_minutes(self, plan: &Plan) -> i64 {
        let view = self.app.replica.view_now();
        let rules = view.catalogue.stores.get(&plan.store).map(|store| store.rules.hold_minutes);
        i64::from(rules.unwrap_or_else(|| Rules::default().hold_minutes))
    }

    /// Whoever leaves gives the time back.
    fn let_go(self) {
        let draft = self.app.draft.now();
        let held = matches!(self.holding.get_untracked(), Holding::Until(_) | Holding::Asking);
        let (true, false, Some(store), Some(booking)) = (held, self.sending.get_untracked(), draft.store, draft.booking) else { return };
        self.app.draft.change(|draft| draft.booking = None);
        let (replica, releasing) = (self.app.replica, self.app.releasing);
        releasing.update(|count| *count += 1);
        spawn_local(async move {
            // If it cannot be said, the hold runs out by itself.
            drop(replica.direct(Command::Release(Release { store, booking })).await);
            releasing.update(|count| *count -= 1);
        });
    }
}

/// The booking is made or on its way: the draft has served its purpose, and the slip takes the place of the page. Whoever has gone on
/// elsewhere hears it in one line.
pub fn booked(app: MemberApp, id: BookingId, is_sent: bool) {
    if app.draft.now().booking == Some(id) {
        app.draft.clear();
    }
    if untrack(|| app.way.path()) == paths::CONFIRM {
        app.way.replace(&paths::done(id));
    } else {
        let words = &i18n::member().booking;
        let (icon, text) = if is_sent { ("check", words.done) } else { ("cloud-off", words.done_unsent) };
        app.say(icon, text.to_owned());
    }
}

fn to_top() {
    browser::window().scroll_to_with_x_and_y(0.0, 0.0);
}
