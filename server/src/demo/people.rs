//! The demo's members and logins.

use shared::api::logins::AuditAction;
use shared::command::{Command, RegisterMember};
use shared::id::{AccountId, MemberId, StoreId, UserId};
use shared::member::PRIVACY_VERSION;
use shared::name::Language;
use shared::phone::Phone;
use shared::region::Region;
use shared::role::{Grant, Principal, Role};
use shared::staff::Staff;
use shared::time::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;

use super::catalogue::store_id;
use crate::audit::{self, Act, By};
use crate::auth::password;
use crate::auth::token::random_below;
use crate::db;
use crate::db::audit::Entry;
use crate::db::users::NewUser;
use crate::demo::ids::{JADE, WUTONG, id};
use crate::demo::now::Now;
use crate::demo::step::Step;
use crate::error::{Error, Result};
use crate::identity::principal_name;
use crate::state::AppState;

/// A login of the demo and how to use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// Who.
    pub who: String,
    /// Name, phone number or staff name.
    pub name: String,
    /// Password or PIN; empty for members, who get a code.
    pub secret: String,
}

/// The accounts of the two members who use the app.
pub(super) struct Accounts {
    pub lin: AccountId,
    pub chen: AccountId,
}

/// Key, name, phone.
const MEMBERS: [(&str, &str, &str); 3] =
    [("lin", "林小满", "138 0013 8000"), ("chen", "陈默", "139 0013 9000"), ("wang", "王阿姨", "137 0013 7000")];

pub(super) fn member(key: &str) -> MemberId {
    id(&format!("member/{key}"))
}

pub(super) async fn accounts(state: &AppState) -> Result<Accounts> {
    Ok(Accounts { lin: account(state, "lin").await?, chen: account(state, "chen").await? })
}

async fn account(state: &AppState, key: &str) -> Result<AccountId> {
    let phone = phone(key)?;
    let fresh: AccountId = id(&format!("account/{key}"));
    let sealed = state.sealer.seal(fresh.0, phone.as_str().as_bytes());
    let index = state.sealer.phone_index(&phone);
    Ok(db::accounts::of_phone(&state.pool, fresh, &index, &sealed, Language::Chinese, state.clock.now()).await?)
}

fn phone(key: &str) -> Result<Phone> {
    let found = MEMBERS.iter().find(|(known, ..)| *known == key).and_then(|(.., phone)| Phone::parse(phone, Region::Cn).ok());
    found.ok_or_else(|| Error::Fault(format!("the demo has no phone number for {key}")))
}

pub(super) fn members(accounts: &Accounts, now: &Now) -> Vec<Step> {
    let account = |key: &str| match key {
        "lin" => Some(accounts.lin),
        "chen" => Some(accounts.chen),
        _ => None,
    };
    let register = |(key, name, phone): &(&str, &str, &str)| {
        let long_ago = now.at.plus_minutes(-200 * 1440);
        let command = RegisterMember {
            member: member(key),
            account: account(key),
            store: Some(store_id(JADE)),
            name: (*name).to_owned().into(),
            phone: Phone::parse(phone, Region::Cn).ok(),
            consent: account(key).map(|_| PRIVACY_VERSION),
        };
        Step::new(format!("member/{key}"), long_ago, Command::RegisterMember(command))
    };
    MEMBERS.iter().map(register).collect()
}

/// Makes the staff logins and PINs, last of all: their being there says that the demo is complete.
pub(super) async fn logins(state: &AppState) -> Result<Vec<Login>> {
    let mut logins: Vec<Login> = MEMBERS
        .iter()
        .take(2)
        .map(|(_, name, phone)| Login { who: format!("会员 {name}"), name: (*phone).to_owned(), secret: String::new() })
        .collect();
    logins.extend(pins(state, &small_stores()).await?);
    logins.extend(staff_logins(state, store_id(JADE)).await?);
    Ok(logins)
}

/// The logins and PINs for an imported salon.
///
/// # Errors
/// Of the database.
pub async fn salon_logins(state: &AppState) -> Result<Vec<Login>> {
    let store = crate::import::salon::Salon::unnamed().store_id();
    let mut logins = pins(state, &[store]).await?;
    logins.extend(staff_logins(state, store).await?);
    Ok(logins)
}

/// The stores that the small demo makes.
#[must_use]
pub fn small_stores() -> [StoreId; 2] {
    [store_id(JADE), store_id(WUTONG)]
}

/// A PIN for everybody who works in one of these stores: other people's PINs are not the demo's to change.
async fn pins(state: &AppState, stores: &[StoreId]) -> Result<Vec<Login>> {
    let mut logins = Vec::new();
    let works_there = |staff: &Staff| staff.active && staff.stores.iter().any(|store| stores.contains(store));
    for staff in state.catalogue().await?.staff.values().filter(|staff| works_there(staff)) {
        let pin = format!("{:04}", random_below(10_000));
        let hash = password::hash(&pin).await.map_err(|error| Error::Fault(error.to_string()))?;
        db::pins::set(&state.pool, staff.id, &hash, state.clock.now()).await?;
        logins.push(Login { who: "PIN".to_owned(), name: staff.name.get(Language::Chinese).to_owned(), secret: pin });
    }
    Ok(logins)
}

async fn staff_logins(state: &AppState, store: StoreId) -> Result<Vec<Login>> {
    let people = [
        ("qing", "小青", "前台 Reception", Role::Receptionist, Some(store)),
        ("mei", "美姐", "店长 Manager", Role::StoreManager, Some(store)),
        ("owner", "老板", "老板 Owner", Role::Owner, None),
    ];
    let mut logins = Vec::new();
    for (name, display_name, who, role, store) in people {
        let made = new_login(state, name, display_name, Grant { role, store }).await?;
        logins.push(Login { who: who.to_owned(), name: name.to_owned(), secret: made.password });
    }
    Ok(logins)
}

/// A login that can be used now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeLogin {
    /// Its new password.
    pub password: String,
    /// Whether it was there before: then only the password is new, and it is open again.
    pub existed: bool,
}

/// A login with a generated password; one that exists, open or not, gets a new password and is open again.
///
/// # Errors
/// Of the database.
pub async fn new_login(state: &AppState, name: &str, display_name: &str, grant: Grant) -> Result<MadeLogin> {
    let password = password::generate();
    let hash = password::hash(&password).await.map_err(|error| Error::Fault(error.to_string()))?;
    let new = NewUser {
        id: UserId(state.clock.fresh_id()),
        grant_id: state.clock.fresh_id(),
        name: name.to_owned(),
        display_name: display_name.to_owned(),
        password_hash: Some(hash),
        grant,
        staff: None,
    };
    let act = Act::new(AuditAction::LoginMade, principal_name(Principal::User(new.id)), grant.store);
    let (entry, now) = (audit::entry(state, &By::program(), act), state.clock.now());
    let put = db::transaction(&state.pool, move |connection| Box::pin(async move { insert_or_reopen(connection, &new, entry, now).await }));
    let ended = put.await?;
    ended.iter().flatten().for_each(|session| state.live.revoke(*session));
    Ok(MadeLogin { password, existed: ended.is_some() })
}

/// Stores a login; one that is there already is opened with the new password, and whoever was signed in with the old one no longer is:
/// the sessions that ended. A server that runs beside this program notices by itself.
async fn insert_or_reopen(
    connection: &mut PgConnection,
    new: &NewUser,
    mut entry: Entry,
    now: Timestamp,
) -> sqlx::Result<Option<Vec<Uuid>>> {
    if db::users::insert(connection, new, now).await? {
        db::audit::record(connection, &entry).await?;
        return Ok(None);
    }
    let Some(user) = db::users::named(&mut *connection, &new.name).await? else { return Ok(Some(Vec::new())) };
    db::users::set_password(&mut *connection, user, new.password_hash.as_deref().unwrap_or_default()).await?;
    db::users::set_open(&mut *connection, user, true).await?;
    (entry.action, entry.about) = (AuditAction::PasswordSet, principal_name(Principal::User(user)));
    db::audit::record(&mut *connection, &entry).await?;
    Ok(Some(db::session_ends::end_of_user(connection, user, None, now).await?))
}
