//! Block, Unblock.

use shared::block::BlockKind;
use shared::booking::State;
use shared::command::{BlockTime, Command, Unblock};
use shared::id::BlockId;
use shared::refusal::Refusal;
use shared::staff_preference::StaffPreference;
use shared::time::TimeRange;
use uuid::Uuid;

use super::salon::*;

const LUNCH: BlockId = BlockId(Uuid::from_u128(77));

fn lunch(over: Option<&str>) -> Command {
    let range = TimeRange { start: at(13, 0), end: at(14, 0) };
    let (kind, over) = (BlockKind::Break, over.map(str::to_owned));
    Command::Block(BlockTime {
        store: STORE,
        block: LUNCH,
        resource: JJ.into(),
        range,
        kind,
        reason: "".into(),
        override_reason: over.map(Into::into),
    })
}

#[test]
fn nobody_books_into_lunch_until_it_is_taken_back() {
    let mut salon = Salon::open();
    salon.give(&desk(), &lunch(None)).unwrap();
    let refused = salon.give(&phone_of(XIAOMAN), &book(1, CUT, StaffPreference::Requested(JJ), at(13, 30)));
    assert_eq!(refused, Err(Refusal::TimeTaken { by: vec![] }));
    salon.give(&desk(), &Command::Unblock(Unblock { store: STORE, block: LUNCH })).unwrap();
    salon.promise(1, StaffPreference::Requested(JJ), at(13, 30));
}

#[test]
fn lunch_over_a_promise_needs_a_reason_and_then_the_guest_is_told() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(13, 0));
    assert_eq!(salon.give(&desk(), &lunch(None)), Err(Refusal::NeedsOverride { over: vec![booking_id(1)] }));
    salon.give(&desk(), &lunch(Some("看医生"))).unwrap();
    assert!(matches!(salon.state(1), State::Displaced { .. }));
}

#[test]
fn a_block_without_an_end_is_refused() {
    let mut salon = Salon::open();
    let range = TimeRange { start: at(13, 0), end: at(13, 0) };
    let block = Command::Block(BlockTime {
        store: STORE,
        block: LUNCH,
        resource: JJ.into(),
        range,
        kind: BlockKind::Break,
        reason: "".into(),
        override_reason: None,
    });
    assert_eq!(salon.give(&desk(), &block), Err(Refusal::Invalid { field: "range".into() }));
}

#[test]
fn nobody_blocks_the_year_after_next_or_the_week_before_or_half_a_minute() {
    let mut salon = Salon::open();
    let block = |range| {
        let (kind, reason) = (BlockKind::TimeOff, String::new());
        Command::Block(BlockTime {
            store: STORE,
            block: LUNCH,
            resource: JJ.into(),
            range,
            kind,
            reason: reason.into(),
            override_reason: None,
        })
    };
    let after = |days: i64| TimeRange { start: at(13, 0).plus_minutes(days * 1440), end: at(14, 0).plus_minutes(days * 1440) };
    assert_eq!(salon.give(&desk(), &block(after(740))), Err(Refusal::TooFarAhead { days: 732 }));
    let invalid = Err(Refusal::Invalid { field: "range".into() });
    assert_eq!(salon.give(&desk(), &block(after(-7))), invalid);
    let odd = TimeRange { end: shared::time::Timestamp(at(14, 0).0 + 30_000), ..after(0) };
    assert_eq!(salon.give(&desk(), &block(odd)), invalid);
    // A desk that was offline for a week tells of the lunch it had then.
    salon.now = at(13, 0).plus_minutes(7 * 1440);
    salon.give(&desk().offline_since(100, at(13, 0)), &block(after(0))).unwrap();
}

#[test]
fn a_shift_is_planned_for_a_day_that_somebody_will_see() {
    let mut salon = Salon::open();
    let shift = salon.view.catalogue.shifts.values().next().unwrap().clone();
    let dated = |days: i32| {
        let date = shared::time::LocalDate(at(9, 0).utc_day()).plus_days(days);
        let id = shared::id::ShiftId(Uuid::from_u128(0x9999));
        let shift = shared::roster::Shift { id, day: shared::roster::ShiftDay::Date(date), ..shift.clone() };
        Command::PutShift(shared::command::PutShift::of(shift, 0))
    };
    assert_eq!(salon.give(&owner(), &dated(5_000)), Err(Refusal::Invalid { field: "day".into() }));
    salon.give(&owner(), &dated(400)).unwrap();
}

#[test]
fn what_was_over_a_day_ago_is_not_blocked_any_more() {
    let mut salon = Salon::open();
    salon.now = at(14, 0).plus_minutes(1440);
    salon.give(&desk(), &lunch(None)).unwrap();
    salon.now = at(14, 1).plus_minutes(1440);
    assert_eq!(salon.give(&desk(), &lunch(None)), Err(Refusal::Invalid { field: "range".into() }));
}
