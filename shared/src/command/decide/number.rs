//! Numbers that are proven: how a second store learns of a member, and how a record is linked to the account of its person.

use serde::{Deserialize, Serialize};

use super::scope::not_found;
use crate::command::decider::Decider;
use crate::command::payload::{Givers, Payload};
use crate::command::reads::Ask;
use crate::decision::{Change, Decision};
use crate::id::{AccountId, MemberId, StoreId};
use crate::member::{Contact, Member};
use crate::personal::Personal;
use crate::phone::Phone;
use crate::refusal::Refusal;
use crate::role::Permission;
use crate::versioned::Versioned;

/// A desk looks for a member of another store by the whole number, where that store shares its members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindMember {
    /// Store that looks for them.
    pub store: StoreId,
    /// Their whole number.
    pub phone: Phone,
}

/// The person has said the code at the desk: the number is theirs, and the store knows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProveNumber {
    /// Store at whose desk the code was said.
    pub store: StoreId,
    /// The number it was sent to.
    pub phone: Phone,
    /// The code.
    pub code: Personal<String>,
    /// The store's own record of the person who said it; `None` where the store does not know them yet.
    pub member: Option<MemberId>,
}

impl Versioned for FindMember {}

impl Payload for FindMember {
    const GIVEN_BY: Givers = Givers::Staff;
    /// How often somebody looks is counted where it is asked at once: no queue carries a list of numbers.
    const ONLINE_ONLY: bool = true;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        ask.number(&self.phone);
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        find(decider, self)
    }
}

impl Versioned for ProveNumber {}

impl Payload for ProveNumber {
    const GIVEN_BY: Givers = Givers::Staff;
    const ONLINE_ONLY: bool = true;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        ask.number(&self.phone);
        self.member.into_iter().for_each(|member| ask.member(member));
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        prove(decider, self)
    }
}

/// A desk finds members of a store that shares them, by the whole number that they have verified. It sees name and tier until they come.
pub(super) fn find(decider: Decider<'_>, command: &FindMember) -> Result<Decision, Refusal> {
    must_be_at_the_desk(decider, command.store)?;
    if !decider.view.known.numbers.contains(&command.phone) {
        return Err(Refusal::Undecided);
    }
    let found: Vec<&Member> =
        decider.view.members_with(&command.phone).filter(|member| is_shared(decider, command.store, member)).collect();
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
fn is_shared(decider: Decider<'_>, store: StoreId, member: &Member) -> bool {
    let shares = |known: &StoreId| decider.view.catalogue.stores.get(known).is_some_and(|store| store.rules.shares_members);
    member.alias_of.is_none() && (member.is_bookable_at(store) || member.stores.iter().any(shares))
}

/// The person has said the code: the store knows everybody who goes by that number, and its own record of the person is theirs.
pub(super) fn prove(decider: Decider<'_>, command: &ProveNumber) -> Result<Decision, Refusal> {
    must_be_at_the_desk(decider, command.store)?;
    let account = decider.context.proven.ok_or(Refusal::WrongCode)?;
    let mut proven: Vec<Member> = decider.view.members_with(&command.phone).cloned().collect();
    if let Some(id) = command.member {
        let own = decider.view.member(id).or_refuse("member")?;
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
    Ok(Member { account: Some(account), verified: Some(Contact::of(Some(command.phone.clone())).into()), ..member.clone() })
}

fn must_be_at_the_desk(decider: Decider<'_>, store: StoreId) -> Result<(), Refusal> {
    decider.store(store)?;
    decider.must(Permission::EditMembers, store)
}
