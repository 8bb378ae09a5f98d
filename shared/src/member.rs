//! Members: people, edited by field group. A phone number is a login, not a person.

mod record;

use serde::{Deserialize, Serialize};

use crate::id::{AccountId, MemberId, StoreId};
use crate::personal::{Blank, Personal};
use crate::phone::Phone;
use crate::refusal::Refusal;
use crate::role::Channel;
use crate::staff::Gender;
use crate::stamp::Written;
use crate::time::{LocalDate, Timestamp};

/// The privacy notice that the apps show now; all versions from 1 on have been published.
pub const PRIVACY_VERSION: u16 = 1;

/// 1900-01-01.
const EARLIEST_BIRTHDAY: LocalDate = LocalDate(-25_567);

/// A member 会员. Every field group carries its own version, so that two people can edit different groups at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Id.
    pub id: MemberId,
    /// The account that holds this member, where there is one.
    pub account: Option<AccountId>,
    /// Name.
    pub name: Group<String>,
    /// How to reach them as somebody typed it: unverified, and no reason to believe that they are who answers there. In the
    /// `members` scope only the mask is filled.
    pub contact: Group<Contact>,
    /// The number they have proven to be theirs by a code; always that of their account. Masked like `contact`.
    pub verified: Option<Personal<Contact>>,
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
    /// Stores that found them by their whole number: they see name and tier only, until there is a visit.
    pub introduced: Vec<StoreId>,
    /// When and through which channel they registered.
    pub registered_at: Timestamp,
    /// Channel of the registration.
    pub channel: Channel,
    /// Privacy consent 授权 given at registration.
    pub consent: Option<Consent>,
    /// Confirmed to be the same person as another member: commands naming this one follow it.
    pub alias_of: Option<MemberId>,
}

impl Member {
    /// Whether a store knows them.
    #[must_use]
    pub fn is_known_at(&self, store: StoreId) -> bool {
        self.stores.contains(&store)
    }

    /// Whether a store may book for them: it knows them, or has found them by their number.
    #[must_use]
    pub fn is_bookable_at(&self, store: StoreId) -> bool {
        self.is_known_at(store) || self.introduced.contains(&store)
    }

    /// The number to reach them by: the verified one, else the one that was typed.
    #[must_use]
    pub fn number(&self) -> &Contact {
        self.verified.as_ref().unwrap_or(&self.contact.value)
    }

    /// Whether there is a typed number that they have not proven to be theirs.
    #[must_use]
    pub fn has_unverified_number(&self) -> bool {
        let typed = &self.contact.value;
        !typed.masked.is_empty() && self.verified.as_ref().is_none_or(|verified| !verified.is_same(typed))
    }

    /// The numbers there are, the one to reach them by first.
    pub fn each_number(&self) -> impl Iterator<Item = &Contact> {
        self.verified.iter().chain([&self.contact.value]).map(|contact| &**contact)
    }

    /// Both numbers, as the `contacts` scope carries them.
    #[must_use]
    pub fn numbers(&self) -> Numbers {
        Numbers { member: self.id, typed: self.contact.value.clone(), verified: self.verified.clone() }
    }

    /// Makes the store one that knows them.
    pub fn introduce(&mut self, store: StoreId) {
        self.introduced.retain(|found| *found != store);
        if !self.is_known_at(store) {
            self.stores.push(store);
        }
    }

    /// What a store sees that has only found them by their number: name and tier.
    #[must_use]
    pub fn glimpse(&self, store: StoreId) -> Member {
        Member {
            id: self.id,
            account: None,
            name: Group::new(self.name.value.0.clone()),
            contact: Group::new(Contact::default()),
            verified: None,
            profile: Group::new(Profile::default()),
            notes: Group::new(String::new()),
            allergies: Group::new(String::new()),
            tags: Group::new(Vec::new()),
            tier: self.tier,
            stores: Vec::new(),
            introduced: vec![store],
            registered_at: self.registered_at,
            channel: self.channel,
            consent: None,
            alias_of: None,
        }
    }
}

/// A value with its writer, and the values of others who wrote at the same time and lost (C3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(serialize = "T: Serialize + Blank", deserialize = "T: Deserialize<'de> + Default"))]
pub struct Group<T> {
    /// The value that holds.
    pub value: Personal<T>,
    /// Who wrote it; `None` from registration on until the first edit.
    pub written: Option<Written>,
    /// Grows with every edit that arrives, also with one that loses: who has read a version has seen all edits up to it.
    pub(crate) version: u32,
    /// What lost and was seen by nobody who wrote since, best first; "use mine" brings one back.
    pub superseded: Vec<Superseded<T>>,
}

/// A value that lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(serialize = "T: Serialize + Blank", deserialize = "T: Deserialize<'de> + Default"))]
pub struct Superseded<T> {
    /// The losing value.
    pub value: Personal<T>,
    /// Who had written it.
    pub written: Written,
}

impl<T> Group<T> {
    /// A value nobody has edited yet.
    pub fn new(value: T) -> Self {
        Group { value: Personal(value), written: None, version: 0, superseded: Vec::new() }
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Contact {
    /// Full number; only in the `contacts` and `user` scopes.
    pub phone: Option<Phone>,
    /// `138****8000`; empty when there is no number.
    pub masked: String,
}

impl Blank for Contact {
    fn is_blank(&self) -> bool {
        self.masked.is_empty()
    }
}

impl Blank for Profile {
    fn is_blank(&self) -> bool {
        *self == Profile::default()
    }
}

impl Contact {
    /// From a number.
    #[must_use]
    pub fn of(phone: Option<Phone>) -> Self {
        Contact { masked: phone.as_ref().map(Phone::masked).unwrap_or_default(), phone }
    }

    /// Whether both are one number, as far as they are to be seen.
    #[must_use]
    pub fn is_same(&self, other: &Contact) -> bool {
        match (&self.phone, &other.phone) {
            (Some(one), Some(other)) => one == other,
            _ => self.masked == other.masked,
        }
    }

    /// The same without what the reader may not see.
    #[must_use]
    pub fn without_number(&self) -> Self {
        Contact { phone: None, masked: self.masked.clone() }
    }
}

/// Both numbers of a member: full in the `contacts` scope, masked elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Numbers {
    /// Whose.
    pub member: MemberId,
    /// As somebody typed it.
    pub typed: Personal<Contact>,
    /// Proven by a code.
    pub verified: Option<Personal<Contact>>,
}

/// Birthday and gender.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Birthday.
    pub birthday: Option<LocalDate>,
    /// Gender, where they chose to say it.
    pub gender: Option<Gender>,
}

impl Profile {
    /// # Errors
    /// `Invalid` for a birthday that nobody living has; `today` is the date where the store is.
    pub fn check(&self, today: LocalDate) -> Result<(), Refusal> {
        match self.birthday {
            Some(birthday) if birthday < EARLIEST_BIRTHDAY || birthday > today => Err(Refusal::Invalid { field: "birthday".into() }),
            _ => Ok(()),
        }
    }
}

/// What a person agreed to, and when (S2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Version of the privacy notice they saw.
    pub version: u16,
    /// When the server heard of it.
    pub at: Timestamp,
}

impl Consent {
    /// Consent to a version of the privacy notice, received at `at`.
    ///
    /// # Errors
    /// `Invalid` for a version that was never published.
    pub fn given(version: u16, at: Timestamp) -> Result<Self, Refusal> {
        if (1..=PRIVACY_VERSION).contains(&version) {
            Ok(Consent { version, at })
        } else {
            Err(Refusal::Invalid { field: "consent".into() })
        }
    }
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
