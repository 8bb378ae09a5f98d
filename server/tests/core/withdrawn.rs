//! A command that its device takes back: whichever arrives first counts, and the other one knows.

use shared::booking::CancelledBy;
use shared::command::{Cancel, Command};
use shared::id::BookingId;
use shared::staff_preference::StaffPreference;
use shared::sync::{Outcome, ReplicaState};

use crate::world::*;

fn cancel(booking: BookingId) -> Command {
    Command::Cancel(Cancel { store: STORE, booking, by: CancelledBy::Member, reason: "".into() })
}

#[tokio::test]
async fn a_booking_taken_back_before_it_arrived_is_never_made_however_late_it_comes() {
    let world = World::salon().await;
    let member = world.member("13800138000").await;
    let mut phone = Device::new(&member, &[]);
    let id = new_booking();
    phone.give(&book(id, Some(member.account()), StaffPreference::Requested(JJ), at(1, 14, 0)), morning());
    let late = phone.request(morning());
    phone.give(&cancel(id), morning());
    let mut request = phone.request(morning());
    request.commands[0] = request.commands[0].withdrawn();
    let reply = world.exchange(Some(&member), &request).await;
    assert_eq!((reply.replica, &reply.outcomes[0].outcome), (ReplicaState::At(2), &Outcome::Withdrawn));
    assert!(matches!(reply.outcomes[1].outcome, Outcome::Refused { .. }), "there is nothing to cancel");
    // The booking itself was on its way all the time.
    let reply = world.exchange(Some(&member), &late).await;
    assert_eq!(reply.outcomes[0].outcome, Outcome::Withdrawn);
    assert_eq!(world.count("select count(*) from bookings").await, 0);
}

#[tokio::test]
async fn a_booking_taken_back_too_late_answers_for_itself_and_is_cancelled_behind_it() {
    let world = World::salon().await;
    let member = world.member("13800138000").await;
    let mut phone = Device::new(&member, &[]);
    let id = new_booking();
    phone.give(&book(id, Some(member.account()), StaffPreference::Requested(JJ), at(1, 14, 0)), morning());
    world.exchange(Some(&member), &phone.request(morning())).await;
    phone.give(&cancel(id), morning());
    let mut request = phone.request(morning());
    request.commands[0] = request.commands[0].withdrawn();
    let reply = world.exchange(Some(&member), &request).await;
    assert_eq!(reply.outcomes.iter().map(|answer| answer.outcome.clone()).collect::<Vec<_>>(), [Outcome::Applied, Outcome::Applied]);
    assert_eq!(world.count("select count(*) from occupancy").await, 0);
}
