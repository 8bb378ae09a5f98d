//! The race: two hundred people want one time.

use std::sync::Arc;

use shared::booking::StaffWish;
use shared::refusal::Refusal;
use shared::sync::Outcome;

use crate::world::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_people_want_one_time_and_one_has_it() {
    let world = Arc::new(World::salon().await);
    let mut people = Vec::new();
    for person in 0..20 {
        people.push(world.member(&format!("138001380{person:02}")).await);
    }
    let mut tries = tokio::task::JoinSet::new();
    for number in 0..200 {
        let (world, person) = (Arc::clone(&world), people[number % people.len()].clone());
        tries.spawn(async move {
            let command = book(new_booking(), Some(person.account()), StaffWish::Requested(JJ), at(1, 14, 0));
            world.direct(&person, &command).await
        });
    }
    let outcomes = tries.join_all().await;
    let applied = outcomes.iter().filter(|outcome| **outcome == Outcome::Applied).count();
    let refused = outcomes.iter().filter(|outcome| {
        matches!(outcome, Outcome::Refused { refusal: Refusal::TimeTaken { .. } | Refusal::NobodyFree, alternatives } if alternatives.len() == 3)
    });
    assert_eq!((applied, refused.count()), (1, 199), "{:?}", &outcomes[..3]);
    assert_eq!(world.backstop_hits(), 0);
    assert_eq!(world.count("select count(*) from occupancy").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn different_times_of_one_store_are_all_had() {
    let world = Arc::new(World::salon().await);
    let member = world.member("13800138000").await;
    let mut tries = tokio::task::JoinSet::new();
    for number in 0..40u16 {
        let (world, member) = (Arc::clone(&world), member.clone());
        tries.spawn(async move {
            let (day, hour) = (1 + i32::from(number / 10), 10 + number % 10);
            world.direct(&member, &book(new_booking(), Some(member.account()), StaffWish::Requested(KELLY), at(day, hour, 0))).await
        });
    }
    let outcomes = tries.join_all().await;
    assert!(outcomes.iter().all(|outcome| *outcome == Outcome::Applied), "{outcomes:?}");
    assert_eq!(world.backstop_hits(), 0);
}
