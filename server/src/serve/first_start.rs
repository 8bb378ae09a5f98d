//! The first start: an empty database gets demo data, or at least a login; and the terminal says who can sign in.

use std::path::{Path, PathBuf};

use shared::id::StoreId;
use shared::role::{Grant, Role};

use crate::config::Settings;
use crate::config::demo::Demo;
use crate::db;
use crate::demo::{self, Login};
use crate::failed::Failed;
use crate::import::run::{ImportOptions, import_salon};
use crate::import::salon::Salon;
use crate::state::AppState;

/// Keeps the demo's passwords: it is a demo, and whoever starts it again wants to see them again.
const DEMO_FILE: &str = "demo-accounts.txt";

const IGNORED: &str = "演示数据未加载 The demo is ignored: this database is in use already.";
const NOT_A_DEMO: &str = "演示数据未加载 The data here is not a demo, so none was loaded over it.";

/// What the terminal says about who can sign in.
#[derive(Debug, Default)]
pub(super) struct Accounts {
    pub lines: Vec<String>,
}

/// Prepares an empty database; one that has logins is left alone, and so is the data of whoever brought in their own.
pub(super) async fn prepare(state: &AppState, settings: &Settings, demo: &Demo) -> Result<Accounts, Failed> {
    let file = settings.data.join(DEMO_FILE);
    if any_login(state).await? {
        let kept = std::fs::read_to_string(&file).map(|text| text.lines().map(str::to_owned).collect());
        let ignored = || if *demo == Demo::None { vec![] } else { vec![IGNORED.to_owned()] };
        return Ok(Accounts { lines: kept.unwrap_or_else(|_| ignored()) });
    }
    if *demo == Demo::None {
        return Ok(Accounts { lines: first_login(state).await? });
    }
    if has_other_stores(state, &stores_of(demo)).await? {
        let mut lines = first_login(state).await?;
        lines.push(NOT_A_DEMO.to_owned());
        return Ok(Accounts { lines });
    }
    let lines = load_demo(state, demo).await?;
    keep(&file, &lines).map_err(Failed::doing("keeping the demo's accounts"))?;
    Ok(Accounts { lines })
}

/// Loads demo data for somebody who asked for it by itself: into an empty database, or one that a server has only given a first
/// login. Lines about who can sign in.
///
/// # Errors
/// When there is data that is not the demo's, the files of a salon cannot be used, or of the database.
pub async fn load_demo_if_empty(state: &AppState, demo: &Demo) -> Result<Vec<String>, Failed> {
    // With logins a load is complete, or it is somebody's own house: then not even the demo's stores may be there.
    let own = if any_login(state).await? { vec![] } else { stores_of(demo) };
    if has_other_stores(state, &own).await? {
        return Err(Failed("the database is not empty: demo data is only for an empty one".to_owned()));
    }
    load_demo(state, demo).await
}

async fn any_login(state: &AppState) -> Result<bool, Failed> {
    db::users::any(&state.pool).await.map_err(Failed::doing("looking for logins"))
}

/// Whether there are stores but those: then this is real data.
async fn has_other_stores(state: &AppState, own: &[StoreId]) -> Result<bool, Failed> {
    let catalogue = state.catalogue().await.map_err(Failed::doing("looking for stores"))?;
    Ok(catalogue.stores.keys().any(|store| !own.contains(store)))
}

/// What a demo makes, and may find again when it was interrupted.
fn stores_of(demo: &Demo) -> Vec<StoreId> {
    match demo {
        Demo::None => vec![],
        Demo::Small => demo::small_stores().to_vec(),
        Demo::Salon(_) => vec![Salon::unnamed().store_id()],
    }
}

/// Loads demo data; lines about who can sign in.
///
/// # Errors
/// When the files of a salon cannot be used, or of the database.
async fn load_demo(state: &AppState, demo: &Demo) -> Result<Vec<String>, Failed> {
    let logins = match demo {
        Demo::None => return Ok(Vec::new()),
        Demo::Small => demo::load_small(state).await.map_err(Failed::doing("loading the demo"))?,
        Demo::Salon(folder) => salon(state, folder.clone()).await?,
    };
    let mut lines = vec!["演示账号 Demo accounts (for trying out only)".to_owned()];
    lines.extend(logins.iter().map(|login| match login.secret.as_str() {
        "" => format!("{}  {}  (验证码见日志 the code appears in the log)", login.who, login.name),
        secret => format!("{}  {}  {secret}", login.who, login.name),
    }));
    Ok(lines)
}

async fn salon(state: &AppState, folder: PathBuf) -> Result<Vec<Login>, Failed> {
    let options = ImportOptions { folder, shift_to_today: true, ..ImportOptions::default() };
    let report = import_salon(state, &options).await.map_err(Failed::doing("importing the salon"))?;
    tracing::info!("{report}");
    // The visits were made elsewhere: nobody is told.
    db::messages::forget_waiting(&state.pool).await.map_err(Failed::doing("importing the salon"))?;
    demo::salon_logins(state).await.map_err(Failed::doing("making the demo's logins"))
}

async fn first_login(state: &AppState) -> Result<Vec<String>, Failed> {
    let grant = Grant { role: Role::Owner, store: None };
    let made = demo::new_login(state, "owner", "owner", grant).await.map_err(Failed::doing("making the first login"))?;
    Ok(vec!["首次登录 First login, at the desk; the password is shown only now:".to_owned(), format!("owner  {}", made.password)])
}

fn keep(file: &Path, lines: &[String]) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(file)?;
    lines.iter().try_for_each(|line| writeln!(file, "{line}"))
}
