//! Messages to people: a worker takes them from the outbox and sends each once in effect.
//!
//! A message is written in the transaction of the change it tells about. A worker claims it for a while, sends it with the row's
//! id as idempotency key, and writes down what became of it. If the worker dies in between, the claim runs out and the message is
//! sent again under the same key, which a gateway takes as the same message. Any number of workers may run.

pub mod gateway;
pub mod sender;
pub mod words;

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::try_join_all;
use shared::name::Name;
use shared::phone::Phone;
use shared::time::{MINUTE, Timestamp};
use tokio::sync::Notify;

use crate::auth::{code, open_phone, token};
use crate::db;
use crate::db::messages::Claimed;
use crate::error::Result;
use crate::state::AppState;

use sender::{NotSent, Outgoing, Sender};
use words::Facts;

/// Messages taken at once.
const BATCH: i64 = 20;
/// Codes sent at the same time.
const CODES_AT_ONCE: i64 = 8;
/// Nobody else takes a claimed message for so long.
const CLAIM_MINUTES: i64 = 5;
/// How often the outbox is looked at without being woken.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Pauses between the attempts; after the last one the message has failed.
const PAUSES_SECONDS: [i64; 6] = [5, 30, 120, 600, 1800, 3600];

/// The worker.
#[derive(Clone)]
pub struct Outbox {
    state: AppState,
    sender: Arc<dyn Sender>,
    link: Option<String>,
}

impl Outbox {
    /// A worker that sends through `sender`; `link` is the address of the members' app, if people can reach it.
    #[must_use]
    pub fn new(state: AppState, sender: Arc<dyn Sender>, link: Option<String>) -> Self {
        Self { state, sender, link }
    }

    /// Sends until the program ends. It may be dropped at any time.
    pub async fn run(self) {
        self.keep_sending(false, Arc::default()).await;
    }

    /// Sends codes until the program ends, whatever else waits; `wake` makes it look at once. Beside [`Outbox::run`].
    pub async fn run_codes(self, wake: Arc<Notify>) {
        self.keep_sending(true, wake).await;
    }

    async fn keep_sending(&self, only_codes: bool, wake: Arc<Notify>) {
        loop {
            let sent = if only_codes { self.send_due_codes().await } else { self.send_due().await };
            match sent {
                Ok(0) => {
                    // Woken or not: it is time to look.
                    let _woken_or_not = tokio::time::timeout(LOOK_EVERY, wake.notified()).await;
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(%error, "the outbox cannot be read for now");
                    tokio::time::sleep(LOOK_EVERY * 3).await;
                }
            }
        }
    }

    /// Sends what is due now; how many messages were looked at.
    ///
    /// # Errors
    /// Of the database. A message that could not be sent is no error.
    pub async fn send_due(&self) -> Result<usize> {
        let now = self.state.clock.now();
        let claimed = db::messages::claim(&self.state.pool, now, now.plus_minutes(CLAIM_MINUTES), BATCH).await?;
        for message in &claimed {
            self.send(message).await?;
        }
        Ok(claimed.len())
    }

    /// Sends the codes that are due now, all at once: nobody waits for a gateway that is slow with somebody else's.
    ///
    /// # Errors
    /// Of the database.
    pub async fn send_due_codes(&self) -> Result<usize> {
        let now = self.state.clock.now();
        let claimed = db::messages::claim_codes(&self.state.pool, now, now.plus_minutes(CLAIM_MINUTES), CODES_AT_ONCE).await?;
        try_join_all(claimed.iter().map(|message| self.send(message))).await?;
        Ok(claimed.len())
    }

    async fn send(&self, message: &Claimed) -> Result<()> {
        let pool = &self.state.pool;
        let outcome = match self.prepare(message).await? {
            Ok(outgoing) => self.sender.send(&outgoing).await,
            Err(why) => Err(NotSent::Refused(why.to_owned())),
        };
        let now = self.state.clock.now();
        match (outcome, next_attempt(message, now)) {
            (Ok(()), _) => db::messages::sent(pool, message.id, now).await?,
            (Err(NotSent::TryAgain(why)), Some(next)) => {
                tracing::info!(id = %message.id, attempts = message.attempts, why, "a message will be sent again");
                db::messages::try_again(pool, message.id, next, &why).await?;
            }
            (Err(NotSent::TryAgain(why) | NotSent::Refused(why)), _) => {
                tracing::warn!(id = %message.id, kind = message.kind, why, "a message could not be sent");
                db::messages::failed(pool, message.id, &why).await?;
            }
        }
        Ok(())
    }

    /// The message with its words and number, or why there is none.
    async fn prepare(&self, message: &Claimed) -> Result<Result<Outgoing, &'static str>> {
        let Some(to) = self.number(message).await? else { return Ok(Err("nobody has a number")) };
        let text = match message.kind.as_str() {
            "code" => self.code(message).map(|code| code_words(message, &code)),
            kind => {
                let facts: Option<Facts> = serde_json::from_value(message.payload.clone()).ok();
                facts.and_then(|facts| words::notice(kind, message.language, &facts, self.link.as_deref()))
            }
        };
        Ok(match text {
            Some(text) => Ok(Outgoing { id: message.id, to, kind: message.kind.clone(), text }),
            None => Err("there are no words for it"),
        })
    }

    async fn number(&self, message: &Claimed) -> Result<Option<Phone>> {
        if let Some(sealed) = &message.phone_sealed {
            return Ok(open_phone(&self.state, message.id, sealed).ok());
        }
        if let Some(account) = message.account
            && let Some((sealed, _)) = db::accounts::contact(&self.state.pool, account).await?
        {
            return Ok(open_phone(&self.state, account.0, &sealed).ok());
        }
        let Some(member) = message.member else { return Ok(None) };
        let mut connection = self.state.pool.acquire().await?;
        let members = db::members::by_ids(&mut connection, &self.state.sealer, &[member.0]).await?;
        Ok(members.into_iter().next().and_then(|member| member.number().phone.clone()))
    }

    fn code(&self, message: &Claimed) -> Option<String> {
        let sealed = token::unhex(message.payload.get("code")?.as_str()?)?;
        String::from_utf8(self.state.sealer.open(message.id, &sealed).ok()?).ok()
    }
}

/// A code for signing in, or one that is said at the desk of a store.
fn code_words(message: &Claimed, code: &str) -> String {
    let store = message.payload.get("store").and_then(|store| serde_json::from_value::<Name>(store.clone()).ok());
    match store {
        Some(store) => words::desk_code(message.language, code, &store),
        None => words::code(message.language, code),
    }
}

/// When to try again; `None` when it is no longer worth it: too many attempts, or a code that nobody could use any more.
fn next_attempt(message: &Claimed, now: Timestamp) -> Option<Timestamp> {
    let done = usize::try_from(message.attempts).unwrap_or(1).saturating_sub(1);
    let next = Timestamp(now.0.saturating_add(PAUSES_SECONDS.get(done)? * 1000));
    let good_until = message.created_at.0.saturating_add(code::GOOD_FOR_MINUTES * MINUTE);
    (message.kind != "code" || next.0 < good_until).then_some(next)
}
