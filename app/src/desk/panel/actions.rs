//! The big buttons: one tap, done, and ten seconds to take it back.

use leptos::prelude::*;
use shared::booking::state::StateKind;
use shared::booking::{Booking, Subject};
use shared::command::{CheckIn, Command, Confirm, Finish, NoShow, Start, UndoCheckIn, UndoNoShow};

use super::deeds::{Deed, deeds};
use super::{Mode, Panel};
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::desk::done::Done;
use crate::desk::workbench::{Prefill, Sheet};
use crate::i18n;

/// What the state allows.
#[component]
pub fn Actions() -> impl IntoView {
    let panel = Panel::expect();
    let offered = Memo::new(move |_| panel.with(|booking| deeds(booking, panel.bench.minute())));
    let numbered = move || offered.get().into_iter().filter(|deed| !deed.is_hard_to_undo()).enumerate().collect::<Vec<_>>();
    let apart = move || offered.get().into_iter().filter(|deed| deed.is_hard_to_undo()).collect::<Vec<_>>();
    view! {
        <div class="panel__actions">
            <Rows
                each=numbered
                key=|(place, deed)| (*place == 0, *deed)
                children=|(place, deed)| view! { <DeedButton deed leads=place == 0 /> }
            />
        </div>
        <Show when=move || offered.with(|offered| offered.iter().any(|deed| deed.is_hard_to_undo()))>
            <div class="panel__actions panel__actions--apart">
                <Rows each=apart key=|deed| *deed children=|deed| view! { <DeedButton deed leads=false /> } />
            </div>
        </Show>
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
            {move || (deed == Deed::Start).then(|| panel.server_name()).flatten().map(|name| format!(" · {name}"))}
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
    panel.news.set(None);
    let done = &i18n::desk().done;
    let give = |command: Command, icon: &'static str, said: fn(&str) -> String, undo: Vec<Command>| {
        panel.bench.give(command, Done::new(icon, said, panel.about(&booking)).undo(undo), panel.problem);
    };
    let check_in = || Command::CheckIn(CheckIn { store, booking: id, over: None });
    let undo_check_in = || Command::UndoCheckIn(UndoCheckIn { store, booking: id });
    match deed {
        Deed::Confirm => give(Command::Confirm(Confirm { store, booking: id }), "check-circle", done.confirmed, Vec::new()),
        Deed::Arrive => give(check_in(), "arrive", done.arrived, vec![undo_check_in()]),
        Deed::UndoArrival => give(undo_check_in(), "undo", done.arrival_undone, Vec::new()),
        Deed::Start => {
            // Who was on the screen, whatever the server knows by the time it hears of it.
            let staff = untrack(|| panel.server());
            let command = Command::Start(Start { store, booking: id, staff, over: None });
            let about = panel.about(&booking);
            let start = command.clone();
            let go_on = Callback::new(move |()| {
                panel.bench.give(start.clone(), Done::new("start", i18n::desk().done.started, about.clone()), panel.problem);
            });
            // Whoever is late is served as soon as the chair is free; to be served early is a choice.
            let is_early = booking.starts_at > untrack(|| panel.bench.minute());
            if is_early || untrack(|| panel.is_waiting()) {
                panel.bench.seat_now(&[command], (id, staff), go_on, None);
            } else {
                go_on.run(());
            }
        }
        Deed::Finish => give(Command::Finish(Finish { store, booking: id }), "check", done.finished, Vec::new()),
        Deed::NoShow => {
            let undo = vec![Command::UndoNoShow(UndoNoShow { store, booking: id })];
            give(Command::NoShow(NoShow { store, booking: id }), "no-show", done.missed, undo);
        }
        Deed::Decline => panel.begin(Mode::Decline),
        Deed::Late => panel.begin(Mode::Late),
        Deed::Move => panel.begin(Mode::Move),
        Deed::Cancel => panel.begin(Mode::Cancel),
        Deed::Again => {
            panel.bench.open(Sheet::Book(Prefill { staff: staff_of(&booking), member: member_of(&booking), ..Prefill::default() }));
        }
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
