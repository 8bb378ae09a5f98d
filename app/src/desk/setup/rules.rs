//! The rules of a store, asked in plain words, with the sentence that members will read.

mod preview;

use std::sync::Arc;

use leptos::prelude::*;
use shared::command::{Command, PutRules};
use shared::id::StoreId;
use shared::name::Name;
use shared::role::Permission;
use shared::sort;
use shared::store::{Confirmation, Rules, Store};

use super::save::{ChangedMeanwhile, FormProblem, Saving, save, say_saved};
use super::waits::OfStore;
use crate::components::text_field::{TextField, TextKind};
use crate::desk::setup::of_store::the_store;
use crate::desk::workbench::Workbench;
use crate::i18n::{self, format};
use crate::state::CommandStatus;

use preview::Preview;

/// What is chosen so far.
#[derive(Clone, Copy)]
struct RulesFields {
    rules: RwSignal<Rules>,
    remedy: BothTexts,
    note: BothTexts,
}

/// A text in both languages as it is typed.
#[derive(Clone, Copy)]
struct BothTexts {
    zh: RwSignal<String>,
    en: RwSignal<String>,
}

impl BothTexts {
    fn of(name: &Name) -> Self {
        BothTexts { zh: RwSignal::new(name.zh.clone()), en: RwSignal::new(name.en.clone()) }
    }

    fn name(self) -> Name {
        Name::new(self.zh.get_untracked().trim(), self.en.get_untracked().trim())
    }
}

/// The page.
#[component]
pub(super) fn RulesPage() -> impl IntoView {
    view! { <div class="desk__page" style:--page-width="44rem"><RulesForm is_first=false on_saved=Callback::new(|_| ()) /></div> }
}

/// The form of the store in use.
#[component]
pub(super) fn RulesForm(
    /// The last step of the first run.
    is_first: bool,
    on_saved: Callback<CommandStatus>,
) -> impl IntoView {
    let bench = Workbench::expect();
    let round = RwSignal::new(0);
    let again = Callback::new(move |()| round.update(|round| *round += 1));
    let form = move |_| {
        let form = move || {
            round.track();
            untrack(|| the_store(bench)).map(|store| view! { <OneForm store is_first on_saved on_theirs=again /> })
        };
        form.into_any()
    };
    view! { <OfStore page=form /> }
}

#[component]
fn OneForm(store: Arc<Store>, is_first: bool, on_saved: Callback<CommandStatus>, on_theirs: Callback<()>) -> impl IntoView {
    let bench = Workbench::expect();
    let id = store.id;
    let rules = store.rules.clone();
    let draft = RulesFields { remedy: BothTexts::of(&rules.remedy), note: BothTexts::of(&rules.booking_note), rules: RwSignal::new(rules) };
    let base = RwSignal::new(untrack(|| version(bench, id)));
    let now = Memo::new(move |_| version(bench, id));
    let saving = Saving::new();
    let say = say_saved(bench);
    let saved = Callback::new(move |status: CommandStatus| {
        base.try_set(untrack(|| version(bench, id)));
        if !is_first {
            say.run(status.clone());
        }
        on_saved.run(status);
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let mut rules = draft.rules.get_untracked();
        rules.remedy = draft.remedy.name();
        rules.booking_note = draft.note.name();
        save(bench, vec![Command::PutRules(PutRules { store: id, rules: rules.into(), base: base.get_untracked() })], saving, saved);
    };
    let save_word = move || if is_first { i18n::set_up().finish } else { i18n::common().actions.save };
    view! {
        <form class="form" on:submit=submit>
            <ChangedMeanwhile base now on_theirs />
            <Preview rules=draft.rules />
            <Choices rules=draft.rules />
            <SharingChoice rules=draft.rules />
            <TextPair name="rules-remedy" label=i18n::text(|| i18n::set_up().remedy) texts=draft.remedy />
            <TextPair name="rules-note" label=i18n::text(|| i18n::set_up().booking_note) texts=draft.note />
            <FormProblem saving />
            <div class="form__actions"><button class="button button--primary button--large" type="submit">{save_word}</button></div>
        </form>
    }
}

fn version(bench: Workbench, store: StoreId) -> u32 {
    bench.replica.view().catalogue.stores.get(&store).and_then(|store| store.rules_written).map_or(0, |written| written.version)
}

/// A text of several lines in both languages.
#[component]
fn TextPair(name: &'static str, label: Signal<String>, texts: BothTexts) -> impl IntoView {
    let english = Signal::derive(move || (i18n::set_up().in_english)(&label.get()));
    view! {
        <div class="field-row">
            <TextField name=name label value=texts.zh kind=TextKind::Lines note=i18n::text(|| i18n::people().optional) />
            <TextField
                name=format!("{name}-en")
                label=english
                value=texts.en
                kind=TextKind::Lines
                note=i18n::text(|| i18n::people().optional)
            />
        </div>
    }
}

#[component]
fn Choices(rules: RwSignal<Rules>) -> impl IntoView {
    view! {
        <Choice rules
            label=i18n::text(|| i18n::set_up().grid) offered=&[5, 10, 15, 20, 30] of=|rules| &mut rules.grid_minutes word=minutes
        />
        <Choice rules
            label=i18n::text(|| i18n::set_up().lead) offered=&[0, 30, 60, 120, 1440] of=|rules| &mut rules.lead_minutes word=minutes_or_none
        />
        <Choice
            rules
            label=i18n::text(|| i18n::set_up().horizon)
            offered=&[7, 14, 30, 60, 90]
            of=|rules| &mut rules.horizon_days
            word=|days| (i18n::set_up().days)(days)
        />
        <Choice
            rules
            label=i18n::text(|| i18n::set_up().cutoff)
            offered=&[0, 60, 120, 240, 720, 1440]
            of=|rules| &mut rules.cutoff_minutes
            word=minutes_or_none
        />
        <Choice
            rules
            label=i18n::text(|| i18n::set_up().long_cutoff)
            offered=&[120, 240, 720, 1440, 2880]
            of=|rules| &mut rules.long_cutoff_minutes
            word=minutes
        />
        <Choice rules label=i18n::text(|| i18n::set_up().hold) offered=&[3, 5, 10, 15] of=|rules| &mut rules.hold_minutes word=minutes />
        <Choice
            rules
            label=i18n::text(|| i18n::set_up().late)
            offered=&[0, 5, 10, 15, 30]
            of=|rules| &mut rules.late_tolerance_minutes
            word=minutes_or_not_at_all
        />
        <ConfirmationChoice rules />
        <Choice
            rules
            label=i18n::text(|| i18n::set_up().silent)
            offered=&[0, 5, 10, 30]
            of=|rules| &mut rules.silent_after_minutes
            word=|minutes| if minutes == 0 { i18n::door().never.to_owned() } else { format::duration(i64::from(minutes)) }
        />
    }
}

fn minutes(minutes: u16) -> String {
    format::duration(i64::from(minutes))
}

fn minutes_or_none(minutes: u16) -> String {
    if minutes == 0 { i18n::set_up().any_time.to_owned() } else { format::duration(i64::from(minutes)) }
}

fn minutes_or_not_at_all(minutes: u16) -> String {
    if minutes == 0 { i18n::set_up().not_at_all.to_owned() } else { format::duration(i64::from(minutes)) }
}

/// One number out of a few; another one that is already there is offered, too.
#[component]
fn Choice(
    rules: RwSignal<Rules>,
    label: Signal<String>,
    offered: &'static [u16],
    of: fn(&mut Rules) -> &mut u16,
    word: fn(u16) -> String,
) -> impl IntoView {
    let current = Memo::new(move |_| rules.with(|rules| *of(&mut rules.clone())));
    let mut choices = offered.to_vec();
    if !choices.contains(&current.get_untracked()) {
        choices.push(current.get_untracked());
        sort::sort(&mut choices);
    }
    let option = move |value: u16| {
        view! {
            <button
                class="segmented__option"
                type="button"
                aria-pressed=move || (current.get() == value).to_string()
                on:click=move |_| rules.update(|rules| *of(rules) = value)
            >
                {move || word(value)}
            </button>
        }
    };
    view! {
        <div class="field">
            <span class="field__label">{label}</span>
            <div class="segmented" role="group" aria-label=label>{choices.into_iter().map(option).collect_view()}</div>
        </div>
    }
}

/// Whether other stores find this one's members by their number: for the brand to say.
#[component]
fn SharingChoice(rules: RwSignal<Rules>) -> impl IntoView {
    let bench = Workbench::expect();
    let words = i18n::set_up;
    view! {
        <Show when=move || bench.may(Permission::ManageBrand)>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || rules.with(|rules| rules.shares_members)
                    on:change=move |event| rules.update(|rules| rules.shares_members = event_target_checked(&event))
                />
                <span class="check__text">
                    {move || words().shares_members}
                    <br />
                    <span class="small muted">{move || words().shares_note}</span>
                </span>
            </label>
        </Show>
    }
}

#[component]
fn ConfirmationChoice(rules: RwSignal<Rules>) -> impl IntoView {
    let option = move |choice: Confirmation| {
        let word = move || if choice == Confirmation::AtOnce { i18n::set_up().at_once } else { i18n::set_up().by_desk };
        let is_chosen = move || rules.with(|rules| rules.confirmation == choice).to_string();
        view! {
            <button
                class="segmented__option"
                type="button"
                aria-pressed=is_chosen
                on:click=move |_| rules.update(|rules| rules.confirmation = choice)
            >
                {word}
            </button>
        }
    };
    view! {
        <div class="field">
            <span class="field__label">{move || i18n::set_up().confirmation}</span>
            <div class="segmented" role="group" aria-label=move || i18n::set_up().confirmation>
                {[Confirmation::AtOnce, Confirmation::ByDesk].map(option)}
            </div>
        </div>
    }
}
