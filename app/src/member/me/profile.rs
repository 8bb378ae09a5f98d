//! The name the stores call a person by.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::command::{Command, EditMember, GroupEdit, GroupValue};
use shared::member::Member;

use crate::components::avatar::{Avatar, hue_of};
use crate::components::field::Field;
use crate::components::rows::Rows;
use crate::i18n;
use crate::member::member_app::MemberApp;
use crate::member::paths;
use crate::member::sign_in::what_is_missing;
use crate::member::submit::{SubmitResult, show, submit_and_wait};
use crate::reactive::{Busy, memo};

/// Who is signed in, and the name to change.
#[component]
pub fn Profile() -> impl IntoView {
    let app = MemberApp::expect();
    let members = memo(move || app.members());
    let phone = move || app.replica.session().and_then(|session| session.phone_masked).unwrap_or_default();
    let nobody = move || view! { <a class="button button--wide" href=paths::SIGN_IN>{move || i18n::person().name}</a> };
    view! {
        <section class="section">
            <p class="muted number">{phone}</p>
            <Show when=move || !members.with(Vec::is_empty) fallback=nobody>
                <Rows
                    each=move || members.get()
                    key=|member| (member.id, member.name.version())
                    children=|member| view! { <NameForm member /> }
                />
            </Show>
        </section>
    }
}

#[component]
fn NameForm(member: Member) -> impl IntoView {
    let app = MemberApp::expect();
    let (id, base, stored) = (member.id, member.name.version(), member.name.value.0);
    let text = RwSignal::new(stored.clone());
    let error = RwSignal::new(None::<String>);
    let busy = Busy::default();
    let changed = memo(move || text.with(|text| text.trim() != stored));
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let name = text.get_untracked().trim().to_owned();
        if let Some(missing) = what_is_missing(&name) {
            error.set(Some(missing));
            return;
        }
        if !busy.begin() {
            return;
        }
        let edits = vec![GroupEdit { base, value: GroupValue::Name(name.into()) }];
        spawn_local(async move {
            let words = i18n::person();
            match submit_and_wait(app, Command::EditMember(EditMember { store: None, member: id, edits })).await {
                SubmitResult::Done => app.say("check", words.saved.to_owned()),
                SubmitResult::Waiting => app.say("cloud-off", words.saved_here.to_owned()),
                SubmitResult::Refused { why, .. } | SubmitResult::Failed(why) => show(app, error, why),
                SubmitResult::SignedOut => show(app, error, i18n::common().device.session_over.to_owned()),
            }
            busy.end();
        });
    };
    view! {
        <form class="form" novalidate on:submit=save>
            <div class="row">
                <Avatar name=text hue=hue_of(id.0) size="large" />
                <div class="grow">
                    <Field name="profile-name" label=Signal::derive(|| i18n::person().profile.to_owned()) error=error>
                        <input
                            class="input"
                            id="profile-name"
                            autocomplete="name"
                            prop:value=text
                            on:input=move |event| { text.set(event_target_value(&event)); error.set(None) }
                        />
                    </Field>
                </div>
            </div>
            <Show when=move || changed.get()>
                <button class="button button--primary button--wide" type="submit" disabled=move || busy.get()>
                    {move || i18n::common().actions.save}
                </button>
            </Show>
        </form>
    }
}
