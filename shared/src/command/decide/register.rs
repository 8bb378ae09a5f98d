//! Becoming a member, from the app and from the desk.

use serde::{Deserialize, Serialize};

use super::member::check_name;
use super::scope::not_found;
use crate::command::decider::Decider;
use crate::command::payload::{Givers, Payload};
use crate::command::reads::Ask;
use crate::command::texts::{Cleaning, PERSON};
use crate::decision::{Change, Decision};
use crate::id::{AccountId, MemberId, StoreId};
use crate::member::{Consent, Contact, Group, Member, Profile};
use crate::noun::{Noun, RecordKey};
use crate::personal::Personal;
use crate::phone::Phone;
use crate::refusal::Refusal;
use crate::role::{Permission, Principal};
use crate::versioned::Versioned;

/// A person becomes a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterMember {
    /// Id.
    pub member: MemberId,
    /// Account; a member's own session may only name its own, and a desk none: only a code links one.
    pub account: Option<AccountId>,
    /// Store that registers them; `None` in the member app before the first booking.
    pub store: Option<StoreId>,
    /// Name.
    pub name: Personal<String>,
    /// Phone as the desk typed it: unverified. Members name none but the number they sign in with, which is known anyway.
    pub phone: Option<Phone>,
    /// Version of the privacy notice they agreed to; only imports have none.
    pub consent: Option<u16>,
}

impl Versioned for RegisterMember {}

impl Payload for RegisterMember {
    const GIVEN_BY: Givers = Givers::Everybody;

    fn store(&self) -> Option<StoreId> {
        self.store
    }

    fn about(&self) -> Option<RecordKey> {
        Some(Member::key_of(self.member))
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        ask.member(self.member);
        self.phone.iter().for_each(|phone| ask.number(phone));
    }

    fn clean(&mut self, cleaning: &mut Cleaning) {
        cleaning.text("name", PERSON, &mut self.name);
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        register(decider, self)
    }
}

/// One way to become a member, from the app and from the desk: with consent, and not twice with a number that is verified.
pub(super) fn register(decider: Decider<'_>, command: &RegisterMember) -> Result<Decision, Refusal> {
    let (account, verified) = match decider.context.actor.principal {
        Principal::Account(own) => (Some(own), own_number(decider, own, command)?),
        Principal::System => system_number(command),
        _ => {
            check_desk(decider, command)?;
            (None, None)
        }
    };
    command.store.map(|store| decider.store(store)).transpose()?;
    check_name(&command.name)?;
    decider.view.member(command.member).or_taken()?;
    if matches!(decider.context.actor.principal, Principal::Account(_)) {
        decider.context.member_use.check_people()?;
    }
    // An account's own number is the verified one; whatever else was typed is not.
    let typed = command.phone.clone().filter(|_| verified.is_none());
    let member = Member {
        id: command.member,
        account,
        name: Group::new(command.name.trim().to_owned()),
        contact: Group::new(Contact::of(typed)),
        verified: verified.map(Personal),
        profile: Group::new(Profile::default()),
        notes: Group::new(String::new()),
        allergies: Group::new(String::new()),
        tags: Group::new(Vec::new()),
        tier: 0,
        // A store knows an account's people once they book there: naming it is not enough.
        stores: command.store.into_iter().filter(|_| decider.is_staff()).collect(),
        introduced: Vec::new(),
        registered_at: if decider.is_staff() { decider.context.moment } else { decider.context.now },
        channel: decider.context.channel,
        consent: consent(decider, command)?,
        alias_of: None,
    };
    Ok(Decision { changes: vec![Change::put(member)], ..Decision::default() })
}

/// The number an account signs in with. It names no other account, and no number but its own: what it says is not evidence.
fn own_number(decider: Decider<'_>, own: AccountId, command: &RegisterMember) -> Result<Option<Contact>, Refusal> {
    if command.account.is_some_and(|named| named != own) {
        return Err(Refusal::NotAllowed);
    }
    let number = decider.view.account_numbers.get(&own);
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
fn check_desk(decider: Decider<'_>, command: &RegisterMember) -> Result<(), Refusal> {
    let store = command.store.ok_or(Refusal::Invalid { field: "store".into() })?;
    decider.must(Permission::EditMembers, store)?;
    if command.account.is_some() {
        return Err(not_found("account"));
    }
    // Whom only other stores know is not told here.
    let known = command.phone.iter().flat_map(|phone| decider.view.members_with(phone)).find(|member| member.is_known_at(store));
    known.map_or(Ok(()), |member| Err(Refusal::NumberKnown { member: member.id }))
}

/// S2: nobody becomes a member without having agreed; only what comes from another system may have been agreed to there. When it was is
/// said by the server.
fn consent(decider: Decider<'_>, command: &RegisterMember) -> Result<Option<Consent>, Refusal> {
    match command.consent {
        Some(version) => Consent::given(version, decider.context.now).map(Some),
        None if decider.context.actor.principal == Principal::System => Ok(None),
        None => Err(Refusal::ConsentMissing),
    }
}
