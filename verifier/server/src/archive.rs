//! What is done with filed evidence: handed out, checked, erased, and the end of its chain kept.

use absah_host::Reach;
use absah_protocol::UrlRules;
use absah_types::{Coded as _, Rng, Secret, Timestamp, base64url};
use absah_verifier_core::evidence::{
    self, Chain, ChainHead, Evidence, EvidenceError, EvidenceFile, Receipt, What, link_hash,
};

use crate::app::{App, label};
use crate::error::Failure;
use crate::filing::FilingError;
use crate::keys::Keys;
use crate::officers::Approved;
use crate::store::{ChainEnd, EvidenceRow, Store};

/// What is kept, sealed, of the end of a chain.
fn opened_head(keys: &Keys, end: &ChainEnd) -> Result<Option<ChainHead>, Failure> {
    let Some(sealed) = &end.head else { return Ok(None) };
    // Whoever writes the store can put anything here: what does not open is no end of ours.
    let broken = EvidenceError::Chain { number: end.number };
    let opened = keys.unseal(&label(b"chain-head", b""), sealed).map_err(|_| broken.clone())?;
    Ok(Some(serde_json::from_slice(opened.expose()).map_err(|_| broken)?))
}

fn sealed_head(keys: &Keys, head: &ChainHead, rng: &mut dyn Rng) -> Result<Vec<u8>, Failure> {
    // A number and a text: always JSON.
    let content = serde_json::to_vec(head).unwrap_or_default();
    keys.seal(&label(b"chain-head", b""), &content, rng)
}

/// Where a chain ends.
fn head_of(end: &ChainEnd) -> ChainHead {
    let none = || evidence::NO_PREVIOUS.to_owned();
    ChainHead { number: end.number - 1, hash: end.last.as_deref().map_or_else(none, link_hash) }
}

/// Keeps the end of a chain for the first time: of a new counter that of no link at all, of an earlier program's the one it
/// has. False when it was cut, so that it goes on being told.
///
/// # Errors
/// The store's.
pub(crate) async fn begin_head(
    keys: &Keys,
    store: &Store,
    rng: &mut (dyn Rng + Send),
) -> Result<bool, Failure> {
    let end = store.chain_end().await?;
    let whole = |kept: Option<ChainHead>| ChainHead::check(kept.as_ref(), end.last.as_deref()).is_ok();
    if !opened_head(keys, &end).is_ok_and(whole) {
        return Ok(false);
    }
    store.begin_head(|end| sealed_head(keys, &head_of(end), rng)).await?;
    Ok(true)
}

impl App {
    /// The end of the chain, which must be the one that was kept.
    ///
    /// # Errors
    /// [`EvidenceError::Chain`] when links are missing at the end.
    pub(crate) fn checked_end(&self, end: &ChainEnd) -> Result<ChainHead, Failure> {
        let kept = opened_head(self.keys(), end)?;
        // An end is kept since before the first link: without any, all of it was cut.
        if kept.is_none() && self.keys().keeps_head() {
            return Err(EvidenceError::Chain { number: end.number }.into());
        }
        ChainHead::check(kept.as_ref(), end.last.as_deref())?;
        Ok(head_of(end))
    }

    /// Seals the end of the chain after a link was added.
    pub(crate) fn sealed_head(&self, head: &ChainHead, rng: &mut dyn Rng) -> Result<Vec<u8>, Failure> {
        sealed_head(self.keys(), head, rng)
    }

    /// Checks the whole chain, from its first link to the end that was kept, and shows each piece to `each`: never more than
    /// a few are held at once.
    ///
    /// # Errors
    /// [`EvidenceError::Chain`]; what `each` finds; the store's.
    pub(crate) async fn checked_chain(
        &self,
        mut each: impl FnMut(&EvidenceRow) -> Result<(), EvidenceError>,
    ) -> Result<ChainHead, Failure> {
        let (key, mut chain, mut after) = (self.identity().key, Chain::default(), i64::MIN);
        loop {
            let rows = self.store().evidence_after(after).await?;
            let Some(last) = rows.last() else { break };
            after = i64::try_from(last.number).unwrap_or(i64::MAX);
            for row in &rows {
                chain.follow(&row.link, &key)?;
                each(row)?;
            }
        }
        let end = self.store().chain_end().await?;
        let head = self.checked_end(&end)?;
        // A link that was added between the two looks is not missing.
        let known = chain.count();
        if known > head.number { Err(EvidenceError::Chain { number: known }.into()) } else { Ok(head) }
    }

    pub(crate) async fn evidence_row(&self, id: &str) -> Result<EvidenceRow, Failure> {
        Ok(self.store().evidence_of(id).await?.ok_or(FilingError::Unknown)?)
    }

    /// The file of `evidence export`, and the packet's key for who may have it.
    ///
    /// # Errors
    /// `Unknown`; [`EvidenceError::Erased`].
    pub(crate) async fn exported(&self, id: &str) -> Result<(EvidenceFile, Secret<[u8; 32]>), Failure> {
        let row = self.evidence_row(id).await?;
        let key = self.evidence_key(&row)?;
        let sealed = row.sealed.ok_or(EvidenceError::Erased)?;
        let mut status_tokens = Vec::with_capacity(row.tokens.len());
        for hash in &row.tokens {
            status_tokens.push(self.store().status_token(hash).await?.ok_or(EvidenceError::StatusAbsent)?);
        }
        Ok((EvidenceFile { v: 1, link: row.link, sealed: base64url::encode(sealed), status_tokens }, key))
    }

    /// Notes that the key of a piece is handed out; nothing of what it opens.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn note_key(&self, id: &str, now: Timestamp) -> Result<(), Failure> {
        let nobody = Approved::default();
        self.store().note_change(self.signed_change(What::Key, id, &nobody, self.moment(now).await?.at)).await
    }

    fn evidence_key(&self, row: &EvidenceRow) -> Result<Secret<[u8; 32]>, Failure> {
        let sealed = row.key.as_ref().ok_or(EvidenceError::Erased)?;
        let opened = self.keys().unseal(&label(b"evidence", row.id.as_bytes()), sealed)?;
        let key = <[u8; 32]>::try_from(opened.expose().as_slice()).map_err(|_| EvidenceError::Sealed)?;
        Ok(Secret::new(key))
    }

    /// Checks an exported file; without a given key, with the one that this counter has.
    ///
    /// # Errors
    /// [`EvidenceError`]; [`EvidenceError::KeyAbsent`] when the key is somewhere else.
    pub(crate) async fn verify_evidence(
        &self,
        file: &EvidenceFile,
        key: Option<Secret<[u8; 32]>>,
    ) -> Result<Evidence, Failure> {
        let row = self.store().evidence_of(file.dangerous_link()?.id.as_str()).await?;
        // What was erased here proves nothing any more, whoever kept a copy of its key.
        if row.as_ref().is_some_and(|row| row.receipt.is_some()) {
            return Err(EvidenceError::Erased.into());
        }
        let key = match key {
            Some(key) => key,
            None => self.evidence_key(&row.ok_or(EvidenceError::KeyAbsent)?)?,
        };
        let bundle = self.bundle().await?.ok_or(absah_verifier_core::RequestFailure::NoBundle)?;
        // A request of a test machine named a loopback address; everywhere else only HTTPS was possible.
        let rules = match self.reach() {
            Reach::PublicOnly => UrlRules::HttpsOnly,
            Reach::DevLoopback => UrlRules::DevLoopback,
        };
        Ok(evidence::verify(file, &key, &bundle, rules)?)
    }

    /// Whether it must be kept longer.
    ///
    /// # Errors
    /// `Unknown`; the link's.
    pub(crate) async fn is_kept_longer(&self, id: &str, now: Timestamp) -> Result<bool, Failure> {
        let row = self.evidence_row(id).await?;
        let link = evidence::read_link(&row.link, &self.identity().key)?;
        Ok(self.vouched(now).await? < link.retain_until)
    }

    /// Erases key and packet; the signed receipt stays.
    ///
    /// # Errors
    /// `Unknown`; `Retained` before its time without a reason; [`EvidenceError::Erased`] when it is gone already.
    pub(crate) async fn erase_evidence(
        &self,
        id: &str,
        early: Option<&str>,
        approved: &Approved,
        now: Timestamp,
    ) -> Result<Receipt, Failure> {
        let row = self.evidence_row(id).await?;
        if row.receipt.is_some() {
            return Err(EvidenceError::Erased.into());
        }
        // As the counter signed it: the column is only for finding.
        let link = evidence::read_link(&row.link, &self.identity().key)?;
        let is_due = self.vouched(now).await? >= link.retain_until;
        if !is_due && early.is_none_or(|reason| reason.trim().is_empty()) {
            let by_clock = now >= link.retain_until;
            return Err(if by_clock { FilingError::DueUnvouched } else { FilingError::Retained }.into());
        }
        let moment = self.moment(now).await?;
        let receipt = Receipt {
            id: link.id,
            counter: link.counter,
            number: link.number,
            packet: link.packet,
            retain_until: link.retain_until,
            erased_at: moment.at,
            signed_at: moment.signed_at,
            clock: moment.clock,
            early: early.filter(|_| !is_due).map(str::to_owned),
            by: Some(approved.by.clone()).filter(|by| !by.is_empty()),
        };
        let signed = receipt.prepare().sign(self.keys().signer())?;
        let why = [approved.reason.as_str(), receipt.early.as_deref().unwrap_or_default()];
        let why: Vec<&str> = why.into_iter().filter(|why| !why.is_empty()).collect();
        let noted = Approved { by: approved.by.clone(), reason: why.join("; ") };
        let change = (!is_due).then(|| self.signed_change(What::Erased, id, &noted, moment.at));
        if self.store().erase(id, &signed, change).await? {
            Ok(receipt)
        } else {
            Err(EvidenceError::Erased.into())
        }
    }

    /// Erases all whose time is over; their receipts.
    ///
    /// # Errors
    /// `DueUnvouched` when it is over by this machine's clock alone; the store's.
    pub(crate) async fn erase_due(&self, now: Timestamp) -> Result<Vec<Receipt>, Failure> {
        let mut receipts = Vec::new();
        let due = self.store().due(self.vouched(now).await?).await?;
        if due.is_empty() && self.store().count_due(now).await? > 0 {
            return Err(FilingError::DueUnvouched.into());
        }
        for id in due {
            match self.erase_evidence(&id, None, &Approved::default(), now).await {
                // Another program was faster.
                Err(failure) if failure.coded().code() == EvidenceError::Erased.code() => {}
                erased => receipts.push(erased?),
            }
        }
        Ok(receipts)
    }
}
