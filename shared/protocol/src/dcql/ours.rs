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

/// The selection that chooses all claims of a service: bit *i* for claim *i*.
#[must_use]
pub fn all_claims(service: &Service) -> u64 {
    let count = u32::try_from(service.claims().count()).unwrap_or(u32::MAX);
    u64::MAX.checked_shr(u64::BITS.saturating_sub(count)).unwrap_or(0)
}

/// The query of a service in one format. Bit *i* of `selection` chooses the claim *i* of the service, counted
/// over all its asks: a counter may narrow what it asks, never widen it. The id of a Credential Query is the
/// name of the credential type. A query for several cards also asks each of them to whom it was issued, so that they
/// are of one person. `None` when nothing is chosen or a credential type is unknown.
#[must_use]
pub fn service_query(service: &Service, format: Format, selection: u64) -> Option<Query> {
    let mut bit = 0_u32;
    let (mut credentials, mut kinds) = (Vec::new(), Vec::new());
    for ask in &service.asks {
        let kind = CredentialType::of_name(&ask.credential)?;
        let mut claims = Vec::new();
        for claim in &ask.claims {
            if selection.checked_shr(bit).unwrap_or(0) & 1 == 1 {
                claims.push(ClaimQuery { id: None, path: format.from_root(claim), values: None });
            }
            bit += 1;
        }
        if !claims.is_empty() {
            let meta = match format {
                Format::VcSdJwt => Meta::Types(vec![kind.types().map(str::to_owned).to_vec()]),
                Format::DcSdJwt => Meta::Vct(vec![kind.vct().to_owned()]),
            };
            credentials.push(CredentialQuery {
                id: ask.credential.clone(),
                format: FormatName::Held(format),
                multiple: false,
                meta,
                trusted_authorities: Vec::new(),
                require_holder_binding: true,
                claims: Some(claims),
                claim_sets: None,
            });
            kinds.push(kind);
        }
    }
    if kinds.len() > 1 {
        for (query, kind) in credentials.iter_mut().zip(kinds) {
            let path = format.from_root(&holder_claim(kind));
            query.claims.get_or_insert_default().push(ClaimQuery { id: None, path, values: None });
        }
    }
    (!credentials.is_empty()).then_some(Query { credentials, credential_sets: None })
}
