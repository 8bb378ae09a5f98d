//! Members: editing field groups with last writer or priority (C3).

use super::Desk;
use super::scope::not_found;
use crate::attention::{Attention, AttentionKind};
use crate::command::texts::{PERSON, RECORD, TAG};
use crate::command::{EditMember, GroupEdit, GroupValue};
use crate::decision::{Change, Decision};
use crate::id::{AttentionId, MemberId, StoreId};
use crate::member::{Contact, Group, Member, MemberGroup};
use crate::refusal::Refusal;
use crate::role::{Permission, Principal};
use crate::store::{Rules, Store};
use crate::sync::conflict::{self, Edit, Policy};
use crate::time::LocalDate;

pub(super) fn check_name(name: &str) -> Result<(), Refusal> {
    if crate::text::clean_line(name).is_empty() { Err(Refusal::Invalid { field: "name".into() }) } else { PERSON.check("name", name) }
}

pub(super) fn edit(desk: Desk<'_>, command: &EditMember) -> Result<Decision, Refusal> {
    let member = editable(desk, command)?;
    let groups = || command.edits.iter().map(|edit| edit.value.group());
    let is_named_twice = groups().any(|group| groups().filter(|other| *other == group).count() > 1);
    if command.edits.is_empty() || is_named_twice {
        return Err(Refusal::Invalid { field: "edits".into() });
    }
    let home = member.stores.first().and_then(|store| desk.view.catalogue.stores.get(store));
    let mut edited = member.clone();
    let mut lost = Vec::new();
    for edit in &command.edits {
        if !apply(desk, home, &mut edited, edit)? {
            lost.push(edit.value.group());
        }
    }
    let mut changes = vec![Change::put(edited)];
    if let Some(store) = command.store.or(home.map(|store| store.id)) {
        changes.extend(lost.into_iter().map(|group| superseded(desk, store, member.id, group)));
    }
    Ok(Decision { changes, ..Decision::default() })
}

/// One entry for each record and group, however often somebody loses: a later one takes the place of the one before.
fn superseded(desk: Desk<'_>, store: StoreId, member: MemberId, group: MemberGroup) -> Change {
    let id = member.0.as_u128() ^ store.0.as_u128().rotate_left(64) ^ (group as u128 + 1);
    Change::put(Attention {
        id: AttentionId(uuid::Uuid::from_u128(id)),
        store,
        about: AttentionKind::Superseded { member, group },
        raised_at: desk.context.now,
        resolved_at: None,
    })
}

/// A store edits whom it knows; members edit themselves, on behalf of no store or of one that knows them.
fn editable<'a>(desk: Desk<'a>, command: &EditMember) -> Result<&'a Member, Refusal> {
    if let Principal::Account(own) = desk.context.actor.principal {
        let member = desk.view.member(command.member).or_refuse("member")?;
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
    desk.must(Permission::EditMembers, store)?;
    let member = desk.view.member(command.member).or_refuse("member")?;
    if member.is_known_at(store) { Ok(member) } else { Err(not_found("member")) }
}

/// Applies one edit; `false` when it and a concurrent one overruled each other. It is judged by the rules of the store that knew the member
/// first, through whatever store or app it comes: two edits must be judged by one policy, or the order of their arrival would count.
fn apply(desk: Desk<'_>, home: Option<&Store>, member: &mut Member, edit: &GroupEdit) -> Result<bool, Refusal> {
    let fallback = Rules::default();
    let rules = home.map_or(&fallback, |store| &store.rules);
    match &edit.value {
        GroupValue::Name(name) => {
            check_name(name)?;
            Ok(write(desk, rules, &mut member.name, edit, name.trim().to_owned()))
        }
        GroupValue::Contact(phone) => {
            let contact = Contact::of(phone.clone());
            Ok(write(desk, rules, &mut member.contact, edit, contact))
        }
        GroupValue::Profile(profile) => {
            profile.check(today(desk, home))?;
            Ok(write(desk, rules, &mut member.profile, edit, profile.clone()))
        }
        GroupValue::Notes(text) => RECORD.check("notes", text).map(|()| write(desk, rules, &mut member.notes, edit, text.clone())),
        GroupValue::Allergies(text) => {
            RECORD.check("allergies", text).map(|()| write(desk, rules, &mut member.allergies, edit, text.clone()))
        }
        GroupValue::Tags(tags) => {
            if tags.len() > 30 || tags.iter().any(|tag| tag.trim().is_empty() || TAG.check("tags", tag).is_err()) {
                return Err(Refusal::Invalid { field: "tags".into() });
            }
            Ok(write(desk, rules, &mut member.tags, edit, tags.clone()))
        }
    }
}

/// The date where the member's store is; before there is one, the latest date anywhere.
fn today(desk: Desk<'_>, home: Option<&Store>) -> LocalDate {
    let now = desk.context.now;
    home.map_or_else(|| LocalDate(now.plus_minutes(14 * 60).utc_day()), |store| store.zone.local(now).0)
}

/// Writes a group by the policy of the member's home store; `false` when it and another edit overruled each other.
fn write<T: Clone>(desk: Desk<'_>, rules: &Rules, group: &mut Group<T>, edit: &GroupEdit, value: T) -> bool {
    let policy = if rules.priority_groups.contains(&edit.value.group()) { Policy::Priority } else { Policy::LastWriter };
    let arriving = Edit {
        base: edit.base,
        stamp: desk.context.stamp,
        replica: desk.context.replica,
        number: desk.context.number,
        rank: rules.rank(desk.context.channel),
    };
    !conflict::write(policy, group, &arriving, value)
}

impl GroupValue {
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
