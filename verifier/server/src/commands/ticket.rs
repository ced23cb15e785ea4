//! `ticket file|list|send|export|handed-in`: facts that are wrong, told to Dukcapil.

use absah_host::{CommonArgs, Context, Exit, Mode, write_atomic, write_new};
use absah_schemas::times;
use absah_types::base64url;
use serde_json::json;

use crate::app::App;
use crate::args::TicketCommand;
use crate::error::Failure;
use crate::store::TicketRow;
use crate::tickets::About;

pub(crate) async fn ticket(
    common: &CommonArgs,
    command: &TicketCommand,
    context: &mut Context,
) -> Result<Exit, Failure> {
    let app = App::open(common, context).await?;
    let now = context.clock.now();
    match command {
        TicketCommand::File { evidence, fact, note } => {
            let about = About::Evidence(evidence);
            let id = app.file_ticket(about, (fact, note), &mut *context.rng, now).await?;
            let said = context.console.text("counter-ticket-filed");
            say(context, &json!({ "ticket": id }), &said);
        }
        TicketCommand::List => list(&app, context).await?,
        TicketCommand::Send { to } => {
            let sent = app.send_tickets(to.as_deref(), now).await?;
            let (arrived, refused) = (sent.arrived.to_string(), sent.refused.to_string());
            let values = [("arrived", arrived.as_str()), ("refused", refused.as_str())];
            let said = context.console.text_with("counter-ticket-sent", &values);
            say(context, &json!({ "arrived": sent.arrived, "refused": sent.refused }), &said);
            if sent.refused > 0 {
                return Ok(Exit::Refused);
            }
        }
        TicketCommand::Export { out, key } => {
            let (file, secret, count) = app.export_tickets(&mut *context.rng).await?;
            // The key never over another: that one may still be needed.
            write_new(key, format!("{}\n", base64url::encode(secret.expose())).as_bytes(), Mode::Private)?;
            write_atomic(out, format!("{file}\n").as_bytes(), Mode::Private)?;
            app.store().tickets_exported(now).await?;
            let said = context.console.text_with("counter-ticket-exported", &[("count", &count.to_string())]);
            say(context, &json!({ "exported": count }), &said);
        }
        TicketCommand::HandedIn => {
            let count = app.tickets_handed_in(now).await?;
            let said =
                context.console.text_with("counter-ticket-handed-in", &[("count", &count.to_string())]);
            say(context, &json!({ "handed_in": count }), &said);
        }
    }
    Ok(Exit::Ok)
}

fn say(context: &mut Context, answer: &serde_json::Value, said: &str) {
    let console = &mut context.console;
    if console.json() { console.answer(answer) } else { console.line(said) }
}

fn state(row: &TicketRow) -> &'static str {
    match (&row.ended_at, &row.code, &row.exported_at) {
        (Some(_), Some(_), _) => "refused",
        (Some(_), None, _) => "arrived",
        (None, _, Some(_)) => "exported",
        (None, _, None) => "waiting",
    }
}

/// `list --json` → `{"tickets":[{"id","made_at","state","code"}]}`: nothing of what they say.
async fn list(app: &App, context: &mut Context) -> Result<(), Failure> {
    let rows = app.store().tickets().await?;
    let console = &mut context.console;
    if console.json() {
        let one = |row: &TicketRow| {
            json!({
                "id": row.id, "made_at": row.made_at.to_string(), "state": state(row), "code": row.code,
            })
        };
        console.answer(&json!({ "tickets": rows.iter().map(one).collect::<Vec<_>>() }));
        return Ok(());
    }
    for row in &rows {
        let word = console.text(&format!("counter-ticket-state-{}", state(row)));
        let code = row.code.as_deref().unwrap_or_default();
        let at = times::moment(console.lang(), row.made_at);
        // A refusal is said in words, as anywhere else.
        let why = if code.is_empty() { None } else { console.said("err", code) };
        let why = why.map_or_else(|| code.to_owned(), |why| format!("{why} [{code}]"));
        console.line(format!("{}  {at}  {word} {why}", row.id).trim_end());
    }
    Ok(())
}
