//! Stories of the private database: it comes up, comes back, is shared, and leaves nothing behind.
//! Without Postgres on the machine they fail with the message that says what to install.

use std::fs::{self, DirBuilder};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use server::postgres::{PostgresError, PrivatePostgres, attach, attach_or_start};
use sqlx::{Connection, PgConnection};

/// A data directory of its own, which the user Postgres runs as can enter, removed at the end.
struct Data(PathBuf);

impl Data {
    fn new(name: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("huiyue-{}-{number}-{name}", std::process::id()));
        DirBuilder::new().mode(0o755).create(&path).expect("a temporary directory");
        Self(path)
    }
}

impl Drop for Data {
    fn drop(&mut self) {
        let _best_effort = fs::remove_dir_all(&self.0);
    }
}

async fn started(data: &Path) -> PrivatePostgres {
    PrivatePostgres::start(data).await.expect("a private Postgres")
}

async fn answer(url: &str, query: &'static str) -> String {
    let mut connection = PgConnection::connect(url).await.expect("a connection");
    sqlx::query_scalar(query).fetch_one(&mut connection).await.expect("an answer")
}

async fn until(what: &str, condition: impl AsyncFn() -> bool) {
    let waiting = async {
        while !condition().await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(60), waiting).await.is_ok(), "never happened: {what}");
}

fn send(pid: u32, signal: Signal) {
    let pid = Pid::from_raw(i32::try_from(pid).expect("a process number")).expect("a process number");
    kill_process(pid, signal).expect("the process is ours to signal");
}

/// Whether a process runs; one that has ended but was not yet waited for counts as gone.
fn is_running(pid: u32) -> bool {
    !fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default().is_empty()
}

#[tokio::test]
async fn a_new_shop_gets_a_database_that_keeps_what_it_answered() {
    let data = Data::new("new");
    let postgres = started(&data.0).await;
    let url = postgres.url();
    assert_eq!(answer(&url, "show server_encoding").await, "UTF8");
    assert_eq!(answer(&url, "show fsync").await, "on");
    assert_eq!(answer(&url, "show synchronous_commit").await, "on");
    assert_eq!(answer(&url, "show listen_addresses").await, "");
    assert_eq!(answer(&url, "select current_user || '@' || current_database()").await, "huiyue@huiyue");
    let mut connection = PgConnection::connect(&url).await.expect("a connection");
    sqlx::raw_sql("create extension btree_gist").execute(&mut connection).await.expect("the extension");
    postgres.stop().await;
}

#[tokio::test]
async fn a_second_start_finds_what_the_first_one_kept() {
    let data = Data::new("again");
    let postgres = started(&data.0).await;
    let mut connection = PgConnection::connect(&postgres.url()).await.expect("a connection");
    let keep = "create table note (text text); insert into note values ('剪发')";
    sqlx::raw_sql(keep).execute(&mut connection).await.expect("a table");
    let pid = postgres.pid().expect("a running Postgres");
    postgres.stop().await;
    assert!(!is_running(pid), "stopping leaves no process");

    let postgres = started(&data.0).await;
    assert_eq!(answer(&postgres.url(), "select text from note").await, "剪发");
    postgres.stop().await;
}

#[tokio::test]
async fn a_killed_postgres_comes_back_and_has_everything_it_answered() {
    let data = Data::new("killed");
    let postgres = started(&data.0).await;
    let url = postgres.url();
    let mut connection = PgConnection::connect(&url).await.expect("a connection");
    sqlx::raw_sql("create table counted (n int)").execute(&mut connection).await.expect("a table");
    for round in 1..=3 {
        let mut connection = PgConnection::connect(&url).await.expect("a connection");
        sqlx::raw_sql("insert into counted values (1)").execute(&mut connection).await.expect("a row");
        let pid = postgres.pid().expect("a running Postgres");
        send(pid, Signal::KILL);
        until("another Postgres is ready", async || postgres.is_ready() && postgres.pid().is_some_and(|now| now != pid)).await;
        assert_eq!(answer(&url, "select count(*)::text from counted").await, round.to_string());
    }
    postgres.stop().await;
}

#[tokio::test]
async fn a_subcommand_attaches_to_the_database_of_a_running_server() {
    let data = Data::new("attach");
    assert_eq!(attach(&data.0).await.expect("nobody is no fault"), None);
    let postgres = started(&data.0).await;
    assert_eq!(attach(&data.0).await.expect("somebody runs"), Some(postgres.url()));
    let (url, own) = attach_or_start(&data.0).await.expect("the same");
    assert_eq!((url.as_str(), own.is_none()), (postgres.url().as_str(), true));
    assert_eq!(answer(&url, "select 'shared'").await, "shared");
    postgres.stop().await;
    assert_eq!(attach(&data.0).await.expect("gone is no fault"), None);
}

#[tokio::test]
async fn a_second_server_is_refused_the_same_data_directory() {
    let data = Data::new("two");
    let postgres = started(&data.0).await;
    let second = PrivatePostgres::start(&data.0).await;
    assert!(matches!(second, Err(PostgresError::InUse { .. })), "{second:?}");
    postgres.stop().await;
}

#[tokio::test]
async fn a_process_number_given_to_somebody_else_does_not_block_the_start() {
    let data = Data::new("stale");
    started(&data.0).await.stop().await;
    // What a SIGKILL of everything leaves, with our own living process in the place of the postmaster.
    let file = data.0.join("postgres/cluster/postmaster.pid");
    fs::write(&file, format!("{}\n/elsewhere\n1700000000\n5432\n/elsewhere\n\n\nready\n", std::process::id())).expect("a stale file");
    assert_eq!(attach(&data.0).await.expect("stale is no fault"), None);
    let postgres = started(&data.0).await;
    assert_eq!(answer(&postgres.url(), "select 'here'").await, "here");
    postgres.stop().await;
}

#[tokio::test]
async fn a_start_that_was_cut_short_is_begun_anew() {
    let data = Data::new("half");
    fs::create_dir_all(data.0.join("postgres/cluster.new/base")).expect("a half-made cluster");
    let postgres = started(&data.0).await;
    assert_eq!(answer(&postgres.url(), "select 'whole'").await, "whole");
    postgres.stop().await;
}

#[tokio::test]
async fn a_very_long_path_still_gets_a_socket() {
    let data = Data::new("long");
    let long = data.0.join("店".repeat(30)).join("data");
    let postgres = started(&long).await;
    assert_eq!(answer(&postgres.url(), "select 'short'").await, "short");
    assert_eq!(attach(&long).await.expect("it runs"), Some(postgres.url()));
    postgres.stop().await;
}

#[tokio::test]
async fn a_killed_server_leaves_no_postgres_and_the_next_one_has_the_data() {
    let data = Data::new("orphan");
    let mut server = Command::new(env!("CARGO_BIN_EXE_huiyue"))
        .args(["private-postgres", "--data"])
        .arg(&data.0)
        .env_remove("DATABASE_URL")
        .stdout(Stdio::null())
        .spawn()
        .expect("another process");
    until("its Postgres is ready", async || attach(&data.0).await.is_ok_and(|url| url.is_some())).await;
    let file = fs::read_to_string(data.0.join("postgres/cluster/postmaster.pid")).expect("a process number");
    let pid = file.lines().next().expect("a line").parse().expect("a number");
    server.kill().expect("SIGKILL");
    server.wait().expect("its end");
    until("its Postgres is gone", async || !is_running(pid)).await;
    let postgres = started(&data.0).await;
    assert_eq!(answer(&postgres.url(), "select 'taken over'").await, "taken over");
    postgres.stop().await;
}

#[tokio::test]
async fn a_root_only_directory_gets_a_link_to_a_place_postgres_can_enter() {
    if !rustix::process::geteuid().is_root() {
        return; // An ordinary user's Postgres runs as that user and enters whatever the user may.
    }
    let data = Data::new("closed");
    fs::set_permissions(&data.0, fs::Permissions::from_mode(0o700)).expect("a closed directory");
    let postgres = started(&data.0).await;
    let place = fs::read_link(data.0.join("postgres")).expect("a link");
    assert_eq!(attach(&data.0).await.expect("it runs"), Some(postgres.url()));
    postgres.stop().await;
    fs::remove_dir_all(place).expect("the files are there");
}
