//! Two people, one record: whatever the order in which their devices come back, the same value holds and the same values are kept.

use shared::command::{Command, EditMember, GroupEdit, GroupValue, RegisterMember};
use shared::conflict::{Edit, Policy, write};
use shared::id::{MemberId, ReplicaId};
use shared::member::{Group, MemberGroup};
use shared::role::Channel;
use shared::stamp::Stamp;
use shared::time::{MINUTE, Timestamp};
use uuid::Uuid;

use super::salon::*;

/// One edit of a history.
#[derive(Clone, Copy, Debug)]
struct Wrote {
    replica: u8,
    /// What the device's clock showed, in minutes.
    minute: i64,
    /// By how much the clock was moved between writing and sending.
    clock_moved: i64,
    /// Its writer had seen the first so many edits of the history, and no others.
    saw: usize,
}

/// An edit as a person judges it: who had seen what, and how strong it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Strength {
    rank: u8,
    stamp: (i64, u32),
    replica: u8,
    number: u64,
}

const RECEIVED: i64 = 120;

fn numbers(history: &[Wrote]) -> Vec<u64> {
    let number = |index: usize| history[..=index].iter().filter(|other| other.replica == history[index].replica).count();
    (0..history.len()).map(|index| number(index) as u64).collect()
}

/// The stamps as the server accepts them: corrected, never in the future, always rising on one device.
fn stamps(history: &[Wrote]) -> Vec<(i64, u32)> {
    let mut accepted: Vec<(i64, u32)> = Vec::new();
    for (index, wrote) in history.iter().enumerate() {
        let before = (0..index).rev().find(|earlier| history[*earlier].replica == wrote.replica).map(|earlier| accepted[earlier]);
        let stamp = ((wrote.minute - wrote.clock_moved).min(RECEIVED) * MINUTE, 0);
        accepted.push(match before {
            Some(before) if stamp <= before => (before.0, before.1 + 1),
            _ => stamp,
        });
    }
    accepted
}

/// What is right, told without the code under test: what nobody who wrote had seen stays; the strongest of it holds.
fn expected(history: &[Wrote], ranks: [u8; 3], policy: Policy) -> Vec<usize> {
    let (numbers, stamps) = (numbers(history), stamps(history));
    let seen = |index: usize| {
        history.iter().enumerate().any(|(later, wrote)| index < wrote.saw || later > index && wrote.replica == history[index].replica)
    };
    let strength = |index: usize| Strength {
        rank: if policy == Policy::Priority { ranks[usize::from(history[index].replica)] } else { 0 },
        stamp: stamps[index],
        replica: history[index].replica,
        number: numbers[index],
    };
    let mut standing: Vec<usize> = (0..history.len()).filter(|index| !seen(*index)).collect();
    standing.sort_by_key(|index| std::cmp::Reverse(strength(*index)));
    standing
}

/// The same through the rules, in an order of arrival.
fn arrived(history: &[Wrote], order: &[usize], ranks: [u8; 3], policy: Policy) -> Vec<usize> {
    let numbers = numbers(history);
    let mut group = Group::new(usize::MAX);
    let mut floors = [Stamp::default(); 3];
    for index in order {
        let wrote = history[*index];
        let floor = &mut floors[usize::from(wrote.replica)];
        let written = Stamp { at: Timestamp(wrote.minute * MINUTE), counter: 0 };
        *floor = written.corrected(-wrote.clock_moved * MINUTE, Timestamp(RECEIVED * MINUTE)).later_than(*floor);
        let edit = Edit {
            base: wrote.saw as u32,
            stamp: *floor,
            replica: ReplicaId(Uuid::from_u128(u128::from(wrote.replica))),
            number: numbers[*index],
            rank: ranks[usize::from(wrote.replica)],
        };
        write(policy, &mut group, &edit, *index);
    }
    std::iter::once(group.value.0).chain(group.superseded.iter().map(|lost| lost.value.0)).collect()
}

/// Every order in which the edits can arrive: a device sends its own in order, and what somebody saw had arrived before anything else.
fn orders(history: &[Wrote]) -> Vec<Vec<usize>> {
    let fits = |order: &[usize]| {
        let place = |index: usize| order.iter().position(|other| *other == index).unwrap();
        (0..history.len()).all(|index| {
            let in_order = (0..index).all(|own| history[own].replica != history[index].replica || place(own) < place(index));
            in_order && (0..history[index].saw).all(|seen| place(seen) < history[index].saw)
        })
    };
    permutations(history.len()).into_iter().filter(|order| fits(order)).collect()
}

fn permutations(length: usize) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for element in 0..length {
        let at_each_place = |order: &Vec<usize>| -> Vec<Vec<usize>> {
            let put = |place: usize| order[..place].iter().copied().chain([element]).chain(order[place..].iter().copied()).collect();
            (0..=order.len()).map(put).collect()
        };
        all = all.iter().flat_map(at_each_place).collect();
    }
    all
}

/// Who writes, and how much of the history each has seen.
const HISTORIES: [&[(u8, usize)]; 8] = [
    &[(0, 0), (1, 0), (2, 0)],
    &[(0, 0), (0, 0), (1, 0)],
    &[(0, 0), (0, 0), (1, 0), (1, 0)],
    &[(0, 0), (0, 0), (1, 0), (2, 0)],
    &[(0, 0), (1, 1), (2, 0)],
    &[(0, 0), (1, 1), (2, 0), (2, 0)],
    &[(0, 0), (1, 0), (2, 2), (0, 0)],
    &[(0, 0), (1, 1), (1, 1), (2, 0)],
];

#[test]
fn two_or_three_devices_that_come_back_in_any_order_leave_the_same_words_and_keep_the_same_others() {
    let mut tried = 0;
    for people in HISTORIES {
        for minutes in permutations(people.len()) {
            // Which edit was given under a clock that was moved before it was sent, and by how much.
            for moved in 0..=people.len() * 2 {
                let clock_moved = |index: usize| if moved / 2 == index { [-30, 30][moved % 2] } else { 0 };
                let wrote = |(index, (replica, saw)): (usize, &(u8, usize))| Wrote {
                    replica: *replica,
                    minute: 60 + 10 * minutes[index] as i64,
                    clock_moved: clock_moved(index),
                    saw: *saw,
                };
                let history: Vec<Wrote> = people.iter().enumerate().map(wrote).collect();
                for (ranks, policy) in
                    [([60, 40, 50], Policy::LastWriter), ([60, 40, 50], Policy::Priority), ([40, 60, 50], Policy::Priority)]
                {
                    let expected = expected(&history, ranks, policy);
                    for order in orders(&history) {
                        let found = arrived(&history, &order, ranks, policy);
                        assert_eq!(found, expected, "{policy:?} {ranks:?} {order:?} {history:?}");
                        tried += 1;
                    }
                }
            }
        }
    }
    assert!(tried > 10_000, "{tried}");
}

const WANG: MemberId = MemberId(Uuid::from_u128(601));

fn with_wang(priority: bool) -> Salon {
    let mut salon = Salon::open();
    if priority {
        salon.rules(|rules| rules.priority_groups = vec![MemberGroup::Notes]);
    }
    let name = "王阿姨".to_owned();
    let register = RegisterMember { member: WANG, account: None, store: Some(STORE), name: name.into(), phone: None, consent: consent() };
    salon.give(&desk(), &Command::RegisterMember(register)).unwrap();
    salon.now = at(12, 0);
    salon
}

fn notes(base: u32, text: &str) -> Command {
    let edits = vec![GroupEdit { base, value: GroupValue::Notes(text.into()) }];
    Command::EditMember(EditMember { store: Some(STORE), member: WANG, edits })
}

fn device(number: u128, channel: Channel, hour: u16) -> Who {
    Who { replica: ReplicaId(Uuid::from_u128(number)), channel, ..desk().offline_since(100, at(hour, 0)) }
}

#[test]
fn a_correction_does_not_lose_to_what_it_corrects_although_something_older_came_in_between() {
    for priority in [false, true] {
        let mut salon = with_wang(priority);
        salon.give(&device(1, Channel::Desk, 11), &notes(0, "对青霉素过敏")).unwrap();
        salon.give(&device(2, Channel::Partner, 9), &notes(0, "靠窗")).unwrap();
        // The tablet of the partner had read the desk's words, and its clock is behind.
        salon.give(&device(3, Channel::Partner, 10), &notes(1, "对青霉素不过敏")).unwrap();
        let group = &salon.view.members[&WANG].notes;
        assert_eq!((group.value.as_str(), group.lost().unwrap().value.as_str()), ("对青霉素不过敏", "靠窗"), "priority: {priority}");
    }
}

#[test]
fn whoever_comes_first_a_person_is_told_that_two_wrote_at_once() {
    for first in [0, 1] {
        let mut salon = with_wang(false);
        let edits = [(device(1, Channel::Desk, 10), "靠窗"), (device(2, Channel::Desk, 11), "安静的位子")];
        for turn in [first, 1 - first] {
            let (who, words) = &edits[turn];
            salon.give(who, &notes(0, words)).unwrap();
        }
        assert_eq!(salon.view.members[&WANG].notes.value, "安静的位子".into());
        assert_eq!(salon.view.attention.len(), 1, "first: {first}");
    }
}

#[test]
fn who_claims_to_have_seen_a_version_that_never_was_overrules_nobody_in_silence() {
    let mut salon = with_wang(false);
    salon.give(&device(1, Channel::Desk, 10), &notes(0, "靠窗")).unwrap();
    salon.give(&device(2, Channel::Desk, 11), &notes(99, "安静的位子")).unwrap();
    assert_eq!(salon.view.members[&WANG].notes.lost().unwrap().value, "靠窗".into());
    assert_eq!(salon.view.attention.len(), 1);
}
