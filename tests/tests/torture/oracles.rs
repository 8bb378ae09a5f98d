//! What must be true afterwards, in plain SQL over the tables and written apart from the product: each query finds what is wrong.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tokio::process::Command;

/// What is wrong, something that makes it so, and the query that finds it.
pub const FAULTS: [(&str, &str, &str); 9] = [
    (
        "two have one time in one lane",
        "alter table occupancy drop constraint occupancy_backstop; insert into occupancy select * from occupancy limit 1",
        "select a.resource_id, a.lane, a.during, a.holder, b.holder from occupancy a join occupancy b
         on a.store_id = b.store_id and a.resource_id = b.resource_id and a.lane = b.lane and a.ctid < b.ctid
         and lower(a.during) < upper(b.during) and lower(b.during) < upper(a.during)",
    ),
    (
        "the time that is held is not what the records say",
        "delete from occupancy where ctid = (select min(ctid) from occupancy)",
        "with told as (
           select b.id as holder, (o.value->>'resource')::uuid as resource, (o.value->>'lane')::int as lane,
             (o.value#>>'{range,start}')::bigint as starts, (o.value#>>'{range,end}')::bigint as ends
           from bookings b cross join lateral json_array_elements(b.record->'occupancy') o
           union all
           select id, owner_id, (record->>'lane')::int, (record#>>'{range,start}')::bigint, (record#>>'{range,end}')::bigint
           from records where kind = 6),
         held as (
           select holder, resource_id, lane::int, (extract(epoch from lower(during)) * 1000)::bigint,
             (extract(epoch from upper(during)) * 1000)::bigint from occupancy)
         (select 'only told', * from (table told except all table held) x)
         union all (select 'only held', * from (table held except all table told) y)",
    ),
    (
        "the columns beside a record say something else",
        "update bookings set starts_at = starts_at + 1",
        "select id from bookings where (record->>'starts_at')::bigint <> starts_at or (record->>'ends_at')::bigint <> ends_at",
    ),
    (
        "a lane above the first without a reason",
        "update bookings set record = jsonb_set(record::jsonb, '{occupancy,0,lane}', '7') where json_array_length(record->'occupancy') > 0",
        "select b.id from bookings b cross join lateral json_array_elements(b.record->'occupancy') o
         where (o.value->>'lane')::int > 0 and coalesce(o.value->>'reason', '') = ''",
    ),
    (
        "a feed does not end where its head is",
        "update heads set head = head + 1",
        "select h.scope, h.head, max(f.seq) from heads h left join feed f using (scope) group by h.scope, h.head
         having h.head <> coalesce(max(f.seq), 0) or min(f.seq) < 1 or count(*) <> count(distinct f.seq)",
    ),
    (
        "a record that its desk or its owner never hears of",
        "delete from feed where kind = 5",
        "select b.id from bookings b where not exists (select from feed f
           where f.scope = 'store/' || b.store_id || '/desk' and f.id = b.id and f.kind = 5)
         or (b.account_id is not null and not exists (select from feed f
           where f.scope = 'user/' || b.account_id and f.id = b.id and f.kind = 5))
         union all select b.id from records b where kind = 6 and not exists (select from feed f
           where f.scope = 'store/' || b.store_id || '/desk' and f.id = b.id and f.kind = 6 and not f.deleted)",
    ),
    (
        "one command under two entries of the log, or numbers of a replica left out",
        "update replicas set last_number = 0",
        "select uuid::text from commands group by uuid having count(*) > 1
         union all select r.id::text from replicas r join commands c on c.replica_id = r.id and c.number > 0
         group by r.id, r.last_number having max(c.number) > r.last_number",
    ),
    (
        "something was done more often than it was asked for",
        "delete from commands where name = 'Move' or name = 'Cancel'",
        "with done as (
           select b.id, s.value->>'what' as what, count(*) as times
           from bookings b cross join lateral json_array_elements(b.record->'history') s group by b.store_id, b.id, s.value->>'what')
         select done.* from done join (values ('moved', 'Move%'), ('moved', 'Accept%'), ('cancelled', 'Cancel%'), ('held', 'Hold%'),
           ('checked_in', 'CheckIn%'), ('started', 'Start%'), ('finished', 'Finish%')) as asked (what, name) using (what)
         left join commands c on c.applied and c.name like asked.name and c.payload::text like '%' || done.id || '%'
         group by done.id, done.what, done.times having done.times > count(c.uuid)",
    ),
    (
        "somebody lost their time without a right",
        "update commands set step = 'free'",
        "select b.id, d.at, d.principal from bookings b cross join lateral (
           select (s.value->>'at')::bigint as at, lower(k.key) || ':' || k.value as principal
           from json_array_elements(b.record->'history') s cross join lateral json_each_text(s.value->'by') k
           where s.value->>'what' = 'displaced' order by 1 desc limit 1) d
         where b.state = 'displaced' and not exists (select from commands c where c.applied and c.step = 'displaced'
           and c.store_id = b.store_id and c.principal = d.principal and c.principal like 'user:%' and d.at in (c.given_at, c.decided_at)
           and (c.base < (b.record->>'placed_seq')::bigint or (c.personal_sealed is not null
             and (c.payload::text ~ '\"override_reason\":' or c.payload#>>'{block,kind}' = 'emergency'))))",
    ),
];

/// Looks at everything.
pub async fn look(database: &str) -> Result<()> {
    for (fault, _, query) in FAULTS {
        let found = rows(database, query).await?;
        ensure!(found.is_empty(), "{fault} ({}): {:?}", found.len(), &found[..found.len().min(5)]);
    }
    Ok(())
}

/// Makes every fault once, without keeping it: a look that finds nothing has to be able to find something.
pub async fn look_can_fail(database: &str) -> Result<()> {
    for (fault, make, query) in FAULTS {
        let found = rows(database, &format!("begin; {make}; {query}; rollback")).await?;
        ensure!(!found.is_empty(), "nobody notices when {fault}");
    }
    Ok(())
}

/// What the log says became of every command.
pub async fn outcomes(database: &str) -> Result<BTreeMap<String, Value>> {
    let found = rows(database, "select uuid || ' ' || outcome from commands").await?;
    let entry = |line: &String| {
        let (uuid, outcome) = line.split_once(' ').context("two columns")?;
        Ok((uuid.to_owned(), serde_json::from_str(outcome)?))
    };
    found.iter().map(entry).collect()
}

/// What is held of whose time on which day, from the rows of whoever holds it: `resource day` and the five minutes of that day.
pub async fn taken(database: &str) -> Result<BTreeMap<(String, i32), Vec<usize>>> {
    let query = "select distinct resource_id || ' ' || q / 288 || ' ' || q % 288 from occupancy,
        generate_series(floor(extract(epoch from lower(during)) / 300)::bigint, ceil(extract(epoch from upper(during)) / 300)::bigint - 1) q
        where held_until is null";
    let mut taken: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for line in rows(database, query).await? {
        let fields: Vec<&str> = line.split(' ').collect();
        let [resource, day, quantum] = fields[..] else { anyhow::bail!("{line}") };
        taken.entry((resource.to_owned(), day.parse()?)).or_default().push(quantum.parse()?);
    }
    taken.values_mut().for_each(|quanta| quanta.sort_unstable());
    Ok(taken)
}

/// The first column of the first row as a number.
pub async fn count(database: &str, query: &str) -> Result<u64> {
    Ok(rows(database, query).await?.first().context("a row")?.parse()?)
}

async fn rows(database: &str, query: &str) -> Result<Vec<String>> {
    let output = Command::new("psql").args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", query]).output().await;
    let output = output.context("psql, which comes with Postgres")?;
    ensure!(output.status.success(), "{query}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?.lines().map(str::to_owned).collect())
}
