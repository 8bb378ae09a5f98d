//! The HTTP gateway for messages: one POST of JSON per message, with an `Idempotency-Key` that stays the same over all attempts.

use std::sync::Arc;
use std::time::Duration;

use axum::http::{Request, StatusCode, Uri, header};
use futures_util::future::BoxFuture;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::sender::{NotSent, Outgoing, Sender};

/// A gateway that does not answer within this time is asked again later.
const PATIENCE: Duration = Duration::from_secs(15);
/// What is read of an answer: it is only quoted in the log.
const LONGEST_ANSWER: usize = 4096;

/// A gateway at an address.
#[derive(Clone)]
pub struct Gateway {
    address: Uri,
    token: Option<String>,
    tls: Option<TlsConnector>,
}

/// The gateway cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// Not an address.
    #[error("HUIYUE_SMS_URL is not an address: {0}")]
    Address(String),
    /// No certificates of authorities on this system.
    #[error("the gateway needs https, but this system has no certificates of authorities: {0}")]
    NoRoots(String),
}

impl Gateway {
    /// A gateway at an http or https address; `token` is sent as a bearer token.
    ///
    /// # Errors
    /// When the address makes no sense, or it is https and the system knows no authorities.
    pub fn new(address: &str, token: Option<String>) -> Result<Self, GatewayError> {
        let address: Uri = address.parse().map_err(|error| GatewayError::Address(format!("{error}")))?;
        let tls = if address.scheme_str() == Some("https") { Some(tls()?) } else { None };
        Ok(Self { address, token, tls })
    }

    async fn post(&self, message: &Outgoing) -> Result<(), NotSent> {
        let again = |error: &dyn std::fmt::Display| NotSent::TryAgain(error.to_string());
        let host = self.address.host().unwrap_or_default().to_owned();
        let port = self.address.port_u16().unwrap_or(if self.tls.is_some() { 443 } else { 80 });
        let plain = TcpStream::connect((host.trim_matches(['[', ']']), port)).await.map_err(|error| again(&error))?;
        match &self.tls {
            None => self.exchange(plain, message).await,
            Some(tls) => {
                let name = ServerName::try_from(host).map_err(|error| NotSent::Refused(error.to_string()))?;
                let secure = tls.connect(name, plain).await.map_err(|error| again(&error))?;
                self.exchange(secure, message).await
            }
        }
    }

    async fn exchange<S: AsyncRead + AsyncWrite + Send + Unpin + 'static>(&self, stream: S, message: &Outgoing) -> Result<(), NotSent> {
        let again = |error: &dyn std::fmt::Display| NotSent::TryAgain(error.to_string());
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(|error| again(&error))?;
        // Ends by itself when the answer is read or the sender is dropped.
        tokio::spawn(connection);
        let request = self.request(message).map_err(|error| NotSent::Refused(error.to_string()))?;
        let answer = sender.send_request(request).await.map_err(|error| again(&error))?;
        let status = answer.status();
        let body = Limited::new(answer.into_body(), LONGEST_ANSWER).collect().await.map(http_body_util::Collected::to_bytes);
        judge(status, &body.unwrap_or_default())
    }

    fn request(&self, message: &Outgoing) -> Result<Request<Full<Bytes>>, axum::http::Error> {
        let body =
            serde_json::json!({ "id": message.id, "to": message.to.as_str(), "kind": message.template.name(), "text": message.text });
        let path = self.address.path_and_query().map_or("/", axum::http::uri::PathAndQuery::as_str);
        let mut request = Request::post(path)
            .header(header::HOST, self.address.authority().map_or("", axum::http::uri::Authority::as_str))
            .header(header::CONTENT_TYPE, "application/json")
            .header("idempotency-key", message.id.to_string());
        if let Some(token) = &self.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        request.body(Full::new(Bytes::from(body.to_string())))
    }
}

impl Sender for Gateway {
    fn send<'a>(&'a self, message: &'a Outgoing) -> BoxFuture<'a, Result<(), NotSent>> {
        Box::pin(async move {
            let outcome = tokio::time::timeout(PATIENCE, self.post(message)).await;
            outcome.unwrap_or_else(|_| Err(NotSent::TryAgain("the gateway does not answer".to_owned())))
        })
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

fn tls() -> Result<TlsConnector, GatewayError> {
    let found = rustls_native_certs::load_native_certs();
    let mut roots = RootCertStore::empty();
    let (usable, _damaged) = roots.add_parsable_certificates(found.certs);
    if usable == 0 {
        let why = found.errors.first().map(ToString::to_string).unwrap_or_default();
        return Err(GatewayError::NoRoots(why));
    }
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| GatewayError::NoRoots(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
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
