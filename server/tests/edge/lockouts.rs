//! Wrong codes and passwords: whoever guesses has to wait, and nobody else does.

use axum::http::StatusCode;
use serde_json::json;
use shared::role::Role;

use crate::browser::{Browser, login, receive};
use crate::world::{STORE, World};

const XIAOMAN: &str = "138 0013 8000";
const CHEN_MO: &str = "139 0013 9000";
const ADDRESSES: [&str; 8] =
    ["203.0.113.1", "203.0.113.2", "203.0.113.3", "203.0.113.4", "203.0.113.5", "203.0.113.6", "203.0.113.7", "203.0.113.8"];

fn wrong(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

#[tokio::test]
async fn somebody_who_mistypes_in_the_salon_keeps_nobody_else_out() {
    let world = World::salon().await.behind_proxy();
    let (mut clumsy, mut other) = (Browser::new(&world, "member"), Browser::new(&world, "member"));
    let code = clumsy.code_for(XIAOMAN).await;
    for _ in 0..5 {
        assert_eq!(clumsy.sign_in_member(XIAOMAN, wrong(&code)).await.problem(), "wrong_code");
    }
    assert_eq!(clumsy.sign_in_member(XIAOMAN, &code).await.problem(), "too_many");
    let code = other.code_for(CHEN_MO).await;
    assert_eq!(other.sign_in_member(CHEN_MO, &code).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_owners_own_computer_gets_in_while_strangers_guess() {
    let world = World::salon().await.behind_proxy();
    let password = login(&world, "mei", Role::StoreManager, Some(STORE)).await;
    let mut own = Browser::new(&world, "desk");
    assert_eq!(own.sign_in_staff("mei", &password).await.status, StatusCode::OK);
    own.forget_session();
    for address in ADDRESSES {
        let mut stranger = Browser::at(&world, "desk", address);
        for _ in 0..5 {
            stranger.sign_in_staff("mei", "guess").await;
        }
    }
    let mut elsewhere = Browser::at(&world, "desk", "192.0.2.7");
    assert_eq!(elsewhere.sign_in_staff("mei", &password).await.problem(), "too_many", "a device nobody knows has to wait");
    assert_eq!(own.sign_in_staff("mei", &password).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_known_computer_has_no_more_guesses_than_others() {
    let world = World::salon().await.behind_proxy();
    let password = login(&world, "mei", Role::StoreManager, Some(STORE)).await;
    let mut own = Browser::new(&world, "desk");
    assert_eq!(own.sign_in_staff("mei", &password).await.status, StatusCode::OK);
    own.forget_session();
    for _ in 0..5 {
        assert_eq!(own.sign_in_staff("mei", "guess").await.problem(), "wrong_password");
    }
    assert_eq!(own.sign_in_staff("mei", &password).await.problem(), "too_many");
}

#[tokio::test]
async fn a_code_is_of_no_use_in_another_browser() {
    let world = World::salon().await;
    let code = Browser::new(&world, "member").code_for(XIAOMAN).await;
    assert_eq!(Browser::new(&world, "member").sign_in_member(XIAOMAN, &code).await.problem(), "wrong_code");
    let mut other = Browser::new(&world, "member");
    other.code_for(CHEN_MO).await;
    assert_eq!(other.sign_in_member(XIAOMAN, &code).await.problem(), "wrong_code");
}

#[tokio::test]
async fn what_strangers_ask_for_does_not_touch_my_code() {
    let world = World::salon().await.behind_proxy();
    let mut own = Browser::new(&world, "member");
    let code = own.code_for(XIAOMAN).await;
    for address in ADDRESSES.into_iter().take(3) {
        let mut stranger = Browser::at(&world, "member", address);
        let theirs = stranger.code_for(XIAOMAN).await;
        for _ in 0..5 {
            stranger.sign_in_member(XIAOMAN, wrong(&theirs)).await;
        }
    }
    assert_eq!(own.sign_in_member(XIAOMAN, &code).await.status, StatusCode::OK);
}

#[tokio::test]
async fn of_two_messages_that_overtake_each_other_both_codes_are_good() {
    let world = World::salon().await;
    let mut phone = Browser::new(&world, "member");
    let first = phone.code_for(XIAOMAN).await;
    world.state.clock.advance_minutes(1);
    phone.code_for(XIAOMAN).await;
    assert_eq!(phone.tab().sign_in_member(XIAOMAN, &first).await.status, StatusCode::OK);
    let mut phone = Browser::new(&world, "member");
    let first = phone.code_for(CHEN_MO).await;
    for _ in 0..2 {
        world.state.clock.advance_minutes(1);
        phone.code_for(CHEN_MO).await;
    }
    assert_eq!(phone.sign_in_member(CHEN_MO, &first).await.problem(), "wrong_code", "the one before the last two is not");
}

#[tokio::test]
async fn a_wait_is_told_in_minutes() {
    let world = World::salon().await;
    let mut desk = Browser::new(&world, "desk");
    for _ in 0..5 {
        desk.sign_in_staff("mei", "guess").await;
    }
    world.state.clock.advance_minutes(6);
    let refused = desk.sign_in_staff("mei", "guess").await;
    assert_eq!((refused.status, refused.problem().as_str()), (StatusCode::TOO_MANY_REQUESTS, "too_many"));
    assert_eq!(refused.json()["title_zh"], "尝试次数过多，请再等 4 分钟。");
    assert_eq!(refused.json()["title"], "Too many tries. Please wait 4 min.");
    assert_eq!(refused.headers["retry-after"], "240");
}

#[tokio::test]
async fn a_number_gets_only_so_many_codes_a_day_but_its_owner_still_does() {
    let world = World::salon().await.with_usual_limits(|limits| limits.codes_a_day = 4).behind_proxy();
    let mut own = Browser::new(&world, "member");
    let code = own.code_for(XIAOMAN).await;
    assert_eq!(own.sign_in_member(XIAOMAN, &code).await.status, StatusCode::OK);
    for address in ADDRESSES.into_iter().take(3) {
        Browser::at(&world, "member", address).code_for(XIAOMAN).await;
    }
    world.state.clock.advance_minutes(11);
    let refused = Browser::at(&world, "member", ADDRESSES[0]).post("/api/codes", json!({ "phone": XIAOMAN })).await;
    assert_eq!((refused.status, refused.problem().as_str()), (StatusCode::TOO_MANY_REQUESTS, "too_many_codes"));
    assert_eq!(
        refused.json()["title_zh"],
        "能发送的验证码已达上限，请过 24 小时再试，或致电门店。",
        "tomorrow may be too early, or too late"
    );
    world.state.clock.advance_minutes(23 * 60 - 11);
    let refused = Browser::at(&world, "member", ADDRESSES[0]).post("/api/codes", json!({ "phone": XIAOMAN })).await;
    assert_eq!(refused.json()["title_zh"], "能发送的验证码已达上限，请过 60 分钟再试，或致电门店。");
    own.forget_session();
    let code = own.code_for(XIAOMAN).await;
    assert_eq!(own.sign_in_member(XIAOMAN, &code).await.status, StatusCode::OK);
    world.state.clock.advance_minutes(60);
    Browser::at(&world, "member", ADDRESSES[0]).code_for(XIAOMAN).await;
}

#[tokio::test]
async fn one_browser_asks_for_so_many_codes_for_whatever_numbers_and_reads_how_long_to_wait() {
    let world = World::salon().await.with_usual_limits(|limits| limits.codes_per_browser = 3);
    let mut phone = Browser::new(&world, "member");
    phone.code_for(XIAOMAN).await;
    world.state.clock.advance_minutes(2);
    for number in [CHEN_MO, "13700137000"] {
        phone.code_for(number).await;
    }
    world.state.clock.advance_minutes(1);
    let refused = phone.post("/api/codes", json!({ "phone": "13600136000" })).await;
    assert_eq!((refused.status, refused.problem().as_str()), (StatusCode::TOO_MANY_REQUESTS, "too_many"));
    assert_eq!(refused.json()["title_zh"], "尝试次数过多，请再等 7 分钟。");
    world.state.clock.advance_minutes(7);
    phone.code_for("13600136000").await;
}

#[tokio::test]
async fn one_stranger_does_not_use_up_the_codes_of_a_number() {
    let world = World::salon().await.behind_proxy();
    let ask = json!({ "phone": XIAOMAN });
    let mut sent = 0;
    for _ in 0..30 {
        let stranger = Browser::at(&world, "member", "203.0.113.9").post("/api/codes", ask.clone()).await;
        sent += usize::from(stranger.status.is_success());
        world.state.clock.advance_minutes(5);
    }
    assert_eq!(sent, 5, "whoever takes a new browser each time asks no more often");
    Browser::new(&world, "member").code_for(XIAOMAN).await;
}

#[tokio::test]
async fn strangers_from_everywhere_do_not_keep_a_known_phone_from_its_code() {
    let world = World::salon().await.behind_proxy();
    let mut own = Browser::new(&world, "member");
    let code = own.code_for(XIAOMAN).await;
    assert_eq!(own.sign_in_member(XIAOMAN, &code).await.status, StatusCode::OK);
    let ask = json!({ "phone": XIAOMAN });
    let mut at_once = 0;
    for address in ADDRESSES.into_iter().chain(["198.51.100.1"]) {
        for _ in 0..3 {
            at_once += usize::from(Browser::at(&world, "member", address).post("/api/codes", ask.clone()).await.status.is_success());
        }
    }
    assert_eq!(receive(&world).await.len(), at_once);
    // Six within ten minutes, one of them her own; and one each for those who had not asked for her number before.
    assert!((6..=11).contains(&at_once), "{at_once}");
    own.forget_session();
    let code = own.code_for(XIAOMAN).await;
    assert_eq!(own.sign_in_member(XIAOMAN, &code).await.status, StatusCode::OK);
}

#[tokio::test]
async fn strangers_at_a_few_addresses_do_not_keep_a_new_guest_from_the_first_code() {
    let world = World::salon().await.behind_proxy();
    let ask = json!({ "phone": XIAOMAN });
    // Three strangers ask for her number until nobody of them gets a code any more, all day.
    for _ in 0..4 {
        for address in &ADDRESSES[..3] {
            for _ in 0..3 {
                Browser::at(&world, "member", address).post("/api/codes", ask.clone()).await;
            }
        }
        world.state.clock.advance_minutes(11);
    }
    let refused = Browser::at(&world, "member", ADDRESSES[0]).post("/api/codes", ask.clone()).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    let mut guest = Browser::at(&world, "member", "198.51.100.77");
    let code = guest.code_for(XIAOMAN).await;
    assert_eq!(guest.sign_in_member(XIAOMAN, &code).await.status, StatusCode::OK);
}

#[tokio::test]
async fn codes_go_to_the_countries_of_the_stores_unless_somebody_says_otherwise() {
    let world = World::salon().await;
    let mut phone = Browser::new(&world, "member");
    let refused = phone.post("/api/codes", json!({ "phone": "+7 912 345 67 89" })).await;
    assert_eq!((refused.status, refused.problem().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "country_not_served"));
    assert_eq!(world.count("select count(*) from messages").await, 0);
    let world = world.with_usual_limits(|limits| limits.code_countries = "86,7".parse().expect("a setting"));
    Browser::new(&world, "member").code_for("+7 912 345 67 89").await;
}
