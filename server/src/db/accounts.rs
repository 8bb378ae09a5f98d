//! Members' accounts: one phone number each.

use shared::id::AccountId;
use shared::name::Language;
use shared::time::Timestamp;
use sqlx::{PgConnection, PgExecutor};

/// The account of a phone number, made when there is none yet. Messages are written in the language of the last sign-in.
///
/// # Errors
/// Of the database.
pub async fn of_phone(
    db: impl PgExecutor<'_>,
    fresh: AccountId,
    index: &[u8],
    sealed: &[u8],
    language: Language,
    now: Timestamp,
) -> Result<AccountId, sqlx::Error> {
    let id = sqlx::query_scalar!(
        "insert into accounts (id, phone_index, phone_sealed, language, created_at) values ($1, $2, $3, $4, $5)
         on conflict (phone_index) do update set language = excluded.language
         returning id",
        fresh.0,
        index,
        sealed,
        language_name(language),
        now.0,
    )
    .fetch_one(db)
    .await?;
    Ok(AccountId(id))
}

/// The account of a number that its owner has proven at a desk, made when there is none yet; one that exists stays as it is.
pub(crate) async fn of_proven_phone(
    connection: &mut PgConnection,
    fresh: AccountId,
    index: &[u8],
    sealed: &[u8],
    now: Timestamp,
) -> sqlx::Result<AccountId> {
    let id = sqlx::query_scalar!(
        "insert into accounts (id, phone_index, phone_sealed, created_at) values ($1, $2, $3, $4)
         on conflict (phone_index) do update set phone_index = excluded.phone_index
         returning id",
        fresh.0,
        index,
        sealed,
        now.0,
    )
    .fetch_one(connection)
    .await?;
    Ok(AccountId(id))
}

/// The sealed phone number and the language of an account.
///
/// # Errors
/// Of the database.
pub async fn contact(db: impl PgExecutor<'_>, account: AccountId) -> Result<Option<(Vec<u8>, Language)>, sqlx::Error> {
    let row = sqlx::query!("select phone_sealed, language from accounts where id = $1", account.0).fetch_optional(db).await?;
    Ok(row.map(|row| (row.phone_sealed, language_of(&row.language))))
}

/// Language as stored.
#[must_use]
pub fn language_name(language: Language) -> &'static str {
    match language {
        Language::Chinese => "zh",
        Language::English => "en",
    }
}

/// Language from storage.
#[must_use]
pub fn language_of(name: &str) -> Language {
    if name == "en" { Language::English } else { Language::Chinese }
}
