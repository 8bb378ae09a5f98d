//! Block, Unblock.

use shared::block::BlockKind;
use shared::booking::{StaffWish, State};
use shared::command::{BlockTime, Command, Unblock};
use shared::id::BlockId;
use shared::refusal::Refusal;
use shared::time::TimeRange;
use uuid::Uuid;

use super::salon::*;

const LUNCH: BlockId = BlockId(Uuid::from_u128(77));

fn lunch(over: Option<&str>) -> Command {
    let range = TimeRange { start: at(13, 0), end: at(14, 0) };
    let (kind, over) = (BlockKind::Break, over.map(str::to_owned));
    Command::Block(BlockTime { store: STORE, block: LUNCH, staff: JJ, range, kind, reason: String::new(), over })
}

#[test]
fn nobody_books_into_lunch_until_it_is_taken_back() {
    let mut salon = Salon::open();
    salon.give(&desk(), &lunch(None)).unwrap();
    let refused = salon.give(&phone_of(XIAOMAN), &book(1, CUT, StaffWish::Requested(JJ), at(13, 30)));
    assert_eq!(refused, Err(Refusal::TimeTaken { by: vec![] }));
    salon.give(&desk(), &Command::Unblock(Unblock { store: STORE, block: LUNCH })).unwrap();
    salon.promise(1, StaffWish::Requested(JJ), at(13, 30));
}

#[test]
fn lunch_over_a_promise_needs_a_reason_and_then_the_guest_is_told() {
    let mut salon = Salon::open();
    salon.promise(1, StaffWish::Requested(JJ), at(13, 0));
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
        staff: JJ,
        range,
        kind: BlockKind::Break,
        reason: String::new(),
        over: None,
    });
    assert_eq!(salon.give(&desk(), &block), Err(Refusal::Invalid { field: "range".into() }));
}
