//! One way in: every booking that takes time from somebody passes here (hold, book, move, check in, start, accept). A newcomer must beat
//! every occupant it needs; before anybody is displaced, gentler ways are tried in the declared order (C4). Squeezed and imported visits lie
//! beside what is there and take nothing: they are stacked by [`place::stack`].

mod gentler;

use crate::attention::AttentionKind;
use crate::block::Block;
use crate::booking::precedence::{Class, Standing, standing_of};
use crate::booking::{Booking, LaneReason, Occupancy, PLACED_NOW, State, StepKind, place};
use crate::command::Context;
use crate::decision::{LadderStep, Notice, NoticeKind};
use crate::id::{BlockId, BookingId};
use crate::order;
use crate::refusal::Refusal;
use crate::role::Principal;
use crate::store::Store;
use crate::time::{TimeRange, Timestamp};
use crate::view::View;

/// What may be done for the newcomer when the time is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Otherwise {
    /// A wish: refuse.
    Refuse,
    /// A fact declared by staff: beside whoever has the better right, but over visible promises only with a reason.
    AskOverride,
    /// A fact that stands there: beside whoever keeps the time.
    NextLane,
}

/// A newcomer's case.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// What surrounds the decision.
    pub context: &'a Context,
    /// What is known.
    pub view: &'a View,
    /// The store.
    pub store: &'a Store,
    /// The right it comes with.
    pub standing: Standing,
    /// Authorised staff gave a reason to break visible promises.
    pub over: bool,
    /// When it cannot have the time.
    pub otherwise: Otherwise,
}

/// The newcomer is in; these others changed for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Admitted {
    /// Other bookings, changed.
    pub others: Vec<Booking>,
    /// People to tell.
    pub notices: Vec<Notice>,
    /// What a person must look at.
    pub attention: Vec<AttentionKind>,
    /// The highest step that was needed.
    pub step: LadderStep,
}

/// Who is in the way.
#[derive(Clone, Debug)]
enum Occupant<'a> {
    Booking(&'a Booking, Standing),
    Block(&'a Block),
}

impl Occupant<'_> {
    fn standing(&self) -> Standing {
        match self {
            Occupant::Booking(_, standing) => *standing,
            Occupant::Block(_) => Standing::of(Class::Block),
        }
    }

    fn placed(&self) -> (u64, crate::id::ReplicaId) {
        match self {
            Occupant::Booking(booking, _) => (booking.placed_seq, booking.placed_by),
            Occupant::Block(block) => (block.placed_seq, block.placed_by),
        }
    }
}

/// Lets a booking into the time its lines ask for, whatever the ladder says. On success `booking.occupancy`, `starts_at`, `ends_at` and
/// `placed_*` are set.
///
/// # Errors
/// `TimeTaken`, `NeedsOverride` or `Undecided`.
pub fn admit(case: Case<'_>, booking: &mut Booking) -> Result<Admitted, Refusal> {
    let wanted = place::occupancy(&booking.lines);
    let span = place::span(&booking.lines).ok_or(Refusal::Invalid { field: "lines".into() })?;
    case.view.must_cover(case.store.id, span)?;
    booking.starts_at = span.start;
    booking.ends_at = span.end;
    booking.occupancy = wanted;
    booking.placed_seq = PLACED_NOW;
    booking.placed_by = case.context.replica;
    if case.standing.class == Class::Arrived {
        gentler::beside_nobody(case, booking);
    }
    let mut admitted = clear(case, &booking.occupancy, Some(booking.id), None)?;
    let in_the_way = !occupants(case, &booking.occupancy, Some(booking.id), None, &admitted.others).is_empty();
    if in_the_way {
        place::stack(case.view, booking, &admitted.others, &LaneReason::SecondFact);
        admitted.attention.push(AttentionKind::Overlap { booking: booking.id });
        admitted.step = admitted.step.max(LadderStep::SecondFact);
    }
    Ok(admitted)
}

/// Clears the time a newcomer needs, as far as its standing and the declared steps allow. What is still in the way
/// afterwards stays only where `Otherwise::NextLane` says so.
///
/// # Errors
/// `TimeTaken` or `NeedsOverride`.
pub fn clear(case: Case<'_>, wanted: &[Occupancy], own: Option<BookingId>, own_block: Option<BlockId>) -> Result<Admitted, Refusal> {
    let mut admitted = expire_holds(case, wanted, own);
    let in_the_way = occupants(case, wanted, own, own_block, &admitted.others);
    let beaten = |occupant: &Occupant<'_>| case.standing > occupant.standing() && !matches!(occupant, Occupant::Block(_));
    let names = |list: &[Occupant<'_>]| -> Vec<BookingId> {
        list.iter().filter_map(|occupant| if let Occupant::Booking(booking, _) = occupant { Some(booking.id) } else { None }).collect()
    };
    // A wish must beat every occupant; a fact lies beside the ones it cannot beat.
    if case.otherwise == Otherwise::Refuse && !in_the_way.iter().all(beaten) {
        return Err(Refusal::TimeTaken { by: names(&in_the_way) });
    }
    let mut victims: Vec<(&Booking, (u64, crate::id::ReplicaId))> = in_the_way
        .iter()
        .filter(|occupant| beaten(occupant))
        .filter_map(|occupant| if let Occupant::Booking(booking, _) = occupant { Some((*booking, occupant.placed())) } else { None })
        .collect();
    // Lowest standing first, then the latest confirmed, then id: the same order on every machine.
    order::sort_by_key(&mut victims, |(booking, _)| {
        (standing_of(booking, &case.store.rules, case.context.now), std::cmp::Reverse(booking.made_at), booking.id)
    });
    let mut to_displace = Vec::new();
    for (victim, placed) in victims {
        if let Some(moved) = gentler::reassigned(case, victim, wanted, &admitted.others) {
            admitted.notices.push(Notice { booking: victim.id, kind: NoticeKind::Reassigned });
            admitted.step = admitted.step.max(LadderStep::Reassigned);
            // The colleague's time may still carry a hold that has run out.
            let expired = expire_holds(case, &moved.occupancy, own).others;
            let new = expired.into_iter().filter(|hold| !admitted.others.iter().any(|other| other.id == hold.id)).collect::<Vec<_>>();
            admitted.others.extend(new);
            admitted.others.push(moved);
        } else if let Some((late, minutes)) = gentler::delayed(case, victim, wanted) {
            admitted.notices.push(Notice { booking: victim.id, kind: NoticeKind::Delayed });
            admitted.attention.push(AttentionKind::Delayed { booking: victim.id, minutes });
            admitted.step = admitted.step.max(LadderStep::AcceptedLate);
            admitted.others.push(late);
        } else {
            to_displace.push((victim, placed));
        }
    }
    displace(case, to_displace, wanted, own, &mut admitted)?;
    Ok(admitted)
}

/// Displaces what nothing gentler helped, if the newcomer may: only what its device could not have seen, and only from now on;
/// over a visible promise it needs an override.
fn displace(
    case: Case<'_>,
    victims: Vec<(&Booking, (u64, crate::id::ReplicaId))>,
    wanted: &[Occupancy],
    own: Option<BookingId>,
    admitted: &mut Admitted,
) -> Result<(), Refusal> {
    let now = case.context.now;
    let (current, past): (Vec<_>, Vec<_>) = victims.into_iter().partition(|(victim, _)| {
        victim.occupancy.iter().any(|held| held.range.end > now && meets(held, wanted).is_some_and(|range| range.end > now))
    });
    let visible: Vec<BookingId> = current
        .iter()
        .filter(|(victim, _)| standing_of(victim, &case.store.rules, now).is_some_and(|standing| standing.class >= Class::Promise))
        .filter(|(_, (seq, by))| *seq <= case.context.base || *by == case.context.replica)
        .map(|(victim, _)| victim.id)
        .collect();
    if !visible.is_empty() && !case.over {
        return match case.otherwise {
            Otherwise::NextLane => Ok(()),
            Otherwise::AskOverride => Err(Refusal::NeedsOverride { over: visible }),
            Otherwise::Refuse => Err(Refusal::TimeTaken { by: visible }),
        };
    }
    if !past.is_empty() && case.otherwise == Otherwise::Refuse {
        return Err(Refusal::TimeTaken { by: past.iter().map(|(victim, _)| victim.id).collect() });
    }
    for (victim, _) in current {
        let mut loser = victim.clone();
        loser.occupancy.clear();
        match victim.state {
            // They still wait, without a time of their own.
            State::Waiting { .. } => {}
            // It was only being looked at: whoever confirms it is offered other times.
            State::Held { .. } => {
                loser.state = State::Expired { at: now };
                loser.note_step(StepKind::Expired, now, Principal::System, None);
            }
            _ => {
                loser.alternatives.clear();
                loser.state = State::Displaced { at: now };
                loser.note_step(StepKind::Displaced, now, case.context.actor.principal, case.context.actor.staff);
                admitted.notices.push(Notice { booking: victim.id, kind: NoticeKind::Displaced });
                admitted.attention.push(AttentionKind::Displaced { booking: victim.id, by: own });
            }
        }
        admitted.step = LadderStep::Displaced;
        admitted.others.push(loser);
    }
    Ok(())
}

/// Holds that have run out give their time back inside the transaction that needs it.
fn expire_holds(case: Case<'_>, wanted: &[Occupancy], own: Option<BookingId>) -> Admitted {
    let now = case.context.now;
    let mut admitted = Admitted::default();
    for booking in nearby(case, wanted).filter(|booking| Some(booking.id) != own) {
        let State::Held { expires_at } = booking.state else { continue };
        if expires_at > now || !booking.occupancy.iter().any(|held| meets(held, wanted).is_some()) {
            continue;
        }
        let mut expired = booking.clone();
        expired.occupancy.clear();
        expired.state = State::Expired { at: expires_at };
        expired.note_step(StepKind::Expired, now, Principal::System, None);
        admitted.others.push(expired);
    }
    admitted
}

fn nearby<'a>(case: Case<'a>, wanted: &[Occupancy]) -> impl Iterator<Item = &'a Booking> + use<'a> {
    let span = wanted.iter().map(|held| held.range).reduce(|all, range| all.hull(&range));
    // Running visits hold their time beyond their end while they overrun.
    let span = span.unwrap_or(TimeRange { start: Timestamp(0), end: Timestamp(0) }).widened(12 * 60);
    case.view.bookings_between(case.store.id, span)
}

fn occupants<'a>(
    case: Case<'a>,
    wanted: &[Occupancy],
    own: Option<BookingId>,
    own_block: Option<BlockId>,
    changed: &[Booking],
) -> Vec<Occupant<'a>> {
    let now = case.context.now;
    let mut found = Vec::new();
    for booking in nearby(case, wanted).filter(|booking| Some(booking.id) != own) {
        let Some(standing) = standing_of(booking, &case.store.rules, now) else { continue };
        let current = changed.iter().find(|other| other.id == booking.id).unwrap_or(booking);
        let grows = matches!(booking.state, State::InService { .. });
        let last = current.occupancy.iter().map(|held| held.range.end).max();
        let takes = current.occupancy.iter().any(|held| {
            let mut held = held.clone();
            if grows && Some(held.range.end) == last {
                held.range.end = held.range.end.max(now);
            }
            meets(&held, wanted).is_some()
        });
        if takes {
            found.push(Occupant::Booking(booking, standing));
        }
    }
    let blocks = case.view.blocks.values().filter(|block| block.store == case.store.id && Some(block.id) != own_block);
    found.extend(
        blocks
            .filter(|block| wanted.iter().any(|want| want.resource == block.staff.into() && want.range.overlaps(&block.range)))
            .map(Occupant::Block),
    );
    found
}

/// The wanted range that a held range is in the way of.
fn meets(held: &Occupancy, wanted: &[Occupancy]) -> Option<TimeRange> {
    wanted.iter().find(|want| want.resource == held.resource && want.range.overlaps(&held.range)).map(|want| want.range)
}
