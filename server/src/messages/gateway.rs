//! The HTTP gateway for messages: one POST of JSON per message, with an `Idempotency-Key` that stays the same over all attempts.

use std::time::Duration;

use futures_util::future::BoxFuture;
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode, Url};
use tokio_rustls::rustls::crypto::ring;

use super::sender::{NotSent, Outgoing, Sender};

/// A gateway that does not answer within this time is asked again later.
const PATIENCE: Duration = Duration::from_secs(15);
/// What is read of an answer: it is only quoted in the log.
const LONGEST_ANSWER: usize = 4096;

/// A gateway at an address. Proxies are those of the environment.
#[derive(Clone)]
pub struct Gateway {
    address: Url,
    token: Option<String>,
    client: Client,
}

/// The gateway cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// Not an address.
    #[error("HUIYUE_SMS_URL is not an address: {0}")]
    Address(String),
    /// Nothing can be sent from this system, e.g. because it has no certificates of authorities.
    #[error("messages cannot be sent from this system: {0}")]
    Client(String),
}

impl Gateway {
    /// A gateway at an http or https address; `token` is sent as a bearer token.
    ///
    /// # Errors
    /// When the address makes no sense, or the system knows no authorities.
    pub fn new(address: &str, token: Option<String>) -> Result<Self, GatewayError> {
        let address = Url::parse(address).map_err(|error| GatewayError::Address(error.to_string()))?;
        if !matches!(address.scheme(), "http" | "https") {
            return Err(GatewayError::Address("it begins with neither http:// nor https://".to_owned()));
        }
        // The first one counts for the whole program: it is the same everywhere.
        let _chosen_before = ring::default_provider().install_default();
        // What is posted is for this address alone.
        let client = Client::builder().timeout(PATIENCE).redirect(Policy::none()).build();
        Ok(Self { address, token, client: client.map_err(|error| GatewayError::Client(error.to_string()))? })
    }

    async fn post(&self, message: &Outgoing) -> Result<(), NotSent> {
        let body = serde_json::json!({
            "id": message.id, "to": message.to.as_str(), "kind": message.template.name(), "text": message.text,
        });
        let mut request = self.client.post(self.address.clone()).header("idempotency-key", message.id.to_string()).json(&body);
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        // The address may have a secret in it.
        let answer = request.send().await.map_err(|error| match error.is_builder() {
            true => NotSent::Refused(error.without_url().to_string()),
            false => NotSent::TryAgain(error.without_url().to_string()),
        })?;
        judge(answer.status(), &beginning(answer).await)
    }
}

/// What is quoted of an answer.
async fn beginning(mut answer: Response) -> Vec<u8> {
    let mut read = Vec::new();
    while let Ok(Some(piece)) = answer.chunk().await {
        read.extend_from_slice(&piece);
        if read.len() >= LONGEST_ANSWER {
            break;
        }
    }
    read
}

impl Sender for Gateway {
    fn send<'a>(&'a self, message: &'a Outgoing) -> BoxFuture<'a, Result<(), NotSent>> {
        Box::pin(self.post(message))
    }
}

/// What an answer means. 409 says the key was seen before: it is sent.
fn judge(status: StatusCode, body: &[u8]) -> Result<(), NotSent> {
    let quoted = || format!("the gateway answered {status}: {}", String::from_utf8_lossy(body).chars().take(200).collect::<String>());
    match status {
        status if status.is_success() || status == StatusCode::CONFLICT => Ok(()),
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS | StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            Err(NotSent::TryAgain(quoted()))
        }
        status if status.is_client_error() => Err(NotSent::Refused(quoted())),
        _ => Err(NotSent::TryAgain(quoted())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clear_refusal_gives_a_message_up() {
        assert_eq!(judge(StatusCode::ACCEPTED, b""), Ok(()));
        assert_eq!(judge(StatusCode::CONFLICT, b""), Ok(()));
        assert!(matches!(judge(StatusCode::BAD_REQUEST, b"no such number"), Err(NotSent::Refused(_))));
        for status in [StatusCode::UNAUTHORIZED, StatusCode::TOO_MANY_REQUESTS, StatusCode::BAD_GATEWAY] {
            assert!(matches!(judge(status, b""), Err(NotSent::TryAgain(_))), "{status}");
        }
    }
}
