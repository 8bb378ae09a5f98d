//! Waiting for a time 候补: who is offered what, and what an offer is worth.

use shared::booking::{CancelledBy, State, Subject};
use shared::command::*;
use shared::decision::{Change, NoticeKind};
use shared::id::{AccountId, MemberId, StaffId, WaitlistEntryId};
use shared::limits::MemberLimits;
use shared::money::Money;
use shared::noun::Noun;
use shared::phone::Phone;
use shared::record::Record;
use shared::refusal::{MemberLimit, Refusal};
use shared::region::Region;
use shared::scope::Scope;
use shared::staff_preference::StaffPreference;
use shared::state_kind::StateKind;
use shared::time::{LocalDate, TimeRange, Timestamp};
use shared::view::View;
use shared::visit_request::RequestedService;
use shared::waitlist::next_offer;
use shared::waitlist_entry::{OFFER_MINUTES, Offer, Waiting, WaitlistEntry};
use uuid::Uuid;

use super::salon::*;
use super::three_ways::decide_by_asking;

fn entry_id(number: u128) -> WaitlistEntryId {
    WaitlistEntryId(Uuid::from_u128(5000 + number))
}

fn part_of_the_day(from: u16, until: u16) -> TimeRange {
    TimeRange { start: at(from, 0), end: at(until, 0) }
}

fn wants(number: u128, staff_preference: StaffPreference, starts: TimeRange) -> JoinWaitlist {
    JoinWaitlist {
        store: STORE,
        entry: entry_id(number),
        account: None,
        subject: Subject::Guest { name: "小满".into() },
        services: vec![RequestedService { service: CUT, staff_preference }],
        starts,
        note: "".into(),
    }
}

fn join(number: u128) -> Command {
    Command::JoinWaitlist(wants(number, StaffPreference::Requested(JJ), part_of_the_day(10, 22)))
}

fn serve() -> Command {
    Command::ServeWaitlist(ServeWaitlist { store: STORE, day: LocalDate::parse("2026-11-21").unwrap() })
}

fn accept(salon: &Salon, number: u128) -> Command {
    let hold = offer(salon, number).hold;
    Command::AcceptOffer(AcceptOffer { store: STORE, entry: entry_id(number), hold, terms_version: 1 })
}

fn decline(salon: &Salon, number: u128) -> Command {
    Command::DeclineOffer(DeclineOffer { store: STORE, entry: entry_id(number), hold: offer(salon, number).hold })
}

fn leave(number: u128) -> Command {
    Command::LeaveWaitlist(LeaveWaitlist { store: STORE, entry: entry_id(number) })
}

fn cancel(number: u128) -> Command {
    let (booking, by) = (booking_id(number), CancelledBy::Store);
    Command::Cancel(Cancel { store: STORE, booking, by, reason: "".into() })
}

fn entry(salon: &Salon, number: u128) -> &WaitlistEntry {
    &salon.view.waitlist[&entry_id(number)]
}

fn offer(salon: &Salon, number: u128) -> &Offer {
    entry(salon, number).offer().unwrap()
}

fn is_offered(salon: &Salon, number: u128) -> bool {
    entry(salon, number).offer().is_some()
}

/// JJ is booked from ten to ten: twelve visits, of which number `n` begins at nine and `n`.
fn full_day() -> Salon {
    let mut salon = Salon::open();
    for number in 1..=12u16 {
        salon.give(&desk(), &book(number.into(), CUT, StaffPreference::Requested(JJ), at(9 + number, 0))).unwrap();
    }
    salon
}

/// Xiaoman and Chen Mo wait for JJ, she first.
fn two_wait() -> Salon {
    let mut salon = full_day();
    salon.give(&phone_of(XIAOMAN), &join(1)).unwrap();
    salon.now = salon.now.plus_minutes(1);
    salon.give(&phone_of(CHEN_MO), &join(2)).unwrap();
    salon
}

#[test]
fn on_a_full_day_nobody_is_offered_anything() {
    let mut salon = two_wait();
    assert!(salon.give(&system(), &serve()).unwrap().changes.is_empty());
}

#[test]
fn what_becomes_free_is_held_for_whoever_came_first_at_its_price_and_told() {
    let mut salon = two_wait();
    salon.give(&desk(), &cancel(5)).unwrap();
    let decision = salon.give(&system(), &serve()).unwrap();
    let offer = offer(&salon, 1).clone();
    assert_eq!((offer.starts_at, offer.ends_at, offer.until), (at(14, 0), at(15, 0), salon.now.plus_minutes(OFFER_MINUTES)));
    assert_eq!((offer.lines[0].staff, offer.lines[0].price), (Some(JJ), Some(Money(26_800))));
    assert!(!is_offered(&salon, 2), "it is one time");
    let notices: Vec<_> = decision.notices.iter().map(|notice| (notice.booking, notice.kind)).collect();
    assert_eq!(notices, [(offer.hold, NoticeKind::Offered)]);
    assert!(matches!(salon.view.bookings[&offer.hold].state, State::Held { expires_at } if expires_at == offer.until));
    assert!(salon.give(&system(), &serve()).unwrap().changes.is_empty(), "nothing is offered twice");
}

#[test]
fn an_offer_is_a_promise_that_nobody_else_can_take() {
    let mut salon = two_wait();
    salon.give(&desk(), &cancel(5)).unwrap();
    salon.give(&system(), &serve()).unwrap();
    for who in [phone_of(CHEN_MO), phone_of(XIAOMAN), desk()] {
        let taken = salon.give(&who, &book(20, CUT, StaffPreference::Requested(JJ), at(14, 0)));
        assert!(matches!(taken, Err(Refusal::TimeTaken { .. })), "{taken:?}");
    }
}

#[test]
fn whoever_books_before_the_offer_has_the_time_and_nobody_is_told_of_it() {
    let mut salon = two_wait();
    salon.give(&desk(), &cancel(5)).unwrap();
    salon.give(&phone_of(AccountId(Uuid::from_u128(399))), &book(20, CUT, StaffPreference::Requested(JJ), at(14, 0))).unwrap();
    assert!(salon.give(&system(), &serve()).unwrap().changes.is_empty());
}

#[test]
fn one_tap_makes_it_a_confirmed_booking_of_the_account_at_the_price_of_the_offer() {
    let mut salon = two_wait();
    salon.give(&desk(), &cancel(5)).unwrap();
    salon.give(&system(), &serve()).unwrap();
    let hold = offer(&salon, 1).hold;
    let dearer = |service: &mut shared::service::Service| service.price = Some(Money(99_900));
    dearer(std::sync::Arc::make_mut(&mut salon.view.catalogue).services.get_mut(&CUT).unwrap());
    let tap = accept(&salon, 1);
    let decision = salon.give(&phone_of(XIAOMAN), &tap).unwrap();
    assert_eq!(decision.notices.iter().map(|notice| notice.kind).collect::<Vec<_>>(), [NoticeKind::Confirmed]);
    let booking = &salon.view.bookings[&hold];
    assert!(matches!(booking.state, State::Confirmed { .. }));
    assert_eq!((booking.account, booking.lines[0].price, booking.terms_version), (Some(XIAOMAN), Some(Money(26_800)), 1));
    assert_eq!(entry(&salon, 1).state, Waiting::Taken { booking: hold, at: salon.now });
    assert!(salon.give(&phone_of(XIAOMAN), &tap).unwrap().changes.is_empty(), "a second tap changes nothing");
    assert_eq!(salon.give(&phone_of(XIAOMAN), &leave(1)), Err(Refusal::OfferOver), "a booking is cancelled, not left");
}

#[test]
fn whoever_does_not_answer_waits_on_where_they_stood_and_the_next_one_is_offered_the_time() {
    let mut salon = two_wait();
    salon.give(&desk(), &cancel(5)).unwrap();
    salon.give(&system(), &serve()).unwrap();
    let (tap, rank) = (accept(&salon, 1), entry(&salon, 1).rank());
    salon.now = offer(&salon, 1).until;
    salon.give(&system(), &serve()).unwrap();
    assert_eq!(entry(&salon, 1).state, Waiting::Queued);
    assert_eq!(offer(&salon, 2).starts_at, at(14, 0));
    assert_eq!(salon.give(&phone_of(XIAOMAN), &tap), Err(Refusal::OfferOver), "too late");
    assert_eq!(entry(&salon, 1).rank(), rank, "behind nobody she was before");
    // The next time that becomes free is hers again.
    salon.give(&desk(), &cancel(8)).unwrap();
    salon.give(&system(), &serve()).unwrap();
    assert_eq!(offer(&salon, 1).starts_at, at(17, 0));
}

#[test]
fn a_tap_that_arrives_after_the_end_is_refused_even_before_anybody_has_looked() {
    let mut salon = two_wait();
    salon.give(&desk(), &cancel(5)).unwrap();
    salon.give(&system(), &serve()).unwrap();
    salon.now = offer(&salon, 1).until;
    let tap = accept(&salon, 1);
    assert_eq!(salon.give(&phone_of(XIAOMAN), &tap), Err(Refusal::OfferOver));
}

#[test]
fn whoever_lets_a_time_go_frees_it_for_the_next_one_at_once() {
    let mut salon = two_wait();
    salon.give(&desk(), &cancel(5)).unwrap();
    salon.give(&system(), &serve()).unwrap();
    let no = decline(&salon, 1);
    salon.give(&phone_of(XIAOMAN), &no).unwrap();
    assert!(salon.give(&phone_of(XIAOMAN), &no).unwrap().changes.is_empty(), "a second tap changes nothing");
    salon.give(&system(), &serve()).unwrap();
    assert_eq!((is_offered(&salon, 1), offer(&salon, 2).starts_at), (false, at(14, 0)));
}

#[test]
fn whoever_leaves_during_an_offer_frees_its_time() {
    let mut salon = two_wait();
    salon.give(&desk(), &cancel(5)).unwrap();
    salon.give(&system(), &serve()).unwrap();
    salon.give(&phone_of(XIAOMAN), &leave(1)).unwrap();
    assert!(matches!(entry(&salon, 1).state, Waiting::Left { by: CancelledBy::Member, .. }));
    assert!(salon.give(&phone_of(XIAOMAN), &leave(1)).unwrap().changes.is_empty());
    salon.give(&phone_of(CHEN_MO), &book(20, CUT, StaffPreference::Requested(JJ), at(14, 0))).unwrap();
}

#[test]
fn a_hold_that_the_desk_lets_go_is_an_offer_that_has_ended() {
    let mut salon = two_wait();
    salon.give(&desk(), &cancel(5)).unwrap();
    salon.give(&system(), &serve()).unwrap();
    let (tap, booking) = (accept(&salon, 1), offer(&salon, 1).hold);
    salon.give(&desk(), &Command::Release(Release { store: STORE, booking })).unwrap();
    assert_eq!(salon.give(&phone_of(XIAOMAN), &tap), Err(Refusal::OfferOver));
    salon.give(&system(), &serve()).unwrap();
    assert_eq!((is_offered(&salon, 1), is_offered(&salon, 2)), (false, true));
}

#[test]
fn a_higher_tier_comes_first_and_of_equal_tiers_whoever_came_first() {
    let mut salon = full_day();
    let gold = member(&mut salon, 3, CHEN_MO);
    salon.give(&phone_of(XIAOMAN), &join(1)).unwrap();
    salon.now = salon.now.plus_minutes(1);
    salon.give(&phone_of(XIAOMAN), &join(2)).unwrap();
    salon.now = salon.now.plus_minutes(1);
    let subject = Subject::Member(gold);
    let late = JoinWaitlist { subject, ..wants(3, StaffPreference::Requested(JJ), part_of_the_day(10, 22)) };
    salon.give(&phone_of(CHEN_MO), &Command::JoinWaitlist(late)).unwrap();
    let mut order: Vec<&WaitlistEntry> = salon.view.waitlist.values().collect();
    order.sort_by_key(|entry| entry.rank());
    assert_eq!(order.iter().map(|entry| entry.id).collect::<Vec<_>>(), [entry_id(3), entry_id(1), entry_id(2)]);
    salon.give(&desk(), &cancel(5)).unwrap();
    salon.give(&desk(), &cancel(6)).unwrap();
    salon.give(&system(), &serve()).unwrap();
    assert_eq!((offer(&salon, 3).starts_at, offer(&salon, 1).starts_at), (at(14, 0), at(15, 0)));
    assert!(!is_offered(&salon, 2));
}

/// A member with a tier, of an account.
fn member(salon: &mut Salon, tier: u8, account: AccountId) -> MemberId {
    let id = MemberId(Uuid::from_u128(601));
    let phone = Phone::parse("13700137000", Region::Cn).ok();
    let register = RegisterMember { member: id, account: None, store: Some(STORE), name: "陈末".into(), phone, consent: consent() };
    salon.give(&desk(), &Command::RegisterMember(register)).unwrap();
    let member = salon.view.members[&id].clone();
    salon.view.apply(&Change::put(shared::member::Member { tier, account: Some(account), ..member }));
    id
}

#[test]
fn a_time_that_does_not_suit_the_first_one_goes_to_the_next_whom_it_suits() {
    let mut salon = full_day();
    let morning = wants(1, StaffPreference::Requested(JJ), part_of_the_day(10, 12));
    salon.give(&phone_of(XIAOMAN), &Command::JoinWaitlist(morning)).unwrap();
    salon.now = salon.now.plus_minutes(1);
    salon.give(&phone_of(CHEN_MO), &join(2)).unwrap();
    salon.give(&desk(), &cancel(5)).unwrap();
    salon.give(&system(), &serve()).unwrap();
    assert_eq!((is_offered(&salon, 1), offer(&salon, 2).starts_at), (false, at(14, 0)));
}

#[test]
fn two_times_are_offered_to_two_people() {
    let mut salon = two_wait();
    salon.give(&desk(), &cancel(5)).unwrap();
    salon.give(&desk(), &cancel(9)).unwrap();
    salon.give(&system(), &serve()).unwrap();
    assert_eq!((offer(&salon, 1).starts_at, offer(&salon, 2).starts_at), (at(14, 0), at(18, 0)));
    assert_ne!(offer(&salon, 1).hold, offer(&salon, 2).hold);
}

#[test]
fn nothing_is_offered_inside_the_lead_time_or_so_soon_that_the_offer_would_outlast_it() {
    let mut salon = two_wait();
    salon.rules(|rules| rules.lead_minutes = 0);
    salon.give(&desk(), &cancel(5)).unwrap();
    salon.now = at(13, 50);
    assert!(salon.give(&system(), &serve()).unwrap().changes.is_empty());
    salon.rules(|rules| rules.lead_minutes = 120);
    salon.now = at(12, 30);
    assert!(salon.give(&system(), &serve()).unwrap().changes.is_empty());
    salon.rules(|rules| rules.lead_minutes = 30);
    salon.give(&system(), &serve()).unwrap();
    assert_eq!(offer(&salon, 1).starts_at, at(14, 0));
}

#[test]
fn anybody_is_somebody_of_the_lowest_price() {
    let mut salon = full_day();
    let any = wants(1, StaffPreference::Any, part_of_the_day(14, 15));
    salon.give(&phone_of(XIAOMAN), &Command::JoinWaitlist(any)).unwrap();
    for (number, staff) in [(21, KELLY), (22, BECKY)] {
        salon.give(&desk(), &book(number, CUT, StaffPreference::Requested(staff), at(14, 0))).unwrap();
    }
    salon.give(&desk(), &cancel(5)).unwrap();
    assert!(salon.give(&system(), &serve()).unwrap().changes.is_empty(), "with JJ it would cost more than she was told");
    salon.give(&desk(), &cancel(22)).unwrap();
    salon.give(&system(), &serve()).unwrap();
    assert_eq!((offer(&salon, 1).lines[0].staff, offer(&salon, 1).lines[0].price), (Some(BECKY), Some(Money(16_800))));
}

#[test]
fn the_day_passes_and_whoever_waited_for_it_no_longer_does() {
    let mut salon = two_wait();
    salon.now = at(22, 0);
    salon.give(&system(), &serve()).unwrap();
    assert!([1, 2].iter().all(|number| matches!(entry(&salon, *number).state, Waiting::Expired { .. })));
    assert!(salon.give(&system(), &serve()).unwrap().changes.is_empty());
}

#[test]
fn the_desk_offers_a_time_by_hand_to_whom_it_likes_and_only_one_at_a_time() {
    let mut salon = two_wait();
    let by_hand = |entry, hold, staff: StaffId, start| {
        let staff_preference = StaffPreference::Requested(staff);
        let seen_price = Some(Money(if staff == JJ { 26_800 } else { 16_800 }));
        let lines = vec![OfferedLine { starts_at: start, staff_preference, seen_price }];
        Command::OfferTime(OfferTime { store: STORE, entry: entry_id(entry), hold: booking_id(hold), lines })
    };
    let online = Who { number: 0, ..desk() };
    assert_eq!(salon.give(&desk(), &by_hand(2, 40, KELLY, at(16, 0))), Err(Refusal::NotAllowed), "an offer does not wait in an outbox");
    salon.give(&online, &by_hand(2, 40, KELLY, at(16, 0))).unwrap();
    assert_eq!((offer(&salon, 2).lines[0].staff, offer(&salon, 2).by_desk), (Some(KELLY), true));
    let second = salon.give(&online, &by_hand(2, 41, KELLY, at(18, 0)));
    assert_eq!(second, Err(Refusal::WrongState { state: StateKind::Held }));
    assert!(matches!(salon.give(&online, &by_hand(1, 42, KELLY, at(16, 0))), Err(Refusal::TimeTaken { .. })));
    assert_eq!(salon.give(&online, &by_hand(1, 40, KELLY, at(19, 0))), Err(Refusal::AlreadyExists));
    assert_eq!(salon.give(&online, &by_hand(1, 43, JJ, at(8, 0))), Err(Refusal::TooSoon { lead_minutes: 0 }));
    let tap = accept(&salon, 2);
    salon.rules(|rules| rules.confirmation = shared::store::Confirmation::ByDesk);
    salon.give(&phone_of(CHEN_MO), &tap).unwrap();
    assert!(matches!(salon.state(40), State::Confirmed { .. }), "the desk has agreed already");
}

#[test]
fn where_the_desk_confirms_an_offer_of_the_product_becomes_a_request() {
    let mut salon = two_wait();
    salon.rules(|rules| rules.confirmation = shared::store::Confirmation::ByDesk);
    salon.give(&desk(), &cancel(5)).unwrap();
    salon.give(&system(), &serve()).unwrap();
    let (tap, hold) = (accept(&salon, 1), offer(&salon, 1).hold);
    salon.give(&phone_of(XIAOMAN), &tap).unwrap();
    assert_eq!(salon.view.bookings[&hold].state, State::Requested);
}

#[test]
fn nobody_acts_for_somebody_else() {
    let mut salon = two_wait();
    salon.give(&desk(), &cancel(5)).unwrap();
    salon.give(&system(), &serve()).unwrap();
    let unknown = Refusal::NotFound { kind: "waitlist_entry".into() };
    let of_xiaoman = [accept(&salon, 1), decline(&salon, 1), leave(1)];
    for command in &of_xiaoman {
        assert_eq!(salon.give(&phone_of(CHEN_MO), command), Err(unknown.clone()));
        assert_eq!(salon.give(&other_reception(), command), Err(Refusal::NotAllowed));
    }
    let named = JoinWaitlist { account: Some(XIAOMAN), ..wants(7, StaffPreference::Any, part_of_the_day(10, 22)) };
    assert_eq!(salon.give(&phone_of(CHEN_MO), &Command::JoinWaitlist(named.clone())), Err(Refusal::NotAllowed));
    let account = Refusal::NotFound { kind: "account".into() };
    assert_eq!(salon.give(&desk(), &Command::JoinWaitlist(named)), Err(account));
    assert_eq!(salon.give(&phone_of(CHEN_MO), &join(1)), Err(Refusal::AlreadyExists));
    assert_eq!(salon.give(&phone_of(XIAOMAN), &serve()), Err(Refusal::NotAllowed));
    assert_eq!(salon.give(&desk(), &serve()), Err(Refusal::NotAllowed));
}

#[test]
fn the_words_of_the_desk_stay_at_the_desk() {
    let mut salon = Salon::open();
    let gold = member(&mut salon, 1, XIAOMAN);
    let wanted = wants(1, StaffPreference::Any, part_of_the_day(10, 22));
    let for_her = JoinWaitlist { account: Some(XIAOMAN), subject: Subject::Member(gold), note: "先打座机".into(), ..wanted };
    salon.give(&desk(), &Command::JoinWaitlist(for_her)).unwrap();
    let record = Record::from(entry(&salon, 1).clone());
    let shown = |scope| record.clone().shown_in(scope, scope == Scope::Desk(STORE));
    let hers = shown(Scope::User(XIAOMAN)).unwrap();
    assert!(hers.of::<WaitlistEntry>().unwrap().note.is_empty());
    assert_eq!(shown(Scope::User(CHEN_MO)), None);
    assert_eq!(shown(Scope::Desk(STORE)), Some(record.clone()));
    assert_eq!(entry(&salon, 1).feeds().len(), 2);
}

#[test]
fn one_account_waits_for_so_many_times_and_the_desk_for_more() {
    let mut salon = Salon::open();
    salon.limits = MemberLimits { waiting_a_day: 1, waiting: 2, ..MemberLimits::NONE };
    let on = |number, day: i64| {
        let starts = part_of_the_day(10, 22);
        let later = |at: Timestamp| at.plus_minutes(day * 1440);
        let starts = TimeRange { start: later(starts.start), end: later(starts.end) };
        Command::JoinWaitlist(wants(number, StaffPreference::Any, starts))
    };
    salon.give(&phone_of(XIAOMAN), &on(1, 0)).unwrap();
    assert_eq!(salon.give(&phone_of(XIAOMAN), &on(2, 0)), Err(Refusal::TooMany { of: MemberLimit::WaitingADay, most: 1 }));
    salon.give(&phone_of(XIAOMAN), &on(2, 1)).unwrap();
    assert_eq!(salon.give(&phone_of(XIAOMAN), &on(3, 2)), Err(Refusal::TooMany { of: MemberLimit::Waiting, most: 2 }));
    salon.give(&phone_of(CHEN_MO), &on(3, 0)).unwrap();
    salon.give(&desk(), &on(4, 0)).unwrap();
    salon.give(&desk(), &on(5, 0)).unwrap();
    salon.give(&phone_of(XIAOMAN), &leave(1)).unwrap();
    salon.give(&phone_of(XIAOMAN), &on(6, 0)).unwrap();
}

#[test]
fn nobody_waits_for_what_can_never_be_offered() {
    let mut salon = Salon::open();
    let refused = |salon: &mut Salon, command: JoinWaitlist| salon.give(&phone_of(XIAOMAN), &Command::JoinWaitlist(command)).unwrap_err();
    let any = |starts| wants(1, StaffPreference::Any, starts);
    let day = part_of_the_day(10, 22);
    let later = |minutes| TimeRange { start: day.start.plus_minutes(minutes), end: day.end.plus_minutes(minutes) };
    assert_eq!(refused(&mut salon, any(later(-1440))), Refusal::TooSoon { lead_minutes: 30 });
    assert_eq!(refused(&mut salon, any(later(31 * 1440))), Refusal::TooFarAhead { days: 30 });
    assert_eq!(refused(&mut salon, any(later(12 * 60))), Refusal::Invalid { field: "starts".into() }, "two days");
    assert_eq!(refused(&mut salon, any(part_of_the_day(10, 10))), Refusal::Invalid { field: "starts".into() });
    assert_eq!(refused(&mut salon, JoinWaitlist { services: Vec::new(), ..any(day) }), Refusal::Invalid { field: "lines".into() });
    let stranger = StaffId(Uuid::from_u128(1));
    let unskilled = wants(1, StaffPreference::Requested(stranger), day);
    assert_eq!(refused(&mut salon, unskilled), Refusal::NotSkilled { staff: stranger });
    salon.give(&desk(), &Command::JoinWaitlist(any(later(31 * 1440)))).unwrap();
}

#[test]
fn a_server_that_has_just_started_decides_about_those_who_wait_like_one_that_knows_everything() {
    let mut salon = two_wait();
    let mut decided = 0;
    let mut same = |salon: &mut Salon, who: &Who, command: &Command| {
        let mut cold = View::of(std::sync::Arc::clone(&salon.view.catalogue));
        cold.known.catalogue = true;
        let context = salon.context(who);
        let asked = decide_by_asking(command, &context, &mut cold, &salon.view);
        assert_eq!(asked, command.decide(&context, &salon.view), "{command:?}");
        salon.commit(&asked.unwrap());
        decided += 1;
    };
    same(&mut salon, &desk(), &cancel(5));
    same(&mut salon, &system(), &serve());
    let (tap, no) = (accept(&salon, 1), decline(&salon, 1));
    same(&mut salon, &phone_of(XIAOMAN), &no);
    same(&mut salon, &system(), &serve());
    let lines = vec![OfferedLine { starts_at: at(16, 0), staff_preference: StaffPreference::Any, seen_price: Some(Money(16_800)) }];
    let by_hand = Command::OfferTime(OfferTime { store: STORE, entry: entry_id(1), hold: booking_id(40), lines });
    same(&mut salon, &Who { number: 0, ..desk() }, &by_hand);
    let yes = accept(&salon, 1);
    assert_ne!(yes, tap);
    same(&mut salon, &phone_of(XIAOMAN), &yes);
    same(&mut salon, &phone_of(CHEN_MO), &leave(2));
    same(&mut salon, &phone_of(CHEN_MO), &join(3));
    salon.now = at(22, 0);
    same(&mut salon, &system(), &serve());
    assert_eq!(decided, 9);
}

#[test]
fn of_those_who_wait_the_first_whom_something_suits_is_found() {
    let mut salon = two_wait();
    salon.give(&desk(), &cancel(5)).unwrap();
    let store = &salon.view.catalogue.stores[&STORE];
    let queue = [entry(&salon, 1), entry(&salon, 2)];
    let (place, lines) = next_offer(&salon.view, store, &queue, salon.now).unwrap();
    assert_eq!((place, lines[0].starts_at, lines[0].seen_price), (0, at(14, 0), Some(Money(26_800))));
    assert_eq!(next_offer(&salon.view, store, &[], salon.now), None);
}
