//! The desk that was away comes back: who is there keeps the chair, and who gives way is told and offered other times.

use shared::attention::{Attention, AttentionKind};
use shared::booking::{Booking, Subject};
use shared::command::{AcceptAlternative, BlockTime, Command, ImportFindings, ResolveAttention, SeatWalkIn, Start, Unblock};
use shared::money::Money;
use shared::record::Record;
use shared::scope::Scope;
use shared::staff_preference::StaffPreference;
use shared::state_kind::StateKind;
use shared::sync::Outcome;
use shared::time::TimeRange;
use shared::visit_request::RequestedLine;

use crate::world::*;

fn last_booking(records: &[Record], id: shared::id::BookingId) -> Booking {
    let mut found = records.iter().filter_map(Record::of::<Booking>).filter(|booking| booking.id == id);
    found.next_back().expect("the booking").clone()
}

#[tokio::test]
async fn a_walk_in_seated_offline_keeps_the_chair_and_the_member_is_offered_three_times() {
    let world = World::salon().await;
    let (member, desk) = (world.member("13800138000").await, world.desk(STORE).await);
    let mut phone = Device::new(&member, &[Scope::User(member.account())]);
    let mut tablet = Device::new(&desk, &[Scope::Desk(STORE)]);
    tablet.sync(&world).await;
    world.state.clock.advance_minutes(30); // 09:30; the desk has lost its network
    let booked = new_booking();
    phone.give(&book(booked, Some(member.account()), StaffPreference::Requested(JJ), at(0, 10, 15)), at(0, 9, 30));
    assert_eq!(phone.sync(&world).await.outcomes[0].outcome, Outcome::Applied);

    let walk_in = new_booking();
    let line = RequestedLine {
        service: CUT,
        subject: Subject::Guest { name: "".into() },
        payer: None,
        staff_preference: StaffPreference::Requested(JJ),
        starts_at: at(0, 10, 15),
        seen_price: Some(Money(16_800)),
    };
    tablet.give(&Command::SeatWalkIn(SeatWalkIn { store: STORE, booking: walk_in, lines: vec![line], note: "".into() }), at(0, 10, 10));
    tablet.give(&Command::Start(Start { store: STORE, booking: walk_in, staff: Some(JJ), override_reason: None }), at(0, 10, 15));
    world.state.clock.advance_minutes(50); // 10:20; it is back
    let reply = tablet.sync(&world).await;
    assert!(reply.outcomes.iter().all(|answer| answer.outcome == Outcome::Applied), "{:?}", reply.outcomes);
    assert_eq!(last_booking(&tablet.records, walk_in).state.kind(), StateKind::InService);
    assert!(tablet.records.iter().any(|record| matches!(record, Record::Attention(entry)
        if matches!(entry.about, AttentionKind::Displaced { booking, .. } if booking == booked))));

    phone.sync(&world).await;
    let displaced = last_booking(&phone.records, booked);
    assert_eq!((displaced.state.kind(), displaced.alternatives.len()), (StateKind::Displaced, 3));
    let told = "select count(*) from messages where template = 'displaced' and jsonb_array_length(facts -> 'alternatives') = 3";
    assert_eq!(world.count(told).await, 1);

    let chosen = displaced.alternatives[0].starts_at;
    phone.give(&Command::AcceptAlternative(AcceptAlternative { store: STORE, booking: booked, starts_at: chosen }), at(0, 10, 21));
    assert_eq!(phone.sync(&world).await.outcomes[0].outcome, Outcome::Applied);
    let accepted = last_booking(&phone.records, booked);
    assert_eq!((accepted.state.kind(), accepted.starts_at), (StateKind::Confirmed, chosen));
    assert_eq!(world.backstop_hits(), 0);
    world.holds_together().await;
}

#[tokio::test]
async fn a_guest_whose_stylist_is_away_for_two_weeks_is_offered_times_all_the_same() {
    let world = World::salon().await;
    let (member, desk) = (world.member("13800138000").await, world.desk(STORE).await);
    let mut phone = Device::new(&member, &[Scope::User(member.account())]);
    let mut tablet = Device::new(&desk, &[Scope::Desk(STORE)]);
    let booked = new_booking();
    phone.give(&book(booked, Some(member.account()), StaffPreference::Requested(JJ), at(0, 14, 0)), morning());
    assert_eq!(phone.sync(&world).await.outcomes[0].outcome, Outcome::Applied);
    tablet.sync(&world).await;
    let (block, kind, over) = (shared::id::BlockId(fresh()), shared::block::BlockKind::TimeOff, Some("手受伤".to_owned()));
    // From today's opening on, for longer than other times are usually looked for.
    let range = TimeRange { start: at(0, 10, 0), end: at(14, 10, 0) };
    let away =
        BlockTime {
            store: STORE, block, resource: JJ.into(), range, kind, reason: "手受伤".into(), override_reason: over.map(Into::into)
        };
    tablet.give(&Command::Block(away), morning());
    assert_eq!(tablet.sync(&world).await.outcomes[0].outcome, Outcome::Applied);
    phone.sync(&world).await;
    let displaced = last_booking(&phone.records, booked);
    assert_eq!((displaced.state.kind(), displaced.alternatives.len()), (StateKind::Displaced, 3));
    assert!(displaced.alternatives.iter().all(|offer| offer.staff == [JJ] && offer.starts_at >= range.end));
}

#[tokio::test]
async fn a_block_takes_time_and_gives_it_back() {
    let world = World::salon().await;
    let desk = world.desk(STORE).await;
    let mut tablet = Device::new(&desk, &[Scope::Desk(STORE), Scope::Busy(STORE)]);
    let block = shared::id::BlockId(fresh());
    let range = TimeRange { start: at(1, 10, 0), end: at(1, 20, 0) };
    let kind = shared::block::BlockKind::TimeOff;
    let take = BlockTime { store: STORE, block, resource: JJ.into(), range, kind, reason: "".into(), override_reason: None };
    tablet.give(&Command::Block(take), morning());
    assert_eq!(tablet.sync(&world).await.outcomes[0].outcome, Outcome::Applied);
    let path = format!("/api/openings?store={STORE}&service={CUT}&from=2026-11-22&days=1&staff={JJ}");
    let listed = async || world.send("GET", &path, None, vec![]).await.json()["days"][0]["openings"].as_array().map_or(0, Vec::len);
    assert_eq!(listed().await, 0);
    tablet.records.clear();
    tablet.give(&Command::Unblock(Unblock { store: STORE, block }), morning());
    assert_eq!(tablet.sync(&world).await.outcomes[0].outcome, Outcome::Applied);
    assert!(listed().await > 0);
    assert!(tablet.gone.iter().any(|key| key.id == block.0), "{:?}", tablet.gone);
    assert_eq!(world.count("select count(*) from occupancy").await, 0);
    world.holds_together().await;
}

fn entries(tablet: &Device) -> Vec<&Attention> {
    tablet.records.iter().filter_map(Record::of).collect()
}

#[tokio::test]
async fn two_tablets_settle_the_same_entry_and_neither_is_refused() {
    let world = World::salon().await;
    let findings = ImportFindings { store: STORE, overlaps: 1, paid_no_shows: 0, rejected: 0, unclear: 0 };
    assert_eq!(world.give(vec![Command::ImportFindings(findings)]).await, [Outcome::Applied]);
    let mut front = Device::new(&world.desk(STORE).await, &[Scope::Desk(STORE)]);
    let mut back = Device::new(&world.desk(STORE).await, &[Scope::Desk(STORE)]);
    for tablet in [&mut front, &mut back] {
        tablet.sync(&world).await;
        assert_eq!(entries(tablet).iter().filter(|entry| entry.resolved_at.is_none()).count(), 1);
    }
    // Older than what a new device is given.
    world.state.clock.advance_minutes(40 * 1440);
    let attention = entries(&front)[0].id;
    for tablet in [&mut front, &mut back] {
        tablet.give(&Command::ResolveAttention(ResolveAttention { store: STORE, attention }), at(40, 9, 0));
        let reply = tablet.sync(&world).await;
        assert_eq!(reply.outcomes[0].outcome, Outcome::Applied);
        assert!(entries(tablet).last().is_some_and(|entry| entry.resolved_at.is_some()), "whoever holds the entry hears of it");
    }
    let mut new = Device::new(&world.desk(STORE).await, &[Scope::Desk(STORE)]);
    new.sync(&world).await;
    assert!(entries(&new).is_empty());
}
