//! What the issuer publishes about itself: OpenID4VCI 1.0 section 12.2, RFC 8414, SD-JWT VC section 4 and
//! did:web.

use absah_credential::{ClaimPath, Format};
use absah_crypto::PublicKey;
use absah_schemas::CredentialType;
use absah_types::Lang;
use serde_json::{Map, Value, json};

use crate::json::to_value;
use crate::oid4vci::{BATCH_SIZE, PRE_AUTHORIZED_CODE};
use crate::url_rules::IssuerId;

/// A text in some languages.
pub type Localized = Vec<(Lang, String)>;

/// The issuer as it presents itself.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Its identifier, the base of all endpoints.
    pub issuer: IssuerId,
    /// Its name.
    pub name: Localized,
    /// What it issues.
    pub configurations: Vec<Configuration>,
    /// Wallets that name no `client_id` are served
    /// (`pre-authorized_grant_anonymous_access_supported`).
    pub anonymous_access: bool,
}

/// One entry of `credential_configurations_supported`.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// Its id, such as `KtpElektronik_dc_sd_jwt`.
    pub id: String,
    /// Its format.
    pub format: Format,
    /// Its type.
    pub types: Types,
    /// The `scope` that asks for it: the name of our type.
    pub scope: String,
    /// Its name.
    pub name: Localized,
    /// Its claims with their names, in the order of display.
    pub claims: Vec<(ClaimPath, Localized)>,
}

/// How a format names its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Types {
    /// `vct` of `dc+sd-jwt`.
    Vct(String),
    /// `type` of `vc+sd-jwt`, written as `credential_definition.type`.
    W3c(Vec<String>),
}

/// A key that credentials are signed with.
#[derive(Clone, Debug)]
pub struct PublishedKey {
    /// The fragment of its did:web key URL.
    pub id: String,
    /// The key.
    pub key: PublicKey,
}

impl Profile {
    /// `/.well-known/openid-credential-issuer`.
    #[must_use]
    pub fn credential_issuer(&self) -> Value {
        let configurations: Map<String, Value> = self
            .configurations
            .iter()
            .map(|configuration| (configuration.id.clone(), configuration.to_value()))
            .collect();
        json!({
            "credential_issuer": self.issuer.as_str(),
            "credential_endpoint": self.issuer.endpoint("/credential"),
            "nonce_endpoint": self.issuer.endpoint("/nonce"),
            "deferred_credential_endpoint": self.issuer.endpoint("/deferred_credential"),
            "notification_endpoint": self.issuer.endpoint("/notification"),
            "batch_credential_issuance": { "batch_size": BATCH_SIZE },
            "display": display(&self.name),
            "credential_configurations_supported": configurations,
        })
    }

    /// `/.well-known/oauth-authorization-server` (RFC 8414): the issuer is its own authorisation server.
    #[must_use]
    pub fn authorization_server(&self) -> Value {
        json!({
            "issuer": self.issuer.as_str(),
            "token_endpoint": self.issuer.endpoint("/token"),
            "authorization_endpoint": self.issuer.endpoint("/authorize"),
            "pushed_authorization_request_endpoint": self.issuer.endpoint("/par"),
            // RFC 9126 section 5, and HAIP 1.0: nothing about a person stands in the address of a browser.
            "require_pushed_authorization_requests": true,
            // A wallet that proves itself by a card needs no browser (draft-ietf-oauth-first-party-apps).
            "authorization_challenge_endpoint": self.issuer.endpoint("/authorize/challenge"),
            "grant_types_supported": [PRE_AUTHORIZED_CODE, "authorization_code", "refresh_token"],
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "code_challenge_methods_supported": ["S256"],
            "dpop_signing_alg_values_supported": ["ES256"],
            "authorization_response_iss_parameter_supported": true,
            "authorization_details_types_supported": ["openid_credential"],
            "scopes_supported": self.scopes(),
            "token_endpoint_auth_methods_supported": ["none"],
            "pre-authorized_grant_anonymous_access_supported": self.anonymous_access,
        })
    }

    /// `/.well-known/jwt-vc-issuer` (SD-JWT VC section 4): the keys of `dc+sd-jwt`. A key's `kid` is its
    /// full did:web URL, as in the header of a credential.
    #[must_use]
    pub fn jwt_vc_issuer(&self, keys: &[PublishedKey]) -> Value {
        let did = self.issuer.did_web();
        let keys: Vec<Value> = keys.iter().map(|key| key.jwk(&did)).collect();
        json!({ "issuer": self.issuer.as_str(), "jwks": { "keys": keys } })
    }

    /// `/.well-known/did.json`, or `did.json` below the issuer's path: the same keys as a did:web document. `others` are keys
    /// that sign something else than credentials (status tokens, registrations): listed, but for no assertion.
    #[must_use]
    pub fn did_document(&self, keys: &[PublishedKey], others: &[PublishedKey]) -> Value {
        let did = self.issuer.did_web();
        let methods: Vec<Value> = keys
            .iter()
            .chain(others)
            .map(|key| {
                json!({
                    "id": format!("{did}#{}", key.id),
                    "type": "JsonWebKey",
                    "controller": did,
                    "publicKeyJwk": key.jwk(&did),
                })
            })
            .collect();
        let ids: Vec<String> = keys.iter().map(|key| format!("{did}#{}", key.id)).collect();
        json!({
            "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"],
            "id": did,
            "verificationMethod": methods,
            "assertionMethod": ids,
        })
    }

    /// One scope for each type of card, both forms of it.
    fn scopes(&self) -> Vec<&str> {
        let mut scopes: Vec<&str> = self.configurations.iter().map(|one| one.scope.as_str()).collect();
        scopes.dedup();
        scopes
    }

    /// The configuration of that id.
    #[must_use]
    pub fn configuration(&self, id: &str) -> Option<&Configuration> {
        self.configurations.iter().find(|configuration| configuration.id == id)
    }
}

impl Configuration {
    /// The two forms of one of our credential types: ids `<Type>_dc_sd_jwt` and `<Type>_vc_sd_jwt`.
    #[must_use]
    pub fn pair(kind: CredentialType) -> [Self; 2] {
        let name: Localized =
            Lang::ALL.into_iter().map(|lang| (lang, kind.display_name(lang).to_owned())).collect();
        let claims = |format: Format| -> Vec<(ClaimPath, Localized)> {
            kind.claims()
                .iter()
                .filter_map(|claim| {
                    let path = ClaimPath::parse_dotted(&claim.dotted()).ok()?;
                    let labels = Lang::ALL.into_iter().map(|lang| (lang, claim.label(lang).to_owned()));
                    Some((format.from_root(&path), labels.collect()))
                })
                .collect()
        };
        let vct = Types::Vct(kind.vct().to_owned());
        let w3c = Types::W3c(kind.types().map(str::to_owned).to_vec());
        [(Format::DcSdJwt, vct, "dc"), (Format::VcSdJwt, w3c, "vc")].map(|(format, types, short)| Self {
            id: format!("{}_{short}_sd_jwt", kind.name()),
            scope: kind.name().to_owned(),
            claims: claims(format),
            format,
            types,
            name: name.clone(),
        })
    }
}

impl PublishedKey {
    fn jwk(&self, did: &str) -> Value {
        let mut jwk = to_value(&self.key.to_jwk());
        if let Some(members) = jwk.as_object_mut() {
            members.insert("kid".into(), json!(format!("{did}#{}", self.id)));
            members.insert("alg".into(), json!("ES256"));
            members.insert("use".into(), json!("sig"));
        }
        jwk
    }
}

impl Configuration {
    fn to_value(&self) -> Value {
        let claims: Vec<Value> = self
            .claims
            .iter()
            .map(|(path, names)| json!({ "path": path.to_json(), "display": display(names) }))
            .collect();
        let mut object = Map::new();
        object.insert("format".into(), json!(self.format.name()));
        object.insert("scope".into(), json!(self.scope));
        match &self.types {
            Types::Vct(vct) => object.insert("vct".into(), json!(vct)),
            Types::W3c(types) => object.insert("credential_definition".into(), json!({ "type": types })),
        };
        object.insert("credential_signing_alg_values_supported".into(), json!(["ES256"]));
        object.insert("cryptographic_binding_methods_supported".into(), json!(["jwk", "did:jwk"]));
        object.insert(
            "proof_types_supported".into(),
            json!({ "jwt": { "proof_signing_alg_values_supported": ["ES256"] } }),
        );
        object.insert(
            "credential_metadata".into(),
            json!({ "display": display(&self.name), "claims": claims }),
        );
        Value::Object(object)
    }
}

fn display(names: &Localized) -> Vec<Value> {
    names.iter().map(|(lang, name)| json!({ "name": name, "locale": locale(*lang) })).collect()
}

/// BCP 47 tags.
fn locale(lang: Lang) -> &'static str {
    match lang {
        Lang::Id => "id-ID",
        Lang::Jv => "jv-ID",
        Lang::En => "en",
    }
}
