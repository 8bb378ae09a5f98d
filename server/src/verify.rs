//! `huiyue verify`: whether everything that is kept beside records says what follows from them: time held, lines for reports, feeds. It
//! reads one snapshot, so it may run beside a server that works.

use std::collections::BTreeSet;
use std::fmt;

use shared::booking::Booking;
use shared::id::StoreId;
use shared::noun::Kind;
use shared::record::{Catalogue, Record};
use shared::scope::Scope;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::db::verify::{self as asked, Held};
use crate::db::visit_lines::{self, Row};
use crate::db::{self, bookings, records};
use crate::error::Result;
use crate::sealed::Sealer;
use crate::state::AppState;

/// Records looked at at once.
const PAGE: i64 = 1000;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Visits looked at.
    pub visits: usize,
    /// Lines for reports.
    pub lines: usize,
    /// Times held.
    pub times: usize,
    /// What is not as it should be.
    pub differences: Vec<Difference>,
}

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// The lines of a visit; `mend` writes them anew.
    Lines(StoreId, Uuid),
    /// The time that a visit or block holds.
    Times(StoreId, Uuid),
    /// A visit that desks are not told of.
    Untold(StoreId, Uuid),
    /// A feed that has gone further than its head.
    Head(String),
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Difference::Lines(store, visit) => write!(f, "store {store}: the lines for reports of visit {visit} are others"),
            Difference::Times(store, holder) => write!(f, "store {store}: the time that {holder} holds is another"),
            Difference::Untold(store, visit) => write!(f, "store {store}: desks are not told of visit {visit}"),
            Difference::Head(scope) => write!(f, "the feed {scope} is ahead of its head"),
        }
    }
}

/// Looks at everything.
///
/// # Errors
/// Of the database, or when something sealed does not open.
pub async fn verify(state: &AppState) -> Result<Report> {
    let (_, catalogue) = state.surroundings().await?;
    let sealer = std::sync::Arc::clone(&state.sealer);
    db::snapshot(&state.pool, move |connection| {
        Box::pin(async move {
            let mut report = Report::default();
            for store in asked::stores(&mut *connection).await? {
                of_store(&mut *connection, &sealer, &catalogue, store, &mut report).await?;
            }
            report.differences.extend(asked::feeds_ahead(connection).await?.into_iter().map(Difference::Head));
            Ok(report)
        })
    })
    .await
}

async fn of_store(
    connection: &mut PgConnection,
    sealer: &Sealer,
    catalogue: &Catalogue,
    store: StoreId,
    report: &mut Report,
) -> Result<()> {
    let others = records::taking_time(&mut *connection, sealer, store).await?;
    let mut after = Uuid::nil();
    loop {
        let visits = bookings::page(&mut *connection, sealer, store, after, PAGE).await?;
        let is_full = i64::try_from(visits.len()).unwrap_or(i64::MAX) >= PAGE;
        let last = visits.last().filter(|_| is_full).map_or(Uuid::max(), |booking| booking.id.0);
        lines(connection, catalogue, store, &visits, (after, last), report).await?;
        let here = others.iter().filter(|record| record.key().id > after && record.key().id <= last).cloned();
        let holders: Vec<Record> = visits.into_iter().map(Record::from).chain(here).collect();
        times(connection, store, &holders, (after, last), report).await?;
        if !is_full {
            break;
        }
        after = last;
    }
    let untold = asked::untold(connection, store, &Scope::Desk(store).to_string(), Booking::KIND).await?;
    report.differences.extend(untold.into_iter().map(|visit| Difference::Untold(store, visit)));
    Ok(())
}

/// Compares the lines of visits.
async fn lines(
    connection: &mut PgConnection,
    catalogue: &Catalogue,
    store: StoreId,
    visits: &[Booking],
    (after, last): (Uuid, Uuid),
    report: &mut Report,
) -> Result<()> {
    let of = catalogue.stores.get(&store);
    let expected: BTreeSet<Row> = visits.iter().flat_map(|visit| of.into_iter().flat_map(|of| visit_lines::rows_of(visit, of))).collect();
    let found: BTreeSet<Row> = visit_lines::between(connection, store, after, last).await?.into_iter().collect();
    report.visits += visits.len();
    report.lines += expected.len();
    let wrong: BTreeSet<Uuid> = expected.symmetric_difference(&found).map(|row| row.booking_id).collect();
    report.differences.extend(wrong.into_iter().map(|visit| Difference::Lines(store, visit)));
    Ok(())
}

/// Compares the time that records hold.
async fn times(
    connection: &mut PgConnection,
    store: StoreId,
    holders: &[Record],
    (after, last): (Uuid, Uuid),
    report: &mut Report,
) -> Result<()> {
    let held = |record: &Record| {
        let (key, until) = (record.key(), record.held_until());
        record
            .occupancy()
            .into_iter()
            .filter(|time| time.range.minutes() > 0)
            .map(move |time| Held::new(key, &time, until))
            .collect::<Vec<_>>()
    };
    let expected: BTreeSet<Held> = holders.iter().flat_map(held).collect();
    let found: BTreeSet<Held> = asked::held(connection, store, after, last).await?.into_iter().collect();
    report.times += expected.len();
    let wrong: BTreeSet<Uuid> = expected.symmetric_difference(&found).map(|held| held.holder).collect();
    report.differences.extend(wrong.into_iter().map(|holder| Difference::Times(store, holder)));
    Ok(())
}

/// Writes the lines for reports anew in the stores where they are others.
///
/// # Errors
/// Of the database.
pub async fn mend(state: &AppState, report: &Report) -> Result<()> {
    let store = |difference: &Difference| if let Difference::Lines(store, _) = difference { Some(*store) } else { None };
    for store in report.differences.iter().filter_map(store).collect::<BTreeSet<StoreId>>() {
        crate::jobs::project_visits::once(state, store).await?;
    }
    Ok(())
}
