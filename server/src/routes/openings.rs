//! `GET /api/openings?store=&service=&from=&days=[&staff=]`: what can be booked, from the same engine as everywhere, cacheable.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use shared::id::{ServiceId, StaffId, StoreId};
use shared::openings::{Openings, search};
use shared::refusal::Refusal;
use shared::staff_preference::StaffPreference;
use shared::time::{DAY, LocalDate, TimeRange, Timestamp};
use shared::visit_request::{Audience, RequestedService, VisitRequest};
use shared::zone::Zone;

use super::catalogue::cached;
use crate::error::Result;
use crate::error::problem::Problem;
use crate::openings::view_of;
use crate::state::AppState;

/// Most days in one answer.
const MOST_DAYS: u16 = 31;

/// The query.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    store: StoreId,
    service: ServiceId,
    from: String,
    days: u16,
    staff: Option<StaffId>,
}

#[derive(Serialize)]
struct Document {
    store: StoreId,
    days: Vec<Day>,
}

#[derive(Serialize)]
struct Day {
    date: String,
    openings: Vec<Opening>,
}

#[derive(Serialize)]
struct Opening {
    starts_at: String,
    at: Timestamp,
    staff: Vec<StaffId>,
}

/// Finds openings; 304 when the reader has them.
///
/// # Errors
/// 400, 404 for unknown stores and services, 409 for services that are not offered online, 422 for impossible dates.
pub async fn find(State(state): State<AppState>, headers: HeaderMap, asked: Result<Query<Asked>, QueryRejection>) -> Result<Response> {
    let Query(asked) = asked.map_err(|_| Problem::MALFORMED.detail("store, service, from and days are needed"))?;
    let from = LocalDate::parse(&asked.from).ok_or(Refusal::Invalid { field: "from".into() })?;
    if asked.days == 0 || asked.days > MOST_DAYS {
        return Err(Refusal::Invalid { field: "days".into() }.into());
    }
    let now = state.clock.now();
    let mut connection = state.pool.acquire().await?;
    let catalogue = state.catalogue_in(&mut connection).await?.1;
    let store = catalogue.stores.get(&asked.store).ok_or(Refusal::NotFound { kind: "store".into() })?;
    let staff_preference = asked.staff.map_or(StaffPreference::Any, StaffPreference::Requested);
    let wanted = RequestedService { service: asked.service, staff_preference };
    let query = VisitRequest::days(asked.store, &store.zone, wanted, from, asked.days, Audience::Online);
    let range = around(query.starts);
    let (_, taken) = state.times.taken(&mut connection, asked.store, range).await?;
    drop(connection);
    let view = view_of(Arc::clone(&catalogue), asked.store, taken.iter(), range);
    let found = search(&view, &query, now)?;
    cached(&headers, 5, &document(&asked, &store.zone, from, &found))
}

/// Whole UTC days around the starts, so that neighbouring questions are answered from the same memory.
fn around(starts: TimeRange) -> TimeRange {
    let (first, last) = (i64::from(starts.start.utc_day()) - 1, i64::from(starts.end.utc_day()) + 2);
    TimeRange { start: Timestamp(first * DAY), end: Timestamp(last * DAY) }
}

fn document(asked: &Asked, zone: &Zone, from: LocalDate, found: &Openings) -> Document {
    let mut days: Vec<Day> =
        (0..i32::from(asked.days)).map(|day| Day { date: from.plus_days(day).to_string(), openings: vec![] }).collect();
    for start in found.starts() {
        let (date, _) = zone.local(start);
        let day = usize::try_from(date.0.saturating_sub(from.0)).ok().and_then(|index| days.get_mut(index));
        if let Some(day) = day {
            day.openings.push(Opening { starts_at: iso(zone, start), at: start, staff: found.staff_at(start).collect() });
        }
    }
    Document { store: asked.store, days }
}

/// `2026-11-21T10:15:00+08:00`
fn iso(zone: &Zone, at: Timestamp) -> String {
    let (date, minute) = zone.local(at);
    let offset = zone.offset_seconds(at) / 60;
    let sign = if offset < 0 { '-' } else { '+' };
    let (hours, minutes) = (offset.abs() / 60, offset.abs() % 60);
    format!("{date}T{:02}:{:02}:00{sign}{hours:02}:{minutes:02}", minute / 60, minute % 60)
}
