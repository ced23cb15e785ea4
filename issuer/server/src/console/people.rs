//! People: searched and opened for a purpose, which each of them can read in their access history.

use std::collections::BTreeMap;

use absah_issuer_core::card::Subject;
use absah_issuer_core::operator::four_eyes::{Body, PopulationChange, StatusChange};
use absah_issuer_core::ports::Store as _;
use absah_issuer_core::{Resident, guardians, holder, is_child};
use absah_schemas::CredentialType;
use absah_schemas::codes::{self, Table};
use absah_types::{Date, Nik, NomorKk, PersonName, PopulationStatus, Timestamp, base64url};
use absah_web::Now;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use minijinja::{Value as Shown, context};
use serde_json::{Value, json};

use super::error::Fail;
use super::guard::{Fields, Officer};
use super::page::{page, say, see, with_status};
use super::sign_in::said;
use super::{Console, ConsoleError, alerts};
use crate::store::{Case, Found, Look, NewMiss, Search};

/// Characters of a purpose or reason.
const PURPOSE: core::ops::RangeInclusive<usize> = 5..=200;

pub(super) async fn form(officer: Officer) -> Response {
    page(&officer, "people.html", "console-people", context! {})
}

/// What for, or why: so that people can read it.
pub(super) fn purpose(fields: &Fields, name: &str) -> Result<String, ConsoleError> {
    let text = fields.line(name, *PURPOSE.end())?;
    if text.chars().count() < *PURPOSE.start() { Err(ConsoleError::Purpose) } else { Ok(text) }
}

/// Sixteen digits are a NIK or the number of a family card; anything else is a name, and then the day of birth is needed.
fn searches(fields: &Fields) -> Result<Vec<Search>, ConsoleError> {
    let text = fields.line("q", 120)?;
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect();
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let nik = Nik::parse(&digits).map(Search::Nik);
        let kk = NomorKk::parse(&digits).map(Search::Kk);
        let both: Vec<Search> = nik.into_iter().chain(kk).collect();
        return if both.is_empty() { Err(ConsoleError::Search) } else { Ok(both) };
    }
    let born = fields.raw("born").trim();
    let day = Date::parse(born).or_else(|_| Date::parse_dmy(born)).map_err(|_| ConsoleError::Search)?;
    // As the register writes names.
    let name = PersonName::parse(&text.to_uppercase()).map_err(|_| ConsoleError::Search)?;
    Ok(vec![Search::Born(name, day)])
}

/// What is looked for, in one form however it was typed.
fn plainly(search: &Search) -> String {
    match search {
        Search::Nik(nik) => nik.to_string(),
        Search::Kk(no_kk) => no_kk.to_string(),
        Search::Born(name, day) => format!("{} {day}", name.comparison_form()),
    }
}

fn shown(found: &Found) -> Value {
    json!({
        "nik": found.nik.to_string(),
        "nama": found.nama,
        "lahir": found.tanggal_lahir.to_dmy(),
        "alamat": found.alamat,
    })
}

pub(super) async fn search(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    fields: Fields,
) -> Result<Response, Fail> {
    let (why, what) = (purpose(&fields, "purpose"), searches(&fields));
    let typed =
        context! { q => fields.raw("q"), born => fields.raw("born"), purpose => fields.raw("purpose") };
    let (why, what) = match (why, what) {
        (Ok(why), Ok(what)) => (why, what),
        (why, what) => {
            let beside = |error: Option<ConsoleError>| error.map(|error| said(officer.lang, error));
            let values = context! {
                error_q => beside(what.err()), error_purpose => beside(why.err()), ..typed
            };
            let form = page(&officer, "people.html", "console-people", values);
            return Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, form));
        }
    };
    let (mut people, mut more) = (Vec::new(), false);
    for search in &what {
        let (found, beyond) = console.store().search(search).await?;
        people.extend(found);
        more |= beyond;
    }
    let by = (officer.operator.id, officer.public_name());
    if people.is_empty() {
        // Whoever guesses numbers until one exists is seen by the ones that do not.
        let typed = what.first().map(plainly).unwrap_or_default();
        console.store().miss(NewMiss { typed, purpose: why.clone(), by: by.clone(), at: now }).await?;
    }
    // First the entries, then the names: nobody looks without leaving one.
    let looks = people.iter().map(|person| (person.nik, "search")).collect();
    console.store().look((looks, None), &why, by, now).await?;
    alerts::at_look(&console, &officer, now).await?;
    let found: Vec<Value> = people.iter().map(shown).collect();
    let values = context! { searched => true, found => Shown::from_serialize(&found), more => more, ..typed };
    Ok(page(&officer, "people.html", "console-people", values))
}

pub(super) async fn open(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    fields: Fields,
) -> Result<Response, Fail> {
    let why = purpose(&fields, "purpose")?;
    let nik = Nik::parse(fields.raw("nik")).map_err(|_| ConsoleError::Unknown)?;
    let id = open_case(&console, &officer, (nik, why), "resident", now).await?;
    Ok(see(&format!("/people/{id}")))
}

/// Opens a person's record: an entry in that person's history, and one in that of each of the family, who are shown with it.
pub(super) async fn open_case(
    console: &Console,
    officer: &Officer,
    (nik, why): (Nik, String),
    what: &'static str,
    now: Timestamp,
) -> Result<String, Fail> {
    let store = console.store();
    let subject = store.subject(nik, CredentialType::KartuKeluarga).await?;
    let subject = subject.ok_or(Fail::Console(ConsoleError::Unknown))?;
    let others = subject.family.iter().map(|member| member.nik).filter(|member| *member != nik);
    let looks: Vec<Look> =
        core::iter::once((nik, what)).chain(others.map(|member| (member, "family"))).collect();
    let by = (officer.operator.id, officer.public_name());
    store.look((looks, Some(subject.resident.no_kk)), &why, by, now).await?;
    alerts::at_look(console, officer, now).await?;
    let id = base64url::encode(console.random::<16>());
    let case = Case { id: id.clone(), nik, purpose: why, opened_at: now };
    store.open_case(case, officer.session.key).await?;
    Ok(id)
}

pub(super) async fn case_of(console: &Console, officer: &Officer, id: &str) -> Result<Case, Fail> {
    let found = console.store().case(id, officer.session.key).await?;
    found.ok_or(Fail::Console(ConsoleError::Unknown))
}

pub(super) fn label(table: Table, code: u16) -> &'static str {
    codes::label(table, code).unwrap_or("-")
}

fn facts(resident: &Resident) -> Value {
    let pair = |id: &str, value: String| json!({ "text": id, "value": value });
    json!([
        pair("console-fact-nik", resident.nik.to_string()),
        pair("console-fact-kk", resident.no_kk.to_string()),
        pair("console-fact-birth", format!("{}, {}", resident.tempat_lahir, resident.tanggal_lahir.to_dmy())),
        pair("console-fact-sex", label(Table::JenisKelamin, resident.jenis_kelamin.code()).to_owned()),
        pair("console-fact-address", format!("{}, RT/RW {}", resident.alamat, resident.rt_rw)),
        pair(
            "console-fact-marriage",
            label(Table::StatusPerkawinan, resident.status_kawin.code()).to_owned()
        ),
        pair("console-fact-job", label(Table::Pekerjaan, resident.pekerjaan.code()).to_owned()),
    ])
}

pub(super) async fn show(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    Path(id): Path<String>,
    Query(mut told): Query<BTreeMap<String, String>>,
) -> Result<Response, Fail> {
    // No address fills in what somebody would have to type.
    told.retain(|name, _| name == "lost");
    let told = Fields::of(told);
    person_page(&console, &officer, (&id, now), (&told, None)).await
}

pub(super) async fn person_page(
    console: &Console,
    officer: &Officer,
    (id, now): (&str, Timestamp),
    (typed, error): (&Fields, Option<ConsoleError>),
) -> Result<Response, Fail> {
    let case = case_of(console, officer, id).await?;
    let store = console.store();
    let subject = store.subject(case.nik, CredentialType::KartuKeluarga).await?;
    let subject = subject.ok_or(Fail::Console(ConsoleError::Unknown))?;
    let family: Vec<Value> = subject
        .family
        .iter()
        .filter(|member| member.nik != case.nik)
        .map(|member| {
            json!({
                "nama": member.nama.as_str(),
                "hubungan": label(Table::HubunganKeluarga, member.hubungan.code()),
                "lahir": member.tanggal_lahir.to_dmy(),
                "status": (member.status_dasar != PopulationStatus::Living)
                    .then(|| label(Table::StatusDasar, member.status_dasar.code())),
            })
        })
        .collect();
    let states = store.cards_of(case.nik, now).await?;
    let cards: Vec<Value> = CredentialType::ALL.into_iter().map(|kind| {
        let may = holder(kind, &subject, now);
        let state = states.iter().find(|state| state.kind == kind);
        let mut copies: Vec<Value> = state.map_or_else(Vec::new, |state| state.copies.iter().map(|(status, count)| json!({
            "text": format!("console-status-{}", status_name(*status)), "name": status_name(*status), "count": count,
        })).collect());
        if let Some(ended) = state.map(|state| state.ended).filter(|ended| *ended > 0) {
            copies.push(json!({ "text": "console-status-ended", "name": "ended", "count": ended }));
        }
        json!({
            "kind": kind.name(),
            "title": kind.display_name(officer.lang),
            "copies": copies,
            "issued": state.map(|state| state.issued_at.unix()),
            "expires": state.map(|state| state.expires_at.unix()),
            "keepers": keepers(kind, &subject, now),
            "why_not": may.err().map(|error| say(officer.lang, &format!("err-{}", absah_types::Coded::code(&error)))),
        })
    }).collect();
    let tickets: Vec<Value> = store.tickets(Some(case.nik)).await?.into_iter().map(|(_, ticket)| json!({
        "number": ticket.number, "kind": ticket.kind, "text": ticket.text, "at": ticket.made_at.unix(),
        "is_open": ticket.state == absah_protocol::wishes::State::Open, "note": ticket.note,
    })).collect();
    let paper = store.paper_card(case.nik).await?.map(|(status, issued, expires)| {
        json!({
            "text": format!("console-status-{}", status_name(status)), "name": status_name(status),
            "issued": issued.unix(), "expires": expires.unix(),
        })
    });
    let of_ticket = typed.all().contains_key("note");
    let carried = store.pendamping_for(case.nik, now).await?.map(|session| {
        json!({
            "id": session.id, "helper": session.helper.nama, "organisation": session.helper.organisasi,
            "ends": session.ends_at.unix(),
        })
    });
    let values = context! {
        carried => Shown::from_serialize(&carried),
        helpers => Shown::from_serialize(super::pendamping::helpers(console).await?),
        may_be_carried => holder(CredentialType::KtpElektronik, &subject, now).is_ok(),
        case => case.id, purpose => case.purpose, opened => case.opened_at.unix(),
        nama => subject.resident.nama.as_str(),
        facts => Shown::from_serialize(facts(&subject.resident)),
        status => label(Table::StatusDasar, subject.resident.status_dasar.code()),
        family => Shown::from_serialize(&family),
        cards => Shown::from_serialize(&cards),
        tickets => Shown::from_serialize(&tickets),
        paper => Shown::from_serialize(&paper),
        has_portrait => subject.picture.is_some(),
        may_offer => officer.may(absah_issuer_core::operator::Action::OfferCard),
        may_propose => officer.may(absah_issuer_core::operator::Action::ProposeStatus),
        reason => typed.raw("reason"), chosen => typed.raw("change"), chosen_card => typed.raw("credential"),
        // Each message stands beside the field it is about.
        error => error.filter(|_| !of_ticket).map(|error| said(officer.lang, error)),
        ticket_error => error.filter(|_| of_ticket).map(|error| said(officer.lang, error)),
        lost_none => typed.raw("lost") == "none",
        ticket_number => typed.raw("number").parse::<i64>().ok(), ticket_note => typed.raw("note"),
    };
    let shown = page(officer, "person.html", "console-person", values);
    Ok(match error {
        Some(error) => with_status(Fail::from(error).status(), shown),
        None => shown,
    })
}

/// Who of the family may keep a child's card, the nearest first; nobody for a card that people keep themselves.
fn keepers(kind: CredentialType, subject: &Subject, now: Timestamp) -> Vec<Value> {
    let child = &subject.resident;
    if !matches!(kind, CredentialType::Kia | CredentialType::AktaKelahiran) || !is_child(child, now.date()) {
        return Vec::new();
    }
    let able = guardians(child, &subject.family, now.date()).into_iter();
    able.map(|one| {
        json!({
            "nik": one.nik.to_string(),
            "nama": one.nama.as_str(),
            "hubungan": label(Table::HubunganKeluarga, one.hubungan.code()),
        })
    })
    .collect()
}

pub(super) fn status_name(status: absah_credential::status_list::Status) -> &'static str {
    use absah_credential::status_list::Status;
    match status {
        Status::Valid => "valid",
        Status::Revoked => "revoked",
        Status::Suspended => "suspended",
        Status::Superseded => "superseded",
        _ => "unknown",
    }
}

pub(super) async fn portrait(
    State(console): State<Console>,
    officer: Officer,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let case = case_of(&console, &officer, &id).await?;
    let subject = console.store().subject(case.nik, CredentialType::KtpElektronik).await?;
    let picture = subject.and_then(|subject| subject.picture).ok_or(ConsoleError::Unknown)?;
    Ok(([(CONTENT_TYPE, "image/webp")], picture).into_response())
}

/// The phone is lost: everything is suspended at once.
pub(super) async fn lost(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let case = case_of(&console, &officer, &id).await?;
    // Nothing held: what was open has ended all the same, and the page says that there was no card.
    if console.store().suspend_all(case.nik, &officer.public_name(), now).await? == 0 {
        return Ok(see(&format!("/people/{id}?lost=none")));
    }
    alerts::acted(&console, &officer, case.nik, now).await?;
    Ok(see(&format!("/people/{id}")))
}

pub(super) async fn propose(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Fail> {
    let case = case_of(&console, &officer, &id).await?;
    let wanted = fields.raw("change");
    let population = PopulationChange::of_name(wanted);
    let change = StatusChange::of_name(wanted);
    let credential = match fields.raw("credential") {
        "" => None,
        name => Some(CredentialType::of_name(name).ok_or(ConsoleError::Unknown)?.name().to_owned()),
    };
    let reason = match purpose(&fields, "reason") {
        Ok(reason) => reason,
        Err(error) => return person_page(&console, &officer, (&id, now), (&fields, Some(error))).await,
    };
    let body = match (population, change) {
        (Some(status), _) => Body::Population { nik: case.nik, status },
        (None, Some(change)) => Body::Status { nik: case.nik, credential, change },
        (None, None) => return Err(ConsoleError::Missing.into()),
    };
    let number = console.store().propose(body, officer.proposer(), &reason, now).await?;
    Ok(see(&format!("/approvals/{number}")))
}
