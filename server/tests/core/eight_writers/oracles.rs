//! What must be true afterwards, in plain SQL that is written apart from the product.

use std::sync::atomic::Ordering;

use sqlx::{Connection, PgConnection};

use crate::world::*;

/// Two have one time of one person or thing in one lane. Not by the operator of the constraint: that is what is looked after here.
const OVERLAPS: &str = "select count(*) from occupancy a join occupancy b
    on a.store_id = b.store_id and a.resource_id = b.resource_id and a.lane = b.lane and a.ctid < b.ctid
    and lower(a.during) < upper(b.during) and lower(b.during) < upper(a.during)";

/// When somebody takes a room, a basin or a machine, more of its type are taken than the store has. Deliberate overlaps lie above lane 0.
const OVERSOLD: &str = "with units as (
        select id, (record->>'store')::uuid as store_id, record->>'resource_type' as kind from records where kind = 12),
      taken as (select u.store_id, u.kind, o.during from occupancy o join units u on u.id = o.resource_id and u.store_id = o.store_id
        where o.lane = 0),
      moments as (select distinct store_id, kind, lower(during) as at from taken)
    select count(*) from moments m
    where (select count(*) from taken t where t.store_id = m.store_id and t.kind = m.kind
             and lower(t.during) <= m.at and m.at < upper(t.during))
        > (select count(*) from units u where u.store_id = m.store_id and u.kind = m.kind)";

/// One person is in two stores at once, without that either of them says so by a lane. 13 is what one store knows of another.
const BODIES: &str = "select count(*) from occupancy a join occupancy b
    on a.resource_id = b.resource_id and a.store_id < b.store_id and a.lane = 0 and b.lane = 0
    and a.holder_kind <> 13 and b.holder_kind <> 13
    and lower(a.during) < upper(b.during) and lower(b.during) < upper(a.during)";

/// A lane above the first, and nobody said why.
const REASONLESS: &str = "select count(*) from bookings b cross join lateral json_array_elements(b.record->'occupancy') o
    where (o.value->>'lane')::int > 0 and coalesce(o.value->>'reason', '') = ''";

/// What was found; everything but the rows must be nothing.
pub struct Found {
    pub rows: i64,
    pub overlaps: i64,
    pub oversold: i64,
    pub bodies: i64,
    pub reasonless: i64,
    pub backstop_hits: i64,
    pub deadlocks: i64,
}

/// Looks at everything.
pub async fn look(world: &World) -> Found {
    world.holds_together().await;
    let hits = world.backstop_hits() + world.state.counters.repeated.load(Ordering::Relaxed);
    Found {
        rows: world.count("select count(*) from occupancy").await,
        overlaps: world.count(OVERLAPS).await,
        oversold: world.count(OVERSOLD).await,
        bodies: world.count(BODIES).await,
        reasonless: world.count(REASONLESS).await,
        backstop_hits: i64::try_from(hits).expect("few"),
        deadlocks: deadlocks(world).await,
    }
}

/// What Postgres counted; a connection hands in its counts at the latest when it ends.
async fn deadlocks(world: &World) -> i64 {
    let idle = "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'";
    until("idle", async || world.count(idle).await == 0).await;
    let mut connection = PgConnection::connect(&world.url).await.expect("a connection");
    let counted = "select deadlocks from pg_stat_database where datname = current_database()";
    sqlx::query_scalar(counted).fetch_one(&mut connection).await.expect("a number")
}

/// Each query finds its fault once it is there.
pub async fn can_fail(world: &World) {
    let mut transaction = world.state.pool.begin().await.expect("a transaction");
    let faults = "alter table occupancy drop constraint occupancy_backstop;
        insert into occupancy select * from occupancy where lane = 0;
        insert into occupancy (store_id, resource_id, lane, during, holder, holder_kind, line, part)
          select s.id, o.resource_id, 0, o.during, o.holder, 5, 0, 0 from occupancy o join records s on s.kind = 1 and s.id <> o.store_id;
        update bookings set record = jsonb_set(record::jsonb, '{occupancy,0}', '{\"lane\": 7}')::json
          where json_array_length(record->'occupancy') > 0";
    sqlx::raw_sql(faults).execute(&mut *transaction).await.expect("faults");
    for query in [OVERLAPS, OVERSOLD, BODIES, REASONLESS] {
        let found: i64 = sqlx::query_scalar(query).fetch_one(&mut *transaction).await.expect("a number");
        assert!(found > 0, "finds nothing: {query}");
    }
    transaction.rollback().await.expect("as it was");
}
