//! Settings: from the command line or the environment, each with a documented default. A wrong value is explained in plain words
//! and ends the program with 2 before anything is touched.

pub mod demo;
mod values;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use shared::name::Language;

use crate::config::demo::Demo;
use crate::import::salon::Salon;
use crate::limits::Limits;

use values::{currency, database_url, demo, directory, key, language, listen, log_filter, origin, role, salon, web_address};

/// Huiyue 会约: bookings and members for salons. One server, one database, any number of stores.
#[derive(Debug, Parser)]
#[command(name = "huiyue", version)]
pub struct Arguments {
    /// Settings of every command.
    #[command(flatten)]
    pub settings: Settings,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Settings of every command.
#[derive(Clone, Debug, Args)]
pub struct Settings {
    /// Directory of the private Postgres, the key and other files of this installation.
    #[arg(long, global = true, env = "HUIYUE_DATA", default_value = "./data", value_name = "DIRECTORY")]
    pub data: PathBuf,
    /// An existing Postgres, 15 or newer, `postgres://user@host/database`. Without it a private one runs in the data directory.
    #[arg(long = "database", global = true, env = "DATABASE_URL", hide_env_values = true, value_name = "URL", value_parser = database_url)]
    pub database: Option<String>,
    /// The key that seals phone numbers and notes: 64 hexadecimal digits. Without it the file `secret.key` in the data directory is used,
    /// made on the first start. Keep a copy apart from the database: without the key its personal data cannot be read.
    #[arg(long, global = true, env = "HUIYUE_KEY", hide_env_values = true, value_name = "HEX", value_parser = key)]
    pub key: Option<String>,
    /// What is logged: a level (`info`) or a filter (`info,sqlx=warn`).
    #[arg(long = "log", global = true, env = "HUIYUE_LOG", default_value = "info", value_name = "FILTER", value_parser = log_filter)]
    pub log: String,
    /// How log lines look.
    #[arg(long, global = true, env = "HUIYUE_LOG_FORMAT", default_value = "text", value_name = "FORMAT")]
    pub log_format: LogFormat,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object per line.
    Json,
}

/// Settings that are read where they are used, for the help.
const MORE_SETTINGS: &str = "Also from the environment:
  HUIYUE_PG_BIN  Directory of Postgres's programs, for a private Postgres, `backup` and `restore`. Without it they are looked for in
                 PATH, /usr/lib/postgresql and Homebrew's directories.";

/// What to do.
#[expect(clippy::large_enum_variant, reason = "one exists, once")]
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve both apps and the interface; on the first start creates the database and a first login
    #[command(after_help = MORE_SETTINGS)]
    Serve(Serve),
    /// Bring the database to the newest form
    Migrate,
    /// Bring in the records of another system
    #[command(subcommand)]
    Import(Import),
    /// Load demo data into an empty database: two stores, their staff, and a day of bookings around now
    Demo {
        /// none, small, or salon:DIRECTORY
        #[arg(default_value = "small", value_parser = demo)]
        demo: Demo,
    },
    /// Create a staff login, or give an existing one a new password
    CreateUser(CreateUser),
    /// Write the whole database into one file
    Backup {
        /// The file to write
        file: PathBuf,
    },
    /// Read the whole database from a file written by `backup`
    Restore {
        /// The file to read
        file: PathBuf,
        /// Replace what is in the database
        #[arg(long)]
        force: bool,
    },
    /// See whether everything kept beside records says what follows from them: time held, lines for reports, feeds. Writes nothing
    Verify {
        /// Write the lines for reports anew where they are others
        #[arg(long)]
        mend: bool,
    },
    /// Run only the private Postgres and print its address, until stopped
    PrivatePostgres,
}

/// `huiyue import …`
#[derive(Debug, Subcommand)]
pub enum Import {
    /// A salon's six CSV files
    Salon(ImportSalon),
}

/// `huiyue import salon`
#[derive(Clone, Debug, Args)]
pub struct ImportSalon {
    /// The directory with the six files
    pub directory: PathBuf,
    /// The salon's name: it gets a store of its own, and every later import of it gives the same name. Without it the files are those of
    /// the one salon that has no name
    #[arg(long, value_name = "NAME", value_parser = salon)]
    pub salon: Option<Salon>,
    /// Where the salon's clocks stand, as `Asia/Shanghai`: the files do not say it. Asked at its first import; without it America/Vancouver
    #[arg(long, value_name = "ZONE")]
    pub zone: Option<String>,
    /// What its prices are in, as `CNY`. Asked at its first import; without it CAD
    #[arg(long, value_name = "CODE", value_parser = currency)]
    pub currency: Option<shared::money::Currency>,
    /// First day that is not history, in the files' own calendar; without it, the day after the last receipt
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub today: Option<String>,
    /// Move all days by whole weeks, so that the data's today falls into this week
    #[arg(long)]
    pub shift_to_today: bool,
    /// Take over what rows that were imported before say otherwise now; without it that is only listed. What somebody has changed here
    /// since stays
    #[arg(long)]
    pub apply_changes: bool,
    /// Read, compare and report, write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Language of the report, zh or en; without it, that of the terminal (LC_ALL, LC_MESSAGES, LANG)
    #[arg(long, value_name = "LANGUAGE", value_parser = language)]
    pub language: Option<Language>,
}

/// `huiyue create-user`
#[derive(Clone, Debug, Args)]
pub struct CreateUser {
    /// Name to sign in with
    pub name: String,
    /// member of staff: technician, receptionist, store-manager, region-manager, brand-manager, owner or auditor
    #[arg(long, default_value = "owner", value_parser = role)]
    pub role: shared::role::Role,
    /// The store the role is for; without it, every store
    #[arg(long)]
    pub store: Option<shared::id::StoreId>,
    /// Name to greet them by
    #[arg(long)]
    pub display_name: Option<String>,
}

/// `huiyue serve`
#[derive(Clone, Debug, Args)]
pub struct Serve {
    /// Where to listen; port 0 takes a free one, which is printed.
    #[arg(long, env = "HUIYUE_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDRESS", value_parser = listen)]
    pub listen: SocketAddr,
    /// The address people use, `https://book.example.com`. Makes cookies secure when it is https; printed as a QR code at start.
    #[arg(long, env = "HUIYUE_PUBLIC_URL", value_name = "URL", value_parser = origin)]
    pub public_url: Option<String>,
    /// Serve the apps from this directory instead of the ones built in.
    #[arg(long, env = "HUIYUE_ASSETS", value_name = "DIRECTORY", value_parser = directory)]
    pub assets: Option<PathBuf>,
    /// Demo data for an empty database: none, small, or salon:DIRECTORY.
    #[arg(long, env = "HUIYUE_DEMO", default_value = "none", value_parser = demo)]
    pub demo: Demo,
    /// Serve https with a certificate of a local authority of our own, kept in the data directory.
    #[arg(long, env = "HUIYUE_TLS_SELF_SIGNED")]
    pub tls_self_signed: bool,
    /// Gateway for messages: each is posted there as JSON with an Idempotency-Key. Without it they are only logged.
    #[arg(long, env = "HUIYUE_SMS_URL", value_name = "URL", value_parser = web_address)]
    pub sms_url: Option<String>,
    /// Sent to the gateway as `Authorization: Bearer …`.
    #[arg(long, env = "HUIYUE_SMS_TOKEN", hide_env_values = true, value_name = "TOKEN")]
    pub sms_token: Option<String>,
    /// Believe `X-Forwarded-For` about a caller's address: only behind a proxy that sets it.
    #[arg(long, env = "HUIYUE_BEHIND_PROXY")]
    pub behind_proxy: bool,
    /// Most connections to the database.
    #[arg(long, env = "HUIYUE_DATABASE_CONNECTIONS", default_value_t = 16, value_parser = clap::value_parser!(u32).range(2..=500))]
    pub database_connections: u32,
    /// Where counters are served as `/metrics` in Prometheus's text format; not served without it. Keep it private.
    #[arg(long, env = "HUIYUE_METRICS_LISTEN", value_name = "ADDRESS", value_parser = listen)]
    pub metrics_listen: Option<SocketAddr>,
    /// What one person, address or session may ask for.
    #[command(flatten)]
    pub limits: Limits,
}

impl Settings {
    /// The database given, if one was; an empty setting counts as none.
    #[must_use]
    pub fn database(&self) -> Option<&str> {
        self.database.as_deref().filter(|url| !url.is_empty())
    }

    /// The key, if one was given.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        self.key.as_deref().filter(|key| !key.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        use clap::CommandFactory;
        Arguments::command().debug_assert();
    }

    #[test]
    fn the_help_of_serve_names_every_setting() {
        use clap::CommandFactory;
        let mut all = Arguments::command();
        // Settings of every command reach the others when the whole is built.
        all.build();
        let help = all.find_subcommand_mut("serve").expect("it is there").render_long_help().to_string();
        for name in ["HUIYUE_DATA", "DATABASE_URL", "HUIYUE_KEY", "HUIYUE_LISTEN", "HUIYUE_ASSETS", "HUIYUE_PG_BIN", "HUIYUE_BEHIND_PROXY"]
        {
            assert!(help.contains(name), "{name}");
        }
        assert!(Limits::settings().iter().all(|name| help.contains(name)), "every limit is a setting");
    }

    #[test]
    fn without_settings_every_limit_has_its_default() {
        let Command::Serve(serve) = Arguments::parse_from(["huiyue", "serve"]).command else { panic!("it is serve") };
        assert_eq!(serve.limits, Limits::default());
        let Command::Serve(strict) = Arguments::parse_from(["huiyue", "serve", "--connections-per-address", "3"]).command else {
            panic!("it is serve")
        };
        assert_eq!(strict.limits, Limits { connections_per_address: 3, ..Limits::default() });
    }
}
