//! What a loss, a restoration and a death do at the console to everybody's cards, and what officers are told of it.

use axum::http::StatusCode;

use crate::console::{Browser, Office, code};
use crate::console_acts::{count, issue, statuses};
use crate::desk::Desk;

/// An officer who proposes with an open record, and one who approves.
struct Two {
    office: Office,
    staff: Vec<(Browser, webauthn_authenticator_rs::softpasskey::SoftPasskey)>,
}

impl Two {
    async fn open() -> Self {
        let office = Office::open().await;
        let staff = office.staff(["pendaftar", "penyetuju"]).await;
        Self { office, staff }
    }

    async fn case(&mut self, nik: &str) -> String {
        self.office.open_person(&mut self.staff[0].0, nik).await
    }

    async fn issue(&mut self, case: &str, kind: &str) {
        issue(&self.office, &mut self.staff[0].0, case, kind).await;
    }

    async fn lost(&mut self, case: &str) {
        let done = self.office.post(&mut self.staff[0].0, &format!("{case}/lost"), &[]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    }

    async fn propose(&mut self, case: &str, change: &str, card: &str) -> crate::desk::Reply {
        let fields = [("change", change), ("credential", card), ("reason", "Ponsel ditemukan lagi")];
        self.office.post(&mut self.staff[0].0, &format!("{case}/propose"), &fields).await
    }

    /// Where the act waits.
    async fn proposed(&mut self, case: &str, change: &str, card: &str) -> String {
        let reply = self.propose(case, change, card).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
        reply.header("location").unwrap()
    }

    async fn page(&mut self, path: &str) -> String {
        self.office.get(&mut self.staff[1].0, path).await.text
    }

    async fn approve(&mut self, path: &str) -> crate::desk::Reply {
        let (browser, key) = &mut self.staff[1];
        self.office.decide(browser, key, path, "approve").await
    }

    /// Proposes and approves: how many copies changed.
    async fn agreed(&mut self, case: &str, change: &str, card: &str) -> serde_json::Value {
        let path = self.proposed(case, change, card).await;
        let done = self.approve(&path).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.text);
        done.json()["cards_changed"].clone()
    }

    async fn of(&self, kind: &str) -> Vec<i64> {
        statuses(&self.office, kind).await
    }

    async fn reconciled(&self) {
        let report = self.office.desk.app.ledger().unwrap().records().reconcile().await.unwrap();
        assert_eq!((report.leaf_missing(), report.action_missing()), (0, 0), "{report:?}");
    }
}

const KTP: &str = "KtpElektronik";
const KK: &str = "KartuKeluarga";

#[tokio::test]
async fn restoring_brings_nothing_back_on_a_phone_that_another_took_the_place_of() {
    let mut two = Two::open().await;
    let case = two.case(&Desk::grown_up()).await;
    for kind in [KTP, KK] {
        two.issue(&case, kind).await;
    }
    two.lost(&case).await;
    let early = two.proposed(&case, "unsuspend", "").await;
    assert_eq!(two.page(&early).await.matches("berlaku lagi</strong>").count(), 2);
    // A new phone gets the identity card and nothing else: the family card of the lost one is as lost.
    two.issue(&case, KTP).await;
    assert_eq!((two.of(KTP).await, two.of(KK).await), (vec![2, 0], vec![2]));
    let page = two.page(&early).await;
    assert_eq!(
        page.matches("tetap ditangguhkan, karena kartu sudah terbit lagi ke ponsel lain").count(),
        2,
        "{page}"
    );
    assert!(!page.contains("berlaku lagi</strong>"), "{page}");
    let done = two.approve(&early).await;
    assert_eq!(
        done.json()["code"],
        "console-changed",
        "nothing came back, and nobody is told so: {}",
        done.text
    );
    assert_eq!((two.of(KTP).await, two.of(KK).await), (vec![2, 0], vec![2]), "the lost phone stays lost");
    for card in ["", KTP, KK] {
        let refused = two.propose(&case, "unsuspend", card).await;
        assert_eq!(
            (refused.status, code(&refused).as_str()),
            (StatusCode::UNPROCESSABLE_ENTITY, ""),
            "{card}"
        );
        assert!(
            refused.text.contains("Tidak ada kartu yang ditangguhkan dan dapat dipulihkan"),
            "{}",
            refused.text
        );
        assert!(refused.text.contains("value=\"Ponsel ditemukan lagi\""), "nothing typed is lost");
    }
    // The new one is lost, too, and comes back alone.
    assert_eq!(two.agreed(&case, "suspend", "").await, 1);
    assert_eq!((two.of(KTP).await, two.of(KK).await), (vec![1, 2], vec![2]));
    assert_eq!(two.agreed(&case, "unsuspend", "").await, 1);
    assert_eq!((two.of(KTP).await, two.of(KK).await), (vec![1, 0], vec![2]));
    two.reconciled().await;
}

#[tokio::test]
async fn a_phone_that_was_found_again_has_all_its_cards_again() {
    let mut two = Two::open().await;
    let case = two.case(&Desk::grown_up()).await;
    // The family card came first: what is restored before it is no card of another phone.
    for kind in [KK, KTP] {
        two.issue(&case, kind).await;
    }
    for cards in [&[""][..], &[KTP, KK], &[KK, KTP]] {
        two.lost(&case).await;
        for card in cards {
            let _ = two.agreed(&case, "unsuspend", card).await;
        }
        assert_eq!((two.of(KTP).await, two.of(KK).await), (vec![0], vec![0]), "{cards:?}");
    }
    // One card alone is suspended; the phone is not lost, whatever comes onto it.
    assert_eq!(two.agreed(&case, "suspend", KK).await, 1);
    two.issue(&case, KTP).await;
    assert_eq!(two.agreed(&case, "unsuspend", KK).await, 1);
    assert_eq!((two.of(KTP).await, two.of(KK).await), (vec![0, 0], vec![0]));
    two.reconciled().await;
}

#[tokio::test]
async fn what_was_filed_before_a_loss_does_not_undo_it() {
    let mut two = Two::open().await;
    let case = two.case(&Desk::grown_up()).await;
    two.issue(&case, KTP).await;
    let none = two.propose(&case, "unsuspend", "").await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY, "nothing is suspended: {}", none.text);
    two.lost(&case).await;
    // "It was found": then the citizen calls again, it was stolen after all.
    let found = two.proposed(&case, "unsuspend", "").await;
    two.lost(&case).await;
    let page = two.page(&found).await;
    assert!(page.contains("sudah berubah sejak diusulkan") && !page.contains("value=\"approve\""), "{page}");
    assert_eq!(code(&two.approve(&found).await), "console-decided");
    assert_eq!(two.of(KTP).await, [2]);
    // It is filed anew, and works; a suspension by two people or at the machine ends it as well.
    let again = two.office.post(&mut two.staff[0].0, &format!("{found}/again"), &[]).await;
    let again = again.header("location").unwrap();
    let _ = two.agreed(&case, "suspend", KTP).await;
    assert_eq!(code(&two.approve(&again).await), "console-decided");
    let last = two.proposed(&case, "unsuspend", KTP).await;
    assert_eq!(two.approve(&last).await.json()["cards_changed"], 1);
    let waiting = count(&two.office, "SELECT COUNT(*) FROM four_eyes_act WHERE state = 'waiting'").await;
    assert_eq!(waiting, 0);
    two.reconciled().await;
}

#[tokio::test]
async fn who_restores_is_told_that_the_phone_renews_nothing() {
    let mut two = Two::open().await;
    let case = two.case(&Desk::grown_up()).await;
    two.issue(&case, KTP).await;
    let last = "Ponsel tidak memperbarui kartu ini sendiri";
    // As a wallet has it that can renew.
    let renews = "INSERT INTO refresh_token (key, nik, kind, jkt, issued_at, expires_at)
        SELECT x'01', nik, kind, x'02', issued_at, issued_at + 31536000 FROM batch";
    crate::console_acts::sqlx_exec(&two.office, renews).await;
    let page = two.office.get(&mut two.staff[0].0, &case).await.text;
    assert!(!page.contains(last), "{page}");
    two.lost(&case).await;
    let path = two.proposed(&case, "unsuspend", "").await;
    assert!(two.page(&path).await.contains("tidak lagi diperbarui sendiri"));
    assert_eq!(two.approve(&path).await.json()["cards_changed"], 1);
    let page = two.office.get(&mut two.staff[0].0, &case).await.text;
    assert!(page.contains(last), "{page}");
}

#[tokio::test]
async fn the_death_of_a_head_says_what_it_does_to_the_family() {
    let people: Vec<_> = absah_testkit::population::population(60, 7).collect();
    // A head with somebody grown up and a child.
    let head = people.iter().find(|one| {
        let family = || people.iter().filter(|other| other.no_kk == one.no_kk);
        one.relation == 1 && family().any(|other| other.relation == 3)
    });
    let head = head.unwrap();
    let wife = people.iter().find(|other| other.no_kk == head.no_kk && other.relation == 3).unwrap();
    let mut two = Two::open().await;
    let (hers, his) = (two.case(&wife.nik.to_string()).await, two.case(&head.nik.to_string()).await);
    two.issue(&hers, KK).await;
    two.issue(&his, KTP).await;
    let path = two.proposed(&his, "dead", "").await;
    let page = two.page(&path).await;
    assert!(page.contains(": 2</h2>"), "both are concerned: {page}");
    assert!(page.contains("Cabut selamanya: KTP") || page.contains("Cabut selamanya: Kartu"), "{page}");
    let family = "Keluarga yang kartunya ikut berubah: Gantikan: Kartu keluarga";
    assert!(page.contains(&wife.nik.to_string()) && page.contains(family), "{page}");
    assert_eq!(two.approve(&path).await.json()["cards_changed"], 2);
    assert_eq!((two.of(KK).await, two.of(KTP).await), (vec![3], vec![1]));
    let page = two.office.get(&mut two.staff[0].0, &hers).await.text;
    assert!(page.contains("<strong>MENINGGAL</strong>") || page.contains("<strong>MATI</strong>"), "{page}");
    assert!(page.contains("Kepala keluarga ini sudah meninggal atau pindah"), "{page}");
    assert!(!page.contains("menurut laporan impor"), "{page}");
    two.reconciled().await;
}
