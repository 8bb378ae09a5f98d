//! Who acts, in which role, and what a role may do. The list of roles is final (S1); so is the rule that an identity comes
//! only from the session.

use serde::{Deserialize, Serialize};

use crate::id::{AccountId, DeviceId, StaffId, StoreId, UserId};

/// The roles, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 会员
    Member,
    /// 技师
    Technician,
    /// 前台
    Receptionist,
    /// 店长
    StoreManager,
    /// 区域经理
    RegionManager,
    /// 品牌经理
    BrandManager,
    /// 老板
    Owner,
    /// 审计: reads everything, writes nothing.
    Auditor,
}

/// A role in one store, or in all stores of the brand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// One store, or every store.
    pub store: Option<StoreId>,
}

/// Whose session it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Principal {
    /// Nobody has signed in.
    Anonymous,
    /// A member's account.
    Account(AccountId),
    /// A staff login.
    User(UserId),
    /// An enrolled desk tablet.
    Device(DeviceId),
    /// The product itself: expiry, import.
    System,
}

/// Who gives a command: the principal of the session, its grants, and on a shared tablet the staff member who claims it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// From the session, never from the message.
    pub principal: Principal,
    /// What the session may do.
    pub grants: Vec<Grant>,
    /// "Device X as B": the staff member named by PIN or by the login.
    pub staff: Option<StaffId>,
}

impl Actor {
    /// The product itself.
    #[must_use]
    pub fn system() -> Self {
        Actor { principal: Principal::System, grants: Vec::new(), staff: None }
    }

    /// A member's account.
    #[must_use]
    pub fn account(account: AccountId) -> Self {
        Actor { principal: Principal::Account(account), grants: Vec::new(), staff: None }
    }

    /// The account behind the session, if it is a member's.
    #[must_use]
    pub fn account_id(&self) -> Option<AccountId> {
        match self.principal {
            Principal::Account(account) => Some(account),
            _ => None,
        }
    }

    /// Whether the actor may do `what` in `store`.
    #[must_use]
    pub fn may(&self, what: Permission, store: StoreId) -> bool {
        self.principal == Principal::System
            || self.grants.iter().any(|grant| grant.store.is_none_or(|own| own == store) && grant.role.may(what))
    }

    /// Whether the actor may do `what` for the whole brand.
    #[must_use]
    pub fn may_everywhere(&self, what: Permission) -> bool {
        self.principal == Principal::System || self.grants.iter().any(|grant| grant.store.is_none() && grant.role.may(what))
    }
}

/// What can be allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// See the board.
    SeeBoard,
    /// Work the board: book, move, check in, walk-ins, breaks.
    WorkBoard,
    /// Overrides with a reason: squeeze, displace a visible promise, emergency blocks.
    Override,
    /// See members with masked contact.
    SeeMembers,
    /// See full contact data.
    SeeContacts,
    /// Register and edit members.
    EditMembers,
    /// Edit the store: hours, staff, shifts, rules.
    ManageStore,
    /// Edit services and prices, add stores.
    ManageBrand,
    /// See who signed in, got rights and used devices.
    SeeAudit,
}

impl Role {
    /// The table of rights: one place.
    #[must_use]
    pub fn may(self, what: Permission) -> bool {
        use Permission as P;
        match self {
            Role::Member => false,
            Role::Technician => matches!(what, P::SeeBoard | P::WorkBoard | P::SeeMembers),
            Role::Receptionist => {
                matches!(what, P::SeeBoard | P::WorkBoard | P::Override | P::SeeMembers | P::SeeContacts | P::EditMembers)
            }
            Role::StoreManager | Role::RegionManager => !matches!(what, P::ManageBrand | P::SeeAudit),
            Role::BrandManager => what != P::SeeAudit,
            Role::Owner => true,
            Role::Auditor => matches!(what, P::SeeBoard | P::SeeMembers | P::SeeContacts | P::SeeAudit),
        }
    }
}

/// How a command came in (B1). The rank of a channel is a setting of the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// 前台
    Desk,
    /// 电话, entered by the desk.
    Phone,
    /// 会员端
    MemberApp,
    /// 合作方
    Partner,
    /// 导入
    Import,
    /// 网页组件
    WebWidget,
    /// 微信
    WeChat,
    /// 自助设备
    Device,
}

impl Channel {
    /// All channels, in the order of the rank table.
    pub const ALL: [Channel; 8] = [
        Channel::Desk,
        Channel::Phone,
        Channel::MemberApp,
        Channel::Partner,
        Channel::Import,
        Channel::WebWidget,
        Channel::WeChat,
        Channel::Device,
    ];

    /// Position in [`crate::store::Rules::channel_ranks`].
    #[must_use]
    pub fn index(self) -> usize {
        match self {
            Channel::Desk => 0,
            Channel::Phone => 1,
            Channel::MemberApp => 2,
            Channel::Partner => 3,
            Channel::Import => 4,
            Channel::WebWidget => 5,
            Channel::WeChat => 6,
            Channel::Device => 7,
        }
    }

    /// `member_app`: for columns and logs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Channel::Desk => "desk",
            Channel::Phone => "phone",
            Channel::MemberApp => "member_app",
            Channel::Partner => "partner",
            Channel::Import => "import",
            Channel::WebWidget => "web_widget",
            Channel::WeChat => "we_chat",
            Channel::Device => "device",
        }
    }
}
