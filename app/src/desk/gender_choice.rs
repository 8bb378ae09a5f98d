//! A gender, or nothing said: of a member, or of somebody who works here.

use leptos::prelude::*;
use shared::staff::Gender;

use crate::i18n;

/// The three options, in a group that has its label elsewhere.
#[component]
pub fn GenderChoice(
    /// What is chosen.
    gender: RwSignal<Option<Gender>>,
    /// Id of the label; without one the group names itself.
    #[prop(optional)]
    labelled_by: &'static str,
) -> impl IntoView {
    let option = move |choice: Option<Gender>| {
        let word = move || choice.map_or(i18n::people().gender_unsaid, |gender| (i18n::people().gender_of)(gender));
        view! {
            <button
                class="segmented__option"
                type="button"
                aria-pressed=move || (gender.get() == choice).to_string()
                on:click=move |_| gender.set(choice)
            >
                {word}
            </button>
        }
    };
    let (by, label) = ((!labelled_by.is_empty()).then_some(labelled_by), move || labelled_by.is_empty().then(|| i18n::people().gender));
    view! {
        <div class="segmented" role="group" aria-labelledby=by aria-label=label>
            {[None, Some(Gender::Female), Some(Gender::Male)].map(option)}
        </div>
    }
}
