//! Payloads: who somebody is.

use serde::{Deserialize, Serialize};

use crate::id::{AccountId, MemberId, StoreId};
use crate::member::Profile;
use crate::phone::Phone;

/// See [`crate::command::Command::RegisterMember`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterMember {
    /// Id.
    pub member: MemberId,
    /// Account; a member's own session may only name its own, and a desk none: only a code links one.
    pub account: Option<AccountId>,
    /// Store that registers them; `None` in the member app before the first booking.
    pub store: Option<StoreId>,
    /// Name.
    pub name: String,
    /// Phone as the desk typed it: unverified. Members name none but the number they sign in with, which is known anyway.
    pub phone: Option<Phone>,
    /// Version of the privacy notice they agreed to; only imports have none.
    pub consent: Option<u16>,
}

/// See [`crate::command::Command::FindMember`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindMember {
    /// Store that looks for them.
    pub store: StoreId,
    /// Their whole number.
    pub phone: Phone,
}

/// See [`crate::command::Command::ProveNumber`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProveNumber {
    /// Store at whose desk the code was said.
    pub store: StoreId,
    /// The number it was sent to.
    pub phone: Phone,
    /// The code.
    pub code: String,
    /// The store's own record of the person who said it; `None` where the store does not know them yet.
    pub member: Option<MemberId>,
}

/// See [`crate::command::Command::EditMember`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
#[serde(deny_unknown_fields)]
pub struct GroupEdit {
    /// Version on the screen when the form opened; rebase never rewrites it.
    pub base: u32,
    /// New value.
    pub value: GroupValue,
}

/// New values by group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupValue {
    /// Name.
    Name(String),
    /// Contact; `None` removes the number.
    Contact(Option<Phone>),
    /// Birthday, gender.
    Profile(Profile),
    /// Staff notes.
    Notes(String),
    /// Allergies and needs.
    Allergies(String),
    /// Tags.
    Tags(Vec<String>),
}
