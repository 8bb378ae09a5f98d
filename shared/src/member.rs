//! Members: people, edited by field group. A phone number is a login, not a person.

use serde::{Deserialize, Serialize};

use crate::id::{AccountId, MemberId, StoreId};
use crate::phone::Phone;
use crate::role::Channel;
use crate::staff::Gender;
use crate::stamp::Written;
use crate::time::{LocalDate, Timestamp};

/// A member 会员. Every field group carries its own version, so that two people can edit different groups at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Id.
    pub id: MemberId,
    /// The account that holds this member, where there is one.
    pub account: Option<AccountId>,
    /// Name.
    pub name: Group<String>,
    /// How to reach them. In the `members` scope only the mask is filled.
    pub contact: Group<Contact>,
    /// Birthday, gender.
    pub profile: Group<Profile>,
    /// Notes of the staff.
    pub notes: Group<String>,
    /// Allergies and needs.
    pub allergies: Group<String>,
    /// Tags 标签.
    pub tags: Group<Vec<String>>,
    /// Tier 等级: 0 is the lowest.
    pub tier: u8,
    /// Stores that know them.
    pub stores: Vec<StoreId>,
    /// When and through which channel they registered.
    pub registered_at: Timestamp,
    /// Channel of the registration.
    pub channel: Channel,
    /// Privacy consent 授权 given at registration.
    pub consent: Option<Consent>,
    /// Confirmed to be the same person as another member: commands naming this one follow it.
    pub alias_of: Option<MemberId>,
}

/// A value with its writer, and the values of others who wrote at the same time and lost (C3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group<T> {
    /// The value that holds.
    pub value: T,
    /// Who wrote it; `None` from registration on until the first edit.
    pub written: Option<Written>,
    /// Grows with every edit that arrives, also with one that loses: who has read a version has seen all edits up to it.
    pub(crate) version: u32,
    /// What lost and was seen by nobody who wrote since, best first; "use mine" brings one back.
    pub superseded: Vec<Superseded<T>>,
}

/// A value that lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Superseded<T> {
    /// The losing value.
    pub value: T,
    /// Who had written it.
    pub written: Written,
}

impl<T> Group<T> {
    /// A value nobody has edited yet.
    pub fn new(value: T) -> Self {
        Group { value, written: None, version: 0, superseded: Vec::new() }
    }

    /// The same without who wrote it, when, and on which device: for readers outside of the store.
    #[must_use]
    pub fn without_writers(mut self) -> Self {
        self.written = self.written.map(Written::version_only);
        for lost in &mut self.superseded {
            lost.written = lost.written.version_only();
        }
        self
    }

    /// Version of the group: 0 until the first edit.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The best of the values that lost.
    #[must_use]
    pub fn lost(&self) -> Option<&Superseded<T>> {
        self.superseded.first()
    }
}

/// How to reach a member.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Full number; only in the `contacts` and `user` scopes.
    pub phone: Option<Phone>,
    /// `138****8000`; empty when there is no number.
    pub masked: String,
}

impl Contact {
    /// From a number.
    #[must_use]
    pub fn of(phone: Option<Phone>) -> Self {
        Contact { masked: phone.as_ref().map(Phone::masked).unwrap_or_default(), phone }
    }

    /// The same without what the reader may not see.
    #[must_use]
    pub fn without_number(&self) -> Self {
        Contact { phone: None, masked: self.masked.clone() }
    }
}

/// Birthday and gender.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Birthday.
    pub birthday: Option<LocalDate>,
    /// Gender, where they chose to say it.
    pub gender: Option<Gender>,
}

/// What a person agreed to, and when (S2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// Version of the privacy notice they saw.
    pub version: u16,
    /// When.
    pub at: Timestamp,
}

/// The field groups of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberGroup {
    /// Name.
    Name,
    /// Contact.
    Contact,
    /// Birthday, gender.
    Profile,
    /// Staff notes.
    Notes,
    /// Allergies and needs.
    Allergies,
    /// Tags.
    Tags,
}
