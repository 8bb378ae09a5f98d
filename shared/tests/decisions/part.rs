//! The part of the commands that phones carry says what the whole would.

use shared::booking::{Alternative, Booking, CancelledBy, State};
use shared::command::{
    AcceptAlternative, Cancel, Command, CommandSet, EditMember, Finish, GroupEdit, GroupValue, Hold, Move, RegisterMember, Release, RuleSet,
};
use shared::envelope::Envelope;
use shared::id::{CommandId, MemberId};
use shared::member::Member;
use shared::noun::Noun;
use shared::refusal::Refusal;
use shared::staff_preference::StaffPreference;
use shared::stamp::Stamp;
use uuid::Uuid;

use super::salon::*;

/// Everything the member app gives.
fn by_members() -> Vec<Command> {
    let (store, booking, new_member) = (STORE, booking_id(1), MemberId(Uuid::from_u128(41)));
    let edits = vec![GroupEdit { base: 0, value: GroupValue::Name("小满".into()) }];
    vec![
        Command::Hold(Hold { store, booking: booking_id(7), lines: vec![line(CUT, StaffPreference::Any, at(15, 0))] }),
        Command::Release(Release { store, booking }),
        book(2, CUT, StaffPreference::Requested(JJ), at(15, 0)),
        book(2, CUT, StaffPreference::Any, at(3, 0)),
        Command::Move(Move { store, booking, starts_at: at(16, 0), staff_preferences: Vec::new(), override_reason: None }),
        Command::Cancel(Cancel { store, booking, by: CancelledBy::Member, reason: "".into() }),
        Command::Cancel(Cancel { store, booking, by: CancelledBy::Store, reason: "".into() }),
        Command::AcceptAlternative(AcceptAlternative { store, booking, starts_at: at(16, 0) }),
        Command::RegisterMember(RegisterMember {
            member: new_member,
            account: None,
            store: None,
            name: "小满".into(),
            phone: None,
            consent: consent(),
        }),
        Command::EditMember(EditMember { store: None, member: new_member, edits }),
    ]
}

fn envelope(command: &Command) -> Envelope {
    Envelope::pack(command, 1, CommandId(Uuid::from_u128(5)), None, Stamp::default(), 0)
}

#[test]
fn a_phone_reads_what_members_give_and_nothing_else() {
    for command in by_members() {
        assert_eq!(CommandSet::MEMBER.open(&envelope(&command)).as_ref(), Ok(&command));
        assert_eq!(CommandSet::ALL.open(&envelope(&command)), Ok(command));
    }
    let of_the_desk = Command::Finish(Finish { store: STORE, booking: booking_id(1) });
    assert!(CommandSet::MEMBER.open(&envelope(&of_the_desk)).is_err());
    assert_eq!(CommandSet::ALL.open(&envelope(&of_the_desk)), Ok(of_the_desk));
}

/// A phone holds no schedule; holds and their release are sent directly and never predicted.
#[test]
fn a_phone_predicts_as_the_server_would_with_what_the_phone_knows() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(14, 0));
    salon.view.known.all_of.clear();
    // It has its own records, and knows which ids are new.
    salon.view.known.absent.insert(Booking::key_of(booking_id(2)));
    salon.view.known.absent.insert(Member::key_of(MemberId(Uuid::from_u128(41))));
    let mut decided = 0;
    let displaced = State::Displaced { at: at(12, 0) };
    let promised = salon.state(1).clone();
    for state in [promised, State::Requested, displaced] {
        let booking = salon.view.bookings.get_mut(&booking_id(1)).unwrap();
        booking.state = state;
        booking.alternatives = vec![Alternative { starts_at: at(16, 0), staff: vec![KELLY] }];
        for now in [at(9, 0), at(13, 30)] {
            salon.now = now;
            for who in [phone_of(XIAOMAN), phone_of(CHEN_MO)] {
                let context = salon.context(&who);
                for command in by_members().iter().filter(|command| !matches!(command, Command::Hold(_) | Command::Release(_))) {
                    let whole = command.decide(&context, &salon.view);
                    decided += u32::from(whole != Err(Refusal::Undecided));
                    assert_eq!(RuleSet::MEMBER.decide(command, &context, &salon.view), whole, "{command:?} at {now:?}");
                }
            }
        }
    }
    assert!(decided > 20, "most of it a phone can tell: {decided}");
}
