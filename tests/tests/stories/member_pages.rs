//! Every page of the member app under impatient hands: a double tap, a reload, the way back, the same page in another tab, signing in and
//! out in the middle, an answer that gets lost. Nothing is booked by a page nobody saw, and nothing is said that is not so.

use anyhow::{Result, ensure};
use tests::{Actor, World};

use super::member_truth::promised;
use super::steps::{XIAOMAN, chooses_a_haircut, has_booked};

/// One page: its address (`{id}` is her booking), where its most tempting button leads, and a word that is always on it.
struct Row {
    path: &'static str,
    tap: &'static str,
    leads_to: &'static str,
    word: &'static str,
}

const fn row(path: &'static str, tap: &'static str, leads_to: &'static str, word: &'static str) -> Row {
    Row { path, tap, leads_to, word }
}

const BACK: &str = ".app-bar a";
const NEXT: &str = ".action-bar .button";

/// All of them. Leading on is tried before going back: the first half of a double tap must not act twice either way.
const PAGES: [Row; 14] = [
    row("/m/", ".again", "/m/book/confirm", "再约一次"),
    row("/m/book", ".store-card__link", "/m/book/services", "玉门里发型"),
    row("/m/book/services", NEXT, "/m/book/staff", "精剪"),
    row("/m/book/staff", ".staff", "/m/book/time", "小贝"),
    row("/m/book/time", NEXT, "/m/book/confirm", "最早可约"),
    row("/m/book/confirm", BACK, "/m/book/time", "到店付"),
    row("/m/book/done/{id}", ".button--primary", "/m/bookings", "约好了"),
    row("/m/bookings", ".booking-card__link", "/m/bookings/{id}", "即将到来"),
    row("/m/bookings/{id}", ".section .button--primary", "/m/bookings/{id}/move", "预约号"),
    row("/m/bookings/{id}/move", BACK, "/m/bookings/{id}", "现在约的是"),
    row("/m/me", "a.list__item", "/m/me/privacy", "语言"),
    row("/m/me/privacy", BACK, "/m/me", "个人信息处理说明"),
    row("/m/me/devices", BACK, "/m/me", "登录着的设备"),
    row("/m/nowhere", ".button--primary", "/m/", "这里什么也没有"),
];

/// Pages that nobody but the owner of the booking sees.
const PRIVATE: [&str; 3] = ["/m/book/done/{id}", "/m/bookings/{id}", "/m/bookings/{id}/move"];

fn at(path: &str, id: &str) -> String {
    path.replace("{id}", id)
}

/// Xiaoman has booked Kelly at two, and chosen Becky at four without confirming; the draft is kept so that every try begins alike.
async fn with_one_visit_and_a_draft(world: &World, xiaoman: &Actor) -> Result<String> {
    has_booked(world, xiaoman, "凯莉", "14:00").await?;
    let id = xiaoman.address_after("/m/book/done/").await?;
    chooses_a_haircut(xiaoman, "小贝", "16:00").await?;
    xiaoman.keeps_its_draft().await?;
    Ok(id)
}

async fn opens(member: &Actor, row: &Row, id: &str) -> Result<()> {
    member.brings_its_draft_back().await?;
    member.open(&at(row.path, id)).await?;
    member.sees(row.word).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_tap_goes_one_step_and_a_reload_and_the_way_back_lead_to_the_same_page_everywhere() -> Result<()> {
    let world = World::salon().await?;
    let xiaoman = world.phone("小满").await?;
    let id = with_one_visit_and_a_draft(&world, &xiaoman).await?;
    for page in &PAGES {
        opens(&xiaoman, page, &id).await?;
        xiaoman.taps_twice(page.tap).await?;
        xiaoman.is_at(&at(page.leads_to, &id)).await?;
        xiaoman.reloads().await?;
        xiaoman.is_at(&at(page.leads_to, &id)).await?;
        xiaoman.sees_times_within("08:00", "22:00").await?;
        xiaoman.goes_back().await?;
        xiaoman.is_at(&at(page.path, &id)).await?;
        xiaoman.sees(page.word).await?;
        xiaoman.sees_times_within("08:00", "22:00").await?;
        ensure!(promised(&world).await? == 1, "something was booked from {}", page.path);
    }
    // The last tap, twice: one visit.
    xiaoman.brings_its_draft_back().await?;
    xiaoman.open("/m/book/confirm").await?;
    xiaoman.sees("这个时间正为你保留").await?;
    xiaoman.taps_twice(NEXT).await?;
    xiaoman.sees("约好了").await?;
    xiaoman.sees("16:00").await?;
    ensure!(promised(&world).await? == 2, "a double tap books once");
    world.ends(vec![xiaoman]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_says_what_is_so_while_answers_get_lost() -> Result<()> {
    let world = World::salon().await?;
    let xiaoman = world.phone("小满").await?;
    let id = with_one_visit_and_a_draft(&world, &xiaoman).await?;
    xiaoman.open("/m/").await?;
    xiaoman.is_installed().await?;
    xiaoman.wire.drop_answers();
    for page in &PAGES {
        opens(&xiaoman, page, &id).await?;
        xiaoman.sees("暂时连不上").await?;
        xiaoman.sees_times_within("08:00", "22:00").await?;
        xiaoman.reloads().await?;
        xiaoman.sees(page.word).await?;
    }
    xiaoman.wire.mend();
    ensure!(promised(&world).await? == 1, "looking around books nothing");
    world.ends(vec![xiaoman]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_and_out_in_one_tab_reaches_every_page_in_the_others() -> Result<()> {
    let world = World::salon().await?;
    let xiaoman = world.phone("小满").await?;
    let id = with_one_visit_and_a_draft(&world, &xiaoman).await?;
    let before = world.code_for(XIAOMAN).await?;
    let first = xiaoman.tab().await?;
    let mut tabs = Vec::new();
    for page in &PAGES {
        tabs.push((page, xiaoman.opens_beside(&at(page.path, &id)).await?));
        xiaoman.sees(page.word).await?;
    }
    xiaoman.turns_to(&first).await?;
    xiaoman.open("/m/me").await?;
    xiaoman.taps("退出登录").await?;
    xiaoman.sees("登录会约").await?;
    for (page, tab) in tabs.iter().filter(|(page, _)| PRIVATE.contains(&page.path)) {
        xiaoman.turns_to(tab).await?;
        xiaoman.sees("登录后查看这次预约").await?;
        ensure!(!xiaoman.text().await?.contains("凯莉"), "{} shows what is not hers to see", page.path);
    }
    xiaoman.turns_to(&first).await?;
    xiaoman.taps("登录").await?;
    xiaoman.types("手机号", XIAOMAN).await?;
    xiaoman.taps("获取验证码").await?;
    let code = world.next_code_for(XIAOMAN, &before).await?;
    xiaoman.types("6 位验证码", &code).await?;
    xiaoman.sees("称呼").await?;
    for (page, tab) in &tabs {
        xiaoman.turns_to(tab).await?;
        xiaoman.is_at(&at(page.path, &id)).await?;
        xiaoman.sees(page.word).await?;
        xiaoman.sees_times_within("08:00", "22:00").await?;
    }
    ensure!(promised(&world).await? == 1, "signing in books nothing");
    world.ends(vec![xiaoman]).await
}
