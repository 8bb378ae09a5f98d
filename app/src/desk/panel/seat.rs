//! Who serves a guest that waits: whoever is free now, unless somebody else is tapped.

use leptos::prelude::*;
use shared::id::StaffId;
use shared::sort;
use shared::state_kind::StateKind;

use crate::components::rows::Rows;
use crate::desk::free_now::{Able, able, proposed};
use crate::desk::panel::shown::Panel;
use crate::desk::staff_order::in_order;
use crate::i18n;

impl Panel {
    /// Tracked: whether the guest waits for a chair.
    pub(super) fn is_waiting(self) -> bool {
        self.booking.with(|booking| booking.as_ref().is_some_and(|booking| booking.state.kind() == StateKind::Waiting))
    }

    /// Tracked: who serves them when they sit down now; `None` where several people must, or nobody waits.
    pub(super) fn server(self) -> Option<StaffId> {
        let booking = self.booking.get().filter(|booking| booking.state.kind() == StateKind::Waiting)?;
        let store = self.bench.store()?;
        self.seat.get().or_else(|| proposed(&self.bench.replica.view(), &store, &booking, self.bench.minute()))
    }

    /// Tracked: their name.
    pub(super) fn server_name(self) -> Option<String> {
        let staff = self.server()?;
        self.bench.replica.view().catalogue.staff.get(&staff).map(|staff| i18n::name(&staff.name))
    }
}

/// Nothing unless the guest waits.
#[component]
pub fn SeatChoice() -> impl IntoView {
    let panel = Panel::expect();
    let words = || &i18n::desk().visit;
    let people = Memo::new(move |_| {
        let (Some(booking), Some(store)) = (panel.booking.get(), panel.bench.store()) else { return Vec::new() };
        if !panel.is_waiting() {
            return Vec::new();
        }
        let view = panel.bench.replica.view();
        let mut people = able(&view, &store, &booking, panel.bench.minute());
        let in_order = in_order(&store, view.staff_of(store.id), i18n::language());
        sort::sort_by_key(&mut people, |able| (!able.is_free, in_order.iter().position(|staff| staff.id == able.staff)));
        people
    });
    let server = Memo::new(move |_| panel.server());
    let chip = move |Able { staff, is_free }: Able| {
        let name = move || panel.bench.replica.view().catalogue.staff.get(&staff).map(|staff| i18n::name(&staff.name));
        let is_chosen = move || (server.get() == Some(staff)).to_string();
        let free = move || if is_free { words().free_now } else { words().busy_now };
        view! {
            <button class="choice" type="button" aria-pressed=is_chosen on:click=move |_| panel.seat.set(Some(staff))>
                {name}
                <span class="small muted">{free}</span>
            </button>
        }
    };
    view! {
        <Show when=move || people.with(|people| !people.is_empty())>
            <section class="section" aria-labelledby="seat-title">
                <h3 id="seat-title">{move || words().who_serves}</h3>
                <div class="choices" role="group" aria-labelledby="seat-title">
                    <Rows each=move || people.get() key=|able| (able.staff, able.is_free) children=chip />
                </div>
            </section>
        </Show>
    }
}
