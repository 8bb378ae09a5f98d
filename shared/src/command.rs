//! Commands: the one way to write. The button, the outbox, the importer, the API and the demo speak them; the server and
//! the app run the same [`Command::decide`].
//!
//! Payload structs are frozen: a change is a new version with an upcast. Kinds are numbered by hand in [`kind`].

mod decide;
pub mod kind;
pub mod part;
mod payload;
mod reads;
pub mod texts;

use serde::{Deserialize, Serialize};

use crate::decision::Decision;
use crate::id::{AccountId, CommandId, ReplicaId, StoreId};
use crate::limits::MemberUse;
use crate::refusal::Refusal;
use crate::role::{Actor, Channel, Principal};
use crate::stamp::Stamp;
use crate::time::Timestamp;
use crate::view::View;

pub use payload::*;
pub use reads::ReadPlan;

/// What surrounds a decision; made by the server (or predicted by the app), never taken from the message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// When it is decided.
    pub now: Timestamp,
    /// When it was given: corrected, never after `now`.
    pub stamp: Stamp,
    /// When what a fact tells happened: its stamp, bounded by what the server knows of the replica. It shapes durations and
    /// history; never the class, the cut-off or what was seen.
    pub moment: Timestamp,
    /// Who gives it.
    pub actor: Actor,
    /// Channel it came through.
    pub channel: Channel,
    /// The command's id.
    pub command: CommandId,
    /// The replica it comes from.
    pub replica: ReplicaId,
    /// Its number on that replica; 0 when sent directly.
    pub number: u64,
    /// Sequence of the store's `desk` scope that the device had read when it was given.
    pub base: u64,
    /// Whether the message claimed to have seen less than its sender had read, or more than there is; `base` is then what the server
    /// knows. Such a fact goes to the next lane and displaces nobody. What is sent directly claims nothing.
    pub base_raised: bool,
    /// When a desk of the store was last heard; `None` when it never was.
    pub desk_heard_at: Option<Timestamp>,
    /// The account whose number the command's code has proven; the server looks at the code.
    pub proven: Option<AccountId>,
    /// What the account that gives it has in the store, and may have; empty for everybody but members.
    pub member_use: MemberUse,
}

impl Context {
    /// When what is told happened. The desk's word for it holds; what members wish is judged when it arrives, whatever their clock says.
    #[must_use]
    pub fn happened_at(&self) -> Timestamp {
        match self.actor.principal {
            Principal::Account(_) | Principal::Anonymous => self.now,
            _ => self.moment,
        }
    }
}

/// A wish to change something.
#[expect(clippy::large_enum_variant, reason = "few exist at a time; boxes would only clutter every match")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// 占位锁定: protect a time while somebody confirms. Online only.
    Hold(Hold),
    /// Let go of a hold.
    Release(Release),
    /// A hold has run out; given by the system.
    Expire(Expire),
    /// 预约, also turning one's own hold into a promise.
    Book(Book),
    /// 改约
    Move(Move),
    /// 取消
    Cancel(Cancel),
    /// 散客: somebody walks in and waits.
    SeatWalkIn(SeatWalkIn),
    /// 签到
    CheckIn(CheckIn),
    /// 撤销签到
    UndoCheckIn(UndoCheckIn),
    /// 开始服务
    Start(Start),
    /// 完成
    Finish(Finish),
    /// 爽约
    NoShow(NoShow),
    /// 撤销爽约
    UndoNoShow(UndoNoShow),
    /// 延时: one tap pushes what follows.
    RunningLate(RunningLate),
    /// 加塞: a deliberate overlap with a reason.
    Squeeze(Squeeze),
    /// 占位
    Block(BlockTime),
    /// Take blocked time back.
    Unblock(Unblock),
    /// Take one of the openings offered after giving way, in one tap.
    AcceptAlternative(AcceptAlternative),
    /// The desk accepts a request.
    Confirm(Confirm),
    /// The desk cannot accept a request.
    Decline(Decline),
    /// A person becomes a member.
    RegisterMember(RegisterMember),
    /// Field groups of a member.
    EditMember(EditMember),
    /// A desk looks for a member of another store by the whole number, where that store shares its members. Online only.
    FindMember(FindMember),
    /// The person has said the code at the desk: the number is theirs, and the store knows them. Online only.
    ProveNumber(ProveNumber),
    /// A store, without its rules.
    PutStore(PutStore),
    /// A service.
    PutService(PutService),
    /// A staff member.
    PutStaff(PutStaff),
    /// A roster entry.
    PutShift(PutShift),
    /// The rules of a store.
    PutRules(PutRules),
    /// The order in which a store shows its people.
    OrderStaff(OrderStaff),
    /// Newer data about a store's time zone; given by the system.
    RenewZone(RenewZone),
    /// An entry of the attention inbox is settled.
    ResolveAttention(ResolveAttention),
    /// A visit from another system, as it is.
    ImportVisit(ImportVisit),
    /// A visit from another system says something else in a later export.
    CorrectVisit(CorrectVisit),
    /// What an import found to look at: one entry in the inbox.
    ImportFindings(ImportFindings),
}

impl Command {
    /// The store whose schedule or inbox the command is about: it is locked first.
    #[must_use]
    pub fn store(&self) -> Option<StoreId> {
        match self {
            Command::Hold(c) => Some(c.store),
            Command::Release(c) => Some(c.store),
            Command::Expire(c) => Some(c.store),
            Command::Book(c) => Some(c.store),
            Command::Move(c) => Some(c.store),
            Command::Cancel(c) => Some(c.store),
            Command::SeatWalkIn(c) => Some(c.store),
            Command::CheckIn(c) => Some(c.store),
            Command::UndoCheckIn(c) => Some(c.store),
            Command::Start(c) => Some(c.store),
            Command::Finish(c) => Some(c.store),
            Command::NoShow(c) => Some(c.store),
            Command::UndoNoShow(c) => Some(c.store),
            Command::RunningLate(c) => Some(c.store),
            Command::Squeeze(c) => Some(c.store),
            Command::Block(c) => Some(c.store),
            Command::Unblock(c) => Some(c.store),
            Command::AcceptAlternative(c) => Some(c.store),
            Command::Confirm(c) => Some(c.store),
            Command::Decline(c) => Some(c.store),
            Command::RegisterMember(c) => c.store,
            Command::EditMember(c) => c.store,
            Command::FindMember(c) => Some(c.store),
            Command::ProveNumber(c) => Some(c.store),
            Command::PutStore(c) => Some(c.store.id),
            Command::PutShift(c) => Some(c.shift.store),
            Command::PutRules(c) => Some(c.store),
            Command::OrderStaff(c) => Some(c.store),
            Command::RenewZone(c) => Some(c.store),
            Command::ResolveAttention(c) => Some(c.store),
            Command::ImportVisit(c) => Some(c.store),
            Command::CorrectVisit(c) => Some(c.now.store),
            Command::ImportFindings(c) => Some(c.store),
            Command::PutService(_) | Command::PutStaff(_) => None,
        }
    }

    /// Whether it changes the catalogue: such commands lock the brand.
    #[must_use]
    pub fn changes_catalogue(&self) -> bool {
        matches!(
            self,
            Command::PutStore(_)
                | Command::PutService(_)
                | Command::PutStaff(_)
                | Command::PutShift(_)
                | Command::PutRules(_)
                | Command::OrderStaff(_)
                | Command::RenewZone(_)
        )
    }

    /// What this decision still needs to know, given what is known so far; `None` when complete.
    #[must_use]
    pub fn reads(&self, view: &View) -> Option<ReadPlan> {
        reads::of(self, view)
    }

    /// Pure and total: same command, same view, same answer, never a panic.
    ///
    /// # Errors
    /// A [`Refusal`]; `Undecided` only when `view` does not hold what [`Command::reads`] asks for.
    pub fn decide(&self, context: &Context, view: &View) -> Result<Decision, Refusal> {
        decide::decide(self, context, view)
    }
}
