//! The real program over the database of a story, and requests to it byte by byte.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use rustix::process::{Pid, Signal, kill_process};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::world::{Person, World, own_place};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// The program, serving.
pub struct Served {
    process: Child,
    pub address: SocketAddr,
    log: PathBuf,
    /// Kept open: it goes on printing.
    _out: BufReader<ChildStdout>,
}

impl Served {
    /// Starts it with settings beside the usual ones.
    pub fn start(world: &World, settings: &[&str]) -> Served {
        let data = own_place(&format!("served-{}", NEXT.fetch_add(1, Ordering::Relaxed)));
        let log = data.join("log");
        let mut process = Command::new(env!("CARGO_BIN_EXE_huiyue"))
            .args(["serve", "--listen", "127.0.0.1:0", "--database", &world.url, "--data"])
            .arg(&data)
            .args(settings)
            .env("HUIYUE_KEY", "07".repeat(32))
            .env_remove("HUIYUE_LOG")
            .stdout(Stdio::piped())
            .stderr(File::create(&log).expect("a log"))
            .spawn()
            .expect("the program");
        let mut line = String::new();
        let mut out = BufReader::new(process.stdout.take().expect("its output"));
        out.read_line(&mut line).expect("a line");
        let address = line.trim().strip_prefix("listening on http://").and_then(|address| address.parse().ok());
        let address = address.unwrap_or_else(|| panic!("said: {line}{}", std::fs::read_to_string(&log).unwrap_or_default()));
        Served { process, address, log, _out: out }
    }

    /// A new connection.
    pub async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("a connection")
    }

    /// One request on a connection of its own: status and body.
    pub async fn ask(&self, request: &[u8]) -> (u16, Vec<u8>) {
        let mut stream = self.connect().await;
        stream.write_all(request).await.expect("it listens");
        let mut answer = Vec::new();
        // Who is turned away may be cut off.
        let _ended = stream.read_to_end(&mut answer).await;
        let head = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").map_or(answer.len(), |at| at + 4);
        let body = answer.split_off(head);
        let status = String::from_utf8_lossy(&answer).split(' ').nth(1).and_then(|status| status.parse().ok());
        (status.unwrap_or(0), body)
    }

    /// Lines of the log that tell of a fault.
    pub fn faults(&self) -> Vec<String> {
        let log = std::fs::read_to_string(&self.log).expect("a log");
        log.lines().filter(|line| line.contains(" ERROR ") || line.contains("panicked")).map(str::to_owned).collect()
    }

    /// The soft and hard limits of open files.
    pub fn open_files(&self) -> (String, String) {
        let limits = std::fs::read_to_string(format!("/proc/{}/limits", self.process.id())).expect("limits");
        let line = limits.lines().find_map(|line| line.strip_prefix("Max open files")).expect("open files");
        let mut words = line.split_whitespace().map(str::to_owned);
        (words.next().expect("soft"), words.next().expect("hard"))
    }

    /// Ends it as an operator would; whether it ended in order.
    pub fn stop(self) -> bool {
        self.ask_to_stop();
        self.has_ended_in_order()
    }

    /// What an operator does to end it.
    pub fn ask_to_stop(&self) {
        let pid = Pid::from_raw(i32::try_from(self.process.id()).expect("a process number")).expect("a process number");
        kill_process(pid, Signal::TERM).expect("the process is ours");
    }

    /// Waits for its end.
    pub fn has_ended_in_order(mut self) -> bool {
        self.process.wait().expect("an end").success()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ended_already = self.process.kill();
        let _ended_already = self.process.wait();
    }
}

/// The bytes of a request after which the connection ends.
pub fn request(method: &str, path: &str, person: Option<&Person>, body: &[u8]) -> Vec<u8> {
    let who = person.map_or(String::new(), |person| format!("x-huiyue-app: {}\r\ncookie: {}\r\n", person.app(), person.cookie()));
    let kind = if body.first() == Some(&b'{') { "application/json" } else { "application/octet-stream" };
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: huiyue\r\nconnection: close\r\n{who}content-type: {kind}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}
