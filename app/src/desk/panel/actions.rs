//! The big buttons: one tap, done, and ten seconds to take it back.

use leptos::prelude::*;
use shared::booking::state::StateKind;
use shared::booking::{Booking, Subject};
use shared::command::{CheckIn, Command, Confirm, Finish, NoShow, Start, UndoCheckIn};

use super::deeds::{Deed, deeds};
use super::{Mode, Panel};
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::desk::give::Done;
use crate::desk::workbench::{Prefill, Sheet};
use crate::i18n;

/// What the state allows.
#[component]
pub fn Actions() -> impl IntoView {
    let panel = Panel::expect();
    let offered = Memo::new(move |_| panel.with(|booking| deeds(booking, panel.bench.minute())));
    let numbered = move || offered.get().into_iter().enumerate().collect::<Vec<_>>();
    view! {
        <div class="panel__actions">
            <Rows each=numbered key=|(place, deed)| (*place == 0, *deed) children=|(place, deed)| view! { <DeedButton deed leads=place == 0 /> } />
        </div>
    }
}

#[component]
fn DeedButton(deed: Deed, leads: bool) -> impl IntoView {
    let panel = Panel::expect();
    let class = match (leads, deed) {
        (true, Deed::Confirm | Deed::Arrive | Deed::Start | Deed::Finish) => "button button--primary button--lead",
        (true, _) => "button button--lead",
        (false, Deed::Cancel | Deed::Decline) => "button button--danger",
        (false, _) => "button",
    };
    view! {
        <button class=class type="button" on:click=move |_| run(panel, deed)>
            <Icon name=deed.icon() />
            {move || panel.with(|booking| label(deed, booking))}
        </button>
    }
}

fn label(deed: Deed, booking: &Booking) -> &'static str {
    let words = &i18n::desk().visit;
    match deed {
        Deed::Confirm => words.confirm,
        Deed::Decline => words.decline,
        Deed::Arrive if matches!(booking.state.kind(), StateKind::NoShow | StateKind::Cancelled | StateKind::Expired) => {
            words.arrived_after_all
        }
        Deed::Arrive => words.arrive,
        Deed::UndoArrival => words.undo_arrival,
        Deed::Start => words.start,
        Deed::Finish => words.finish,
        Deed::Late if matches!(booking.state, shared::booking::State::InService { .. }) => words.takes_longer,
        Deed::Late => words.late,
        Deed::Move => words.move_,
        Deed::NoShow => words.no_show,
        Deed::Cancel => words.cancel,
        Deed::Again => words.again,
    }
}

fn run(panel: Panel, deed: Deed) {
    let Some(booking) = panel.now() else { return };
    let (store, id) = (booking.store, booking.id);
    let done = &i18n::desk().done;
    let guest = panel.guest(&booking);
    let give = |command: Command, icon: &'static str, text: fn(&str) -> String, undo: Option<Command>| {
        panel.bench.give(command, Done { icon, text: text(&guest), undo, close: false }, panel.problem);
    };
    match deed {
        Deed::Confirm => give(Command::Confirm(Confirm { store, booking: id }), "check-circle", done.confirmed, None),
        Deed::Arrive => {
            let undo = Command::UndoCheckIn(UndoCheckIn { store, booking: id });
            give(Command::CheckIn(CheckIn { store, booking: id, over: None }), "arrive", done.arrived, Some(undo));
        }
        Deed::UndoArrival => give(Command::UndoCheckIn(UndoCheckIn { store, booking: id }), "undo", done.arrival_undone, None),
        Deed::Start => give(Command::Start(Start { store, booking: id, staff: None, over: None }), "start", done.started, None),
        Deed::Finish => give(Command::Finish(Finish { store, booking: id }), "check", done.finished, None),
        Deed::NoShow => {
            // They came after all: checking in is the way back.
            give(Command::NoShow(NoShow { store, booking: id }), "no-show", done.missed, None);
        }
        Deed::Decline => panel.mode.set(Mode::Decline),
        Deed::Late => panel.mode.set(Mode::Late),
        Deed::Move => panel.mode.set(Mode::Move),
        Deed::Cancel => panel.mode.set(Mode::Cancel),
        Deed::Again => panel.bench.open(Sheet::Book(Prefill { staff: staff_of(&booking), starts_at: None, member: member_of(&booking) })),
    }
}

fn staff_of(booking: &Booking) -> Option<shared::id::StaffId> {
    booking.lines.iter().find_map(|line| line.staff)
}

fn member_of(booking: &Booking) -> Option<shared::id::MemberId> {
    booking.lines.iter().find_map(|line| match line.subject {
        Subject::Member(member) => Some(member),
        Subject::Guest { .. } => None,
    })
}
