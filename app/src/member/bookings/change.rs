//! Moving a booking: the same days and times, its own time not in its way.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::booking::Alternative;
use shared::command::{Command, Move};
use shared::id::BookingId;
use shared::time::{TimeRange, Timestamp};

use super::NoVisit;
use crate::components::alternatives::Alternatives;
use crate::components::icon::Icon;
use crate::i18n;
use crate::member::book::{SameTime, TimePicker};
use crate::member::find::Search;
use crate::member::frame::{MemberApp, Page};
use crate::member::give::{Given, give, say_moved};
use crate::member::visit::Visit;
use crate::member::{paths, spoken};
use crate::reactive::{Busy, memo};

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
                <Page title=Signal::derive(|| i18n::member().visits.change.to_owned()) back=paths::BOOKINGS><NoVisit /></Page>
            }
            .into_any(),
        }}
    }
}

#[component]
fn MoveVisit(visit: Visit) -> impl IntoView {
    let app = MemberApp::expect();
    let (id, store, from) = (visit.id, visit.store, visit.starts_at);
    let search = StoredValue::new(Search { moving: Some(id), ..visit.search() });
    let days = memo(move || {
        let mut days = search.with_value(|search| search.days(&app.view(), app.minute.get()));
        days.iter_mut().for_each(|day| day.starts.retain(|start| *start != from));
        days
    });
    let chosen = RwSignal::new(None::<Timestamp>);
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
        let Some(starts_at) = chosen.get_untracked().filter(|_| busy.begin()) else { return };
        error.set(None);
        spawn_local(async move {
            let given = give(app, Command::Move(Move { store, booking: id, starts_at, wishes: Vec::new(), over: None })).await;
            // Where the page was left meanwhile there is only the line above the next one.
            let is_left = !busy.end();
            match given {
                Given::Refused { gone: true, alternatives, .. } if !is_left => {
                    chosen.set(None);
                    taken.set(Some((starts_at, near(app, search, alternatives, starts_at))));
                }
                Given::Refused { why, .. } | Given::Failed(why) if !is_left => error.set(Some(why)),
                Given::SignedOut if !is_left => error.set(Some(i18n::common().device.session_over.to_owned())),
                given => {
                    say_moved(app, given);
                    if !is_left {
                        app.way.replace(&paths::visit(id));
                    }
                }
            }
        });
    });
    let bar = move || view! { <MoveBar visit=visit.clone() chosen busy on_go=send /> };
    view! {
        <Page title=Signal::derive(|| i18n::member().visits.change.to_owned()) back=paths::visit(id) bar=bar>
            {move || error.get().map(|text| view! { <p class="field__error" role="alert"><Icon name="attention" />{text}</p> })}
            {move || taken.get().map(|(wished, near)| view! { <Taken search wished near on_choose=choose /> })}
            <SameTime range moving=id />
            <TimePicker store days chosen on_choose=choose />
        </Page>
    }
}

fn near(app: MemberApp, search: StoredValue<Search>, offered: Vec<Alternative>, wished: Timestamp) -> Vec<Alternative> {
    if !offered.is_empty() {
        return offered;
    }
    search.with_value(|search| search.nearest(&app.replica.view_now(), wished, app.replica.clock()))
}

#[component]
fn Taken(search: StoredValue<Search>, wished: Timestamp, near: Vec<Alternative>, on_choose: Callback<Timestamp>) -> impl IntoView {
    let app = MemberApp::expect();
    let (store, wish) = search.with_value(|search| (search.store, search.wish));
    let is_empty = near.is_empty();
    let title = Signal::derive(move || (i18n::member().booking.taken)(&spoken::time(&app.view(), store, wished).unwrap_or_default()));
    // Whoever asked for nobody is not told a name: the store may choose another.
    let times = Signal::derive(move || spoken::nearby(&app.view(), store, &near, |_| spoken::wish(&app.view(), wish), app.minute.get()));
    let text = Signal::derive(move || {
        let words = &i18n::member().booking;
        if is_empty { words.taken_none } else { words.taken_text }.to_owned()
    });
    view! { <Alternatives title text times on_choose /> }
}

#[component]
fn MoveBar(visit: Visit, chosen: RwSignal<Option<Timestamp>>, busy: Busy, on_go: Callback<()>) -> impl IntoView {
    let app = MemberApp::expect();
    let store = visit.store;
    let from = move || spoken::date_time(&app.view(), store, visit.starts_at).map(|when| (i18n::member().visits.move_from)(&when));
    let word = move || match chosen.get() {
        Some(at) => (i18n::member().visits.move_do)(&spoken::date_time(&app.view(), store, at).unwrap_or_default()),
        None => i18n::member().booking.time.to_owned(),
    };
    view! {
        <div class="action-bar action-bar--stacked">
            <p class="note">{from}</p>
            <button
                class="button button--primary button--large button--wide"
                type="button"
                disabled=move || busy.get() || chosen.get().is_none()
                aria-busy=move || busy.get().to_string()
                on:click=move |_| on_go.run(())
            >
                {word}
            </button>
        </div>
    }
}
