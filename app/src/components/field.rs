//! A labelled control of a form, with a hint and room for what is wrong.

use leptos::prelude::*;

use super::icon::Icon;

/// `children` is the control; it has the id `name` and names `{name}-error` in `aria-describedby` when `error` is set.
#[component]
pub fn Field(
    /// Id of the control.
    name: &'static str,
    /// Label.
    #[prop(into)]
    label: Signal<String>,
    /// "optional", beside the label.
    #[prop(optional, into)]
    optional: Option<Signal<String>>,
    /// What is wrong; nothing is fine.
    #[prop(optional, into)]
    error: Option<Signal<Option<String>>>,
    /// The control.
    children: Children,
) -> impl IntoView {
    let message = move || error.and_then(|error| error.get());
    view! {
        <div class="field">
            <label class="field__label" for=name>
                {label} {optional.map(|text| view! { " " <span class="field__optional">{text}</span> })}
            </label>
            {children()}
            {move || {
                message().map(|text| view! {
                    <p class="field__error" id=format!("{name}-error") role="alert"><Icon name="attention" />{text}</p>
                })
            }}
        </div>
    }
}
