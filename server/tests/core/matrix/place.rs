//! One corner of the brand: a member with an account in a store, and everything that can be named there, each in the state that its
//! command needs.

use shared::block::BlockKind;
use shared::booking::{CancelledBy, Subject};
use shared::command::*;
use shared::id::{AccountId, AttentionId, BlockId, BookingId, MemberId, ResourceId, ShiftId, StaffId, StoreId, WaitlistEntryId};
use shared::line_change::LineChange;
use shared::money::Money;
use shared::name::Name;
use shared::phone::Phone;
use shared::region::Region;
use shared::resource::Resource;
use shared::rotation::{MadeGoodReason, MoveReason, RefusalReason};
use shared::staff_assignment::{AssignmentOrder, Binding};
use shared::staff_preference::StaffPreference;
use shared::sync::Outcome;
use shared::time::{LocalDate, TimeRange, Timestamp};
use shared::visit_request::{NewPreference, RequestedLine, RequestedService};
use uuid::Uuid;

use crate::world::*;

/// What each prepared booking is for.
#[derive(Clone, Copy)]
pub enum For {
    Cancel,
    Move,
    CheckIn,
    UndoCheckIn,
    Start,
    Finish,
    NoShow,
    RunningLate,
    Confirm,
    Decline,
    Release,
    AcceptAlternative,
    Expire,
    AskToRebook,
    ChangeVisit,
    Offered,
}

/// What each prepared entry of the waitlist is for.
#[derive(Clone, Copy)]
pub enum Wait {
    Leave,
    Offer,
    Answer,
}

/// What can be named.
pub struct Place {
    pub store: StoreId,
    pub staff: StaffId,
    pub account: AccountId,
    pub member: MemberId,
    pub bookings: [BookingId; 16],
    pub waiting: [WaitlistEntryId; 3],
    pub block: BlockId,
    pub attention: AttentionId,
    pub shift: ShiftId,
    pub resource: ResourceId,
    number: String,
}

impl Place {
    /// Makes it, for somebody who signs in with `number`.
    pub async fn furnish(world: &World, store: StoreId, staff: StaffId, number: &str) -> (Place, Person) {
        let person = world.member(number).await;
        let place = Place {
            store,
            staff,
            account: person.account(),
            member: new_member(),
            bookings: std::array::from_fn(|_| new_booking()),
            waiting: std::array::from_fn(|_| WaitlistEntryId(fresh())),
            block: BlockId(fresh()),
            attention: AttentionId(Uuid::nil()),
            shift: ShiftId(Uuid::new_v5(&staff.0, &[0])),
            resource: ResourceId(Uuid::new_v5(&staff.0, b"basin")),
            number: number.to_owned(),
        };
        let own = Phone::parse(number, shared::region::Region::Cn).ok();
        let basin = Command::PutResource(PutResource::of(place.basin(), 0));
        assert_eq!(world.give(vec![basin]).await, [Outcome::Applied]);
        let register = RegisterMember { account: Some(place.account), ..place.registration(place.member, own) };
        assert_eq!(world.give(vec![Command::RegisterMember(register)]).await, [Outcome::Applied]);
        let outcomes = world.give(place.prepared()).await;
        assert!(outcomes.iter().all(|outcome| *outcome == Outcome::Applied), "{outcomes:?}");
        for (request, hour) in [(For::Confirm, 10), (For::Decline, 11)] {
            let asked = place.book(place.booking(request), at(2, hour, 0));
            assert_eq!(world.direct(&person, &Command::Book(asked)).await, Outcome::Applied);
        }
        let attention =
            sqlx::query_scalar("select id from records where kind = 9 and store_id = $1 order by id desc limit 1").bind(store.0);
        let attention = AttentionId(attention.fetch_one(&world.state.pool).await.expect("an entry"));
        (Place { attention, ..place }, person)
    }

    fn waiting(&self, what: Wait) -> WaitlistEntryId {
        self.waiting[what as usize]
    }

    pub fn booking(&self, what: For) -> BookingId {
        self.bookings[what as usize]
    }

    /// Everything private, by kind; the same places mean the same kind in every [`Place`].
    pub fn private(&self) -> Vec<Uuid> {
        let bookings = self.bookings.iter().map(|id| id.0);
        let waiting = self.waiting.iter().map(|id| id.0);
        [self.account.0, self.member.0, self.block.0, self.attention.0].into_iter().chain(bookings).chain(waiting).collect()
    }

    /// What everybody may know of, but not act in: store, staff, roster, resources.
    pub fn public(&self) -> [Uuid; 4] {
        [self.store.0, self.staff.0, self.shift.0, self.resource.0]
    }

    fn basin(&self) -> Resource {
        let (id, store, name) = (self.resource, self.store, Name::new("洗头床", "Basin"));
        Resource { id, store, resource_type: BASIN, name, active: true, written: None }
    }

    fn registration(&self, member: MemberId, phone: Option<Phone>) -> RegisterMember {
        RegisterMember { member, account: None, store: Some(self.store), name: "林小满".into(), phone, consent: consent() }
    }

    fn line(&self, starts_at: Timestamp) -> RequestedLine {
        RequestedLine {
            service: CUT,
            subject: Subject::Member(self.member),
            payer: Some(self.member),
            staff_preference: StaffPreference::Requested(self.staff),
            starts_at,
            seen_price: Some(Money(16_800)),
        }
    }

    fn book(&self, booking: BookingId, starts_at: Timestamp) -> Book {
        Book {
            store: self.store,
            booking,
            account: Some(self.account),
            lines: vec![self.line(starts_at)],
            note: "".into(),
            terms_version: 1,
            by_phone: false,
            override_reason: None,
        }
    }

    fn prepared(&self) -> Vec<Command> {
        let confirmed = [
            (For::NoShow, at(0, 10, 0)),
            (For::CheckIn, at(0, 11, 0)),
            (For::UndoCheckIn, at(0, 12, 0)),
            (For::Start, at(0, 13, 0)),
            (For::Finish, at(0, 14, 0)),
            (For::RunningLate, at(0, 16, 0)),
            (For::Cancel, at(1, 10, 0)),
            (For::Move, at(1, 11, 0)),
            (For::AcceptAlternative, at(1, 12, 0)),
            (For::Release, at(1, 13, 0)),
            (For::Expire, at(1, 14, 0)),
            (For::AskToRebook, at(1, 15, 0)),
            (For::ChangeVisit, at(1, 16, 0)),
        ];
        let mut commands: Vec<Command> =
            confirmed.into_iter().map(|(what, start)| Command::Book(self.book(self.booking(what), start))).collect();
        let check_in = |what| Command::CheckIn(CheckIn { store: self.store, booking: self.booking(what), override_reason: None });
        commands.extend([For::UndoCheckIn, For::Start, For::Finish].map(check_in));
        commands.push(Command::Start(Start { store: self.store, booking: self.booking(For::Finish), staff: None, override_reason: None }));
        commands.push(self.block(self.block, at(3, 12, 0)));
        commands.extend([Wait::Leave, Wait::Offer, Wait::Answer].map(|what| self.join(self.waiting(what))));
        commands.push(self.offer(Wait::Answer, self.booking(For::Offered), at(7, 11, 0)));
        commands
    }

    fn join(&self, entry: WaitlistEntryId) -> Command {
        let services = vec![RequestedService { service: CUT, staff_preference: StaffPreference::Requested(self.staff) }];
        let (store, account, subject) = (self.store, Some(self.account), Subject::Member(self.member));
        let starts = TimeRange { start: at(7, 10, 0), end: at(7, 18, 0) };
        Command::JoinWaitlist(JoinWaitlist { store, entry, account, subject, services, starts, note: "".into() })
    }

    fn offer(&self, what: Wait, hold: BookingId, starts_at: Timestamp) -> Command {
        let staff_preference = StaffPreference::Requested(self.staff);
        let lines = vec![OfferedLine { starts_at, staff_preference, seen_price: Some(Money(16_800)) }];
        Command::OfferTime(OfferTime { store: self.store, entry: self.waiting(what), hold, lines })
    }

    fn block(&self, block: BlockId, start: Timestamp) -> Command {
        let range = TimeRange { start, end: start.plus_minutes(30) };
        let (store, staff, kind, reason) = (self.store, self.staff, BlockKind::Break, String::new());
        Command::Block(BlockTime { store, block, resource: staff.into(), range, kind, reason: reason.into(), override_reason: None })
    }

    /// The same of a basin.
    fn out_of_order(&self, start: Timestamp) -> Command {
        let (store, resource, reason) = (self.store, self.resource, String::new());
        let range = TimeRange { start, end: start.plus_minutes(30) };
        let kind = BlockKind::Other;
        Command::Block(BlockTime { store, block: BlockId(fresh()), resource, range, kind, reason: reason.into(), override_reason: None })
    }

    /// One of every kind, naming as much as it can.
    pub async fn samples(&self, world: &World) -> Vec<Command> {
        let mut commands = self.visits();
        commands.extend(self.people());
        commands.extend(self.waitlist());
        commands.extend(self.turns());
        commands.extend(self.catalogue(world).await);
        commands.extend(self.imports());
        let names: std::collections::BTreeSet<&str> = commands.iter().map(Command::name).collect();
        assert_eq!(names, Command::NAMES.iter().copied().collect(), "one of every kind");
        commands
    }

    fn visits(&self) -> Vec<Command> {
        let (store, of) = (self.store, |what| self.booking(what));
        let (note, reason) = (String::new(), "熟客".to_owned());
        let staff_preferences = vec![Some(NewPreference {
            staff_preference: StaffPreference::Requested(self.staff),
            seen_price: self.line(at(5, 11, 0)).seen_price,
        })];
        let lines = |hour| vec![self.line(at(4, hour, 0))];
        let squeeze = Squeeze {
            store,
            booking: new_booking(),
            account: Some(self.account),
            lines: lines(12),
            note: note.into(),
            reason: reason.into(),
        };
        let walk_in = SeatWalkIn { store, booking: new_booking(), lines: vec![self.line(at(0, 18, 0))], note: "".into() };
        let cancel = Cancel { store, booking: of(For::Cancel), by: CancelledBy::Member, reason: "".into() };
        vec![
            Command::Hold(Hold { store, booking: new_booking(), lines: lines(10) }),
            Command::Release(Release { store, booking: of(For::Release) }),
            Command::Expire(Expire { store, booking: of(For::Expire) }),
            Command::Book(self.book(new_booking(), at(4, 11, 0))),
            Command::Move(Move { store, booking: of(For::Move), starts_at: at(5, 11, 0), staff_preferences, override_reason: None }),
            Command::Cancel(cancel),
            Command::SeatWalkIn(walk_in),
            Command::CheckIn(CheckIn { store, booking: of(For::CheckIn), override_reason: None }),
            Command::UndoCheckIn(UndoCheckIn { store, booking: of(For::UndoCheckIn) }),
            Command::Start(Start { store, booking: of(For::Start), staff: Some(self.staff), override_reason: None }),
            Command::Finish(Finish { store, booking: of(For::Finish) }),
            Command::NoShow(NoShow { store, booking: of(For::NoShow) }),
            Command::UndoNoShow(UndoNoShow { store, booking: of(For::NoShow) }),
            Command::RunningLate(RunningLate { store, booking: of(For::RunningLate), minutes: 15 }),
            Command::Squeeze(squeeze),
            Command::AcceptAlternative(AcceptAlternative { store, booking: of(For::AcceptAlternative), starts_at: at(5, 12, 0) }),
            Command::Confirm(Confirm { store, booking: of(For::Confirm) }),
            Command::Decline(Decline { store, booking: of(For::Decline), reason: "满了".into() }),
            Command::AskToRebook(AskToRebook { store, booking: of(For::AskToRebook), reason: "".into() }),
            Command::ChangeVisit(self.edit()),
        ]
    }

    /// Another person is served, and somebody pays for them.
    fn edit(&self) -> ChangeVisit {
        let line = self.line(at(1, 16, 0));
        let seen_price = line.seen_price;
        let change = LineChange {
            was: None,
            service: line.service,
            subject: line.subject,
            payer: line.payer,
            staff_preference: line.staff_preference,
            staff: Some(self.staff),
            minutes: None,
            seen_price,
            is_own_price: false,
            is_beside: false,
        };
        let (store, booking, lines) = (self.store, self.booking(For::ChangeVisit), vec![change]);
        ChangeVisit { store, booking, lines_seen: 1, lines, starts_at: Some(at(5, 16, 0)), note: Some("".into()), override_reason: None }
    }

    fn people(&self) -> Vec<Command> {
        let (store, member) = (self.store, self.member);
        let phone = Phone::parse(&self.number, Region::Cn).expect("a number");
        let edits = vec![GroupEdit { base: 0, value: GroupValue::Name("小满".into()) }];
        vec![
            self.block(BlockId(fresh()), at(3, 14, 0)),
            self.out_of_order(at(3, 16, 0)),
            Command::Unblock(Unblock { store, block: self.block }),
            Command::RegisterMember(RegisterMember { account: Some(self.account), ..self.registration(new_member(), None) }),
            Command::EditMember(EditMember { store: Some(store), member, edits }),
            Command::FindMember(FindMember { store, phone: phone.clone() }),
            Command::ProveNumber(ProveNumber { store, phone, code: "042317".into(), member: Some(member) }),
            Command::ResolveAttention(ResolveAttention { store, attention: self.attention }),
        ]
    }

    fn waitlist(&self) -> Vec<Command> {
        let (store, answered, hold) = (self.store, self.waiting(Wait::Answer), self.booking(For::Offered));
        vec![
            self.join(WaitlistEntryId(fresh())),
            Command::LeaveWaitlist(LeaveWaitlist { store, entry: self.waiting(Wait::Leave) }),
            self.offer(Wait::Offer, new_booking(), at(7, 13, 0)),
            Command::AcceptOffer(AcceptOffer { store, entry: answered, hold, terms_version: 1 }),
            Command::DeclineOffer(DeclineOffer { store, entry: answered, hold }),
            Command::ServeWaitlist(ServeWaitlist { store, day: LocalDate::parse("2026-11-28").expect("a date") }),
        ]
    }

    /// The day of the store, by turns.
    fn turns(&self) -> Vec<Command> {
        let (store, staff, date) = (self.store, self.staff, LocalDate::parse("2026-11-21").expect("a date"));
        let (order, binding) = (AssignmentOrder::Rotation, Binding::OnArrival);
        vec![
            Command::SignIn(SignIn { store, date, staff }),
            Command::RefuseTurn(RefuseTurn { store, date, staff, reason: RefusalReason::Break }),
            Command::MakeGood(MakeGood { store, date, staff, reason: MadeGoodReason::PassedOver }),
            Command::ReorderRotation(ReorderRotation { store, date, staff, before: Some(staff), reason: MoveReason::Arranged }),
            Command::SignOut(SignOut { store, date, staff }),
            Command::PutStaffAssignment(PutStaffAssignment { store, order, binding, usual_first: true, base: 0 }),
        ]
    }

    async fn catalogue(&self, world: &World) -> Vec<Command> {
        let catalogue = world.state.catalogue().await.expect("the catalogue");
        let store = catalogue.stores[&self.store].clone();
        let zone = store.zone.clone();
        let base = |written: Option<shared::stamp::Written>| written.map_or(0, |written| written.version);
        let (service, staff, shift) =
            (catalogue.services[&CUT].clone(), catalogue.staff[&self.staff].clone(), catalogue.shifts[&self.shift].clone());
        let (basins, basin) = (catalogue.resource_types[&BASIN].clone(), catalogue.resources[&self.resource].clone());
        vec![
            Command::PutRules(PutRules { store: self.store, rules: store.rules.clone().into(), base: base(store.rules_written) }),
            Command::OrderStaff(OrderStaff { store: self.store, people: vec![self.staff], base: base(store.staff_order.written) }),
            Command::PutStore(PutStore::of(store.clone(), base(store.written))),
            Command::PutService(PutService::of(service.clone(), base(service.written))),
            Command::PutStaff(PutStaff::of(staff.clone(), base(staff.written))),
            Command::PutShift(PutShift::of(shift.clone(), base(shift.written))),
            Command::PutResourceType(PutResourceType::of(basins.clone(), base(basins.written))),
            Command::PutResource(PutResource::of(basin.clone(), base(basin.written))),
            Command::RenewZone(RenewZone { store: self.store, zone, ahead: TimeRange { start: at(0, 0, 0), end: at(1, 0, 0) } }),
        ]
    }

    fn imports(&self) -> Vec<Command> {
        let line = ImportedLine {
            service: CUT,
            performed: None,
            subject: Subject::Member(self.member),
            staff: Some(self.staff),
            starts_at: Some(at(6, 12, 0)),
            date: LocalDate::parse("2026-11-27").expect("a date"),
            price: None,
        };
        let (store, note) = (self.store, String::new());
        let status = ImportedStatus::Promised;
        let visit = ImportVisit { store, booking: new_booking(), lines: vec![line], status, note: note.into(), made_at: morning() };
        let findings = ImportFindings { store, overlaps: 1, paid_no_shows: 0, rejected: 0, unclear: 0 };
        let correction = CorrectVisit { was: visit.clone(), now: ImportVisit { status: ImportedStatus::NoShow, ..visit.clone() } };
        vec![Command::ImportVisit(visit), Command::CorrectVisit(correction), Command::ImportFindings(findings)]
    }
}
