//! `serve`: the counter's page, and what wallets reach over the network. `page`: where the page is.

use std::fs::{File, TryLockError};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::os::unix::fs::OpenOptionsExt as _;
use std::sync::Arc;
use std::time::Duration;

use absah_crypto::sha256;
use absah_host::{
    CommonArgs, Context, DataDir, Exit, FileError, Mode, Reach, RunFile, local_address, read_text,
    write_atomic,
};
use absah_types::{array, base64url};
use absah_web::{Metrics, base_url, serve as run, stop_signal};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::app::App;
use crate::args::Serve;
use crate::desk::{Desk, desk_router};
use crate::error::{Failure, VerifierError};
use crate::http::router;

/// Where the page is served unless told otherwise.
const PAGE: &str = "127.0.0.1:8474";
/// How often what nobody decided is looked for.
const TIDY: Duration = Duration::from_secs(20);
/// After a try in vain, so many such looks pass before correction tickets are sent again.
const TICKETS_EVERY: u32 = 15;
/// The page's address with its key.
const LINK: &str = "page.link";
/// What a shortcut on the desktop opens: leads to the page, key and all, and is the same at every start.
const DOOR: &str = "loket.html";
/// Locked by the one program that serves.
const LOCK: &str = "serve.lock";

/// Serves until the process is asked to stop.
pub(crate) async fn serve(common: &CommonArgs, args: &Serve, context: &mut Context) -> Result<Exit, Failure> {
    let app = Arc::new(App::open(common, context).await?);
    let Some(_only) = only_one(app.dir())? else {
        // Who clicked twice finds the page that is there.
        let notice = context.console.text("counter-page-open");
        context.console.notice(&format!("{notice} {}", app.dir().join(DOOR).display()));
        return Err(VerifierError::Served.into());
    };
    // A bundle that does not hold is told now, not to the first citizen.
    app.bundle().await?;
    let page = page_listener(&app, args).await?;
    let page_url = base_url(&page).map_err(|_| VerifierError::Listen)?;
    let key = base64url::encode(sha256(&array::<32>(&mut *context.rng)));
    let officer = app.settings().text("officer", args.officer.as_deref())?.unwrap_or_default();
    let authority = page_url.strip_prefix("http://").unwrap_or_default();
    let desk = Desk::new(Arc::clone(&app), &key, authority, officer.trim(), context.console.log());

    let desk = desk.scanned_at(args.scanner_address);
    let by_name = by_name(&page).await;
    let desk = if by_name.is_ok() { desk.at_localhost() } else { desk };
    let door = match (&by_name, page.local_addr()) {
        (Ok(_), Ok(address)) => format!("http://localhost:{}", address.port()),
        _ => page_url.clone(),
    };

    let public = public_listener(&app, args).await?;
    let desk = desk.reached_at(public.as_ref().map(|(_, url)| url.as_str()));
    let figures = Metrics::new("absah-verifier", env!("CARGO_PKG_VERSION"), &[]);
    let metrics_at = app.settings().text("metrics", args.metrics.as_deref())?;
    let beside = match metrics_at {
        Some(text) => {
            let listening = figures.listen(local_address("metrics", &text)?, |_| async {}).await;
            Some(listening.map_err(|_| VerifierError::Listen)?)
        }
        None => None,
    };
    leave_door(app.dir(), &door, &key)?;
    let url = public.as_ref().map_or(page_url.as_str(), |(_, url)| url.as_str());
    let run_file = RunFile::new(url, context.clock.now());
    let run_file = run_file.with_listener("page", Some(&page_url));
    let run_file = run_file.with_listener("metrics", beside.as_ref().map(|beside| beside.url.as_str()));
    let notice = context.console.text("counter-page-open");
    context.console.notice(&format!("{notice} {}", app.dir().join(DOOR).display()));
    run_file.announce(app.dir(), &mut context.console)?;

    let (stop, stopped) = watch::channel(false);
    let until = |mut stopped: watch::Receiver<bool>| async move {
        // An error means that nobody can say stop any more: that is one, too.
        let _ = stopped.wait_for(|stop| *stop).await;
    };
    let signal = async {
        // Without signals there is only being killed, which the store survives.
        if stop_signal().await.is_err() {
            std::future::pending::<()>().await;
        }
        let _ = stop.send(true);
    };
    let wallets = async {
        if let Some((listener, _)) = public {
            run(listener, figures.count(router(Arc::clone(&app))), until(stopped.clone())).await;
        }
    };
    let (log, tidied) = (context.console.log(), Arc::clone(&app));
    let tidy = async {
        let stop = until(stopped.clone());
        tokio::pin!(stop);
        let mut pause = 0;
        loop {
            tokio::select! {
                () = &mut stop => break,
                () = tokio::time::sleep(TIDY) => {}
            }
            let (now, mut rng) = (tidied.ambient().now(), tidied.ambient().rng());
            // A portrait does not wait longer because nobody has the page open.
            if let Err(failure) = tidied.abandon_old(&mut *rng, now).await {
                log.line(&format!("tidy: {}", failure.coded().code()));
            }
            // Without a network they wait: that is no news.
            pause = match pause {
                0 => tidied.send_tickets(None, now).await.map_or(TICKETS_EVERY, |_| 0),
                left => left - 1,
            };
        }
    };
    let routes = desk_router(desk);
    let other = async {
        if let Ok(Some(listener)) = by_name {
            run(listener, routes.clone(), until(stopped.clone())).await;
        }
    };
    tokio::join!(signal, wallets, tidy, other, run(page, routes.clone(), until(stopped.clone())));
    RunFile::remove(app.dir());
    close_door(app.dir(), &key);
    Ok(Exit::Ok)
}

/// Held while the program serves; ends with it, however it ends. None while another one serves from this directory.
fn only_one(dir: &DataDir) -> Result<Option<File>, VerifierError> {
    let file = File::options().create(true).truncate(false).write(true).mode(0o600).open(dir.join(LOCK));
    let file = file.map_err(|_| VerifierError::Listen)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(_)) => Err(VerifierError::Listen),
    }
}

/// The page's own listener, on this machine only.
async fn page_listener(app: &App, args: &Serve) -> Result<TcpListener, Failure> {
    let told = app.settings().text("page", args.page.as_deref())?;
    let address = local_address("page", told.as_deref().unwrap_or(PAGE))?;
    if !address.ip().is_loopback() {
        return Err(VerifierError::PageNotLocal.into());
    }
    let bound = match TcpListener::bind(address).await {
        // Another counter on this machine: only who was told a port insists on it.
        Err(error) if told.is_none() && error.kind() == std::io::ErrorKind::AddrInUse => {
            TcpListener::bind(SocketAddr::new(address.ip(), 0)).await
        }
        bound => bound,
    };
    Ok(bound.map_err(|_| VerifierError::Listen)?)
}

/// Somebody else listens where the name `localhost` may lead.
struct Taken;

/// The name `localhost`, which passkeys need, may lead to `::1` first: the page is opened by it only where that is ours,
/// too, or nobody's, so that no other program of this machine is shown the key.
async fn by_name(page: &TcpListener) -> Result<Option<TcpListener>, Taken> {
    let address = page.local_addr().map_err(|_| Taken)?;
    if address.ip() != IpAddr::V4(Ipv4Addr::LOCALHOST) {
        return Err(Taken);
    }
    match TcpListener::bind((Ipv6Addr::LOCALHOST, address.port())).await {
        Ok(listener) => Ok(Some(listener)),
        Err(error) if error.kind() == std::io::ErrorKind::AddrNotAvailable => Ok(None),
        Err(_) => Err(Taken),
    }
}

/// What wallets reach, where somebody says under which address they do; a counter without network has none.
async fn public_listener(app: &App, args: &Serve) -> Result<Option<(TcpListener, String)>, Failure> {
    let configured = app.settings().text("public_url", args.public_url.as_deref())?;
    if configured.is_none() && app.reach() != Reach::DevLoopback {
        return Ok(None);
    }
    let listener = TcpListener::bind(args.listen).await.map_err(|_| VerifierError::Listen)?;
    let url = match configured {
        Some(url) => app.reach().url(&url)?.as_str().trim_end_matches('/').to_owned(),
        None => base_url(&listener).map_err(|_| VerifierError::Listen)?,
    };
    Ok(Some((listener, url)))
}

/// The key goes through files of the owner: a command line or a log would show it to others.
fn leave_door(dir: &DataDir, url: &str, key: &str) -> Result<(), FileError> {
    let link = format!("{url}/#{key}");
    write_atomic(&dir.join(LINK), format!("{link}\n").as_bytes(), Mode::Private)?;
    let door = format!(
        "<!doctype html><meta charset=\"utf-8\"><meta name=\"referrer\" content=\"no-referrer\">\
         <meta http-equiv=\"refresh\" content=\"0; url={link}\"><title>Absah</title><a href=\"{link}\">Absah</a>\n"
    );
    write_atomic(&dir.join(DOOR), door.as_bytes(), Mode::Private)
}

fn close_door(dir: &DataDir, key: &str) {
    let is_own = |name: &str| read_text(&dir.join(name), 64 << 10).is_ok_and(|text| text.contains(key));
    for name in [LINK, DOOR].into_iter().filter(|name| is_own(name)) {
        // A stale key opens nothing.
        let _ = std::fs::remove_file(dir.join(name));
    }
}

/// `page --json` → `{"url"}`.
pub(crate) async fn page(common: &CommonArgs, context: &mut Context) -> Result<Exit, Failure> {
    let app = App::open(common, context).await?;
    let link = match read_text(&app.dir().join(LINK), 4096) {
        Err(FileError::Missing { .. }) => return Err(VerifierError::PageNotServed.into()),
        read => read?.trim().to_owned(),
    };
    let console = &mut context.console;
    if console.json() {
        console.answer(&json!({ "url": link }));
    } else {
        console.line(&link);
    }
    Ok(Exit::Ok)
}
