//! The ways a message can leave: into the log, or through a gateway.

use futures_util::future::BoxFuture;
use shared::phone::Phone;
use uuid::Uuid;

use crate::template::Template;

/// A message ready to leave.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// Id of the outbox row, the same in every attempt: the gateway sends it once however often it is asked.
    pub id: Uuid,
    /// To whom.
    pub to: Phone,
    /// What it says.
    pub template: Template,
    /// The words.
    pub text: String,
}

/// Why a message did not leave.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotSent {
    /// It may work later.
    #[error("{0}")]
    TryAgain(String),
    /// It will never work: the number or the message was refused.
    #[error("{0}")]
    Refused(String),
}

/// Takes messages away.
pub trait Sender: Send + Sync {
    /// Sends one message; the same id twice has the effect of once.
    fn send<'a>(&'a self, message: &'a Outgoing) -> BoxFuture<'a, Result<(), NotSent>>;
}

/// Writes messages into the log instead of sending them: for trying things out and for salons without a gateway.
#[derive(Clone, Copy, Debug, Default)]
pub struct LogSender;

impl Sender for LogSender {
    fn send<'a>(&'a self, message: &'a Outgoing) -> BoxFuture<'a, Result<(), NotSent>> {
        Box::pin(async move {
            let (id, to, template) = (message.id, message.to.masked(), message.template.name());
            tracing::info!(target: "huiyue::messages", %id, to, template, "{}", message.text);
            Ok(())
        })
    }
}
