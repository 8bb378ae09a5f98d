//! A browser without a screen: requests, with the cookie that was given.

use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context, Result, ensure};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use shared::command::Command;
use shared::envelope::Envelope;
use shared::id::{CommandId, GrantId, ReplicaId};
use shared::record::{InTable, Record};
use shared::scope::Scope;
use shared::stamp::Stamp;
use shared::sync::{Cursor, Outcome, SyncReply, SyncRequest};
use shared::time::Timestamp;
use uuid::Uuid;

/// A session without a browser: for preparing a story and for looking behind the scenes.
pub struct Client {
    http: reqwest::Client,
    base: String,
    replica: ReplicaId,
    /// Of the last command that was sent from its outbox.
    number: AtomicU64,
}

impl Client {
    /// # Errors
    /// When the client cannot be made.
    pub fn new(server: std::net::SocketAddr) -> Result<Self> {
        with_ciphers();
        let http = reqwest::Client::builder().cookie_store(true).build()?;
        Ok(Client { http, base: format!("http://{server}"), replica: ReplicaId(Uuid::new_v4()), number: AtomicU64::new(0) })
    }

    /// # Errors
    /// When the server refuses.
    pub async fn sign_in(&self, name: &str, password: &str) -> Result<()> {
        self.post("/api/session/staff", &json!({ "name": name, "password": password })).await
    }

    /// # Errors
    /// When the server refuses.
    pub async fn post(&self, path: &str, body: &Value) -> Result<()> {
        let request = self.http.post(format!("{}{path}", self.base)).header("x-huiyue-app", "desk");
        let answer = request.header("content-type", "application/json").body(body.to_string()).send().await?;
        let status = answer.status();
        ensure!(status.is_success(), "{path}: {status} {}", answer.text().await?);
        Ok(())
    }

    /// # Errors
    /// When the server refuses or answers something else.
    pub async fn get_json<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        let text = self.get_text(path).await?;
        serde_json::from_str(&text).with_context(|| format!("{path}: {text}"))
    }

    /// # Errors
    /// When the server refuses.
    pub async fn get_text(&self, path: &str) -> Result<String> {
        let answer = self.http.get(format!("{}{path}", self.base)).header("x-huiyue-app", "desk").send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        ensure!(status.is_success(), "{path}: {status} {text}");
        Ok(text)
    }

    /// Gives a command directly.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn gives(&self, command: &Command) -> Result<Outcome> {
        self.gives_as(CommandId(Uuid::new_v4()), command).await
    }

    /// Gives a command under an id: the same id again is the same command again.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn gives_as(&self, uuid: CommandId, command: &Command) -> Result<Outcome> {
        let stamp = Stamp { at: now()?, counter: 0 };
        let envelope = Envelope::pack(command, 0, uuid, None, stamp, 0);
        let request = self.http.post(format!("{}/api/direct", self.base)).header("x-huiyue-app", "desk");
        let request = request.header("x-huiyue-replica", self.replica.to_string()).header("content-type", "application/octet-stream");
        let answer = request.body(postcard::to_allocvec(&envelope)?).send().await?;
        let (status, bytes) = (answer.status(), answer.bytes().await?);
        ensure!(status.is_success(), "{}: {status} {}", command.name(), String::from_utf8_lossy(&bytes));
        Ok(postcard::from_bytes(&bytes)?)
    }

    /// Sends a command as a device does from its outbox, one at a time.
    ///
    /// # Errors
    /// When the server does not answer it.
    pub async fn sends(&self, command: &Command) -> Result<Outcome> {
        let number = self.number.fetch_add(1, Ordering::Relaxed) + 1;
        let stamp = Stamp { at: now()?, counter: 0 };
        let envelope = Envelope::pack(command, number, CommandId(Uuid::new_v4()), None, stamp, 0);
        let reply = self.exchanges(Vec::new(), vec![envelope]).await?;
        reply.outcomes.into_iter().next().map(|answer| answer.outcome).context("an outcome")
    }

    /// Sends a whole outbox at once; the outcomes in its order.
    ///
    /// # Errors
    /// When the server does not answer it.
    pub async fn sends_all(&self, commands: &[Command]) -> Result<Vec<Outcome>> {
        let stamp = Stamp { at: now()?, counter: 0 };
        let pack = |command| {
            let number = self.number.fetch_add(1, Ordering::Relaxed) + 1;
            Envelope::pack(command, number, CommandId(Uuid::new_v4()), None, stamp, 0)
        };
        let reply = self.exchanges(Vec::new(), commands.iter().map(pack).collect()).await?;
        Ok(reply.outcomes.into_iter().map(|answer| answer.outcome).collect())
    }

    async fn exchanges(&self, cursors: Vec<Cursor>, commands: Vec<Envelope>) -> Result<SyncReply> {
        let request = SyncRequest::new(Some(self.replica), now()?, cursors, commands);
        let sent = self.http.post(format!("{}/api/sync", self.base)).header("x-huiyue-app", "desk");
        let answer = sent.header("content-type", "application/octet-stream").body(postcard::to_allocvec(&request)?).send().await?;
        let (status, bytes) = (answer.status(), answer.bytes().await?);
        ensure!(status.is_success(), "sync: {status} {}", String::from_utf8_lossy(&bytes));
        Ok(postcard::from_bytes(&bytes)?)
    }

    /// Everything of a kind in a scope.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn reads_all<T: InTable>(&self, scope: Scope) -> Result<Vec<T>> {
        Ok(self.reads(scope).await?.iter().filter_map(Record::of::<T>).cloned().collect())
    }

    /// Everything in a scope, as a device that has nothing yet would read it.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn reads(&self, scope: Scope) -> Result<Vec<Record>> {
        let mut cursor = Cursor { scope, grant: GrantId(Uuid::nil()), seq: 0 };
        let mut records = Vec::new();
        loop {
            let reply = self.exchanges(vec![cursor.clone()], Vec::new()).await?;
            let page = reply.pages.into_iter().find(|page| page.scope == scope).context("a page of the scope")?;
            records.extend(page.known());
            cursor = Cursor { scope, grant: page.grant, seq: page.seq };
            if page.complete {
                return Ok(records);
            }
        }
    }
}

/// Nothing is encrypted here, but the server's own way out makes every client of the build ask for ciphers.
pub(crate) fn with_ciphers() {
    let _chosen_before = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
}

pub(crate) fn now() -> Result<Timestamp> {
    Ok(Timestamp(i64::try_from(std::time::UNIX_EPOCH.elapsed()?.as_millis())?))
}
