//! Numbers that are proven: how a second store learns of a member, and how a record is linked to the account of its person.

use super::Desk;
use super::scope::not_found;
use crate::command::{FindMember, ProveNumber};
use crate::decision::{Change, Decision};
use crate::id::{AccountId, StoreId};
use crate::member::{Contact, Member};
use crate::refusal::Refusal;
use crate::role::Permission;

/// A desk finds members of a store that shares them, by the whole number that they have verified. It sees name and tier until they come.
pub(super) fn find(desk: Desk<'_>, command: &FindMember) -> Result<Decision, Refusal> {
    must_be_at_the_desk(desk, command.store)?;
    // Whoever looks waits for the answer, and how often is counted where it is asked at once: no queue carries a list of numbers.
    if desk.context.number != 0 {
        return Err(Refusal::NotAllowed);
    }
    if !desk.view.known.numbers.contains(&command.phone) {
        return Err(Refusal::Undecided);
    }
    let found: Vec<&Member> = desk.view.members_with(&command.phone).filter(|member| is_shared(desk, command.store, member)).collect();
    if found.is_empty() {
        return Err(not_found("member"));
    }
    let new = found.into_iter().filter(|member| !member.is_bookable_at(command.store)).map(|member| {
        let mut member = member.clone();
        member.introduced.push(command.store);
        Change::put(member)
    });
    Ok(Decision { changes: new.collect(), ..Decision::default() })
}

/// A person is shared by the stores that know them, as far as these say so; what the store knows itself it may always find.
fn is_shared(desk: Desk<'_>, store: StoreId, member: &Member) -> bool {
    let shares = |known: &StoreId| desk.view.catalogue.stores.get(known).is_some_and(|store| store.rules.shares_members);
    member.alias_of.is_none() && (member.is_bookable_at(store) || member.stores.iter().any(shares))
}

/// The person has said the code: the store knows everybody who goes by that number, and its own record of the person is theirs.
pub(super) fn prove(desk: Desk<'_>, command: &ProveNumber) -> Result<Decision, Refusal> {
    must_be_at_the_desk(desk, command.store)?;
    let account = desk.context.proven.ok_or(Refusal::WrongCode)?;
    let mut proven: Vec<Member> = desk.view.members_with(&command.phone).cloned().collect();
    if let Some(id) = command.member {
        let own = desk.view.member(id).or_refuse("member")?;
        if !own.is_known_at(command.store) {
            return Err(not_found("member"));
        }
        proven.retain(|member| member.id != id);
        proven.push(linked(own, account, command)?);
    }
    if proven.is_empty() {
        return Err(not_found("member"));
    }
    proven.iter_mut().for_each(|member| member.introduce(command.store));
    Ok(Decision { changes: proven.into_iter().map(Change::put).collect(), ..Decision::default() })
}

/// The record as that of the account. One that belongs to another account stays there: whoever holds it has proven another number. One that
/// goes by another number is somebody else's, for all that is known: whoever knows better writes the right number down first.
fn linked(member: &Member, account: AccountId, command: &ProveNumber) -> Result<Member, Refusal> {
    if member.account.is_some_and(|other| other != account) {
        return Err(Refusal::NotAllowed);
    }
    let typed = &member.contact.value;
    if typed.phone.is_some() && !typed.is_same(&Contact::of(Some(command.phone.clone()))) && member.verified.is_none() {
        return Err(Refusal::NumberDiffers);
    }
    Ok(Member { account: Some(account), verified: Some(Contact::of(Some(command.phone.clone()))), ..member.clone() })
}

/// Only sent directly: an answer that comes hours later helps nobody who stands at the desk.
fn must_be_at_the_desk(desk: Desk<'_>, store: StoreId) -> Result<(), Refusal> {
    desk.store(store)?;
    desk.must(Permission::EditMembers, store)?;
    if desk.context.number == 0 { Ok(()) } else { Err(Refusal::NotAllowed) }
}
