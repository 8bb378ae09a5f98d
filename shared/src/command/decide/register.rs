//! Becoming a member, from the app and from the desk.

use super::Desk;
use super::member::check_name;
use super::scope::not_found;
use crate::command::RegisterMember;
use crate::decision::{Change, Decision};
use crate::id::AccountId;
use crate::member::{Consent, Contact, Group, Member, Profile};
use crate::refusal::Refusal;
use crate::role::{Permission, Principal};

/// One way to become a member, from the app and from the desk: with consent, and not twice with a number that is verified.
pub(super) fn register(desk: Desk<'_>, command: &RegisterMember) -> Result<Decision, Refusal> {
    let (account, verified) = match desk.context.actor.principal {
        Principal::Account(own) => (Some(own), own_number(desk, own, command)?),
        Principal::System => system_number(command),
        _ => {
            check_desk(desk, command)?;
            (None, None)
        }
    };
    command.store.map(|store| desk.store(store)).transpose()?;
    check_name(&command.name)?;
    desk.view.member(command.member).or_taken()?;
    if matches!(desk.context.actor.principal, Principal::Account(_)) {
        desk.context.member_use.check_people()?;
    }
    // An account's own number is the verified one; whatever else was typed is not.
    let typed = command.phone.clone().filter(|_| verified.is_none());
    let member = Member {
        id: command.member,
        account,
        name: Group::new(command.name.trim().to_owned()),
        contact: Group::new(Contact::of(typed)),
        verified,
        profile: Group::new(Profile::default()),
        notes: Group::new(String::new()),
        allergies: Group::new(String::new()),
        tags: Group::new(Vec::new()),
        tier: 0,
        // A store knows an account's people once they book there: naming it is not enough.
        stores: command.store.into_iter().filter(|_| desk.is_staff()).collect(),
        introduced: Vec::new(),
        registered_at: if desk.is_staff() { desk.context.moment } else { desk.context.now },
        channel: desk.context.channel,
        consent: consent(desk, command)?,
        alias_of: None,
    };
    Ok(Decision { changes: vec![Change::put(member)], ..Decision::default() })
}

/// The number an account signs in with. It names no other account, and no number but its own: what it says is not evidence.
fn own_number(desk: Desk<'_>, own: AccountId, command: &RegisterMember) -> Result<Option<Contact>, Refusal> {
    if command.account.is_some_and(|named| named != own) {
        return Err(Refusal::NotAllowed);
    }
    let number = desk.view.account_numbers.get(&own);
    match (&command.phone, number) {
        (Some(_), None) => Err(Refusal::Undecided),
        (Some(named), Some(number)) if named != number => Err(Refusal::Invalid { field: "phone".into() }),
        _ => Ok(number.map(|number| Contact::of(Some(number.clone())))),
    }
}

/// The product itself links accounts that it has made with that number: the demo.
fn system_number(command: &RegisterMember) -> (Option<AccountId>, Option<Contact>) {
    let linked = command.account.and(command.phone.clone());
    (command.account, linked.map(|number| Contact::of(Some(number))))
}

/// A desk registers into its own store, links no account, and registers nobody again whose verified number it has typed.
fn check_desk(desk: Desk<'_>, command: &RegisterMember) -> Result<(), Refusal> {
    let store = command.store.ok_or(Refusal::Invalid { field: "store".into() })?;
    desk.must(Permission::EditMembers, store)?;
    if command.account.is_some() {
        return Err(not_found("account"));
    }
    // Whom only other stores know is not told here.
    let known = command.phone.iter().flat_map(|phone| desk.view.members_with(phone)).find(|member| member.is_known_at(store));
    known.map_or(Ok(()), |member| Err(Refusal::NumberKnown { member: member.id }))
}

/// S2: nobody becomes a member without having agreed; only what comes from another system may have been agreed to there. When it was is
/// said by the server.
fn consent(desk: Desk<'_>, command: &RegisterMember) -> Result<Option<Consent>, Refusal> {
    match command.consent {
        Some(version) => Consent::given(version, desk.context.now).map(Some),
        None if desk.context.actor.principal == Principal::System => Ok(None),
        None => Err(Refusal::ConsentMissing),
    }
}
