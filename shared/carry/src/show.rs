//! What is said about a bundle.

use absah_host::{Console, Exit};
use absah_trust::{Bundle, FreshnessTier};
use absah_types::Timestamp;
use serde_json::{Value, json};

/// `bundle import` and `bundle pull`: what was taken over.
pub fn taken_over(bundle: &Bundle, now: Timestamp, console: &mut Console) -> Exit {
    if console.json() {
        console.answer(&facts(bundle, now));
    } else {
        let done = console.text("carry-bundle-taken-over");
        console.line(&format!("{done} {} ({})", bundle.version(), published(bundle, console)));
    }
    Exit::Ok
}

/// `bundle status`.
pub fn status(bundle: &Bundle, now: Timestamp, console: &mut Console) -> Exit {
    if console.json() {
        console.answer(&facts(bundle, now));
        return Exit::Ok;
    }
    let freshness = bundle.freshness(now);
    let in_use = console.text("carry-bundle-in-use");
    console.line(&format!("{in_use} {} ({})", bundle.version(), published(bundle, console)));
    let word = match freshness.tier {
        FreshnessTier::Green => "carry-tier-green",
        FreshnessTier::Amber => "carry-tier-amber",
        FreshnessTier::Red => "carry-tier-red",
        FreshnessTier::None => "carry-tier-none",
    };
    let mut line = console.text(word);
    if let Some(age) = freshness.age {
        let age = absah_schemas::times::age(console.lang(), age);
        let told = absah_schemas::text_with(console.lang(), "carry-age", &[("age", &age)]);
        line = format!("{line} {}", told.unwrap_or(age));
    }
    console.line(&line);
    if bundle.clock_holds(now).is_err() {
        let line = console.text("err-clock-behind");
        console.line(&line);
    }
    Exit::Ok
}

fn published(bundle: &Bundle, console: &Console) -> String {
    absah_schemas::times::moment(console.lang(), bundle.published_at())
}

/// The facts of a bundle for machines; times as in RFC 3339, ages in seconds.
#[must_use]
pub fn facts(bundle: &Bundle, now: Timestamp) -> Value {
    let freshness = bundle.freshness(now);
    json!({
        "bundle_version": bundle.version(),
        "version": bundle.version(),
        "published_at": bundle.published_at().to_string(),
        "expires_at": bundle.online_expires().to_string(),
        "targets_expire_at": bundle.targets_expires().to_string(),
        "issuers": bundle.trust().issuers.len(),
        "registrations": bundle.registry().listed().len(),
        "status_lists": bundle.statuses().len(),
        "clock_holds": bundle.clock_holds(now).is_ok(),
        "freshness": {
            "tier": freshness.tier,
            "signed_at": freshness.signed_at.map(|at| at.to_string()),
            "age_s": freshness.age.map(|age| age.0),
            "bundle_version": freshness.bundle_version,
        },
    })
}
