//! Connections: accepted, given a place or turned away, served, and ended in order when the server stops.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, HttpBody};
use axum::extract::connect_info::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tower::Service;

use super::seats::{Room, Seat, Seats};
use super::watched::{AnswerBody, RequestBody, Watched};
use crate::peer::{Address, Peer};
use crate::state::AppState;

/// A TLS handshake that takes longer is given up.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// The longest head of a request.
const MOST_HEAD_BYTES: usize = 64 * 1024;
/// When the system cannot give a connection, it is asked again after so long.
const PAUSE: Duration = Duration::from_millis(100);
/// Descriptors kept for files, the database and whatever else is not a client.
const OTHER_DESCRIPTORS: u64 = 256;
/// So many descriptors are enough for anybody.
const MOST_DESCRIPTORS: u64 = 1 << 20;

/// What a client reads for whom there is no place; the body is the problem document of all others.
const NO_PLACE: &[u8] = "HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/problem+json\r\nretry-after: 10\r\n\
    connection: close\r\n\r\n{\"type\":\"/problems/too_many_connections\",\"title\":\"Too many connections are open. Please close some or \
    try again in a moment.\",\"title_zh\":\"连接太多，请关闭一些页面或稍后再试。\",\"status\":503}"
    .as_bytes();

/// Everything that connections share.
pub(super) struct Connections {
    pub router: Router,
    pub tls: Option<TlsAcceptor>,
    pub state: AppState,
    pub behind_proxy: bool,
    pub stop: watch::Receiver<bool>,
}

impl Connections {
    /// Serves until the signal, then until all requests under way are answered.
    pub(super) async fn serve(self, listener: TcpListener) {
        let seats = Seats::new(self.room());
        let (ended, open) = watch::channel(());
        let mut stop = self.stop.clone();
        loop {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                _ = stop.wait_for(|stop| *stop) => break,
            };
            match accepted {
                Ok((stream, address)) => match seats.take(Address::of(Some(address.ip()))) {
                    Ok(seat) => self.take_up(stream, address, seat, open.clone()),
                    Err(limit) => self.turn_away(&stream, limit),
                },
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
        drop((listener, open));
        ended.closed().await;
    }

    fn room(&self) -> Room {
        let limits = &self.state.limits;
        let descriptors = usize::try_from(raise_descriptors().saturating_sub(OTHER_DESCRIPTORS)).unwrap_or(usize::MAX);
        let count = |limit: u32| usize::try_from(limit).unwrap_or(usize::MAX);
        Room {
            in_all: count(limits.connections).min(descriptors).max(1),
            per_address: (!self.behind_proxy).then(|| count(limits.connections_per_address)),
            head: Duration::from_secs(limits.header_seconds.into()),
            body: Duration::from_secs(limits.body_seconds.into()),
        }
    }

    fn take_up(&self, stream: TcpStream, address: SocketAddr, seat: Seat, open: watch::Receiver<()>) {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection keeps waiting to fill packets");
        }
        let (router, tls, stop) = (self.router.clone(), self.tls.clone(), self.stop.clone());
        tokio::spawn(async move {
            let served = async {
                match tls {
                    None => serve_one(stream, router, address, &seat, stop).await,
                    Some(tls) => match tokio::time::timeout(HANDSHAKE, tls.accept(stream)).await {
                        Ok(Ok(stream)) => serve_one(stream, router, address, &seat, stop).await,
                        Ok(Err(error)) => tracing::debug!(%error, "a handshake failed"),
                        Err(_) => tracing::debug!("a handshake took too long"),
                    },
                }
            };
            tokio::select! {
                () = served => {}
                () = seat.must_leave() => tracing::debug!("a connection took too long or gave way"),
            }
            drop(open);
        });
    }

    fn turn_away(&self, stream: &TcpStream, limit: &'static str) {
        self.state.counters.count_limited(limit);
        if self.tls.is_none() {
            // Whoever does not read it sees only that the connection ends.
            let _said_or_not = stream.try_write(NO_PLACE);
        }
    }
}

async fn serve_one<S>(stream: S, router: Router, address: SocketAddr, seat: &Seat, mut stop: watch::Receiver<bool>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let activity = seat.activity();
    let stream = Watched { stream, activity: seat.activity() };
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let answering = activity.begin_request(request.body().is_end_stream());
        let mut router = router.clone();
        async move {
            let read = Arc::clone(&answering);
            let mut request = request.map(|body| Body::new(RequestBody { body, answering: read }));
            request.extensions_mut().insert(ConnectInfo(Peer(address)));
            let answer = router.call(request).await;
            answer.map(|answer| answer.map(|body| AnswerBody { body, _answering: answering }))
        }
    });
    let mut connection = pin!(http1::Builder::new().max_buf_size(MOST_HEAD_BYTES).serve_connection(TokioIo::new(stream), service));
    tokio::select! {
        served = connection.as_mut() => return told(served),
        _ = stop.wait_for(|stop| *stop) => connection.as_mut().graceful_shutdown(),
    }
    told(connection.await);
}

fn told(served: hyper::Result<()>) {
    if let Err(error) = served {
        tracing::debug!(%error, "a connection ended in disorder");
    }
}

/// Raises the limit of open files as far as the system lets us; what it is now.
fn raise_descriptors() -> u64 {
    let limit = getrlimit(Resource::Nofile);
    let wanted = limit.maximum.unwrap_or(MOST_DESCRIPTORS).min(MOST_DESCRIPTORS);
    let current = limit.current.unwrap_or(MOST_DESCRIPTORS);
    if current >= wanted {
        return current;
    }
    match setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum: limit.maximum }) {
        Ok(()) => wanted,
        Err(error) => {
            tracing::warn!(%error, current, "the limit of open files could not be raised");
            current
        }
    }
}
