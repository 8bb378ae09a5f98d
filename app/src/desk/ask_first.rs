//! A question before something is done to others: whom it hits, the way on, and the gentler way.

use leptos::prelude::*;
use shared::booking::Booking;
use shared::command::Command;
use shared::decision::Decision;
use shared::id::{BookingId, StaffId};

use super::asked::Question;
use super::seating::{Hit, hit_by_block, hits};
use super::words::{guest_name, guest_word, staff_names, visit_words};
use super::workbench::Workbench;
use crate::components::dialog::Dialog;
use crate::components::rows::Rows;
use crate::i18n;

impl Workbench {
    /// Seats or serves a guest at once; asks first where that pushes somebody or overtakes the queue. `given` are commands that come before
    /// the last, which seats them.
    pub fn seat_now(
        self,
        given: &[Command],
        (guest, staff): (BookingId, Option<StaffId>),
        go_on: Callback<()>,
        instead: Option<Callback<()>>,
    ) {
        let lines = self.hit_lines(given, guest, staff);
        if lines.is_empty() {
            go_on.run(());
        } else {
            self.question.set(Some(Question { title: |words| words.title, lines, go_on, instead }));
        }
    }

    fn hit_lines(self, given: &[Command], guest: BookingId, staff: Option<StaffId>) -> Vec<String> {
        // What cannot be foreseen, or is refused, is told when it is given.
        let Ok((view, decision)) = self.replica.foresee(given) else { return Vec::new() };
        let Some(guest) = view.bookings.get(&guest) else { return Vec::new() };
        let found = hits(&view, guest, staff, &decision, self.replica.clock());
        found.into_iter().filter_map(|(id, hit)| self.hit_line(view.bookings.get(&id)?, hit)).collect()
    }

    /// Whom blocked time would hit, one sentence each; nothing where that cannot be foreseen. Tracked.
    pub fn hit_by_block(self, block: Command) -> Vec<String> {
        let view = self.replica.view();
        let Ok((_, decision)) = self.replica.foresee(&[block]) else { return Vec::new() };
        hit_by_block(&view, &decision).into_iter().filter_map(|(id, hit)| self.hit_line(view.bookings.get(&id)?, hit)).collect()
    }

    /// What an edit of one visit does to others, one sentence each.
    pub fn hit_by_change(self, own: BookingId, decision: &Decision) -> Vec<String> {
        let view = self.replica.view();
        let others = hit_by_block(&view, decision).into_iter().filter(|(id, _)| *id != own);
        others.filter_map(|(id, hit)| self.hit_line(view.bookings.get(&id)?, hit)).collect()
    }

    fn hit_line(self, booking: &Booking, hit: Hit) -> Option<String> {
        let (view, words) = (self.replica.view_now(), &i18n::desk().ask_first);
        let visit = visit_words(&view, booking, untrack(|| self.calendar_date()))?;
        Some(match hit {
            Hit::Later(minutes) => (words.later)(&visit, minutes),
            Hit::Reassigned(staff) => (words.reassigned)(&visit, &staff_names(&view, std::iter::once(staff))),
            Hit::Displaced => (words.displaced)(&visit),
            Hit::Beside => (words.beside)(&visit),
            Hit::Overtaken(minutes) => (words.overtaken)(&guest_word(guest_name(&view, booking).as_deref()), minutes),
        })
    }
}

/// Shows while something is asked.
#[component]
pub fn QuestionDialog() -> impl IntoView {
    let bench = Workbench::expect();
    let words = || &i18n::desk().ask_first;
    let is_open = Memo::new(move |_| bench.question.with(Option::is_some));
    let title = Signal::derive(move || {
        let title = bench.question.with(|question| question.as_ref().map(|question| question.title));
        title.map(|title| title(words()).to_owned()).unwrap_or_default()
    });
    let is_seating = Memo::new(move |_| title.get() == words().title);
    let lines = move || bench.question.with(|question| question.as_ref().map(|question| question.lines.clone()).unwrap_or_default());
    let has_instead =
        Memo::new(move |_| bench.question.with(|question| question.as_ref().is_some_and(|question| question.instead.is_some())));
    let close = Callback::new(move |()| bench.question.set(None));
    let answer = move |of: fn(Question) -> Option<Callback<()>>| {
        let answer = bench.question.get_untracked().and_then(of);
        bench.question.set(None);
        if let Some(answer) = answer {
            // The form that asked may be gone.
            answer.try_run(());
        }
    };
    view! {
        <Show when=move || is_open.get()>
            <Dialog title on_close=close>
                <ul class="stack stack--tight">
                    <Rows each=lines key=String::clone children=|text| view! { <li class="strong">{text}</li> } />
                </ul>
                <div class="dialog__actions">
                    <Show when=move || has_instead.get()>
                        <button
                            class="button button--primary button--wide"
                            type="button"
                            on:click=move |_| answer(|question| question.instead)
                        >
                            {move || words().wait_instead}
                        </button>
                    </Show>
                    <button class="button button--wide" type="button" on:click=move |_| answer(|question| Some(question.go_on))>
                        {move || if is_seating.get() { words().go_on } else { words().go_on_move }}
                    </button>
                </div>
            </Dialog>
        </Show>
    }
}
