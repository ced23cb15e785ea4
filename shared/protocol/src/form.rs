//! `application/x-www-form-urlencoded`, each name at most once.

use std::collections::BTreeMap;

/// Why a body is no form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FormError {
    /// Not UTF-8 after decoding, or too large.
    Malformed,
    /// RFC 6749 section 3.2: "Request and response parameters MUST NOT be included more than once."
    Repeated,
}

/// Reads a form of at most `limit` bytes.
pub(crate) fn parse(body: &[u8], limit: usize) -> Result<BTreeMap<String, String>, FormError> {
    if body.len() > limit {
        return Err(FormError::Malformed);
    }
    let mut parameters = BTreeMap::new();
    for (name, value) in url::form_urlencoded::parse(body) {
        // The decoder replaces what is no UTF-8; such a character never belongs in these messages.
        if name.contains('\u{fffd}') || value.contains('\u{fffd}') {
            return Err(FormError::Malformed);
        }
        if parameters.insert(name.into_owned(), value.into_owned()).is_some() {
            return Err(FormError::Repeated);
        }
    }
    Ok(parameters)
}

/// One field of a form, the first of its name; for forms that people fill in on our own pages.
#[must_use]
pub fn field(body: &[u8], name: &str) -> Option<String> {
    url::form_urlencoded::parse(body).find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

/// Writes a form.
pub(crate) fn encode(parameters: &[(&str, &str)]) -> String {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in parameters {
        form.append_pair(name, value);
    }
    form.finish()
}
