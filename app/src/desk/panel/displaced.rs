//! A promise that had to give way: the times it was offered, to take for the guest in one tap.

use leptos::prelude::*;
use shared::command::{AcceptAlternative, Command};
use shared::state_kind::StateKind;
use shared::time::Timestamp;

use crate::components::alternatives::{Alternatives, NearbyTime};
use crate::desk::booking_form::clash::nearby_time;
use crate::desk::done::Done;
use crate::desk::panel::shown::Panel;
use crate::desk::still_free::still_free;
use crate::i18n;

/// Nothing unless the booking is displaced.
#[component]
pub fn DisplacedTimes() -> impl IntoView {
    let panel = Panel::expect();
    let words = || &i18n::desk().visit;
    let is_displaced = Memo::new(move |_| {
        panel.booking.with(|booking| booking.as_ref().is_some_and(|booking| booking.state.kind() == StateKind::Displaced))
    });
    let times = Signal::derive(move || {
        let view = panel.bench.replica.view();
        let (Some(store), Some(booking)) = (panel.bench.store(), panel.booking.get()) else { return Vec::new() };
        let now = panel.bench.minute();
        still_free(&view, &booking, now).into_iter().map(|offered| nearby_time(&view, &store, offered, now)).collect::<Vec<NearbyTime>>()
    });
    let choose = Callback::new(move |starts_at: Timestamp| {
        let Some(booking) = panel.now() else { return };
        let command = Command::AcceptAlternative(AcceptAlternative { store: booking.store, booking: booking.id, starts_at });
        panel.bench.give(command, Done::new("check-circle", i18n::desk().done.moved, panel.about(&booking)), panel.problem);
    });
    let title = Signal::derive(move || words().displaced_title.to_owned());
    let text = Signal::derive(move || if times.with(Vec::is_empty) { words().displaced_none } else { words().displaced_text }.to_owned());
    view! {
        <Show when=move || is_displaced.get()>
            <Alternatives title text times on_choose=choose />
        </Show>
    }
}
