//! A code that the guest says at the desk: it proves that the number is theirs, and that this store may know them.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::command::{Command, ProveNumber};
use shared::id::{MemberId, StoreId};
use shared::phone::Phone;
use shared::sync::Outcome;

use super::workbench::Workbench;
use crate::components::text_field::{TextField, TextKind};
use crate::desk::problem::Problem;
use crate::{api, i18n};

/// Sends a code to a number and takes what the guest says.
#[component]
pub fn MemberCode(
    /// The number.
    phone: Phone,
    /// The store's own record of the person; `None` where it does not know them yet.
    member: Option<MemberId>,
    /// It was the right one.
    on_done: Callback<()>,
) -> impl IntoView {
    let bench = Workbench::expect();
    let (is_sent, is_busy, problem) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(None::<String>));
    let number = StoredValue::new(phone);
    let send = move |_| {
        let Some(store) = bench.store_now().filter(|_| !is_busy.get_untracked()) else { return };
        is_busy.set(true);
        problem.set(None);
        spawn_local(async move {
            let answer = api::ask_desk_code(store.id, &number.get_value()).await;
            is_busy.try_set(false);
            match answer {
                Ok(()) => drop(is_sent.try_set(true)),
                Err(error) => drop(problem.try_set(Some((i18n::refusals().api)(&error)))),
            }
        });
    };
    let on_code = Callback::new(move |code: String| {
        let Some(store) = bench.store_now().filter(|_| !is_busy.get_untracked()) else { return };
        is_busy.set(true);
        problem.set(None);
        spawn_local(async move {
            let said = say(bench, store.id, number.get_value(), code, member).await;
            is_busy.try_set(false);
            match said {
                Ok(()) => drop(on_done.try_run(())),
                Err(words) => drop(problem.try_set(Some(words))),
            }
        });
    });
    let words = || &i18n::people().proof;
    view! {
        <p class="small muted">{move || (words().text)(&number.with_value(Phone::spaced))}</p>
        <div class="button-group">
            <button class="button button--small" type="button" disabled=is_busy on:click=send>
                {move || if is_sent.get() { words().send_again } else { words().send }}
            </button>
        </div>
        <Show when=move || is_sent.get()><CodeForm is_busy on_code /></Show>
        <Problem text=problem />
    }
}

#[component]
fn CodeForm(is_busy: RwSignal<bool>, on_code: Callback<String>) -> impl IntoView {
    let code = RwSignal::new(String::new());
    let words = || &i18n::people().proof;
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        on_code.run(digits(&code.get_untracked()));
    };
    let is_short = move || code.with(|code| digits(code).len() != 6);
    view! {
        <form class="row row--wrap" on:submit=submit>
            <TextField name="desk-code" label=i18n::text(|| i18n::people().proof.label) value=code kind=TextKind::Number />
            <button class="button button--primary" type="submit" disabled=move || is_busy.get() || is_short()>
                {move || words().prove}
            </button>
        </form>
    }
}

/// Six digits, however they were written down.
fn digits(text: &str) -> String {
    let plain = |letter: char| match letter {
        '０'..='９' => char::from_digit(u32::from(letter) - u32::from('０'), 10),
        letter => letter.is_ascii_digit().then_some(letter),
    };
    text.chars().filter_map(plain).collect()
}

async fn say(bench: Workbench, store: StoreId, phone: Phone, code: String, member: Option<MemberId>) -> Result<(), String> {
    let command = Command::ProveNumber(ProveNumber { store, phone, code: code.into(), member });
    match bench.replica.direct(command).await {
        Ok(Outcome::Applied) => Ok(()),
        Ok(outcome) => Err(i18n::refusals().outcome(&outcome).unwrap_or_default()),
        Err(error) => Err((i18n::refusals().api)(&error)),
    }
}
