//! `services`: what this counter may ask.

use absah_host::{CommonArgs, Context, Exit};
use absah_verifier_core::RequestFailure;
use serde_json::json;

use crate::app::App;
use crate::desk::label;
use crate::error::Failure;

/// `services --json` → `{"services":[{"id","title","purpose","legal_basis","tier","retention_days","asks"}],"unknown":[ID]}`: the unknown
/// ones stand in `services.toml` without being registered.
pub(crate) async fn services(common: &CommonArgs, context: &mut Context) -> Result<Exit, Failure> {
    let app = App::open(common, context).await?;
    let bundle = app.bundle().await?.ok_or(RequestFailure::NoBundle)?;
    let now = context.clock.now();
    let (offers, unknown) = (app.offers(&bundle, now)?, app.menu_unknown(&bundle, now));
    let console = &mut context.console;
    if console.json() {
        let one = |offer: &absah_verifier_core::Offer| {
            let service = &offer.service;
            json!({
                "id": service.id, "title": offer.title, "purpose": service.purpose,
                "legal_basis": service.legal_basis, "tier": service.tier,
                "retention_days": service.retention_days, "asks": service.asks,
            })
        };
        console
            .answer(&json!({ "services": offers.iter().map(one).collect::<Vec<_>>(), "unknown": unknown }));
        return Ok(Exit::Ok);
    }
    for id in &unknown {
        let what = console.said("err", "services-file-unknown").unwrap_or_default();
        console.notice(&format!("{what} {id:?}"));
    }
    let parts = app.examine(now).await?.parts;
    for code in parts.iter().filter(|part| part.what == "registration").filter_map(|part| part.code) {
        let texts = ["err", "rec"].map(|kind| console.said(kind, code).unwrap_or_default());
        console.notice(&texts.join(" "));
    }
    for offer in &offers {
        let title = match console.lang() {
            absah_types::Lang::Id => &offer.title.id,
            absah_types::Lang::Jv => &offer.title.jv,
            absah_types::Lang::En => &offer.title.en,
        };
        let claims = offer.service.claims().map(|(_, claim)| label(&claim.to_string(), console.lang()));
        let claims: Vec<String> = claims.collect();
        console.line(&format!("{}  {title}: {}", offer.service.id, claims.join(", ")));
    }
    Ok(Exit::Ok)
}
