//! The chosen time is not free: why, and the three nearest times to tap instead.

use leptos::prelude::*;
use shared::booking::Alternative;
use shared::openings::why_not;
use shared::refusal::Refusal;
use shared::store::Store;
use shared::time::Timestamp;
use shared::view::View;

use super::times::TimeChoice;
use crate::components::alternatives::{Alternatives, NearbyTime};
use crate::desk::business_day;
use crate::i18n::{self, format};

/// How many days the nearest times are looked for in.
const DAYS_AFTER: i32 = 2;

/// An alternative as it is shown.
#[must_use]
pub fn nearby_time(view: &View, store: &Store, offered: &Alternative, now: Timestamp) -> NearbyTime {
    let names = offered.staff.iter().filter_map(|id| view.catalogue.staff.get(id)).map(|staff| i18n::name(&staff.name));
    let mut names: Vec<String> = names.collect();
    names.dedup();
    NearbyTime {
        starts_at: offered.starts_at,
        day: format::day(store.zone.local(offered.starts_at).0, store.zone.local(now).0),
        time: format::time(&store.zone, offered.starts_at),
        who: names.join(" · "),
    }
}

/// Tracked: why a time cannot be had, by default the first minute of the day looked at; `None` when it can.
pub(super) fn refusal_at(choice: TimeChoice, start: Option<Timestamp>) -> Option<Refusal> {
    let question = choice.question(choice.date.get(), 0)?;
    let start = start.unwrap_or(question.starts.start);
    why_not(&choice.bench.replica.view(), &question, start, choice.bench.minute())
}

fn nearest(choice: TimeChoice) -> Vec<NearbyTime> {
    let view = choice.bench.replica.view();
    let (Some(store), Some(start), Some(Ok(openings))) = (choice.bench.store(), choice.starts_at.get(), choice.openings(DAYS_AFTER)) else {
        return Vec::new();
    };
    let now = choice.bench.minute();
    openings.nearest(start, 3).iter().map(|offered| nearby_time(&view, &store, offered, now)).collect()
}

/// `children` is what else could be done: squeeze.
#[component]
pub fn ClashNotice(choice: TimeChoice, children: ChildrenFn) -> impl IntoView {
    let refusal = Memo::new(move |_| choice.starts_at.get().and_then(|start| refusal_at(choice, Some(start))));
    let title = Signal::derive(move || refusal.with(|refusal| refusal.as_ref().map(i18n::refusals().refusal).unwrap_or_default()));
    let times = Signal::derive(move || nearest(choice));
    let text = Signal::derive(move || {
        let words = &i18n::desk().form;
        let is_unskilled = refusal.with(|refusal| matches!(refusal, Some(Refusal::NotSkilled { .. })));
        match (is_unskilled, times.with(Vec::is_empty)) {
            (true, _) => words.other_person,
            (_, true) => words.nothing_near,
            _ => words.nearest,
        }
        .to_owned()
    });
    let choose = Callback::new(move |starts_at: Timestamp| {
        if let Some(store) = choice.bench.store_now() {
            choice.date.set(business_day::day_of(&store, starts_at));
        }
        choice.choose(starts_at);
    });
    view! {
        <Show when=move || refusal.with(Option::is_some)>
            <Alternatives title text times on_choose=choose />
            {children()}
        </Show>
    }
}
