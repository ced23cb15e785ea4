//! Batches that are recorded in one transaction: each has its own outcome, and its own copies.

use absah_credential::Format;
use absah_issuer::STORE_FILE;
use absah_issuer_core::offer::{Grant, Offer, OfferSecret, random_tx_code, token_key};
use absah_issuer_core::ports::{Issued, NewToken, Recorded};
use absah_protocol::oid4vci::issuer::TokenRequest;
use absah_schemas::CredentialType;
use absah_testkit::SeededRng;
use absah_types::{Clock as _, Nik, Seconds};
use sqlx::{Connection as _, Row as _};

use crate::desk::{Desk, GRANT};

const KIND: CredentialType = CredentialType::KtpElektronik;

/// What an access token of that name allows, redeemed.
async fn redeemed(desk: &Desk, token: &str, nik: Nik, seed: u64) -> Grant {
    let (mut rng, now) = (SeededRng::new(seed), desk.clock.now());
    let (secret, tx_code) = (OfferSecret::random(&mut rng), random_tx_code(&mut rng));
    let code = secret.pre_authorized_code();
    let form = format!("grant_type={GRANT}&pre-authorized_code={code}&tx_code={tx_code}");
    let request = TokenRequest::parse(form.as_bytes()).unwrap();
    let store = desk.app.store();
    store.place(Offer::open(&secret, &tx_code, nik, KIND, now), now).await.unwrap();
    let new = NewToken { access: token_key(token), refresh: None };
    store.redeem(request, true, new, None, now).await.unwrap().unwrap()
}

#[tokio::test]
async fn each_has_its_own_outcome() {
    let desk = Desk::open().await;
    let residents = absah_testkit::population::csv(60, 7);
    let niks: Vec<Nik> =
        residents.lines().skip(1).filter_map(|line| line.split(',').next()?.parse().ok()).collect();
    let (store, now) = (desk.app.store(), desk.clock.now());
    let first = redeemed(&desk, "first", niks[0], 1).await;
    let second = redeemed(&desk, "second", niks[1], 2).await;
    let mut batches = Vec::new();
    for (token, grant) in [("first", &first), ("nobody's", &first), ("first", &first), ("second", &second)] {
        let slots = store.reserve(2).await.unwrap();
        let (token, grant) = (token_key(token), grant.clone());
        let expires_at = now.plus(Seconds::hours(1));
        batches.push(Issued { token, grant, format: Format::VcSdJwt, at: now, expires_at, slots });
    }
    let [a, b, c, d] = batches.clone().try_into().unwrap();
    let (a, b, c, d) = tokio::join!(store.record(a), store.record(b), store.record(c), store.record(d));
    let outcomes = [a, b, c, d].map(Result::unwrap);
    assert_eq!(outcomes, [Recorded::Now, Recorded::NotAny, Recorded::Before, Recorded::Now]);

    let file = format!("sqlite:{}", desk.data().join(STORE_FILE).display());
    let mut connection = sqlx::SqliteConnection::connect(&file).await.unwrap();
    for (batch, outcome) in batches.iter().zip(outcomes) {
        for slot in &batch.slots {
            let holder = sqlx::query(
                "SELECT batch.nik FROM copy JOIN batch ON batch.id = copy.batch WHERE list = ? AND idx = ?",
            );
            let holder = holder.bind(slot.list).bind(i64::try_from(slot.reference.idx).unwrap());
            let holder = holder.fetch_optional(&mut connection).await.unwrap();
            let expected = (outcome == Recorded::Now).then(|| batch.grant.nik.to_string());
            assert_eq!(holder.map(|row| row.get::<String, _>(0)), expected);
        }
    }
    let report = desk.app.ledger().unwrap().records().reconcile().await.unwrap();
    assert_eq!((report.issued, report.leaf_missing(), report.action_missing()), (2, 0, 0), "{report:?}");
}
