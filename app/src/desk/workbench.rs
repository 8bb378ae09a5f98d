//! What the desk is looking at: store, day, open sheet, last message. A copyable handle in context.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use shared::command::{Command, RegisterMember};
use shared::id::{BlockId, BookingId, CommandId, MemberId, ResourceId, ServiceId, StaffId, StoreId};
use shared::region::Region;
use shared::role::Permission;
use shared::scope::Scope;
use shared::staff_preference::StaffPreference;
use shared::store::Store;
use shared::time::{LocalDate, MINUTE, Timestamp};

use super::asked::{Asked, Question};
use super::business_day;
use super::columns::Columns;
use super::display::Display;
use super::done::Stands;
use crate::components::toast::Toast;
use crate::state::{Replica, SubmitError};
use crate::{browser, phones};

/// How long a message stays, and with it the way back.
const TOAST_SECONDS: i64 = 10;

/// What lies over the board.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Sheet {
    /// Nothing.
    #[default]
    Closed,
    /// A booking.
    Visit(BookingId),
    /// Blocked time.
    Block(BlockId),
    /// A new booking.
    Book(Prefill),
    /// Somebody walks in.
    WalkIn,
    /// Block the time of somebody or something; the column that was tapped says whose.
    BlockTime(Option<ResourceId>),
    /// How the day is shown.
    Display,
    /// A command that was refused.
    Refused(CommandId),
    /// Those who wait for a time.
    Waitlist,
    /// One more who waits.
    JoinWaitlist(Prefill),
    /// Whose turn it is 轮钟.
    Rotation,
}

/// What a form begins with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prefill {
    /// Whose column was tapped.
    pub staff: Option<StaffId>,
    /// Where it was tapped.
    pub starts_at: Option<Timestamp>,
    /// For whom.
    pub member: Option<MemberId>,
    /// For whom, where it is no member; may be empty.
    pub guest: String,
    /// What.
    pub services: Vec<ServiceId>,
    /// Whom the guest asks for, service by service, where that is known; otherwise the tapped person does it.
    pub staff_preferences: Vec<(ServiceId, StaffPreference)>,
    /// What the guest wants us to know.
    pub note: String,
    /// By phone.
    pub by_phone: bool,
    /// The refused command that this puts right: it leaves the inbox once the form is taken.
    pub instead_of: Option<CommandId>,
}

/// The handle; take it from context with [`Workbench::expect`].
#[derive(Clone, Copy)]
pub struct Workbench {
    /// What is known and done.
    pub replica: Replica,
    /// The last message.
    pub toast: RwSignal<Option<Toast>>,
    /// A command that needs a reason.
    pub asked: RwSignal<Option<Asked>>,
    /// What is asked before something is done to others.
    pub question: RwSignal<Option<Question>>,
    /// Why the last command about the open visit was not taken: a form that gives way to the panel leaves it here.
    pub visit_problem: RwSignal<Option<SubmitError>>,
    /// A refused registration on its way to the form, with the command that it puts right.
    pub registration: RwSignal<Option<(CommandId, RegisterMember)>>,
    /// The visit that the last message is about, as it stood then.
    pub(super) said_of: RwSignal<Option<Stands>>,
    /// What is on its way, as long as its button waits for the answer.
    pub(super) giving: StoredValue<Vec<Command>>,
    sheet: RwSignal<Sheet>,
    columns: RwSignal<Columns>,
    display: RwSignal<Display>,
    has_resources: Memo<bool>,
    chosen_store: RwSignal<Option<StoreId>>,
    chosen_date: RwSignal<Option<LocalDate>>,
    store: Memo<Option<Arc<Store>>>,
    minute: Memo<Timestamp>,
    opener: StoredValue<Option<web_sys::HtmlElement>, LocalStorage>,
}

impl Workbench {
    /// Makes the workbench and provides it in context. Call once, below the replica.
    pub fn provide(replica: Replica) -> Self {
        let chosen_store = RwSignal::new(browser::preference(STORE_PREFERENCE).and_then(|id| id.parse().ok()));
        let store = Memo::new(move |_| current_store(replica, chosen_store.get()));
        let has_resources = Memo::new(move |_| {
            let view = replica.view();
            store.with(|store: &Option<Arc<Store>>| store.as_ref().is_some_and(|store| view.resources_of(store.id).next().is_some()))
        });
        let bench = Workbench {
            replica,
            toast: RwSignal::new(None),
            asked: RwSignal::new(None),
            question: RwSignal::new(None),
            visit_problem: RwSignal::new(None),
            registration: RwSignal::new(None),
            said_of: RwSignal::new(None),
            giving: StoredValue::new(Vec::new()),
            sheet: RwSignal::default(),
            columns: RwSignal::default(),
            display: RwSignal::new(browser::preference(DISPLAY_PREFERENCE).map(|text| Display::read(&text)).unwrap_or_default()),
            has_resources,
            chosen_store,
            chosen_date: RwSignal::new(None),
            store,
            minute: Memo::new(move |_| Timestamp(replica.now().0.div_euclid(MINUTE) * MINUTE)),
            opener: StoredValue::new_local(None),
        };
        // A message about a visit goes when it is not true any more, and with it the way back.
        Effect::new(move |_| {
            let Some(said) = bench.said_of.get() else { return };
            if replica.view().bookings.get(&said.booking).is_some_and(|booking| Stands::of(booking) != said) {
                bench.toast.set(None);
                bench.said_of.set(None);
            }
        });
        provide_context(bench);
        bench
    }

    /// The handle of the context.
    #[must_use]
    pub fn expect() -> Self {
        expect_context()
    }

    /// Tracked: the store in use; `None` until one is known.
    #[must_use]
    pub fn store(self) -> Option<Arc<Store>> {
        self.store.get()
    }

    /// The store, untracked: for event handlers.
    #[must_use]
    pub fn store_now(self) -> Option<Arc<Store>> {
        self.store.get_untracked()
    }

    /// Tracked: the stores this session may work in.
    #[must_use]
    pub fn stores(self) -> Vec<Store> {
        allowed_stores(self.replica)
    }

    /// Works in another store.
    pub fn choose_store(self, store: StoreId) {
        browser::set_preference(STORE_PREFERENCE, Some(&store.to_string()));
        self.close();
        self.columns.set(Columns::Staff);
        self.chosen_store.set(Some(store));
    }

    /// Tracked: the current minute.
    #[must_use]
    pub fn minute(self) -> Timestamp {
        self.minute.get()
    }

    /// Tracked: the store's day now: after midnight still the evening before, until that has closed.
    #[must_use]
    pub fn today(self) -> LocalDate {
        let minute = self.minute.get();
        self.store.with(|store| store.as_ref().map(|store| business_day::day_of(store, minute))).unwrap_or_default()
    }

    /// Tracked: the date in the store's calendar now: for words like "today".
    #[must_use]
    pub fn calendar_date(self) -> LocalDate {
        let minute = self.minute.get();
        self.store.with(|store| store.as_ref().map(|store| store.zone.local(minute).0)).unwrap_or_default()
    }

    /// Tracked: the day on the board; goes on with the day until another one is chosen.
    #[must_use]
    pub fn date(self) -> LocalDate {
        self.chosen_date.get().unwrap_or_else(|| self.today())
    }

    /// Shows another day; `None` is today.
    pub fn choose_date(self, date: Option<LocalDate>) {
        self.chosen_date.set(date.filter(|date| *date != untrack(|| self.today())));
    }

    /// Tracked: whose columns the board has; those of resources only where there are some.
    #[must_use]
    pub fn columns(self) -> Columns {
        if self.has_resources.get() { self.columns.get() } else { Columns::Staff }
    }

    /// Tracked: how the day is shown.
    #[must_use]
    pub fn display(self) -> Display {
        self.display.get()
    }

    /// Shows the day in another way, and remembers it.
    pub fn show_as(self, change: impl FnOnce(&mut Display)) {
        self.display.update(change);
        browser::set_preference(DISPLAY_PREFERENCE, Some(&self.display.with_untracked(Display::text)));
    }

    /// Tracked: whether the store has rooms, stations or equipment.
    #[must_use]
    pub fn has_resources(self) -> bool {
        self.has_resources.get()
    }

    /// Shows the rooms in place of the people, or the people again.
    pub fn turn_columns(self) {
        self.columns.update(|columns| *columns = if *columns == Columns::Staff { Columns::Resources } else { Columns::Staff });
    }

    /// Tracked: what lies over the board.
    #[must_use]
    pub fn sheet(self) -> Sheet {
        self.sheet.get()
    }

    /// Tracked: whether exactly this lies over the board.
    #[must_use]
    pub fn is_open(self, sheet: &Sheet) -> bool {
        self.sheet.with(|open| open == sheet)
    }

    /// Lays a sheet over the board; closing gives the focus back.
    pub fn open(self, sheet: Sheet) {
        if self.sheet.with_untracked(|open| *open == Sheet::Closed) {
            let focused = browser::document().active_element().and_then(|element| element.dyn_into().ok());
            self.opener.set_value(focused);
        }
        self.visit_problem.set(None);
        self.sheet.set(sheet);
    }

    /// Takes the sheet away.
    pub fn close(self) {
        if self.sheet.with_untracked(|open| *open == Sheet::Closed) {
            return;
        }
        self.sheet.set(Sheet::Closed);
        if let Some(opener) = self.opener.try_update_value(Option::take).flatten() {
            // What was tapped may be gone: then the focus goes to the page.
            let _ = opener.focus();
        }
    }

    /// Tracked: whether the session may do this in the store.
    #[must_use]
    pub fn may(self, what: Permission) -> bool {
        let Some(store) = self.store.with(|store| store.as_ref().map(|store| store.id)) else { return false };
        self.replica.session().is_some_and(|session| session.actor().may(what, store))
    }

    /// The region in which people type numbers here.
    #[must_use]
    pub fn region(self) -> Region {
        phones::region(&self.replica.view_now(), self.store_now().map(|store| store.id))
    }

    /// Says what happened for ten seconds.
    pub fn say(self, icon: &'static str, text: String, undo: Option<Callback<()>>) {
        let since = self.replica.clock();
        let until = Timestamp(since.0 + TOAST_SECONDS * 1000);
        self.said_of.set(None);
        self.toast.set(Some(Toast { icon, text, undo, since, until }));
    }
}

const STORE_PREFERENCE: &str = "huiyue-desk-store";
const DISPLAY_PREFERENCE: &str = "huiyue-desk-display";

fn current_store(replica: Replica, chosen: Option<StoreId>) -> Option<Arc<Store>> {
    let stores = allowed_stores(replica);
    let own = replica.session().and_then(|session| session.store);
    let wished = |id: Option<StoreId>| stores.iter().find(|store| Some(store.id) == id);
    wished(chosen).or_else(|| wished(own)).or_else(|| stores.first()).cloned().map(Arc::new)
}

fn allowed_stores(replica: Replica) -> Vec<Store> {
    let view = replica.view();
    let session = replica.session();
    let may_see =
        |store: &Store| session.as_ref().is_some_and(|session| session.scopes.iter().any(|(scope, _)| *scope == Scope::Desk(store.id)));
    view.catalogue.stores.values().filter(|store| may_see(store)).cloned().collect()
}
