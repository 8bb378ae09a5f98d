//! The program `huiyue`.

use std::process::ExitCode;

use clap::Parser;
use server::config::{Arguments, Command, CreateUser, Import, ImportSalon, LogFormat, Settings};
use server::database::{self, Database};
use server::failed::Failed;
use server::import::run::{ImportOptions, carry_out, preview, read_files};
use server::import::words::{Words, language_of_terminal};
use server::import::{ImportError, Understanding};
use server::serve::{load_demo_if_empty, serve};
use server::state::AppState;
use server::{backup, demo, postgres, verify};
use shared::name::Language;
use shared::role::Grant;

/// Connections of a command that runs beside the server.
const FEW_CONNECTIONS: u32 = 4;

/// So many differences are listed.
const MOST_DIFFERENCES: usize = 100;

#[tokio::main]
async fn main() -> ExitCode {
    // A wrong setting is explained and ends the program with 2 here.
    let arguments = Arguments::parse();
    start_log(&arguments.settings);
    match run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failed(why)) => {
            eprintln!("huiyue: {why}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Failed> {
    let settings = &arguments.settings;
    match arguments.command {
        Command::Serve(options) => serve(settings, &options).await,
        Command::Migrate => {
            with_state(settings, async |_| {
                println!("the database has the newest form");
                Ok(())
            })
            .await
        }
        Command::Import(Import::Salon(options)) => import(settings, options).await,
        Command::Demo { demo } => {
            with_state(settings, async |state| {
                load_demo_if_empty(state, &demo).await?.iter().for_each(|line| println!("{line}"));
                Ok(())
            })
            .await
        }
        Command::CreateUser(options) => with_state(settings, async |state| create_user(state, &options).await).await,
        Command::Backup { file } => {
            with_database(settings, async |url| {
                let bytes = backup::backup(url, &file).await?;
                println!("{} bytes in {}", bytes, file.display());
                println!("keep a copy of the key apart: it is not in the file, and without it personal data cannot be read");
                Ok(())
            })
            .await
        }
        Command::Restore { file, force } => {
            with_database(settings, async |url| {
                backup::restore(url, &file, &settings.data, force).await?;
                println!("restored from {}", file.display());
                Ok(())
            })
            .await
        }
        Command::Verify { mend } => verify_existing(settings, mend).await,
        Command::PrivatePostgres => private_postgres(settings).await,
    }
}

async fn with_database(settings: &Settings, work: impl AsyncFnOnce(&str) -> Result<(), Failed>) -> Result<(), Failed> {
    let database = Database::beside(settings).await?;
    let outcome = work(database.url()).await;
    database.stop().await;
    outcome
}

async fn with_state(settings: &Settings, work: impl AsyncFnOnce(&AppState) -> Result<(), Failed>) -> Result<(), Failed> {
    with_database(settings, async |url| {
        let state = database::prepare(settings, url, FEW_CONNECTIONS).await?;
        let outcome = work(&state).await;
        state.pool.close().await;
        outcome
    })
    .await
}

async fn import(settings: &Settings, options: ImportSalon) -> Result<(), Failed> {
    let language = options.language.unwrap_or_else(|| language_of_terminal(|name| std::env::var(name).ok()));
    let failed = |error: ImportError| {
        let doing = Words("导入沙龙", "importing the salon").get(language);
        Failed(format!("{doing}: {}", error.in_language(language)))
    };
    let today = options.today.map(|today| today.parse()).transpose().map_err(Failed::doing("--today"))?;
    let import = ImportOptions {
        folder: options.directory,
        salon: options.salon,
        zone: options.zone,
        currency: options.currency,
        today,
        shift_to_today: options.shift_to_today,
        apply_changes: options.apply_changes,
    };
    // The files are read before any database is started or made: a wrong directory leaves nothing behind.
    let files = read_files(&import).map_err(failed)?;
    if options.dry_run {
        return dry_run(settings, files, &import, language, failed).await;
    }
    with_state(settings, async |state| {
        print!("{}", carry_out(state, files, &import).await.map_err(failed)?.in_language(language));
        Ok(())
    })
    .await
}

async fn dry_run(
    settings: &Settings,
    files: Understanding,
    import: &ImportOptions,
    language: Language,
    failed: impl Fn(ImportError) -> Failed,
) -> Result<(), Failed> {
    let now = server::clock::Clock::system().now();
    let (report, compared) = match Database::existing(settings).await? {
        None => (preview(None, files, import, now).await, true),
        Some(database) => {
            let outcome = match database::look(settings, database.url(), FEW_CONNECTIONS).await {
                Ok(state) => Ok((preview(state.as_ref(), files, import, now).await, state.is_some())),
                Err(failed) => Err(failed),
            };
            database.stop().await;
            outcome?
        }
    };
    print!("{}", report.map_err(failed)?.in_language(language));
    if !compared {
        let told = Words(
            "数据库不是本版本的格式，未作比较；请先运行 huiyue migrate",
            "the database has another form than this version's, so nothing was compared; run huiyue migrate first",
        );
        println!("{}", told.get(language));
    }
    println!("{}", Words("什么都没有写入", "nothing was written").get(language));
    Ok(())
}

async fn create_user(state: &AppState, options: &CreateUser) -> Result<(), Failed> {
    let name = options.name.trim();
    if name.is_empty() || name.chars().count() > 80 {
        return Err(Failed("a name has 1 to 80 characters".to_owned()));
    }
    let is_there = async || server::db::users::named(&state.pool, name).await.map(|user| user.is_some());
    if !shared::login::is_login_name(name) && !is_there().await.map_err(Failed::doing("looking for the login"))? {
        return Err(Failed("a name has letters a to z, digits, . - _ @ + or Chinese characters".to_owned()));
    }
    if let Some(store) = options.store
        && !state.catalogue().await.map_err(Failed::doing("reading the stores"))?.stores.contains_key(&store)
    {
        return Err(Failed(format!("there is no store {store}")));
    }
    let grant = Grant { role: options.role, store: options.store };
    let display_name = options.display_name.as_deref().unwrap_or(name);
    let made = demo::new_login(state, name, display_name, grant).await.map_err(Failed::doing("creating the login"))?;
    println!("{name}  {}", made.password);
    if made.existed {
        println!("this login was there already: it is open with a new password; its role, store and display name stay as they were");
    }
    Ok(())
}

/// Nothing is brought to a newer form by looking.
async fn verify_existing(settings: &Settings, mend: bool) -> Result<(), Failed> {
    let Some(database) = Database::existing(settings).await? else { return Err(Failed("there is no database here".to_owned())) };
    let outcome = match database::look(settings, database.url(), FEW_CONNECTIONS).await {
        Ok(Some(state)) => verify(&state, mend).await,
        Ok(None) => Err(Failed("the database has another form than this version's; run huiyue migrate first".to_owned())),
        Err(failed) => Err(failed),
    };
    database.stop().await;
    outcome
}

async fn verify(state: &AppState, mend: bool) -> Result<(), Failed> {
    let look = async || verify::verify(state).await.map_err(Failed::doing("looking at the database"));
    let mut report = look().await?;
    if mend {
        verify::mend(state, &report).await.map_err(Failed::doing("writing the lines for reports"))?;
        report = look().await?;
    }
    println!("{} visits, {} lines for reports, {} times held", report.visits, report.lines, report.times);
    match report.differences.len() {
        0 => Ok(()),
        many => {
            report.differences.iter().take(MOST_DIFFERENCES).for_each(|difference| println!("{difference}"));
            Err(Failed(format!("{many} differences")))
        }
    }
}

async fn private_postgres(settings: &Settings) -> Result<(), Failed> {
    std::fs::create_dir_all(&settings.data).map_err(Failed::doing("making the data directory"))?;
    let postgres = postgres::PrivatePostgres::start(&settings.data).await.map_err(|error| Failed(error.to_string()))?;
    println!("{}", postgres.url());
    let mut stop = server::serve::stop_signal()?;
    let _sender_gone_means_stop = stop.wait_for(|stop| *stop).await;
    postgres.stop().await;
    Ok(())
}

/// The log goes to standard error: standard output is for what was asked for.
fn start_log(settings: &Settings) {
    let filter = tracing_subscriber::EnvFilter::new(&settings.log);
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()));
    match settings.log_format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
}
