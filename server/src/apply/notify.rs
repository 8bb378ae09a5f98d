//! From notices to messages: whom to notify, in which language, and the facts that the words need.

use serde_json::{Value, json};
use shared::booking::{Alternative, Booking, Line};
use shared::id::{AccountId, MemberId};
use shared::member::Member;
use shared::money::Money;
use shared::name::Name;
use shared::noun::Noun;
use shared::placement::binding;
use shared::record::Catalogue;
use shared::role::Principal;
use shared::store::Store;
use shared::time::Timestamp;
use shared::view::View;
use shared::waitlist_entry::{Offer, WaitlistEntry};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::apply::numbered::Numbered;
use crate::apply::serve_waitlist::offered;
use crate::changes::Changes;
use crate::db::messages::{self, Addressee, NewMessage};
use crate::state::AppState;
use crate::template::Template;

/// Writes the messages of all notices into the outbox. The same change of the same visit tells nobody twice.
pub(crate) async fn notify(
    connection: &mut PgConnection,
    state: &AppState,
    view: &View,
    changes: &Changes,
    numbered: &Numbered,
    now: Timestamp,
) -> sqlx::Result<()> {
    if changes.notices.is_empty() {
        return Ok(());
    }
    let mut messages: Vec<NewMessage> = Vec::new();
    for (store, notice) in &changes.notices {
        let Some(booking) = changes.after_of::<Booking>(*store, notice.booking) else { continue };
        let Some(store) = view.catalogue.stores.get(store) else { continue };
        let (template, about) = (Template::Notice(notice.kind), Booking::key_of(booking.id));
        let change = numbered.get(&(store.id, about)).copied().unwrap_or(0);
        let waiting = offered(changes, booking);
        let offer = waiting.and_then(WaitlistEntry::offer);
        let facts = facts(&view.catalogue, store, booking, offer);
        let account = booking.account.or(waiting.and_then(|entry| entry.account));
        messages.extend(audience(view, booking, account).into_iter().map(|(person, to)| NewMessage {
            id: Uuid::new_v5(&booking.id.0, format!("{} {} {change} {person}", template.name(), store.id).as_bytes()),
            template,
            to,
            language: None,
            store: Some(store.id),
            about: Some(about),
            facts: facts.clone(),
            is_own: is_own(booking),
            due_at: now,
            good_until: offer.map(|offer| offer.until),
        }));
    }
    let withheld = messages::put(connection, &messages, now, state.limits.messages_an_hour).await?;
    (0..withheld).for_each(|_| state.counters.count_limited("messages_an_hour"));
    Ok(())
}

/// Whether the guest did what was done last.
fn is_own(booking: &Booking) -> bool {
    booking.history.last().is_some_and(|step| matches!(step.by, Principal::Account(by) if booking.account == Some(by)))
}

/// The account; without one, every member in it who has a number.
fn audience(view: &View, booking: &Booking, account: Option<AccountId>) -> Vec<(Uuid, Addressee)> {
    if let Some(account) = account {
        return vec![(account.0, Addressee::Account(account))];
    }
    let reachable = |id: &MemberId| view.members.get(id).is_none_or(|member: &Member| member.number().phone.is_some());
    booking.members().into_iter().filter(reachable).map(|member| (member.0, Addressee::Member(member))).collect()
}

fn facts(catalogue: &Catalogue, store: &Store, booking: &Booking, offer: Option<&Offer>) -> Value {
    let staff_name = |id: &shared::id::StaffId| catalogue.staff.get(id).map(|staff| staff.name.clone());
    let services: Vec<&Name> =
        booking.lines.iter().filter_map(|line| catalogue.services.get(&line.service)).map(|service| &service.name).collect();
    let told = |line: &Line| match binding::told_staff(catalogue, booking, line) {
        Some(staff) => staff_name(&staff),
        // Somebody has the time, and may change: that is nothing to promise.
        None => line.staff.map(|_| Name::new("不指定", "anybody")),
    };
    let staff: Vec<Name> = booking.lines.iter().filter_map(told).collect();
    let alternative = |alternative: &Alternative| {
        let staff: Vec<Name> = alternative.staff.iter().filter_map(staff_name).collect();
        json!({"at": alternative.starts_at, "local": local(store, alternative.starts_at), "staff": staff})
    };
    let sum: Option<i64> = booking.lines.iter().map(|line| line.price.map(|price| price.0)).sum();
    json!({
        "store": store.name,
        "starts_at": booking.starts_at,
        "local": local(store, booking.starts_at),
        "services": services,
        "staff": staff,
        "late_minutes": booking.late_minutes,
        "alternatives": booking.alternatives.iter().map(alternative).collect::<Vec<Value>>(),
        "remedy": store.rules.remedy,
        "note": store.rules.booking_note,
        "sum": sum.map(|sum| store.currency.show(Money(sum))).unwrap_or_default(),
        "until": offer.map(|offer| local(store, offer.until)).unwrap_or_default(),
    })
}

/// `2026-11-21 10:15`, where the store is.
fn local(store: &Store, at: Timestamp) -> String {
    let (date, minute) = store.zone.local(at);
    format!("{date} {:02}:{:02}", minute / 60, minute % 60)
}
