//! `GET /openapi.json`: what the public endpoints take and answer, gathered from the handlers themselves.

use axum::Json;
use serde::Serialize;
use utoipa::openapi::{Content, OpenApi as Document, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{Modify, OpenApi, ToSchema};

use super::{
    access_history, authorize, bundle, credential, deferred, ledger, nonce, offers, published, status, token,
    wishes,
};

/// An error as `application/problem+json` (RFC 9457).
#[derive(Serialize, ToSchema)]
pub(super) struct ProblemBody {
    /// `about:blank`.
    r#type: String,
    /// What happened, in English.
    title: String,
    /// The HTTP status.
    status: u16,
    /// Our own code: stable, kebab-case, with two texts in each language.
    code: String,
}

/// An error as OAuth 2.0 writes it (RFC 6749, section 5.2).
#[derive(Serialize, ToSchema)]
pub(super) struct OAuthBody {
    /// A registered error code.
    error: String,
    /// The cause in words.
    error_description: Option<String>,
    /// Our own code.
    absah_code: Option<String>,
}

/// The document; the city's and the officers' own faces are not public and stand in none.
#[derive(OpenApi)]
#[openapi(
    info(title = "Absah: issuer", description = "OpenID4VCI 1.0 issuance, status lists, trust bundle, transparency log and the citizen's own requests."),
    paths(
        published::credential_issuer, published::authorization_server, published::jwt_vc_issuer,
        published::did_document, published::did_log, offers::show, nonce::fresh, token::redeem,
        authorize::push, authorize::page, authorize::log_in, authorize::challenge, credential::issue,
        deferred::fetch, deferred::notify, access_history::tell, wishes::take, wishes::page, wishes::suspend,
        status::token, bundle::file, ledger::policy, ledger::file, ledger::registry_event,
    ),
    components(schemas(ProblemBody, OAuthBody)),
    modifiers(&Everywhere)
)]
struct Public;

/// What any endpoint may answer.
struct Everywhere;

impl Modify for Everywhere {
    fn modify(&self, document: &mut Document) {
        let problem = |text: &str| -> RefOr<Response> {
            let schema = Ref::from_schema_name("ProblemBody");
            let content = Content::new(Some(schema));
            ResponseBuilder::new()
                .description(text)
                .content("application/problem+json", content)
                .build()
                .into()
        };
        for item in document.paths.paths.values_mut() {
            for operation in [&mut item.get, &mut item.post].into_iter().flatten() {
                let responses = &mut operation.responses.responses;
                for (status, text) in
                    [("408", "The request took too long."), ("503", "The records cannot be reached now.")]
                {
                    responses.entry(status.to_owned()).or_insert_with(|| problem(text));
                }
            }
        }
    }
}

/// The document.
#[must_use]
pub fn document() -> Document {
    Public::openapi()
}

pub(super) async fn show() -> Json<Document> {
    Json(document())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_tells_its_errors() {
        let document = document();
        assert_eq!(document.paths.paths.len(), 22, "{:?}", document.paths.paths.keys());
        for (path, item) in &document.paths.paths {
            let operations: Vec<_> = [&item.get, &item.post].into_iter().flatten().collect();
            assert!(!operations.is_empty(), "{path}");
            for operation in operations {
                let responses = &operation.responses.responses;
                assert!(responses.keys().any(|status| status.starts_with('2') || status == "303"), "{path}");
                assert!(responses.contains_key("503") && responses.contains_key("408"), "{path}");
                let described = responses.values().all(|response| match response {
                    RefOr::T(response) => !response.description.is_empty(),
                    RefOr::Ref(_) => true,
                });
                assert!(described, "{path}");
            }
        }
    }
}
