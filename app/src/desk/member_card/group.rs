//! One field group of a member: what it says, the pencil, and the value that lost a concurrent edit.

use leptos::prelude::*;
use shared::command::{GroupValue, ProfileForm};
use shared::member::{Group, Member, MemberGroup};
use shared::role::Permission;
use shared::stamp::Written;

use super::group_form::GroupForm;
use super::superseded::Lost;
use crate::components::icon::Icon;
use crate::desk::members::{contact_text, phone_text};
use crate::desk::workbench::Workbench;
use crate::i18n::{self, format};

/// Reads, or edits while it is the one being edited.
#[component]
pub(super) fn GroupBlock(record: Memo<Option<Member>>, group: MemberGroup, editing: RwSignal<Option<MemberGroup>>) -> impl IntoView {
    let bench = Workbench::expect();
    let is_edited = Memo::new(move |_| editing.get() == Some(group));
    let text = move || record.with(|member| member.as_ref().map(|member| current_text(member, group)).unwrap_or_default());
    let shown = move || {
        let text = text();
        if text.is_empty() { i18n::people().nothing.to_owned() } else { text }
    };
    let has_lost = Memo::new(move |_| record.with(|member| member.as_ref().is_some_and(|member| lost(member, group).is_some())));
    // A number of which only the mask is shown cannot be edited: the form would begin without it.
    let is_masked = Memo::new(move |_| {
        let hides = |member: &Member| member.contact.value.phone.is_none() && !member.contact.value.masked.is_empty();
        group == MemberGroup::Contact && record.with(|member| member.as_ref().is_some_and(hides))
    });
    let label = move || (i18n::people().group)(group);
    let edit_label = move || format!("{} {}", i18n::common().actions.edit, label());
    view! {
        <div class="list__item">
            <Show
                when=move || is_edited.get()
                fallback=move || {
                    view! {
                        <div class="list__text">
                            <span class="list__note">{label}</span>
                            <span class="list__title" class:muted=move || text().is_empty()>{shown}</span>
                            <Show when=move || has_lost.get()><Lost record group /></Show>
                        </div>
                        <Show when=move || bench.may(Permission::EditMembers) && !is_masked.get()>
                            <button
                                class="button button--icon"
                                type="button"
                                aria-label=edit_label
                                on:click=move |_| editing.set(Some(group))
                            >
                                <Icon name="edit" />
                            </button>
                        </Show>
                    }
                }
            >
                <GroupForm record group editing />
            </Show>
        </div>
    }
}

/// What a group says, in words.
#[must_use]
pub fn current_text(member: &Member, group: MemberGroup) -> String {
    match group {
        MemberGroup::Name => member.name.value.0.clone(),
        MemberGroup::Contact => number_text(member),
        MemberGroup::Profile => profile_text(&member.profile.value.0.clone().into()),
        MemberGroup::Notes => member.notes.value.0.clone(),
        MemberGroup::Allergies => member.allergies.value.0.clone(),
        MemberGroup::Tags => member.tags.value.join(i18n::people().comma),
    }
}

/// What the desk has typed, and that nobody has proven it; where it has typed nothing, the number they have proven.
fn number_text(member: &Member) -> String {
    let typed = &member.contact.value;
    match (typed.masked.is_empty(), member.has_unverified_number()) {
        (true, _) => phone_text(member),
        (false, false) => contact_text(typed),
        (false, true) => format!("{} · {}", contact_text(typed), i18n::people().unverified),
    }
}

/// The value that lost, in words, with its writer.
#[must_use]
pub fn lost_text(member: &Member, group: MemberGroup) -> Option<(String, Written)> {
    let (value, written) = lost(member, group)?;
    let text = match value {
        GroupValue::Name(text) | GroupValue::Notes(text) | GroupValue::Allergies(text) => text.0,
        GroupValue::Contact(Some(phone)) => phone.spaced(),
        GroupValue::Contact(None) => member.contact.lost().map(|lost| lost.value.masked.clone()).unwrap_or_default(),
        GroupValue::Profile(profile) => profile_text(&profile),
        GroupValue::Tags(tags) => tags.join(i18n::people().comma),
    };
    let text = if text.is_empty() { i18n::people().nothing.to_owned() } else { text };
    Some((text, written))
}

fn profile_text(profile: &ProfileForm) -> String {
    let gender = profile.gender.map(|gender| (i18n::people().gender_of)(gender).to_owned());
    let birthday = profile.birthday.map(|date| format!("{} {}", i18n::people().birthday, format::date_with_year(date)));
    [gender, birthday].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The value that lost, ready to be brought back.
pub(super) fn lost(member: &Member, group: MemberGroup) -> Option<(GroupValue, Written)> {
    fn of<T: Clone>(group: &Group<T>, value: impl Fn(T) -> GroupValue) -> Option<(GroupValue, Written)> {
        group.lost().map(|lost| (value(lost.value.0.clone()), lost.written))
    }
    match group {
        MemberGroup::Name => of(&member.name, |name| GroupValue::Name(name.into())),
        MemberGroup::Contact => of(&member.contact, |contact| GroupValue::Contact(contact.phone)),
        MemberGroup::Profile => of(&member.profile, |profile| GroupValue::Profile(ProfileForm::from(profile).into())),
        MemberGroup::Notes => of(&member.notes, |text| GroupValue::Notes(text.into())),
        MemberGroup::Allergies => of(&member.allergies, |text| GroupValue::Allergies(text.into())),
        MemberGroup::Tags => of(&member.tags, |tags| GroupValue::Tags(tags.into())),
    }
}

/// The version a form is based on.
#[must_use]
pub(super) fn version(member: &Member, group: MemberGroup) -> u32 {
    match group {
        MemberGroup::Name => member.name.version(),
        MemberGroup::Contact => member.contact.version(),
        MemberGroup::Profile => member.profile.version(),
        MemberGroup::Notes => member.notes.version(),
        MemberGroup::Allergies => member.allergies.version(),
        MemberGroup::Tags => member.tags.version(),
    }
}

/// Who wrote a group last.
#[must_use]
pub fn current_written(member: &Member, group: MemberGroup) -> Option<Written> {
    match group {
        MemberGroup::Name => member.name.written,
        MemberGroup::Contact => member.contact.written,
        MemberGroup::Profile => member.profile.written,
        MemberGroup::Notes => member.notes.written,
        MemberGroup::Allergies => member.allergies.written,
        MemberGroup::Tags => member.tags.written,
    }
}
