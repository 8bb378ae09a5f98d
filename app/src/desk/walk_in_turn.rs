//! Whose turn the guest in the form is, and why: as it would be placed now.

use leptos::prelude::*;
use shared::booking::Booking;
use shared::command::Command;
use shared::decision::Change;
use shared::placement::turns;

use super::rotation::why_text;
use super::words::staff_names;
use super::workbench::Workbench;
use crate::i18n;

/// Nothing where the store does not go by turns, before a service is chosen, and where only the server can tell.
#[component]
pub fn WalkInTurn(
    /// The arrival as it would be given. Tracked.
    #[prop(into)]
    arrives: Signal<Option<Command>>,
) -> impl IntoView {
    let bench = Workbench::expect();
    let text = Memo::new(move |_| turn_text(bench, &arrives.get()?));
    view! {
        {move || text.get().map(|(who, why)| view! {
            <div class="next-turn" role="status">
                <span class="next-turn__who">{who}</span>
                <span class="next-turn__why">{why}</span>
            </div>
        })}
    }
}

/// Tracked.
fn turn_text(bench: Workbench, arrives: &Command) -> Option<(String, String)> {
    let (view, store, words) = (bench.replica.view(), bench.store()?, &i18n::desk().rotation);
    if !turns::are_kept(&view, store.id) {
        return None;
    }
    let queue = turns::queue_at(&view, &store, bench.minute()).ok()?;
    let (_, arrival) = bench.replica.foresee(std::slice::from_ref(arrives)).ok()?;
    let guest = arrival.changes.iter().find_map(Change::put_of::<Booking>)?;
    let first = guest.lines.first()?;
    let staff = first.staff?;
    let name = staff_names(&view, std::iter::once(staff));
    if guest.occupancy.is_empty() {
        return Some((words.all_busy.to_owned(), words.all_busy_text.to_owned()));
    }
    if first.staff_preference.is_requested() {
        return Some((name, words.keeps_place.to_owned()));
    }
    let why = match queue.iter().enumerate().find(|(_, place)| place.staff == staff) {
        Some((at, place)) => format!("{} · {}", (words.place)(at + 1), why_text(&store.zone, place)),
        None if queue.is_empty() => words.empty_title.to_owned(),
        None => words.not_signed_in.to_owned(),
    };
    Some(((words.your_turn)(&name), why))
}
