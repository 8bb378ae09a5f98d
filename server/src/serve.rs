//! `huiyue serve`: database, first start, listener, jobs, and an orderly end.

pub mod edge;
mod first_start;
mod greeting;
mod tls;

use std::future::IntoFuture;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use crate::auth::peer::{Edge, Peer};
use crate::config::{Serve, Settings};
use crate::database::{self, Database};
use crate::messages::Outbox;
use crate::messages::gateway::Gateway;
use crate::messages::sender::{LogSender, Sender};
use crate::state::AppState;
use crate::{jobs, routes};

pub use first_start::load_demo_if_empty;

/// How long requests may take to finish after the signal to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

/// How long transactions may take to finish after that.
const LAST_TRANSACTIONS: Duration = Duration::from_secs(5);

/// What ended the program badly; the text is for the person who started it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Failed(pub String);

impl Failed {
    /// For `map_err`: what was being done, and what came of it.
    pub fn doing<E: std::fmt::Display>(what: &str) -> impl FnOnce(E) -> Failed {
        let what = what.to_owned();
        move |error| Failed(format!("{what}: {error}"))
    }
}

/// Serves until a signal, then ends streams, finishes requests and stops the private Postgres.
///
/// # Errors
/// When it cannot start, in words.
pub async fn serve(settings: &Settings, options: &Serve) -> Result<(), Failed> {
    let stop = stop_signal()?;
    // The address is taken first: a port in use is said at once, not after a minute of demo data.
    let listener = TcpListener::bind(options.listen).await.map_err(Failed::doing(&format!("listening on {}", options.listen)))?;
    let address = listener.local_addr().map_err(Failed::doing("asking for the address"))?;
    let database = Database::own(settings).await?;
    let outcome = serve_over(&database, settings, options, listener, address, stop).await;
    database.stop().await;
    outcome
}

async fn serve_over(
    database: &Database,
    settings: &Settings,
    options: &Serve,
    listener: TcpListener,
    address: SocketAddr,
    mut stop: watch::Receiver<bool>,
) -> Result<(), Failed> {
    let state = database::prepare(settings, database.url(), options.database_connections).await?;
    // A signal during the first start must not wait for all of it.
    let accounts = tokio::select! {
        prepared = first_start::prepare(&state, settings, &options.demo) => prepared?,
        _ = stop.wait_for(|stop| *stop) => return Ok(()),
    };
    let renewed = jobs::renew_zones::once(&state).await.map_err(|error| Failed(error.to_string()))?;
    if renewed > 0 {
        tracing::info!(stores = renewed, data = crate::zones::data_version(), "zone tables renewed");
    }
    let wake = Arc::new(Notify::new());
    let jobs = start_jobs(&state, options, Arc::clone(&wake))?;
    let secure = options.tls_self_signed || options.public_url.as_deref().is_some_and(|url| url.starts_with("https://"));
    let edge = Edge { secure, behind_proxy: options.behind_proxy, outbox: wake };
    let mut router = edge::around(routes::router(state.clone()), edge, options)?;
    let authority = if options.tls_self_signed {
        let authority = tls::Authority::open_or_create(&settings.data, options.public_url.as_deref(), state.clock.now())?;
        router = router.merge(tls::download(&authority));
        Some(authority)
    } else {
        None
    };
    greeting::print(address, options, &accounts, authority.is_some());
    let served = match authority {
        Some(authority) => run(tls::TlsListener::new(listener, &authority)?, router, &state, stop).await,
        None => run(PlainListener(listener), router, &state, stop).await,
    };
    drop(jobs);
    close(&state).await;
    served
}

/// Waits for transactions under way, but not for ever: one that waits for a lock of somebody else would hold up the end.
async fn close(state: &AppState) {
    if tokio::time::timeout(LAST_TRANSACTIONS, state.pool.close()).await.is_err() {
        tracing::warn!("a transaction did not end in time and is cut off; nothing of it is kept");
    }
}

/// Serves on a listener until the signal; then live streams end and requests under way may finish.
async fn run<L>(listener: L, router: Router, state: &AppState, mut stop: watch::Receiver<bool>) -> Result<(), Failed>
where
    L: Listener<Addr = SocketAddr>,
    for<'a> Peer: Connected<IncomingStream<'a, L>>,
{
    let (live, mut also_stop) = (state.live.clone(), stop.clone());
    let stopped = async move {
        let _sender_gone_means_stop = also_stop.wait_for(|stop| *stop).await;
        tracing::info!("stopping: streams end, requests finish");
        live.shut_down();
    };
    let service = router.into_make_service_with_connect_info::<Peer>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(stopped).into_future();
    let too_late = async {
        let _sender_gone_means_stop = stop.wait_for(|stop| *stop).await;
        tokio::time::sleep(LAST_REQUESTS).await;
    };
    tokio::select! {
        served = serving => served.map_err(Failed::doing("serving")),
        () = too_late => {
            tracing::warn!("some requests did not finish in time");
            Ok(())
        }
    }
}

/// The jobs; they end when the set is dropped. Each may be interrupted anywhere: what it does is in transactions.
fn start_jobs(state: &AppState, options: &Serve, wake: Arc<Notify>) -> Result<JoinSet<()>, Failed> {
    let sender: Arc<dyn Sender> = match &options.sms_url {
        Some(url) => Arc::new(Gateway::new(url, options.sms_token.clone()).map_err(|error| Failed(error.to_string()))?),
        None => Arc::new(LogSender),
    };
    let mut jobs = JoinSet::new();
    jobs.spawn(Outbox::new(state.clone(), sender, options.public_url.clone()).run(wake));
    jobs.spawn(jobs::expire::run(state.clone()));
    jobs.spawn(crate::auth::tidy::run(state.clone()));
    Ok(jobs)
}

/// Becomes true with SIGTERM or SIGINT.
///
/// # Errors
/// When the system does not let us listen for them.
pub fn stop_signal() -> Result<watch::Receiver<bool>, Failed> {
    use tokio::signal::unix::{SignalKind, signal};
    let listen = |kind| signal(kind).map_err(Failed::doing("listening for signals"));
    let (mut terminate, mut interrupt) = (listen(SignalKind::terminate())?, listen(SignalKind::interrupt())?);
    let (sender, receiver) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        sender.send_replace(true);
        // Kept open: a closed channel would also end the wait.
        sender.closed().await;
    });
    Ok(receiver)
}

/// Connections without encryption, and without waiting to fill packets.
struct PlainListener(TcpListener);

impl Listener for PlainListener {
    type Io = tokio::net::TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection keeps waiting to fill packets");
        }
        (stream, address)
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, PlainListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, PlainListener>) -> Self {
        Peer(*stream.remote_addr())
    }
}
