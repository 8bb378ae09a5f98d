//! What somebody waits for 候补, as members see it: what the server knows, and what of it waits to be sent. Pure.

use shared::command::{Command, JoinWaitlist};
use shared::id::{StoreId, WaitlistEntryId};
use shared::sort;
use shared::time::{DAY, TimeRange, Timestamp};
use shared::view::View;
use shared::visit_request::RequestedService;
use shared::waitlist_entry::{Offer, Waiting as Standing, WaitlistEntry};

use crate::state::Waiting;

/// Somebody's place on the waitlist of a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Wait {
    /// Id.
    pub id: WaitlistEntryId,
    /// Where.
    pub store: StoreId,
    /// What, and with whom.
    pub services: Vec<RequestedService>,
    /// The starts they could take.
    pub starts: TimeRange,
    /// Where it stands.
    pub stand: Stand,
}

/// Where it stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Stand {
    /// Not sent yet: 还没排上.
    Unsent,
    /// Leaving is not sent yet.
    Leaving,
    /// The answer to an offer is on its way.
    Answering,
    /// They wait.
    Queued,
    /// A time is held for them.
    Offered(Offer),
    /// It was, and the server has not said what follows.
    Over,
    /// The day has passed.
    Expired,
}

/// Everything that somebody waits for: offers first, then by day.
pub fn all(confirmed: &View, waiting: &[Waiting], now: Timestamp) -> Vec<Wait> {
    let known = confirmed.waitlist.values();
    let mut all: Vec<Wait> = known.filter_map(|entry| of_entry(entry, waiting, now)).collect();
    for command in waiting.iter().map(|waiting| &waiting.command) {
        if let Command::JoinWaitlist(join) = command
            && confirmed.waitlist.get(&join.entry).is_none()
        {
            all.push(of_join(join, waiting));
        }
    }
    sort::sort_by_key(&mut all, |wait| (!matches!(wait.stand, Stand::Offered(_)), wait.starts.start, wait.id));
    all
}

fn of_entry(entry: &WaitlistEntry, waiting: &[Waiting], now: Timestamp) -> Option<Wait> {
    let stand = match (pending(entry.id, waiting), &entry.state) {
        (Some(pending), Standing::Queued | Standing::Offered(_)) => pending,
        (None, Standing::Queued) => Stand::Queued,
        (None, Standing::Offered(offer)) if now < offer.until => Stand::Offered(offer.clone()),
        (None, Standing::Offered(_)) => Stand::Over,
        // Told for a day, then it is history.
        (_, Standing::Expired { .. }) if now.0 < entry.starts.end.0.saturating_add(DAY) => Stand::Expired,
        _ => return None,
    };
    Some(Wait { id: entry.id, store: entry.store, services: entry.services.clone(), starts: entry.starts, stand })
}

fn of_join(join: &JoinWaitlist, waiting: &[Waiting]) -> Wait {
    let stand = pending(join.entry, waiting).unwrap_or(Stand::Unsent);
    Wait { id: join.entry, store: join.store, services: join.services.clone(), starts: join.starts, stand }
}

fn pending(id: WaitlistEntryId, waiting: &[Waiting]) -> Option<Stand> {
    waiting.iter().rev().find_map(|waiting| match &waiting.command {
        Command::LeaveWaitlist(leave) if leave.entry == id => Some(Stand::Leaving),
        Command::AcceptOffer(accept) if accept.entry == id => Some(Stand::Answering),
        Command::DeclineOffer(decline) if decline.entry == id => Some(Stand::Answering),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use shared::booking::Subject;
    use shared::command::{AcceptOffer, LeaveWaitlist};
    use shared::decision::Change;
    use shared::id::{BookingId, CommandId};
    use shared::role::Principal;
    use uuid::Uuid;

    use super::*;
    use crate::state::Prediction;

    const STORE: StoreId = StoreId(Uuid::from_u128(1));
    const HOLD: BookingId = BookingId(Uuid::from_u128(9));

    fn id(number: u128) -> WaitlistEntryId {
        WaitlistEntryId(Uuid::from_u128(number))
    }

    fn day() -> TimeRange {
        TimeRange { start: Timestamp(0), end: Timestamp(DAY) }
    }

    fn entry(number: u128, state: Standing) -> WaitlistEntry {
        WaitlistEntry {
            id: id(number),
            store: STORE,
            account: None,
            subject: Subject::Guest { name: String::new().into() },
            services: Vec::new(),
            starts: day(),
            note: String::new().into(),
            made_at: Timestamp(0),
            tier: 0,
            entered_by: Principal::System,
            state,
            passed: Vec::new(),
        }
    }

    fn offer() -> Offer {
        Offer { hold: HOLD, starts_at: Timestamp(50), ends_at: Timestamp(60), lines: Vec::new(), until: Timestamp(20), by_desk: false }
    }

    fn unsent(command: Command) -> Waiting {
        let (uuid, given_at) = (CommandId(Uuid::from_u128(7)), Timestamp(0));
        Waiting { uuid, number: 1, command, given_at, prediction: Prediction::Undecided }
    }

    fn stands(entries: Vec<WaitlistEntry>, waiting: &[Waiting], now: i64) -> Vec<(WaitlistEntryId, Stand)> {
        let mut view = View::default();
        entries.into_iter().for_each(|entry| view.apply(&Change::put(entry)));
        all(&view, waiting, Timestamp(now)).into_iter().map(|wait| (wait.id, wait.stand)).collect()
    }

    #[test]
    fn xiaoman_reads_where_she_stands_and_an_offer_only_while_it_is_hers() {
        let both = || vec![entry(1, Standing::Queued), entry(2, Standing::Offered(offer()))];
        assert_eq!(stands(both(), &[], 19), [(id(2), Stand::Offered(offer())), (id(1), Stand::Queued)]);
        assert_eq!(stands(both(), &[], 20), [(id(1), Stand::Queued), (id(2), Stand::Over)]);
        let over = |at| vec![entry(1, Standing::Taken { booking: HOLD, at }), entry(2, Standing::Expired { at })];
        assert_eq!(stands(over(Timestamp(0)), &[], DAY), [(id(2), Stand::Expired)]);
        assert_eq!(stands(over(Timestamp(0)), &[], 2 * DAY), []);
    }

    #[test]
    fn what_waits_on_the_phone_is_never_called_done() {
        let (store, services, starts) = (STORE, Vec::new(), day());
        let subject = Subject::Guest { name: String::new().into() };
        let join = JoinWaitlist { store, entry: id(3), account: None, subject, services, starts, note: String::new().into() };
        let join = unsent(Command::JoinWaitlist(join));
        assert_eq!(stands(Vec::new(), std::slice::from_ref(&join), 0), [(id(3), Stand::Unsent)]);
        assert_eq!(stands(vec![entry(3, Standing::Queued)], &[join], 0), [(id(3), Stand::Queued)]);
        let leave = unsent(Command::LeaveWaitlist(LeaveWaitlist { store, entry: id(1) }));
        assert_eq!(stands(vec![entry(1, Standing::Queued)], &[leave], 0), [(id(1), Stand::Leaving)]);
        let accept = unsent(Command::AcceptOffer(AcceptOffer { store, entry: id(1), hold: HOLD, terms_version: 1 }));
        assert_eq!(stands(vec![entry(1, Standing::Offered(offer()))], &[accept], 0), [(id(1), Stand::Answering)]);
    }
}
