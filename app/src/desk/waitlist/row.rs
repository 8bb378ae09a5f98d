//! Somebody who waits: why they stand where they stand, what is free for them, and what is offered.

use leptos::prelude::*;
use shared::command::Command;
use shared::state_kind::StateKind;
use shared::view::View;
use shared::visit_request::RequestedLine;
use shared::waitlist_entry::{Offer, Waiting, WaitlistEntry};

use crate::components::day_part::part;
use crate::components::icon::Icon;
use crate::components::status::{Status, StatusChip};
use crate::desk::done::{About, Done};
use crate::desk::problem::Problem;
use crate::desk::words::{guest_word, staff_names};
use crate::desk::workbench::Workbench;
use crate::i18n::{self, format};
use crate::state::SubmitError;

use super::offer;
use super::queue::Queued;

/// One row of the drawer.
#[component]
pub fn QueueRow(queued: Memo<Queued>, is_offline: Memo<bool>) -> impl IntoView {
    let bench = Workbench::expect();
    let (problem, why_not, is_busy) = (RwSignal::new(None::<SubmitError>), RwSignal::new(None::<String>), RwSignal::new(false));
    let who = move || queued.with(|queued| guest_word(queued.who.as_deref()));
    let what = move || queued.with(|queued| what(&bench.replica.view(), &queued.entry));
    let when = move || bench.store().map(|store| queued.with(|queued| part(&store.zone, queued.entry.starts)));
    let reason = move || bench.store().map(|store| queued.with(|queued| reason(&store.zone, &queued.entry)));
    let note = move || queued.with(|queued| Some(queued.entry.note.0.clone()).filter(|note| !note.is_empty()));
    let chip = Memo::new(move |_| queued.with(|queued| chip(&queued.entry)));
    let open = Memo::new(move |_| queued.with(|queued| queued.entry.offer().cloned()));
    let removed = Callback::new(move |command: Command| {
        bench.give(command, Done::new("check", i18n::waitlist().removed, About::words(untrack(who))), problem);
    });
    let remove = move |_| queued.with_untracked(|queued| offer::remove(bench, &queued.entry, untrack(who), problem, removed));
    let refused = move || problem.get().map(|error| i18n::refusals().submit(&error)).or_else(|| why_not.get());
    view! {
        <li class="waitlist__entry">
            <div class="waitlist__head">
                <span class="waitlist__place">{move || queued.with(|queued| queued.place)}</span>
                <span class="waitlist__name">{who}</span>
                {move || {
                    let (status, word) = chip.get();
                    view! { <StatusChip status word=word() /> }
                }}
            </div>
            <p class="waitlist__what">{what}</p>
            <p class="waitlist__why">{when}" · "{reason}</p>
            {move || note().map(|note| view! { <p class="waitlist__note"><Icon name="note" size="small" />{note}</p> })}
            {move || match open.get() {
                Some(offer) => view! { <Offered queued offer problem /> }.into_any(),
                None => view! { <Free queued is_offline is_busy why_not /> }.into_any(),
            }}
            <Problem text=Signal::derive(refused) />
            <div class="waitlist__actions">
                <button class="button button--small button--quiet" type="button" on:click=remove>{move || i18n::waitlist().remove}</button>
            </div>
        </li>
    }
}

/// The times that are free: one tap offers one.
#[component]
fn Free(queued: Memo<Queued>, is_offline: Memo<bool>, is_busy: RwSignal<bool>, why_not: RwSignal<Option<String>>) -> impl IntoView {
    let bench = Workbench::expect();
    let words = i18n::waitlist;
    let free = Memo::new(move |_| queued.with(|queued| queued.free.clone()));
    let chip = move |lines: Vec<RequestedLine>| {
        let text = offer::visit_text(bench, &lines);
        let label = text.clone();
        let tap = move |_| {
            let (entry, who) = queued.with_untracked(|queued| (queued.entry.clone(), guest_word(queued.who.as_deref())));
            offer::offer(bench, (&entry, who), &lines, (is_busy, why_not));
        };
        view! {
            <button
                class="choice"
                type="button"
                aria-label=move || (words().offer)(&label)
                disabled=move || is_offline.get() || is_busy.get()
                on:click=tap
            >
                <Icon name="send" size="small" />
                {text}
            </button>
        }
    };
    view! {
        <Show
            when=move || !free.with(Vec::is_empty)
            fallback=move || view! { <p class="waitlist__why">{move || words().none_free}</p> }
        >
            <p class="waitlist__label">{move || if is_busy.get() { words().asking } else { words().free }}</p>
            <div class="choices">{move || free.get().into_iter().map(chip).collect_view()}</div>
        </Show>
    }
}

/// What is held for them, for how much longer, and their answer on the telephone.
#[component]
fn Offered(queued: Memo<Queued>, offer: Offer, problem: RwSignal<Option<SubmitError>>) -> impl IntoView {
    let bench = Workbench::expect();
    let words = i18n::waitlist;
    let until = offer.until;
    let is_over = Memo::new(move |_| bench.replica.now() >= until);
    let offer = StoredValue::new(offer);
    let text = move || bench.store().map(|store| offer.with_value(|offer| offer::offer_text(&bench.replica.view(), &store, offer)));
    let held = move || match (is_over.get(), bench.store()) {
        (true, _) => words().over.to_owned(),
        (false, Some(store)) => (words().held_until)(&format::time(&store.zone, until)),
        (false, None) => String::new(),
    };
    let has_account = Memo::new(move |_| queued.with(|queued| queued.entry.account.is_some()));
    let answer = move |deed: fn(Workbench, &WaitlistEntry, &Offer, String, RwSignal<Option<SubmitError>>)| {
        let (entry, who) = queued.with_untracked(|queued| (queued.entry.clone(), guest_word(queued.who.as_deref())));
        offer.with_value(|offer| deed(bench, &entry, offer, who, problem));
    };
    view! {
        <p class="waitlist__offer"><span class="strong">{text}</span> <span>{held}</span></p>
        <Show when=move || !has_account.get()><p class="waitlist__why">{move || words().call}</p></Show>
        <div class="waitlist__actions">
            <button class="button button--primary" type="button" disabled=move || is_over.get() on:click=move |_| answer(offer::accept)>
                {move || words().accept}
            </button>
            <button class="button" type="button" on:click=move |_| answer(offer::decline)>{move || words().decline}</button>
        </div>
    }
}

fn chip(entry: &WaitlistEntry) -> (Status, fn() -> &'static str) {
    match entry.state {
        Waiting::Offered(_) => (Status::of(StateKind::Requested), || i18n::waitlist().offered),
        _ => (Status::of(StateKind::Waiting), || i18n::waitlist().queued),
    }
}

/// `剪发、护理 · 阿杰`
fn what(view: &View, entry: &WaitlistEntry) -> String {
    let service = |wanted: &shared::visit_request::RequestedService| {
        view.catalogue.services.get(&wanted.service).map(|service| i18n::name(&service.name))
    };
    let services: Vec<String> = entry.services.iter().filter_map(service).collect();
    let staff = staff_names(view, entry.services.iter().filter_map(|wanted| wanted.staff_preference.person()));
    let staff = if staff.is_empty() { i18n::desk().board.anybody.to_owned() } else { staff };
    format!("{} · {staff}", services.join(" + "))
}

/// Why they stand where they stand.
fn reason(zone: &shared::zone::Zone, entry: &WaitlistEntry) -> String {
    let words = i18n::waitlist();
    let at = format::date_time(zone, entry.made_at);
    if entry.tier > 0 { (words.why_tier)(entry.tier, &at) } else { (words.why)(&at) }
}
