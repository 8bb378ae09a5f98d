//! One way in: every booking that takes time from somebody passes here (hold, book, move, check in, start, accept). A newcomer must
//! beat every occupant it needs; before anybody is displaced, gentler ways are tried in the declared order (C4). Squeezed and imported
//! visits lie beside what is there and take nothing: they are stacked by [`lanes::stack`].

mod displace;
mod occupants;
pub(crate) mod relocate;
pub(crate) mod two_places;

use crate::attention::AttentionKind;
use crate::booking::history::StepKind;
use crate::booking::{Booking, PLACED_NOW, State};
use crate::decision::{LadderStep, Notice, NoticeKind};
use crate::id::{BlockId, BookingId, ReplicaId};
use crate::occupancy::{LaneReason, Occupancy};
use crate::placement::case::{Admitted, Case, LONGEST_VISIT_MINUTES, Otherwise};
use crate::placement::precedence::{Class, standing_of};
use crate::placement::{binding, lanes, visit_time};
use crate::refusal::Refusal;
use crate::role::Principal;
use crate::sort;

use displace::displace;
use occupants::{Occupant, meets, names, nearby, occupants};

/// Lets a booking into the time its lines ask for, whatever the ladder says. On success `booking.occupancy`, `starts_at`, `ends_at` and
/// `placed_*` are set.
///
/// # Errors
/// `TimeTaken`, `NeedsOverride` or `Undecided`.
pub fn admit(case: Case<'_>, booking: &mut Booking) -> Result<Admitted, Refusal> {
    if case.standing.class >= Class::Arrived {
        relocate::equip(case, booking);
    }
    let mut wanted = visit_time::occupancy(&booking.lines);
    let span = visit_time::span(&booking.lines).filter(|span| span.minutes() <= LONGEST_VISIT_MINUTES);
    let span = span.ok_or(Refusal::Invalid { field: "lines".into() })?;
    case.view.must_cover(case.store.id, span)?;
    if let Some(over_at) = case.over_at {
        visit_time::end_at(&mut wanted, over_at);
    }
    booking.starts_at = span.start;
    booking.ends_at = span.end;
    booking.occupancy = wanted;
    booking.placed_seq = PLACED_NOW;
    booking.placed_by = case.context.replica;
    relocate::to_free_resources(case, booking);
    if let Some(over_at) = case.over_at {
        visit_time::end_at(&mut booking.occupancy, over_at);
    }
    if case.standing.class == Class::Arrived {
        relocate::to_free_colleague(case, booking);
    }
    let mut admitted = clear(case, &booking.occupancy, Some(booking.id), None)?;
    let in_the_way = !occupants(case, &booking.occupancy, Some(booking.id), None, &admitted.others).is_empty();
    if in_the_way {
        lanes::stack(case.view, booking, &admitted.others, &LaneReason::SecondFact, case.context.happened_at());
        admitted.attention.push(AttentionKind::Overlap { booking: booking.id });
        admitted.step = admitted.step.max(LadderStep::SecondFact);
    }
    let newly = two_places::newly_held(case.view, admitted.others.iter().chain([&*booking]));
    two_places::note(case.view, (case.store.id, case.context.now), &newly, &mut admitted);
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
    let beaten =
        |occupant: &Occupant<'_>| case.standing > occupant.standing() && !matches!(occupant, Occupant::Block(_) | Occupant::Elsewhere);
    // A wish must beat every occupant; a fact lies beside the ones it cannot beat.
    if case.otherwise == Otherwise::Refuse && !in_the_way.iter().all(beaten) {
        return Err(Refusal::TimeTaken { by: names(&in_the_way) });
    }
    let mut victims: Vec<(&Booking, (u64, ReplicaId))> = in_the_way
        .iter()
        .filter(|occupant| beaten(occupant))
        .filter_map(|occupant| if let Occupant::Booking(booking, _) = occupant { Some((*booking, occupant.placed())) } else { None })
        .collect();
    // Lowest standing first, then the latest confirmed, then id: the same order on every machine.
    sort::sort_by_key(&mut victims, |(booking, _)| {
        (standing_of(booking, &case.store.rules, case.context.now), std::cmp::Reverse(booking.made_at), booking.id)
    });
    let mut to_displace = Vec::new();
    for (victim, placed) in victims {
        if let Some(moved) = relocate::reassigned(case, victim, wanted, &admitted.others) {
            // Whoever was told "anybody" is told of nobody else.
            if relocate::is_with_others(victim, &moved) && !binding::is_open(&case.view.catalogue, victim) {
                admitted.notices.push(Notice { booking: victim.id, kind: NoticeKind::Reassigned });
            }
            admitted.step = admitted.step.max(LadderStep::Reassigned);
            // The colleague's time may still carry a hold that has run out.
            let expired = expire_holds(case, &moved.occupancy, own).others;
            let new = expired.into_iter().filter(|hold| !admitted.others.iter().any(|other| other.id == hold.id)).collect::<Vec<_>>();
            admitted.others.extend(new);
            admitted.others.push(moved);
        } else if let Some((late, minutes)) = relocate::delayed(case, victim, wanted) {
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

/// The bookings that lie in time that is wanted all the same.
#[must_use]
pub fn still_in_the_way(case: Case<'_>, wanted: &[Occupancy], own_block: BlockId, others: &[Booking]) -> Vec<BookingId> {
    names(&occupants(case, wanted, None, Some(own_block), others))
}
