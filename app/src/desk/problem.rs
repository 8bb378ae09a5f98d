//! Why something could not be done, told where it was tapped.

use leptos::prelude::*;

use crate::components::icon::Icon;

/// Why something was not done; everything that was filled in stays.
#[component]
pub fn Problem(
    /// The words; nothing is fine.
    #[prop(into)]
    text: Signal<Option<String>>,
) -> impl IntoView {
    move || {
        text.get().map(|text| {
            view! { <p class="panel__notice panel__notice--allergy" role="alert"><Icon name="attention" /><span>{text}</span></p> }
        })
    }
}
