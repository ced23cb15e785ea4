//! Answering a query from held credentials: OpenID4VP 1.0 section 6.4.
//!
//! The choice is deterministic: candidates in the order given, the first that fits; `claim_sets`
//! and `options` in the verifier's order of preference.

use absah_credential::{ClaimPath, Format};
use absah_types::coded;
use serde_json::Value;

use super::path::select;
use super::query::{ClaimQuery, CredentialQuery, FormatName, Meta, Query};

/// A held credential as the evaluation sees it.
#[derive(Clone, Debug)]
pub struct Candidate<'c> {
    /// Its format.
    pub format: Format,
    /// `vct` of a `dc+sd-jwt`, every entry of `type` of a `vc+sd-jwt`.
    pub types: Vec<&'c str>,
    /// All claims, undisclosed ones included: the credential as JSON.
    pub claims: &'c Value,
    /// The holder can prove possession of the key in `cnf`.
    pub holder_binding: bool,
    /// Base64url key identifiers of the certificates in the chain, for `aki`.
    pub authority_keys: Vec<&'c str>,
}

/// One credential that answers one Credential Query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// `id` of the Credential Query.
    pub query_id: String,
    /// Index in the list of candidates.
    pub credential: usize,
    /// The claims to disclose, exactly these.
    pub claims: Vec<ClaimPath>,
}

/// What to send: never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// In the order of the query's `credentials`.
    pub matches: Vec<Match>,
}

/// Why a query cannot be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsatisfied {
    /// No credential of the asked format and type is held.
    NoCredential {
        /// `id` of the first such Credential Query.
        query_id: String,
    },
    /// Credentials of that type are held, but none has all asked claims (or values).
    MissingClaims {
        /// `id` of the first such Credential Query.
        query_id: String,
    },
}

impl std::fmt::Display for Unsatisfied {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NoCredential { .. } => "no held credential has the asked type",
            Self::MissingClaims { .. } => "no held credential has all asked claims",
        })
    }
}

impl std::error::Error for Unsatisfied {}

coded! { Unsatisfied {
    NoCredential{..} => ("query-no-credential", User),
    MissingClaims{..} => ("query-missing-claims", User),
} }

impl Query {
    /// Chooses what to present from `held`, most wanted candidates first. A query without
    /// `multiple` gets one credential.
    ///
    /// # Errors
    /// [`Unsatisfied`] names the first Credential Query that cannot be answered: "If the Wallet
    /// cannot deliver all non-optional Credentials requested by the Verifier according to these
    /// rules, it MUST NOT return any Credential(s)."
    pub fn evaluate(&self, held: &[Candidate<'_>]) -> Result<Selection, Unsatisfied> {
        let answers: Vec<(&CredentialQuery, Result<Vec<Match>, Unsatisfied>)> =
            self.credentials.iter().map(|query| (query, query.matches(held))).collect();
        let answer = |id: &str| answers.iter().find(|(query, _)| query.id == id).map(|(_, a)| a);

        let wanted: Vec<&str> = match &self.credential_sets {
            // "If `credential_sets` is not provided, the Verifier requests presentations for all
            // Credentials in `credentials` to be returned."
            None => self.credentials.iter().map(|query| query.id.as_str()).collect(),
            Some(sets) => {
                let mut wanted = Vec::new();
                for set in sets {
                    let satisfied = set
                        .options
                        .iter()
                        .find(|option| option.iter().all(|id| matches!(answer(id), Some(Ok(_)))));
                    match satisfied {
                        Some(option) => wanted.extend(option.iter().map(String::as_str)),
                        // "all of the Credential Set Queries in the `credential_sets` array where
                        // the `required` attribute is true or omitted"
                        None if set.required => {
                            let first = set.options.iter().flatten();
                            let reason =
                                first.filter_map(|id| answer(id)).find_map(|answer| answer.as_ref().err());
                            return Err(reason
                                .cloned()
                                .unwrap_or(Unsatisfied::NoCredential { query_id: String::new() }));
                        }
                        None => {}
                    }
                }
                wanted
            }
        };

        let mut matches = Vec::new();
        for (query, result) in &answers {
            if wanted.contains(&query.id.as_str()) {
                matches.extend(result.as_ref().map_err(Clone::clone)?.iter().cloned());
            }
        }
        match (matches.is_empty(), self.credentials.first()) {
            (true, Some(query)) => Err(Unsatisfied::NoCredential { query_id: query.id.clone() }),
            _ => Ok(Selection { matches }),
        }
    }
}

impl CredentialQuery {
    /// All candidates that answer this query (the first only, without `multiple`).
    fn matches(&self, held: &[Candidate<'_>]) -> Result<Vec<Match>, Unsatisfied> {
        let mut type_held = false;
        let mut matches = Vec::new();
        for (index, candidate) in held.iter().enumerate() {
            if !self.fits(candidate) {
                continue;
            }
            type_held = true;
            if let Some(claims) = self.select_claims(candidate.claims) {
                matches.push(Match {
                    query_id: self.id.clone(),
                    credential: index,
                    claims: claims.into_iter().map(|claim| claim.path.clone()).collect(),
                });
                // "When `multiple` is omitted, or set to `false`, the array MUST contain only one
                // Presentation."
                if !self.multiple {
                    break;
                }
            }
        }
        match (matches.is_empty(), type_held) {
            (false, _) => Ok(matches),
            (true, true) => Err(Unsatisfied::MissingClaims { query_id: self.id.clone() }),
            (true, false) => Err(Unsatisfied::NoCredential { query_id: self.id.clone() }),
        }
    }

    /// Format, type, authority and holder binding, without the claims.
    fn fits(&self, candidate: &Candidate<'_>) -> bool {
        self.format == FormatName::Held(candidate.format)
            && self.meta.accepts(&candidate.types)
            && (candidate.holder_binding || !self.require_holder_binding)
            && self.trusts(candidate)
    }

    /// "Every Credential returned by the Wallet SHOULD match at least one of the conditions
    /// present in the corresponding `trusted_authorities` array if present."
    fn trusts(&self, candidate: &Candidate<'_>) -> bool {
        self.trusted_authorities.is_empty()
            || self.trusted_authorities.iter().any(|entry| {
                entry.kind == "aki"
                    && entry.values.iter().any(|v| candidate.authority_keys.contains(&v.as_str()))
            })
    }

    /// The claims to return of a credential (section 6.4.1), `None` when it cannot deliver them:
    /// "it MUST NOT return the respective Credential."
    #[must_use]
    pub fn select_claims(&self, credential: &Value) -> Option<Vec<&ClaimQuery>> {
        // "If `claims` is absent, the Verifier is requesting no claims that are selectively
        // disclosable"
        let Some(claims) = &self.claims else { return Some(Vec::new()) };
        match &self.claim_sets {
            // "If `claims` is present, but `claim_sets` is absent, the Verifier requests all
            // claims listed in `claims`."
            None => claims.iter().map(|claim| claim.matches(credential).then_some(claim)).collect(),
            // "the Wallet SHOULD return the first option that it can satisfy."
            Some(sets) => sets.iter().find_map(|set| {
                set.iter()
                    .map(|id| {
                        claims
                            .iter()
                            .find(|claim| claim.id.as_ref() == Some(id))
                            .filter(|claim| claim.matches(credential))
                    })
                    .collect()
            }),
        }
    }
}

impl ClaimQuery {
    /// The claim exists and has one of the wanted values.
    fn matches(&self, credential: &Value) -> bool {
        let Ok(selected) = select(&self.path, credential) else { return false };
        match &self.values {
            None => true,
            // "the Wallet SHOULD return the claim only if the type and value of the claim both
            // match exactly for at least one of the elements in the array."
            Some(values) => selected.iter().any(|claim| values.contains(claim)),
        }
    }
}

impl Meta {
    /// The credential's types satisfy this constraint.
    #[must_use]
    pub fn accepts(&self, types: &[&str]) -> bool {
        match self {
            Self::Unconstrained => true,
            Self::Vct(values) => values.iter().any(|value| types.contains(&value.as_str())),
            // B.1.1: "each of the top-level arrays specifies one alternative to match the
            // [types]": all of one alternative's types must be there.
            Self::Types(alternatives) => {
                alternatives.iter().any(|wanted| wanted.iter().all(|value| types.contains(&value.as_str())))
            }
        }
    }
}
