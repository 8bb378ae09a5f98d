//! Before a change is saved that takes time, people or things from promises: which ones, and for each what becomes of it. Nothing is
//! decided for anybody; what is kept stays in the inbox.

use std::sync::Arc;

use leptos::prelude::*;
use shared::attention::{Attention, AttentionKind};
use shared::booking::Booking;
use shared::command::{AskToRebook, Command};
use shared::coverage_gap::CoverageGap;
use shared::decision::Change;
use shared::placement::coverage::open_gaps;
use shared::placement::rebooking::{Proposal, proposals};
use shared::view::View;

use crate::components::dialog::Dialog;
use crate::components::rows::Rows;
use crate::desk::proposed::{move_there, proposal_text};
use crate::desk::words::{lack_text, visit_words};
use crate::desk::workbench::Workbench;
use crate::i18n;

/// A promise that a change concerns.
#[derive(Clone)]
pub(super) struct Stake {
    gap: CoverageGap,
    booking: Arc<Booking>,
    proposals: Arc<Vec<Proposal>>,
    choice: RwSignal<Option<Choice>>,
}

/// What becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    /// It stands as it is: somebody will see to it.
    Keep,
    /// It goes where a proposal says.
    Move(usize),
    /// The guest is told three openings.
    Tell,
}

impl Stake {
    /// What is given after the change; nothing for what is kept.
    fn command(&self) -> Option<Command> {
        let Booking { store, id: booking, .. } = *self.booking;
        match self.choice.get_untracked()? {
            Choice::Keep => None,
            Choice::Tell => Some(Command::AskToRebook(AskToRebook { store, booking, reason: String::new().into() })),
            Choice::Move(number) => Some(move_there(&self.booking, self.proposals.get(number)?)),
        }
    }
}

/// What is given after the change, as chosen.
pub(super) fn commands_of(stakes: &[Stake]) -> Vec<Command> {
    stakes.iter().filter_map(Stake::command).collect()
}

/// The promises that commands concern, as far as this tablet can tell; the server tells the inbox of all.
pub(super) fn stakes(bench: Workbench, commands: &[Command]) -> Vec<Stake> {
    let Ok((after, decisions)) = bench.replica.foresee_each(commands) else { return Vec::new() };
    let entries = decisions.iter().flat_map(|decision| &decision.changes).filter_map(Change::put_of::<Attention>);
    let mut found: Vec<Stake> = Vec::new();
    for (store, gaps) in entries.filter_map(uncovered) {
        for gap in open_gaps(&after, store, gaps) {
            let is_new = !found.iter().any(|stake| stake.gap.booking == gap.booking);
            found.extend(after.bookings.get(&gap.booking).filter(|_| is_new).map(|booking| stake(bench, &after, gap, booking)));
        }
    }
    found.sort_by_key(|stake| stake.booking.starts_at);
    found
}

fn uncovered(entry: &Attention) -> Option<(shared::id::StoreId, &[CoverageGap])> {
    if let AttentionKind::Uncovered { gaps } = &entry.about { Some((entry.store, gaps)) } else { None }
}

fn stake(bench: Workbench, after: &View, gap: CoverageGap, booking: &Booking) -> Stake {
    let proposals = Arc::new(proposals(after, booking, bench.replica.clock()));
    Stake { gap, booking: Arc::new(booking.clone()), proposals, choice: RwSignal::new(None) }
}

/// The question itself.
#[component]
pub(super) fn PromisesAtStake(
    stakes: Vec<Stake>,
    /// Every promise has its answer.
    on_save: Callback<()>,
    on_close: Callback<()>,
) -> impl IntoView {
    let words = || &i18n::inbox().uncovered;
    let count = stakes.len();
    let stakes = StoredValue::new(stakes);
    let left = Memo::new(move |_| stakes.with_value(|stakes| stakes.iter().filter(|stake| stake.choice.get().is_none()).count()));
    let choose_all = move |choice: Choice| stakes.with_value(|stakes| stakes.iter().for_each(|stake| stake.choice.set(Some(choice))));
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
                    each=move || stakes.get_value()
                    key=|stake| stake.gap.booking
                    children=move |stake| view! { <OneStake stake /> }
                />
            </ul>
            <div class="dialog__actions dialog__actions--stuck">
                <button
                    class="button button--primary button--wide"
                    type="button"
                    disabled=move || left.get() != 0
                    on:click=move |_| on_save.run(())
                >
                    {move || if left.get() > 0 { (words().left)(left.get()) } else { i18n::common().actions.save.to_owned() }}
                </button>
            </div>
        </Dialog>
    }
}

#[component]
fn OneStake(stake: Stake) -> impl IntoView {
    let bench = Workbench::expect();
    let Stake { gap, booking, proposals, choice } = stake;
    let (for_visit, for_moves) = (Arc::clone(&booking), booking);
    let visit = move || visit_words(&bench.replica.view(), &for_visit, bench.calendar_date()).unwrap_or_default();
    let lack = move || lack_text(&bench.replica.view(), gap.lack);
    let chip = move |own: Choice, text: Signal<String>| {
        view! {
            <button
                class="choice"
                type="button"
                aria-pressed=move || (choice.get() == Some(own)).to_string()
                on:click=move |_| choice.set(Some(own))
            >
                {text}
            </button>
        }
    };
    let moves = proposals.iter().enumerate().map(|(number, proposal)| {
        let (proposal, booking) = (proposal.clone(), Arc::clone(&for_moves));
        chip(Choice::Move(number), Signal::derive(move || proposal_text(bench, &booking, &proposal)))
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
