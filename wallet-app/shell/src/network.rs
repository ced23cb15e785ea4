//! The core's [`Fetch`] over the project's one HTTP client.

use std::time::Duration;

use absah_fetch::{Addresses, FetchError, Fetcher, Limits, Request};
use absah_host::Reach;
use absah_wallet_core::{Body, Fetch, FetchFailure, Fetched};

/// From the first look-up to the last byte of one answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// One exchange. The client is made for it alone: a wallet that answers by QR never touches the network.
pub async fn fetch(fetch: &Fetch, reach: Reach) -> Result<Fetched, FetchFailure> {
    exchange(fetch, reach).await.map_err(failure)
}

async fn exchange(fetch: &Fetch, reach: Reach) -> Result<Fetched, FetchError> {
    let addresses = match reach {
        Reach::PublicOnly => Addresses::PublicOnly,
        Reach::DevLoopback => Addresses::DevLoopback,
    };
    let limits = Limits { total: PATIENCE, body: fetch.limit, redirects: 0, ..Limits::default() };
    let fetcher = Fetcher::new(limits, addresses)?;
    let url = reach.url(&fetch.url).map_err(|_| FetchError::Scheme)?;
    let request = match &fetch.body {
        Body::None => Request::get(&url),
        Body::Empty => Request::post(&url, "application/x-www-form-urlencoded", Vec::new()),
        Body::Form(form) => {
            Request::post(&url, "application/x-www-form-urlencoded", form.expose().clone().into_bytes())
        }
        Body::Json(json) => Request::post(&url, "application/json", json.clone().into_bytes()),
        Body::Jwt(jwe) => Request::post(&url, "application/jwt", jwe.clone().into_bytes()),
    };
    let mut request = request.accept(fetch.accept);
    match (&fetch.bearer, &fetch.dpop) {
        (Some(token), None) => request = request.bearer(token)?,
        (token, Some(proof)) => request = request.dpop(token.as_ref(), proof)?,
        (None, None) => {}
    }
    let response = fetcher.send(request).await?;
    // A redirect that is not followed comes back as an answer; the core must not read it as one.
    if (300..400).contains(&response.status) {
        return Err(FetchError::Redirect);
    }
    let media_type = response.media_type().unwrap_or_default();
    let dpop_nonce = response.header("dpop-nonce").map(str::to_owned);
    let date = response.date();
    Ok(Fetched { status: response.status, media_type, body: response.body, dpop_nonce, date })
}

fn failure(error: FetchError) -> FetchFailure {
    match error {
        FetchError::Scheme | FetchError::Address => FetchFailure::ForbiddenAddress,
        FetchError::Redirect => FetchFailure::Redirected,
        FetchError::TooLarge { .. } => FetchFailure::TooLarge,
        FetchError::Timeout => FetchFailure::TimedOut,
        FetchError::Answer | FetchError::Request => FetchFailure::Unreadable,
        FetchError::Setup | FetchError::Resolve | FetchError::Connect => FetchFailure::Unreachable,
    }
}
