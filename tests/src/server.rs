//! The real server as a process of its own, with its private Postgres, that can be stopped, killed and started again.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result, bail};
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::Notify;

/// A running server.
pub struct Server {
    child: Child,
    /// Where it listens; the same after a restart.
    pub address: SocketAddr,
    data: PathBuf,
    assets: PathBuf,
    log: Log,
}

/// What it has printed.
#[derive(Clone, Default)]
struct Log {
    lines: Arc<Mutex<Vec<String>>>,
    grew: Arc<Notify>,
}

impl Log {
    fn follow(&self, stream: impl AsyncRead + Unpin + Send + 'static) {
        let log = self.clone();
        tokio::spawn(async move {
            let mut lines = BufReader::new(stream).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                if line.contains(" ERROR ") {
                    // Shown only beside a story that failed.
                    println!("the server: {line}");
                }
                log.lines.lock().expect("no holder panics").push(line);
                log.grew.notify_waiters();
            }
        });
    }

    /// Waits for the newest line in which `find` finds something.
    async fn wait_for<T>(&self, find: impl Fn(&str) -> Option<T>) -> Option<T> {
        let search = async {
            loop {
                let grew = self.grew.notified();
                let found = self.lines.lock().expect("no holder panics").iter().rev().find_map(|line| find(line));
                if let Some(found) = found {
                    return found;
                }
                grew.await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(60), search).await.ok()
    }

    fn all(&self) -> String {
        self.lines.lock().expect("no holder panics").join("\n")
    }
}

/// The path in an environment variable, or a default next to this crate.
pub fn place(variable: &str, default: &str) -> PathBuf {
    std::env::var_os(variable).map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join(default), PathBuf::from)
}

/// Where the built apps are.
#[must_use]
pub fn built_apps() -> PathBuf {
    place("HUIYUE_ASSETS", "../dist")
}

fn fresh_directory() -> PathBuf {
    std::env::temp_dir().join(format!("huiyue-story-{}", uuid::Uuid::new_v4().simple()))
}

impl Server {
    /// Starts a server with an empty database and waits until it listens.
    ///
    /// # Errors
    /// When it does not start; with what it printed.
    pub async fn start() -> Result<Self> {
        Self::start_with(built_apps()).await
    }

    /// The same with the apps of a directory of one's own.
    ///
    /// # Errors
    /// When it does not start; with what it printed.
    pub async fn start_with(assets: PathBuf) -> Result<Self> {
        Self::launch(fresh_directory(), assets, "127.0.0.1:0".parse()?, None, "none").await
    }

    /// Starts a server with the small demo: two stores and a full day.
    ///
    /// # Errors
    /// When it does not start; with what it printed.
    pub async fn start_demo() -> Result<Self> {
        Self::launch(fresh_directory(), built_apps(), "127.0.0.1:0".parse()?, None, "small").await
    }

    /// Starts a server on an existing, empty database.
    ///
    /// # Errors
    /// When it does not start; with what it printed.
    pub async fn start_on(database: &str) -> Result<Self> {
        Self::launch(fresh_directory(), built_apps(), "127.0.0.1:0".parse()?, Some(database), "none").await
    }

    /// Starts another server on the database that this one works on, with the same key.
    ///
    /// # Errors
    /// When it does not start; with what it printed.
    pub async fn another_on(&self, database: &str) -> Result<Self> {
        Self::launch(self.data.clone(), built_apps(), "127.0.0.1:0".parse()?, Some(database), "none").await
    }

    async fn launch(data: PathBuf, assets: PathBuf, listen: SocketAddr, database: Option<&str>, demo: &str) -> Result<Self> {
        let mut command = Command::new(place("HUIYUE_BIN", "../target/debug/huiyue"));
        match database {
            Some(url) => command.env("DATABASE_URL", url),
            None => command.env_remove("DATABASE_URL"),
        };
        let mut child = command
            .args(["serve", "--demo", demo, "--listen", &listen.to_string(), "--data"])
            .arg(&data)
            .arg("--assets")
            .arg(&assets)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .context("starting the server")?;
        let log = Log::default();
        log.follow(child.stdout.take().context("its output")?);
        log.follow(child.stderr.take().context("its errors")?);
        let listening = |line: &str| line.split_once("listening on http://").and_then(|(_, rest)| rest.trim().parse().ok());
        let Some(address) = log.wait_for(listening).await else { bail!("the server did not start:\n{}", log.all()) };
        Ok(Server { child, address, data, assets, log })
    }

    /// The word after `label` in what it printed, as in `owner password: …`.
    ///
    /// # Errors
    /// When it never printed that.
    pub async fn printed(&self, label: &str) -> Result<String> {
        self.says(label, |line| line.split_once(label).and_then(|(_, rest)| rest.split_whitespace().next().map(str::to_owned))).await
    }

    /// Waits for a line in which `find` finds something; `what` is for the message when it never comes.
    ///
    /// # Errors
    /// When it never printed that.
    pub async fn says<T>(&self, what: &str, find: impl Fn(&str) -> Option<T>) -> Result<T> {
        self.log.wait_for(find).await.with_context(|| format!("no {what:?} in:\n{}", self.log.all()))
    }

    /// Its process.
    #[must_use]
    pub fn pid(&self) -> Option<u32> {
        self.child.id()
    }

    /// Everything it has printed.
    #[must_use]
    pub fn output(&self) -> String {
        self.log.all()
    }

    /// Stops it as an operator would, and waits for the end.
    ///
    /// # Errors
    /// When it cannot be signalled.
    pub async fn stop(&mut self) -> Result<()> {
        if let Some(pid) = self.child.id() {
            Command::new("kill").args(["-TERM", &pid.to_string()]).status().await?;
            self.child.wait().await?;
        }
        Ok(())
    }

    /// Ends it without a word: SIGKILL.
    ///
    /// # Errors
    /// When it cannot be waited for.
    pub async fn kill(&mut self) -> Result<()> {
        self.child.kill().await?;
        Ok(())
    }

    /// Ends its Postgres without a word; the server brings it back by itself.
    ///
    /// # Errors
    /// When its process is not known.
    pub async fn kill_postgres(&self) -> Result<()> {
        let file = tokio::fs::read_to_string(self.data.join("postgres/cluster/postmaster.pid")).await?;
        let pid = file.lines().next().context("the postmaster's pid")?;
        Command::new("kill").args(["-KILL", pid]).status().await?;
        Ok(())
    }

    /// The address of its private database, for looking at it without the server.
    ///
    /// # Errors
    /// When its Postgres does not run.
    pub async fn database(&self) -> Result<String> {
        let file = tokio::fs::read_to_string(self.data.join("postgres/cluster/postmaster.pid")).await?;
        let sockets = file.lines().nth(4).context("the directory of the socket")?;
        Ok(format!("postgres://huiyue@localhost/huiyue?host={sockets}"))
    }

    /// What its Postgres has complained about, since the first start.
    ///
    /// # Errors
    /// When there is no such file.
    pub async fn complaints_of_postgres(&self) -> Result<String> {
        Ok(String::from_utf8_lossy(&tokio::fs::read(self.data.join("postgres/log")).await?).into_owned())
    }

    /// Runs another command of the program on its data, as an operator would: `backup`, `restore`.
    ///
    /// # Errors
    /// When it fails; with what it printed.
    pub async fn command(&self, arguments: &[&str]) -> Result<()> {
        let mut command = Command::new(place("HUIYUE_BIN", "../target/debug/huiyue"));
        command.env_remove("DATABASE_URL").args(arguments).arg("--data").arg(&self.data);
        let output = command.stdin(Stdio::null()).output().await?;
        anyhow::ensure!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        Ok(())
    }

    /// Starts it again with the same data on the same port.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start_again(&mut self) -> Result<()> {
        let again = Self::launch(self.data.clone(), self.assets.clone(), self.address, None, "none").await?;
        *self = again;
        Ok(())
    }

    /// Ends it and removes what it stored.
    ///
    /// # Errors
    /// When it cannot be signalled.
    pub async fn finish(mut self) -> Result<()> {
        self.stop().await?;
        // The directory is a temporary one; what cannot be removed now does no harm.
        drop(tokio::fs::remove_dir_all(&self.data).await);
        Ok(())
    }
}
