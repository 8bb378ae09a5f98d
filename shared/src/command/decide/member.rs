//! Members: editing field groups with last writer or priority (C3).

use serde::{Deserialize, Serialize};

use super::scope::not_found;
use crate::attention::{Attention, AttentionKind};
use crate::command::decider::Decider;
use crate::command::payload::{Givers, Payload};
use crate::command::reads::Ask;
use crate::command::texts::{Cleaning, PERSON, RECORD, TAG};
use crate::conflict::{self, Edit, Policy};
use crate::decision::{Change, Decision};
use crate::id::{AttentionId, MemberId, StoreId};
use crate::member::{Contact, Group, Member, MemberGroup, Profile};
use crate::noun::{Noun, RecordKey};
use crate::personal::{Blank, Personal};
use crate::phone::Phone;
use crate::refusal::Refusal;
use crate::role::{Permission, Principal};
use crate::staff::Gender;
use crate::store::{Rules, Store};
use crate::time::LocalDate;
use crate::versioned::Versioned;

/// Field groups of a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditMember {
    /// Store on whose behalf; `None` when members edit themselves.
    pub store: Option<StoreId>,
    /// Member.
    pub member: MemberId,
    /// The groups that change, each with the version that was on the screen when the form opened.
    pub edits: Vec<GroupEdit>,
}

/// A new value for one field group, based on a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupEdit {
    /// Version on the screen when the form opened; rebase never rewrites it.
    pub base: u32,
    /// New value.
    pub value: GroupValue,
}

/// Birthday and gender as a form says them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileForm {
    /// Birthday.
    pub birthday: Option<LocalDate>,
    /// Gender, where they chose to say it.
    pub gender: Option<Gender>,
}

impl Blank for ProfileForm {
    fn is_blank(&self) -> bool {
        *self == ProfileForm::default()
    }
}

impl From<Profile> for ProfileForm {
    fn from(profile: Profile) -> Self {
        ProfileForm { birthday: profile.birthday, gender: profile.gender }
    }
}

/// New values by group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupValue {
    /// Name.
    Name(Personal<String>),
    /// Contact; `None` removes the number.
    Contact(Option<Phone>),
    /// Birthday, gender.
    Profile(Personal<ProfileForm>),
    /// Staff notes.
    Notes(Personal<String>),
    /// Allergies and needs.
    Allergies(Personal<String>),
    /// Tags.
    Tags(Personal<Vec<String>>),
}

impl Versioned for EditMember {}

impl Payload for EditMember {
    const GIVEN_BY: Givers = Givers::Everybody;

    fn store(&self) -> Option<StoreId> {
        self.store
    }

    fn about(&self) -> Option<RecordKey> {
        Some(Member::key_of(self.member))
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        ask.member(self.member);
    }

    fn clean(&mut self, cleaning: &mut Cleaning) {
        for edit in &mut self.edits {
            edit.value.clean(cleaning);
        }
    }

    fn parts(&self) -> usize {
        self.edits.iter().map(|edit| edit.value.parts()).fold(self.edits.len(), usize::max)
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        edit(decider, self)
    }
}

pub(super) fn check_name(name: &str) -> Result<(), Refusal> {
    if crate::text::clean_line(name).is_empty() { Err(Refusal::Invalid { field: "name".into() }) } else { PERSON.check("name", name) }
}

pub(super) fn edit(decider: Decider<'_>, command: &EditMember) -> Result<Decision, Refusal> {
    let member = editable(decider, command)?;
    let groups = || command.edits.iter().map(|edit| edit.value.group());
    let is_named_twice = groups().any(|group| groups().filter(|other| *other == group).count() > 1);
    if command.edits.is_empty() || is_named_twice {
        return Err(Refusal::Invalid { field: "edits".into() });
    }
    let home = member.stores.first().and_then(|store| decider.view.catalogue.stores.get(store));
    let mut edited = member.clone();
    let mut lost = Vec::new();
    for edit in &command.edits {
        if !apply(decider, home, &mut edited, edit)? {
            lost.push(edit.value.group());
        }
    }
    let mut changes = vec![Change::put(edited)];
    if let Some(store) = command.store.or(home.map(|store| store.id)) {
        changes.extend(lost.into_iter().map(|group| superseded(decider, store, member.id, group)));
    }
    Ok(Decision { changes, ..Decision::default() })
}

/// One entry for each record and group, however often somebody loses: a later one takes the place of the one before.
fn superseded(decider: Decider<'_>, store: StoreId, member: MemberId, group: MemberGroup) -> Change {
    let id = member.0.as_u128() ^ store.0.as_u128().rotate_left(64) ^ (group as u128 + 1);
    Change::put(Attention {
        id: AttentionId(uuid::Uuid::from_u128(id)),
        store,
        about: AttentionKind::Superseded { member, group },
        raised_at: decider.context.now,
        resolved_at: None,
    })
}

/// A store edits whom it knows; members edit themselves, on behalf of no store or of one that knows them.
fn editable<'a>(decider: Decider<'a>, command: &EditMember) -> Result<&'a Member, Refusal> {
    if let Principal::Account(own) = decider.context.actor.principal {
        let member = decider.view.member(command.member).or_refuse("member")?;
        if member.account != Some(own) {
            return Err(not_found("member"));
        }
        if command.store.is_some_and(|store| !member.is_known_at(store)) {
            return Err(not_found("store"));
        }
        let allowed = |edit: &GroupEdit| matches!(edit.value.group(), MemberGroup::Name | MemberGroup::Profile | MemberGroup::Allergies);
        return if command.edits.iter().all(allowed) { Ok(member) } else { Err(Refusal::NotAllowed) };
    }
    // The right comes first: who has none must not learn which members there are.
    let store = command.store.ok_or(Refusal::Invalid { field: "store".into() })?;
    decider.must(Permission::EditMembers, store)?;
    let member = decider.view.member(command.member).or_refuse("member")?;
    if member.is_known_at(store) { Ok(member) } else { Err(not_found("member")) }
}

/// Applies one edit; `false` when it and a concurrent one overruled each other. It is judged by the rules of the store that knew the member
/// first, through whatever store or app it comes: two edits must be judged by one policy, or the order of their arrival would count.
fn apply(decider: Decider<'_>, home: Option<&Store>, member: &mut Member, edit: &GroupEdit) -> Result<bool, Refusal> {
    let fallback = Rules::default();
    let rules = home.map_or(&fallback, |store| &store.rules);
    match &edit.value {
        GroupValue::Name(name) => {
            check_name(name)?;
            Ok(write(decider, rules, &mut member.name, edit, name.trim().to_owned()))
        }
        GroupValue::Contact(phone) => {
            let contact = Contact::of(phone.clone());
            Ok(write(decider, rules, &mut member.contact, edit, contact))
        }
        GroupValue::Profile(profile) => {
            let profile = Profile { birthday: profile.birthday, gender: profile.gender };
            profile.check(today(decider, home))?;
            Ok(write(decider, rules, &mut member.profile, edit, profile))
        }
        GroupValue::Notes(text) => RECORD.check("notes", text).map(|()| write(decider, rules, &mut member.notes, edit, text.0.clone())),
        GroupValue::Allergies(text) => {
            RECORD.check("allergies", text).map(|()| write(decider, rules, &mut member.allergies, edit, text.0.clone()))
        }
        GroupValue::Tags(tags) => {
            if tags.len() > 30 || tags.iter().any(|tag| tag.trim().is_empty() || TAG.check("tags", tag).is_err()) {
                return Err(Refusal::Invalid { field: "tags".into() });
            }
            Ok(write(decider, rules, &mut member.tags, edit, tags.0.clone()))
        }
    }
}

/// The date where the member's store is; before there is one, the latest date anywhere.
fn today(decider: Decider<'_>, home: Option<&Store>) -> LocalDate {
    let now = decider.context.now;
    home.map_or_else(|| LocalDate(now.plus_minutes(14 * 60).utc_day()), |store| store.zone.local(now).0)
}

/// Writes a group by the policy of the member's home store; `false` when it and another edit overruled each other.
fn write<T: Clone>(decider: Decider<'_>, rules: &Rules, group: &mut Group<T>, edit: &GroupEdit, value: T) -> bool {
    let policy = if rules.priority_groups.contains(&edit.value.group()) { Policy::Priority } else { Policy::LastWriter };
    let arriving = Edit {
        base: edit.base,
        stamp: decider.context.stamp,
        replica: decider.context.replica,
        number: decider.context.number,
        rank: rules.rank(decider.context.channel),
    };
    !conflict::write(policy, group, &arriving, value)
}

impl GroupValue {
    fn clean(&mut self, cleaning: &mut Cleaning) {
        match self {
            GroupValue::Name(name) => cleaning.text("name", PERSON, name),
            GroupValue::Notes(text) => cleaning.text("notes", RECORD, text),
            GroupValue::Allergies(text) => cleaning.text("allergies", RECORD, text),
            GroupValue::Tags(tags) => tags.iter_mut().for_each(|tag| cleaning.text("tags", TAG, tag)),
            GroupValue::Contact(_) | GroupValue::Profile(_) => {}
        }
    }

    fn parts(&self) -> usize {
        if let GroupValue::Tags(tags) = self { tags.len() } else { 0 }
    }

    /// The group the value belongs to.
    #[must_use]
    pub fn group(&self) -> MemberGroup {
        match self {
            GroupValue::Name(_) => MemberGroup::Name,
            GroupValue::Contact(_) => MemberGroup::Contact,
            GroupValue::Profile(_) => MemberGroup::Profile,
            GroupValue::Notes(_) => MemberGroup::Notes,
            GroupValue::Allergies(_) => MemberGroup::Allergies,
            GroupValue::Tags(_) => MemberGroup::Tags,
        }
    }
}
