//! A labelled line of text in a form, with the keyboard and the autofill that fit what is asked.

use leptos::prelude::*;

/// What is asked: decides type, keyboard and autofill of the control.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextKind {
    /// Words.
    #[default]
    Words,
    /// Several lines of words.
    Lines,
    /// A whole number or an amount.
    Number,
    /// A phone number.
    Phone,
    /// A date.
    Date,
    /// A time of day as 24-hour text.
    Clock,
    /// The name of a login.
    UserName,
    /// A password that exists.
    Password,
    /// A password to be.
    NewPassword,
    /// A PIN to be.
    NewPin,
}

impl TextKind {
    /// `type`, `inputmode`, `autocomplete`.
    fn attributes(self) -> (&'static str, &'static str, &'static str) {
        match self {
            TextKind::Words | TextKind::Lines => ("text", "text", "off"),
            TextKind::Number | TextKind::Clock => ("text", "numeric", "off"),
            TextKind::Phone => ("tel", "tel", "off"),
            TextKind::Date => ("date", "text", "off"),
            TextKind::UserName => ("text", "text", "username"),
            TextKind::Password => ("password", "text", "current-password"),
            TextKind::NewPassword => ("password", "text", "new-password"),
            TextKind::NewPin => ("text", "numeric", "off"),
        }
    }
}

/// Label and control. `note` stands beside the label, e.g. 选填.
#[component]
pub fn TextField(
    /// Id of the control; once on the page.
    #[prop(into)]
    name: String,
    /// Label.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    value: RwSignal<String>,
    /// What is asked.
    #[prop(optional)]
    kind: TextKind,
    /// Beside the label.
    #[prop(optional, into)]
    note: Option<Signal<String>>,
) -> impl IntoView {
    let (kind_of_input, keyboard, autofill) = kind.attributes();
    let typed = move |event| value.set(event_target_value(&event));
    let is_phone = kind == TextKind::Phone;
    let id = name.clone();
    let control = if kind == TextKind::Lines {
        view! { <textarea class="input" id=id prop:value=move || value.get() on:input=typed></textarea> }.into_any()
    } else {
        view! {
            <input
                class="input"
                class:input--phone=is_phone
                id=id
                type=kind_of_input
                inputmode=keyboard
                autocomplete=autofill
                prop:value=move || value.get()
                on:input=typed
            />
        }
        .into_any()
    };
    view! {
        <div class="field">
            <label class="field__label" for=name>
                {label} {note.map(|text| view! { " " <span class="field__optional">{text}</span> })}
            </label>
            {control}
        </div>
    }
}
