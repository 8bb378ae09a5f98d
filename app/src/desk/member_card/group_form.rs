//! Editing one field group. The version it is based on is taken when the form opens and never again.

use leptos::prelude::*;
use shared::command::{Command, EditMember, GroupEdit, GroupValue, ProfileForm};
use shared::member::{Member, MemberGroup};
use shared::phone::Phone;
use shared::region::Region;
use shared::staff::Gender;
use shared::time::LocalDate;

use crate::components::text_field::{TextField, TextKind};
use crate::desk::done::Done;
use crate::desk::gender_choice::GenderChoice;
use crate::desk::member_card::group_text::version;
use crate::desk::problem::Problem;
use crate::desk::workbench::Workbench;
use crate::state::SubmitError;
use crate::{i18n, phones};

/// What is typed so far.
#[derive(Clone, Copy)]
struct GroupFields {
    group: MemberGroup,
    /// Version on the screen when the form opened.
    base: u32,
    /// Text, phone, birthday, or tags with commas.
    text: RwSignal<String>,
    gender: RwSignal<Option<Gender>>,
}

impl GroupFields {
    fn of(member: &Member, group: MemberGroup) -> Self {
        let text = match group {
            MemberGroup::Contact => member.contact.value.phone.as_ref().map(Phone::spaced).unwrap_or_default(),
            MemberGroup::Profile => member.profile.value.birthday.map(|date| date.to_string()).unwrap_or_default(),
            group => super::current_text(member, group),
        };
        let gender = member.profile.value.gender;
        GroupFields { group, base: version(member, group), text: RwSignal::new(text), gender: RwSignal::new(gender) }
    }

    /// The new value, or what is wrong with it.
    fn value(self, region: Region) -> Result<GroupValue, String> {
        let text = self.text.get_untracked().trim().to_owned();
        Ok(match self.group {
            MemberGroup::Name => GroupValue::Name(text.into()),
            MemberGroup::Notes => GroupValue::Notes(text.into()),
            MemberGroup::Allergies => GroupValue::Allergies(text.into()),
            MemberGroup::Tags => GroupValue::Tags(tags_of(&text).into()),
            MemberGroup::Contact if text.is_empty() => GroupValue::Contact(None),
            MemberGroup::Contact => GroupValue::Contact(Some(phones::read_in(region, &text)?)),
            MemberGroup::Profile => {
                GroupValue::Profile(ProfileForm { birthday: LocalDate::parse(&text), gender: self.gender.get_untracked() }.into())
            }
        })
    }
}

/// Tags between commas of either kind, each once.
fn tags_of(text: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in text.split([',', '，', '、']).map(str::trim).filter(|tag| !tag.is_empty()) {
        if !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    }
    tags
}

#[component]
pub(super) fn GroupForm(record: Memo<Option<Member>>, group: MemberGroup, editing: RwSignal<Option<MemberGroup>>) -> impl IntoView {
    let bench = Workbench::expect();
    let (problem, refused) = (RwSignal::new(None::<String>), RwSignal::new(None::<SubmitError>));
    let opened = record.get_untracked().map(|member| (member.id, GroupFields::of(&member, group)));
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let (Some((member, draft)), Some(store)) = (opened, bench.store_now()) else { return };
        let value = match draft.value(bench.region()) {
            Ok(value) => value,
            Err(text) => return problem.set(Some(text)),
        };
        let edits = vec![GroupEdit { base: draft.base, value }];
        let command = Command::EditMember(EditMember { store: Some(store.id), member, edits });
        problem.set(None);
        bench.give(command, Done::said("check", i18n::people().saved).then(move || editing.set(None)), refused);
    };
    let trouble = Signal::derive(move || problem.get().or_else(|| refused.get().map(|error| i18n::refusals().submit(&error))));
    let changed_meanwhile = Memo::new(move |_| {
        let base = opened.map(|(_, draft)| draft.base);
        record.with(|member| member.as_ref().map(|member| version(member, group)) != base)
    });
    view! {
        <form class="form grow" on:submit=save>
            {opened.map(|(_, draft)| view! { <Controls draft /> })}
            <Show when=move || changed_meanwhile.get()>
                <p class="small muted" role="status">{move || i18n::people().changed_meanwhile}</p>
            </Show>
            <Problem text=trouble />
            <div class="form__actions">
                <button class="button" type="button" on:click=move |_| editing.set(None)>{move || i18n::common().actions.back}</button>
                <button class="button button--primary" type="submit">{move || i18n::common().actions.save}</button>
            </div>
        </form>
    }
}

#[component]
fn Controls(draft: GroupFields) -> impl IntoView {
    let GroupFields { group, text, gender, .. } = draft;
    let label = Signal::derive(move || match group {
        MemberGroup::Profile => i18n::people().birthday.to_owned(),
        MemberGroup::Tags => i18n::people().tags_label.to_owned(),
        group => (i18n::people().group)(group).to_owned(),
    });
    let kind = match group {
        MemberGroup::Contact => TextKind::Phone,
        MemberGroup::Notes | MemberGroup::Allergies => TextKind::Lines,
        MemberGroup::Profile => TextKind::Date,
        MemberGroup::Name | MemberGroup::Tags => TextKind::Words,
    };
    view! {
        <TextField name="member-group" label value=text kind />
        {(group == MemberGroup::Profile).then(|| view! { <GenderChoice gender /> })}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_apart_by_commas_of_either_kind_and_kept_once() {
        assert_eq!(tags_of("怕烫，安静, 怕烫、 "), ["怕烫", "安静"]);
    }
}
