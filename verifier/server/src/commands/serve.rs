//! `serve`: hands requests out and takes answers.

use std::sync::Arc;

use absah_host::{CommonArgs, Context, Exit, Reach, RunFile, local_address};
use absah_web::{Metrics, base_url, serve as run, stop_signal};
use tokio::net::TcpListener;

use crate::app::App;
use crate::args::Serve;
use crate::error::{Failure, VerifierError};
use crate::http::router;

/// Serves until the process is asked to stop.
pub(crate) async fn serve(common: &CommonArgs, args: &Serve, context: &mut Context) -> Result<Exit, Failure> {
    let app = Arc::new(App::open(common, context).await?);
    // A bundle that does not hold is told now, not to the first citizen.
    app.bundle().await?;
    let configured = app.settings().text("public_url", args.public_url.as_deref())?;
    let listener = TcpListener::bind(args.listen).await.map_err(|_| VerifierError::Listen)?;
    let url = match configured {
        Some(url) => app.reach().url(&url)?.as_str().trim_end_matches('/').to_owned(),
        None if app.reach() == Reach::DevLoopback => {
            base_url(&listener).map_err(|_| VerifierError::Listen)?
        }
        None => return Err(VerifierError::NoPublicUrl.into()),
    };
    let figures = Metrics::new("absah-verifier", env!("CARGO_PKG_VERSION"), &[]);
    let metrics_at = app.settings().text("metrics", args.metrics.as_deref())?;
    let beside = match metrics_at {
        Some(text) => {
            let listening = figures.listen(local_address("metrics", &text)?, |_| async {}).await;
            Some(listening.map_err(|_| VerifierError::Listen)?)
        }
        None => None,
    };
    let run_file = RunFile::new(&url, context.clock.now());
    let run_file = run_file.with_listener("metrics", beside.as_ref().map(|beside| beside.url.as_str()));
    run_file.announce(app.dir(), &mut context.console)?;
    let stop = async {
        // Without signals there is only being killed, which the store survives.
        if stop_signal().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    run(listener, figures.count(router(Arc::clone(&app))), stop).await;
    RunFile::remove(app.dir());
    Ok(Exit::Ok)
}
