//! The work that waits: what citizens ask for, and cards that end soon. Nobody is named here; whoever opens one looks at a
//! record, for a purpose that says why.

use absah_schemas::CredentialType;
use absah_types::{Seconds, Timestamp};
use absah_web::Now;
use axum::extract::{Path, State};
use axum::response::Response;
use minijinja::{Value as Shown, context};
use serde_json::{Value, json};

use super::error::Fail;
use super::guard::{Fields, Officer};
use super::page::{page, say, see};
use super::people::{case_of, open_case, person_page, purpose};
use super::{Console, ConsoleError, alerts};

/// A card in a wallet that ends so soon waits here: it lives 30 days, and wallets renew by themselves from seven days before the
/// end. 28 days before, every card would wait.
const RENEWAL: Seconds = Seconds::days(5);
/// A card on paper, which lives for years and which nobody renews.
const PAPER_RENEWAL: Seconds = Seconds::days(28);

/// From when, until when in wallets, until when on paper.
fn soon(now: Timestamp) -> (Timestamp, Timestamp, Timestamp) {
    (now, now.plus(RENEWAL), now.plus(PAPER_RENEWAL))
}
/// Cards that end soon that one page shows.
const MOST_SHOWN: u32 = 100;

pub(super) async fn list(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
) -> Result<Response, Fail> {
    let tickets = console.store().tickets(None).await?;
    let places = console.store().ticket_places().await?;
    // Letters wait among the approvals.
    let tickets: Vec<Value> = tickets.iter().filter(|(_, ticket)| ticket.kind != "letter").map(|(_, ticket)| json!({
        "number": ticket.number, "text": format!("console-ticket-{}", ticket.kind), "at": ticket.made_at.unix(),
        "place": places.get(&ticket.number),
    })).collect();
    let (renewals, count) = console.store().renewals(soon(now), MOST_SHOWN).await?;
    let renewals: Vec<Value> = renewals.iter().map(|one| json!({
        "batch": one.batch, "title": if one.is_paper { say(officer.lang, "console-paper") } else { one.kind.display_name(officer.lang).to_owned() },
        "expires": one.expires_at.unix(),
    })).collect();
    let values = context! {
        tickets => Shown::from_serialize(&tickets),
        renewals => Shown::from_serialize(&renewals),
        count => count,
    };
    Ok(page(&officer, "work.html", "console-work", values))
}

/// Opens the person behind a ticket or a card that ends; the purpose says which.
pub(super) async fn open(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    fields: Fields,
) -> Result<Response, Fail> {
    let number: i64 = fields.raw("number").parse().map_err(|_| ConsoleError::Unknown)?;
    let of = |text: &str, about: &str| format!("{} {about}", say(officer.lang, text));
    let (nik, why) = match fields.raw("what") {
        "ticket" => {
            let tickets = console.store().tickets(None).await?;
            let found =
                tickets.into_iter().find(|(_, ticket)| ticket.number == number && ticket.kind != "letter");
            let (nik, ticket) = found.ok_or(ConsoleError::Unknown)?;
            let kind = say(officer.lang, &format!("console-ticket-{}", ticket.kind));
            (nik, of("console-work-ticket", &format!("#{number}: {kind}")))
        }
        "renewal" => {
            let found = console.store().renewal(soon(now), number).await?;
            let (nik, kind): (_, CredentialType) = found.ok_or(ConsoleError::Unknown)?;
            (nik, of("console-work-renewal", kind.display_name(officer.lang)))
        }
        _ => return Err(ConsoleError::Unknown.into()),
    };
    let id = open_case(&console, &officer, (nik, why), "queue", now).await?;
    Ok(see(&format!("/people/{id}")))
}

/// Says what became of a wish; the citizen reads it.
pub(super) async fn close(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Fail> {
    let case = case_of(&console, &officer, &id).await?;
    let number: i64 = fields.raw("number").parse().map_err(|_| ConsoleError::Unknown)?;
    let note = match purpose(&fields, "note") {
        Ok(note) => note,
        Err(error) => return person_page(&console, &officer, (&id, now), (&fields, Some(error))).await,
    };
    let own = console.store().tickets(Some(case.nik)).await?;
    if !own.iter().any(|(_, ticket)| ticket.number == number) {
        return Err(ConsoleError::Unknown.into());
    }
    let is_done = fields.raw("done") == "yes";
    if !console.store().close_ticket(number, is_done, note, now).await? {
        return Err(ConsoleError::Decided.into());
    }
    alerts::acted(&console, &officer, case.nik, now).await?;
    Ok(see(&format!("/people/{id}")))
}
