//! `request --online` and `session`.

use absah_host::{CommonArgs, Context, Exit, RunFile};
use absah_protocol::oid4vp::request::request_link;
use absah_types::{Coded as _, Rng, Timestamp, array, base64url};
use absah_verifier_core::evidence::Verdict;
use serde_json::{Map, Value, json};

use crate::app::App;
use crate::args::{Request, Session};
use crate::error::{Failure, VerifierError};
use crate::filing::{FilingError, Word};
use crate::show;

/// `request --online --service ID --json` → `{"request_uri","session","deep_link"}`.
pub(super) async fn request(app: &App, args: &Request, context: &mut Context) -> Result<Exit, Failure> {
    let configured = app.settings().text("public_url", args.public_url.as_deref())?;
    let base = match configured {
        Some(url) => url,
        // What only serves the page is no address for wallets.
        None => {
            RunFile::read(app.dir())
                .filter(|run| run.listeners.get("page") != Some(&run.url))
                .ok_or(VerifierError::NoPublicUrl)?
                .url
        }
    };
    let base = base.trim_end_matches('/');
    let session = base64url::encode(array::<16>(&mut *context.rng));
    let response_uri = app.reach().url(&format!("{base}/responses/{session}"))?;
    let request_uri = format!("{base}/requests/{session}");
    let now = context.clock.now();
    let encrypted = !args.unencrypted;
    let made =
        app.ask_online(&args.service, &session, response_uri, encrypted, &mut *context.rng, now).await?;
    let deep_link = request_link(&made.pending.client_id, &request_uri);
    let console = &mut context.console;
    if console.json() {
        console.answer(&json!({ "request_uri": request_uri, "session": session, "deep_link": deep_link }));
    } else {
        console.line(&deep_link);
        console.line(&session);
    }
    Ok(Exit::Ok)
}

/// Files what was asked here and waits: whoever reads the facts has taken the answer.
async fn file_session(
    app: &App,
    session: &str,
    word: &Word<'_>,
    rng: &mut (dyn Rng + Send),
    now: Timestamp,
) -> Result<Option<String>, Failure> {
    let tag = app.session_tag(session).await?;
    match app.decide(&tag, word, rng, now).await {
        Ok(row) => Ok(Some(row.id)),
        Err(failure)
            if [FilingError::NothingToDecide.code(), FilingError::Late.code()]
                .contains(&failure.coded().code()) =>
        {
            Ok(None)
        }
        Err(failure) => Err(failure),
    }
}

/// Takes the facts out of an answer that goes on waiting for a reason.
fn withhold(report: &mut Map<String, Value>) {
    for (name, value) in [
        ("decision", json!("undetermined")),
        ("code", json!(FilingError::ReasonMissing.code())),
        ("colour", json!("grey")),
        ("facts", json!({})),
        ("portrait", json!(false)),
    ] {
        report.insert(name.to_owned(), value);
    }
    report.remove("cards");
    report.remove("relations");
}

/// `session ID --json` → `session`, `state` (`open`, `waiting`, `answered`), `fetched_again` where a second wallet came for the
/// request, and the fields of `decide` once answered; its facts only in the answer that files it. What the page asked for waits for the officer there.
pub(crate) async fn session(
    common: &CommonArgs,
    args: &Session,
    context: &mut Context,
) -> Result<Exit, Failure> {
    let app = App::open(common, context).await?;
    let fetched_again = app.was_fetched_again(&args.id).await?;
    let Some(Value::Object(mut report)) = app.session(&args.id).await? else {
        if context.console.json() {
            let open = json!({ "session": args.id, "state": "open", "fetched_again": fetched_again });
            context.console.answer(&open);
            return Ok(Exit::Refused);
        }
        if fetched_again {
            return Err(VerifierError::RequestTaken.into());
        }
        return Err(VerifierError::SessionOpen.into());
    };
    if app.store().waits_at_page(&args.id).await? {
        if context.console.json() {
            context
                .console
                .answer(&json!({ "session": args.id, "state": "waiting", "fetched_again": fetched_again }));
            return Ok(Exit::Refused);
        }
        return Err(VerifierError::SessionWaiting.into());
    }
    let now = context.clock.now();
    let officer = super::officer::named(&app, args.officer.as_deref(), context).await?;
    let reason = args.reason.as_deref().unwrap_or_default();
    let word = Word { verdict: Verdict::Unattended, officer: &officer, reason };
    match file_session(&app, &args.id, &word, &mut *context.rng, now).await {
        Ok(Some(id)) => drop(report.insert("evidence".to_owned(), json!(id))),
        Ok(None) => {}
        Err(failure) if failure.coded().code() == FilingError::ReasonMissing.code() => withhold(&mut report),
        Err(failure) => return Err(failure),
    }
    let accepted = report.get("decision").and_then(Value::as_str) == Some("accepted");
    report.insert("session".to_owned(), json!(args.id));
    report.insert("state".to_owned(), json!("answered"));
    report.insert("fetched_again".to_owned(), json!(fetched_again));
    show::members_of(&report, &mut context.console);
    Ok(if accepted { Exit::Ok } else { Exit::Refused })
}
