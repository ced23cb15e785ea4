//! TLS in front of a listener of this machine, by a certificate from files: for offices without a proxy of their own.

use core::future::Future;
use core::net::{Ipv4Addr, SocketAddr};
use core::pin::pin;
use core::time::Duration;
use std::io;
use std::sync::Arc;

use axum::Router;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::serve;
use crate::serve::Peers;

/// A client must have shaken hands by then.
const HANDSHAKE_TIME: Duration = Duration::from_secs(10);
/// Connections at the same time; further ones wait to be accepted.
const MAX_CONNECTIONS: usize = 512;
/// Of these, for one address of another machine: the server behind sees this machine's own address alone.
const MAX_FOR_ONE: usize = MAX_CONNECTIONS / 4;
/// Wait after a failed accept: usually too many open files, which only time cures.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// A certificate with its key.
#[derive(Clone)]
pub struct Tls(TlsAcceptor);

/// The files are no certificate and key that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoCertificate;

impl Tls {
    /// From PEM: the certificate first, then those above it; the key in PKCS #8 or SEC 1.
    ///
    /// # Errors
    /// [`NoCertificate`].
    pub fn from_pem(certificate: &[u8], key: &[u8]) -> Result<Self, NoCertificate> {
        let chain = CertificateDer::pem_slice_iter(certificate);
        let chain: Vec<_> = chain.collect::<Result<_, _>>().map_err(|_| NoCertificate)?;
        let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| NoCertificate)?;
        if chain.is_empty() {
            return Err(NoCertificate);
        }
        let config = ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key);
        Ok(Self(TlsAcceptor::from(Arc::new(config.map_err(|_| NoCertificate)?))))
    }
}

impl core::fmt::Debug for Tls {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Tls(…)")
    }
}

/// [`serve`], behind TLS where there is a certificate: then the routes listen at a port of this machine that nobody is
/// told of.
///
/// # Errors
/// If the system gives no such port.
pub async fn serve_by(
    listener: TcpListener,
    tls: Option<Tls>,
    routes: Router,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    let Some(tls) = tls else {
        serve(listener, routes, stop).await;
        return Ok(());
    };
    let inner = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = inner.local_addr()?;
    let (say, stopped) = watch::channel(false);
    let until = |mut stopped: watch::Receiver<bool>| async move {
        // An error means that whoever says so is gone, which is a stop, too.
        let _ = stopped.wait_for(|is| *is).await;
    };
    tokio::join!(
        serve(inner, routes, until(stopped.clone())),
        terminate(listener, tls, address, until(stopped)),
        async {
            stop.await;
            let _ = say.send(true);
        },
    );
    Ok(())
}

/// Takes connections until `stop` completes and hands what they say to the server at `inner`, which listens on this
/// machine only and keeps the limits of [`serve`].
async fn terminate(listener: TcpListener, tls: Tls, inner: SocketAddr, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let peers = Peers::of(MAX_FOR_ONE);
    let mut stop = pin!(stop);
    loop {
        // `Err` only if the semaphore were closed, which nobody does.
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let accepted = tokio::select! {
            () = &mut stop => return,
            accepted = listener.accept() => accepted,
        };
        let Ok((stream, peer)) = accepted else {
            tokio::time::sleep(ACCEPT_PAUSE).await;
            continue;
        };
        let Some(peer_place) = peers.enter(peer.ip()) else { continue };
        let tls = tls.clone();
        tokio::spawn(async move {
            // A connection that ends badly is the client's business.
            let _ = one(stream, tls, inner).await;
            drop((place, peer_place));
        });
    }
}

async fn one(stream: TcpStream, tls: Tls, inner: SocketAddr) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut outer = tokio::time::timeout(HANDSHAKE_TIME, tls.0.accept(stream)).await??;
    let mut inner = TcpStream::connect(inner).await?;
    inner.set_nodelay(true)?;
    copy_bidirectional(&mut outer, &mut inner).await?;
    Ok(())
}
