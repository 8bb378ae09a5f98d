//! What happens when a box is put down: it is done; it is asked about where others are concerned; or it goes back, with the reason.

use std::sync::Arc;

use leptos::prelude::*;
use shared::booking::Booking;
use shared::command::{ChangeVisit, Command};
use shared::decision::Change;
use shared::refusal::Refusal;

use super::blocked::blocked_words;
use super::edit;
use super::outlook::edit_of;
use crate::desk::asked::{Asked, Question};
use crate::desk::board::drag::aim::Aim;
use crate::desk::board::drag::{Drag, Held};
use crate::desk::change_back::change_back;
use crate::desk::done::{About, Done};
use crate::desk::words::{guest_name, guest_word, staff_names};
use crate::i18n;

/// Puts something down.
pub(super) fn put_down(drag: Drag, (held, aim): (Held, Aim)) {
    let view = drag.bench.replica.view_now();
    let edit = untrack(|| edit_of(drag, (held, aim)));
    let (Some(booking), Some(edit)) = (view.bookings.get(&held.booking), edit) else { return };
    let lines = concerns(drag, booking, &edit);
    let booking = Arc::new(booking.clone());
    if lines.is_empty() {
        return give(drag, &booking, edit);
    }
    let go_on = Callback::new(move |()| give(drag, &booking, edit.clone()));
    drag.bench.question.set(Some(Question { title: |words| words.title_move, lines, go_on, instead: None }));
}

/// Whom else it concerns, a sentence each: who was asked for and will not do it, and whoever begins later or loses their time.
fn concerns(drag: Drag, booking: &Booking, edit: &ChangeVisit) -> Vec<String> {
    let view = drag.bench.replica.view_now();
    let asked = edit::asked_for(booking, edit).map(|staff| {
        let guest = guest_word(guest_name(&view, booking).as_deref());
        (i18n::desk().ask_first.asked_for)(&guest, &staff_names(&view, std::iter::once(staff)))
    });
    let others = match drag.bench.replica.foresee(&[Command::ChangeVisit(edit.clone())]) {
        Ok((_, decision)) => untrack(|| drag.bench.hit_by_change(booking.id, &decision)),
        Err(_) => Vec::new(),
    };
    asked.into_iter().chain(others).collect()
}

fn give(drag: Drag, booking: &Booking, edit: ChangeVisit) {
    let bench = drag.bench;
    let about = About::visit(booking.id, guest_word(guest_name(&bench.replica.view_now(), booking).as_deref()));
    let foreseen = bench.replica.foresee(&[Command::ChangeVisit(edit.clone())]);
    let after = foreseen
        .as_ref()
        .ok()
        .and_then(|(_, decision)| decision.changes.iter().filter_map(Change::put_of::<Booking>).find(|changed| changed.id == booking.id));
    let undo = after.and_then(|after| change_back(booking, after, &edit.lines));
    let (icon, said) = if edit.starts_at.is_some() { ("move", i18n::desk().done.moved) } else { ("edit", i18n::desk().done.changed) };
    let done = Done::new(icon, said, about).undo(undo.into_iter().collect());
    let command = Command::ChangeVisit(edit);
    match foreseen {
        // What can be lifted by a reason is asked for; the box is back where it was meanwhile.
        Err(why) if bench.can_override(&command, &why) => {
            bench.asked.set(Some(Asked { command, why, done, problem: bench.visit_problem }));
        }
        Err(why) if why != Refusal::Undecided => {
            let words = (i18n::desk().done.refused)(
                &guest_word(guest_name(&bench.replica.view_now(), booking).as_deref()),
                &untrack(|| blocked_words(bench, &why)),
            );
            bench.say("attention", words, None);
        }
        _ => bench.give_aloud(command, done),
    }
}
