//! How the day is shown: board, list or week; how close together; whose columns.

use leptos::prelude::*;
use shared::id::{ResourceId, StaffId};

use crate::components::rows::Rows;
use crate::desk::columns::Columns;
use crate::desk::display::{DayShape, Density};
use crate::desk::sheet_frame::SheetFrame;
use crate::desk::staff_order::{in_order, resources_in_order};
use crate::desk::workbench::Workbench;
use crate::i18n;

/// See above.
#[component]
pub fn DisplaySheet() -> impl IntoView {
    let bench = Workbench::expect();
    let words = || &i18n::desk().display;
    let title = Signal::derive(|| i18n::desk().display.title.to_owned());
    let shape = Signal::derive(move || bench.display().shape);
    let density = Signal::derive(move || bench.display().density);
    view! {
        <SheetFrame title>
            <div class="panel__body">
                <Choice
                    label=Signal::derive(|| i18n::desk().display.shape.to_owned())
                    chosen=shape
                    options=DayShape::ALL
                    word=shape_word
                    on_choose=Callback::new(move |shape| bench.show_as(|display| display.shape = shape))
                />
                <Show when=move || shape.get() == DayShape::Board>
                    <Choice
                        label=Signal::derive(|| i18n::desk().display.density.to_owned())
                        chosen=density
                        options=Density::ALL
                        word=density_word
                        on_choose=Callback::new(move |density| bench.show_as(|display| display.density = density))
                    />
                </Show>
                <section class="section" aria-labelledby="shown-title">
                    <h3 id="shown-title">{move || words().whose}</h3>
                    <div class="choices" role="group" aria-labelledby="shown-title">
                        <Rows each=move || columns(bench) key=|(whose, name)| (*whose, name.clone()) children=|(whose, name)| view! {
                            <ColumnChip whose name />
                        } />
                    </div>
                    <Show when=move || !bench.display().hidden.is_empty()>
                        <button class="button" type="button" on:click=move |_| bench.show_as(|display| display.hidden.clear())>
                            {move || words().everybody}
                        </button>
                    </Show>
                </section>
            </div>
        </SheetFrame>
    }
}

#[component]
fn ColumnChip(whose: ResourceId, name: String) -> impl IntoView {
    let bench = Workbench::expect();
    let is_shown = move || (!bench.display().hidden.contains(&whose)).to_string();
    view! {
        <button class="choice" type="button" aria-pressed=is_shown on:click=move |_| bench.show_as(|display| display.turn(whose))>
            {name}
        </button>
    }
}

/// Everybody of the store, or everything of it.
fn columns(bench: Workbench) -> Vec<(ResourceId, String)> {
    let view = bench.replica.view();
    let Some(store) = bench.store() else { return Vec::new() };
    let language = i18n::language();
    match bench.columns() {
        Columns::Staff => {
            let staff = in_order(&store, view.staff_of(store.id), language).into_iter();
            staff.map(|staff| (ResourceId::from(StaffId(staff.id.0)), i18n::name(&staff.name))).collect()
        }
        Columns::Resources => {
            let resources = resources_in_order(&view, store.id, language).into_iter();
            resources.map(|resource| (resource.id, i18n::name(&resource.name))).collect()
        }
    }
}

fn shape_word(shape: DayShape) -> &'static str {
    let words = &i18n::desk().display;
    match shape {
        DayShape::Board => words.board,
        DayShape::List => words.list,
        DayShape::Week => words.week,
    }
}

fn density_word(density: Density) -> &'static str {
    let words = &i18n::desk().display;
    match density {
        Density::Narrow => words.narrow,
        Density::Usual => words.usual,
        Density::Wide => words.wide,
    }
}

/// One of three, side by side.
#[component]
fn Choice<T: Copy + PartialEq + Send + Sync + 'static>(
    label: Signal<String>,
    chosen: Signal<T>,
    options: [T; 3],
    word: fn(T) -> &'static str,
    on_choose: Callback<T>,
) -> impl IntoView {
    let option = move |own: T| {
        view! {
            <button
                class="segmented__option"
                type="button"
                aria-pressed=move || (chosen.get() == own).to_string()
                on:click=move |_| on_choose.run(own)
            >
                {move || word(own)}
            </button>
        }
    };
    view! {
        <div class="field">
            <span class="field__label">{label}</span>
            <div class="segmented segmented--wide" role="group" aria-label=label>{options.map(option).into_iter().collect_view()}</div>
        </div>
    }
}
