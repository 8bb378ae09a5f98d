//! What a group of a member says now, and what was lost.

use shared::command::{GroupValue, ProfileForm};
use shared::member::{Group, Member, MemberGroup};
use shared::stamp::Written;

use crate::desk::contact_text::{contact_text, phone_text};
use crate::i18n::{self, format};

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

/// The value that lost, ready to be brought back.
pub(crate) fn lost(member: &Member, group: MemberGroup) -> Option<(GroupValue, Written)> {
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
pub(crate) fn version(member: &Member, group: MemberGroup) -> u32 {
    match group {
        MemberGroup::Name => member.name.version(),
        MemberGroup::Contact => member.contact.version(),
        MemberGroup::Profile => member.profile.version(),
        MemberGroup::Notes => member.notes.version(),
        MemberGroup::Allergies => member.allergies.version(),
        MemberGroup::Tags => member.tags.version(),
    }
}

/// What the desk has typed, and that nobody has proven it; where it has typed nothing, the number they have proven.
pub(crate) fn number_text(member: &Member) -> String {
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

pub(crate) fn profile_text(profile: &ProfileForm) -> String {
    let gender = profile.gender.map(|gender| (i18n::people().gender_of)(gender).to_owned());
    let birthday = profile.birthday.map(|date| format!("{} {}", i18n::people().birthday, format::date_with_year(date)));
    [gender, birthday].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
