//! Our own credentials as a query names them, and the query of a registered service.
//!
//! A `dc+sd-jwt` has its claims at the top, a `vc+sd-jwt` under `credentialSubject`. For `vc+sd-jwt` the
//! constraint is `meta.type_values` with the `type` values as they stand in the credential, not expanded:
//! nobody needs a JSON-LD processor to answer.

use absah_credential::{Format, holder_claim};
use absah_schemas::CredentialType;
use absah_trust::Service;

use super::query::{ClaimQuery, CredentialQuery, FormatName, Meta, Query};

/// Which of our credential types a query asks for; `None` when it is not plainly one of them.
#[must_use]
pub fn credential_of(query: &CredentialQuery) -> Option<CredentialType> {
    match &query.meta {
        Meta::Vct(values) => match values.as_slice() {
            [vct] => CredentialType::of_vct(vct),
            _ => None,
        },
        Meta::Types(alternatives) => match alternatives.as_slice() {
            [types] => CredentialType::ALL.into_iter().find(|kind| {
                types.iter().any(|name| name == kind.name())
                    && types.iter().all(|name| kind.types().contains(&name.as_str()))
            }),
            _ => None,
        },
        Meta::Unconstrained => None,
    }
}

/// What a query asks for: a credential of ours, or another issuer's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AskedType {
    /// One of ours.
    Ours(CredentialType),
    /// A `dc+sd-jwt` of another issuer, by its `vct`.
    Other(String),
}

impl AskedType {
    /// The name by which a registration knows it: our type's, or the `vct` itself.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Ours(kind) => kind.name(),
            Self::Other(vct) => vct,
        }
    }

    /// The type, if it is ours.
    #[must_use]
    pub fn ours(&self) -> Option<CredentialType> {
        match self {
            Self::Ours(kind) => Some(*kind),
            Self::Other(_) => None,
        }
    }

    /// Which type a query asks for; `None` when it is not plainly one.
    #[must_use]
    pub fn of(query: &CredentialQuery) -> Option<Self> {
        if let Some(kind) = credential_of(query) {
            return Some(Self::Ours(kind));
        }
        match (&query.format, &query.meta) {
            (FormatName::Held(Format::DcSdJwt), Meta::Vct(values)) => match values.as_slice() {
                [vct] if CredentialType::of_vct(vct).is_none() => Some(Self::Other(vct.clone())),
                _ => None,
            },
            _ => None,
        }
    }

    /// The type that a registration names.
    #[must_use]
    pub fn of_name(name: &str) -> Self {
        CredentialType::of_name(name).map_or_else(|| Self::Other(name.to_owned()), Self::Ours)
    }
}

/// The selection that chooses all claims of a service: bit *i* for claim *i*.
#[must_use]
pub fn all_claims(service: &Service) -> u64 {
    let count = u32::try_from(service.claims().count()).unwrap_or(u32::MAX);
    u64::MAX.checked_shr(u64::BITS.saturating_sub(count)).unwrap_or(0)
}

/// The query of a service in one format. Bit *i* of `selection` chooses the claim *i* of the service, counted
/// over all its asks: a counter may narrow what it asks, never widen it. The id of a Credential Query is the
/// name of the credential type, or a number for another issuer's, which exists as `dc+sd-jwt` only. A query for several
/// cards of ours also asks each of them to whom it was issued, so that they are of one person. `None` when nothing is
/// chosen or a credential has not that format.
#[must_use]
pub fn service_query(service: &Service, format: Format, selection: u64) -> Option<Query> {
    let mut bit = 0_u32;
    let (mut credentials, mut kinds) = (Vec::new(), Vec::new());
    for (number, ask) in service.asks.iter().enumerate() {
        let kind = AskedType::of_name(&ask.credential);
        let mut claims = Vec::new();
        for claim in &ask.claims {
            if selection.checked_shr(bit).unwrap_or(0) & 1 == 1 {
                claims.push(ClaimQuery { id: None, path: format.from_root(claim), values: None });
            }
            bit += 1;
        }
        if !claims.is_empty() {
            let own = kind.ours();
            let (id, meta) = match (kind, format) {
                (AskedType::Ours(kind), Format::VcSdJwt) => {
                    (ask.credential.clone(), Meta::Types(vec![kind.types().map(str::to_owned).to_vec()]))
                }
                (AskedType::Ours(kind), Format::DcSdJwt) => {
                    (ask.credential.clone(), Meta::Vct(vec![kind.vct().to_owned()]))
                }
                (AskedType::Other(vct), Format::DcSdJwt) => (format!("other-{number}"), Meta::Vct(vec![vct])),
                (AskedType::Other(_), Format::VcSdJwt) => return None,
            };
            credentials.push(CredentialQuery {
                id,
                format: FormatName::Held(format),
                multiple: false,
                meta,
                trusted_authorities: Vec::new(),
                require_holder_binding: true,
                claims: Some(claims),
                claim_sets: None,
            });
            kinds.push(own);
        }
    }
    if kinds.iter().flatten().count() > 1 {
        for (query, kind) in credentials.iter_mut().zip(kinds) {
            let Some(kind) = kind else { continue };
            let path = format.from_root(&holder_claim(kind));
            query.claims.get_or_insert_default().push(ClaimQuery { id: None, path, values: None });
        }
    }
    (!credentials.is_empty()).then_some(Query { credentials, credential_sets: None })
}
