use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::header::HOST;
use axum::http::{Request, StatusCode, Version};
use axum::response::{IntoResponse as _, Response};
use core::net::{IpAddr, SocketAddr};
use core::pin::pin;
use core::time::Duration;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use progress::Progress;
use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::ServiceExt as _;

/// A client must have sent its headers by then, and keeps an idle connection no longer.
const HEADER_TIME: Duration = Duration::from_secs(10);
/// Header fields in one request at most.
const MAX_HEADERS: usize = 64;
/// Bytes of request line and headers together at most.
const MAX_HEADER_BYTES: usize = 64 * 1024;
/// Connections at the same time; further ones wait to be accepted.
const MAX_CONNECTIONS: usize = 1024;
/// Of these, for one address of another machine.
const MAX_FOR_ONE: usize = MAX_CONNECTIONS / 4;
/// Requests under way when the stop comes may take so long to finish.
const GRACE: Duration = Duration::from_secs(10);
/// Wait after a failed accept: usually too many open files, which only time cures.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// The address of a listener as clients on this machine write it: `http://127.0.0.1:8080`.
///
/// # Errors
/// If the system does not know the listener's address.
pub fn base_url(listener: &TcpListener) -> io::Result<String> {
    let mut address = listener.local_addr()?;
    if address.ip().is_unspecified() {
        address.set_ip(if address.is_ipv4() {
            core::net::Ipv4Addr::LOCALHOST.into()
        } else {
            core::net::Ipv6Addr::LOCALHOST.into()
        });
    }
    Ok(format!("http://{address}"))
}

/// Prints `listening URL` on a line of its own: whoever started the program waits for it.
#[expect(clippy::print_stdout, reason = "the line is part of the programs' interface")]
pub fn announce(url: &str) {
    println!("listening {url}");
}

/// Completes when the program is asked to stop: SIGTERM, or Ctrl-C.
///
/// # Errors
/// If the system does not let us listen for signals.
pub async fn stop_signal() -> io::Result<()> {
    #[cfg(unix)]
    {
        let mut term = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            _ = term.recv() => Ok(()),
            pressed = tokio::signal::ctrl_c() => pressed,
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

/// Serves `routes` over HTTP/1.1 until `stop` completes; then takes no more connections and gives requests under
/// way ten seconds. Slow senders of headers and slow readers of answers are cut off, and no other machine may have
/// more than a quarter of all connections. Handlers may ask for `ConnectInfo<SocketAddr>`.
pub async fn serve(listener: TcpListener, routes: Router, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIME)
        .max_headers(MAX_HEADERS)
        .max_buf_size(MAX_HEADER_BYTES);
    let open = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let peers = Peers::of(MAX_FOR_ONE);
    let routes = routes.layer(axum::middleware::from_fn(one_host));
    let mut stop = pin!(stop);
    loop {
        let (place, stream, peer) = tokio::select! {
            () = &mut stop => break,
            next = next_connection(&listener, &places) => match next {
                Some(connection) => connection,
                None => break,
            },
        };
        let Some(peer_place) = peers.enter(peer.ip()) else { continue };
        // Answers are small and complete: nothing is gained by waiting to fill a packet.
        let _ = stream.set_nodelay(true);
        let service = routes.clone().map_request(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo::<SocketAddr>(peer));
            request.map(axum::body::Body::new)
        });
        let connection = open.watch(
            http.serve_connection(TokioIo::new(Progress::of(stream)), TowerToHyperService::new(service)),
        );
        tokio::spawn(async move {
            // A connection that ends badly is the client's business.
            let _ = connection.await;
            drop((place, peer_place));
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(GRACE, open.shutdown()).await;
}

/// The next connection, once there is room for it.
async fn next_connection(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> Option<(OwnedSemaphorePermit, TcpStream, SocketAddr)> {
    // `None` only if the semaphore were closed, which nobody does.
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return Some((place, stream, peer)),
            Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
        }
    }
}

/// "A server MUST respond with a 400 (Bad Request) status code to any HTTP/1.1 request message that lacks a Host
/// header field and to any request message that contains more than one" (RFC 9112, section 3.2).
async fn one_host(request: axum::extract::Request, next: axum::middleware::Next) -> Response {
    let named = request.headers().get_all(HOST).iter().count();
    if named > 1 || named == 0 && request.version() != Version::HTTP_10 {
        return StatusCode::BAD_REQUEST.into_response();
    }
    next.run(request).await
}

/// How many connections each other machine has. This machine's own are not counted: a proxy stands there.
#[derive(Clone)]
pub(crate) struct Peers {
    counts: Arc<Mutex<HashMap<IpAddr, usize>>>,
    most: usize,
}

impl Peers {
    /// So many for each at most.
    pub(crate) fn of(most: usize) -> Self {
        Self { counts: Arc::default(), most }
    }

    /// A place for a connection of that address, given back when dropped; `None` when it has too many.
    pub(crate) fn enter(&self, address: IpAddr) -> Option<PeerPlace> {
        let address = network(address);
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(address).or_default();
        if *count >= self.most && !address.is_loopback() {
            return None;
        }
        *count += 1;
        Some(PeerPlace { peers: self.clone(), address })
    }
}

/// Whose address that is: of IPv6 the first 64 bits, within which a machine gives itself any.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) if !six.is_loopback() => {
            IpAddr::V6(core::net::Ipv6Addr::from_bits(six.to_bits() & (u128::MAX << 64)))
        }
        other => other,
    }
}

pub(crate) struct PeerPlace {
    peers: Peers,
    address: IpAddr,
}

impl Drop for PeerPlace {
    fn drop(&mut self) {
        let mut counts = self.peers.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.address) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                counts.remove(&self.address);
            }
        }
    }
}

mod progress;
#[cfg(test)]
mod tests;
