//! Commands: the one way to write. The button, the outbox, the importer, the API and the demo speak them; the server and
//! the app run the same [`Command::decide`].
//!
//! Payload structs are frozen: a change is a new version with an upcast. Kinds are numbered by hand in [`kind`].

pub mod kind;

use serde::{Deserialize, Serialize};

use crate::block::BlockKind;
use crate::booking::{CancelledBy, StaffWish, Subject};
use crate::decision::Decision;
use crate::id::{AccountId, AttentionId, BlockId, BookingId, CommandId, MemberId, ReplicaId, ServiceId, StaffId, StoreId};
use crate::member::{Consent, Profile};
use crate::money::Price;
use crate::phone::Phone;
use crate::refusal::Refusal;
use crate::role::{Actor, Channel};
use crate::roster::Shift;
use crate::service::Service;
use crate::staff::Staff;
use crate::stamp::Stamp;
use crate::store::{Rules, Store};
use crate::time::{LocalDate, TimeRange, Timestamp};
use crate::view::View;

/// What surrounds a decision; made by the server (or predicted by the app), never taken from the message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// When it is decided.
    pub now: Timestamp,
    /// When it was given: corrected, never after `now`.
    pub stamp: Stamp,
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
    /// When a desk of the store was last heard; `None` when it never was.
    pub desk_heard_at: Option<Timestamp>,
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
    /// An entry of the attention inbox is settled.
    ResolveAttention(ResolveAttention),
    /// A visit from another system, as it is.
    ImportVisit(ImportVisit),
    /// What an import found to look at: one entry in the inbox.
    ImportFindings(ImportFindings),
}

/// One wished line of a booking. The server computes durations, staff and price; `seen_price` is what was on the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewLine {
    /// Service.
    pub service: ServiceId,
    /// Who is served.
    pub subject: Subject,
    /// Who pays, if not the subject.
    pub payer: Option<MemberId>,
    /// Whom they asked for.
    pub wish: StaffWish,
    /// Start of this line.
    pub starts_at: Timestamp,
    /// The price on the screen before the tap; `None` is "on consultation".
    pub seen_price: Price,
}

/// See [`Command::Hold`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hold {
    /// Store.
    pub store: StoreId,
    /// Id of the booking to be.
    pub booking: BookingId,
    /// Lines.
    pub lines: Vec<NewLine>,
}

/// See [`Command::Release`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// Store.
    pub store: StoreId,
    /// The hold.
    pub booking: BookingId,
}

/// See [`Command::Expire`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expire {
    /// Store.
    pub store: StoreId,
    /// The hold.
    pub booking: BookingId,
}

/// See [`Command::Book`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Book {
    /// Store.
    pub store: StoreId,
    /// Id of the booking; that of one's own hold to confirm it.
    pub booking: BookingId,
    /// Account it is for; a member's own session may only name its own.
    pub account: Option<AccountId>,
    /// Lines.
    pub lines: Vec<NewLine>,
    /// Special needs, at most 500 characters.
    pub note: String,
    /// Version of the terms on the screen.
    pub terms_version: u16,
    /// By phone 电话 rather than at the desk; only staff may say so.
    pub by_phone: bool,
    /// Reason for booking outside hours or shift; only authorised staff.
    pub over: Option<String>,
}

/// See [`Command::Move`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
    /// New start of the visit; all lines keep their distance from it.
    pub starts_at: Timestamp,
    /// New wish for all lines, if it changes.
    pub wish: Option<StaffWish>,
    /// Reason for an override; only authorised staff.
    pub over: Option<String>,
}

/// See [`Command::Cancel`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cancel {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
    /// On whose wish: staff may cancel for the member.
    pub by: CancelledBy,
    /// Why; may be empty.
    pub reason: String,
}

/// See [`Command::SeatWalkIn`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatWalkIn {
    /// Store.
    pub store: StoreId,
    /// Id.
    pub booking: BookingId,
    /// Lines; starts are the wished ones.
    pub lines: Vec<NewLine>,
    /// Note.
    pub note: String,
}

/// See [`Command::CheckIn`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckIn {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
    /// Reason for an override.
    pub over: Option<String>,
}

/// See [`Command::UndoCheckIn`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UndoCheckIn {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
}

/// See [`Command::Start`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Start {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
    /// Who really does it, if not the one booked.
    pub staff: Option<StaffId>,
    /// Reason for an override.
    pub over: Option<String>,
}

/// See [`Command::Finish`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finish {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
}

/// See [`Command::NoShow`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoShow {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
}

/// See [`Command::RunningLate`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunningLate {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
    /// How many minutes more; a multiple of five, at most 240.
    pub minutes: u16,
}

/// See [`Command::Squeeze`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Squeeze {
    /// Store.
    pub store: StoreId,
    /// A new id, or a booking to squeeze in elsewhere.
    pub booking: BookingId,
    /// Account it is for.
    pub account: Option<AccountId>,
    /// Lines; every wish names its staff.
    pub lines: Vec<NewLine>,
    /// Note.
    pub note: String,
    /// Why; not empty.
    pub reason: String,
}

/// See [`Command::Block`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockTime {
    /// Store.
    pub store: StoreId,
    /// Id.
    pub block: BlockId,
    /// Whose time.
    pub staff: StaffId,
    /// When.
    pub range: TimeRange,
    /// Kind.
    pub kind: BlockKind,
    /// In words; may be empty unless it breaks a promise.
    pub reason: String,
    /// Reason for an override of visible promises.
    pub over: Option<String>,
}

/// See [`Command::Unblock`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unblock {
    /// Store.
    pub store: StoreId,
    /// Block.
    pub block: BlockId,
}

/// See [`Command::AcceptAlternative`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptAlternative {
    /// Store.
    pub store: StoreId,
    /// The displaced booking.
    pub booking: BookingId,
    /// Start of the chosen alternative.
    pub starts_at: Timestamp,
}

/// See [`Command::Confirm`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirm {
    /// Store.
    pub store: StoreId,
    /// The request.
    pub booking: BookingId,
}

/// See [`Command::Decline`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decline {
    /// Store.
    pub store: StoreId,
    /// The request.
    pub booking: BookingId,
    /// Why; not empty (B7).
    pub reason: String,
}

/// See [`Command::RegisterMember`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterMember {
    /// Id.
    pub member: MemberId,
    /// Account; a member's own session may only name its own.
    pub account: Option<AccountId>,
    /// Store that registers them; `None` in the member app before the first booking.
    pub store: Option<StoreId>,
    /// Name.
    pub name: String,
    /// Phone; `None` keeps the account's own.
    pub phone: Option<Phone>,
    /// Consent; needed from the member app.
    pub consent: Option<Consent>,
}

/// See [`Command::EditMember`].
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

/// See [`Command::PutStore`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PutStore {
    /// The store; its `rules` count only when it is new, `written` is ignored.
    pub store: Store,
    /// Version on the screen; 0 for a new one.
    pub base: u32,
}

/// See [`Command::PutService`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PutService {
    /// The service; `written` is ignored.
    pub service: Service,
    /// Version on the screen; 0 for a new one.
    pub base: u32,
}

/// See [`Command::PutStaff`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PutStaff {
    /// The staff member; `written` is ignored.
    pub staff: Staff,
    /// Version on the screen; 0 for a new one.
    pub base: u32,
}

/// See [`Command::PutShift`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PutShift {
    /// The entry; `written` is ignored.
    pub shift: Shift,
    /// Version on the screen; 0 for a new one.
    pub base: u32,
}

/// See [`Command::PutRules`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PutRules {
    /// Store.
    pub store: StoreId,
    /// The rules.
    pub rules: Rules,
    /// Version on the screen; 0 when never written.
    pub base: u32,
}

/// See [`Command::ResolveAttention`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResolveAttention {
    /// Store.
    pub store: StoreId,
    /// Entry.
    pub attention: AttentionId,
}

/// See [`Command::ImportVisit`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportVisit {
    /// Store.
    pub store: StoreId,
    /// Id (UUIDv5).
    pub booking: BookingId,
    /// Lines with the staff and times of the other system.
    pub lines: Vec<ImportedLine>,
    /// Where the visit stands.
    pub status: ImportedStatus,
    /// Note.
    pub note: String,
    /// When it was made, where known; else the visit's own start.
    pub made_at: Timestamp,
}

/// See [`Command::ImportFindings`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportFindings {
    /// Store.
    pub store: StoreId,
    /// Promises in a lane above 0.
    pub overlaps: u32,
    /// No-shows that have a receipt.
    pub paid_no_shows: u32,
    /// Rows that were refused.
    pub rejected: u32,
}

/// A line from another system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportedLine {
    /// Service booked.
    pub service: ServiceId,
    /// What was really done, where it differs.
    pub performed: Option<ServiceId>,
    /// Who.
    pub subject: Subject,
    /// Staff; `None` for bookings without a named person.
    pub staff: Option<StaffId>,
    /// Start; `None` when the time is unknown and must not be invented (only with status `Cancelled`): then `date` counts.
    pub starts_at: Option<Timestamp>,
    /// Local date.
    pub date: LocalDate,
    /// Price paid or agreed.
    pub price: Price,
}

/// Where an imported visit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportedStatus {
    /// A promise already made: it enters whatever is in the way.
    Promised,
    /// Took place.
    Completed,
    /// 爽约
    NoShow,
    /// Cancelled.
    Cancelled,
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
            Command::RunningLate(c) => Some(c.store),
            Command::Squeeze(c) => Some(c.store),
            Command::Block(c) => Some(c.store),
            Command::Unblock(c) => Some(c.store),
            Command::AcceptAlternative(c) => Some(c.store),
            Command::Confirm(c) => Some(c.store),
            Command::Decline(c) => Some(c.store),
            Command::RegisterMember(c) => c.store,
            Command::EditMember(c) => c.store,
            Command::PutStore(c) => Some(c.store.id),
            Command::PutShift(c) => Some(c.shift.store),
            Command::PutRules(c) => Some(c.store),
            Command::ResolveAttention(c) => Some(c.store),
            Command::ImportVisit(c) => Some(c.store),
            Command::ImportFindings(c) => Some(c.store),
            Command::PutService(_) | Command::PutStaff(_) => None,
        }
    }

    /// Whether it changes the catalogue: such commands lock the brand.
    #[must_use]
    pub fn changes_catalogue(&self) -> bool {
        matches!(self, Command::PutStore(_) | Command::PutService(_) | Command::PutStaff(_) | Command::PutShift(_) | Command::PutRules(_))
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

mod decide;
pub mod part;
mod reads;

pub use reads::ReadPlan;
