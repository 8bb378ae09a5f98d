//! A wire that can be cut: a TCP proxy between one person and the server. Emulated network conditions do not reach a service
//! worker; this does.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

use anyhow::Result;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What the wire does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Pass,
    Cut,
    /// Requests arrive, answers do not.
    DropAnswers,
}

/// The wire of one person.
#[derive(Clone)]
pub struct Proxy {
    address: SocketAddr,
    mode: Arc<AtomicU8>,
    /// What the person has received.
    bytes: Arc<AtomicU64>,
    cut: watch::Sender<u64>,
}

impl Proxy {
    /// A wire to a server, on a port of its own.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn to(server: SocketAddr) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let (cut, _) = watch::channel(0);
        let proxy = Proxy { address: listener.local_addr()?, mode: Arc::new(AtomicU8::new(0)), bytes: Arc::default(), cut };
        let own = proxy.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let own = own.clone();
                tokio::spawn(async move { own.carry(client, server).await });
            }
        });
        Ok(proxy)
    }

    /// Where the person's browser connects.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Everything ends, and nothing new begins.
    pub fn cut(&self) {
        self.set(Mode::Cut);
    }

    /// Whether nothing passes.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.is(Mode::Cut)
    }

    /// The wire is whole again.
    pub fn mend(&self) {
        self.set(Mode::Pass);
    }

    /// From now on requests reach the server, but its answers get lost.
    pub fn drop_answers(&self) {
        self.set(Mode::DropAnswers);
    }

    /// How many bytes have come to the person so far, headers included.
    #[must_use]
    pub fn received(&self) -> u64 {
        self.bytes.load(Ordering::SeqCst)
    }

    fn set(&self, mode: Mode) {
        self.mode.store(mode as u8, Ordering::SeqCst);
        self.cut.send_modify(|times| *times += 1);
    }

    fn is(&self, mode: Mode) -> bool {
        self.mode.load(Ordering::SeqCst) == mode as u8
    }

    async fn carry(self, client: TcpStream, server: SocketAddr) {
        let mut changed = self.cut.subscribe();
        if self.is(Mode::Cut) {
            return;
        }
        let Ok(upstream) = TcpStream::connect(server).await else { return };
        let (mut from_client, mut to_client) = client.into_split();
        let (mut from_server, mut to_server) = upstream.into_split();
        let up = async { tokio::io::copy(&mut from_client, &mut to_server).await.map(|_| ()) };
        let down = async {
            let mut buffer = vec![0; 16 * 1024];
            loop {
                let read = from_server.read(&mut buffer).await?;
                if read == 0 {
                    return to_client.shutdown().await;
                }
                if self.is(Mode::DropAnswers) {
                    return Err(std::io::ErrorKind::ConnectionReset.into());
                }
                to_client.write_all(&buffer[..read]).await?;
                self.bytes.fetch_add(read as u64, Ordering::SeqCst);
            }
        };
        tokio::select! {
            _ = up => {}
            _ = down => {}
            _ = changed.changed() => {}
        }
    }
}
