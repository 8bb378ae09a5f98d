//! The demo loads at any hour of the day, shows every state, tells nobody, and an interrupted load is finished by the next.

use server::clock::Clock;

use crate::browser::{Browser, receive};
use crate::world::{World, at};

#[tokio::test]
async fn an_empty_database_gets_a_salon_in_the_middle_of_its_day() {
    let mut world = World::empty().await;
    world.state.clock = Clock::manual(at(0, 14, 7));
    world.router = server::routes::router(world.state.clone());
    let logins = server::demo::load_small(&world.state).await.expect("the demo");
    let states: Vec<String> =
        sqlx::query_scalar("select distinct state from bookings order by state").fetch_all(&world.state.pool).await.expect("states");
    let expected = ["cancelled", "checked_in", "completed", "confirmed", "displaced", "in_service", "no_show", "requested", "waiting"];
    assert_eq!(states, expected);
    assert!(receive(&world).await.is_empty(), "nobody is told");
    let mei = logins.iter().find(|login| login.name == "mei").expect("the manager");
    let signed_in = Browser::new(&world, "desk").sign_in_staff("mei", &mei.secret).await;
    assert_eq!(signed_in.json()["name"], "美姐");
    let bookings = world.count("select count(*) from bookings").await;
    server::demo::load_small(&world.state).await.expect("the demo once more");
    assert_eq!(world.count("select count(*) from bookings").await, bookings);
    let mut lin = Browser::new(&world, "member");
    let code = lin.code_for("138 0013 8000").await;
    assert_eq!(lin.sign_in_member("138 0013 8000", &code).await.json()["name"], "林小满");
    world.holds_together().await;
}

#[tokio::test]
async fn the_demo_loads_at_any_hour() {
    for (hour, minute) in [(0, 3), (3, 59), (7, 30), (12, 0), (18, 44), (21, 15), (23, 58)] {
        let world = World::empty().await;
        let mut state = world.state;
        state.clock = Clock::manual(at(0, hour, minute));
        let loaded = server::demo::load_small(&state).await;
        assert!(loaded.is_ok(), "at {hour}:{minute}: {:?}", loaded.err());
    }
}
