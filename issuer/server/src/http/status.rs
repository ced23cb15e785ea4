//! `GET /status/{number}`: a Status List Token (Token Status List, section 8), as JWT or, for who asks for it, as CWT.

use absah_issuer_core::ports::KeyRole;
use absah_web::{Now, Problem};
use axum::extract::{Path, State};
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;

use crate::app::App;
use crate::status_tokens::{self, Encoding, StatusTokenError};

#[utoipa::path(
    get, path = "/status/{number}", tag = "status",
    params(("number" = u32, Path, description = "Number of the list.")),
    responses(
        (status = 200, description = "A Status List Token.", content(("application/statuslist+jwt"), ("application/statuslist+cwt"))),
        (status = 404, description = "No such list.", body = super::openapi::ProblemBody, content_type = "application/problem+json")
    )
)]
pub(super) async fn token(
    State(app): State<App>,
    Now(now): Now,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    let problem = |error: StatusTokenError| match error {
        StatusTokenError::NoList => Problem::with_status(StatusCode::NOT_FOUND, &error),
        _ => Problem::of(&error),
    };
    let parts = &app.0;
    let number: u32 = number.parse().map_err(|_| problem(StatusTokenError::NoList))?;
    let accepted = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let encoding = preferred(&accepted.collect::<Vec<_>>().join(","));
    let signers = parts.identity.signers();
    let signer = signers.in_force(KeyRole::Status, now).map_err(|error| problem(error.into()))?;
    let header = status_tokens::header(parts.identity.kid(signer), &signer.chain);
    let (signing, place) = ((signer, &header), (number, encoding));
    let token = parts.statuses.token(parts.store.as_ref(), parts.keys.as_ref(), signing, place, now).await;
    let headers =
        [(CONTENT_TYPE, encoding.media_type()), (CACHE_CONTROL, "public, max-age=60"), (VARY, "accept")];
    Ok((headers, token.map_err(problem)?))
}

/// The CWT only for who likes it better. "If the Relying Party does not send an Accept Header, the response type is
/// assumed to be known implicit or out-of-band" (section 8.1): then, and for who asks for anything else, it is the JWT.
fn preferred(accept: &str) -> Encoding {
    if quality(accept, Encoding::Cwt) > quality(accept, Encoding::Jwt) {
        Encoding::Cwt
    } else {
        Encoding::Jwt
    }
}

/// How much an encoding is liked, in thousandths (RFC 9110, section 12.5.1: the most specific range counts).
fn quality(accept: &str, encoding: Encoding) -> u16 {
    let ranges = accept.split(',').filter_map(|range| {
        let mut parts = range.split(';').map(str::trim);
        let name = parts.next()?;
        let specific = [encoding.media_type(), "application/*", "*/*"]
            .iter()
            .position(|own| own.eq_ignore_ascii_case(name))?;
        let q = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
        Some((specific, q.map_or(Some(1000), thousandths)?))
    });
    ranges.min_by_key(|(specific, _)| *specific).map_or(0, |(_, quality)| quality)
}

/// A weight from 0 to 1 with up to three decimals; nothing of anything else.
fn thousandths(q: &str) -> Option<u16> {
    let (whole, decimals) = q.split_once('.').unwrap_or((q, ""));
    let is_number = decimals.len() <= 3 && decimals.bytes().all(|byte| byte.is_ascii_digit());
    let value: u16 = is_number.then(|| format!("{decimals:0<3}").parse().ok())??;
    match whole {
        "0" => Some(value),
        "1" if value == 0 => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cwt_is_for_who_likes_it_better() {
        let (jwt, cwt) = ("application/statuslist+jwt", "application/statuslist+cwt");
        let cases = [
            (cwt.to_owned(), Encoding::Cwt),
            ("Application/StatusList+CWT".to_owned(), Encoding::Cwt),
            (format!("{cwt};q=0.5"), Encoding::Cwt),
            (format!("{jwt};q=0.5, {cwt}"), Encoding::Cwt),
            (format!("*/*;q=0.1,{cwt};q=0.101"), Encoding::Cwt),
            (format!("{jwt};q=0, */*"), Encoding::Cwt),
            (jwt.to_owned(), Encoding::Jwt),
            (format!("{jwt}, {cwt}"), Encoding::Jwt),
            (format!("{cwt};q=0"), Encoding::Jwt),
            (format!("{cwt};q=2"), Encoding::Jwt),
            (format!("{cwt};q=0.1234"), Encoding::Jwt),
            (format!("{cwt};q=x"), Encoding::Jwt),
            (format!("{cwt};q=0.5,{jwt};q=0.501"), Encoding::Jwt),
            ("*/*".to_owned(), Encoding::Jwt),
            ("application/*".to_owned(), Encoding::Jwt),
            ("application/json".to_owned(), Encoding::Jwt),
            (String::new(), Encoding::Jwt),
            (",;=".to_owned(), Encoding::Jwt),
        ];
        for (accept, encoding) in cases {
            assert_eq!(preferred(&accept), encoding, "{accept}");
        }
    }
}
