//! From a commit at the server to the board of another device, over the live stream.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use shared::booking::Subject;
use shared::command::{Book, Command};
use shared::id::BookingId;
use shared::money::Money;
use shared::record::Record;
use shared::scope::Scope;
use shared::staff_preference::StaffPreference;
use shared::sync::Outcome;
use shared::time::Timestamp;
use shared::visit_request::RequestedLine;
use tests::World;
use tests::salon::{CUT, KELLY, STORE};
use uuid::Uuid;

/// Notes when the words come onto the page.
const WATCH: &str = r"
const words = arguments[0];
window.seenAt = null;
const watch = new MutationObserver(() => {
    if (document.body.innerText.includes(words)) { window.seenAt = Date.now(); watch.disconnect(); }
});
watch.observe(document.body, { subtree: true, childList: true, characterData: true });";

/// Milliseconds between the server's answer and the guest on the board, for one booking after another.
pub async fn delays() -> Result<Vec<f64>> {
    let world = World::salon().await?;
    let desk = world.desk().await?;
    let store = world.owner.reads(Scope::BrandPublic).await?.into_iter().find_map(|record| match record {
        Record::Store(store) => Some(store),
        _ => None,
    });
    let zone = store.context("the store")?.zone.clone();
    let today = zone.local(now()?).0;
    let mut delays = Vec::new();
    for hour in 12..21u16 {
        let guest = format!("客人{hour}");
        desk.browser.execute(WATCH, vec![json!(guest)]).await?;
        let outcome = world.owner.gives(&book(&guest, zone.instant(today, hour * 60))).await?;
        let answered = now()?;
        ensure!(outcome == Outcome::Applied, "{outcome:?}");
        desk.sees(&guest).await?;
        let seen = desk.browser.execute("return window.seenAt", Vec::new()).await?.json().as_f64().context("it was seen")?;
        #[expect(clippy::cast_precision_loss, reason = "milliseconds of this century are exact")]
        delays.push((seen - answered.0 as f64).max(0.0));
    }
    world.ends(vec![desk]).await?;
    Ok(delays)
}

fn now() -> Result<Timestamp> {
    Ok(Timestamp(i64::try_from(std::time::UNIX_EPOCH.elapsed()?.as_millis())?))
}

fn book(guest: &str, starts_at: Timestamp) -> Command {
    let subject = Subject::Guest { name: guest.to_owned().into() };
    let staff_preference = StaffPreference::Requested(KELLY);
    let line = RequestedLine { service: CUT, subject, payer: None, staff_preference, starts_at, seen_price: Some(Money(16_800)) };
    Command::Book(Book {
        store: STORE,
        booking: BookingId(Uuid::new_v4()),
        account: None,
        lines: vec![line],
        note: "".into(),
        terms_version: 1,
        by_phone: true,
        override_reason: None,
    })
}
