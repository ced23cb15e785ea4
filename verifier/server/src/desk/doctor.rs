//! The counter doctor at the page.

use absah_qr::render::{Ecc, Symbol};
use absah_web::{JsonBody, Now};
use axum::extract::{Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::json;

use super::facts::say;
use super::views::Told;
use super::work::{In, answered};
use super::{Desk, problem};
use crate::chart;
use crate::doctor::{CHART_PREFIX, Camera, KEYS};

/// `GET /api/doctor`: what was measured, what follows, and what to measure with.
pub(super) async fn examine(State(desk): State<Desk>, Now(now): Now, Query(asked): Query<In>) -> Response {
    let done = async {
        let lang = asked.lang();
        let findings = desk.app.examine(now).await?;
        let parts = findings.parts.iter().map(|part| {
            json!({
                "what": part.what,
                "title": say(lang, &format!("desk-doctor-{}", part.what)),
                "shape": part.state,
                "word": say(lang, &format!("desk-doctor-{}", part.state)),
                "note": findings.note(part.what, lang),
                "told": part.code.map(|code| Told::code(code, lang)),
            })
        });
        Ok(json!({
            "go_live": findings.go_live,
            "qr_version": findings.qr_version,
            "camera": findings.camera,
            "scanner": findings.scanner,
            "parts": parts.collect::<Vec<_>>(),
            "chart_prefix": CHART_PREFIX,
            "scanner_code": Symbol::encode(KEYS, Ecc::M)?.svg(),
            "scanner_keys": KEYS.chars().count(),
        }))
    };
    answered(&desk, done.await)
}

/// `POST /api/doctor/camera`: what the page's camera read from the chart.
pub(super) async fn camera(
    State(desk): State<Desk>,
    Now(now): Now,
    JsonBody(camera): JsonBody<Camera>,
) -> Response {
    let done = async {
        let officer = desk.officer(now, true).await?;
        desk.app.measure_camera(&camera, &officer, now).await?;
        Ok(json!({}))
    };
    answered(&desk, done.await)
}

#[derive(Deserialize)]
pub(super) struct Typed {
    keys: Vec<String>,
}

/// `POST /api/doctor/scanner`: the keys that came for the calibration code, one by one.
pub(super) async fn scanner(
    State(desk): State<Desk>,
    Now(now): Now,
    JsonBody(typed): JsonBody<Typed>,
) -> Response {
    let done = async { Ok(json!(desk.app.measure_scanner(&typed.keys, now).await?)) };
    answered(&desk, done.await)
}

/// `GET /api/doctor/chart`: the chart to print.
pub(super) async fn chart(State(desk): State<Desk>, Query(asked): Query<In>) -> Response {
    match chart::draw(asked.lang()) {
        Ok(pdf) => ([(CONTENT_TYPE, "application/pdf")], pdf).into_response(),
        Err(failure) => problem(&desk, &failure),
    }
}
