//! What the page is told: texts in its language, ready to be set as text.

use absah_schemas::{text_with, times};
use absah_trust::registration::LocalText;
use absah_trust::{Bundle, FreshnessTier, Service};
use absah_types::{Coded, Lang, Seconds, Timestamp, hex};
use absah_verifier_core::Report;
use absah_verifier_core::evidence::STALE;
use serde::Serialize;
use serde_json::Value;

use super::facts::{
    AskedOf, CardRows, RelationRow, Row, asked_of, cards, denied, label, relations, rows, say,
};
use crate::filing::Held;
use crate::retention::is_beyond;
use crate::store::Visit;

/// What happened and what to do now.
#[derive(Debug, Serialize)]
pub(super) struct Told {
    code: String,
    what: String,
    todo: String,
}

/// What an officer does now: not always what a citizen is told.
fn remedy(lang: Lang, code: &str) -> String {
    let own = absah_schemas::text(lang, &format!("officer-rec-{code}"));
    own.unwrap_or_else(|| say(lang, &format!("rec-{code}")))
}

impl Told {
    pub(super) fn of(error: &dyn Coded, lang: Lang) -> Self {
        Self::code(error.code(), lang)
    }

    pub(super) fn code(code: &str, lang: Lang) -> Self {
        let (what, todo) = (say(lang, &format!("err-{code}")), remedy(lang, code));
        Self { code: code.to_owned(), what, todo }
    }

    /// The same with more about what happened.
    pub(super) fn with(self, more: Option<String>) -> Self {
        let what = more.map_or_else(|| self.what.clone(), |more| format!("{} {more}", self.what));
        Self { what, ..self }
    }
}

/// How old the counter's knowledge is.
#[derive(Debug, Serialize)]
pub(super) struct Knowledge {
    /// `ok`, `warn`, `bad`, `unknown`: the mark beside it.
    shape: &'static str,
    text: String,
}

impl Knowledge {
    pub(super) fn of(bundle: Option<&Bundle>, lang: Lang, now: Timestamp) -> Self {
        let Some(bundle) = bundle else {
            return Self { shape: "unknown", text: say(lang, "desk-bundle-none") };
        };
        let freshness = bundle.freshness(now);
        let is_over = now >= bundle.online_expires() || now >= bundle.targets_expires();
        let shape = match freshness.tier {
            _ if is_over => "bad",
            FreshnessTier::Green => "ok",
            FreshnessTier::Amber => "warn",
            FreshnessTier::Red | FreshnessTier::None => "bad",
        };
        let age = times::age(lang, freshness.age.unwrap_or(Seconds(0)));
        let id = if is_over { "desk-bundle-ended" } else { "desk-bundle-age" };
        Self { shape, text: fill(lang, id, &[("age", &age)]) }
    }
}

/// The machine's clock against the newest signed time.
#[derive(Debug, Serialize)]
pub(super) struct ClockView {
    shape: &'static str,
    text: String,
}

impl ClockView {
    pub(super) fn of(bundle: Option<&Bundle>, lang: Lang, now: Timestamp) -> Self {
        if let Some(bundle) = bundle.filter(|bundle| is_beyond(bundle, now)) {
            let age = times::age(lang, now.since(bundle.clock_floor()));
            return Self { shape: "unknown", text: fill(lang, "desk-clock-unvouched", &[("age", &age)]) };
        }
        let Some(bundle) = bundle.filter(|bundle| bundle.clock_holds(now).is_err()) else {
            return Self { shape: "ok", text: hour(now) };
        };
        let minutes = (bundle.clock_floor().since(now).0 + 59) / 60;
        let text = fill(lang, "desk-clock-behind", &[("minutes", &minutes.to_string())]);
        Self { shape: "bad", text }
    }
}

/// `11.49`, in the city's time.
pub(super) fn hour(moment: Timestamp) -> String {
    let minute = moment.plus(Seconds::hours(7)).unix().rem_euclid(86_400) / 60;
    format!("{:02}.{:02}", minute / 60, minute % 60)
}

/// One tile.
#[derive(Debug, Serialize)]
pub(super) struct Tile {
    id: String,
    title: String,
    purpose: String,
    legal_basis: String,
    /// What is asked, in words.
    facts: Vec<String>,
    /// The same, card by card: several may bear the same fact of different people.
    cards: Vec<AskedOf>,
    /// Citizens served today.
    today: usize,
}

impl Tile {
    pub(super) fn of(service: &Service, title: &LocalText, visits: &[Visit], lang: Lang) -> Self {
        Self {
            id: service.id.clone(),
            title: in_lang(title, lang),
            purpose: in_lang(&service.purpose, lang),
            legal_basis: service.legal_basis.clone(),
            facts: service.claims().map(|(_, claim)| label(&claim.to_string(), lang)).collect(),
            cards: asked_of(service, lang),
            today: visits.iter().filter(|visit| visit.service == service.id).count(),
        }
    }

    pub(super) fn is(&self, service: &str) -> bool {
        self.id == service
    }

    pub(super) fn title(&self) -> &str {
        &self.title
    }
}

/// One line of today's list: no name, no number.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    hour: String,
    service: String,
    shape: &'static str,
    word: String,
}

impl Line {
    pub(super) fn of(visit: &Visit, tiles: &[Tile], lang: Lang) -> Self {
        let service = tiles.iter().find(|tile| tile.is(&visit.service));
        let (shape, id) = match (visit.verdict.as_deref(), visit.colour.as_str()) {
            (Some("matched"), _) => ("ok", "desk-line-matched"),
            (Some("mismatched"), _) => ("bad", "desk-line-mismatched"),
            (Some("unattended"), _) => ("ok", "desk-line-unattended"),
            (Some("lemah"), _) => ("ok", "desk-line-lemah"),
            (Some("kertas"), _) => ("ok", "desk-line-kertas"),
            (Some(_), _) => ("unknown", "desk-line-abandoned"),
            (None, "yellow") => ("warn", "desk-word-superseded"),
            (None, "grey") => ("unknown", "desk-word-undetermined"),
            (None, _) => ("bad", "desk-word-refused"),
        };
        Self {
            hour: hour(visit.at),
            service: service.map_or_else(|| visit.service.clone(), |tile| tile.title().to_owned()),
            shape,
            word: say(lang, id),
        }
    }
}

/// The stage after an answer was read.
#[derive(Debug, Serialize)]
pub(super) struct Stage {
    state: &'static str,
    /// Under which name the officer's word is told; none when there is nothing to decide.
    tag: Option<String>,
    colour: String,
    shape: &'static str,
    word: String,
    what: String,
    todo: String,
    code: String,
    /// How old the card's status is.
    age: Option<String>,
    facts: Vec<Row>,
    /// The same, card by card, where there are several.
    cards: Vec<CardRows>,
    /// What the holder is to whom.
    relations: Vec<RelationRow>,
    /// Who carries the card for its holder.
    carried: Option<String>,
    /// A `data:` address.
    portrait: Option<String>,
    /// Whether a reason must be written.
    reason: bool,
    /// The service, by its id.
    service: Option<String>,
    /// Whether a supervisor may take it upon himself.
    vouchable: bool,
    /// Who did.
    supervisor: Option<String>,
}

impl Stage {
    /// Nothing to decide.
    pub(super) fn over(report: &Report, lang: Lang) -> Self {
        // Text, numbers and lists: always JSON.
        Self::told(&serde_json::to_value(report).unwrap_or_default(), lang)
    }

    /// The same, and no supervisor can take it upon himself.
    pub(super) fn final_word(self) -> Self {
        Self { vouchable: false, ..self }
    }

    /// The same of a report that was kept.
    pub(super) fn told(report: &Value, lang: Lang) -> Self {
        let code = report.get("code").and_then(Value::as_str).unwrap_or_default();
        let vouchable = crate::posted::is_vouchable(code);
        let of = Self::of(report, None, false, lang);
        Self { facts: Vec::new(), cards: Vec::new(), relations: Vec::new(), vouchable, ..of }
    }

    /// The officer has to say something.
    pub(super) fn to_decide(tag: &[u8], held: &Held, service: Option<&Service>, lang: Lang) -> Self {
        let of = Self::of(&held.report, service, held.portrait.is_some(), lang);
        Self {
            tag: Some(hex::encode(tag)),
            portrait: held.portrait.as_ref().map(|picture| format!("data:image/webp;base64,{picture}")),
            reason: held.material.outcome == STALE,
            service: Some(held.material.service.clone()),
            todo: match held.supervisor.as_str() {
                "" => of.todo.clone(),
                name => fill(lang, "desk-todo-vouched", &[("name", name)]),
            },
            word: if held.supervisor.is_empty() { of.word.clone() } else { say(lang, "desk-word-vouched") },
            supervisor: Some(held.supervisor.clone()).filter(|name| !name.is_empty()),
            ..of
        }
        .denying(&held.report, lang)
    }

    /// The same, where a yes-or-no fact is answered with no: a valid card, and no success.
    fn denying(self, report: &Value, lang: Lang) -> Self {
        let denied = denied(report, lang);
        if denied.is_empty() {
            return self;
        }
        let no = fill(lang, "desk-what-no", &[("facts", &denied.join(", "))]);
        let is_weak = report.get("strength").is_some();
        Self {
            shape: "warn",
            word: match self.code.as_str() {
                _ if is_weak => say(lang, "desk-word-lemah-no"),
                "accepted" => say(lang, "desk-word-no"),
                _ => self.word,
            },
            what: if self.what.is_empty() { no } else { format!("{no} {}", self.what) },
            todo: if self.reason { self.todo } else { say(lang, "desk-todo-no") },
            ..self
        }
    }

    /// A weaker proof under its tag: facts and portrait to be compared, its own word, nothing to file.
    pub(super) fn weak(
        (tag, report): (&str, &Report),
        portrait: Option<&str>,
        id: &str,
        service: Option<&Service>,
        lang: Lang,
    ) -> Self {
        let word = report.strength.map_or("lemah", super::weak::word);
        let stale = report.code == STALE;
        // Text, numbers and lists: always JSON.
        let report = serde_json::to_value(report).unwrap_or_default();
        let of = Self::of(&report, service, portrait.is_some(), lang);
        Self {
            tag: Some(tag.to_owned()),
            // Old knowledge is said beside the weaker proof, not instead of it.
            what: {
                let what = if stale { of.word.clone() } else { of.what.clone() };
                let left = crate::show::unanswered(report.get("unanswered"), lang);
                [what, left.unwrap_or_default()].join(" ").trim().to_owned()
            },
            word: say(lang, &format!("desk-word-{word}")),
            todo: match stale {
                true => say(lang, "desk-todo-weak-stale"),
                false => say(lang, &format!("desk-todo-{word}")),
            },
            reason: stale,
            portrait: portrait.map(|picture| format!("data:image/webp;base64,{picture}")),
            service: Some(id.to_owned()),
            ..of
        }
        .denying(&report, lang)
    }

    fn of(report: &Value, service: Option<&Service>, portrait: bool, lang: Lang) -> Self {
        let member = |name: &str| report.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (code, colour) = (member("code"), member("colour"));
        let age = report.pointer("/freshness/age_s").and_then(Value::as_i64);
        let age = age.map(|age| times::age(lang, Seconds(age)));
        let what = say(lang, &format!("err-{code}"));
        let todo = match crate::weak::advice(&code, &member("strength")) {
            Some(id) => say(lang, id),
            None => remedy(lang, &code),
        };
        let (shape, word, what, todo) = match (colour.as_str(), code.as_str()) {
            ("green", "accepted-stale") => {
                let word = fill(lang, "desk-word-stale", &[("age", age.as_deref().unwrap_or_default())]);
                ("ok", word, String::new(), say(lang, "desk-todo-stale"))
            }
            ("green", _) => {
                let id = if portrait { "desk-todo-portrait" } else { "desk-todo-accepted" };
                ("ok", say(lang, "desk-word-accepted"), String::new(), say(lang, id))
            }
            ("yellow", _) => {
                // Whoever shows paper may have no phone.
                let is_paper = report.get("strength").and_then(Value::as_str) == Some("kertas");
                let todo = if is_paper { "desk-todo-superseded-paper" } else { "desk-todo-superseded" };
                (
                    "warn",
                    say(lang, "desk-word-superseded"),
                    say(lang, "desk-what-superseded"),
                    say(lang, todo),
                )
            }
            ("grey", _) => ("unknown", say(lang, "desk-word-undetermined"), what, todo),
            _ => ("bad", say(lang, "desk-word-refused"), what, todo),
        };
        let facts = report.get("facts").and_then(Value::as_object);
        let facts = facts.map(|facts| rows(facts, service, lang)).unwrap_or_default();
        Self {
            state: "result",
            tag: None,
            colour,
            shape,
            word,
            what,
            todo,
            code,
            age,
            facts,
            cards: cards(report, service, lang),
            relations: relations(report, lang),
            carried: crate::relation::carried(report, lang),
            portrait: None,
            reason: false,
            service: None,
            vouchable: false,
            supervisor: None,
        }
    }
}

pub(super) fn in_lang(text: &LocalText, lang: Lang) -> String {
    match lang {
        Lang::Id => text.id.clone(),
        Lang::Jv => text.jv.clone(),
        Lang::En => text.en.clone(),
    }
}

pub(super) fn fill(lang: Lang, id: &str, values: &[(&str, &str)]) -> String {
    text_with(lang, id, values).unwrap_or_else(|| id.to_owned())
}
