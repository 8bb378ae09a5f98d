//! Messages to people: a worker takes them from the outbox and sends each once in effect.
//!
//! A message is written in the transaction of the change it tells about. A worker claims it for a while, sends it with the row's
//! id as idempotency key, and writes down what became of it. If the worker dies in between, the claim runs out and the message is
//! sent again under the same key, which a gateway takes as the same message. Any number of workers may run.

pub mod gateway;
pub mod sender;
pub mod words;

use std::sync::Arc;

use futures_util::future::try_join_all;
use shared::name::Name;
use shared::phone::Phone;
use shared::time::Timestamp;
use tokio::sync::Notify;

use crate::auth::open_phone;
use crate::db;
use crate::db::messages::{Addressee, Claimed};
use crate::error::Result;
use crate::state::AppState;
use crate::template::Template;

use sender::{NotSent, Outgoing, Sender};
use words::Facts;

/// Messages taken at once.
const BATCH: i64 = 20;
/// Codes sent at the same time.
const CODES_AT_ONCE: i64 = 8;
/// Nobody else takes a claimed message for so long.
const CLAIM_MINUTES: i64 = 5;
/// How often the outbox is looked at without being woken.
const LOOK_EVERY_SECONDS: u32 = 1;
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
            let now = self.state.clock.now();
            let sent = if only_codes { self.send_due_codes().await } else { self.send_due().await };
            match sent {
                Ok(0) => {
                    tokio::select! {
                        () = self.state.clock.pass(LOOK_EVERY_SECONDS, now) => {}
                        () = wake.notified() => {}
                    }
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(%error, "the outbox cannot be read for now");
                    self.state.clock.pass(LOOK_EVERY_SECONDS * 3, now).await;
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
        let claimed = db::messages::claim_urgent(&self.state.pool, now, now.plus_minutes(CLAIM_MINUTES), CODES_AT_ONCE).await?;
        try_join_all(claimed.iter().map(|message| self.send(message))).await?;
        Ok(claimed.len())
    }

    async fn send(&self, message: &Claimed) -> Result<()> {
        let pool = &self.state.pool;
        let is_too_late = message.good_until.is_some_and(|until| until <= self.state.clock.now());
        let outcome = match self.prepare(message).await? {
            Ok(_) if is_too_late => Err(NotSent::Refused("nobody could use it any more".to_owned())),
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
                tracing::warn!(id = %message.id, template = message.template.name(), why, "a message could not be sent");
                db::messages::failed(pool, message.id, &why).await?;
            }
        }
        Ok(())
    }

    /// The message with its words and number, or why there is none.
    async fn prepare(&self, message: &Claimed) -> Result<Result<Outgoing, &'static str>> {
        let Some(to) = self.number(message).await? else { return Ok(Err("nobody has a number")) };
        let text = match message.template {
            Template::Code => self.code(message).map(|code| words::code(message.language, &code)),
            Template::DeskCode => {
                self.code(message).zip(store(message)).map(|(code, store)| words::desk_code(message.language, &code, &store))
            }
            Template::Notice(kind) => {
                let facts: Option<Facts> = serde_json::from_value(message.facts.clone()).ok();
                facts.map(|facts| words::notice(kind, message.language, &facts, self.link.as_deref()))
            }
        };
        Ok(match text {
            Some(text) => Ok(Outgoing { id: message.id, to, template: message.template, text }),
            None => Err("what its words need is missing"),
        })
    }

    async fn number(&self, message: &Claimed) -> Result<Option<Phone>> {
        match &message.to {
            None => Ok(None),
            Some(Addressee::Number(sealed)) => Ok(open_phone(&self.state, message.id, sealed).ok()),
            Some(Addressee::Account(account)) => {
                let contact = db::accounts::contact(&self.state.pool, *account).await?;
                Ok(contact.and_then(|(sealed, _)| open_phone(&self.state, account.0, &sealed).ok()))
            }
            Some(Addressee::Member(member)) => {
                let mut connection = self.state.pool.acquire().await?;
                let members = db::members::by_ids(&mut connection, &self.state.sealer, &[member.0]).await?;
                Ok(members.into_iter().next().and_then(|member| member.number().phone.clone()))
            }
        }
    }

    fn code(&self, message: &Claimed) -> Option<String> {
        let sealed = hex::decode(message.facts.get("code")?.as_str()?).ok()?;
        String::from_utf8(self.state.sealer.open(message.id, &sealed).ok()?).ok()
    }
}

/// The store at whose desk a code is said.
fn store(message: &Claimed) -> Option<Name> {
    serde_json::from_value(message.facts.get("store")?.clone()).ok()
}

/// When to try again; `None` when it is no longer worth it: too many attempts, or nobody could use it any more.
fn next_attempt(message: &Claimed, now: Timestamp) -> Option<Timestamp> {
    let done = usize::try_from(message.attempts).unwrap_or(1).saturating_sub(1);
    let next = now.plus_seconds(*PAUSES_SECONDS.get(done)?);
    message.good_until.is_none_or(|until| next < until).then_some(next)
}
