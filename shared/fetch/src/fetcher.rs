use crate::Addresses;
use crate::resolver::{Checked, Refused, Unresolved};
use crate::system;
use absah_types::{HttpsUrl, Secret, Timestamp, coded};
use core::fmt;
use core::time::Duration;
use httpdate::HttpDate;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION};
use reqwest::{Client, Method, redirect, retry};
use serde::Serialize;
use std::error::Error;
use std::time::SystemTime;

/// How much of a stranger's server we put up with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// From the first look-up to the last byte, redirects included.
    pub total: Duration,
    /// For one connection to be made.
    pub connect: Duration,
    /// Bytes of body at most.
    pub body: usize,
    /// Redirects followed at most; only those of a GET without credentials are.
    pub redirects: usize,
}

impl Default for Limits {
    /// 15 seconds, 5 to connect, 1 MiB, no redirect.
    fn default() -> Self {
        Self {
            total: Duration::from_secs(15),
            connect: Duration::from_secs(5),
            body: 1024 * 1024,
            redirects: 0,
        }
    }
}

/// Header fields in one response at most; all of them together are limited to about 400 kB.
const MAX_HEADERS: usize = 64;

/// An unused connection is kept so long: less than our own servers keep theirs, so that none is used while the
/// other side closes it.
const IDLE: Duration = Duration::from_secs(5);

/// One request: method, address, headers, body.
#[derive(Debug, Clone)]
pub struct Request {
    method: Method,
    url: HttpsUrl,
    headers: HeaderMap,
    body: Vec<u8>,
    limit: usize,
}

impl Request {
    /// A GET.
    pub fn get(url: &HttpsUrl) -> Self {
        Self {
            method: Method::GET,
            url: url.clone(),
            headers: HeaderMap::new(),
            body: Vec::new(),
            limit: usize::MAX,
        }
    }

    /// A POST of a body of some media type.
    pub fn post(url: &HttpsUrl, media_type: &'static str, body: Vec<u8>) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        Self { method: Method::POST, url: url.clone(), headers, body, limit: usize::MAX }
    }

    /// A POST of `application/x-www-form-urlencoded` (as OAuth 2.0 asks).
    pub fn post_form(url: &HttpsUrl, fields: &[(&str, &str)]) -> Self {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        Self::post(url, "application/x-www-form-urlencoded", body.into_bytes())
    }

    /// A POST of JSON.
    ///
    /// # Errors
    /// [`FetchError::Request`] if `value` cannot be written as JSON.
    pub fn post_json(url: &HttpsUrl, value: &impl Serialize) -> Result<Self, FetchError> {
        let body = serde_json::to_vec(value).map_err(|_| FetchError::Request)?;
        Ok(Self::post(url, "application/json", body))
    }

    /// The same request asking for this media type (an `Accept` value).
    #[must_use]
    pub fn accept(mut self, media_types: &'static str) -> Self {
        self.headers.insert(ACCEPT, HeaderValue::from_static(media_types));
        self
    }

    /// The same request, of whose answer at most so many bytes are read; never more than [`Limits::body`].
    #[must_use]
    pub fn within(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    /// The same request with one more header field.
    ///
    /// # Errors
    /// [`FetchError::Request`] if the value holds characters that no header may.
    pub fn header(mut self, name: &'static str, value: &str) -> Result<Self, FetchError> {
        let value = HeaderValue::from_str(value).map_err(|_| FetchError::Request)?;
        self.headers.insert(HeaderName::from_static(name), value);
        Ok(self)
    }

    /// The same request with `Authorization: Bearer …` (RFC 6750, section 2.1). The token is marked as sensitive.
    ///
    /// # Errors
    /// [`FetchError::Request`] if the token holds characters that no header may.
    pub fn bearer(mut self, token: &Secret<String>) -> Result<Self, FetchError> {
        let mut value =
            HeaderValue::from_str(&format!("Bearer {}", token.expose())).map_err(|_| FetchError::Request)?;
        value.set_sensitive(true);
        self.headers.insert(AUTHORIZATION, value);
        Ok(self)
    }
}

impl Request {
    /// The same request with a proof of possession (RFC 9449) and, at a resource, the access token that it is for. The token
    /// is marked as sensitive.
    ///
    /// # Errors
    /// [`FetchError::Request`] if one of them holds characters that no header may.
    pub fn dpop(mut self, token: Option<&Secret<String>>, proof: &str) -> Result<Self, FetchError> {
        let proof = HeaderValue::from_str(proof).map_err(|_| FetchError::Request)?;
        self.headers.insert(HeaderName::from_static("dpop"), proof);
        if let Some(token) = token {
            let value = HeaderValue::from_str(&format!("DPoP {}", token.expose()));
            let mut value = value.map_err(|_| FetchError::Request)?;
            value.set_sensitive(true);
            self.headers.insert(AUTHORIZATION, value);
        }
        Ok(self)
    }
}

/// What a server answered, whatever its status.
#[derive(Debug, Clone)]
pub struct Response {
    /// The HTTP status code.
    pub status: u16,
    /// The address that answered in the end.
    pub url: HttpsUrl,
    /// The body, at most as long as [`Limits::body`].
    pub body: Vec<u8>,
    headers: HeaderMap,
}

impl Response {
    /// Whether the status is 200 to 299.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The first header field of this name, if it is plain ASCII.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(HeaderName::from_bytes(name.as_bytes()).ok()?)?.to_str().ok()
    }

    /// What time it was for whoever answered (RFC 9110, 6.6.1).
    pub fn date(&self) -> Option<Timestamp> {
        let date = SystemTime::from(self.header("date")?.parse::<HttpDate>().ok()?);
        let seconds = date.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs();
        i64::try_from(seconds).ok().map(Timestamp::from_unix)
    }

    /// The media type of the body in lower case, without parameters.
    pub fn media_type(&self) -> Option<String> {
        let value = self.headers.get(CONTENT_TYPE)?.to_str().ok()?;
        Some(value.split(';').next()?.trim().to_ascii_lowercase())
    }
}

/// The HTTP client. Cheap to clone; keeps connections open for a while.
#[derive(Clone)]
pub struct Fetcher {
    client: Client,
    limits: Limits,
    addresses: Addresses,
    /// The only host that is reached, with its port, where there is only one.
    only: Option<Origin>,
}

/// Scheme, host and port.
type Origin = url::Origin;

impl fmt::Debug for Fetcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fetcher").field("limits", &self.limits).field("addresses", &self.addresses).finish()
    }
}

impl Fetcher {
    /// A client with these limits. For public addresses it trusts the certificate authorities of the system;
    /// for development none.
    ///
    /// # Errors
    /// [`FetchError::Setup`] if the system has no usable certificate authorities.
    pub fn new(limits: Limits, addresses: Addresses) -> Result<Self, FetchError> {
        Self::with_roots(limits, addresses, &[])
    }

    /// As [`Fetcher::new`], trusting only the given certificate authorities (DER) if there are any.
    ///
    /// # Errors
    /// [`FetchError::Setup`] if one of them is no certificate.
    pub fn with_roots(limits: Limits, addresses: Addresses, roots: &[Vec<u8>]) -> Result<Self, FetchError> {
        system::provide();
        #[expect(clippy::disallowed_methods, reason = "this is the one place where the limits are set")]
        let mut builder = Client::builder()
            .user_agent(concat!("absah/", env!("CARGO_PKG_VERSION")))
            .no_proxy()
            .redirect(redirect::Policy::none())
            .referer(false)
            .retry(retry::never())
            .http1_max_headers(MAX_HEADERS)
            .connect_timeout(limits.connect)
            .pool_idle_timeout(IDLE)
            .dns_resolver(Checked(addresses));
        let trusted = if roots.is_empty() && addresses != Addresses::DevLoopback {
            system::authorities()
        } else {
            Some(roots.iter().map(|der| reqwest::Certificate::from_der(der)).collect())
        };
        if let Some(trusted) = trusted {
            builder = builder.tls_certs_only(trusted.map_err(|_| FetchError::Setup)?);
        }
        let client = builder.build().map_err(|_| FetchError::Setup)?;
        Ok(Self { client, limits, addresses, only: None })
    }

    /// A client that reaches the host of this one address and no other, also where it stands in a private network: for a
    /// service whose place somebody wrote down on purpose. Any other host is refused, whatever leads there.
    ///
    /// # Errors
    /// [`FetchError::Setup`] if the system has no usable certificate authorities.
    pub fn private(limits: Limits, url: &HttpsUrl) -> Result<Self, FetchError> {
        Self::private_with_roots(limits, url, &[])
    }

    /// As [`Fetcher::private`], trusting only the given certificate authorities (DER) if there are any.
    ///
    /// # Errors
    /// [`FetchError::Setup`] if one of them is no certificate.
    pub fn private_with_roots(limits: Limits, url: &HttpsUrl, roots: &[Vec<u8>]) -> Result<Self, FetchError> {
        let fetcher = Self::with_roots(limits, Addresses::Private, roots)?;
        Ok(Self { only: Some(url.url().origin()), ..fetcher })
    }

    /// Fetches `url`.
    ///
    /// # Errors
    /// See [`FetchError`]. A status of 400 and above is an answer, not an error.
    pub async fn get(&self, url: &HttpsUrl) -> Result<Response, FetchError> {
        self.send(Request::get(url)).await
    }

    /// Posts form fields to `url`.
    ///
    /// # Errors
    /// See [`FetchError`].
    pub async fn post_form(&self, url: &HttpsUrl, fields: &[(&str, &str)]) -> Result<Response, FetchError> {
        self.send(Request::post_form(url, fields)).await
    }

    /// Posts JSON to `url`.
    ///
    /// # Errors
    /// See [`FetchError`].
    pub async fn post_json(&self, url: &HttpsUrl, value: &impl Serialize) -> Result<Response, FetchError> {
        self.send(Request::post_json(url, value)?).await
    }

    /// Sends a request and reads the whole answer within the limits.
    ///
    /// # Errors
    /// See [`FetchError`].
    pub async fn send(&self, request: Request) -> Result<Response, FetchError> {
        match tokio::time::timeout(self.limits.total, self.follow(request)).await {
            Ok(result) => result,
            Err(_) => Err(FetchError::Timeout),
        }
    }

    async fn follow(&self, mut request: Request) -> Result<Response, FetchError> {
        let mut left = self.limits.redirects;
        loop {
            let answer = self.once(&request).await?;
            if !matches!(answer.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
                return self.read(answer, request.url, request.limit).await;
            }
            if left == 0 || request.method != Method::GET || request.headers.contains_key(AUTHORIZATION) {
                return Err(FetchError::Redirect);
            }
            left -= 1;
            request.url = next_address(&request.url, answer.headers()).ok_or(FetchError::Redirect)?;
        }
    }

    async fn once(&self, request: &Request) -> Result<reqwest::Response, FetchError> {
        let url = request.url.url();
        if !self.addresses.allow_scheme(url.scheme()) {
            return Err(FetchError::Scheme);
        }
        if self.only.as_ref().is_some_and(|only| *only != url.origin()) {
            return Err(FetchError::Address);
        }
        if !url.host().is_some_and(|host| self.addresses.allow_host(&host)) {
            return Err(FetchError::Address);
        }
        self.client
            .request(request.method.clone(), url.clone())
            .headers(request.headers.clone())
            .body(request.body.clone())
            .send()
            .await
            .map_err(|e| FetchError::from_reqwest(&e))
    }

    async fn read(
        &self,
        mut answer: reqwest::Response,
        url: HttpsUrl,
        limit: usize,
    ) -> Result<Response, FetchError> {
        let limit = limit.min(self.limits.body);
        let too_large = FetchError::TooLarge { limit };
        let announced = answer.content_length().unwrap_or(0);
        if usize::try_from(announced).map_or(true, |length| length > limit) {
            return Err(too_large);
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|e| FetchError::from_reqwest(&e))? {
            if body.len().saturating_add(chunk.len()) > limit {
                return Err(too_large);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Response { status: answer.status().as_u16(), url, body, headers: answer.headers().clone() })
    }
}

fn next_address(from: &HttpsUrl, headers: &HeaderMap) -> Option<HttpsUrl> {
    let location = headers.get(LOCATION)?.to_str().ok()?;
    let mut next = from.url().join(location).ok()?;
    next.set_fragment(None);
    HttpsUrl::parse_dev(next.as_str()).ok()
}

/// Why nothing was fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FetchError {
    /// The system's certificate authorities or the given ones are unusable.
    Setup,
    /// The request itself cannot be written.
    Request,
    /// `http` where only `https` is allowed.
    Scheme,
    /// The address is private, local, or otherwise not allowed.
    Address,
    /// The name has no address, or there is no name service.
    Resolve,
    /// No connection was made, or the server's certificate is not trusted.
    Connect,
    /// The total time was used up.
    Timeout,
    /// The body is longer than allowed.
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// A redirect that may not be followed.
    Redirect,
    /// The answer is no valid HTTP, or was cut off.
    Answer,
}

impl FetchError {
    fn from_reqwest(error: &reqwest::Error) -> Self {
        let mut cause: Option<&(dyn Error + 'static)> = error.source();
        while let Some(inner) = cause {
            if inner.is::<Refused>() {
                return Self::Address;
            }
            if inner.is::<Unresolved>() {
                return Self::Resolve;
            }
            cause = inner.source();
        }
        if error.is_connect() {
            Self::Connect
        } else if error.is_timeout() {
            Self::Timeout
        } else if error.is_builder() {
            Self::Request
        } else {
            Self::Answer
        }
    }
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Setup => f.write_str("no usable certificate authorities"),
            Self::Request => f.write_str("the request cannot be written"),
            Self::Scheme => f.write_str("only https is allowed"),
            Self::Address => f.write_str("the address is not allowed"),
            Self::Resolve => f.write_str("the name has no address"),
            Self::Connect => f.write_str("no secure connection was made"),
            Self::Timeout => f.write_str("the server was too slow"),
            Self::TooLarge { limit } => write!(f, "the answer is longer than {limit} bytes"),
            Self::Redirect => f.write_str("the server points elsewhere"),
            Self::Answer => f.write_str("the answer is not valid http"),
        }
    }
}

impl Error for FetchError {}

coded! { FetchError {
    Setup => ("fetch-setup", Environment),
    Request => ("fetch-request", Bug),
    Scheme => ("fetch-scheme", Peer),
    Address => ("fetch-address", Peer),
    Resolve => ("fetch-resolve", Environment),
    Connect => ("fetch-connect", Environment),
    Timeout => ("fetch-timeout", Environment),
    TooLarge { .. } => ("fetch-too-large", Peer),
    Redirect => ("fetch-redirect", Peer),
    Answer => ("fetch-answer", Peer),
} }

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tls_tests;
