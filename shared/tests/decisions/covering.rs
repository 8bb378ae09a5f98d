//! Supply that is taken away over promises: nothing is moved or cancelled by it, and somebody is asked about each.

use shared::attention::{Attention, AttentionKind};
use shared::booking::State;
use shared::command::{AskToRebook, Command, Move, PutResource, PutShift, PutStaff, PutStore};
use shared::coverage_gap::{CoverageGap, Lack};
use shared::decision::{Change, Decision, LadderStep, NoticeKind};
use shared::id::ShiftId;
use shared::placement::coverage::open_gaps;
use shared::placement::rebooking::proposals;
use shared::record::{Record, WireRecord};
use shared::refusal::Refusal;
use shared::role::Role;
use shared::roster::{Shift, ShiftDay, spans_before};
use shared::staff::Staff;
use shared::staff_preference::StaffPreference;
use shared::store::Store;
use shared::time::{LocalDate, LocalSpan};
use shared::versioned::Versioned;
use shared::zone::Zone;
use uuid::Uuid;

use super::salon::*;

fn saturday() -> LocalDate {
    LocalDate::parse("2026-11-21").unwrap()
}

fn manager() -> Who {
    staff_with(Role::StoreManager)
}

/// What an inbox was asked by a decision.
fn asked(decision: &Decision) -> Vec<CoverageGap> {
    let entries = decision.changes.iter().filter_map(Change::put_of::<Attention>);
    let gaps = entries.map(|entry| match &entry.about {
        AttentionKind::Uncovered { gaps } => gaps.clone(),
        other => panic!("{other:?}"),
    });
    gaps.flatten().collect()
}

fn gap(number: u128, lack: Lack) -> CoverageGap {
    CoverageGap { booking: booking_id(number), lack }
}

fn off(salon: &Salon, spans: &[(u16, u16)]) -> Command {
    let spans = spans.iter().map(|(from, until)| LocalSpan { from: *from, until: *until }).collect();
    let day = ShiftDay::Date(saturday());
    let id = ShiftId(Uuid::from_u128(790));
    let base = salon.view.catalogue.shifts.get(&id).and_then(|shift| shift.written).map_or(0, |written| written.version);
    Command::PutShift(PutShift::of(Shift { id, store: STORE, staff: JJ, day, spans, written: None }, base))
}

fn jj(salon: &Salon, change: impl FnOnce(&mut Staff)) -> Command {
    let mut jj = salon.view.catalogue.staff[&JJ].clone();
    let base = jj.written.map_or(0, |written| written.version);
    change(&mut jj);
    Command::PutStaff(PutStaff::of(jj, base))
}

fn store(salon: &Salon, change: impl FnOnce(&mut Store)) -> Command {
    let mut store = salon.view.catalogue.stores[&STORE].clone();
    let base = store.written.map_or(0, |written| written.version);
    change(&mut store);
    Command::PutStore(PutStore::of(store, base))
}

#[test]
fn jj_takes_the_afternoon_off_and_whoever_was_promised_three_oclock_is_in_the_inbox() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(15, 0));
    salon.promise(2, StaffPreference::Requested(JJ), at(11, 0));
    salon.give(&phone_of(CHEN_MO), &book(3, CUT, StaffPreference::Requested(KELLY), at(15, 0))).unwrap();
    let decision = salon.give(&manager(), &off(&salon, &[(600, 840)])).unwrap();
    assert_eq!(asked(&decision), [gap(1, Lack::Shift(JJ))]);
    assert!(matches!(salon.state(1), State::Confirmed { .. }), "the promise stands");
    assert_eq!(salon.booking(1).occupancy.len(), 1);
    // He comes after all: nothing is left to ask.
    let entry = salon.view.attention.values().next().unwrap().clone();
    let AttentionKind::Uncovered { gaps } = &entry.about else { panic!("{entry:?}") };
    assert_eq!(open_gaps(&salon.view, STORE, (gaps, entry.raised_at)).len(), 1);
    assert_eq!(asked(&salon.give(&manager(), &off(&salon, &[(600, 1320)])).unwrap()), []);
    assert_eq!(open_gaps(&salon.view, STORE, (gaps, entry.raised_at)), []);
}

#[test]
fn whoever_runs_the_day_says_that_jj_is_ill_and_plans_no_weeks() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(15, 0));
    assert_eq!(salon.clone().give(&staff_with(Role::Technician), &off(&salon, &[])).map(drop), Err(Refusal::NotAllowed));
    assert_eq!(asked(&salon.give(&desk(), &off(&salon, &[])).unwrap()), [gap(1, Lack::Shift(JJ))]);
    let dated = |days: i32| {
        let (id, day) = (ShiftId(Uuid::from_u128(791)), ShiftDay::Date(saturday().plus_days(days)));
        Command::PutShift(PutShift::of(Shift { id, store: STORE, staff: JJ, day, spans: Vec::new(), written: None }, 0))
    };
    assert!(salon.clone().give(&desk(), &dated(1)).is_ok(), "nor does he come tomorrow");
    assert_eq!(salon.give(&desk(), &dated(2)).map(drop), Err(Refusal::NotAllowed));
    let weekly = salon.view.catalogue.shifts.values().find(|shift| shift.staff == JJ).unwrap().clone();
    assert_eq!(salon.give(&desk(), &Command::PutShift(PutShift::of(weekly, 0))).map(drop), Err(Refusal::NotAllowed));
}

#[test]
fn who_leaves_at_two_has_worked_until_then() {
    let spans = [LocalSpan { from: 600, until: 720 }, LocalSpan { from: 780, until: 1320 }, LocalSpan { from: 1380, until: 1500 }];
    let worked = [LocalSpan { from: 600, until: 720 }, LocalSpan { from: 780, until: 840 }];
    assert_eq!(spans_before(&spans, 840), worked);
    assert_eq!(spans_before(&spans, 600), []);
    assert_eq!(spans_before(&spans, 1440)[2], LocalSpan { from: 1380, until: 1440 });
}

#[test]
fn the_store_closes_early_for_a_day_or_every_week() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(20, 30));
    let earlier = vec![LocalSpan { from: 600, until: 1260 }];
    let week = store(&salon, |store| store.hours = core::array::from_fn(|_| earlier.clone()));
    assert_eq!(asked(&salon.clone().give(&manager(), &week).unwrap()), [gap(1, Lack::Hours)]);
    let holiday = store(&salon, |store| drop(store.special_days.insert(saturday(), Vec::new())));
    assert_eq!(asked(&salon.give(&manager(), &holiday).unwrap()), [gap(1, Lack::Hours)]);
    let week = store(&salon, |store| store.hours = core::array::from_fn(|_| vec![LocalSpan { from: 600, until: 1200 }]));
    assert_eq!(asked(&salon.give(&manager(), &week).unwrap()), [], "it is closed that day already");
}

#[test]
fn jj_leaves_or_goes_to_the_other_store_or_cuts_no_more() {
    let mut salon = Salon::with_two_stores();
    salon.promise(1, StaffPreference::Requested(JJ), at(15, 0));
    let leaves = jj(&salon, |jj| jj.active = false);
    assert_eq!(asked(&salon.clone().give(&owner(), &leaves).unwrap()), [gap(1, Lack::Person(JJ))]);
    let moves = jj(&salon, |jj| jj.stores = vec![OTHER_STORE]);
    assert_eq!(asked(&salon.clone().give(&owner(), &moves).unwrap()), [gap(1, Lack::Person(JJ))]);
    let colours_only = jj(&salon, |jj| jj.skills = vec![COLOUR]);
    assert_eq!(asked(&salon.clone().give(&owner(), &colours_only).unwrap()), [gap(1, Lack::Skill(JJ))]);
    let learns = jj(&salon, |jj| jj.stores.push(OTHER_STORE));
    assert_eq!(asked(&salon.give(&owner(), &learns).unwrap()), [], "more work takes nothing from anybody");
}

#[test]
fn a_basin_goes_out_of_use() {
    let mut salon = Salon::with_basins(2);
    salon.promise(1, StaffPreference::Any, at(15, 0));
    let has = salon.booking(1).lines[0].resources[0].resource;
    for resource in [basin(0), basin(1)] {
        let mut salon = salon.clone();
        let record = salon.view.catalogue.resources[&resource].clone();
        let out = Command::PutResource(PutResource { active: false, ..PutResource::of(record, 0) });
        let expected = if resource == has { vec![gap(1, Lack::Resource(resource))] } else { Vec::new() };
        assert_eq!(asked(&salon.give(&manager(), &out).unwrap()), expected);
    }
}

#[test]
fn another_zone_shows_another_time_than_was_promised() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(15, 0));
    let tokyo = store(&salon, |store| store.zone = Zone::fixed("Asia/Tokyo", 9 * 3600));
    assert_eq!(asked(&salon.give(&owner(), &tokyo).unwrap()), [gap(1, Lack::Clock(60))]);
}

#[test]
fn who_was_promised_half_an_hour_after_closing_is_asked_about_once_more_of_it_is_taken() {
    let mut salon = Salon::open();
    let late = Command::Book(shared::command::Book {
        override_reason: Some("老顾客".into()),
        ..match book(1, CUT, StaffPreference::Requested(JJ), at(21, 30)) {
            Command::Book(book) => book,
            _ => unreachable!(),
        }
    });
    salon.give(&manager(), &late).unwrap();
    salon.promise(2, StaffPreference::Requested(JJ), at(15, 0));
    // He stays as long as he was to stay when she was promised: nothing is new.
    assert_eq!(asked(&salon.clone().give(&manager(), &off(&salon, &[(600, 900), (960, 1320)])).unwrap()), [gap(2, Lack::Shift(JJ))]);
    let goes = asked(&salon.give(&manager(), &off(&salon, &[(600, 840)])).unwrap());
    assert_eq!(goes, [gap(1, Lack::Shift(JJ)), gap(2, Lack::Shift(JJ))]);
    // What somebody has kept is not asked about again, until more of it goes.
    assert_eq!(asked(&salon.clone().give(&manager(), &off(&salon, &[(600, 780)])).unwrap()), []);
    let closed = store(&salon, |store| drop(store.special_days.insert(saturday(), Vec::new())));
    assert_eq!(asked(&salon.give(&manager(), &closed).unwrap()), [gap(1, Lack::Hours), gap(2, Lack::Hours)]);
}

#[test]
fn whoever_was_to_begin_five_minutes_ago_is_asked_about_and_whoever_is_there_is_not() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(10, 0));
    salon.now = at(10, 5);
    assert_eq!(asked(&salon.clone().give(&manager(), &off(&salon, &[])).unwrap()), [gap(1, Lack::Shift(JJ))], "on the way");
    let arrives = shared::command::CheckIn { store: STORE, booking: booking_id(1), override_reason: None };
    salon.give(&desk(), &Command::CheckIn(arrives)).unwrap();
    assert_eq!(asked(&salon.give(&manager(), &off(&salon, &[])).unwrap()), []);
}

#[test]
fn who_comes_back_without_colours_is_asked_about_the_colour_that_was_promised() {
    let mut salon = Salon::open();
    salon.give(&desk(), &book(1, COLOUR, StaffPreference::Requested(JJ), at(15, 0))).unwrap();
    let leaves = jj(&salon, |jj| jj.active = false);
    assert_eq!(asked(&salon.give(&owner(), &leaves).unwrap()), [gap(1, Lack::Person(JJ))]);
    let back = jj(&salon, |jj| (jj.active, jj.skills) = (true, vec![CUT]));
    assert_eq!(asked(&salon.give(&owner(), &back).unwrap()), [gap(1, Lack::Skill(JJ))]);
}

#[test]
fn a_promise_whose_clock_time_changed_is_arranged_once_it_is_moved() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(15, 0));
    let tokyo = store(&salon, |store| store.zone = Zone::fixed("Asia/Tokyo", 9 * 3600));
    salon.give(&owner(), &tokyo).unwrap();
    let entry = salon.view.attention.values().next().unwrap().clone();
    let gaps = [gap(1, Lack::Clock(60))];
    assert_eq!(open_gaps(&salon.view, STORE, (&gaps, entry.raised_at)).len(), 1);
    salon.now = at(9, 10);
    let back = Move { store: STORE, booking: booking_id(1), starts_at: at(14, 0), staff_preferences: Vec::new(), override_reason: None };
    salon.give(&desk(), &Command::Move(back)).unwrap();
    assert_eq!(open_gaps(&salon.view, STORE, (&gaps, entry.raised_at)), []);
}

#[test]
fn an_entry_of_the_roster_stays_that_of_its_person_and_its_day() {
    let mut salon = Salon::open();
    let monday = salon.view.catalogue.shifts.values().find(|shift| shift.staff == KELLY).unwrap().clone();
    let of_today = Shift { day: ShiftDay::Date(saturday()), spans: Vec::new(), ..monday.clone() };
    let refused = Err(Refusal::Invalid { field: "day".into() });
    assert_eq!(salon.give(&desk(), &Command::PutShift(PutShift::of(of_today, 0))).map(drop), refused.clone());
    let of_jj = Shift { staff: JJ, ..monday };
    assert!(salon.give(&manager(), &Command::PutShift(PutShift::of(of_jj, 0))).is_err());
}

#[test]
fn a_colleague_at_the_same_time_and_for_the_same_price_is_proposed_before_another_time() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(KELLY), at(15, 0));
    salon.promise(2, StaffPreference::Requested(JJ), at(15, 0));
    let offered = |number| -> Vec<_> {
        let found = proposals(&salon.view, salon.booking(number), salon.now);
        found.into_iter().map(|proposal| (proposal.starts_at, proposal.staff)).collect()
    };
    assert_eq!(offered(1)[0], (at(15, 0), vec![KELLY]), "with nothing taken away she simply stays");
    salon.give(&manager(), &off(&salon, &[(600, 840)])).unwrap();
    let offered = |number| -> Vec<_> {
        let found = proposals(&salon.view, salon.booking(number), salon.now);
        found.into_iter().map(|proposal| (proposal.starts_at, proposal.staff)).collect()
    };
    assert_eq!(offered(2)[0], (at(15, 0), vec![BECKY]), "for less than with the director");
    assert!(offered(2)[1..].iter().all(|(start, staff)| *start <= at(13, 0) && *staff == [JJ]), "or he himself, before he goes");
    let mut kelly = salon.view.catalogue.staff[&KELLY].clone();
    kelly.active = false;
    salon.give(&owner(), &Command::PutStaff(PutStaff::of(kelly, 0))).unwrap();
    let found = proposals(&salon.view, salon.booking(1), salon.now);
    assert_eq!((found[0].starts_at, &found[0].staff), (at(15, 0), &vec![BECKY]));
    let first = found[0].clone();
    let there = Move {
        store: STORE,
        booking: booking_id(1),
        starts_at: first.starts_at,
        staff_preferences: first.staff_preferences,
        override_reason: None,
    };
    salon.give(&desk(), &Command::Move(there)).unwrap();
    assert_eq!((salon.staff_of(1), salon.booking(1).starts_at), (BECKY, at(15, 0)));
    assert_eq!(salon.booking(1).lines[0].price, Some(shared::money::Money(16_800)), "for the agreed price");
}

#[test]
fn a_guest_who_is_asked_to_rebook_loses_the_time_and_is_told() {
    let mut salon = Salon::open();
    salon.promise(1, StaffPreference::Requested(JJ), at(15, 0));
    let ask = Command::AskToRebook(AskToRebook { store: STORE, booking: booking_id(1), reason: "阿杰休息".into() });
    assert_eq!(salon.give(&staff_with(Role::Technician), &ask).map(drop), Err(Refusal::NotAllowed), "a promise that everybody sees");
    assert_eq!(salon.give(&phone_of(XIAOMAN), &ask).map(drop), Err(Refusal::NotAllowed));
    let decision = salon.give(&desk(), &ask).unwrap();
    assert_eq!((decision.notices[0].kind, decision.step), (NoticeKind::Displaced, LadderStep::Displaced));
    assert!(matches!(salon.state(1), State::Displaced { .. }) && salon.booking(1).occupancy.is_empty());
    assert_eq!(salon.booking(1).history.last().unwrap().reason.0, "阿杰休息");
    assert!(salon.give(&desk(), &ask).is_err(), "once");
    // She is there before somebody asks.
    salon.promise(2, StaffPreference::Requested(KELLY), at(11, 0));
    salon.now = at(11, 1);
    let late = Command::AskToRebook(AskToRebook { store: STORE, booking: booking_id(2), reason: "".into() });
    assert!(matches!(salon.give(&desk(), &late), Err(Refusal::WrongState { .. })));
}

#[test]
fn an_app_that_cannot_say_what_is_asked_takes_the_new_version_first_and_reads_all_else() {
    let entry =
        |about| Attention { id: shared::id::AttentionId(Uuid::from_u128(1)), store: STORE, about, raised_at: at(9, 0), resolved_at: None };
    let known = entry(AttentionKind::Overlap { booking: booking_id(1) });
    let (version, bytes) = known.pack(1).unwrap();
    assert_eq!((version, Attention::open(1, &bytes)), (1, Some(known)));
    let new = entry(AttentionKind::Uncovered { gaps: vec![gap(1, Lack::Hours)] });
    assert_eq!(new.pack(1), None);
    let (version, bytes) = new.pack(2).unwrap();
    assert_eq!((version, Attention::open(2, &bytes)), (2, Some(new.clone())));
    assert_eq!(Attention::open(1, &bytes), None, "no program of then wrote this");
    assert_eq!(WireRecord::pack(&Record::from(new.clone()), 1), None);
}

/// Open from eight in the evening until two, and everybody works until then; the promise is for one at night.
fn at_night(zone: Zone) -> (Salon, shared::time::Timestamp) {
    let mut salon = Salon::open();
    let night = vec![LocalSpan { from: 1200, until: 1560 }];
    let catalogue = std::sync::Arc::make_mut(&mut salon.view.catalogue);
    let shifts: Vec<Shift> = catalogue.shifts.values().map(|shift| Shift { spans: night.clone(), ..shift.clone() }).collect();
    catalogue.shifts = shifts.into_iter().map(|shift| (shift.id, shift)).collect();
    let store = catalogue.stores.get_mut(&STORE).unwrap();
    (store.hours, store.zone) = (core::array::from_fn(|_| night.clone()), zone);
    let start = store.zone.instant(saturday().plus_days(1), 60);
    salon.now = start.plus_minutes(-600);
    salon.give(&phone_of(XIAOMAN), &book(1, CUT, StaffPreference::Requested(JJ), start)).unwrap();
    (salon, start)
}

#[test]
fn a_night_belongs_to_the_evening_on_which_it_began() {
    let (mut salon, start) = at_night(zone());
    assert_eq!(zone().local(start).0, saturday().plus_days(1), "one at night is Sunday on the calendar");
    assert_eq!(asked(&salon.clone().give(&manager(), &off(&salon, &[(1200, 1500)])).unwrap()), [gap(1, Lack::Shift(JJ))]);
    let closed = |days: i32| move |store: &mut Store| drop(store.special_days.insert(saturday().plus_days(days), Vec::new()));
    let sunday = store(&salon, closed(1));
    assert_eq!(asked(&salon.clone().give(&manager(), &sunday).unwrap()), [], "Sunday's closing is Sunday evening's");
    let evening = store(&salon, closed(0));
    assert_eq!(asked(&salon.clone().give(&manager(), &evening).unwrap()), [gap(1, Lack::Hours)]);
    // After midnight the reception still says that he is gone.
    salon.now = start.plus_minutes(-30);
    assert_eq!(asked(&salon.give(&desk(), &off(&salon, &[(1200, 1440)])).unwrap()), [gap(1, Lack::Shift(JJ))]);
}

#[test]
fn in_a_night_with_an_hour_more_or_less_the_clock_on_the_wall_is_what_counts() {
    for after in [7 * 3600, 9 * 3600] {
        // The clocks change at midnight.
        let changes = zone().instant(saturday().plus_days(1), 0);
        let (mut salon, _) = at_night(Zone { transitions: vec![(changes, after)], ..zone() });
        assert_eq!(asked(&salon.clone().give(&manager(), &off(&salon, &[(1200, 1560)])).unwrap()), [], "{after}");
        assert_eq!(asked(&salon.give(&manager(), &off(&salon, &[(1200, 1555)])).unwrap()), [gap(1, Lack::Shift(JJ))], "{after}");
    }
}
