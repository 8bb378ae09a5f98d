//! Blocked time 占位 (class 5) and taking it back.

use super::Desk;
use crate::attention::AttentionKind;
use crate::block::{Block, BlockKind};
use crate::booking::admit::{Case, Otherwise, clear, still_in_the_way};
use crate::booking::place::{lowest_free, taken_lanes};
use crate::booking::precedence::{Class, Standing};
use crate::booking::{Occupancy, PLACED_NOW};
use crate::command::texts::NOTE;
use crate::command::{BlockTime, Unblock};
use crate::decision::{Change, Decision};
use crate::id::ResourceId;
use crate::record::Noun;
use crate::refusal::Refusal;
use crate::role::Permission;
use crate::time::{MINUTE, TimeRange};
use crate::view::Found;

/// Longest block in minutes: two weeks; longer absences belong into the roster.
pub(in crate::command) const LONGEST_MINUTES: i64 = 14 * 1440;

pub(super) fn block(desk: Desk<'_>, command: &BlockTime) -> Result<Decision, Refusal> {
    let store = desk.store(command.store)?;
    desk.must(Permission::WorkBoard, store.id)?;
    check_time(desk, command.range)?;
    let staff = desk.view.staff(command.staff).or_refuse("staff")?;
    if !staff.stores.contains(&store.id) {
        return Err(Refusal::NotFound { kind: "staff".into() });
    }
    desk.view.block(store.id, command.block).or_taken()?;
    if command.range.is_empty() || command.range.minutes() > LONGEST_MINUTES || NOTE.check("reason", &command.reason).is_err() {
        return Err(Refusal::Invalid { field: "range".into() });
    }
    // An emergency is an override by itself: the reason says why.
    let emergency = (command.kind == BlockKind::Emergency).then_some(&command.reason);
    let over = desk.over(store.id, command.over.as_ref().or(emergency))?;
    desk.view.must_cover(store.id, command.range)?;
    let wanted = [Occupancy { resource: staff.id.into(), lane: 0, reason: None, range: command.range, line: 0, part: 0 }];
    let case = Case {
        context: desk.context,
        view: desk.view,
        store,
        standing: Standing::of(Class::Block),
        over,
        otherwise: Otherwise::AskOverride,
        over_at: None,
    };
    let mut admitted = clear(case, &wanted, None, Some(command.block))?;
    if desk.context.base_raised {
        let beside = still_in_the_way(case, &wanted, command.block, &admitted.others);
        admitted.attention.extend(beside.into_iter().map(|booking| AttentionKind::Overlap { booking }));
    }
    let place = (store.id, ResourceId::from(staff.id), command.range);
    let lane = lowest_free(&taken_lanes(desk.view, place, None, &admitted.others, desk.at()));
    let block = Block {
        id: command.block,
        store: store.id,
        staff: staff.id,
        range: command.range,
        lane,
        kind: command.kind,
        reason: command.reason.trim().to_owned(),
        declared: desk.context.stamp,
        placed_seq: PLACED_NOW,
        placed_by: desk.context.replica,
    };
    let mut changes: Vec<Change> = admitted.others.into_iter().map(Change::put).collect();
    changes.push(Change::put(block));
    changes.extend(desk.attention(store.id, admitted.attention));
    Ok(Decision { changes, notices: admitted.notices, step: admitted.step })
}

/// Whole minutes, no further ahead than a desk books, and not long over when it was said.
fn check_time(desk: Desk<'_>, range: TimeRange) -> Result<(), Refusal> {
    let is_grained = range.start.0 % MINUTE == 0 && range.end.0 % MINUTE == 0;
    if !is_grained || range.end < desk.at().plus_minutes(-1440) {
        return Err(Refusal::Invalid { field: "range".into() });
    }
    desk.check_horizon(range.start)
}

pub(super) fn unblock(desk: Desk<'_>, command: &Unblock) -> Result<Decision, Refusal> {
    desk.store(command.store)?;
    desk.must(Permission::WorkBoard, command.store)?;
    match desk.view.block(command.store, command.block) {
        Found::Known(block) => {
            Ok(Decision { changes: vec![Change::Remove { store: block.store, key: block.key() }], ..Decision::default() })
        }
        Found::Absent => Ok(Decision::default()),
        Found::Unknown => Err(Refusal::Undecided),
    }
}
