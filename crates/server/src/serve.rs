//! Listeners from start to stop.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulConnection, GracefulShutdown, Watcher};
use moyun_cloud::cloud::Cloud;
use moyun_cloud::cx::Origin;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::server::TlsStream;

use crate::documented::Documented;
use crate::http::Api;
use crate::tls::Tls;

/// The longest head of a request.
const HEAD_BYTES_MAX: usize = 128 << 10;

/// How long a head may take, and how long an idle connection stays open: clients keep theirs for a minute.
const HEAD_TIME_MAX: Duration = Duration::from_secs(75);

/// How long requests in flight, and those half sent, have when the process stops.
const STOP_TIME_MAX: Duration = Duration::from_secs(10);

/// How often uses of access keys are stored: what a crash forgets at most.
const USES_PERIOD: Duration = Duration::from_secs(60);

/// How long to wait when the system gives no more connections.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Both listeners, bound but not yet answering.
pub struct Listeners {
    api: TcpListener,
    admin: TcpListener,
    tls: Option<Tls>,
}

impl Listeners {
    /// Binds the API and the admin address.
    pub async fn bind(api: SocketAddr, admin: SocketAddr) -> Result<Listeners, (SocketAddr, io::Error)> {
        let bind = async |address| TcpListener::bind(address).await.map_err(|error| (address, error));
        Ok(Listeners { api: bind(api).await?, admin: bind(admin).await?, tls: None })
    }

    /// Serves TLS on the API listener, too; who speaks plain HTTP there is answered as before.
    #[must_use]
    pub fn with_tls(self, tls: Option<Tls>) -> Listeners {
        Listeners { tls, ..self }
    }

    /// The addresses that were bound: the API's and the admin API's.
    pub fn addresses(&self) -> io::Result<(SocketAddr, SocketAddr)> {
        Ok((self.api.local_addr()?, self.admin.local_addr()?))
    }

    /// Answers until `stop` is ready, then finishes what was accepted and refuses what comes on open connections.
    pub async fn serve(self, api: Arc<Api>, stop: impl Future<Output = ()>) {
        let graceful = GracefulShutdown::new();
        let ticking = api.clone();
        let ticker = tokio::spawn(async move { ticking.ticker.run(ticking.cloud.clone()).await });
        let observing = tokio::spawn(api.observer.clone().run());
        let using = tokio::spawn(store_uses_by_and_by(api.cloud.clone()));
        tokio::pin!(stop);
        let (close, closing) = watch::channel(());
        loop {
            let (accepted, side, tls) = tokio::select! {
                accepted = self.api.accept() => (accepted, Side::Api, self.tls.clone()),
                accepted = self.admin.accept() => (accepted, Side::Admin, None),
                () = &mut stop => break,
            };
            let (stream, peer) = match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of descriptors, most likely: asking again at once would only burn the processor.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                    continue;
                }
            };
            // Without this small answers would wait for the peer's acknowledgement.
            let _ = stream.set_nodelay(true);
            let connection = Connection { api: api.clone(), side, peer, watcher: graceful.watcher() };
            match tls {
                None => connection.serve(stream, false),
                Some(tls) => drop(tokio::spawn(connection.negotiate(stream, tls, closing.clone()))),
            }
        }
        api.stop();
        drop(self);
        drop(close);
        if tokio::time::timeout(STOP_TIME_MAX, graceful.shutdown()).await.is_err() {
            tracing::warn!("some connections were still busy and are closed");
        }
        ticker.abort();
        observing.abort();
        using.abort();
        let cloud = api.cloud.clone();
        // Nothing is left to do when closing fails: everything acknowledged is durable already.
        let _ = tokio::task::spawn_blocking(move || {
            store_uses(&cloud);
            api.observer.save();
            cloud.close();
            api.nonces.close();
        })
        .await;
    }
}

async fn store_uses_by_and_by(cloud: Cloud) {
    loop {
        tokio::time::sleep(USES_PERIOD).await;
        let cloud = cloud.clone();
        // Only the end of the process breaks it off.
        let _ = tokio::task::spawn_blocking(move || store_uses(&cloud)).await;
    }
}

fn store_uses(cloud: &Cloud) {
    if let Err(fault) = cloud.store_uses() {
        tracing::error!(cause = fault.chain(), "the last uses of access keys could not be stored");
    }
}

/// Which listener a connection came to.
#[derive(Clone, Copy)]
enum Side {
    Api,
    Admin,
}

/// A connection that was accepted.
struct Connection {
    api: Arc<Api>,
    side: Side,
    peer: SocketAddr,
    watcher: Watcher,
}

impl Connection {
    /// Finds out whether the peer wants TLS, unless the server stops meanwhile, and serves it.
    async fn negotiate(self, stream: TcpStream, tls: Tls, mut closing: watch::Receiver<()>) {
        let greeted = async {
            Ok::<_, io::Error>(match Tls::is_wanted(&stream).await? {
                None => None,
                Some(false) => Some(Greeted::Plain(stream)),
                Some(true) => Some(Greeted::Tls(Box::new(tls.accept(stream).await?))),
            })
        };
        let greeted = tokio::select! {
            greeted = tokio::time::timeout(HEAD_TIME_MAX, greeted) => greeted,
            _ = closing.changed() => return,
        };
        match greeted {
            Ok(Ok(Some(Greeted::Plain(stream)))) => self.serve(stream, false),
            Ok(Ok(Some(Greeted::Tls(stream)))) => self.serve(*stream, true),
            Ok(Ok(None)) | Err(_) => {}
            Ok(Err(error)) => tracing::debug!(%error, "a connection could not be secured"),
        }
    }

    /// Answers requests until the peer or the server has enough.
    fn serve<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(self, stream: S, is_secure: bool) {
        let Connection { api, side, peer, watcher } = self;
        let origin = Origin { address: peer.ip().to_canonical(), is_secure };
        let serving = watcher.watch(conversation(api, side, stream, origin));
        tokio::spawn(async move {
            if let Err(error) = serving.await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
}

/// Answers the requests to the API that come over a stream, until its other end or the server has enough.
pub async fn converse<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
    api: Arc<Api>,
    stream: S,
    origin: Origin,
) -> Result<(), hyper::Error> {
    conversation(api, Side::Api, stream, origin).await
}

/// What answers the requests that come over a stream.
fn conversation<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
    api: Arc<Api>,
    side: Side,
    stream: S,
    origin: Origin,
) -> impl GracefulConnection<Error = hyper::Error> + Send {
    let unread = api.clone();
    let connection = TokioIo::new(Documented::new(stream, move || unread.refuse_unread()));
    let mut server = http1::Builder::new();
    server
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME_MAX)
        .max_buf_size(HEAD_BYTES_MAX)
        .half_close(false);
    let service = service_fn(move |request| {
        let api = api.clone();
        async move {
            match side {
                Side::Api => api.answer(request, origin).await,
                Side::Admin => api.answer_admin(request).await,
            }
        }
    });
    server.serve_connection(connection, service)
}

/// What a peer turned out to speak.
enum Greeted {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}
