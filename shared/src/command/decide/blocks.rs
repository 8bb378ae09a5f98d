//! Blocked time 占位 (class 5) and taking it back.

use serde::{Deserialize, Serialize};

use crate::attention::AttentionKind;
use crate::block::{Block, BlockKind};
use crate::booking::PLACED_NOW;
use crate::command::decider::Decider;
use crate::command::payload::{Givers, Payload};
use crate::command::reads::Ask;
use crate::command::texts::{Cleaning, NOTE};
use crate::decision::{Change, Decision};
use crate::id::{BlockId, ResourceId, StaffId, StoreId};
use crate::noun::{Noun, RecordKey};
use crate::occupancy::Occupancy;
use crate::personal::Personal;
use crate::placement::admit::{clear, still_in_the_way, two_places};
use crate::placement::case::{Case, Otherwise};
use crate::placement::lanes::{lowest_free, taken_lanes};
use crate::placement::precedence::{Class, Standing};
use crate::refusal::Refusal;
use crate::role::Permission;
use crate::time::{MINUTE, TimeRange};
use crate::versioned::Versioned;
use crate::view::Found;

/// 占位
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockTime {
    /// Store.
    pub store: StoreId,
    /// Id.
    pub block: BlockId,
    /// Whose time: a staff member's, or that of a room, a station or equipment.
    pub resource: ResourceId,
    /// When.
    pub range: TimeRange,
    /// Kind.
    pub kind: BlockKind,
    /// In words; may be empty unless it breaks a promise.
    pub reason: Personal<String>,
    /// Reason for an override of visible promises.
    pub override_reason: Option<Personal<String>>,
}

/// Take blocked time back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unblock {
    /// Store.
    pub store: StoreId,
    /// Block.
    pub block: BlockId,
}

impl Versioned for BlockTime {}

impl Payload for BlockTime {
    const GIVEN_BY: Givers = Givers::Staff;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn about(&self) -> Option<RecordKey> {
        Some(Block::key_of(self.block))
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        ask.of_store::<Block>(self.store, self.block);
        // Nonsense is refused by `decide`; here it must only not widen the read without bound.
        let end = self.range.end.min(self.range.start.plus_minutes(LONGEST_MINUTES + 1));
        ask.around(self.store, TimeRange { end, ..self.range }, &[]);
    }

    fn clean(&mut self, cleaning: &mut Cleaning) {
        cleaning.text("reason", NOTE, &mut self.reason);
        cleaning.reason("override_reason", &mut self.override_reason);
    }

    fn override_reason(&mut self) -> Option<&mut Option<Personal<String>>> {
        Some(&mut self.override_reason)
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        block(decider, self)
    }
}

impl Versioned for Unblock {}

impl Payload for Unblock {
    const GIVEN_BY: Givers = Givers::Staff;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn about(&self) -> Option<RecordKey> {
        Some(Block::key_of(self.block))
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        ask.of_store::<Block>(self.store, self.block);
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        unblock(decider, self)
    }
}

/// Longest block in minutes: two weeks; longer absences belong into the roster.
pub(in crate::command) const LONGEST_MINUTES: i64 = 14 * 1440;

pub(super) fn block(decider: Decider<'_>, command: &BlockTime) -> Result<Decision, Refusal> {
    let store = decider.store(command.store)?;
    decider.must(Permission::WorkBoard, store.id)?;
    check_time(decider, command.range)?;
    must_be_here(decider, store.id, command.resource)?;
    decider.view.block(store.id, command.block).or_taken()?;
    if command.range.is_empty() || command.range.minutes() > LONGEST_MINUTES || NOTE.check("reason", &command.reason).is_err() {
        return Err(Refusal::Invalid { field: "range".into() });
    }
    // An emergency is an override by itself: the reason says why.
    let emergency = (command.kind == BlockKind::Emergency).then_some(&*command.reason);
    let over = decider.over(store.id, command.override_reason.as_deref().or(emergency))?;
    decider.view.must_cover(store.id, command.range)?;
    let wanted = [Occupancy { resource: command.resource, lane: 0, reason: None, range: command.range, line: 0, part: 0 }];
    let case = Case {
        context: decider.context,
        view: decider.view,
        store,
        standing: Standing::of(Class::Block),
        over,
        otherwise: Otherwise::AskOverride,
        over_at: None,
    };
    let mut admitted = clear(case, &wanted, None, Some(command.block))?;
    if decider.context.base_raised {
        let beside = still_in_the_way(case, &wanted, command.block, &admitted.others);
        admitted.attention.extend(beside.into_iter().map(|booking| AttentionKind::Overlap { booking }));
    }
    let place = (store.id, command.resource, command.range);
    let lane = lowest_free(&taken_lanes(decider.view, place, None, &admitted.others, decider.at()));
    let block = Block {
        id: command.block,
        store: store.id,
        resource: command.resource,
        range: command.range,
        lane,
        kind: command.kind,
        reason: command.reason.trim().into(),
        declared: decider.context.stamp,
        placed_seq: PLACED_NOW,
        placed_by: decider.context.replica,
    };
    two_places::note(decider.view, (store.id, decider.context.now), &wanted, &mut admitted);
    let mut entries: Vec<_> = admitted.attention.into_iter().map(|about| (store.id, about)).collect();
    entries.extend(admitted.two_places);
    let run_out = admitted.run_out.into_iter().map(|key| Change::Remove { store: store.id, key });
    let mut changes: Vec<Change> = run_out.collect();
    changes.extend(admitted.others.into_iter().map(Change::put));
    changes.push(Change::put(block));
    changes.extend(decider.entries(entries));
    Ok(Decision { changes, notices: admitted.notices, step: admitted.step })
}

/// Somebody who works in the store, or something that is there.
fn must_be_here(decider: Decider<'_>, store: StoreId, resource: ResourceId) -> Result<(), Refusal> {
    let is_here = match decider.view.resource(resource) {
        Found::Known(resource) => resource.store == store,
        _ => decider.view.staff(StaffId(resource.0)).or_refuse("staff")?.stores.contains(&store),
    };
    if is_here { Ok(()) } else { Err(Refusal::NotFound { kind: "staff".into() }) }
}

/// Whole minutes, no further ahead than a desk books, and not long over when it was said.
fn check_time(decider: Decider<'_>, range: TimeRange) -> Result<(), Refusal> {
    let is_grained = range.start.0 % MINUTE == 0 && range.end.0 % MINUTE == 0;
    if !is_grained || range.end < decider.at().plus_minutes(-1440) {
        return Err(Refusal::Invalid { field: "range".into() });
    }
    decider.check_horizon(range.start)
}

pub(super) fn unblock(decider: Decider<'_>, command: &Unblock) -> Result<Decision, Refusal> {
    decider.store(command.store)?;
    decider.must(Permission::WorkBoard, command.store)?;
    match decider.view.block(command.store, command.block) {
        Found::Known(block) => {
            Ok(Decision { changes: vec![Change::Remove { store: block.store, key: block.key() }], ..Decision::default() })
        }
        Found::Absent => Ok(Decision::default()),
        Found::Unknown => Err(Refusal::Undecided),
    }
}
