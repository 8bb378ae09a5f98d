//! Edits of one group, one by one: whose is known, whose holds, and how many are kept.

use shared::command::{Command, EditMember, GroupEdit, GroupValue, RegisterMember};
use shared::conflict::{Edit, Policy, follow, write};
use shared::id::{MemberId, ReplicaId, StoreId};
use shared::member::{Contact, Group};
use shared::personal::Personal;
use shared::phone::Phone;
use shared::region::Region;
use shared::stamp::Stamp;
use shared::store::Store;
use shared::time::Timestamp;
use uuid::Uuid;

use super::salon::*;

fn replica(number: u128) -> ReplicaId {
    ReplicaId(Uuid::from_u128(number))
}

fn edit(base: u32, minute: i64, by: u128, number: u64) -> Edit {
    Edit { base, stamp: Stamp { at: Timestamp(minute * 60_000), counter: 0 }, replica: replica(by), number, rank: 0 }
}

/// The value that holds and those that lost after these edits, each writing its place in the list.
fn after(policy: Policy, edits: &[Edit]) -> (usize, Vec<usize>, bool) {
    let mut group = Group::new(usize::MAX);
    let mut is_overruled = false;
    for (place, edit) in edits.iter().enumerate() {
        is_overruled = write(policy, &mut group, edit, place);
    }
    (group.value.0, group.superseded.iter().map(|lost| lost.value.0).collect(), is_overruled)
}

#[test]
fn ones_own_earlier_edit_gives_way_whatever_its_stamp() {
    assert_eq!(after(Policy::LastWriter, &[edit(0, 9, 1, 5), edit(0, 3, 1, 6)]), (1, vec![], false));
}

#[test]
fn an_edit_with_a_number_that_is_not_later_does_not_know_the_other() {
    assert_eq!(after(Policy::LastWriter, &[edit(0, 9, 1, 5), edit(0, 3, 1, 5)]), (0, vec![1], true));
    assert_eq!(after(Policy::LastWriter, &[edit(0, 9, 1, 6), edit(0, 3, 1, 5)]), (0, vec![1], true));
}

#[test]
fn an_earlier_number_of_somebody_else_is_not_ones_own() {
    assert_eq!(after(Policy::LastWriter, &[edit(0, 9, 2, 5), edit(0, 3, 1, 6)]), (0, vec![1], true));
}

#[test]
fn a_direct_write_without_a_number_is_nobodys_own_earlier_edit() {
    assert_eq!(after(Policy::LastWriter, &[edit(0, 9, 1, 0), edit(0, 3, 1, 6)]), (0, vec![1], true));
}

#[test]
fn what_was_on_the_screen_gives_way_and_what_came_after_it_does_not() {
    let three = |base| after(Policy::LastWriter, &[edit(0, 8, 1, 1), edit(1, 9, 2, 1), edit(base, 3, 3, 1)]);
    assert_eq!(three(2), (2, vec![], false));
    assert_eq!(three(1), (1, vec![2], true));
}

#[test]
fn a_version_that_was_never_given_out_is_as_if_nothing_had_been_seen() {
    assert_eq!(after(Policy::LastWriter, &[edit(0, 9, 1, 1), edit(2, 3, 2, 1)]), (0, vec![1], true));
    assert_eq!(after(Policy::LastWriter, &[edit(0, 9, 1, 1), edit(1, 3, 2, 1)]), (1, vec![], false));
}

#[test]
fn of_equal_stamps_the_greater_device_holds_and_then_the_greater_number() {
    assert_eq!(after(Policy::LastWriter, &[edit(0, 5, 1, 1), edit(0, 5, 2, 1)]).0, 1);
    assert_eq!(after(Policy::LastWriter, &[edit(0, 5, 2, 1), edit(0, 5, 1, 1)]).0, 0);
}

#[test]
fn rank_counts_only_where_the_manager_says_so() {
    let both = [Edit { rank: 9, ..edit(0, 3, 1, 1) }, edit(0, 9, 2, 1)];
    assert_eq!((after(Policy::Priority, &both).0, after(Policy::LastWriter, &both).0), (0, 1));
}

#[test]
fn eight_values_that_lost_are_kept_and_the_weakest_is_forgotten() {
    let edits: Vec<Edit> = (0..10).map(|number| edit(0, number, number as u128 + 1, 1)).collect();
    assert_eq!(after(Policy::LastWriter, &edits[..9]), (8, vec![7, 6, 5, 4, 3, 2, 1, 0], true));
    assert_eq!(after(Policy::LastWriter, &edits), (9, vec![8, 7, 6, 5, 4, 3, 2, 1], true));
}

#[test]
fn a_quarrel_is_told_once_and_not_to_who_comes_later_and_has_seen_it() {
    let quarrel = [edit(0, 8, 1, 1), edit(0, 9, 2, 1)];
    assert!(after(Policy::LastWriter, &quarrel).2);
    assert_eq!(after(Policy::LastWriter, &[quarrel[0], quarrel[1], edit(2, 10, 3, 1)]), (2, vec![], false));
}

#[test]
fn a_record_is_written_whole_only_by_who_has_seen_it() {
    let first = follow(None, &edit(0, 5, 1, 1)).expect("nothing was there");
    assert_eq!((first.version, first.replica, first.number), (1, replica(1), 1));
    assert_eq!(follow(Some(&first), &edit(0, 9, 2, 2)), None);
    assert_eq!(follow(Some(&first), &edit(1, 1, 2, 1)).map(|written| written.version), Some(2));
    assert_eq!(follow(Some(&first), &edit(0, 1, 1, 2)).map(|written| written.version), Some(2), "one's own");
    assert_eq!(follow(Some(&first), &edit(2, 9, 2, 2)), None, "a version that was never given out");
}

#[test]
fn two_numbers_are_one_only_where_all_that_is_to_be_seen_of_them_is() {
    let contact = |number: &str| Contact::of(Some(Phone::parse(number, Region::Cn).unwrap()));
    // Both are shown as 137****7000.
    let (wang, other) = (contact("13700137000"), contact("13711117000"));
    assert!(wang.is_same(&wang) && !wang.is_same(&other));
    assert!(wang.is_same(&other.without_number()) && !wang.is_same(&contact("13600136000").without_number()));
}

#[test]
fn every_edit_that_loses_has_one_entry_for_its_store_its_person_and_its_group() {
    let lost = |store: u128, person: u128, group: fn(Personal<String>) -> GroupValue| {
        let mut salon = Salon::open();
        let (store, member) = (StoreId(Uuid::from_u128(store)), MemberId(Uuid::from_u128(person)));
        let home = salon.view.catalogue.stores[&STORE].clone();
        std::sync::Arc::make_mut(&mut salon.view.catalogue).stores.insert(store, Store { id: store, ..home });
        let (name, consent) = ("王阿姨".into(), consent());
        let register = RegisterMember { member, account: None, store: Some(store), name, phone: None, consent };
        salon.give(&owner(), &Command::RegisterMember(register)).unwrap();
        salon.now = at(12, 0);
        for (replica, hour) in [(DESK, 11), (OTHER_DESK, 10)] {
            let edits = vec![GroupEdit { base: 0, value: group(format!("{hour}").into()) }];
            let who = Who { replica, ..owner().offline_since(100, at(hour, 0)) };
            salon.give(&who, &Command::EditMember(EditMember { store: Some(store), member, edits })).unwrap();
        }
        let entries: Vec<u128> = salon.view.attention.keys().map(|id| id.0.as_u128()).collect();
        assert_eq!(entries.len(), 1);
        entries[0]
    };
    let mut ids = std::collections::BTreeSet::new();
    for store in [1, 3, 7] {
        for person in [600, 608, 624] {
            for group in [GroupValue::Name, GroupValue::Notes, GroupValue::Allergies] {
                assert!(ids.insert(lost(store, person, group)), "store {store}, person {person}");
            }
        }
    }
    // What a device has kept keeps its name: it is put together in the same way for ever.
    assert_eq!(lost(1, 601, GroupValue::Name), 1 << 64 | 600);
    assert_eq!(lost(1, 601, GroupValue::Notes), 1 << 64 | 605);
    assert_eq!(lost(3, 1 << 64 | 601, GroupValue::Name), 2 << 64 | 600);
}
