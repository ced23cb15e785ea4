//! `GET /openapi.json`: what the public endpoints take and answer, gathered from the handlers themselves.

use axum::Json;
use serde::Serialize;
use utoipa::openapi::path::{HttpMethod, OperationBuilder};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{Content, OpenApi as Document, PathItem, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{Modify, OpenApi, ToSchema};

use super::{
    access_history, authorize, bundle, counter_tickets, credential, deferred, hub, ledger, nonce, offers,
    published, status, token, wishes,
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

/// The document; the officers' own face is pages, no API, and stands in none.
#[derive(OpenApi)]
#[openapi(
    info(title = "Absah: issuer", description = "OpenID4VCI 1.0 issuance, status lists, trust bundle, transparency log, the citizen's own requests, and the figures for the city's data hub."),
    paths(
        published::credential_issuer, published::authorization_server, published::jwt_vc_issuer,
        published::did_document, published::did_log, offers::show, nonce::fresh, token::redeem,
        authorize::push, authorize::page, authorize::log_in, authorize::challenge, credential::issue,
        deferred::fetch, deferred::notify, access_history::tell, wishes::take, counter_tickets::take, wishes::page, wishes::suspend,
        status::token, bundle::file, ledger::policy, ledger::file, ledger::registry_event,
        hub::figures, hub::events,
    ),
    components(schemas(ProblemBody, OAuthBody)),
    modifiers(&Everywhere)
)]
struct Public;

/// What any endpoint may answer.
struct Everywhere;

impl Modify for Everywhere {
    fn modify(&self, document: &mut Document) {
        let files = absah_schemas::documents::ALL.iter().map(|one| (one.path, "A published document."));
        let others = [("/healthz", "The server runs."), ("/openapi.json", "This document.")];
        for (path, text) in files.chain(others) {
            let answer = ResponseBuilder::new().description(text).build();
            let operation = OperationBuilder::new().tag("published").response("200", answer).build();
            document.paths.paths.insert(path.to_owned(), PathItem::new(HttpMethod::Get, operation));
        }
        if let Some(components) = &mut document.components {
            let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
            components.add_security_scheme("hub", bearer);
        }
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
            if let Some(operation) = item.post.as_mut().filter(|operation| operation.request_body.is_some()) {
                let responses = &mut operation.responses.responses;
                responses.entry("413".to_owned()).or_insert_with(|| problem("The body is too large."));
            }
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
        // Every route of the router, by the text of it.
        let routes = include_str!("mod.rs").split(".route(").skip(1).filter_map(|rest| {
            let rest = rest.trim_start();
            rest.strip_prefix('"').and_then(|rest| rest.split('"').next()).map(|path| path.replace('*', ""))
        });
        let routes: Vec<String> = routes
            .chain([absah_protocol::wishes::PATH, absah_protocol::access_history::PATH].map(Into::into))
            .collect();
        assert!(routes.len() > 20);
        for path in routes {
            assert!(document.paths.paths.contains_key(&path), "{path} stands in no document");
        }
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
