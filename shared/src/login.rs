//! Staff logins: who may give which role and manage whose login, and the shapes in which they travel.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{StaffId, StoreId, UserId};
use crate::role::{Actor, Grant, Permission, Role};
use crate::time::Timestamp;

/// Shortest password people may choose, in characters.
pub const SHORTEST_PASSWORD: usize = 12;
/// Longest password that is looked at, in characters.
pub const LONGEST_PASSWORD: usize = 200;
/// Longest name of a login, and of the person behind it, in characters.
pub const LONGEST_NAME: usize = 80;

/// Whether somebody may sign in with a name of these letters: a to z, digits, a few signs, and those of Chinese, Japanese and Korean. Of
/// them no two look alike, and all programs agree about their small letters.
#[must_use]
pub fn is_login_name(name: &str) -> bool {
    let is_cjk = |letter| matches!(letter, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}');
    let may_be = |letter: char| letter.is_ascii_alphanumeric() || " .-_@+".contains(letter) || is_cjk(letter);
    !name.is_empty() && name.chars().all(may_be)
}

/// Whether a PIN is among those that everybody tries first: one digit, a row of digits up or down, or a piece of it said again.
#[must_use]
pub fn is_guessable_pin(pin: &str) -> bool {
    let digits: Vec<u8> = pin.bytes().map(|digit| digit.wrapping_sub(b'0') % 10).collect();
    let steps_by = |by: u8| digits.windows(2).all(|pair| (pair[0] + by) % 10 == pair[1]);
    let repeats = |length: usize| {
        digits.len() > length
            && digits.len().is_multiple_of(length)
            && digits.iter().zip(digits.iter().skip(length)).all(|(one, other)| one == other)
    };
    [0, 1, 9].into_iter().any(steps_by) || [2, 3].into_iter().any(repeats)
}

impl Actor {
    /// Whether the actor may give a role: one below their own, within their own stores. Only an owner of the whole brand gives their own
    /// role and the auditor's, who sees everything.
    #[must_use]
    pub fn may_give(&self, wanted: Grant) -> bool {
        self.grants.iter().any(|own| {
            let covers = own.store.is_none() || own.store == wanted.store;
            let is_below = wanted.role < own.role && wanted.role != Role::Member;
            let is_owner = own.role == Role::Owner && own.store.is_none() && wanted.role != Role::Member;
            own.role.may(Permission::ManageStore) && covers && (is_owner || is_below && wanted.role != Role::Auditor)
        })
    }

    /// Whether the actor may manage a login that has these roles: each of them must be theirs to give. A login without any is the
    /// owners'.
    #[must_use]
    pub fn may_manage(&self, grants: &[Grant]) -> bool {
        let is_owner = self.grants.iter().any(|own| own.role == Role::Owner && own.store.is_none());
        if grants.is_empty() { is_owner } else { grants.iter().all(|grant| self.may_give(*grant)) }
    }
}

/// `POST /api/users`: a login to make. Without a password an invitation is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewLogin {
    /// Name to sign in with.
    pub name: String,
    /// A first password; better is an invitation, so that nobody else ever knows it.
    #[serde(default)]
    pub password: Option<String>,
    /// Role.
    pub role: Role,
    /// One store, or every store.
    #[serde(default)]
    pub store: Option<StoreId>,
    /// The staff member it belongs to.
    #[serde(default)]
    pub staff: Option<StaffId>,
}

/// `PUT /api/users/{id}`: what a login is from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangedLogin {
    /// Name to greet them by.
    pub display_name: String,
    /// Role.
    pub role: Role,
    /// One store, or every store.
    #[serde(default)]
    pub store: Option<StoreId>,
    /// The staff member it belongs to.
    #[serde(default)]
    pub staff: Option<StaffId>,
}

/// A login that was just made or invited anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeLogin {
    /// Id.
    pub id: UserId,
    /// The secret of its invitation, shown only now; none where a password was given.
    pub invitation: Option<String>,
    /// When the invitation ends.
    pub invitation_ends_at: Option<Timestamp>,
}

/// A login in the list of those who may manage it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginInList {
    /// Id.
    pub id: UserId,
    /// Name to sign in with.
    pub name: String,
    /// Name to greet them by.
    pub display_name: String,
    /// Roles.
    pub grants: Vec<Grant>,
    /// The staff member it belongs to.
    pub staff: Option<StaffId>,
    /// Whether it can be used.
    pub is_open: bool,
    /// Whether it has a password; without one its invitation has not been accepted.
    pub has_password: bool,
    /// When any of its sessions was used last.
    pub seen_at: Option<Timestamp>,
    /// Whether the person asking may change it, not only see it.
    pub may_change: bool,
}

/// A place where somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionInList {
    /// Id.
    pub id: Uuid,
    /// What people recognise the device by, `iPad · Safari`.
    pub device_label: String,
    /// Since when.
    pub signed_in_at: Timestamp,
    /// Last use, within minutes.
    pub seen_at: Timestamp,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// `POST /api/invitations`: somebody sets the password of their login.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptInvitation {
    /// The secret of the link.
    pub invitation: String,
    /// The new password.
    pub password: String,
}

/// `PUT /api/session/password`: somebody changes their own password.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The present password.
    pub old: String,
    /// The new one.
    pub new: String,
}

/// What the audit list tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditAction {
    /// Signed in.
    SignedIn,
    /// Signed out, where they were.
    SignedOut,
    /// Signed out there, by somebody or from elsewhere.
    SessionEnded,
    /// So many wrong tries that the door was closed for a while.
    LockedOut,
    /// A login was made.
    LoginMade,
    /// A link to set a password was made.
    Invited,
    /// A password was set.
    PasswordSet,
    /// Role, store, name or staff member of a login changed.
    LoginChanged,
    /// A login was closed.
    LoginClosed,
    /// A closed login was opened again.
    LoginReopened,
    /// A tablet was enrolled.
    TabletEnrolled,
    /// A tablet was revoked.
    TabletRevoked,
    /// Somebody's PIN was set.
    PinSet,
    /// Somebody said by PIN that they are at the tablet.
    PinClaimed,
}

/// An entry of the audit list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// Id; also where the next page begins.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// What.
    pub action: AuditAction,
    /// Who did it, as people call them: the name of a login or tablet, the mask of a number.
    pub by: String,
    /// The staff member who claimed the tablet.
    pub by_staff: Option<StaffId>,
    /// Whom or what it is about.
    pub about: String,
    /// In which store, where it is about one.
    pub store: Option<StoreId>,
    /// More, in a few words: a role, a device.
    pub detail: String,
}
