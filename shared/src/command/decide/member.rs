//! Members: registering, and editing field groups with last writer or priority (C3).

use super::{Desk, MAX_NOTE};
use crate::attention::AttentionKind;
use crate::command::{EditMember, GroupEdit, GroupValue, RegisterMember};
use crate::decision::{Change, Decision};
use crate::id::StoreId;
use crate::member::{Contact, Group, Member, MemberGroup, Profile};
use crate::refusal::Refusal;
use crate::role::{Permission, Principal};
use crate::store::Rules;
use crate::sync::conflict::{self, Edit, Policy};

/// Longest name in characters.
const MAX_NAME: usize = 40;

pub(super) fn register(desk: Desk<'_>, command: &RegisterMember) -> Result<Decision, Refusal> {
    let account = match desk.context.actor.principal {
        Principal::Account(_) => desk.account_for(command.account)?,
        _ => {
            let store = command.store.ok_or(Refusal::Invalid { field: "store".into() })?;
            desk.store(store)?;
            desk.must(Permission::EditMembers, store)?;
            command.account
        }
    };
    // S2: nobody becomes a member in the app without having agreed.
    if !desk.is_staff() && command.consent.is_none() {
        return Err(Refusal::ConsentMissing);
    }
    check_name(&command.name)?;
    desk.view.member(command.member).or_taken()?;
    let member = Member {
        id: command.member,
        account,
        name: Group::new(command.name.trim().to_owned()),
        contact: Group::new(Contact::of(command.phone.clone())),
        profile: Group::new(Profile::default()),
        notes: Group::new(String::new()),
        allergies: Group::new(String::new()),
        tags: Group::new(Vec::new()),
        tier: 0,
        stores: command.store.into_iter().collect(),
        registered_at: desk.context.stamp.at,
        channel: desk.context.channel,
        consent: command.consent,
        alias_of: None,
    };
    Ok(Decision { changes: vec![Change::PutMember(member)], ..Decision::default() })
}

fn check_name(name: &str) -> Result<(), Refusal> {
    let length = name.trim().chars().count();
    if length == 0 || length > MAX_NAME { Err(Refusal::Invalid { field: "name".into() }) } else { Ok(()) }
}

pub(super) fn edit(desk: Desk<'_>, command: &EditMember) -> Result<Decision, Refusal> {
    let member = desk.view.member(command.member).or_refuse("member")?;
    check_right(desk, command, member)?;
    if command.edits.is_empty() || command.edits.len() > 12 {
        return Err(Refusal::Invalid { field: "edits".into() });
    }
    let rules = home_rules(desk, member);
    let mut edited = member.clone();
    let mut lost = Vec::new();
    for edit in &command.edits {
        if !apply(desk, &rules, &mut edited, edit)? {
            lost.push(AttentionKind::Superseded { member: member.id, group: edit.value.group() });
        }
    }
    let mut changes = vec![Change::PutMember(edited)];
    if let Some(store) = inbox_store(command, member) {
        changes.extend(desk.attention(store, lost));
    }
    Ok(Decision { changes, ..Decision::default() })
}

fn check_right(desk: Desk<'_>, command: &EditMember, member: &Member) -> Result<(), Refusal> {
    if let Principal::Account(_) = desk.context.actor.principal {
        let own = member.account.is_some() && member.account == desk.context.actor.account_id();
        let allowed = |edit: &GroupEdit| matches!(edit.value.group(), MemberGroup::Name | MemberGroup::Profile | MemberGroup::Allergies);
        return match (own, command.edits.iter().all(allowed)) {
            (false, _) => Err(Refusal::NotFound { kind: "member".into() }),
            (true, false) => Err(Refusal::NotAllowed),
            (true, true) => Ok(()),
        };
    }
    let store = command.store.ok_or(Refusal::Invalid { field: "store".into() })?;
    desk.must(Permission::EditMembers, store)?;
    if member.stores.contains(&store) { Ok(()) } else { Err(Refusal::NotFound { kind: "member".into() }) }
}

/// The rules of the store that knew the member first, through whatever store or app an edit comes: two edits must be judged by one
/// policy, or the order of their arrival would count.
fn home_rules(desk: Desk<'_>, member: &Member) -> Rules {
    let home = member.stores.first().and_then(|store| desk.view.catalogue.stores.get(store));
    home.map(|store| store.rules.clone()).unwrap_or_default()
}

fn inbox_store(command: &EditMember, member: &Member) -> Option<StoreId> {
    command.store.or_else(|| member.stores.first().copied())
}

/// Applies one edit; `false` when it and a concurrent one overruled each other.
fn apply(desk: Desk<'_>, rules: &Rules, member: &mut Member, edit: &GroupEdit) -> Result<bool, Refusal> {
    let too_long = |text: &str| text.chars().count() > 4 * MAX_NOTE;
    match &edit.value {
        GroupValue::Name(name) => {
            check_name(name)?;
            Ok(write(desk, rules, &mut member.name, edit, name.trim().to_owned()))
        }
        GroupValue::Contact(phone) => {
            let contact = Contact::of(phone.clone());
            Ok(write(desk, rules, &mut member.contact, edit, contact))
        }
        GroupValue::Profile(profile) => Ok(write(desk, rules, &mut member.profile, edit, profile.clone())),
        GroupValue::Notes(text) | GroupValue::Allergies(text) if too_long(text) => Err(Refusal::Invalid { field: "notes".into() }),
        GroupValue::Notes(text) => Ok(write(desk, rules, &mut member.notes, edit, text.clone())),
        GroupValue::Allergies(text) => Ok(write(desk, rules, &mut member.allergies, edit, text.clone())),
        GroupValue::Tags(tags) => {
            if tags.len() > 30 || tags.iter().any(|tag| tag.trim().is_empty() || tag.chars().count() > 20) {
                return Err(Refusal::Invalid { field: "tags".into() });
            }
            Ok(write(desk, rules, &mut member.tags, edit, tags.clone()))
        }
    }
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
