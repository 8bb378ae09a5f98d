//! Signing in and out, under `/api/codes`, `/api/desk-codes`, `/api/session` and `/api/staff/{id}/pin`.

use serde::{Deserialize, Serialize};

use crate::id::{AccountId, GrantId, StaffId, StoreId};
use crate::name::Language;
use crate::role::{Actor, Grant, Principal};
use crate::scope::Scope;

/// `POST /api/codes`: a code is to be sent to a phone. The answer is the same whether anybody knows the number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskCode {
    /// As it was typed.
    pub phone: String,
    /// Language of the message; that of the browser when absent.
    #[serde(default)]
    pub language: Option<Language>,
}

/// `POST /api/desk-codes`: a code is to be sent that the guest says at the desk of a store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskDeskCode {
    /// Whose desk will hear it.
    pub store: StoreId,
    /// As it was typed.
    pub phone: String,
}

/// `POST /api/session/member`: a member signs in with a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignInMember {
    /// As it was typed.
    pub phone: String,
    /// As it was typed or pasted.
    pub code: String,
    /// Language of the app; that of the browser when absent.
    #[serde(default)]
    pub language: Option<Language>,
}

/// `POST /api/session/staff`: somebody who works here signs in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignInStaff {
    /// The name of the login.
    pub name: String,
    /// Its password.
    pub password: String,
}

/// `POST /api/session/pin`: who is at an enrolled tablet now.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimStaff {
    /// Who they say they are.
    pub staff: StaffId,
    /// Their PIN.
    pub pin: String,
}

/// `PUT /api/staff/{id}/pin`: a PIN of 4 to 6 digits.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetPin {
    /// The new one.
    pub pin: String,
}

/// The answer of `GET /api/session`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Whose session it is.
    pub principal: Principal,
    /// The account, for members.
    pub account: Option<AccountId>,
    /// The staff member: of the login, or named by PIN on a tablet.
    pub staff: Option<StaffId>,
    /// Name to greet them by.
    pub name: String,
    /// Roles.
    pub grants: Vec<Grant>,
    /// Scopes this session may read, each with its grant.
    pub scopes: Vec<(Scope, GrantId)>,
    /// The store an enrolled tablet stands in.
    pub store: Option<StoreId>,
    /// Preferred language.
    pub language: Language,
    /// The account's own number, masked.
    pub phone_masked: Option<String>,
}

impl Session {
    /// The actor that predictions are decided for.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor { principal: self.principal, grants: self.grants.clone(), staff: self.staff }
    }
}
