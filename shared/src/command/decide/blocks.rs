//! Blocked time 占位 (class 5) and taking it back.

use super::Desk;
use crate::block::{Block, BlockKind};
use crate::booking::admit::{Case, Otherwise, clear};
use crate::booking::precedence::{Class, Standing};
use crate::booking::{Occupancy, PLACED_NOW};
use crate::command::{BlockTime, Unblock};
use crate::decision::{Change, Decision};
use crate::refusal::Refusal;
use crate::role::Permission;
use crate::view::Found;

/// Longest block in minutes: two weeks; longer absences belong into the roster.
const LONGEST: i64 = 14 * 1440;

pub(super) fn block(desk: Desk<'_>, command: &BlockTime) -> Result<Decision, Refusal> {
    let store = desk.store(command.store)?;
    desk.must(Permission::WorkBoard, store.id)?;
    let staff = desk.view.staff(command.staff).or_refuse("staff")?;
    if !staff.stores.contains(&store.id) {
        return Err(Refusal::NotFound { kind: "staff".into() });
    }
    desk.view.block(store.id, command.block).or_taken()?;
    if command.range.is_empty() || command.range.minutes() > LONGEST || command.reason.chars().count() > super::MAX_NOTE {
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
    };
    let admitted = clear(case, &wanted, None, Some(command.block))?;
    let lane = free_lane(desk, command, &admitted.others);
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
    let mut changes: Vec<Change> = admitted.others.into_iter().map(Change::PutBooking).collect();
    changes.push(Change::PutBlock(block));
    changes.extend(desk.attention(store.id, admitted.attention));
    Ok(Decision { changes, notices: admitted.notices, step: admitted.step })
}

fn free_lane(desk: Desk<'_>, command: &BlockTime, changed: &[crate::booking::Booking]) -> u8 {
    let resource = crate::id::ResourceId::from(command.staff);
    let current = |booking| changed.iter().find(|other: &&crate::booking::Booking| other.id == booking);
    let bookings = desk.view.bookings_between(command.store, command.range.widened(24 * 60));
    let mut taken: Vec<u8> = bookings
        .map(|booking| current(booking.id).unwrap_or(booking))
        .flat_map(|booking| &booking.occupancy)
        .filter(|held| held.resource == resource && held.range.overlaps(&command.range))
        .map(|held| held.lane)
        .collect();
    let blocks = desk.view.blocks_between(command.store, command.range);
    taken.extend(blocks.filter(|block| block.staff == command.staff).map(|block| block.lane));
    (0..=u8::MAX).find(|lane| !taken.contains(lane)).unwrap_or(u8::MAX)
}

pub(super) fn unblock(desk: Desk<'_>, command: &Unblock) -> Result<Decision, Refusal> {
    desk.store(command.store)?;
    desk.must(Permission::WorkBoard, command.store)?;
    match desk.view.block(command.store, command.block) {
        Found::Known(block) => Ok(Decision { changes: vec![Change::RemoveBlock(block.store, block.id)], ..Decision::default() }),
        Found::Absent => Ok(Decision::default()),
        Found::Unknown => Err(Refusal::Undecided),
    }
}
