//! The power goes, again and again: whatever was answered is there afterwards, and nothing is there twice.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Result, ensure};
use shared::booking::{State, Subject};
use shared::command::{Book, Command};
use shared::id::{BookingId, CommandId};
use shared::money::Money;
use shared::record::Record;
use shared::scope::Scope;
use shared::staff_preference::StaffPreference;
use shared::sync::Outcome;
use shared::time::{DAY, Timestamp};
use shared::visit_request::RequestedLine;
use tests::World;
use tests::client::Client;
use tests::dice::Dice;
use tests::salon::{BECKY, CUT, KELLY, STORE};
use uuid::Uuid;

const WRITERS: u64 = 8;
const KILLS_OF_THE_SERVER: u64 = 20;
const KILLS_OF_POSTGRES: u64 = 5;

/// What a writer was told.
type Told = BTreeMap<CommandId, (Command, Outcome)>;

/// One of forty days, two people, on the hour: two writers often want the same time.
fn staff_preference(dice: &mut Dice, midnight: Timestamp) -> Command {
    let hour = 10 + i64::try_from(dice.throw(10)).unwrap_or(0);
    let start = midnight.plus_minutes(i64::try_from(dice.throw(40)).unwrap_or(0) * 1440 + hour * 60);
    let staff = if dice.throw(2) == 0 { KELLY } else { BECKY };
    let line = RequestedLine {
        service: CUT,
        subject: Subject::Guest { name: "客人".into() },
        payer: None,
        staff_preference: StaffPreference::Requested(staff),
        starts_at: start,
        seen_price: Some(Money(16_800)),
    };
    Command::Book(Book {
        store: STORE,
        booking: BookingId(Uuid::new_v4()),
        account: None,
        lines: vec![line],
        note: "".into(),
        terms_version: 1,
        by_phone: false,
        override_reason: None,
    })
}

/// Gives one command after another, each until it is answered.
async fn write(client: Arc<Client>, seed: u64, midnight: Timestamp, over: Arc<AtomicBool>) -> Told {
    let mut dice = Dice::of(seed);
    let mut told = Told::new();
    while !over.load(Ordering::Relaxed) {
        let (uuid, command) = (CommandId(Uuid::new_v4()), staff_preference(&mut dice, midnight));
        let outcome = loop {
            match client.gives_as(uuid, &command).await {
                Ok(outcome) => break outcome,
                // No answer is no answer: the same command again.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        };
        told.insert(uuid, (command, outcome));
    }
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_was_answered_survives_twenty_kills_of_the_server_and_five_of_postgres() -> Result<()> {
    let mut world = World::salon().await?;
    let zone = world.owner.reads(Scope::BrandPublic).await?.into_iter().find_map(|record| match record {
        Record::Store(store) => Some(store.zone.clone()),
        _ => None,
    });
    let now = i64::try_from(std::time::UNIX_EPOCH.elapsed()?.as_millis())?;
    let tomorrow = shared::time::LocalDate(Timestamp(now).utc_day()).plus_days(2);
    let midnight = zone.map_or(Timestamp((now / DAY + 2) * DAY), |zone| zone.instant(tomorrow, 0));
    let over = Arc::new(AtomicBool::new(false));
    let owner = Arc::new(std::mem::replace(&mut world.owner, Client::new(world.server.address)?));
    let writers: Vec<_> =
        (1..=WRITERS).map(|seed| tokio::spawn(write(Arc::clone(&owner), seed * 7919, midnight, Arc::clone(&over)))).collect();
    let mut dice = Dice::of(20_261_121);
    for kill in 1..=KILLS_OF_THE_SERVER + KILLS_OF_POSTGRES {
        tokio::time::sleep(Duration::from_millis(100 + dice.throw(500))).await;
        if kill % 5 == 0 {
            world.server.kill_postgres().await?;
        } else {
            world.server.kill().await?;
            world.server.start_again().await?;
        }
    }
    over.store(true, Ordering::Relaxed);
    let mut told = Told::new();
    for writer in writers {
        told.extend(writer.await?);
    }
    let (applied, refused) = told.values().partition::<Vec<_>, _>(|(_, outcome)| *outcome == Outcome::Applied);
    println!("{} answered: {} booked, {} refused", told.len(), applied.len(), refused.len());
    ensure!(applied.len() > 20, "too little happened to prove anything: {}", applied.len());
    check(&owner, &told).await?;
    world.ends(Vec::new()).await
}

async fn check(owner: &Client, told: &Told) -> Result<()> {
    for (uuid, (command, outcome)) in told {
        let again = owner.gives_as(*uuid, command).await?;
        ensure!(again == *outcome, "answered {outcome:?} before and {again:?} now");
    }
    let stored = owner.reads(Scope::Desk(STORE)).await?;
    let bookings: BTreeMap<BookingId, _> = stored
        .into_iter()
        .filter_map(|record| if let Record::Booking(booking) = record { Some((booking.id, booking)) } else { None })
        .collect();
    for (command, outcome) in told.values() {
        let Command::Book(wanted) = command else { continue };
        let is_there = bookings.get(&wanted.booking).is_some_and(|booking| matches!(booking.state, State::Confirmed { .. }));
        ensure!(is_there == (*outcome == Outcome::Applied), "told {outcome:?}, and it is {is_there} that it is there");
    }
    let mut held: Vec<_> = bookings.values().flat_map(|booking| &booking.occupancy).collect();
    held.sort_by_key(|held| (held.resource, held.range));
    let double = held.windows(2).any(|pair| pair[0].resource == pair[1].resource && pair[0].range.overlaps(&pair[1].range));
    ensure!(!double, "two have one time");
    Ok(())
}
