//! Blocking somebody's time 占位, or that of a room or a device: a break, an absence, an emergency.

use leptos::prelude::*;
use shared::block::BlockKind;
use shared::command::{BlockTime, Command, Unblock};
use shared::id::{BlockId, ResourceId};
use shared::store::Store;
use shared::time::{TimeRange, Timestamp};

use super::absent::AbsentToday;
use super::booking_form::times::read_time;
use super::business_day;
use super::done::{About, Done};
use super::staff_order::{in_order, resources_in_order};
use super::words::{block_word, resource_name};
use super::workbench::Workbench;
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::desk::problem::Problem;
use crate::desk::sheet_frame::SheetFrame;
use crate::i18n::{self, format};
use crate::state::SubmitError;

#[derive(Clone, Copy)]
struct BlockFields {
    bench: Workbench,
    block: BlockId,
    whose: RwSignal<Option<ResourceId>>,
    from: RwSignal<String>,
    until: RwSignal<String>,
    kind: RwSignal<BlockKind>,
    reason: RwSignal<String>,
    problem: RwSignal<Option<SubmitError>>,
}

impl BlockFields {
    /// From this quarter of an hour on, for half an hour.
    fn new(bench: Workbench, whose: Option<ResourceId>) -> Self {
        let now = bench.replica.clock();
        let start = Timestamp(now.0.div_euclid(15 * 60_000) * 15 * 60_000);
        let text = |at: Timestamp| bench.store_now().map(|store| format::time(&store.zone, at)).unwrap_or_default();
        BlockFields {
            bench,
            block: bench.replica.new_id(),
            whose: RwSignal::new(whose),
            from: RwSignal::new(text(start)),
            until: RwSignal::new(text(start.plus_minutes(30))),
            kind: RwSignal::new(BlockKind::Break),
            reason: RwSignal::default(),
            problem: RwSignal::new(None),
        }
    }

    /// Tracked: the range on the day of the board, as the store lives it; an end before the start is on the next day.
    fn range(self, store: &Store) -> Option<TimeRange> {
        let (from, until) = (read_time(&self.from.get())?, read_time(&self.until.get())?);
        let date = self.bench.date();
        let start = business_day::instant(store, date, from);
        let first = store.zone.local(start).0;
        let ends =
            [business_day::instant(store, date, until), store.zone.instant(first, until), store.zone.instant(first.plus_days(1), until)];
        Some(TimeRange { start, end: ends.into_iter().find(|end| *end > start)? })
    }

    /// Tracked: what is asked, once somebody and a range are given.
    fn command(self) -> Option<BlockTime> {
        let store = self.bench.store()?;
        let (resource, range) = (self.whose.get()?, self.range(&store)?);
        let reason = self.reason.get().trim().to_owned();
        Some(BlockTime {
            store: store.id,
            block: self.block,
            resource,
            range,
            kind: self.kind.get(),
            reason: reason.into(),
            override_reason: None,
        })
    }

    fn is_complete(self) -> bool {
        let has_range = self.bench.store().is_some_and(|store| self.range(&store).is_some());
        let lacks_reason = self.kind.get() == BlockKind::Emergency && self.reason.with(|reason| reason.trim().is_empty());
        self.whose.get().is_some() && has_range && !lacks_reason
    }
}

/// The side sheet of a block.
#[component]
pub fn BlockForm(whose: Option<ResourceId>) -> impl IntoView {
    let draft = BlockFields::new(Workbench::expect(), whose);
    let words = || &i18n::desk().block;
    let title = Signal::derive(move || format!("{} · {}", words().title, format::day(draft.bench.date(), draft.bench.today())));
    view! {
        <SheetFrame title>
            <form class="panel__body form" id="block-form" on:submit=move |event| { event.prevent_default(); give(draft); }>
                <WhoseTime whose=draft.whose />
                <AbsentToday whose=draft.whose />
                <div class="field-row">
                    <TimeField id="block-from" label=Signal::derive(move || words().from) value=draft.from />
                    <TimeField id="block-until" label=Signal::derive(move || words().until) value=draft.until />
                </div>
                <KindChoice kind=draft.kind />
                <ReasonField draft />
                <WhomItHits draft />
                <Problem text=Signal::derive(move || draft.problem.get().map(|error| i18n::refusals().submit(&error))) />
            </form>
            <div class="panel__foot">
                <button class="button button--primary button--large" type="submit" form="block-form" disabled=move || !draft.is_complete()>
                    <Icon name="block" size="small" />
                    {move || words().block}
                </button>
            </div>
        </SheetFrame>
    }
}

fn give(draft: BlockFields) {
    let Some((store, command)) = draft.bench.store_now().zip(untrack(|| draft.command())) else { return };
    let BlockTime { resource, range, kind, .. } = command;
    let undo = Command::Unblock(Unblock { store: store.id, block: draft.block });
    let when = format!(
        "{} {}",
        format::day(store.zone.local(range.start).0, untrack(|| draft.bench.calendar_date())),
        format::time_range(&store.zone, range.start, range.end)
    );
    let name = resource_name(&draft.bench.replica.view_now(), resource);
    let about = About::words(format!("{} · {name} · {when}", block_word(kind)));
    draft.bench.give(Command::Block(command), Done::new("block", str::to_owned, about).undo(vec![undo]).close(), draft.problem);
}

#[component]
fn WhoseTime(whose: RwSignal<Option<ResourceId>>) -> impl IntoView {
    let bench = Workbench::expect();
    let offered = Memo::new(move |_| {
        let (view, language) = (bench.replica.view(), i18n::language());
        let Some(store) = bench.store() else { return Vec::new() };
        let people =
            in_order(&store, view.staff_of(store.id), language).into_iter().map(|staff| (staff.id.into(), i18n::name(&staff.name)));
        let resources = resources_in_order(&view, store.id, language).into_iter();
        people.chain(resources.map(|resource| (resource.id, i18n::name(&resource.name)))).collect::<Vec<(ResourceId, String)>>()
    });
    let chip = move |(id, name): (ResourceId, String)| {
        let is_chosen = move || (whose.get() == Some(id)).to_string();
        view! { <button class="choice" type="button" aria-pressed=is_chosen on:click=move |_| whose.set(Some(id))>{name}</button> }
    };
    view! {
        <section class="section" aria-labelledby="whose-title">
            <h3 id="whose-title">{move || i18n::desk().block.whose}</h3>
            <div class="choices" role="group" aria-labelledby="whose-title">
                <Rows each=move || offered.get() key=|(id, name)| (*id, name.clone()) children=chip />
            </div>
        </section>
    }
}

#[component]
fn TimeField(id: &'static str, label: Signal<&'static str>, value: RwSignal<String>) -> impl IntoView {
    let is_wrong = move || value.with(|text| read_time(text).is_none()).to_string();
    view! {
        <div class="field">
            <label class="field__label" for=id>{label}</label>
            <input
                class="input number"
                id=id
                type="text"
                inputmode="numeric"
                autocomplete="off"
                aria-invalid=is_wrong
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
        </div>
    }
}

#[component]
fn KindChoice(kind: RwSignal<BlockKind>) -> impl IntoView {
    let kinds = [BlockKind::Break, BlockKind::TimeOff, BlockKind::Other, BlockKind::Emergency];
    let option = move |own: BlockKind| {
        let is_chosen = move || (kind.get() == own).to_string();
        view! {
            <button class="choice" type="button" aria-pressed=is_chosen on:click=move |_| kind.set(own)>
                {move || block_word(own)}
            </button>
        }
    };
    view! {
        <div class="choices" role="group" aria-label=move || i18n::desk().block.kind>
            {kinds.map(option)}
        </div>
    }
}

/// Who has to give way to an emergency, before it is given.
#[component]
fn WhomItHits(draft: BlockFields) -> impl IntoView {
    // The rules ask for the reason that is still being typed.
    let reason = || i18n::desk().block.emergency.to_owned();
    let hits = Memo::new(move |_| {
        let emergency = draft.command().filter(|command| command.kind == BlockKind::Emergency);
        emergency.map(|block| draft.bench.hit_by_block(Command::Block(BlockTime { reason: reason().into(), ..block }))).unwrap_or_default()
    });
    view! {
        <Show when=move || hits.with(|hits| !hits.is_empty())>
            <section class="section" role="status">
                <h3>{move || i18n::desk().block.hits}</h3>
                <ul class="stack stack--tight">
                    <Rows each=move || hits.get() key=String::clone children=|text| view! { <li class="strong">{text}</li> } />
                </ul>
            </section>
        </Show>
    }
}

/// Needed for an emergency: it breaks promises.
#[component]
fn ReasonField(draft: BlockFields) -> impl IntoView {
    let words = || &i18n::desk().block;
    let is_optional = move || draft.kind.get() != BlockKind::Emergency;
    view! {
        <div class="field">
            <label class="field__label" for="block-reason">
                {move || words().reason}
                {move || is_optional().then(|| view! { " " <span class="field__optional">{i18n::desk().form.optional}</span> })}
            </label>
            <input
                class="input"
                id="block-reason"
                type="text"
                autocomplete="off"
                prop:value=move || draft.reason.get()
                on:input=move |event| draft.reason.set(event_target_value(&event))
            />
            <Show when=move || !is_optional()>
                <p class="field__hint">{move || words().emergency_note}</p>
            </Show>
        </div>
    }
}
