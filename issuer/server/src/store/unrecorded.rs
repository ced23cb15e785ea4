//! A store that keeps nothing: the limit that a real one is measured against.

use absah_credential::StatusReference;
use absah_credential::status_list::Status;
use absah_issuer_core::card::Subject;
use absah_issuer_core::offer::{Grant, Offer, OfferKey};
use absah_issuer_core::person::{Cid, Lookup};
use absah_issuer_core::ports::{Answer, Granted, Hold, Issued, NewToken, Recorded, Slot, Store};
use absah_protocol::oid4vci::issuer::{TokenError, TokenRequest};
use absah_schemas::CredentialType;
use absah_types::{Nik, Timestamp};

/// Answers every access token with the same grant and every person with the same facts, and forgets what it is told.
/// For measuring only.
#[derive(Debug, Clone)]
pub struct Unrecorded {
    /// What every access token allows.
    pub grant: Grant,
    /// Whom every card is about.
    pub subject: Subject,
}

impl Store for Unrecorded {
    fn place(&self, _: Offer, _: Timestamp) -> Answer<'_, ()> {
        Box::pin(async { Ok(()) })
    }

    fn offer(&self, _: OfferKey) -> Answer<'_, Option<Offer>> {
        Box::pin(async { Ok(None) })
    }

    fn redeem(
        &self,
        _: TokenRequest,
        _: bool,
        _: NewToken,
        _: Option<[u8; 32]>,
        _: Timestamp,
    ) -> Answer<'_, Result<Grant, TokenError>> {
        Box::pin(async { Ok(Ok(self.grant.clone())) })
    }

    fn granted(&self, _: [u8; 32]) -> Answer<'_, Option<Granted>> {
        let (grant, subject) = (self.grant.clone(), self.subject.clone());
        Box::pin(async {
            Ok(Some(Granted { grant, subject, issued: Vec::new(), hold: Hold::Free, carried: false }))
        })
    }

    fn subject(&self, _: Nik, _: CredentialType) -> Answer<'_, Option<Subject>> {
        Box::pin(async { Ok(Some(self.subject.clone())) })
    }

    fn person(&self, _: Lookup, fresh: Cid) -> Answer<'_, Cid> {
        Box::pin(async move { Ok(fresh) })
    }

    fn reserve(&self, count: usize) -> Answer<'_, Vec<Slot>> {
        let slot = |place: u32| Slot {
            list: 1,
            place,
            reference: StatusReference {
                uri: "https://issuer.example/status/1".to_owned(),
                idx: u64::from(place),
            },
        };
        Box::pin(async move { Ok((0..).take(count).map(slot).collect()) })
    }

    fn record(&self, _: Issued) -> Answer<'_, Recorded> {
        Box::pin(async { Ok(Recorded::Now) })
    }

    fn use_once(&self, _: [u8; 32], _: Timestamp) -> Answer<'_, bool> {
        Box::pin(async { Ok(true) })
    }

    fn status_lists(&self) -> Answer<'_, Vec<(u32, String)>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn statuses(&self, _: u32) -> Answer<'_, Vec<(u32, Status)>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn status_changes(&self) -> Answer<'_, u64> {
        Box::pin(async { Ok(0) })
    }
}
