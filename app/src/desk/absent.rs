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
use crate::components::rows::Rows;
use crate::i18n;
use crate::state::CommandStatus;

/// What is left of somebody's day, and how it is said.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Absence {
    staff: StaffId,
    date: LocalDate,
    before: Vec<LocalSpan>,
    after: Vec<LocalSpan>,
    word: &'static str,
}

/// Tracked; empty where the day of the board is neither the store's today nor tomorrow, or nothing of the shift is left.
fn absences(bench: Workbench, whose: Option<ResourceId>) -> Vec<Absence> {
    let (view, words, date) = (bench.replica.view(), &i18n::desk().block, bench.date());
    let Some((store, staff)) = bench.store().zip(whose.and_then(|whose| view.catalogue.staff.get(&StaffId(whose.0)))) else {
        return Vec::new();
    };
    let before = view.shift_spans(store.id, staff.id, date);
    let absence = |after: Vec<LocalSpan>, word| Absence { staff: staff.id, date, before: before.clone(), after, word };
    let found = match date.0 - bench.today().0 {
        0 => {
            // After midnight the evening's shift goes on beyond its day.
            let (day, minute) = store.zone.local(bench.minute());
            let minute = u16::try_from((day.0 - date.0).clamp(0, 1)).unwrap_or(0) * 1440 + minute / 5 * 5;
            let worked = spans_before(&before, minute);
            let leaves = (!worked.is_empty()).then(|| absence(worked, words.leaves_now));
            leaves.into_iter().chain([absence(Vec::new(), words.absent_today)]).collect()
        }
        1 => vec![absence(Vec::new(), words.absent_tomorrow)],
        _ => Vec::new(),
    };
    found.into_iter().filter(|absence| absence.after != absence.before).collect()
}

/// The one tap, where it means something and the person may.
#[component]
pub fn AbsentToday(whose: RwSignal<Option<ResourceId>>) -> impl IntoView {
    let bench = Workbench::expect();
    let saving = Saving::new();
    let found = Memo::new(move |_| if bench.may(Permission::Override) { absences(bench, whose.get()) } else { Vec::new() });
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
    let button = move |absence: Absence| {
        let word = absence.word;
        let give = move |_| {
            given.set_value(Some(absence.clone()));
            save(bench, shift(&absence, &absence.after).into_iter().collect(), saving, said);
        };
        view! {
            <button class="button" type="button" disabled=move || saving.is_busy() on:click=give>
                <Icon name="block" size="small" />
                {word}
            </button>
        }
    };
    view! {
        <Show when=move || !found.with(Vec::is_empty)>
            <section class="section">
                <div class="choices"><Rows each=move || found.get() key=Clone::clone children=button /></div>
                <p class="field__hint">{move || i18n::desk().block.absent_note}</p>
            </section>
        </Show>
        <FormProblem saving />
    }
}
