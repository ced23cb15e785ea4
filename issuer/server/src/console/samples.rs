//! An import that waits: a few of the people in it as they would be changed, for who decides. Counts alone let a forged row
//! pass; a look at a person's record it is all the same, so it has a purpose and leaves an entry in each one's history.

use absah_issuer_core::Resident;
use absah_issuer_core::operator::four_eyes::{Body, may_decide};
use absah_issuer_core::operator::{Action, Denied};
use absah_schemas::codes::{self, Table};
use absah_types::{Lang, Nik, Timestamp};
use absah_web::Now;
use axum::extract::{Path, State};
use axum::response::Response;
use minijinja::{Value as Shown, context};
use serde_json::{Value, json};

use super::approvals::act_of;
use super::error::Fail;
use super::guard::{Fields, Officer};
use super::names::short;
use super::page::{page, say, with_status};
use super::people::purpose;
use super::sign_in::said;
use super::{Console, ConsoleError, alerts, imports};
use crate::store::{FourEyesAct, Look};

/// People of each kind (changed, new) in one sample.
const EACH: usize = 6;

/// Whether somebody may look: who decides, or who brought the extract, while it waits.
pub(super) fn may_look(act: &FourEyesAct, officer: &Officer) -> bool {
    let decides = may_decide(&act.body, act.proposer, (officer.operator.id, &officer.standing)).is_ok();
    matches!(act.body, Body::Import { .. })
        && act.state == "waiting"
        && officer.may(Action::ViewPerson)
        && (decides || act.is_of(officer.operator.id))
}

pub(super) async fn show(
    State(console): State<Console>,
    Now(now): Now,
    officer: Officer,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Fail> {
    let act = act_of(&console, id).await?;
    let Body::Import { report, .. } = act.body else { return Err(ConsoleError::Unknown.into()) };
    if act.state != "waiting" {
        return Err(ConsoleError::Decided.into());
    }
    if !may_look(&act, &officer) {
        return Err(Denied::Role.into());
    }
    let values = |people: &[Value], purpose: &str, error: Option<ConsoleError>| {
        context! {
            act => id, purpose => purpose, people => Shown::from_serialize(people),
            error => error.map(|error| said(officer.lang, error)),
        }
    };
    let why = match purpose(&fields, "purpose") {
        Ok(why) => why,
        Err(error) => {
            let shown = page(
                &officer,
                "sample.html",
                "console-sample",
                values(&[], fields.raw("purpose"), Some(error)),
            );
            return Ok(with_status(Fail::from(error).status(), shown));
        }
    };
    let people = sample(&console, (report, act.made_at), &officer, (&why, now)).await?;
    Ok(page(&officer, "sample.html", "console-sample", values(&people, &why, None)))
}

async fn sample(
    console: &Console,
    (report, brought): (i64, Timestamp),
    officer: &Officer,
    (why, now): (&str, Timestamp),
) -> Result<Vec<Value>, Fail> {
    let (bytes, checked) = imports::extract(console, report, brought).await?;
    // Anew each time, and by nobody's choice: whoever brings a forged row cannot know that it stays unseen.
    let seed = console.random::<32>();
    let found = console.store().sample_import(checked, bytes, seed, EACH).await?;
    let looks: Vec<Look> = found.iter().map(|(_, after)| (after.nik, "proposal")).collect();
    if looks.is_empty() {
        return Ok(Vec::new());
    }
    // First the entries, then the records: nobody looks without leaving one.
    let by = (officer.operator.id, officer.public_name());
    console.store().look((looks, None), why, by, now).await?;
    alerts::at_look(console, officer, now).await?;
    let lang = officer.lang;
    Ok(found.iter().map(|(before, after)| person(before.as_ref(), after, lang)).collect())
}

fn person(before: Option<&Resident>, after: &Resident, lang: Lang) -> Value {
    let new = fields(after);
    let changes: Vec<Value> = match before {
        Some(before) => fields(before)
            .into_iter()
            .zip(new)
            .filter(|((_, old), (_, new))| old != new)
            .map(|((field, old), (_, new))| json!({ "field": say(lang, field), "old": old, "new": new }))
            .collect(),
        None => Vec::new(),
    };
    json!({
        "nama": after.nama.as_str(),
        "nik": after.nik.to_string(),
        "lahir": after.tanggal_lahir.to_dmy(),
        "alamat": format!("{}, RT/RW {}", after.alamat, after.rt_rw),
        "is_new": before.is_none(),
        "changes": changes,
    })
}

/// A record field by field, as people read it. Of other people's numbers only the end.
fn fields(of: &Resident) -> [(&'static str, String); 21] {
    let word = |table, code: u16| codes::label(table, code).map_or_else(|| code.to_string(), str::to_owned);
    let parent = |nik: Option<Nik>| nik.map(short).unwrap_or_default();
    let name = |name: Option<&absah_types::PersonName>| name.map(ToString::to_string).unwrap_or_default();
    [
        ("console-fact-kk", of.no_kk.to_string()),
        ("console-fact-name", of.nama.to_string()),
        ("console-field-birthplace", of.tempat_lahir.clone()),
        ("console-field-born", of.tanggal_lahir.to_dmy()),
        ("console-fact-sex", word(Table::JenisKelamin, of.jenis_kelamin.code())),
        ("console-field-blood", word(Table::GolonganDarah, of.golongan_darah.code())),
        ("console-field-religion", word(Table::Agama, of.agama.code())),
        ("console-fact-marriage", word(Table::StatusPerkawinan, of.status_kawin.code())),
        ("console-field-relation", word(Table::HubunganKeluarga, of.hubungan.code())),
        ("console-field-education", word(Table::Pendidikan, of.pendidikan.code())),
        ("console-fact-job", word(Table::Pekerjaan, of.pekerjaan.code())),
        ("console-field-citizenship", word(Table::Kewarganegaraan, of.kewarganegaraan.code())),
        ("console-field-mother-nik", parent(of.nik_ibu)),
        ("console-field-mother", name(of.nama_ibu.as_ref())),
        ("console-field-father-nik", parent(of.nik_ayah)),
        ("console-field-father", name(of.nama_ayah.as_ref())),
        ("console-fact-address", of.alamat.clone()),
        ("console-field-rt-rw", of.rt_rw.to_string()),
        ("console-field-region", of.wilayah.to_string()),
        ("console-field-birth-certificate", of.akta_lahir.clone().unwrap_or_default()),
        ("console-field-status", word(Table::StatusDasar, of.status_dasar.code())),
    ]
}
