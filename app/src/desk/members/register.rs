//! A new member: a name is enough, a phone helps; somebody who is known already is named before they are made twice.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::command::{Command, RegisterMember};
use shared::id::MemberId;
use shared::member::Consent;
use shared::phone::Phone;

use super::phone_text;
use crate::components::icon::Icon;
use crate::components::text_field::{TextField, TextKind};
use crate::desk::go::use_go;
use crate::desk::sheet::Problem;
use crate::desk::workbench::Workbench;
use crate::state::SubmitError;
use crate::{i18n, phones};

/// Version of the privacy notice that is told: the one that the member app shows.
pub const PRIVACY_VERSION: u16 = 1;

/// The form beside the list.
#[component]
pub fn Register() -> impl IntoView {
    let bench = Workbench::expect();
    let words = i18n::people;
    let go = use_go();
    let again = bench.registration.try_update_untracked(Option::take).flatten();
    let typed = again.as_ref().map(|(_, wish)| wish);
    let name = RwSignal::new(typed.map(|wish| wish.name.clone()).unwrap_or_default());
    let phone = RwSignal::new(typed.and_then(|wish| wish.phone.as_ref()).map(Phone::spaced).unwrap_or_default());
    let consents = RwSignal::new(typed.is_some_and(|wish| wish.consent.is_some()));
    // The same member: a booking that was given with the registration still means them.
    let member: MemberId = typed.map_or_else(|| bench.replica.new_id(), |wish| wish.member);
    let instead_of = again.as_ref().map(|(refused, _)| *refused);
    let problem = RwSignal::new(None::<String>);
    let register = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(store) = bench.store_now() else { return };
        let number = match typed_phone(bench, &phone.get_untracked()) {
            Ok(number) => number,
            Err(what_to_add) => {
                problem.set(Some(what_to_add));
                return;
            }
        };
        let consent = consents.get_untracked().then(|| Consent { version: PRIVACY_VERSION, at: bench.replica.clock() });
        let name = name.get_untracked().trim().to_owned();
        let said = (i18n::people().registered)(&name);
        let command = RegisterMember { member, account: None, store: Some(store.id), name, phone: number, consent };
        let go = go.clone();
        spawn_local(async move {
            match bench.replica.submit(Command::RegisterMember(command)).await {
                Ok(_) => {
                    if let Some(refused) = instead_of {
                        bench.replica.dismiss(refused);
                    }
                    bench.say("check", said, None);
                    go(&format!("/desk/members/{member}"));
                }
                Err(error) => problem.set(Some(say(&error))),
            }
        });
    };
    let is_incomplete = move || name.with(|name| name.trim().is_empty());
    view! {
        <form class="form" on:submit=register>
            <h2>{move || words().new_member}</h2>
            <TextField name="member-name" label=i18n::text(|| i18n::people().name) value=name />
            <TextField name="member-phone" label=i18n::text(|| i18n::people().phone) value=phone kind=TextKind::Phone note=i18n::text(|| i18n::people().optional) />
            <Alike phone />
            <label class="check">
                <input type="checkbox" prop:checked=move || consents.get() on:change=move |event| consents.set(event_target_checked(&event)) />
                <span class="check__text">{move || words().consent}<br /><span class="small muted">{move || words().consent_note}</span></span>
            </label>
            <Problem text=problem />
            <div class="form__actions">
                <a class="button" href="/desk/members">{move || i18n::common().actions.back}</a>
                <button class="button button--primary" type="submit" disabled=is_incomplete>{move || words().register}</button>
            </div>
        </form>
    }
}

/// Nothing typed is no number; something else must be one.
fn typed_phone(bench: Workbench, text: &str) -> Result<Option<Phone>, String> {
    if text.trim().is_empty() { Ok(None) } else { phones::read_in(bench.region(), text).map(Some) }
}

fn say(error: &SubmitError) -> String {
    i18n::refusals().submit(error)
}

/// Somebody with that number is known: perhaps the same person. A number is not a person, so it is only said.
#[component]
fn Alike(phone: RwSignal<String>) -> impl IntoView {
    let bench = Workbench::expect();
    let alike = Memo::new(move |_| {
        let number = phone.with(|phone| Phone::parse(phone, bench.region()).ok())?;
        let view = bench.replica.view();
        let masked = number.masked();
        let same = |contact: &shared::member::Contact| contact.phone.as_ref().map_or(contact.masked == masked, |known| *known == number);
        view.members.values().find(|member| same(&member.contact.value)).cloned()
    });
    move || {
        alike.get().map(|member| {
            let line = format!("{} · {}", member.name.value, phone_text(&member));
            view! {
                <a class="list__item surface" href=format!("/desk/members/{}", member.id)>
                    <Icon name="person" />
                    <span class="list__text"><span class="list__title">{move || i18n::people().known_already}</span><span class="list__note">{line}</span></span>
                    <Icon name="forward" />
                </a>
            }
        })
    }
}
