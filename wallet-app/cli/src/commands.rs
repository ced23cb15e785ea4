//! One function per command.

use std::collections::BTreeSet;

use absah_carry::pictures;
use absah_host::{Ask, CommonArgs, Context, Exit, check_writable, report};
use absah_types::{Coded as _, Lang, Secret, Timestamp};
use absah_wallet_core::{
    Appearance, CardId, CardStatus, Contact, Intent, LogInPage, OfferConsent, Overview, Pending,
    PresentationConsent, Prompt, ReceivedCard, Refusal, SharedAnswer, Shown, Stacked, Wallet,
};
use serde::Serialize;
use serde_json::json;

use crate::{
    args::{Delete, Receive, Respond},
    error::WalletError,
    request,
    session::{self, Next, Session},
    words::{self, say},
};

/// `receive OFFER_URI [--tx-code C]`: the offer was handed over on purpose, so it is shown but not asked about again,
/// unless a code is needed that was not given.
pub(crate) async fn receive(
    common: &CommonArgs,
    args: &Receive,
    context: &mut Context,
    terminal: &mut dyn Ask,
) -> Result<Exit, WalletError> {
    let mut session = Session::open(common, context)?;
    let mut given = args.tx_code.clone();
    let mut decide = |prompt: &Prompt, _: &Wallet, context: &mut Context| match prompt {
        Prompt::Offer(consent) => offered(consent, given.take(), context, terminal),
        Prompt::LogIn(page) => logged_in(page, context, terminal),
        _ => Ok(Next::Done),
    };
    let intent = Intent::Receive { link: args.link.clone() };
    match session.drive(intent, context, &mut decide).await? {
        Prompt::Received(cards) => {
            tell_issuers(&mut session, context).await?;
            say_received(&cards, session.wallet(), context);
            Ok(Exit::Ok)
        }
        Prompt::Waiting(_) => {
            say_received(&[], session.wallet(), context);
            Ok(Exit::Ok)
        }
        other => {
            let exit = ended(other, context);
            tell_issuers(&mut session, context).await?;
            Ok(exit)
        }
    }
}

/// Tells issuers what became of their cards; whether they heard it changes nothing here.
async fn tell_issuers(session: &mut Session, context: &mut Context) -> Result<(), WalletError> {
    let mut tried = BTreeSet::new();
    // Whatever else is due is left for `renew`.
    let now = context.clock.now();
    while let Some(contact) = session.wallet().next_contact(now, &tried) {
        if matches!(contact, Contact::Notify(_)) {
            let mut decide = |_: &Prompt, _: &Wallet, _: &mut Context| Ok(Next::Done);
            session.drive(contact.clone().intent(), context, &mut decide).await?;
        }
        tried.insert(contact);
    }
    Ok(())
}

/// `delete CARD [--yes]`: the card in all its forms; its issuer is told.
pub(crate) async fn delete(
    common: &CommonArgs,
    args: &Delete,
    context: &mut Context,
    terminal: &mut dyn Ask,
) -> Result<Exit, WalletError> {
    let mut session = Session::open(common, context)?;
    let card = CardId(args.card.clone());
    if !args.yes {
        let overview = session.wallet().overview(context.clock.now());
        let console = &mut context.console;
        let named = overview.iter().find(|one| one.card.id == card);
        let mut lines: Vec<String> =
            named.map(|one| words::card(&[one], false, console)).into_iter().collect();
        lines.push(console.text("wallet-ask-delete"));
        match terminal.ask(&lines, console) {
            None => return Err(WalletError::NobodyToAsk),
            Some(word) if is_yes(&word) => {}
            Some(_) => return Err(WalletError::Declined),
        }
    }
    let mut decide = |_: &Prompt, _: &Wallet, _: &mut Context| Ok(Next::Done);
    match session.drive(Intent::Delete { card }, context, &mut decide).await? {
        Prompt::Deleted => {
            tell_issuers(&mut session, context).await?;
            if context.console.json() {
                context.console.answer(&json!({ "deleted": args.card }));
            } else {
                let line = context.console.text("wallet-deleted");
                context.console.line(&line);
            }
            Ok(Exit::Ok)
        }
        other => Ok(ended(other, context)),
    }
}

fn offered(
    consent: &OfferConsent,
    given: Option<String>,
    context: &mut Context,
    terminal: &mut dyn Ask,
) -> Result<Next, WalletError> {
    let console = &mut context.console;
    let lines = match &consent.problem {
        None => words::offer(consent, console),
        Some(problem) => vec![console.text(&format!("err-{}", problem.code()))],
    };
    let agree = |code: Option<String>| Ok(Next::Intent(Intent::Agree { code: code.map(Secret::new) }));
    if consent.code.is_none() || given.is_some() {
        lines.iter().for_each(|line| console.notice(line));
        return agree(given.filter(|_| consent.code.is_some()));
    }
    let question = console.text("wallet-ask-code");
    match terminal.ask(&[lines, vec![question]].concat(), console) {
        Some(code) => agree(Some(code)),
        // The code on the command line was wrong, or there was none, and nobody is there to type one.
        None => Err(consent.problem.clone().unwrap_or(Refusal::CodeNeeded).into()),
    }
}

/// The page is opened by the person, and the address that it came back to is pasted.
fn logged_in(page: &LogInPage, context: &mut Context, terminal: &mut dyn Ask) -> Result<Next, WalletError> {
    let console = &mut context.console;
    let lines = [console.text("wallet-log-in-open"), page.page.clone(), console.text("wallet-log-in-paste")];
    match terminal.ask(&lines, console) {
        Some(address) => Ok(Next::Intent(Intent::CameBack { address })),
        None => Err(WalletError::NobodyToAsk),
    }
}

/// `renew [--all]`: the cards that are due, or all that can be renewed. Exit 1 when one of them could not.
pub(crate) async fn renew(
    common: &CommonArgs,
    all: bool,
    context: &mut Context,
) -> Result<Exit, WalletError> {
    let mut session = Session::open(common, context)?;
    let wallet = session.wallet();
    let now = context.clock.now();
    let mut all: Vec<CardId> = if all {
        wallet.holdings().renewals.iter().rev().filter_map(|one| one.cards.first().cloned()).collect()
    } else {
        Vec::new()
    };
    let (mut renewed, mut refused, mut collected) = (Vec::new(), Vec::new(), Vec::new());
    let mut tried = BTreeSet::new();
    loop {
        let next = session.wallet().next_contact(now, &tried);
        let Some(contact) = all.pop().map(Contact::Renew).or(next) else { break };
        // A card that was renewed already in this round has another name now.
        let renews = matches!(contact, Contact::Renew(_));
        let mut decide = |_: &Prompt, _: &Wallet, _: &mut Context| Ok(Next::Done);
        let outcome = session.drive(contact.clone().intent(), context, &mut decide).await?;
        if let Prompt::Received(cards) = &outcome {
            // Once in a round, also where an issuer gives so few copies that they are due again at once.
            tried.extend(cards.iter().map(|one| Contact::Renew(one.card.clone())));
        }
        match outcome {
            Prompt::Received(cards) if renews => renewed.extend(cards),
            Prompt::Received(cards) => collected.extend(cards),
            Prompt::Waiting(_) | Prompt::Notified => {}
            Prompt::Refused(refusal) => refused.push((contact.clone(), refusal)),
            _ => return Err(WalletError::Stalled),
        }
        tried.insert(contact);
    }
    let exit = if refused.is_empty() { Exit::Ok } else { Exit::Refused };
    let at_counter = at_counter(session.wallet(), now, context.console.lang());
    if context.console.json() {
        let one = |card: &ReceivedCard| {
            let (kind, format) = (&card.type_name, card.format.name());
            json!({ "id": card.card, "type": kind, "format": format, "copies": card.copies })
        };
        let no = |(contact, refusal): &(Contact, Refusal)| {
            let id = match contact {
                Contact::Renew(card) => Some(card),
                Contact::Collect(_) | Contact::Notify(_) => None,
            };
            json!({ "id": id, "code": refusal.code() })
        };
        context.console.answer(&json!({
            "renewed": renewed.iter().map(one).collect::<Vec<_>>(),
            "refused": refused.iter().map(no).collect::<Vec<_>>(),
            "received": collected.iter().map(one).collect::<Vec<_>>(),
            "waiting": waiting(session.wallet()),
            "at_counter": at_counter.iter().map(|(id, _)| id).collect::<Vec<_>>(),
        }));
        return Ok(exit);
    }
    if renewed.is_empty() && refused.is_empty() && collected.is_empty() && at_counter.is_empty() {
        let is_elsewhere = session.wallet().holdings().cards.iter().any(|card| card.copies.is_empty());
        let id = if is_elsewhere { "wallet-renew-again" } else { "wallet-renew-none" };
        let line = context.console.text(id);
        context.console.line(&line);
    }
    renewed.extend(collected);
    say_received(&renewed, session.wallet(), context);
    for (_, refusal) in &refused {
        for kind in ["err", "rec"] {
            let line = context.console.text(&format!("{kind}-{}", refusal.code()));
            context.console.notice(&line);
        }
    }
    let names: BTreeSet<String> = at_counter.into_iter().map(|(_, name)| name).collect();
    if !names.is_empty() {
        let names = names.into_iter().collect::<Vec<_>>().join(", ");
        let line = context.console.text_with("wallet-renew-counter", &[("cards", &names)]);
        context.console.notice(&line);
    }
    Ok(exit)
}

/// Cards that are over or have a newer one, and that no renewal of this wallet brings anew: their ids and names.
fn at_counter(wallet: &Wallet, now: Timestamp, lang: Lang) -> Vec<(CardId, String)> {
    let renewals = &wallet.holdings().renewals;
    let is_over = |status| matches!(status, CardStatus::Superseded | CardStatus::Expired);
    let all = wallet.overview(now);
    let is_had = |card: &Overview<'_>| {
        all.iter().any(|one| one.card.type_name == card.card.type_name && one.status <= CardStatus::NotYet)
    };
    let over = all.iter().filter(|one| is_over(one.status) && !one.card.is_carried() && !is_had(one));
    let over = over.filter(|one| !renewals.iter().any(|renewal| renewal.cards.contains(&one.card.id)));
    over.map(|one| (one.card.id.clone(), words::card_name(one.card, lang))).collect()
}

/// Cards that come later, as JSON; what asks for them is secret.
fn waiting(wallet: &Wallet) -> Vec<serde_json::Value> {
    let one = |one: &Pending| {
        json!({
            "type": one.type_name(), "format": one.format.name(), "issuer": one.issuer,
            "issuer_name": one.issuer_name, "asked_at": one.asked_at.to_string(),
            "not_before": one.not_before.to_string(),
        })
    };
    wallet.pending().iter().map(one).collect()
}

fn say_received(cards: &[ReceivedCard], wallet: &Wallet, context: &mut Context) {
    let console = &mut context.console;
    if console.json() {
        let one = |card: &ReceivedCard| {
            let (kind, format) = (&card.type_name, card.format.name());
            json!({ "id": card.card, "type": kind, "format": format, "copies": card.copies })
        };
        let received: Vec<_> = cards.iter().map(one).collect();
        console.answer(&json!({ "received": received, "waiting": waiting(wallet) }));
        return;
    }
    // The forms of a card are one card to a person.
    let mut copies: Vec<(&Shown, usize)> = Vec::new();
    for card in cards {
        match copies.iter_mut().find(|(name, _)| **name == card.type_name) {
            Some((_, count)) => *count += card.copies,
            None => copies.push((&card.type_name, card.copies)),
        }
    }
    for (name, copies) in copies {
        let (name, copies) = (words::type_name(name, console.lang()), copies.to_string());
        let line = say(console, "wallet-received-card", &[("card", &name), ("copies", &copies)]);
        console.line(&line);
    }
    words::waiting(wallet, console).iter().for_each(|line| console.line(line));
}

/// `list`.
pub(crate) fn list(common: &CommonArgs, context: &mut Context) -> Result<Exit, WalletError> {
    let wallet = &session::read(common, context)?;
    let now = context.clock.now();
    let (overview, stack) = (wallet.overview(now), wallet.stack(now));
    let console = &mut context.console;
    if console.json() {
        let cards: Vec<_> = overview
            .iter()
            .map(|one| ListedCard { name: name(&stack, one), ..ListedCard::of(one) })
            .collect();
        console.answer(&json!({ "cards": cards, "waiting": waiting(wallet) }));
    } else if overview.is_empty() && wallet.pending().is_empty() {
        let line = console.text("wallet-list-empty");
        console.line(&line);
    } else {
        for forms in words::one_each(&overview) {
            // Said where copies run out and come again by themselves.
            let refill =
                forms.iter().any(|form| form.card.is_running_out() && wallet.is_renewable(&form.card.id));
            let line = words::card(&forms, refill, console);
            // Whose it is, and what `--card` and `delete` call it.
            let whose = forms.first().and_then(|one| name(&stack, one)).unwrap_or_default();
            let ids: Vec<_> = forms.iter().map(|form| form.card.id.0.as_str()).collect();
            console.line(&format!("{line}\n    {whose} [{}]", ids.join(", ")));
        }
    }
    if !console.json() {
        words::waiting(wallet, console).iter().for_each(|line| console.line(line));
    }
    Ok(Exit::Ok)
}

/// Whose card it is.
fn name(stack: &[Stacked<'_>], one: &Overview<'_>) -> Option<String> {
    let found = stack.iter().find(|other| other.forms.iter().any(|form| form.card.id == one.card.id));
    found.and_then(|found| found.name.clone()).map(String::from)
}

/// A card in `list --json`.
#[derive(Serialize)]
struct ListedCard<'w> {
    id: &'w str,
    /// The name on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    r#type: &'w str,
    format: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    appearance: Option<&'w Appearance>,
    issuer: &'w str,
    issuer_name: &'w str,
    issuer_listed: bool,
    status: CardStatus,
    status_signed_at: Option<String>,
    received_at: String,
    valid_from: String,
    valid_until: String,
    copies: usize,
    copies_unused: usize,
    /// This device only carries it for somebody, as a helper's.
    carried: bool,
    /// And its one errand is done.
    carried_used: bool,
}

impl<'w> ListedCard<'w> {
    fn of(overview: &Overview<'w>) -> Self {
        let card = overview.card;
        Self {
            id: &card.id.0,
            name: None,
            r#type: card.type_name.as_str(),
            format: card.format.name(),
            appearance: card.appearance.as_ref(),
            issuer: &card.issuer.url,
            issuer_name: card.issuer.name.as_str(),
            issuer_listed: overview.issuer_listed,
            status: overview.status,
            status_signed_at: overview.status_signed_at.map(|at| at.to_string()),
            received_at: card.received_at.to_string(),
            valid_from: card.valid_from.to_string(),
            valid_until: card.valid_until.to_string(),
            copies: card.copies.len(),
            copies_unused: card.unused(),
            carried: card.is_carried(),
            carried_used: card.is_carried_used(),
        }
    }
}

/// `respond FILE_OR_TEXT [--yes] --out ANSWER.png [--text ANSWER.txt]`.
pub(crate) async fn respond(
    common: &CommonArgs,
    args: &Respond,
    context: &mut Context,
    terminal: &mut dyn Ask,
) -> Result<Exit, WalletError> {
    let texts = request::read(&args.request)?;
    // Before anything is signed or noted: what stands in the history as shown must be there to be shown.
    for target in args.out.iter().chain(&args.text) {
        check_writable(target)?;
    }
    let mut session = Session::open(common, context)?;
    let mut wanted: Vec<CardId> = args.cards.iter().cloned().map(CardId).collect();
    let mut decide = |prompt: &Prompt, wallet: &Wallet, context: &mut Context| match prompt {
        Prompt::Presentation(consent) => match chosen(consent, &mut wanted, wallet) {
            Some(card) => Ok(Next::Intent(Intent::Choose { card })),
            None if !wanted.is_empty() => Err(WalletError::CardNotForRequest),
            None => asked(consent, (args.yes, !args.cards.is_empty()), wallet, context, terminal),
        },
        _ => Ok(Next::Done),
    };
    match session.drive(Intent::Respond { texts }, context, &mut decide).await? {
        Prompt::Shared(answer) => say_shared(&answer, args, context),
        other => Ok(ended(other, context)),
    }
}

/// The next of the cards wanted that does not answer yet and could, in whichever form it was named. Those that answer are
/// wanted no more.
fn chosen(consent: &PresentationConsent, wanted: &mut Vec<CardId>, wallet: &Wallet) -> Option<CardId> {
    let held = |id: &CardId| wallet.holdings().cards.iter().find(|one| one.id == *id);
    let is = |named: &CardId, card: &CardId| {
        named == card || held(named).zip(held(card)).is_some_and(|(named, card)| named.is_form_of(card))
    };
    wanted.retain(|named| !consent.cards.iter().any(|one| is(named, &one.card)));
    let others: Vec<_> = consent.cards.iter().flat_map(|one| &one.others).collect();
    let (at, card) = wanted.iter().enumerate().find_map(|(at, named)| {
        Some((at, others.iter().find(|other| is(named, &other.card))?.card.clone()))
    })?;
    wanted.remove(at);
    Some(card)
}

fn asked(
    consent: &PresentationConsent,
    (yes, is_chosen): (bool, bool),
    wallet: &Wallet,
    context: &mut Context,
    terminal: &mut dyn Ask,
) -> Result<Next, WalletError> {
    let console = &mut context.console;
    let mut lines = words::request(consent, wallet, console);
    // Said before all else and again at the question; where nobody reads it, nothing of such a card is shown.
    let weak = words::not_in_force(consent, console);
    if yes && !weak.is_empty() && is_chosen {
        return Err(WalletError::CardNotInForce);
    }
    lines.splice(0..0, weak.iter().cloned());
    lines.extend(weak);
    if yes {
        if !console.json() {
            lines.iter().for_each(|line| console.notice(line));
        }
        return Ok(Next::Intent(Intent::Agree { code: None }));
    }
    lines.push(console.text("wallet-ask-share"));
    match terminal.ask(&lines, console) {
        None => Err(WalletError::NobodyToAsk),
        Some(word) if is_yes(&word) => Ok(Next::Intent(Intent::Agree { code: None })),
        Some(_) => Ok(Next::Intent(Intent::Refuse)),
    }
}

/// Whatever the language of the screen: a yes is a yes.
pub(crate) fn is_yes(word: &str) -> bool {
    ["ya", "y", "yes", "inggih", "nggih"].contains(&word.trim().to_lowercase().as_str())
}

fn say_shared(answer: &SharedAnswer, args: &Respond, context: &mut Context) -> Result<Exit, WalletError> {
    let by_qr = !answer.frames.is_empty();
    let pictures = match &args.out {
        Some(out) if by_qr => pictures::write_pictures(out, &answer.frames)?,
        _ => Vec::new(),
    };
    if let Some(out) = args.text.as_deref().filter(|_| by_qr) {
        pictures::write_text(out, &answer.frames)?;
    }
    let pictures: Vec<String> = pictures.iter().map(|path| path.display().to_string()).collect();
    let console = &mut context.console;
    if console.json() {
        console.answer(&json!({
            "shared": answer.entry,
            "frames": answer.frames,
            "pictures": pictures,
            "redirect_uri": answer.redirect,
        }));
        return Ok(Exit::Ok);
    }
    if !by_qr {
        let line = console.text("wallet-shared-online");
        console.line(&line);
    } else if pictures.is_empty() && args.text.is_none() {
        // Nowhere to write: the answer itself is the output.
        answer.frames.iter().for_each(|frame| console.line(frame));
    }
    for picture in &pictures {
        let line = say(console, "wallet-shared-qr", &[("file", picture)]);
        console.line(&line);
    }
    if let Some(redirect) = &answer.redirect {
        let line = say(console, "wallet-shared-redirect", &[("url", redirect)]);
        console.line(&line);
    }
    Ok(Exit::Ok)
}

/// `history`.
pub(crate) fn history(common: &CommonArgs, context: &mut Context) -> Result<Exit, WalletError> {
    let wallet = session::read(common, context)?;
    let console = &mut context.console;
    if console.json() {
        console.answer(&json!({ "history": &wallet.holdings().history }));
    } else {
        words::history(&wallet, console).iter().for_each(|line| console.line(line));
    }
    Ok(Exit::Ok)
}

/// A result that is none of the good ones.
pub(crate) fn ended(prompt: Prompt, context: &mut Context) -> Exit {
    let error = match prompt {
        Prompt::Refused(refusal) => WalletError::Refused(refusal),
        Prompt::Declined => WalletError::Declined,
        _ => WalletError::Stalled,
    };
    report(&error, &mut context.console)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_in_three_languages_and_nothing_else() {
        for word in ["ya", " Ya ", "y", "yes", "INGGIH"] {
            assert!(is_yes(word), "{word}");
        }
        for word in ["", "tidak", "no", "yak", "ya tidak"] {
            assert!(!is_yes(word), "{word}");
        }
    }
}
