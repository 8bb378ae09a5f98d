//! The big buttons: one tap, done, and ten seconds to take it back.

use leptos::prelude::*;
use shared::booking::{Booking, Subject};
use shared::command::{CheckIn, Command, Confirm, Finish, NoShow, Start, UndoCheckIn, UndoNoShow};
use shared::state_kind::StateKind;

use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::desk::done::Done;
use crate::desk::panel::offered::{Action, actions};
use crate::desk::panel::shown::{Mode, Panel};
use crate::desk::workbench::{Prefill, Sheet};
use crate::i18n;

/// What the state allows.
#[component]
pub fn Actions() -> impl IntoView {
    let panel = Panel::expect();
    let offered = Memo::new(move |_| panel.with(|booking| actions(booking, panel.bench.minute())));
    let numbered = move || offered.get().into_iter().filter(|action| !action.is_hard_to_undo()).enumerate().collect::<Vec<_>>();
    let apart = move || offered.get().into_iter().filter(|action| action.is_hard_to_undo()).collect::<Vec<_>>();
    view! {
        <div class="panel__actions">
            <Rows
                each=numbered
                key=|(place, action)| (*place == 0, *action)
                children=|(place, action)| view! { <ActionButton action leads=place == 0 /> }
            />
        </div>
        <Show when=move || offered.with(|offered| offered.iter().any(|action| action.is_hard_to_undo()))>
            <div class="panel__actions panel__actions--apart">
                <Rows each=apart key=|action| *action children=|action| view! { <ActionButton action leads=false /> } />
            </div>
        </Show>
    }
}

#[component]
fn ActionButton(action: Action, leads: bool) -> impl IntoView {
    let panel = Panel::expect();
    let class = match (leads, action) {
        (true, Action::Confirm | Action::Arrive | Action::Start | Action::Finish) => "button button--primary button--lead",
        (true, _) => "button button--lead",
        (false, Action::Cancel | Action::Decline) => "button button--danger",
        (false, _) => "button",
    };
    view! {
        <button class=class type="button" on:click=move |_| run(panel, action)>
            <Icon name=action.icon() />
            {move || panel.with(|booking| label(action, booking))}
            {move || (action == Action::Start).then(|| panel.server_name()).flatten().map(|name| format!(" · {name}"))}
        </button>
    }
}

fn label(action: Action, booking: &Booking) -> &'static str {
    let words = &i18n::desk().visit;
    match action {
        Action::Confirm => words.confirm,
        Action::Decline => words.decline,
        Action::Arrive if matches!(booking.state.kind(), StateKind::NoShow | StateKind::Cancelled | StateKind::Expired) => {
            words.arrived_after_all
        }
        Action::Arrive => words.arrive,
        Action::UndoArrival => words.undo_arrival,
        Action::Start => words.start,
        Action::Finish => words.finish,
        Action::Late if matches!(booking.state, shared::booking::State::InService { .. }) => words.takes_longer,
        Action::Late => words.late,
        Action::Move => words.move_,
        Action::Edit => words.edit,
        Action::NoShow => words.no_show,
        Action::Cancel => words.cancel,
        Action::Again => words.again,
    }
}

fn run(panel: Panel, action: Action) {
    let Some(booking) = panel.now() else { return };
    let (store, id) = (booking.store, booking.id);
    panel.news.set(None);
    let done = &i18n::desk().done;
    let give = |command: Command, icon: &'static str, said: fn(&str) -> String, undo: Vec<Command>| {
        panel.bench.give(command, Done::new(icon, said, panel.about(&booking)).undo(undo), panel.problem);
    };
    let check_in = || Command::CheckIn(CheckIn { store, booking: id, override_reason: None });
    let undo_check_in = || Command::UndoCheckIn(UndoCheckIn { store, booking: id });
    match action {
        Action::Confirm => give(Command::Confirm(Confirm { store, booking: id }), "check-circle", done.confirmed, Vec::new()),
        Action::Arrive => give(check_in(), "arrive", done.arrived, vec![undo_check_in()]),
        Action::UndoArrival => give(undo_check_in(), "undo", done.arrival_undone, Vec::new()),
        Action::Start => {
            // Who was on the screen, whatever the server knows by the time it hears of it.
            let staff = untrack(|| panel.server());
            let command = Command::Start(Start { store, booking: id, staff, override_reason: None });
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
        Action::Finish => give(Command::Finish(Finish { store, booking: id }), "check", done.finished, Vec::new()),
        Action::NoShow => {
            let undo = vec![Command::UndoNoShow(UndoNoShow { store, booking: id })];
            give(Command::NoShow(NoShow { store, booking: id }), "no-show", done.missed, undo);
        }
        Action::Decline => panel.begin(Mode::Decline),
        Action::Late => panel.begin(Mode::Late),
        Action::Move => panel.begin(Mode::Move),
        Action::Edit => panel.begin(Mode::Change),
        Action::Cancel => panel.begin(Mode::Cancel),
        Action::Again => {
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
