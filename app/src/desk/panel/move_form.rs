//! Moving a booking: another day, another time, another person. The same as a drag on the board.

use leptos::prelude::*;
use shared::booking::{Booking, StaffWish};
use shared::command::{Command, Move, NewLine, Squeeze};
use shared::openings::Wanted;
use shared::role::Permission;
use shared::time::TimeRange;

use super::{Panel, PanelProblem};
use crate::components::dialog::Dialog;
use crate::components::icon::Icon;
use crate::desk::booking_form::StaffPicker;
use crate::desk::booking_form::clash::{ClashNotice, is_about_time};
use crate::desk::booking_form::times::{TimeChoice, TimePicker, TimeQuery};
use crate::desk::business_day;
use crate::desk::done::Done;
use crate::desk::reason_dialog::ReasonForm;
use crate::desk::same_time::{Asked, Party, SameTimeNotice};
use crate::i18n;

/// What is chosen; `wish` is `None` while everybody stays with whom they are.
#[derive(Clone, Copy)]
struct Moving {
    panel: Panel,
    choice: TimeChoice,
    wish: RwSignal<StaffWish>,
    first_wish: StaffWish,
}

impl Moving {
    fn new(panel: Panel) -> Self {
        let bench = panel.bench;
        let first_wish = panel.now().and_then(|booking| booking.lines.first().map(|line| line.wish)).unwrap_or(StaffWish::Any);
        let wish = RwSignal::new(first_wish);
        let query = Memo::new(move |_| {
            let chosen = wish.get();
            let line = |line: &shared::booking::Line| Wanted {
                service: line.service,
                wish: if chosen == first_wish { line.wish } else { chosen },
            };
            panel.booking.with(|booking| {
                booking.as_ref().map(|booking| TimeQuery {
                    lines: booking.lines.iter().map(line).collect(),
                    own: booking.id,
                    is_new: false,
                })
            })
        });
        let today = untrack(|| bench.today());
        let date =
            panel.now().zip(bench.store_now()).map_or(today, |(booking, store)| business_day::day_of(&store, booking.starts_at).max(today));
        let choice = TimeChoice::new(bench, query, RwSignal::new(date), None);
        Moving { panel, choice, wish, first_wish }
    }

    /// Tracked: whose visit it is, and when it would be.
    fn same_time(self) -> Option<Asked> {
        let (booking, start) = (self.panel.booking.get()?, self.choice.starts_at.get()?);
        let range = TimeRange { start, end: start.plus_minutes(booking.range().minutes()) };
        Some(Asked { party: Party::of(&self.panel.bench.replica.view(), &booking), range, own: booking.id })
    }

    fn changed_wish(self) -> Option<StaffWish> {
        let wish = self.wish.get_untracked();
        (wish != self.first_wish).then_some(wish)
    }
}

/// See above.
#[component]
pub fn MoveForm() -> impl IntoView {
    let panel = Panel::expect();
    let moving = Moving::new(panel);
    let words = || &i18n::desk().visit;
    let services = RwSignal::new(panel.now().map(|booking| booking.lines.iter().map(|line| line.service).collect()).unwrap_or_default());
    let choice = moving.choice;
    view! {
        <form class="form" aria-label=move || words().move_title on:submit=move |event| { event.prevent_default(); give(moving); }>
            <TimePicker choice />
            <StaffPicker services wish=moving.wish date=choice.date />
            <ClashNotice choice problem=panel.problem>
                <SqueezeHere moving />
            </ClashNotice>
            <SameTimeNotice asked=Signal::derive(move || moving.same_time()) />
            <Show when=move || !panel.problem.with(|problem| problem.as_ref().is_some_and(is_about_time))><PanelProblem /></Show>
            <div class="form__actions">
                <button class="button" type="button" on:click=move |_| panel.leave()>{move || words().keep}</button>
                <button
                    class="button button--primary"
                    type="submit"
                    disabled=move || choice.starts_at.get().is_none() || choice.is_mistyped.get()
                >
                    <Icon name="move" size="small" />
                    {move || words().move_here}
                </button>
            </div>
        </form>
    }
}

fn give(moving: Moving) {
    let panel = moving.panel;
    let (Some(booking), Some(starts_at)) = (panel.now(), moving.choice.starts_at.get_untracked()) else { return };
    let wish = moving.changed_wish();
    let command = move_command(&booking, starts_at, wish);
    let undo = move_back(&booking, wish.is_some());
    let done = Done::new("move", i18n::desk().done.moved, panel.about(&booking)).undo(undo.into_iter().collect()).then(panel.back());
    panel.bench.give(command, done, panel.problem);
}

fn move_command(booking: &Booking, starts_at: shared::time::Timestamp, wish: Option<StaffWish>) -> Command {
    Command::Move(Move { store: booking.store, booking: booking.id, starts_at, wish, over: None })
}

/// To where it was; what was displaced or held no time has nowhere to go back to.
fn move_back(booking: &Booking, wish_changed: bool) -> Option<Command> {
    let wish = booking.lines.first().map(|line| line.wish).filter(|_| wish_changed);
    (!booking.occupancy.is_empty()).then(|| move_command(booking, booking.starts_at, wish))
}

/// Both bookings stand, with a reason.
#[component]
fn SqueezeHere(moving: Moving) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let close = Callback::new(move |()| is_open.set(false));
    let give = Callback::new(move |reason: String| {
        is_open.set(false);
        squeeze(moving, reason);
    });
    let may = Memo::new(move |_| moving.panel.bench.may(Permission::Override));
    view! {
        <Show when=move || may.get()>
            <button class="button" type="button" disabled=move || moving.choice.is_mistyped.get() on:click=move |_| is_open.set(true)>
                <Icon name="squeeze" />
                {move || i18n::desk().form.squeeze}
            </button>
        </Show>
        <Show when=move || is_open.get()>
            <Dialog title=Signal::derive(|| i18n::desk().form.squeeze_title.to_owned()) on_close=close>
                <p>{move || i18n::desk().form.squeeze_text}</p>
                <ReasonForm on_give=give on_close=close />
            </Dialog>
        </Show>
    }
}

fn squeeze(moving: Moving, reason: String) {
    let panel = moving.panel;
    let (Some(booking), Some(starts_at)) = (panel.now(), moving.choice.starts_at.get_untracked()) else { return };
    // From where the lines are now: they may have been pushed since the promise.
    let first = booking.lines.iter().map(|line| line.starts_at).min().unwrap_or(booking.starts_at);
    let by = starts_at.0 - first.0;
    let wish = moving.changed_wish();
    let line = |line: &shared::booking::Line| NewLine {
        service: line.service,
        subject: line.subject.clone(),
        payer: line.payer,
        wish: wish.filter(|wish| wish.is_requested()).or(line.staff.map(StaffWish::Requested)).unwrap_or(line.wish),
        starts_at: shared::time::Timestamp(line.starts_at.0 + by),
        seen_price: line.price,
    };
    let lines = booking.lines.iter().map(line).collect();
    let (store, id, account, note) = (booking.store, booking.id, booking.account, booking.note.clone());
    let command = Command::Squeeze(Squeeze { store, booking: id, account, lines, note, reason });
    let done = Done::new("squeeze", i18n::desk().done.squeezed, panel.about(&booking)).then(panel.back());
    panel.bench.give(command, done, panel.problem);
}
