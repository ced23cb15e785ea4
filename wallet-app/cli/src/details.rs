//! `card CARD`: what stands on one card, called as its issuer calls it.

use absah_host::{CommonArgs, Context, Exit};
use absah_wallet_core::{CardId, FactValue, Refusal};
use serde_json::{Value, json};

use crate::{
    error::WalletError,
    session,
    words::{self, say},
};

/// `card CARD --json` → `{"id","name","issuer","issuer_name","issuer_listed","facts":[{"path","label","value"}]}`; a
/// picture is `true`.
pub(crate) fn card(common: &CommonArgs, id: &str, context: &mut Context) -> Result<Exit, WalletError> {
    let wallet = session::read(common, context)?;
    let overview = wallet.overview(context.clock.now());
    let one = overview.iter().find(|one| one.card.id.0 == id).ok_or(Refusal::NoSuchCard)?;
    let (facts, console) = (wallet.facts(&CardId(id.to_owned())), &mut context.console);
    let lang = console.lang();
    if console.json() {
        let fact = |fact: &absah_wallet_core::Fact| {
            let label = words::label_on(Some(one.card), &fact.path, lang);
            json!({ "path": fact.path, "label": label, "value": value(&fact.value) })
        };
        console.answer(&json!({
            "id": id,
            "name": words::card_name(one.card, lang),
            "issuer": one.card.issuer.url,
            "issuer_name": one.card.issuer.name,
            "issuer_listed": one.issuer_listed,
            "facts": facts.iter().map(fact).collect::<Vec<_>>(),
        }));
        return Ok(Exit::Ok);
    }
    let name = words::card_name(one.card, lang);
    let mut lines = vec![say(
        console,
        "wallet-show-card",
        &[("card", &name), ("issuer", one.card.issuer.name.as_str()), ("url", &one.card.issuer.url)],
    )];
    lines.push(console.text(if one.issuer_listed { "wallet-offer-listed" } else { "wallet-offer-unlisted" }));
    for fact in &facts {
        words::value(&mut lines, 1, Some(one.card), &fact.path, &fact.value, console);
    }
    lines.iter().for_each(|line| console.line(line));
    Ok(Exit::Ok)
}

pub(crate) fn value(of: &FactValue) -> Value {
    match of {
        FactValue::Text(text) => text.as_str().into(),
        FactValue::Truth(truth) => (*truth).into(),
        FactValue::Members(members) => members
            .iter()
            .map(|(name, inner)| (name.clone(), value(inner)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        FactValue::List(items) => items.iter().map(value).collect::<Vec<_>>().into(),
        FactValue::Picture(_) => true.into(),
    }
}
