//! RegisterMember, EditMember: two people, one record.

use proptest::prelude::*;
use shared::attention::AttentionKind;
use shared::booking::Subject;
use shared::command::{Command, EditMember, GroupEdit, GroupValue, RegisterMember};
use shared::id::{MemberId, ReplicaId};
use shared::member::{Group, MemberGroup};
use shared::phone::Phone;
use shared::refusal::Refusal;
use shared::region::Region;
use shared::role::Channel;
use shared::staff_preference::StaffPreference;
use shared::stamp::Stamp;
use uuid::Uuid;

use super::salon::*;

const WANG: MemberId = MemberId(Uuid::from_u128(601));

fn register() -> Command {
    Command::RegisterMember(RegisterMember {
        member: WANG,
        account: None,
        store: Some(STORE),
        name: " 王阿姨 ".into(),
        phone: Some(Phone::parse("13700137000", Region::Cn).unwrap()),
        consent: consent(),
    })
}

fn edit(base: u32, value: GroupValue) -> Command {
    Command::EditMember(EditMember { store: Some(STORE), member: WANG, edits: vec![GroupEdit { base, value }] })
}

fn notes(base: u32, text: &str) -> Command {
    edit(base, GroupValue::Notes(text.into()))
}

#[test]
fn the_desk_registers_somebody_with_a_name_and_a_number() {
    let mut salon = Salon::open();
    salon.give(&desk(), &register()).unwrap();
    let member = &salon.view.members[&WANG];
    assert_eq!(member.name.value, "王阿姨".into());
    assert_eq!(member.contact.value.masked, "137****7000");
    assert_eq!(member.stores, [STORE]);
    assert_eq!(salon.give(&desk(), &register()), Err(Refusal::AlreadyExists));
}

#[test]
fn nobody_becomes_a_member_in_the_app_without_having_agreed() {
    let mut salon = Salon::open();
    let Command::RegisterMember(mut wanted) = register() else { unreachable!() };
    (wanted.store, wanted.phone, wanted.consent) = (None, None, None);
    assert_eq!(salon.give(&phone_of(XIAOMAN), &Command::RegisterMember(wanted.clone())), Err(Refusal::ConsentMissing));
    wanted.consent = consent();
    salon.give(&phone_of(XIAOMAN), &Command::RegisterMember(wanted)).unwrap();
    assert_eq!(salon.view.members[&WANG].account, Some(XIAOMAN));
}

#[test]
fn whoever_books_in_a_store_is_known_there_from_then_on() {
    let mut salon = Salon::open();
    let Command::RegisterMember(mut wanted) = register() else { unreachable!() };
    (wanted.store, wanted.phone) = (None, None);
    salon.give(&phone_of(XIAOMAN), &Command::RegisterMember(wanted)).unwrap();
    assert!(salon.view.members[&WANG].stores.is_empty());
    let Command::Book(mut wanted) = book(1, CUT, StaffPreference::Any, at(14, 0)) else { unreachable!() };
    wanted.lines[0].subject = Subject::Member(WANG);
    salon.give(&phone_of(XIAOMAN), &Command::Book(wanted)).unwrap();
    assert_eq!(salon.view.members[&WANG].stores, [STORE]);
}

#[test]
fn different_groups_edited_at_once_both_hold() {
    let mut salon = Salon::open();
    salon.give(&desk(), &register()).unwrap();
    salon.give(&desk(), &notes(0, "喜欢靠窗")).unwrap();
    let other = Who { replica: OTHER_DESK, ..desk() };
    salon.give(&other, &edit(0, GroupValue::Contact(Some(Phone::parse("13600136000", Region::Cn).unwrap())))).unwrap();
    let member = &salon.view.members[&WANG];
    assert_eq!(member.notes.value, "喜欢靠窗".into());
    assert_eq!(member.contact.value.masked, "136****6000");
    assert!(salon.view.attention.is_empty());
}

#[test]
fn the_later_of_two_concurrent_edits_holds_and_the_other_is_kept() {
    let mut salon = Salon::open();
    salon.give(&desk(), &register()).unwrap();
    salon.now = at(12, 0);
    let early = desk().offline_since(100, at(10, 0));
    let late = Who { replica: OTHER_DESK, ..desk().offline_since(100, at(11, 0)) };
    salon.give(&late, &notes(0, "对染膏过敏")).unwrap();
    salon.give(&early, &notes(0, "喜欢靠窗")).unwrap();
    let group = &salon.view.members[&WANG].notes;
    assert_eq!(group.value, "对染膏过敏".into());
    assert_eq!(group.lost().unwrap().value, "喜欢靠窗".into());
    let entry = salon.view.attention.values().next().unwrap();
    assert_eq!(entry.about, AttentionKind::Superseded { member: WANG, group: MemberGroup::Notes });
    // "Use mine" is an ordinary edit on top of what is there.
    let version = group.version();
    salon.give(&desk(), &notes(version, "喜欢靠窗")).unwrap();
    assert_eq!(salon.view.members[&WANG].notes.value, "喜欢靠窗".into());
}

#[test]
fn one_device_that_edits_twice_never_loses_against_itself() {
    let mut salon = Salon::open();
    salon.give(&desk(), &register()).unwrap();
    let first = Who { number: 5, ..desk() };
    let second = Who { number: 6, ..desk() };
    salon.give(&first, &notes(0, "一")).unwrap();
    salon.give(&second, &notes(0, "二")).unwrap();
    assert_eq!(salon.view.members[&WANG].notes.value, "二".into());
    assert!(salon.view.members[&WANG].notes.lost().is_none());
}

#[test]
fn where_the_manager_says_so_the_channel_with_priority_wins() {
    let mut salon = Salon::open();
    salon.rules(|rules| rules.priority_groups = vec![MemberGroup::Allergies]);
    salon.give(&desk(), &register()).unwrap();
    salon.now = at(12, 0);
    let partner = Who { channel: Channel::Partner, replica: OTHER_DESK, ..desk().offline_since(100, at(11, 0)) };
    let front = desk().offline_since(100, at(10, 0));
    let allergies = |text: &str| edit(0, GroupValue::Allergies(text.into()));
    salon.give(&front, &allergies("青霉素")).unwrap();
    salon.give(&partner, &allergies("无")).unwrap();
    assert_eq!(salon.view.members[&WANG].allergies.value, "青霉素".into());
}

#[test]
fn members_edit_their_own_name_but_not_what_the_staff_wrote() {
    let mut salon = Salon::open();
    let Command::RegisterMember(mut wanted) = register() else { unreachable!() };
    (wanted.store, wanted.phone) = (None, None);
    salon.give(&phone_of(XIAOMAN), &Command::RegisterMember(wanted)).unwrap();
    let own = |value| Command::EditMember(EditMember { store: None, member: WANG, edits: vec![GroupEdit { base: 0, value }] });
    salon.give(&phone_of(XIAOMAN), &own(GroupValue::Name("小满".into()))).unwrap();
    assert_eq!(salon.give(&phone_of(XIAOMAN), &own(GroupValue::Notes("VIP".into()))), Err(Refusal::NotAllowed));
    let stranger = salon.give(&phone_of(CHEN_MO), &own(GroupValue::Name("陈默".into())));
    assert_eq!(stranger, Err(Refusal::NotFound { kind: "member".into() }));
}

/// What people see of a group: the value that holds, and those that lost. In which order the versions were counted says nothing.
fn told(group: &Group<String>) -> (String, Vec<(String, Stamp)>) {
    (group.value.0.clone(), group.superseded.iter().map(|lost| (lost.value.0.clone(), lost.written.stamp)).collect())
}

proptest! {
    #[test]
    fn concurrent_edits_of_one_base_converge_whatever_the_order(
        edits in prop::collection::vec((0u16..60, 1u128..5, 0usize..5, 0u8..3), 2..6),
        priority in any::<bool>(),
        seed in any::<u64>(),
    ) {
        let run = |order: &[usize]| {
            let mut salon = Salon::open();
            if priority {
                salon.rules(|rules| rules.priority_groups = vec![MemberGroup::Notes]);
            }
            salon.give(&desk(), &register()).unwrap();
            salon.now = at(12, 0);
            for index in order {
                let (minute, replica, channel, _) = edits[*index];
                // One replica gives each command once: distinct replicas keep the edits concurrent.
                let replica = ReplicaId(Uuid::from_u128(replica * 10 + *index as u128));
                let who = Who { replica, channel: Channel::ALL[channel], ..desk().offline_since(100, at(10, minute)) };
                salon.give(&who, &notes(0, &format!("第{index}"))).unwrap();
            }
            told(&salon.view.members[&WANG].notes)
        };
        let straight: Vec<usize> = (0..edits.len()).collect();
        let mut shuffled = straight.clone();
        let mut state = seed | 1;
        for index in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            shuffled.swap(index, (state >> 33) as usize % (index + 1));
        }
        let (one, other) = (run(&straight), run(&shuffled));
        prop_assert_eq!(one, other);
    }
}

#[test]
fn desk_and_member_app_are_judged_by_one_policy_whichever_comes_first() {
    let holds = |desk_first: bool| {
        let mut salon = Salon::open();
        salon.rules(|rules| rules.priority_groups = vec![MemberGroup::Allergies]);
        let Command::RegisterMember(register) = register() else { unreachable!() };
        salon.give(&system(), &Command::RegisterMember(RegisterMember { account: Some(XIAOMAN), ..register })).unwrap();
        salon.now = at(12, 0);
        let allergies = |store, text: &str| {
            let edits = vec![GroupEdit { base: 0, value: GroupValue::Allergies(text.into()) }];
            Command::EditMember(EditMember { store, member: WANG, edits })
        };
        let mut both = vec![
            (desk().offline_since(100, at(10, 0)), allergies(Some(STORE), "青霉素")),
            (phone_of(XIAOMAN).offline_since(100, at(11, 0)), allergies(None, "无")),
        ];
        if !desk_first {
            both.reverse();
        }
        for (who, command) in both {
            salon.give(&who, &command).unwrap();
        }
        salon.view.members[&WANG].allergies.value.clone()
    };
    assert_eq!((holds(true), holds(false)), ("青霉素".into(), "青霉素".into()));
}

#[test]
fn what_lost_is_not_forgotten_by_who_has_not_seen_it() {
    let mut salon = Salon::open();
    salon.give(&desk(), &register()).unwrap();
    salon.now = at(12, 0);
    let mine = |number, hour| Who { number, ..desk().offline_since(100, at(hour, 0)) };
    let theirs = Who { replica: OTHER_DESK, ..desk().offline_since(100, at(9, 30)) };
    salon.give(&mine(5, 10), &notes(0, "一")).unwrap();
    salon.give(&theirs, &notes(0, "喜欢靠窗")).unwrap();
    salon.give(&mine(6, 11), &notes(0, "二")).unwrap();
    let group = &salon.view.members[&WANG].notes;
    assert_eq!(group.value, "二".into());
    assert_eq!(group.lost().unwrap().value, "喜欢靠窗".into());
}
