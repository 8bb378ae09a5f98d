//! The last step of the ladder: somebody has to give way.

use crate::attention::AttentionKind;
use crate::booking::history::StepKind;
use crate::booking::{Booking, State};
use crate::decision::{LadderStep, Notice, NoticeKind};
use crate::id::{BookingId, ReplicaId};
use crate::occupancy::Occupancy;
use crate::placement::admit::occupants::meets;
use crate::placement::case::{Admitted, Case, Otherwise};
use crate::placement::precedence::{Class, standing_of};
use crate::refusal::Refusal;
use crate::role::Principal;

/// Displaces what nothing gentler helped, if the newcomer may: only what its device could not have seen, and only from now on;
/// over a visible promise it needs an override.
pub(super) fn displace(
    case: Case<'_>,
    victims: Vec<(&Booking, (u64, ReplicaId))>,
    wanted: &[Occupancy],
    own: Option<BookingId>,
    admitted: &mut Admitted,
) -> Result<(), Refusal> {
    let now = case.context.now;
    let (current, past): (Vec<_>, Vec<_>) = victims.into_iter().partition(|(victim, _)| {
        victim.occupancy.iter().any(|held| held.range.end > now && meets(held, wanted).is_some_and(|range| range.end > now))
    });
    // What the device had seen is not known for certain: a fact is there all the same, and takes nothing away.
    if case.context.base_raised && !case.over && case.otherwise != Otherwise::Refuse {
        return Ok(());
    }
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
        let loser = without_time(case, victim);
        if matches!(loser.state, State::Displaced { .. }) {
            admitted.notices.push(Notice { booking: victim.id, kind: NoticeKind::Displaced });
            admitted.attention.push(AttentionKind::Displaced { booking: victim.id, by: own });
        }
        admitted.step = LadderStep::Displaced;
        admitted.others.push(loser);
    }
    Ok(())
}

/// What becomes of somebody who loses their time.
fn without_time(case: Case<'_>, victim: &Booking) -> Booking {
    let (now, actor) = (case.context.now, &case.context.actor);
    let mut loser = victim.clone();
    loser.occupancy.clear();
    match victim.state {
        // They still wait, without a time of their own.
        State::Waiting { .. } => loser.note_step(StepKind::Displaced, now, actor.principal, actor.staff),
        // It was only being looked at: whoever confirms it is offered other times.
        State::Held { .. } => {
            loser.state = State::Expired { at: now };
            loser.note_step(StepKind::Expired, now, Principal::System, None);
        }
        _ => {
            loser.alternatives.clear();
            loser.give_way(now);
            loser.note_step(StepKind::Displaced, now, actor.principal, actor.staff);
        }
    }
    loser
}
