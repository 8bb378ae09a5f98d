//! Staff logins and the audit, under `/api/users`, `/api/invitations`, `/api/sessions` and `/api/audit`.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{StaffId, StoreId, UserId};
use crate::role::{Grant, Role};
use crate::time::Timestamp;

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
