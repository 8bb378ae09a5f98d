//! Who served a member last.

use std::collections::{BTreeMap, BTreeSet};

use shared::id::{MemberId, StaffId, StoreId};
use shared::time::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;

/// When the last line of each member began in a store, and who did it; every store that was asked about is in the answer.
pub(crate) async fn last_visits(
    connection: &mut PgConnection,
    wanted: &BTreeSet<(StoreId, MemberId)>,
) -> sqlx::Result<BTreeMap<StoreId, BTreeMap<MemberId, (Timestamp, StaffId)>>> {
    let mut found: BTreeMap<StoreId, BTreeMap<MemberId, (Timestamp, StaffId)>> = BTreeMap::new();
    for store in wanted.iter().map(|(store, _)| *store).collect::<BTreeSet<_>>() {
        let members: Vec<Uuid> = wanted.iter().filter(|(own, _)| *own == store).map(|(_, member)| member.0).collect();
        let rows = sqlx::query!(
            r#"select member.id as "member!", last.starts_at as "starts_at!", last.staff_id as "staff!"
               from unnest($2::uuid[]) as member(id)
               cross join lateral (
                   select starts_at, staff_id from visit_lines
                   where store_id = $1 and member_id = member.id and state = 'completed' and staff_id is not null
                   order by starts_at desc, staff_id desc limit 1) as last"#,
            store.0,
            &members
        );
        let last = rows.fetch_all(connection.as_mut()).await?.into_iter();
        let last = last.map(|row| (MemberId(row.member), (Timestamp(row.starts_at), StaffId(row.staff))));
        found.insert(store, last.collect());
    }
    Ok(found)
}
