//! Stories of the program itself: its first start, its end, its settings, its backups. Without Postgres on the machine they fail with
//! the message that says what to install.

use std::fs::{self, DirBuilder};
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use rustix::process::{Pid, Signal, kill_process};

const PROGRAM: &str = env!("CARGO_BIN_EXE_huiyue");

/// A data directory of its own, which the user Postgres runs as can enter, removed at the end.
struct Data(PathBuf);

impl Data {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("huiyue-program-{}-{name}", std::process::id()));
        DirBuilder::new().mode(0o755).create(&path).expect("a temporary directory");
        Self(path)
    }
}

impl Drop for Data {
    fn drop(&mut self) {
        let _best_effort = fs::remove_dir_all(&self.0);
    }
}

/// The program without the settings of whoever runs the tests.
fn program(data: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    let ours = ["DATABASE_URL", "HUIYUE_LISTEN", "HUIYUE_KEY", "HUIYUE_PUBLIC_URL", "HUIYUE_SMS_URL", "HUIYUE_DEMO", "HUIYUE_LOG"];
    for name in ours.into_iter().chain(["HUIYUE_ASSETS"]) {
        command.env_remove(name);
    }
    command.env("HUIYUE_DATA", data);
    command
}

fn run(data: &Path, arguments: &[&str]) -> Output {
    program(data).args(arguments).output().expect("the program")
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A running server.
struct Server {
    process: Child,
    out: BufReader<ChildStdout>,
    address: String,
}

impl Server {
    fn start(data: &Path, more: &[&str]) -> Self {
        let mut command = program(data);
        command.args(["serve", "--listen", "127.0.0.1:0"]).args(more);
        Self::of(command)
    }

    fn start_with(data: &Path, environment: &[(&str, &str)]) -> Self {
        let mut command = program(data);
        command.args(["serve", "--listen", "127.0.0.1:0"]).envs(environment.iter().copied());
        Self::of(command)
    }

    fn of(mut command: Command) -> Self {
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().expect("the program");
        let mut out = BufReader::new(process.stdout.take().expect("its output"));
        let mut line = String::new();
        out.read_line(&mut line).expect("a line");
        let address = line.strip_prefix("listening on ").unwrap_or_else(|| panic!("said: {line}")).trim().to_owned();
        Self { process, out, address }
    }

    /// Ends it as an operator would; what else it had said.
    fn stop(mut self) -> String {
        let pid = Pid::from_raw(i32::try_from(self.process.id()).expect("a process number")).expect("a process number");
        kill_process(pid, Signal::TERM).expect("the process is ours");
        assert!(self.process.wait().expect("an end").success());
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).expect("text");
        rest
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ended_already = self.process.kill();
        let _ended_already = self.process.wait();
    }
}

/// Status line and body of a GET, by hand: the server is reached as anybody would reach it.
fn get(address: &str, path: &str) -> String {
    use std::io::Write;
    let host = address.strip_prefix("http://").expect("plain http");
    let mut stream = std::net::TcpStream::connect(host).expect("a connection");
    write!(stream, "GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

#[test]
fn a_wrong_setting_is_explained_and_ends_with_2() {
    let data = Data::new("settings");
    for (name, value, word) in [
        ("HUIYUE_LISTEN", "8080", "127.0.0.1:8080"),
        ("HUIYUE_KEY", "secret", "64 hexadecimal digits"),
        ("DATABASE_URL", "mysql://localhost", "postgres://"),
        ("HUIYUE_PUBLIC_URL", "book.example.com", "https://book.example.com"),
        ("HUIYUE_PUBLIC_URL", "https://example.com/book", "without a path"),
        ("HUIYUE_ASSETS", "/no/such/place", "there is no directory"),
    ] {
        let output = program(&data.0).arg("serve").env(name, value).output().expect("the program");
        assert_eq!(output.status.code(), Some(2), "{name}: {}", said(&output));
        assert!(said(&output).contains(word), "{name}: {}", said(&output));
    }
}

#[test]
fn a_store_in_vancouver_keeps_summer_time_whatever_the_host_knows() {
    let data = Data::new("zones");
    let empty = data.0.join("no-zones");
    fs::create_dir(&empty).expect("a directory");
    let start = Server::start(&data.0, &[]);
    let usual = get(&start.address, "/api/zones/America%2FVancouver");
    start.stop();
    let other = Server::start_with(&data.0, &[("TZDIR", empty.to_str().expect("a path")), ("TZ", "Pacific/Apia")]);
    let without = get(&other.address, "/api/zones/America%2FVancouver");
    let body = |answer: &str| answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).expect("a body");
    assert_eq!(body(&usual), body(&without));
    let zone: shared::zone::Zone = serde_json::from_str(body(&usual).trim()).expect("a zone");
    // 2027-01-15T20:00Z: seven hours behind Greenwich, for good.
    assert_eq!(zone.offset_seconds(shared::time::Timestamp(1_800_043_200_000)), -7 * 3600);
    other.stop();
}

#[test]
fn the_first_start_makes_a_login_and_the_second_keeps_quiet() {
    let data = Data::new("first");
    let server = Server::start(&data.0, &[]);
    assert!(get(&server.address, "/livez").starts_with("HTTP/1.1 200"));
    assert!(get(&server.address, "/readyz").starts_with("HTTP/1.1 200"));
    let page = get(&server.address, "/api/session");
    assert!(page.starts_with("HTTP/1.1 204") && page.contains("content-security-policy"), "{page}");
    let beside = run(&data.0, &["create-user", "mei", "--role", "brand-manager"]);
    assert!(beside.status.success() && said(&beside).contains("mei  "), "{}", said(&beside));
    let again = run(&data.0, &["create-user", "mei", "--role", "auditor"]);
    assert!(again.status.success() && said(&again).contains("stay as they were"), "{}", said(&again));
    let second = run(&data.0, &["serve", "--listen", "127.0.0.1:0"]);
    assert!(said(&second).contains("another huiyue"), "{}", said(&second));
    assert!(server.stop().contains("owner  "));
    assert!(!Server::start(&data.0, &[]).stop().contains("owner"));
}

#[test]
fn a_database_that_does_not_answer_is_told_with_the_reason() {
    let data = Data::new("nobody");
    // Bound and given up again: a port where nobody listens.
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|taken| taken.local_addr()).expect("a port").port();
    let url = format!("postgres://huiyue@127.0.0.1:{port}/huiyue");
    let output = program(&data.0).arg("migrate").env("DATABASE_URL", url).output().expect("the program");
    assert!(!output.status.success());
    assert!(said(&output).contains("cannot be reached") && said(&output).contains("refused"), "{}", said(&output));
}

#[test]
fn another_key_is_noticed_before_anything_is_written_with_it() {
    let data = Data::new("key");
    Server::start(&data.0, &[]).stop();
    let (key, away) = (data.0.join("secret.key"), data.0.join("away"));
    fs::rename(&key, &away).expect("the key is lost");
    let lost = run(&data.0, &["serve", "--listen", "127.0.0.1:0"]);
    assert!(!lost.status.success() && said(&lost).contains("not the key of this database"), "{}", said(&lost));
    assert!(!key.exists(), "no other key takes its place");
    let other = program(&data.0).arg("migrate").env("HUIYUE_KEY", "0f".repeat(32)).output().expect("the program");
    assert!(said(&other).contains("set HUIYUE_KEY"), "{}", said(&other));
    fs::rename(&away, &key).expect("the key is back");
    Server::start(&data.0, &[]).stop();
}

#[test]
fn demo_data_is_never_loaded_over_a_salon() {
    let data = Data::new("own");
    let nowhere = run(&data.0, &["import", "salon", "/no/such/place"]);
    assert!(!nowhere.status.success() && said(&nowhere).contains("future-bookings.csv"), "{}", said(&nowhere));
    assert!(!data.0.join("postgres").exists(), "the files are read first");
    let imported = run(&data.0, &["import", "salon", concat!(env!("CARGO_MANIFEST_DIR"), "/src/import/small")]);
    assert!(imported.status.success(), "{}", said(&imported));
    let server = Server::start(&data.0, &["--demo", "small"]);
    let catalogue = get(&server.address, "/api/catalogue");
    assert!(catalogue.contains("Imported salon") && !catalogue.contains("Jade Lane Hair"));
    let told = server.stop();
    assert!(told.contains("owner  ") && told.contains("not a demo"), "{told}");
    let told = Server::start(&data.0, &["--demo", "small"]).stop();
    assert!(!told.contains("owner  ") && told.contains("ignored"), "{told}");
    let by_itself = run(&data.0, &["demo", "small"]);
    assert!(!by_itself.status.success() && said(&by_itself).contains("not empty"), "{}", said(&by_itself));
}

#[test]
fn an_owner_looks_before_a_salon_comes_in_and_reads_it_in_their_language() {
    let data = Data::new("look");
    let salon = concat!(env!("CARGO_MANIFEST_DIR"), "/src/import/small");
    let speak = |language: &str, arguments: &[&str]| {
        let output = program(&data.0).args(["import", "salon"]).args(arguments).env("LC_ALL", language).output().expect("the program");
        assert!(output.status.success(), "{}", said(&output));
        said(&output)
    };
    let look = speak("en_US.UTF-8", &[salon, "--dry-run"]);
    assert!(look.contains("7 rows = 6 imported") && look.contains("nothing was written"), "{look}");
    assert!(!data.0.join("postgres").exists(), "looking makes no database");
    assert!(speak("en_US.UTF-8", &[salon, "--salon", "West"]).contains("0 known from before"));
    let look = speak("zh_CN.UTF-8", &[salon, "--salon", "West", "--dry-run"]);
    assert!(look.contains("其中新的：0 条命令，0 行销售历史") && look.contains("什么都没有写入"), "{look}");
    assert!(speak("zh_CN.UTF-8", &[salon, "--salon", "West", "--language", "en"]).contains(": 0 new"));
    let unnamed = program(&data.0).args(["import", "salon", salon]).env("LC_ALL", "zh_CN.UTF-8").output().expect("the program");
    assert!(!unnamed.status.success() && said(&unnamed).contains("已导入过“West”"), "{}", said(&unnamed));
}

#[test]
fn a_demo_can_follow_the_first_login_but_not_another_demo() {
    let data = Data::new("later");
    let server = Server::start(&data.0, &[]);
    let loaded = run(&data.0, &["demo", "small"]);
    assert!(loaded.status.success() && said(&loaded).contains("mei  "), "{}", said(&loaded));
    assert!(get(&server.address, "/api/catalogue").contains("Jade Lane Hair"));
    let twice = run(&data.0, &["demo", "small"]);
    assert!(!twice.status.success() && said(&twice).contains("not empty"), "{}", said(&twice));
    server.stop();
}

#[test]
fn a_stopped_server_leaves_no_stream_open() {
    use std::io::Write;
    let data = Data::new("streams");
    let server = Server::start(&data.0, &[]);
    let host = server.address.strip_prefix("http://").expect("plain http").to_owned();
    let mut stream = BufReader::new(std::net::TcpStream::connect(&host).expect("a connection"));
    write!(stream.get_mut(), "GET /api/live?scopes=brand/public HTTP/1.1\r\nhost: {host}\r\n\r\n").expect("a request");
    let mut status = String::new();
    stream.read_line(&mut status).expect("a status");
    assert!(status.starts_with("HTTP/1.1 200"), "{status}");
    server.stop();
    let mut rest = Vec::new();
    assert!(stream.read_to_end(&mut rest).is_ok(), "the stream ends properly");
}

/// Runs a statement in the private Postgres of a running server.
fn execute(data: &Path, statement: &'static str) {
    use sqlx::Connection;
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let url = server::postgres::attach(data).await.expect("its files").expect("it runs");
        let mut connection = sqlx::PgConnection::connect(&url).await.expect("a connection");
        sqlx::query(statement).execute(&mut connection).await.expect("it is accepted");
        connection.close().await.expect("closed");
    });
}

#[test]
fn an_older_backup_replaces_a_newer_database_once_its_server_is_stopped() {
    let data = Data::new("older");
    let file = data.0.join("older.backup");
    let file = file.to_str().expect("a path");
    assert!(run(&data.0, &["demo", "small"]).status.success());
    assert!(run(&data.0, &["backup", file]).status.success());
    let mode = fs::metadata(file).expect("the backup").permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "it is about people");
    let server = Server::start(&data.0, &[]);
    execute(&data.0, "create table of_a_newer_version (id integer)");
    let beside = run(&data.0, &["restore", file, "--force"]);
    assert!(!beside.status.success() && said(&beside).contains("stop the server first"), "{}", said(&beside));
    server.stop();
    let restored = run(&data.0, &["restore", file, "--force"]);
    assert!(restored.status.success(), "{}", said(&restored));
    let server = Server::start(&data.0, &[]);
    assert!(get(&server.address, "/api/catalogue").contains("Jade Lane Hair"));
    // Possible only because it is gone.
    execute(&data.0, "create table of_a_newer_version (id integer)");
    server.stop();
}

#[test]
fn an_operator_asks_whether_everything_holds_together_and_is_told_what_does_not() {
    let data = Data::new("verified");
    let nothing = run(&data.0, &["verify"]);
    assert!(!nothing.status.success() && said(&nothing).contains("no database"), "{}", said(&nothing));
    let made = run(&data.0, &["demo", "small"]);
    assert!(made.status.success(), "{}", said(&made));
    let whole = run(&data.0, &["verify"]);
    assert!(whole.status.success() && said(&whole).contains(" lines for reports"), "{}", said(&whole));
    let server = Server::start(&data.0, &[]);
    execute(&data.0, "delete from visit_lines");
    let broken = run(&data.0, &["verify"]);
    assert!(!broken.status.success() && said(&broken).contains("the lines for reports of visit"), "{}", said(&broken));
    let mended = run(&data.0, &["verify", "--mend"]);
    assert!(mended.status.success(), "{}", said(&mended));
    server.stop();
    assert!(run(&data.0, &["verify"]).status.success(), "without a server too");
}

#[test]
fn a_backup_brings_everything_back_and_never_by_accident() {
    let data = Data::new("backup");
    let file = data.0.join("salon.backup");
    let file = file.to_str().expect("a path");
    let made = run(&data.0, &["demo", "small"]);
    assert!(made.status.success(), "{}", said(&made));
    assert!(!run(&data.0, &["demo", "small"]).status.success(), "only into an empty database");
    let backup = run(&data.0, &["backup", file]);
    assert!(backup.status.success(), "{}", said(&backup));
    let refused = run(&data.0, &["restore", file]);
    assert!(!refused.status.success() && said(&refused).contains("--force"), "{}", said(&refused));
    let other = Data::new("restored");
    fs::copy(data.0.join("secret.key"), other.0.join("secret.key")).expect("the key goes along");
    let restored = run(&other.0, &["restore", file]);
    assert!(restored.status.success(), "{}", said(&restored));
    let server = Server::start(&other.0, &[]);
    assert!(get(&server.address, "/api/catalogue").contains("Jade Lane Hair"));
    server.stop();
    fs::write(file, "not a backup").expect("a file");
    let nonsense = run(&data.0, &["restore", file, "--force"]);
    assert!(!nonsense.status.success(), "{}", said(&nonsense));
    let still_there = Server::start(&data.0, &[]);
    assert!(get(&still_there.address, "/api/catalogue").contains("Jade Lane Hair"));
    still_there.stop();
}

/// Everything in a backup, as text.
fn opened(file: &Path) -> String {
    let found = server::postgres::client_program("pg_restore", 15).expect("pg_restore");
    let output = Command::new(found).args(["--file", "-"]).arg(file).output().expect("the backup as text");
    assert!(output.status.success(), "{}", said(&output));
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn neither_the_database_nor_a_backup_nor_the_log_says_who_the_guests_are() {
    let data = Data::new("personal");
    let made = program(&data.0).args(["--log", "debug", "demo", "small"]).output().expect("the program");
    assert!(made.status.success(), "{}", said(&made));
    let file = data.0.join("day.backup");
    assert!(run(&data.0, &["backup", file.to_str().expect("a path")]).status.success());
    let (backup, log) = (opened(&file), String::from_utf8_lossy(&made.stderr).into_owned());
    assert!(backup.contains("Jade Lane Hair") && backup.contains("squeeze"), "the day is in it");
    let members = ["林小满", "小满", "陈默", "王阿姨"];
    let guests = ["方先生", "张女士", "老周", "许小姐", "何姐", "小雅", "周小姐", "刘小姐", "豆豆", "黄女士", "谢女士", "程程"];
    let numbers = ["13800138000", "13900139000", "13700137000", "138****8000", "138 0013 8000"];
    let words = ["赶飞机", "临时有事", "孩子发烧"];
    for personal in members.into_iter().chain(guests).chain(numbers).chain(words) {
        for (place, text) in [("the backup", &backup), ("the log", &log)] {
            let line = text.lines().find(|line| line.contains(personal));
            assert_eq!(line, None, "{personal} stands in {place}");
        }
    }
}
