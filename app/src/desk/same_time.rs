//! Two visits of one person or account at one time. Families come together, so nothing forbids it; it is shown, so that nobody books
//! twice by mistake. Pure.

mod notice;

use std::collections::BTreeSet;

use shared::booking::Booking;
use shared::id::{AccountId, BookingId, MemberId};
use shared::sort;
use shared::state_kind::StateKind;
use shared::time::TimeRange;
use shared::view::View;

pub use notice::{Asked, SameTimeNotice};

/// Those whose visit it is: the accounts and the people themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Party {
    accounts: BTreeSet<AccountId>,
    members: BTreeSet<MemberId>,
}

impl Party {
    /// Of people, with their accounts.
    #[must_use]
    pub fn of_members(view: &View, members: impl IntoIterator<Item = MemberId>) -> Self {
        let mut party = Party::default();
        for id in members {
            let member = view.members.get(&id);
            // Of somebody who is known twice, the one they are.
            party.members.insert(member.and_then(|member| member.alias_of).unwrap_or(id));
            party.accounts.extend(member.and_then(|member| member.account));
        }
        party
    }

    /// Of a visit.
    #[must_use]
    pub fn of(view: &View, booking: &Booking) -> Self {
        let mut party = Party::of_members(view, booking.members());
        party.accounts.extend(booking.account);
        party
    }

    fn shares(&self, other: &Party) -> bool {
        !self.accounts.is_disjoint(&other.accounts) || !self.members.is_disjoint(&other.members)
    }
}

/// Somebody is to be there then.
fn counts(booking: &Booking) -> bool {
    use StateKind as S;
    let is_expected = matches!(booking.state.kind(), S::Requested | S::Confirmed | S::Waiting | S::CheckedIn | S::InService);
    is_expected && !booking.date_only
}

/// Other visits of a party that touch a range, wherever they are, by start.
#[must_use]
pub fn at_same_time<'a>(view: &'a View, party: &Party, range: TimeRange, own: BookingId) -> Vec<&'a Booking> {
    let is_other = |booking: &&Booking| booking.id != own && counts(booking) && booking.range().overlaps(&range);
    let mut found: Vec<&Booking> =
        view.bookings.values().filter(is_other).filter(|booking| Party::of(view, booking).shares(party)).collect();
    sort::sort_by_key(&mut found, |booking| (booking.starts_at, booking.id));
    found
}

/// Those of some visits that share their time with another one of the same party.
#[must_use]
pub fn doubled<'a>(view: &View, bookings: impl IntoIterator<Item = &'a Booking>) -> BTreeSet<BookingId> {
    let parties: Vec<(&Booking, Party)> =
        bookings.into_iter().filter(|booking| counts(booking)).map(|booking| (booking, Party::of(view, booking))).collect();
    let mut found = BTreeSet::new();
    for (place, (one, party)) in parties.iter().enumerate() {
        for (other, others) in &parties[place + 1..] {
            if one.range().overlaps(&other.range()) && party.shares(others) {
                found.extend([one.id, other.id]);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use shared::booking::{State, Subject};
    use shared::decision::Change;
    use shared::time::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::desk::fixtures::{self, LONG_DAY, friday, person};

    const ACCOUNT: AccountId = AccountId(Uuid::from_u128(50));

    fn visit(number: u128, starts_at: Timestamp, account: Option<AccountId>, subject: Subject) -> Booking {
        let mut booking = fixtures::booking(number, person(11), starts_at, State::Confirmed { at: starts_at });
        booking.account = account;
        booking.lines[0].subject = subject;
        booking
    }

    fn guest(name: &str) -> Subject {
        Subject::Guest { name: name.to_owned().into() }
    }

    #[test]
    fn a_desk_sees_that_somebody_has_another_visit_at_the_same_time() {
        let mut view = fixtures::view(&[(person(11), &[LONG_DAY])]);
        let three = fixtures::store().zone.instant(friday(), 15 * 60);
        let member = MemberId(Uuid::from_u128(60));
        let first = visit(1, three, Some(ACCOUNT), guest("林小满"));
        let by_account = visit(2, three.plus_minutes(30), Some(ACCOUNT), guest("小米"));
        let later = visit(3, three.plus_minutes(90), Some(ACCOUNT), guest("林小满"));
        let stranger = visit(4, three, Some(AccountId(Uuid::from_u128(51))), guest("林小满"));
        let nobody = visit(5, three, None, guest("林小满"));
        let by_name = visit(6, three, None, Subject::Member(member));
        let same_person = visit(7, three.plus_minutes(15), None, Subject::Member(member));
        let all = [&first, &by_account, &later, &stranger, &nobody, &by_name, &same_person];
        all.iter().for_each(|booking| view.apply(&Change::put((*booking).clone())));
        assert_eq!(doubled(&view, view.bookings.values()), BTreeSet::from([first.id, by_account.id, by_name.id, same_person.id]));
        let beside = |booking: &Booking| -> Vec<BookingId> {
            at_same_time(&view, &Party::of(&view, booking), booking.range(), booking.id).iter().map(|other| other.id).collect()
        };
        assert_eq!(beside(&first), [by_account.id]);
        assert_eq!(beside(&later), []);
        assert_eq!(beside(&by_name), [same_person.id]);
        let asked = Party::of_members(&view, [member]);
        let new = BookingId(Uuid::from_u128(9));
        assert_eq!(at_same_time(&view, &asked, later.range(), new), Vec::<&Booking>::new());
        assert_eq!(at_same_time(&view, &asked, first.range(), new).len(), 2, "said before a third one is booked");
    }

    #[test]
    fn a_visit_that_does_not_take_place_is_not_called_a_second_one() {
        let view = fixtures::view(&[(person(11), &[LONG_DAY])]);
        let three = fixtures::store().zone.instant(friday(), 15 * 60);
        let first = visit(1, three, Some(ACCOUNT), guest("林小满"));
        let with_state = |state: State| Booking { state, ..visit(2, three, Some(ACCOUNT), guest("小米")) };
        for state in [State::Completed { at: three }, State::Displaced { at: three }, State::Held { expires_at: three }] {
            assert_eq!(doubled(&view, [&first, &with_state(state)]), BTreeSet::new());
        }
        assert_eq!(doubled(&view, [&first, &with_state(State::Requested)]).len(), 2);
    }
}
