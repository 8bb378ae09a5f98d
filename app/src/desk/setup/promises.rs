//! Before a change is saved that takes time, people or things from promises: which ones, and for each what becomes of it. Nothing is
//! decided for anybody; what is kept stays in the inbox.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use shared::attention::{Attention, AttentionKind};
use shared::booking::Booking;
use shared::command::{AskToRebook, Command};
use shared::coverage_gap::CoverageGap;
use shared::decision::Change;
use shared::id::BookingId;
use shared::placement::coverage::open_gaps;
use shared::placement::rebooking::{Proposal, proposals};
use shared::view::View;

use crate::components::dialog::Dialog;
use crate::components::rows::Rows;
use crate::desk::proposed::{move_there, proposal_text};
use crate::desk::words::{lack_text, visit_words};
use crate::desk::workbench::Workbench;
use crate::i18n;

/// Rows that are shown; whoever closes for good decides about all the others at once.
const MOST_ROWS: usize = 30;

/// The promises that a change concerns, the earliest first, and what is known after it.
#[derive(Clone)]
pub(super) struct AtStake {
    after: Arc<View>,
    visits: Arc<Vec<(CoverageGap, Booking)>>,
}

/// What becomes of a promise.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Choice {
    /// It stands as it is: somebody will see to it.
    Keep,
    /// It goes where a proposal says.
    Move(Proposal),
    /// The guest is told three openings.
    Tell,
}

type Choices = RwSignal<BTreeMap<BookingId, Choice>>;

impl AtStake {
    /// What commands concern, as far as this tablet can tell; the server tells the inbox of all. `None` where it is nothing.
    pub(super) fn of(bench: Workbench, commands: &[Command]) -> Option<Self> {
        let (after, decisions) = bench.replica.foresee_each(commands).ok()?;
        let entries = decisions.iter().flat_map(|decision| &decision.changes).filter_map(Change::put_of::<Attention>);
        let mut visits: BTreeMap<BookingId, (CoverageGap, Booking)> = BTreeMap::new();
        for entry in entries {
            let AttentionKind::Uncovered { gaps } = &entry.about else { continue };
            for gap in open_gaps(&after, entry.store, (gaps, entry.raised_at)) {
                visits.extend(after.bookings.get(&gap.booking).map(|booking| (gap.booking, (gap, booking.clone()))));
            }
        }
        let mut visits: Vec<(CoverageGap, Booking)> = visits.into_values().collect();
        visits.sort_by_key(|(_, booking)| booking.starts_at);
        (!visits.is_empty()).then(|| AtStake { after, visits: Arc::new(visits) })
    }

    /// What is given after the change; nothing for what is kept.
    fn commands(&self, chosen: &BTreeMap<BookingId, Choice>) -> Vec<Command> {
        let command = |(gap, booking): &(CoverageGap, Booking)| match chosen.get(&booking.id)? {
            Choice::Keep => None,
            Choice::Move(proposal) => Some(move_there(booking, proposal)),
            Choice::Tell => {
                let reason = lack_text(&self.after, gap.lack).into();
                Some(Command::AskToRebook(AskToRebook { store: booking.store, booking: booking.id, reason }))
            }
        };
        self.visits.iter().filter_map(command).collect()
    }
}

/// The question itself.
#[component]
pub(super) fn PromisesAtStake(
    at_stake: AtStake,
    /// Every promise has its answer: what is given after the change.
    on_save: Callback<Vec<Command>>,
    on_close: Callback<()>,
) -> impl IntoView {
    let words = || &i18n::inbox().uncovered;
    let count = at_stake.visits.len();
    let chosen: Choices = RwSignal::new(BTreeMap::new());
    let at_stake = StoredValue::new(at_stake);
    let left = move || count - chosen.with(BTreeMap::len);
    let choose_all = move |choice: Choice| {
        let all = at_stake.with_value(|at_stake| at_stake.visits.iter().map(|(_, booking)| (booking.id, choice.clone())).collect());
        chosen.set(all);
    };
    let rows = move || at_stake.with_value(|at_stake| at_stake.visits.iter().take(MOST_ROWS).cloned().collect::<Vec<_>>());
    let save = move |_| on_save.run(at_stake.with_value(|at_stake| chosen.with_untracked(|chosen| at_stake.commands(chosen))));
    let title = Signal::derive(move || (words().at_stake)(count));
    view! {
        <Dialog title on_close>
            <p>{move || words().at_stake_text}</p>
            <Show when=move || 1 < count>
                <div class="choices">
                    <button class="button button--small" type="button" on:click=move |_| choose_all(Choice::Keep)>
                        {move || words().keep_all}
                    </button>
                    <button class="button button--small" type="button" on:click=move |_| choose_all(Choice::Tell)>
                        {move || words().tell_all}
                    </button>
                </div>
            </Show>
            <ul>
                <Rows
                    each=rows
                    key=|(_, booking)| booking.id
                    children=move |(gap, booking)| {
                        let after = at_stake.with_value(|at_stake| Arc::clone(&at_stake.after));
                        view! { <OneStake gap booking after chosen /> }
                    }
                />
            </ul>
            <Show when=move || MOST_ROWS < count><p class="muted">{move || (words().more)(count - MOST_ROWS)}</p></Show>
            <div class="dialog__actions dialog__actions--stuck">
                <button class="button button--primary button--wide" type="button" disabled=move || left() != 0 on:click=save>
                    {move || if left() == 0 { i18n::common().actions.save.to_owned() } else { (words().left)(left()) }}
                </button>
            </div>
        </Dialog>
    }
}

#[component]
fn OneStake(gap: CoverageGap, booking: Booking, after: Arc<View>, chosen: Choices) -> impl IntoView {
    let bench = Workbench::expect();
    let id = booking.id;
    let proposed = proposals(&after, &booking, bench.replica.clock());
    let (for_visit, for_moves) = (Arc::new(booking.clone()), Arc::new(booking));
    let visit = move || visit_words(&bench.replica.view(), &for_visit, bench.calendar_date()).unwrap_or_default();
    let lack = move || lack_text(&bench.replica.view(), gap.lack);
    let chip = move |own: Choice, text: Signal<String>| {
        let picked = own.clone();
        view! {
            <button
                class="choice"
                type="button"
                aria-pressed=move || chosen.with(|chosen| chosen.get(&id) == Some(&own)).to_string()
                on:click=move |_| chosen.update(|chosen| drop(chosen.insert(id, picked.clone())))
            >
                {text}
            </button>
        }
    };
    let moves = proposed.into_iter().map(|proposal| {
        let (own, booking) = (Choice::Move(proposal.clone()), Arc::clone(&for_moves));
        chip(own, Signal::derive(move || proposal_text(bench, &booking, &proposal)))
    });
    let moves: Vec<_> = moves.collect();
    view! {
        <li class="stake">
            <span class="stake__visit">{visit}</span>
            <span class="stake__lack">{lack}</span>
            <div class="choices" role="group" aria-label=move || i18n::inbox().offers>
                {chip(Choice::Keep, Signal::derive(|| i18n::inbox().uncovered.keep.to_owned()))}
                {moves}
                {chip(Choice::Tell, Signal::derive(|| i18n::inbox().uncovered.tell.to_owned()))}
            </div>
        </li>
    }
}
