//! The DID document: its place on the web, and the services that need not stand in it.

use absah_types::HttpsUrl;
use serde_json::{Value, json};

use super::WebvhError;

/// Where the log of an identifier lies: "The DID to HTTPS Transformation".
///
/// # Errors
/// `Location`, also for an address in place of a name: "it MUST NOT include IP addresses".
pub fn log_url(did: &str) -> Result<HttpsUrl, WebvhError> {
    let (authority, path) = parts(did)?;
    let host = authority.split(':').next().unwrap_or_default();
    let is_address = authority.contains('[') || host.parse::<core::net::IpAddr>().is_ok();
    if is_address || !host.contains('.') {
        return Err(WebvhError::Location);
    }
    let url = format!("https://{authority}{}/did.jsonl", folder(&path));
    HttpsUrl::parse(&url).map_err(|_| WebvhError::Location)
}

/// As [`log_url`], for development: also `http` on this machine.
///
/// # Errors
/// `Location`.
pub fn log_url_dev(did: &str) -> Result<HttpsUrl, WebvhError> {
    let (authority, path) = parts(did)?;
    let tail = format!("{authority}{}/did.jsonl", folder(&path));
    let near = HttpsUrl::parse_dev(&format!("http://{tail}"));
    near.or_else(|_| HttpsUrl::parse_dev(&format!("https://{tail}"))).map_err(|_| WebvhError::Location)
}

/// The base of an identifier's files: its log's URL without `.well-known` and file name.
///
/// # Errors
/// `Location`.
pub fn files_url(did: &str) -> Result<String, WebvhError> {
    let (authority, path) = parts(did)?;
    let path: String = path.iter().map(|part| format!("/{part}")).collect();
    Ok(format!("https://{authority}{path}"))
}

/// A document with the two services that every did:webvh has, unless it has its own of that name.
#[must_use]
pub fn with_implicit_services(document: &Value) -> Value {
    let mut document = document.clone();
    let id = document.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    let (Ok(base), Some(members)) = (files_url(&id), document.as_object_mut()) else { return document };
    let mut services = match members.get("service") {
        Some(Value::Array(services)) => services.clone(),
        _ => Vec::new(),
    };
    let has = |services: &[Value], name: &str| {
        let is = |service: &Value| {
            let own = service.get("id").and_then(Value::as_str);
            own.is_some_and(|own| own == name || own.strip_prefix(id.as_str()) == Some(name))
        };
        services.iter().any(is)
    };
    if !has(&services, "#files") {
        services.push(json!({ "id": format!("{id}#files"), "type": "relativeRef", "serviceEndpoint": base }));
    }
    if !has(&services, "#whois") {
        services.push(json!({
            "@context": "https://identity.foundation/linked-vp/contexts/v1",
            "id": format!("{id}#whois"),
            "type": "LinkedVerifiablePresentation",
            "serviceEndpoint": format!("{base}/whois.vp"),
        }));
    }
    members.insert("service".to_owned(), Value::Array(services));
    document
}

/// The did:web document beside a did:webvh (section "Publishing a Parallel did:web DID"). `document` has its implicit
/// services.
#[must_use]
pub fn parallel_did_web(document: &Value) -> Value {
    let id = document.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    let scid = id.split(':').nth(2).unwrap_or_default();
    // "Execute a text replacement across the DIDDoc of did:webvh:<SCID>: to did:web:"
    let text = document.to_string().replace(&format!("did:webvh:{scid}:"), "did:web:");
    let mut document: Value = serde_json::from_str(&text).unwrap_or_default();
    let own = document.get("id").cloned().unwrap_or_default();
    let Some(members) = document.as_object_mut() else { return document };
    let mut names = match members.get("alsoKnownAs") {
        Some(Value::Array(names)) => names.clone(),
        _ => Vec::new(),
    };
    // "Add to the DIDDoc alsoKnownAs array, the full did:webvh DID"; "Remove any duplicate entries in the alsoKnownAs
    // array, including the did:web DID itself".
    names.push(Value::String(id));
    let mut seen = vec![own];
    names.retain(|name| {
        let is_new = !seen.contains(name);
        seen.push(name.clone());
        is_new
    });
    members.insert("alsoKnownAs".to_owned(), Value::Array(names));
    document
}

/// The document of a did:webvh for that of a did:web at the same place: [`parallel_did_web`] the other way. `scid` may be
/// the placeholder.
#[must_use]
pub fn of_did_web(document: &Value, scid: &str) -> Value {
    let web = document.get("id").cloned().unwrap_or_default();
    let text = document.to_string().replace("did:web:", &format!("did:webvh:{scid}:"));
    let mut document: Value = serde_json::from_str(&text).unwrap_or_default();
    if let Some(members) = document.as_object_mut() {
        // "the did:webvh DIDDoc SHOULD have the corresponding did:web in the alsoKnownAs array."
        members.insert("alsoKnownAs".to_owned(), json!([web]));
    }
    document
}

/// Host with port, and the parts of the path.
fn parts(did: &str) -> Result<(String, Vec<&str>), WebvhError> {
    let rest = did.strip_prefix("did:webvh:").ok_or(WebvhError::Location)?;
    let mut parts = rest.split(':').skip(1);
    let host = parts.next().filter(|host| !host.is_empty()).ok_or(WebvhError::Location)?;
    let host = host.replace("%3A", ":").replace("%3a", ":").replace("%5B", "[").replace("%5D", "]");
    let path: Vec<&str> = parts.collect();
    let is_plain = |part: &&str| !part.is_empty() && !part.starts_with('.') && !part.contains(['/', '%']);
    if host.contains(['%', '/', '@', '?', '#']) || !path.iter().all(is_plain) {
        return Err(WebvhError::Location);
    }
    Ok((host, path))
}

fn folder(path: &[&str]) -> String {
    if path.is_empty() {
        return "/.well-known".to_owned();
    }
    path.iter().map(|part| format!("/{part}")).collect()
}
