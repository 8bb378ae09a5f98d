//! `huiyue serve`: database, first start, listener, jobs, and an orderly end.

mod connections;
pub mod edge;
mod first_start;
mod greeting;
mod seats;
mod tls;
mod watched;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use crate::config::{Serve, Settings};
use crate::database::{self, Database};
use crate::failed::Failed;
use crate::messages::Outbox;
use crate::messages::gateway::Gateway;
use crate::messages::sender::{LogSender, Sender};
use crate::peer::Edge;
use crate::state::AppState;
use crate::{jobs, routes};

use connections::Connections;

pub use first_start::load_demo_if_empty;

/// How long requests may take to finish after the signal to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

/// How long transactions may take to finish after that.
const LAST_TRANSACTIONS: Duration = Duration::from_secs(5);

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
    let state = database::prepare(settings, database.url(), options.database_connections).await?.with_limits(options.limits.clone());
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
    let mut jobs = start_jobs(&state, options, Arc::clone(&wake))?;
    start_metrics(&state, options, &mut jobs).await?;
    let secure = options.tls_self_signed || options.public_url.as_deref().is_some_and(|url| url.starts_with("https://"));
    let edge = Edge { secure, behind_proxy: options.behind_proxy, outbox: wake, ..Edge::default() };
    let mut router = edge::around(routes::router(state.clone()), edge, options)?;
    let authority = if options.tls_self_signed {
        let authority = tls::Authority::open_or_create(&settings.data, options.public_url.as_deref(), state.clock.now())?;
        router = router.merge(tls::download(&authority));
        Some(authority)
    } else {
        None
    };
    greeting::print(address, options, &accounts, authority.is_some());
    let tls = authority.as_ref().map(tls::Authority::acceptor).transpose()?;
    run(listener, Connections { router, tls, state: state.clone(), behind_proxy: options.behind_proxy, stop }).await;
    drop(jobs);
    close(&state).await;
    Ok(())
}

/// Waits for requests whose clients have gone and for transactions under way, but not for ever: one that waits for a lock of somebody
/// else would hold up the end.
async fn close(state: &AppState) {
    let all_ended = async {
        state.tasks.ended().await;
        state.pool.close().await;
    };
    if tokio::time::timeout(LAST_TRANSACTIONS, all_ended).await.is_err() {
        tracing::warn!("a transaction did not end in time and is cut off; nothing of it is kept");
    }
}

/// Serves on a listener until the signal; then live streams end and requests under way may finish.
async fn run(listener: TcpListener, connections: Connections) {
    let (live, stop) = (connections.state.live.clone(), connections.stop.clone());
    let too_late = async {
        stopped(stop).await;
        tracing::info!("stopping: streams end, requests finish");
        live.shut_down();
        tokio::time::sleep(LAST_REQUESTS).await;
    };
    tokio::select! {
        () = connections.serve(listener) => {}
        () = too_late => tracing::warn!("some requests did not finish in time"),
    }
}

async fn stopped(mut stop: watch::Receiver<bool>) {
    let _sender_gone_means_stop = stop.wait_for(|stop| *stop).await;
}

/// Serves the counters on their own address, if they have one.
async fn start_metrics(state: &AppState, options: &Serve, jobs: &mut JoinSet<()>) -> Result<(), Failed> {
    let Some(address) = options.metrics_listen else { return Ok(()) };
    let listener = TcpListener::bind(address).await.map_err(Failed::doing(&format!("listening for metrics on {address}")))?;
    let router = routes::metrics::router(state.clone());
    jobs.spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::warn!(%error, "the counters are no longer served");
        }
    });
    Ok(())
}

/// The jobs; they end when the set is dropped. Each may be interrupted anywhere: what it does is in transactions.
fn start_jobs(state: &AppState, options: &Serve, wake: Arc<Notify>) -> Result<JoinSet<()>, Failed> {
    let sender: Arc<dyn Sender> = match &options.sms_url {
        Some(url) => Arc::new(Gateway::new(url, options.sms_token.clone()).map_err(|error| Failed(error.to_string()))?),
        None => Arc::new(LogSender),
    };
    let mut jobs = JoinSet::new();
    let outbox = Outbox::new(state.clone(), sender, options.public_url.clone());
    jobs.spawn(outbox.clone().run_codes(wake));
    jobs.spawn(outbox.run());
    jobs.spawn(jobs::run(state.clone()));
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
