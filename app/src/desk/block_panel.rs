//! Blocked time in full, and taking it back.

use leptos::prelude::*;
use shared::block::Block;
use shared::command::{BlockTime, Command, Unblock};
use shared::id::BlockId;

use super::done::Done;
use super::words::{block_word, resource_name};
use super::workbench::Workbench;
use crate::components::icon::Icon;
use crate::components::status::{Status, StatusChip};
use crate::desk::problem::Problem;
use crate::desk::sheet_frame::SheetFrame;
use crate::i18n::{self, format};
use crate::state::SubmitError;

/// The side sheet of a block.
#[component]
pub fn BlockPanel(block: BlockId) -> impl IntoView {
    let bench = Workbench::expect();
    let found = Memo::new(move |_| bench.replica.view().blocks.get(&block).cloned());
    let problem = RwSignal::new(None::<SubmitError>);
    let title =
        Signal::derive(move || found.with(|block| block.as_ref().map(|block| block_word(block.kind).to_owned()).unwrap_or_default()));
    let release = move |_| {
        if let Some(block) = found.get_untracked() {
            unblock(bench, &block, problem);
        }
    };
    view! {
        <SheetFrame title chip=|| view! { <StatusChip status=Status::Blocked /> }>
            <div class="panel__body">
                {move || found.get().map(|block| view! { <BlockFacts block /> })}
                <Problem text=Signal::derive(move || problem.get().map(|error| i18n::refusals().submit(&error))) />
                <Show when=move || found.with(Option::is_some) fallback=|| view! { <p class="note">{move || i18n::desk().visit.gone}</p> }>
                    <div class="panel__actions">
                        <button class="button button--lead" type="button" on:click=release>
                            <Icon name="undo" />
                            {move || i18n::desk().block.unblock}
                        </button>
                    </div>
                </Show>
            </div>
        </SheetFrame>
    }
}

#[component]
fn BlockFacts(block: Block) -> impl IntoView {
    let bench = Workbench::expect();
    let words = || &i18n::desk().block;
    let time =
        move || bench.store().map(|store| (format::time(&store.zone, block.range.start), format::time(&store.zone, block.range.end)));
    let whose = move || resource_name(&bench.replica.view(), block.resource);
    let reason = block.reason;
    view! {
        <p class="panel__when">
            {move || time().map(|(from, until)| view! {
                <time class="time">{from}<span class="time__until">{format!("–{until}")}</span></time>
            })}
        </p>
        <dl class="facts">
            <dt>{move || words().whose}</dt>
            <dd>{whose}</dd>
            {(!reason.is_empty()).then(|| view! { <dt>{move || words().reason}</dt><dd>{reason.0}</dd> })}
        </dl>
    }
}

fn unblock(bench: Workbench, block: &Block, problem: RwSignal<Option<SubmitError>>) {
    let again = BlockTime {
        store: block.store,
        block: bench.replica.new_id(),
        resource: block.resource,
        range: block.range,
        kind: block.kind,
        reason: block.reason.clone(),
        override_reason: None,
    };
    let command = Command::Unblock(Unblock { store: block.store, block: block.id });
    let done = Done::said("undo", i18n::desk().done.unblocked).undo(vec![Command::Block(again)]).close();
    bench.give(command, done, problem);
}
