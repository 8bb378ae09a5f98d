//! Moving a booking: the same days and times, its own time not in its way, with the same people or others. What it costs then is said
//! before the tap.

mod people;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::booking::{Alternative, State};
use shared::command::{Command, Move};
use shared::id::BookingId;
use shared::staff_preference::StaffPreference;
use shared::time::{TimeRange, Timestamp};

use super::super::parts::no_visit::NoVisit;
use crate::components::alternatives::Alternatives;
use crate::components::icon::Icon;
use crate::i18n;
use crate::member::book::{SameTime, TimePicker};
use crate::member::find::Search;
use crate::member::frame::Page;
use crate::member::member_app::MemberApp;
use crate::member::moved::{self, Moved};
use crate::member::plan::needs_the_desk;
use crate::member::submit::{SubmitResult, say_moved, submit_and_wait};
use crate::member::visit::Visit;
use crate::member::{labels, paths};
use crate::reactive::{Busy, memo};

use people::People;

/// Choosing another time.
#[component]
pub fn MovePage(id: Option<BookingId>) -> impl IntoView {
    let app = MemberApp::expect();
    // The visit as it was when the page came: what becomes of it meanwhile is told by the answer.
    let first = Memo::new(move |first: Option<&Option<Visit>>| {
        let kept = first.cloned().flatten().filter(|_| app.is_signed_in());
        kept.or_else(|| app.visit(id))
    });
    view! {
        {move || match first.get() {
            Some(visit) => view! { <MoveVisit visit /> }.into_any(),
            None => view! {
                <Page title=Signal::derive(|| i18n::member().visits.change.to_owned()) back=paths::BOOKINGS><NoVisit id /></Page>
            }
            .into_any(),
        }}
    }
}

#[component]
fn MoveVisit(visit: Visit) -> impl IntoView {
    let app = MemberApp::expect();
    let (id, store, from) = (visit.id, visit.store, visit.starts_at);
    let same = Search { moving: Some(id), ..visit.search() };
    let search = RwSignal::new(Search { moving: Some(id), ..visit.search() });
    let days = memo(move || {
        let mut days = search.with(|search| search.days(&app.view(), app.minute.get()));
        // The same time is something new with somebody else only.
        if search.with(|search| *search == same) {
            days.iter_mut().for_each(|day| day.starts.retain(|start| *start != from));
        }
        days
    });
    let chosen = RwSignal::new(None::<Timestamp>);
    let then = memo(move || search.with(|search| moved::at(&app.view(), search, chosen.get()?, app.minute.get())));
    let ask_for = Callback::new(move |(place, staff_preference): (usize, StaffPreference)| {
        search.update(|search| {
            if let Some(own) = search.each.get_mut(place) {
                *own = staff_preference;
            }
        });
        // A time that these people do not have is chosen no more.
        if untrack(|| then.get()).is_none() {
            chosen.set(None);
        }
    });
    let instead = Callback::new(move |other| {
        search.set(other);
        if untrack(|| then.get()).is_none() {
            chosen.set(None);
        }
    });
    let busy = Busy::default();
    let minutes = visit.ends_at.minutes_since(from);
    let range = Signal::derive(move || chosen.get().map(|start| TimeRange::starting(start, minutes)));
    let taken = RwSignal::new(None::<(Timestamp, Vec<Alternative>)>);
    let error = RwSignal::new(None::<String>);
    let choose = Callback::new(move |start| {
        chosen.set(Some(start));
        taken.set(None);
    });
    let send = Callback::new(move |()| {
        let Some(starts_at) = chosen.get_untracked() else { return };
        let Some(Moved { staff_preferences, .. }) = untrack(|| then.get()) else {
            // It went while the page was looked at.
            chosen.set(None);
            return taken.set(Some((starts_at, near(app, search, Vec::new(), starts_at))));
        };
        if !busy.begin() {
            return;
        }
        error.set(None);
        spawn_local(async move {
            let given =
                submit_and_wait(app, Command::Move(Move { store, booking: id, starts_at, staff_preferences, override_reason: None })).await;
            // Where the page was left meanwhile there is only the line above the next one.
            let is_left = !busy.end();
            match given {
                SubmitResult::Refused { gone: true, alternatives, .. } if !is_left => {
                    chosen.set(None);
                    taken.set(Some((starts_at, near(app, search, alternatives, starts_at))));
                }
                SubmitResult::Refused { why, .. } | SubmitResult::Failed(why) if !is_left => error.set(Some(why)),
                SubmitResult::SignedOut if !is_left => error.set(Some(i18n::common().device.session_over.to_owned())),
                given => {
                    say_moved(app, id, given);
                    if !is_left {
                        app.way.replace(&paths::visit(id));
                    }
                }
            }
        });
    });
    let bar = move || view! { <MoveBar visit=visit.clone() chosen then busy on_go=send /> };
    view! {
        <Page title=Signal::derive(|| i18n::member().visits.change.to_owned()) back=paths::visit(id) bar=bar>
            {move || error.get().map(|text| view! { <p class="field__error" role="alert"><Icon name="attention" />{text}</p> })}
            {move || taken.get().map(|(wished, near)| view! { <Taken search wished near on_choose=choose /> })}
            <People search on_choose=ask_for />
            <SameTime range moving=id />
            <TimePicker search=Signal::derive(move || Some(search.get())) days chosen on_choose=choose on_instead=instead />
        </Page>
    }
}

fn near(app: MemberApp, search: RwSignal<Search>, offered: Vec<Alternative>, wished: Timestamp) -> Vec<Alternative> {
    if !offered.is_empty() {
        return offered;
    }
    search.with_untracked(|search| search.nearest(&app.replica.view_now(), wished, app.replica.clock()))
}

#[component]
fn Taken(search: RwSignal<Search>, wished: Timestamp, near: Vec<Alternative>, on_choose: Callback<Timestamp>) -> impl IntoView {
    let app = MemberApp::expect();
    let (store, staff_preference) = search.with_untracked(|search| (search.store, search.staff_preference));
    let is_empty = near.is_empty();
    let title = Signal::derive(move || (i18n::member().booking.taken)(&labels::time(&app.view(), store, wished).unwrap_or_default()));
    // Whoever asked for nobody is not told a name: the store may choose another.
    let times = Signal::derive(move || {
        labels::nearby(&app.view(), store, &near, |_| labels::staff_preference(&app.view(), staff_preference), app.minute.get())
    });
    let text = Signal::derive(move || {
        let words = &i18n::member().booking;
        if is_empty { words.taken_none } else { words.taken_text }.to_owned()
    });
    view! { <Alternatives title text times on_choose /> }
}

#[component]
fn MoveBar(visit: Visit, chosen: RwSignal<Option<Timestamp>>, then: Memo<Option<Moved>>, busy: Busy, on_go: Callback<()>) -> impl IntoView {
    let app = MemberApp::expect();
    let store = visit.store;
    let from = move || labels::date_time(&app.view(), store, visit.starts_at).map(|when| (i18n::member().visits.move_from)(&when));
    let before = visit.price();
    let is_promised = matches!(visit.state, Some(State::Confirmed { .. }));
    let asks = move || {
        let asks = is_promised && app.view().catalogue.stores.get(&store).is_some_and(needs_the_desk);
        asks.then(|| view! { <p class="note">{i18n::member().visits.move_asks}</p> })
    };
    let price = move || {
        let (view, after) = (app.view(), then.get()?.price);
        let said = |price| labels::price(&view, store, price);
        Some(if after == before { said(after) } else { (i18n::member().visits.move_price)(&said(before), &said(after)) })
    };
    let word = move || match chosen.get() {
        Some(at) => (i18n::member().visits.move_do)(&labels::date_time(&app.view(), store, at).unwrap_or_default()),
        None => i18n::member().booking.time.to_owned(),
    };
    view! {
        <footer class="action-bar action-bar--stacked">
            <p class="note">{from}</p>
            {asks}
            <p class="strong" aria-live="polite">{price}</p>
            <button
                class="button button--primary button--large button--wide"
                type="button"
                disabled=move || busy.get() || chosen.get().is_none()
                aria-busy=move || busy.get().to_string()
                on:click=move |_| on_go.run(())
            >
                {word}
            </button>
        </footer>
    }
}
