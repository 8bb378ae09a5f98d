//! Who signed in and out, who got or lost which right, which tablet came and went. Entries are written with the act and never changed.

use shared::api::logins::{AuditAction, AuditEntry};
use shared::id::{StaffId, StoreId};
use shared::noun::Kind;
use shared::staff::Staff;
use shared::time::Timestamp;
use sqlx::PgExecutor;
use uuid::Uuid;

/// An entry to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Id, in the order of time.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// What.
    pub action: AuditAction,
    /// Who, see [`crate::identity::principal_name`].
    pub by: String,
    /// The staff member who claimed a tablet.
    pub by_staff: Option<StaffId>,
    /// Whom it is about, written like a principal; `staff:<id>` for a PIN.
    pub about: String,
    /// The store it is about.
    pub store: Option<StoreId>,
    /// In a few words: a role, a device. Nothing about a person.
    pub detail: String,
}

/// Writes an entry.
///
/// # Errors
/// Of the database.
pub async fn record(db: impl PgExecutor<'_>, entry: &Entry) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into audit (id, at, action, by_principal, by_staff, about, store_id, details) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        entry.id,
        entry.at.0,
        action_name(entry.action),
        entry.by,
        entry.by_staff.map(|staff| staff.0),
        entry.about,
        entry.store.map(|store| store.0),
        serde_json::json!({ "detail": entry.detail }),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Entries before `before` (the newest without it), newest first, with the names people know: of some stores, or of the whole brand.
///
/// # Errors
/// Of the database.
pub async fn before(
    db: impl PgExecutor<'_>,
    before: Option<Uuid>,
    stores: Option<&[Uuid]>,
    most: i64,
) -> Result<Vec<AuditEntry>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select a.id, a.at, a.action, a.by_principal, a.by_staff, a.about, a.store_id, a.details ->> 'detail' as detail,
                  coalesce(bu.name, bd.name) as "by_name?", coalesce(au.name, ad.name, s.record #>> '{name,zh}') as "about_name?"
             from audit a
             left join users bu on a.by_principal = 'user:' || bu.id
             left join devices bd on a.by_principal = 'device:' || bd.id
             left join users au on a.about = 'user:' || au.id
             left join devices ad on a.about = 'device:' || ad.id
             left join records s on s.store_id = $5 and s.kind = $4 and a.about = 'staff:' || s.id
            where ($1::uuid is null or a.seq < (select seq from audit where id = $1))
              and ($2::uuid[] is null or a.store_id = any($2))
            order by a.seq desc limit $3"#,
        before,
        stores as Option<&[Uuid]>,
        most,
        Staff::KIND.number(),
        Uuid::nil()
    )
    .fetch_all(db)
    .await?;
    let rows = rows.into_iter().filter_map(|row| {
        Some(AuditEntry {
            id: row.id,
            at: Timestamp(row.at),
            action: action_of(&row.action)?,
            by: row.by_name.unwrap_or_else(|| kind(&row.by_principal)),
            by_staff: row.by_staff.map(StaffId),
            about: row.about_name.unwrap_or_else(|| kind(&row.about)),
            store: row.store_id.map(StoreId),
            detail: row.detail.unwrap_or_default(),
        })
    });
    Ok(rows.collect())
}

/// What stands for somebody without a name here: a member is only "account".
fn kind(principal: &str) -> String {
    principal.split(':').next().unwrap_or_default().to_owned()
}

/// The action as stored: as in JSON.
fn action_name(action: AuditAction) -> String {
    serde_json::to_value(action).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn action_of(name: &str) -> Option<AuditAction> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}
