//! `serve`: the web wallet's page. Nothing of anybody is kept here: the wallet itself lives in each browser.

mod page;

use std::net::SocketAddr;
use std::path::Path;

use absah_host::{
    CommonArgs, Context, DataDir, Exit, FolderLimits, RunFile, Settings, read_folder, read_text,
};
use absah_trust::bundle::MAX_BUNDLE_BYTES;
use absah_types::{base64url, hex};
use absah_web::{Limits, Tls, base_url, harden, serve_by, stop_signal};
use serde_json::{Map, json};
use tokio::net::TcpListener;

use crate::args::Serve;
use crate::error::WalletError;

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
    let list = args.bundle.as_deref().zip(args.root_sha256).map(|(folder, root)| list(folder, root));
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

/// The list for new wallets, as the page reads it. What it says is judged there.
fn list(folder: &Path, root: [u8; 32]) -> Result<Vec<u8>, WalletError> {
    let bytes = u64::try_from(MAX_BUNDLE_BYTES).unwrap_or(u64::MAX);
    let files = read_folder(folder, FolderLimits { bytes, ..FolderLimits::default() })
        .map_err(absah_carry::CarryError::from)?;
    let files: Map<_, _> =
        files.into_iter().map(|(name, bytes)| (name, base64url::encode(bytes).into())).collect();
    Ok(json!({ "root_sha256": hex::encode(root), "files": files }).to_string().into_bytes())
}

/// `--listen`.
pub(crate) fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "an address with a port, such as 127.0.0.1:8476".to_owned())
}
