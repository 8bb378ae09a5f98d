//! Those who wait for a day, in the order in which offers are made, with the times that are free for them. Pure.

use shared::booking::Subject;
use shared::sort;
use shared::store::Store;
use shared::time::{LocalDate, TimeRange, Timestamp};
use shared::view::{View, WaitingFor};
use shared::visit_request::{Audience, RequestedLine, RequestedService};
use shared::waitlist::free_visits;
use shared::waitlist_entry::{Waiting, WaitlistEntry};

/// So many free times are shown of each.
const MOST_TIMES: usize = 4;
/// For so many of the first it is looked what is free.
const MOST_SEARCHES: usize = 30;

/// Somebody who waits.
#[derive(Clone, Debug, PartialEq)]
pub struct Queued {
    /// The entry.
    pub entry: WaitlistEntry,
    /// Their place, from 1.
    pub place: usize,
    /// The name; `None` where nobody gave one.
    pub who: Option<String>,
    /// Visits they could have now.
    pub free: Vec<Vec<RequestedLine>>,
}

/// What was searched for somebody before.
struct Searched<'a> {
    services: &'a [RequestedService],
    starts: TimeRange,
    free: Vec<Vec<RequestedLine>>,
}

/// Those who wait for a day.
pub fn of_day(view: &View, store: &Store, date: LocalDate, now: Timestamp) -> Vec<Queued> {
    let mut entries: Vec<&WaitlistEntry> = view.waiting_for(WaitingFor { store: store.id, starts: store.zone.day(date) }).collect();
    sort::sort_by_key(&mut entries, |entry| entry.rank());
    // Many wait for the same.
    let mut known: Vec<Searched> = Vec::new();
    let mut queue = Vec::with_capacity(entries.len());
    for (entry, place) in entries.into_iter().zip(1usize..) {
        let mut free = Vec::new();
        if entry.state == Waiting::Queued && place <= MOST_SEARCHES {
            let same = known.iter().find(|known| known.services == entry.services && known.starts == entry.starts);
            free = match same {
                Some(known) => known.free.iter().map(|lines| of_subject(lines, &entry.subject)).collect(),
                None => {
                    let mut free = free_visits(view, store, entry, Audience::Desk, now);
                    free.truncate(MOST_TIMES);
                    known.push(Searched { services: &entry.services, starts: entry.starts, free: free.clone() });
                    free
                }
            };
        }
        queue.push(Queued { entry: entry.clone(), place, who: name(view, &entry.subject), free });
    }
    queue
}

fn of_subject(lines: &[RequestedLine], subject: &Subject) -> Vec<RequestedLine> {
    lines.iter().map(|line| RequestedLine { subject: subject.clone(), ..line.clone() }).collect()
}

fn name(view: &View, subject: &Subject) -> Option<String> {
    let name = match subject {
        Subject::Member(id) => view.members.get(id).map(|member| member.name.value.0.clone()),
        Subject::Guest { name } => Some(name.0.clone()),
    };
    name.filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use shared::booking::State;
    use shared::decision::Change;
    use shared::id::WaitlistEntryId;
    use shared::role::Principal;
    use shared::staff_preference::StaffPreference;
    use uuid::Uuid;

    use super::*;
    use crate::desk::fixtures::{self, CUT, LONG_DAY, friday, person};

    fn entry(number: u128, tier: u8, made_at: Timestamp, starts: TimeRange) -> WaitlistEntry {
        WaitlistEntry {
            id: WaitlistEntryId(Uuid::from_u128(number)),
            store: fixtures::store().id,
            account: None,
            subject: Subject::Guest { name: format!("客人 {number}").into() },
            services: vec![RequestedService { service: CUT, staff_preference: StaffPreference::Requested(person(11)) }],
            starts,
            note: String::new().into(),
            made_at,
            tier,
            entered_by: Principal::System,
            state: Waiting::Queued,
            passed: Vec::new(),
        }
    }

    #[test]
    fn those_who_wait_stand_in_the_order_of_the_rule_each_with_what_is_free_for_them() {
        let (mut view, store) = (fixtures::view(&[(person(11), &[LONG_DAY])]), fixtures::store());
        let at = |hour: u16| store.zone.instant(friday(), hour * 60);
        let afternoon = TimeRange { start: at(14), end: at(15) };
        view.apply(&Change::put(fixtures::booking(1, person(11), at(14), State::Confirmed { at: at(9) })));
        for (number, tier, minute) in [(1, 0, 0), (2, 2, 5), (3, 0, 1)] {
            view.apply(&Change::put(entry(number, tier, at(9).plus_minutes(minute), afternoon)));
        }
        let whole = entry(4, 0, at(10), TimeRange { start: at(14), end: at(18) });
        view.apply(&Change::put(whole));
        let queue = of_day(&view, &store, friday(), at(11));
        let order: Vec<(usize, &str)> = queue.iter().map(|queued| (queued.place, queued.who.as_deref().unwrap_or_default())).collect();
        assert_eq!(order, [(1, "客人 2"), (2, "客人 1"), (3, "客人 3"), (4, "客人 4")]);
        assert!(queue[0].free.iter().flatten().all(|line| line.starts_at >= at(14).plus_minutes(30)), "she is with somebody before");
        assert!(!queue[3].free.is_empty() && queue[3].free.len() <= MOST_TIMES);
        assert!(of_day(&view, &store, friday().plus_days(1), at(11)).is_empty());
    }
}
