//! `serve`: the web wallet's page. Nothing of anybody is kept here: the wallet itself lives in each browser.

mod list;
mod page;

use std::fs::{File, TryLockError};
use std::net::SocketAddr;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::sync::Arc;

use absah_host::{CommonArgs, Context, DataDir, Exit, FileError, RunFile, Settings, read_text};
use absah_web::{Limits, Tls, base_url, harden, serve_by, stop_signal};
use tokio::net::TcpListener;

use crate::args::Serve;
use crate::error::WalletError;
use list::List;

/// Largest certificate or key file, in bytes.
const MAX_PEM: u64 = 256 * 1024;

/// Serves until the process is asked to stop.
pub(crate) async fn serve(
    common: &CommonArgs,
    args: &Serve,
    context: &mut Context,
) -> Result<Exit, WalletError> {
    if page::is_missing() {
        return Err(WalletError::PageNotBuilt);
    }
    let dir = DataDir::open("wallet", common.data_dir.as_deref(), &context.env)?;
    Settings::load(&dir, &context.env, &[])?.reach(common.dev_loopback)?.announce(&mut context.console);
    let tls = match (&args.tls_cert, &args.tls_key) {
        (Some(certificate), Some(key)) => Some(tls(certificate, key)?),
        // Without TLS no browser keeps keys for a page, but for one of its own machine; and everybody on the way could
        // change the page.
        _ if !args.listen.ip().is_loopback() => return Err(WalletError::PageNeedsTls),
        _ => None,
    };
    let _only = only_one(&dir)?;
    let list = args.bundle.as_deref().zip(args.root_sha256);
    let list = list.map(|(folder, root)| List::open(folder, root, Arc::clone(&context.clock)));
    let root = args.authority.as_deref().map(authority).transpose()?;
    let routes = page::router(list.transpose()?, root, args.listen.ip().is_loopback());
    let routes = harden(routes, Limits::default());
    let outer = TcpListener::bind(args.listen).await.map_err(|_| WalletError::PageListen)?;
    let url = base_url(&outer).map_err(|_| WalletError::PageListen)?;
    let url = if tls.is_some() { url.replacen("http:", "https:", 1) } else { url };
    RunFile::new(&url, context.clock.now()).announce(&dir, &mut context.console)?;

    let served = serve_by(outer, tls, routes, async {
        // Without signals to wait for, the server runs until it is killed.
        if stop_signal().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
    .await;
    RunFile::remove(&dir);
    served.map_err(|_| WalletError::PageListen)?;
    Ok(Exit::Ok)
}

/// One program serves from a data directory: its address stands in `run.json`, and it takes that along when it ends.
fn only_one(dir: &DataDir) -> Result<File, WalletError> {
    let path = dir.join("serve.lock");
    let file = File::options().create(true).truncate(false).write(true).mode(0o600).open(&path);
    let file = file.map_err(|error| FileError::Write { path: path.clone(), kind: error.kind() })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(WalletError::PageAlreadyServed),
        Err(TryLockError::Error(error)) => Err(FileError::Write { path, kind: error.kind() }.into()),
    }
}

fn tls(certificate: &Path, key: &Path) -> Result<Tls, WalletError> {
    let (certificate, key) = (read_text(certificate, MAX_PEM)?, read_text(key, MAX_PEM)?);
    Tls::from_pem(certificate.as_bytes(), key.as_bytes()).map_err(|_| WalletError::PageCertificate)
}

/// The root's certificate, and surely not its key beside it.
fn authority(path: &Path) -> Result<String, WalletError> {
    let text = read_text(path, MAX_PEM)?;
    if text.contains("PRIVATE KEY") || !text.contains("-----BEGIN CERTIFICATE-----") {
        return Err(WalletError::PageCertificate);
    }
    Ok(text)
}

/// `--listen`.
pub(crate) fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "an address with a port, such as 127.0.0.1:8476".to_owned())
}
