//! What is done about somebody in the queue. Why is one tap more, out of a few reasons.

use leptos::prelude::*;
use shared::command::{Command, MakeGood, RefuseTurn, ReorderRotation, RunningLate, SignIn, SignOut};
use shared::id::{BookingId, StaffId, StoreId};
use shared::role::Permission;
use shared::rotation::{MadeGoodReason, MoveReason, RefusalReason};
use shared::time::LocalDate;

use super::queue::{Mode, Queue};
use super::today::{Busy, Turn};
use crate::components::icon::Icon;
use crate::i18n::{self, format};

/// Minutes that a guest may add 加钟.
const MORE_MINUTES: [u16; 3] = [15, 30, 60];

/// The store and its day, as commands name them; untracked.
fn today(queue: Queue) -> Option<(StoreId, LocalDate)> {
    Some((queue.bench.store_now()?.id, untrack(|| queue.bench.today())))
}

/// See above.
#[component]
pub(super) fn TurnActions(queue: Queue, staff: StaffId) -> impl IntoView {
    let leave = move |_| queue.mode.set(Mode::Overview);
    let content = move || match queue.mode.get() {
        Mode::Overview => view! { <Ways queue staff /> }.into_any(),
        Mode::Refuse => view! { <Refusing queue staff /> }.into_any(),
        Mode::MakeGood => view! { <MakingGood queue staff /> }.into_any(),
        Mode::AddTime => view! { <AddingTime queue staff /> }.into_any(),
        Mode::Forward => view! { <Forwarding queue staff /> }.into_any(),
    };
    let is_asking = Memo::new(move |_| queue.mode.get() != Mode::Overview);
    view! {
        <div class="turn__actions">
            {content}
            <Show when=move || is_asking.get()>
                <button class="button button--quiet button--small" type="button" on:click=leave>
                    {move || i18n::common().actions.back}
                </button>
            </Show>
        </div>
    }
}

#[component]
fn Ways(queue: Queue, staff: StaffId) -> impl IntoView {
    let words = || &i18n::desk().rotation;
    let turn = Memo::new(move |_| queue.find(staff));
    let is_serving = move || turn.with(|turn| turn.as_ref().is_some_and(|(_, turn)| running(turn).is_some()));
    let may_forward = move || queue.bench.may(Permission::Override) && turn.with(|turn| turn.as_ref().is_some_and(|(at, _)| *at > 0));
    let sign_out = move |_| {
        let Some((store, date)) = today(queue) else { return };
        let back = Command::SignIn(SignIn { store, date, staff });
        queue.give(Command::SignOut(SignOut { store, date, staff }), "sign-out", staff, words().signed_out_done, vec![back]);
    };
    let way = move |mode: Mode, icon: &'static str, word: fn() -> &'static str| {
        view! {
            <button class="button button--small" type="button" on:click=move |_| queue.mode.set(mode)>
                <Icon name=icon size="small" />
                {word}
            </button>
        }
    };
    view! {
        <div class="choices">
            <Show when=is_serving>{way(Mode::AddTime, "plus", || i18n::desk().rotation.add_time)}</Show>
            {way(Mode::Refuse, "forward", || i18n::desk().rotation.refuse)}
            {way(Mode::MakeGood, "undo", || i18n::desk().rotation.make_good)}
            <Show when=may_forward>{way(Mode::Forward, "chevron-up", || i18n::desk().rotation.forward)}</Show>
            <button class="button button--small" type="button" on:click=sign_out>
                <Icon name="sign-out" size="small" />
                {move || words().sign_out}
            </button>
        </div>
    }
}

/// A question and its few answers.
#[component]
fn Answers<T: Copy + Send + Sync + 'static, const N: usize>(
    #[prop(into)] question: Signal<String>,
    options: [T; N],
    word: fn(T) -> String,
    on_choose: Callback<T>,
) -> impl IntoView {
    let option = move |own: T| {
        view! { <button class="choice" type="button" on:click=move |_| on_choose.run(own)>{move || word(own)}</button> }
    };
    view! {
        <div class="field">
            <span class="field__label">{question}</span>
            <div class="choices" role="group" aria-label=question>{options.map(option).into_iter().collect_view()}</div>
        </div>
    }
}

#[component]
fn Refusing(queue: Queue, staff: StaffId) -> impl IntoView {
    let give = Callback::new(move |reason: RefusalReason| {
        let Some((store, date)) = today(queue) else { return };
        let command = Command::RefuseTurn(RefuseTurn { store, date, staff, reason });
        queue.give(command, "forward", staff, i18n::desk().rotation.refused_done, Vec::new());
    });
    let reasons = [RefusalReason::Break, RefusalReason::Unwell, RefusalReason::CannotDo, RefusalReason::Other];
    view! {
        <Answers
            question=i18n::text(|| i18n::desk().rotation.why_refuse)
            options=reasons
            word=|reason| (i18n::desk().rotation.refusal_reason)(reason).to_owned()
            on_choose=give
        />
    }
}

#[component]
fn MakingGood(queue: Queue, staff: StaffId) -> impl IntoView {
    let give = Callback::new(move |reason: MadeGoodReason| {
        let Some((store, date)) = today(queue) else { return };
        let command = Command::MakeGood(MakeGood { store, date, staff, reason });
        queue.give(command, "undo", staff, i18n::desk().rotation.made_good_done, Vec::new());
    });
    let reasons = [MadeGoodReason::GuestLeft, MadeGoodReason::GivenByMistake, MadeGoodReason::PassedOver, MadeGoodReason::Other];
    view! {
        <Answers
            question=i18n::text(|| i18n::desk().rotation.why_make_good)
            options=reasons
            word=|reason| (i18n::desk().rotation.made_good_reason)(reason).to_owned()
            on_choose=give
        />
    }
}

#[component]
fn Forwarding(queue: Queue, staff: StaffId) -> impl IntoView {
    let give = Callback::new(move |reason: MoveReason| {
        let Some((store, date)) = today(queue) else { return };
        let turns = queue.turns.get_untracked();
        let at = turns.iter().position(|turn| turn.place.staff == staff).and_then(|at| at.checked_sub(1));
        let Some(before) = at.map(|at| turns[at].place.staff) else { return };
        let command = Command::ReorderRotation(ReorderRotation { store, date, staff, before: Some(before), reason });
        queue.give(command, "chevron-up", staff, i18n::desk().rotation.moved_done, Vec::new());
    });
    view! {
        <Answers
            question=i18n::text(|| i18n::desk().rotation.why_move)
            options=[MoveReason::Correction, MoveReason::Arranged]
            word=|reason| (i18n::desk().rotation.move_reason)(reason).to_owned()
            on_choose=give
        />
    }
}

/// The visit that is going on gets longer, and what follows is pushed; a turn it is not.
#[component]
fn AddingTime(queue: Queue, staff: StaffId) -> impl IntoView {
    let give = Callback::new(move |minutes: u16| {
        let turns = queue.turns.get_untracked();
        let own = turns.iter().find(|turn| turn.place.staff == staff).and_then(running);
        let (Some(booking), Some((store, _))) = (own, today(queue)) else { return };
        let command = Command::RunningLate(RunningLate { store, booking, minutes });
        queue.give(command, "plus", staff, i18n::desk().rotation.added_done, Vec::new());
    });
    view! {
        <Answers
            question=i18n::text(|| i18n::desk().rotation.how_much_more)
            options=MORE_MINUTES
            word=|minutes| format::duration(i64::from(minutes))
            on_choose=give
        />
    }
}

fn running(turn: &Turn) -> Option<BookingId> {
    if let Busy::Serving { booking, .. } = turn.busy { Some(booking) } else { None }
}
