//! What people want: one of a few days and hours, so that many want the same time.

use shared::block::BlockKind;
use shared::booking::{Booking, CancelledBy, State, Subject};
use shared::command::{BlockTime, Book, Cancel, CheckIn, Command, Finish, Hold, Move, NoShow, SeatWalkIn, Start};
use shared::id::{BlockId, BookingId, StaffId};
use shared::staff_preference::StaffPreference;
use shared::time::{TimeRange, Timestamp};
use shared::visit_request::RequestedLine;
use tests::dice::Dice;
use tests::salon::{BECKY, COLOUR, CUT, JJ, KELLY, STORE};
use uuid::Uuid;

/// Few enough that many want the same time; the first is today, when walk-ins come.
const DAYS: u64 = 30;
const EVERYBODY: [StaffId; 3] = [JJ, KELLY, BECKY];

/// Who wants it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Member,
    Desk,
    /// A desk that is offline for hours.
    LateDesk,
}

/// The salon's days: midnight of the first of them.
#[derive(Clone, Copy, Debug)]
pub struct Days(pub Timestamp);

impl Days {
    fn time(self, dice: &mut Dice) -> Timestamp {
        let day = if dice.happens(15) { 0 } else { dice.minutes(DAYS) };
        self.0.plus_minutes(day * 1440 + 600 + dice.minutes(36) * 15)
    }
}

fn line(dice: &mut Dice, starts_at: Timestamp) -> RequestedLine {
    let staff_preference =
        dice.pick(&EVERYBODY).filter(|_| dice.clone().happens(60)).map_or(StaffPreference::Any, |staff| StaffPreference::Requested(*staff));
    let service = if dice.happens(75) { CUT } else { COLOUR };
    RequestedLine { service, subject: Subject::Guest { name: "客人".into() }, payer: None, staff_preference, starts_at, seen_price: None }
}

fn reason(dice: &mut Dice, role: Role) -> Option<String> {
    (role != Role::Member && dice.happens(40)).then(|| "急".to_owned())
}

fn book(dice: &mut Dice, role: Role, days: Days) -> Command {
    let starts_at = days.time(dice);
    Command::Book(Book {
        store: STORE,
        booking: BookingId(Uuid::new_v4()),
        account: None,
        lines: vec![line(dice, starts_at)],
        note: "".into(),
        terms_version: 1,
        by_phone: role != Role::Member && dice.happens(30),
        override_reason: reason(dice, role).map(Into::into),
    })
}

/// What is to be given directly: a hold.
pub fn hold(dice: &mut Dice, days: Days) -> Command {
    let starts_at = days.time(dice);
    Command::Hold(Hold { store: STORE, booking: BookingId(Uuid::new_v4()), lines: vec![line(dice, starts_at)] })
}

/// One command of somebody who sees these bookings, at a moment.
pub fn staff_preference(dice: &mut Dice, role: Role, seen: &[&Booking], days: Days, moment: Timestamp) -> Command {
    let chosen = dice.pick(seen).copied();
    match (chosen, dice.throw(10)) {
        (Some(seen), 0 | 1) => {
            let by = if role == Role::Member { CancelledBy::Member } else { CancelledBy::Store };
            Command::Cancel(Cancel { store: STORE, booking: seen.id, by, reason: "".into() })
        }
        (Some(seen), 2 | 3) => {
            let (starts_at, over) = (days.time(dice), reason(dice, role));
            Command::Move(Move {
                store: STORE,
                booking: seen.id,
                starts_at,
                staff_preferences: Vec::new(),
                override_reason: over.map(Into::into),
            })
        }
        (Some(seen), 4) if role != Role::Member => happening(dice, seen),
        (_, 5) if role != Role::Member => block(dice, role, days),
        (_, 7) if role == Role::LateDesk => block(dice, role, days),
        (_, 6) if role != Role::Member => Command::SeatWalkIn(SeatWalkIn {
            store: STORE,
            booking: BookingId(Uuid::new_v4()),
            lines: vec![line(dice, moment.start_of_minute())],
            note: "".into(),
        }),
        _ => book(dice, role, days),
    }
}

fn happening(dice: &mut Dice, seen: &Booking) -> Command {
    let (store, booking) = (STORE, seen.id);
    match seen.state {
        State::InService { .. } => Command::Finish(Finish { store, booking }),
        State::CheckedIn { .. } | State::Waiting { .. } => {
            Command::Start(Start { store, booking, staff: dice.pick(&EVERYBODY).copied(), override_reason: None })
        }
        _ if dice.happens(50) => Command::CheckIn(CheckIn { store, booking, override_reason: Some("早到".into()) }),
        _ => Command::NoShow(NoShow { store, booking }),
    }
}

fn block(dice: &mut Dice, role: Role, days: Days) -> Command {
    let (start, over) = (days.time(dice), reason(dice, role));
    let kind = if dice.happens(50) { BlockKind::Emergency } else { BlockKind::Break };
    let staff = dice.pick(&EVERYBODY).copied().unwrap_or(JJ);
    let range = TimeRange::starting(start, 30);
    Command::Block(BlockTime {
        store: STORE,
        block: BlockId(Uuid::new_v4()),
        resource: staff.into(),
        range,
        kind,
        reason: "休息".into(),
        override_reason: over.map(Into::into),
    })
}
