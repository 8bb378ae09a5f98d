//! Somebody does not come, or leaves early: one tap, and each of their guests is asked about (A11).

use leptos::prelude::*;
use shared::id::{ResourceId, StaffId};
use shared::role::Permission;
use shared::roster::{ShiftDay, spans_before};
use shared::time::{LocalDate, LocalSpan};

use super::done::Done;
use super::setup::save::{FormProblem, Saving, save};
use super::setup::shifts::cell::put_shift;
use super::words::resource_name;
use super::workbench::Workbench;
use crate::components::icon::Icon;
use crate::i18n;
use crate::state::CommandStatus;

/// What is left of somebody's day, and how it is said.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Absence {
    staff: StaffId,
    date: LocalDate,
    before: Vec<LocalSpan>,
    after: Vec<LocalSpan>,
    word: &'static str,
}

/// Tracked; `None` where the day of the board is neither today nor tomorrow, or nothing of the shift is left.
fn absence(bench: Workbench, whose: Option<ResourceId>) -> Option<Absence> {
    let (view, store, words) = (bench.replica.view(), bench.store()?, &i18n::desk().block);
    let staff = view.catalogue.staff.get(&StaffId(whose?.0))?.id;
    let (today, minute) = store.zone.local(bench.minute());
    let date = bench.date();
    let before = view.shift_spans(store.id, staff, date);
    let (after, word) = match date.0 - today.0 {
        0 => {
            let after = spans_before(&before, minute / 5 * 5);
            let word = if after.is_empty() { words.absent_today } else { words.leaves_now };
            (after, word)
        }
        1 => (Vec::new(), words.absent_tomorrow),
        _ => return None,
    };
    (after != before).then_some(Absence { staff, date, before, after, word })
}

/// The one tap, where it means something and the person may.
#[component]
pub fn AbsentToday(whose: RwSignal<Option<ResourceId>>) -> impl IntoView {
    let bench = Workbench::expect();
    let saving = Saving::new();
    let found = Memo::new(move |_| absence(bench, whose.get()).filter(|_| bench.may(Permission::Override)));
    let given = StoredValue::new(None::<Absence>);
    let shift = move |absence: &Absence, spans: &[LocalSpan]| put_shift(bench, absence.staff, ShiftDay::Date(absence.date), spans);
    // Made here: with the change the button goes, and with it whatever its tap has made.
    let said = Callback::new(move |status| {
        let Some(absence) = given.get_value() else { return };
        let text = (i18n::desk().block.away)(&resource_name(&bench.replica.view_now(), absence.staff.into()));
        bench.close();
        // The version that is there by then is the one to write over.
        let back = Callback::new(move |()| {
            if let Some(command) = shift(&absence, &absence.before) {
                bench.give_aloud(command, Done::said("undo", i18n::desk().done.undone));
            }
        });
        match status {
            CommandStatus::Confirmed => bench.say("check", text, Some(back)),
            _ => bench.say("cloud-off", (i18n::desk().done.saved)(&text), Some(back)),
        }
    });
    let give = move |_| {
        if let Some(absence) = found.get_untracked() {
            save(bench, shift(&absence, &absence.after).into_iter().collect(), saving, said);
            given.set_value(Some(absence));
        }
    };
    view! {
        <Show when=move || found.with(Option::is_some)>
            <section class="section">
                <button class="button button--wide" type="button" disabled=move || saving.is_busy() on:click=give>
                    <Icon name="block" size="small" />
                    {move || found.with(|found| found.as_ref().map(|found| found.word))}
                </button>
                <p class="field__hint">{move || i18n::desk().block.absent_note}</p>
            </section>
        </Show>
        <FormProblem saving />
    }
}
