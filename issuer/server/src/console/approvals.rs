//! The inbox of acts that two people do: who proposed what and why, and a decision signed by a passkey.

use std::collections::BTreeMap;

use absah_issuer_core::NotEligible;
use absah_issuer_core::operator::four_eyes::{Body, Decision, StatusChange, may_decide};
use absah_issuer_core::operator::{Action, Denied, permit};
use absah_issuer_core::ports::{SecretRole, Store as _};
use absah_schemas::CredentialType;
use absah_schemas::codes::Table;
use absah_types::{Lang, Nik, PopulationStatus, Timestamp, hex};
use absah_web::Now;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use minijinja::{Value as Shown, context};
use serde::Deserialize;
use serde_json::{Value, json};

use super::counters::signed as signed_registration;
use super::error::Fail;
use super::guard::{Officer, is_hidden};
use super::names::Names;
use super::page::{Parts, page, say, see};
use super::people::label;
use super::{Console, ConsoleError, alerts, imports, samples};
use crate::commands::local_acts::name_of;
use crate::store::{Decided, FourEyesAct, NewDecision, Suspended};

/// People of an import's proposal that are shown.
const MOST_PEOPLE: u32 = 50;

/// A change of a card, in words.
fn change(lang: Lang, change: &str, card: Option<&str>) -> String {
    let card = card.and_then(CredentialType::of_name).map(|kind| kind.display_name(lang).to_owned());
    let card = card.unwrap_or_else(|| say(lang, "console-all-cards"));
    format!("{}: {card}", say(lang, &format!("console-change-{change}")))
}

/// One line on what it is about, without any person.
fn about(act: &FourEyesAct, names: &Names, lang: Lang) -> String {
    match &act.body {
        Body::Status { credential, change: how, .. } => change(lang, how.as_str(), credential.as_deref()),
        Body::ImportChanges { proposal, .. } => format!("#{proposal}"),
        Body::Import {
            report, added, changed, superseded, suspended, revoked, left_out, families, ..
        } => {
            let of = |id: &str, count: &u64| format!("{} {count}", say(lang, id));
            format!(
                "#{report}: {}, {}; {}, {}, {}; {}, {}",
                of("console-import-added", added),
                of("console-import-changed", changed),
                of("console-status-superseded", superseded),
                of("console-status-suspended", suspended),
                of("console-status-revoked", revoked),
                of("console-import-left-out", left_out),
                of("console-import-families", families),
            )
        }
        Body::Population { status, .. } => say(lang, &format!("console-population-{}", status.as_str())),
        Body::Portrait { .. } => say(lang, "console-portrait"),
        Body::RegisterCounter { counter, agency, place, days, .. } => {
            format!("{agency}, {place} ({counter}), {days} {}", say(lang, "console-days-unit"))
        }
        Body::RegisterPendamping { id, nama, organisasi } => format!("{nama}, {organisasi} ({id})"),
        Body::RemovePendamping { id } => id.clone(),
        Body::InviteOperator { name, role, .. } => format!("{name} ({role})"),
        Body::ReinviteOperator { operator } | Body::DisableOperator { operator } => names.operator(*operator),
        Body::WithdrawCounter { registration } => names.counter(registration),
        Body::Letter { ticket, title, .. } => format!("#{ticket}: {title}"),
        Body::Command { words, .. } => name_of(words),
    }
}

fn shown(act: &FourEyesAct, names: &Names, lang: Lang) -> Value {
    json!({
        "id": act.id,
        "kind": act.body.name(),
        "text": format!("console-act-{}", act.body.name()),
        "about": about(act, names, lang),
        "at": act.made_at.unix(),
        "by": act.proposer.map(|(operator, role)| format!("{} {}", say(lang, &format!("console-role-{}", role.as_str())), names.operator(operator))),
        "from": if matches!(act.body, Body::Letter { .. }) { "console-from-citizen" } else { "console-local" },
        "user": act.user,
        "reason": if act.reason == "LOCAL" { say(lang, "console-reason-none") } else { act.reason.clone() },
        "closed": act.state == "waiting" && act.proposer.is_some_and(|(operator, _)| names.is_closed(operator)),
        "state": act.state,
        "state_text": format!("console-state-{}", act.state),
        "digest": hex::encode(act.digest),
        "decided": act.decided.as_ref().map(|(who, at, note)| json!({ "by": who.map_or_else(|| say(lang, "console-local"), |who| names.operator(who)), "at": at.unix(), "note": note })),
    })
}

pub(super) async fn list(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    Query(wanted): Query<Parts>,
) -> Result<Response, Fail> {
    let store = console.store();
    let count = store.waiting_acts().await?;
    let waiting_part = wanted.waiting(count);
    let waiting = store.acts_that_wait(waiting_part.reach(), now).await?;
    let (_, past_count) = store.past_acts((0, 0)).await?;
    let past_part = wanted.past(past_count);
    let (past, _) = store.past_acts(past_part.reach()).await?;
    let names = Names::load(&console).await?;
    let told = |acts: &[FourEyesAct]| -> Vec<Value> {
        acts.iter().map(|act| shown(act, &names, officer.lang)).collect()
    };
    let values = context! {
        waiting => Shown::from_serialize(told(&waiting)), past => Shown::from_serialize(told(&past)),
        count => count, waiting_part => waiting_part.part, waiting_parts => waiting_part.of,
        past_part => past_part.part, past_parts => past_part.of,
    };
    Ok(page(&officer, "approvals.html", "console-approvals", values))
}

pub(super) async fn act_of(console: &Console, id: i64) -> Result<FourEyesAct, Fail> {
    console.store().four_eyes_act(id).await?.ok_or(Fail::Console(ConsoleError::Unknown))
}

pub(super) async fn show(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    Path(id): Path<i64>,
) -> Result<Response, Fail> {
    let act = act_of(&console, id).await?;
    let why = may_decide(&act.body, act.proposer, (officer.operator.id, &officer.standing)).err();
    let is_own = act.is_of(officer.operator.id);
    // The plainer reason of the two.
    let why = if is_own { Some(Denied::OwnProposal) } else { why };
    let last = closes_last(&console, &act.body).await?;
    // Only who decides, or who proposed, needs to see whom it concerns; each of those can read it.
    let names = Names::load(&console).await?;
    let people = if officer.may(Action::ViewPerson) && (why.is_none() || is_own) && act.state == "waiting" {
        people(&console, &officer, (&act, &names), now).await?
    } else {
        Vec::new()
    };
    // Who signs a command sees all of it, and nobody reads a person's number without an entry in that person's history.
    let sees_whole = officer.may(Action::ViewPerson) && (named(&act.body).is_empty() || !people.is_empty());
    let sees_whole =
        sees_whole && named(&act.body).len() <= usize::try_from(MOST_PEOPLE).unwrap_or(usize::MAX);
    // Records of nobody are told to whom must agree to them, and to nobody whom they are to catch.
    let of_lures = matches!(&act.body, Body::Command { words, .. } if name_of(words).starts_with("lure"));
    let sees_whole = sees_whole && (!of_lures || (why.is_none() && act.state == "waiting"));
    let mut told = shown(&act, &names, officer.lang);
    if let (true, Body::Command { words, .. }, Some(members)) = (sees_whole, &act.body, told.as_object_mut())
    {
        members.insert("about".to_owned(), json!(words.join(" ")));
    }
    let machine = machine_report(&act.body).filter(|_| sees_whole);
    let (total, counts) = totals(&console, &act, &people, officer.lang).await?;
    let values = context! {
        total => total, counts => counts,
        picture => (!people.is_empty() && matches!(act.body, Body::Portrait { .. }))
            .then(|| picture_key(&console, &officer, id)),
        has_old => match &act.body {
            Body::Portrait { nik, .. } if !people.is_empty() => old_picture(&console, *nik).await?.is_some(),
            _ => false,
        },
        is_file => matches!(&act.body, Body::Command { words, .. } if name_of(words) != "counter register"),
        services => match &act.body {
            Body::RegisterCounter { services, .. } => Some(services.clone()),
            Body::Command { texts, .. } if sees_whole && !texts.is_empty() => machine.is_none().then(|| texts.join("\n")),
            _ => None,
        },
        report => match &act.body {
            Body::Import { report, .. } => Some(*report),
            _ => None,
        },
        problems => machine.as_ref().map(|told| {
            Shown::from_serialize(imports::with_words(told, officer.lang, imports::MOST_SHOWN))
        }),
        told => machine.as_ref().map(Shown::from_serialize),
        letter => if people.is_empty() { None } else { letter(&console, &act).await? },
        restored => if people.is_empty() { None } else { restored(&console, &act, officer.lang).await? },
        may_sample => samples::may_look(&act, &officer),
        may_take_back => may_take_back(&act, &officer),
        // An overtaken letter is filed anew by itself, with the facts of now.
        may_repeat => act.state == "overtaken" && !matches!(act.body, Body::Letter { .. }) && officer.may(act.body.action()),
        act => Shown::from_serialize(&told),
        canonical => sees_whole.then_some(act.canonical.as_str()),
        people => Shown::from_serialize(&people),
        may_decide => why.is_none() && act.state == "waiting",
        is_own => is_own,
        last => last.map(|error| super::sign_in::said(officer.lang, error)),
        mostly_wrong => is_mostly_wrong(&console, &act.body).await?,
        back => match &act.body {
            Body::Import { back, .. } => *back,
            body => machine_report(body)
                .and_then(|told| told.get("back").and_then(Value::as_u64))
                .unwrap_or_default(),
        },
        families => match &act.body {
            Body::Import { families, .. } => *families,
            body => machine_report(body)
                .and_then(|told| told.get("families").and_then(Value::as_u64))
                .unwrap_or_default(),
        },
        why_not => why.map(|why| say(officer.lang, &format!("err-{}", absah_types::Coded::code(&why)))),
    };
    Ok(page(&officer, "approval.html", "console-approval", values))
}

/// The report on an extract that is to be taken in at the machine, as it was filed with the command.
fn machine_report(body: &Body) -> Option<Value> {
    match body {
        Body::Command { words, texts, .. } if name_of(words) == "import" => {
            serde_json::from_str(texts.first()?).ok()
        }
        _ => None,
    }
}

/// Whether it would leave nobody who can do the work of a role that the others need, and in which words that is said.
async fn closes_last(console: &Console, body: &Body) -> Result<Option<ConsoleError>, Fail> {
    let (operator, error) = match body {
        Body::DisableOperator { operator } => (*operator, ConsoleError::LastOfRole),
        Body::ReinviteOperator { operator } => (*operator, ConsoleError::LastReinvite),
        _ => return Ok(None),
    };
    Ok(console.store().is_last_of_role(operator).await?.then_some(error))
}

/// Whether more than half of an extract's rows are left out.
async fn is_mostly_wrong(console: &Console, body: &Body) -> Result<bool, Fail> {
    let told = match body {
        Body::Import { report, .. } => imports::report_of(console, *report).await?.1,
        body => machine_report(body).unwrap_or_default(),
    };
    let count = |name: &str| told.get(name).and_then(Value::as_u64).unwrap_or_default();
    Ok(count("skipped").saturating_mul(2) > count("rows"))
}

/// No letter is given in the name of somebody dead: refused before anything is signed, and once more when it is.
async fn asker_lives(console: &Console, body: &Body) -> Result<(), Fail> {
    let Body::Letter { nik, .. } = body else { return Ok(()) };
    let subject = console.store().subject(*nik, CredentialType::KtpElektronik).await?;
    match subject.map(|subject| subject.resident.status_dasar) {
        Some(PopulationStatus::Dead) => Err(NotEligible::Dead.into()),
        _ => Ok(()),
    }
}

/// A letter as the citizen will show it: the facts of the record with the sentence and what it is for.
async fn letter(console: &Console, act: &FourEyesAct) -> Result<Option<Shown>, Fail> {
    let Body::Letter { nik, title, statement, purpose, days, .. } = &act.body else { return Ok(None) };
    let subject = console.store().subject(*nik, CredentialType::KtpElektronik).await?;
    let resident = subject.ok_or(Fail::Console(ConsoleError::Unknown))?.resident;
    let suspended = console.store().suspended(*nik, None).await?;
    Ok(Some(context! {
        title => title, statement => statement, purpose => purpose, days => days,
        nama => resident.nama.as_str(), nik => resident.nik.to_string(),
        birth => format!("{}, {}", resident.tempat_lahir, resident.tanggal_lahir.to_dmy()),
        sex => label(Table::JenisKelamin, resident.jenis_kelamin.code()),
        religion => label(Table::Agama, resident.agama.code()),
        marriage => label(Table::StatusPerkawinan, resident.status_kawin.code()),
        job => label(Table::Pekerjaan, resident.pekerjaan.code()),
        citizenship => label(Table::Kewarganegaraan, resident.kewarganegaraan.code()),
        address => format!("{}, RT/RW {}", resident.alamat, resident.rt_rw),
        status => label(Table::StatusDasar, resident.status_dasar.code()),
        is_dead => resident.status_dasar == PopulationStatus::Dead,
        is_away => resident.status_dasar != PopulationStatus::Living,
        suspended => suspended.iter().map(|one| one.copies).sum::<u64>(),
    }))
}

/// Which copies restoring brings back, and which it leaves: those of a phone that another took the place of.
async fn restored(console: &Console, act: &FourEyesAct, lang: Lang) -> Result<Option<Shown>, Fail> {
    let Body::Status { nik, credential, change: StatusChange::Unsuspend } = &act.body else {
        return Ok(None);
    };
    let kind = credential.as_deref().and_then(CredentialType::of_name);
    let copies = console.store().suspended(*nik, kind).await?;
    let line = |one: &Suspended| {
        json!({
            "title": one.kind.display_name(lang), "copies": one.copies, "issued": one.issued_at.unix(),
            "is_carried": one.is_carried,
            "text": if one.is_left_behind { "console-restore-stays" } else { "console-restore-back" },
        })
    };
    Ok(Some(Shown::from_serialize(copies.iter().map(line).collect::<Vec<Value>>())))
}

/// How many people an act concerns in all, and how many cards in which way, whoever of them is listed.
async fn totals(
    console: &Console,
    act: &FourEyesAct,
    people: &[Value],
    lang: Lang,
) -> Result<(u64, Vec<String>), Fail> {
    let proposal = match &act.body {
        Body::ImportChanges { proposal, .. } => proposal,
        Body::Import { dead, .. } if !people.is_empty() => return Ok((dead.len() as u64, Vec::new())),
        _ => return Ok((people.len() as u64, Vec::new())),
    };
    let proposals = console.store().proposals().await?;
    let Some(found) = proposals.into_iter().find(|one| one.id == *proposal) else {
        return Ok((0, Vec::new()));
    };
    let counts =
        found.changes.iter().map(|(kind, how, cards)| format!("{cards} × {}", change(lang, how, Some(kind))));
    Ok((found.people, counts.collect()))
}

/// The people whose numbers stand in an act's own text.
fn named(body: &Body) -> Vec<Nik> {
    match body {
        Body::Status { nik, .. }
        | Body::Population { nik, .. }
        | Body::Portrait { nik, .. }
        | Body::Letter { nik, .. } => vec![*nik],
        Body::Import { dead, .. } => dead.clone(),
        Body::Command { words, .. } => words
            .iter()
            .filter_map(|word| Nik::parse(word.rsplit('=').next().unwrap_or(word).trim()).ok())
            .collect(),
        _ => Vec::new(),
    }
}

/// Whom an act about somebody reaches as well, with what becomes of their cards: the children whose documents that person
/// keeps, and the family whose cards name them.
async fn others(
    console: &Console,
    lang: Lang,
    body: &Body,
) -> Result<Vec<(Nik, Option<String>, String)>, Fail> {
    let store = console.store();
    let (person, cards): (Nik, Vec<(Nik, CredentialType, &str)>) = match body {
        Body::Status { nik, credential: None, change: StatusChange::Unsuspend } => {
            let back = store.restorable(*nik, None).await?;
            (*nik, back.into_iter().map(|(whose, kind)| (whose, kind, "unsuspend")).collect())
        }
        Body::Population { nik, status } => {
            let foreseen = store.foreseen(*nik, status.status()).await?;
            (*nik, foreseen.into_iter().map(|((whose, kind), how)| (whose, kind, how.as_str())).collect())
        }
        _ => return Ok(Vec::new()),
    };
    let kept = store.kept_by(person).await?;
    let mut found: BTreeMap<Nik, (bool, Vec<String>)> = BTreeMap::new();
    for (whose, kind, how) in cards.into_iter().filter(|(whose, ..)| *whose != person) {
        let (is_kept, changes) = found.entry(whose).or_default();
        *is_kept |= kept.contains(&(whose, kind));
        changes.push(change(lang, how, Some(kind.name())));
    }
    let mut told = Vec::new();
    for (whose, (is_kept, changes)) in found {
        let subject = store.subject(whose, CredentialType::KtpElektronik).await?;
        let nama = subject.map(|subject| subject.resident.nama.to_string());
        let why = if is_kept { "console-kept-child" } else { "console-family-cards" };
        told.push((whose, nama, format!("{} {}", say(lang, why), changes.join(", "))));
    }
    Ok(told)
}

/// What becomes of the own cards of whom a word about the register is about.
async fn own_changes(console: &Console, lang: Lang, body: &Body) -> Result<String, Fail> {
    let Body::Population { nik, status } = body else { return Ok(String::new()) };
    let foreseen = console.store().foreseen(*nik, status.status()).await?.into_iter();
    let own = foreseen.filter(|((whose, _), _)| whose == nik);
    let own: Vec<String> =
        own.map(|((_, kind), how)| change(lang, how.as_str(), Some(kind.name()))).collect();
    Ok(if own.is_empty() { String::new() } else { format!(" · {}", own.join(", ")) })
}

/// Whom it concerns: a look at each one's record, and so an entry in each one's history.
async fn people(
    console: &Console,
    officer: &Officer,
    (act, names): (&FourEyesAct, &Names),
    now: Timestamp,
) -> Result<Vec<Value>, Fail> {
    let store = console.store();
    let mut people = Vec::new();
    match &act.body {
        Body::Status { nik, credential, change: how } => {
            let subject = store.subject(*nik, CredentialType::KtpElektronik).await?;
            let nama = subject.map(|subject| subject.resident.nama.to_string());
            people.push((*nik, nama, change(officer.lang, how.as_str(), credential.as_deref())));
        }
        Body::ImportChanges { proposal, .. } => {
            for person in store.proposal_people(*proposal, MOST_PEOPLE).await? {
                let changes: Vec<String> =
                    person.changes.iter().map(|(kind, how)| change(officer.lang, how, Some(kind))).collect();
                people.push((person.nik, person.nama, changes.join(", ")));
            }
        }
        Body::Import { dead, .. } => {
            for nik in dead.iter().take(usize::try_from(MOST_PEOPLE).unwrap_or(usize::MAX)) {
                let subject = store.subject(*nik, CredentialType::KtpElektronik).await?;
                let nama = subject.map(|subject| subject.resident.nama.to_string());
                people.push((*nik, nama, say(officer.lang, "console-population-dead")));
            }
            if people.is_empty() {
                return Ok(Vec::new());
            }
        }
        body => {
            for nik in named(body) {
                let subject = store.subject(nik, CredentialType::KtpElektronik).await?;
                people.push((
                    nik,
                    subject.map(|subject| subject.resident.nama.to_string()),
                    about(act, names, officer.lang) + &own_changes(console, officer.lang, &act.body).await?,
                ));
            }
            if people.is_empty() {
                return Ok(Vec::new());
            }
        }
    }
    people.extend(others(console, officer.lang, &act.body).await?);
    let looks = people.iter().map(|(nik, _, _)| (*nik, "proposal")).collect();
    let by = (officer.operator.id, officer.public_name());
    // What was filed at the machine, and an extract's file, say nothing to whom it concerns.
    let why = format!(
        "{} #{}: {}",
        say(Lang::Id, "console-looks-proposal"),
        act.id,
        say(Lang::Id, &format!("console-act-{}", act.body.name()))
    );
    let is_told =
        act.reason != "LOCAL" && !matches!(act.body, Body::ImportChanges { .. } | Body::Import { .. });
    let why = if is_told { format!("{why}. {}", act.reason) } else { why };
    store.look((looks, None), &why, by, now).await?;
    alerts::at_look(console, officer, now).await?;
    let line = |(nik, nama, changes): (Nik, Option<String>, String)| json!({ "nik": nik.to_string(), "nama": nama, "changes": changes });
    Ok(people.into_iter().map(line).collect())
}

/// What a script sends before a decision is signed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    decision: String,
    /// What is said with it; it is signed too.
    #[serde(default)]
    note: String,
}

pub(super) async fn begin(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    Path(id): Path<i64>,
    Json(wanted): Json<Wanted>,
) -> Result<Json<Value>, Fail> {
    let act = act_of(&console, id).await?;
    may_decide(&act.body, act.proposer, (officer.operator.id, &officer.standing))?;
    if act.state != "waiting" {
        return Err(ConsoleError::Decided.into());
    }
    let decision = Decision::of_name(&wanted.decision).ok_or(ConsoleError::Missing)?;
    if decision == Decision::Approve
        && let Some(error) = closes_last(&console, &act.body).await?
    {
        return Err(error.into());
    }
    if decision == Decision::Approve {
        asker_lives(&console, &act.body).await?;
    }
    let note = wanted.note.trim().to_owned();
    if note.chars().count() > 200 {
        return Err(ConsoleError::TooLong.into());
    }
    if note.chars().any(is_hidden) {
        return Err(ConsoleError::Characters.into());
    }
    // The citizen who asked for a letter reads why there is none.
    if matches!(act.body, Body::Letter { .. }) && decision == Decision::Refuse && note.chars().count() < 5 {
        return Err(ConsoleError::Purpose.into());
    }
    let who = (officer.operator.id, officer.session.key);
    Ok(Json(console.ask_decision((id, &act.digest, decision, note), who, now).await?))
}

/// The signed decision.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignedDecision {
    ceremony: String,
    answer: Value,
}

pub(super) async fn finish(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    Path(id): Path<i64>,
    Json(signed): Json<SignedDecision>,
) -> Result<Json<Value>, Fail> {
    let who = (officer.operator.id, officer.session.key);
    let proved = console.decision(&signed.ceremony, signed.answer, who, now).await?;
    if proved.act != id {
        return Err(ConsoleError::Passkey.into());
    }
    let act = act_of(&console, id).await?;
    may_decide(&act.body, act.proposer, (officer.operator.id, &officer.standing))?;
    let approves = proved.decision == Decision::Approve;
    if approves {
        asker_lives(&console, &act.body).await?;
    }
    let counter = if approves { signed_registration(&console, &act.body, now).await? } else { None };
    let letter_link = matches!(act.body, Body::Letter { .. }).then(|| {
        let issuer = console.0.app.identity().id().clone();
        crate::commands::link_for_everybody(issuer, CredentialType::SuratKeterangan)
    });
    let decision = NewDecision {
        id,
        decision: proved.decision,
        by: officer.operator.id,
        officer: officer.public_name(),
        note: proved.note,
        assertion: proved.assertion,
        at: now,
        handle: console.random(),
        counter,
        letter_link,
    };
    let decided = match &act.body {
        Body::Import { .. } if approves => imports::agree(&console, &act, &decision).await?,
        _ => console.store().decide_act(decision).await?,
    };
    match decided {
        Decided::Done(cards) => {
            Ok(Json(json!({ "next": format!("/approvals/{id}"), "cards_changed": cards })))
        }
        Decided::Gone => Err(ConsoleError::Decided.into()),
        // Its page says what happened and how to go on; the act that takes its place is one click away.
        Decided::Overtaken(next) => {
            let next = format!("/approvals/{}", next.unwrap_or(id));
            Ok(Json(json!({ "next": next, "code": absah_types::Coded::code(&ConsoleError::Changed) })))
        }
    }
}

/// Whether it is this officer's to take back; what a citizen asked for is refused with a reason, or granted.
fn may_take_back(act: &FourEyesAct, officer: &Officer) -> bool {
    act.is_of(officer.operator.id) && act.state == "waiting" && !matches!(act.body, Body::Letter { .. })
}

/// Who proposed takes it back: on record like a refusal, so nobody agrees to it afterwards. It only ends something, so the
/// session is enough.
pub(super) async fn take_back(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    Path(id): Path<i64>,
) -> Result<Response, Fail> {
    let act = act_of(&console, id).await?;
    if act.state != "waiting" {
        return Err(ConsoleError::Decided.into());
    }
    if !may_take_back(&act, &officer) {
        return Err(ConsoleError::Unknown.into());
    }
    let decision = NewDecision {
        id,
        decision: Decision::Refuse,
        by: officer.operator.id,
        officer: officer.public_name(),
        note: say(Lang::Id, "console-taken-back"),
        assertion: String::new(),
        at: now,
        handle: console.random(),
        counter: None,
        letter_link: None,
    };
    match console.store().decide_act(decision).await? {
        Decided::Gone => Err(ConsoleError::Decided.into()),
        _ => Ok(see(&format!("/approvals/{id}"))),
    }
}

/// Proposes what was overtaken once more, as things are now.
pub(super) async fn again(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    Path(id): Path<i64>,
) -> Result<Response, Fail> {
    let act = act_of(&console, id).await?;
    permit(&officer.standing, act.body.action())?;
    if act.state != "overtaken" {
        return Err(ConsoleError::Decided.into());
    }
    let number = match &act.body {
        Body::Import { report, .. } => {
            imports::propose_again(&console, &officer, (*report, &act.reason), now).await?
        }
        body => {
            super::people::can_restore(&console, body).await??;
            console.store().propose(body.clone(), officer.proposer(), &act.reason, now).await?
        }
    };
    Ok(see(&format!("/approvals/{number}")))
}

/// What only a page that has left its entry in the person's history tells its reader, in this session.
fn picture_key(console: &Console, officer: &Officer, act: i64) -> String {
    let message =
        [b"absah-waiting-portrait-v1\0".as_slice(), &officer.session.key, &act.to_be_bytes()].concat();
    hex::encode(console.0.app.keys().mac(SecretRole::Nonce, &message))
}

async fn old_picture(console: &Console, nik: Nik) -> Result<Option<Vec<u8>>, Fail> {
    let subject = console.store().subject(nik, CredentialType::KtpElektronik).await?;
    Ok(subject.and_then(|subject| subject.picture))
}

/// Under which key the page shows it.
#[derive(Deserialize)]
pub(super) struct Seen {
    #[serde(default)]
    seen: String,
    /// The one whose place it takes.
    #[serde(default)]
    old: bool,
}

/// The picture that waits, for whoever decides or proposed it, and has opened the page.
pub(super) async fn portrait(
    State(console): State<Console>,
    officer: Officer,
    Path(id): Path<i64>,
    Query(Seen { seen, old }): Query<Seen>,
) -> Result<Response, Fail> {
    let act = act_of(&console, id).await?;
    let key = picture_key(&console, &officer, id);
    if act.state != "waiting" || !absah_crypto::ct_eq(seen.as_bytes(), key.as_bytes()) {
        return Err(ConsoleError::Unknown.into());
    }
    let Body::Portrait { picture, nik, .. } = act.body else { return Err(ConsoleError::Unknown.into()) };
    let picture = match old {
        true => old_picture(&console, nik).await?,
        false => console.store().waiting_portrait(picture).await?,
    };
    let picture = picture.ok_or(ConsoleError::Unknown)?;
    Ok(([(CONTENT_TYPE, "image/webp")], picture).into_response())
}
