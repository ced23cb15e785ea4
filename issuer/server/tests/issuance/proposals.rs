//! Changes of status that wait for approval: what counts, and that nothing waits twice.

use absah_issuer::STORE_FILE;
use absah_issuer::store::{Imported, ProposalState, SqliteStore};
use absah_issuer_core::population::check;
use absah_testkit::population;
use absah_types::{Clock as _, Nik, Timestamp};
use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use crate::register::{ALAMAT, STAT_HBKEL, STATUS_DASAR, changed_of, rules, sealer};

/// More than one in a hundred of them need approval: four people do.
const RESIDENTS: usize = 300;

struct Register {
    place: tempfile::TempDir,
    store: SqliteStore,
    now: Timestamp,
}

impl Register {
    async fn open() -> Self {
        let place = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&place.path().join(STORE_FILE), sealer()).await.unwrap();
        let register = Self { place, store, now: absah_testkit::FixedClock::morning().now() };
        register.import(&[], "").await;
        register
    }

    /// Imports the extract with another address for the residents of these rows (from 1).
    async fn import(&self, rows: &[usize], street: &str) -> Imported {
        self.import_with(rows, ALAMAT, street).await
    }

    /// Imports the extract with another word in this column for the residents of these rows (from 1).
    async fn import_with(&self, rows: &[usize], column: usize, word: &str) -> Imported {
        let changes: Vec<_> = rows.iter().map(|row| (*row, column, word)).collect();
        let text = changed_of(RESIDENTS, &changes);
        let checked = check(text.as_bytes(), rules());
        self.store.import(&checked, text.as_bytes(), &[], self.now).await.unwrap()
    }

    /// One copy of the identity card for the resident of a row, as if it had been issued.
    async fn card(&self, row: usize, batch: i64) {
        let options = SqliteConnectOptions::new().filename(self.place.path().join(STORE_FILE));
        let mut connection = SqliteConnection::connect_with(&options.foreign_keys(false)).await.unwrap();
        let nik: Nik = population::population(RESIDENTS, 7).nth(row - 1).unwrap().nik;
        sqlx::query(
            "INSERT INTO batch (id, token, format, nik, kind, issued_at, expires_at)
             VALUES (?, ?, 'vc', ?, 'KtpElektronik', 1, 2)",
        )
        .bind(batch)
        .bind(batch.to_be_bytes().to_vec())
        .bind(nik.to_string())
        .execute(&mut connection)
        .await
        .unwrap();
        sqlx::query("INSERT INTO copy (list, idx, batch, status) VALUES (1, ?, ?, 0)")
            .bind(batch)
            .bind(batch)
            .execute(&mut connection)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn only_cards_that_would_change_are_counted() {
    let register = Register::open().await;
    for row in 1..=3 {
        register.card(row, row as i64).await;
    }
    let first = register.import(&[1, 2, 3], "JL. LAIN NO. 1").await;
    assert_eq!((first.superseded, first.proposal), (3, None));
    for row in 4..=5 {
        register.card(row, row as i64).await;
    }
    let second = register.import(&[1, 2, 3, 4, 5], "JL. LAIN NO. 2").await;
    assert_eq!((second.changed, second.superseded, second.proposal), (5, 2, None), "two cards, not five");
}

#[tokio::test]
async fn what_waits_is_replaced_by_the_same_again() {
    let register = Register::open().await;
    for row in 1..=9 {
        register.card(row, row as i64).await;
    }
    let rows: Vec<usize> = (1..=4).collect();
    let first = register.import(&rows, "JL. LAIN NO. 1").await.proposal.unwrap();
    let second = register.import(&rows, "JL. LAIN NO. 2").await.proposal.unwrap();
    let listed = register.store.proposals().await.unwrap();
    let states: Vec<_> = listed.iter().map(|one| (one.id, one.state, one.people)).collect();
    let replaced = ProposalState::Replaced(register.now);
    assert_eq!(states, [(first, replaced, 0), (second, ProposalState::Waiting, 4)]);
    assert_eq!(register.store.decide_proposal(first, true, "x", register.now).await.unwrap(), None);

    // One that has other cards, too, keeps those.
    let third = register.import(&[3, 4, 5, 6, 7], "JL. LAIN NO. 3").await.proposal.unwrap();
    let people = async |id| {
        let listed = register.store.proposals().await.unwrap();
        listed.iter().find(|one| one.id == id).map(|one| (one.state, one.people)).unwrap()
    };
    // Rows 1 and 2 went back to their first address, which is a change as well.
    assert_eq!(people(second).await, (ProposalState::Replaced(register.now), 0));
    assert_eq!(people(third).await, (ProposalState::Waiting, 7));
    assert_eq!(register.store.decide_proposal(third, true, "x", register.now).await.unwrap(), Some(7));
    let after = register.import(&[8], "JL. LAIN NO. 4").await;
    assert_eq!((after.superseded, after.proposal), (1, None), "the seven are superseded already");
}

#[tokio::test]
async fn a_death_that_was_a_mistake_waits_no_longer() {
    let register = Register::open().await;
    // Two who are not the head of a family: theirs stays whole.
    let others =
        population::population(RESIDENTS, 7).zip(1..).filter(|(one, _)| one.cells()[STAT_HBKEL] != "1");
    let [lives, dead] = others.map(|(_, row)| row).step_by(5).take(2).collect::<Vec<usize>>()[..] else {
        panic!()
    };
    register.card(lives, 1).await;
    register.card(dead, 2).await;
    let state = async |id| {
        let listed = register.store.proposals().await.unwrap();
        listed.iter().find(|one| one.id == id).map(|one| (one.state, one.people)).unwrap()
    };
    let both = register.import_with(&[lives, dead], STATUS_DASAR, "2").await.proposal.unwrap();
    assert_eq!(state(both).await, (ProposalState::Waiting, 2));
    // The next extract says of one of them that they live.
    let corrected = register.import_with(&[dead], STATUS_DASAR, "2").await;
    assert_eq!((corrected.revoked, corrected.proposal), (0, None));
    assert_eq!(state(both).await, (ProposalState::Waiting, 1), "the other still waits");
    register.import(&[], "").await;
    assert_eq!(state(both).await, (ProposalState::Replaced(register.now), 0));
    assert_eq!(register.store.decide_proposal(both, true, "x", register.now).await.unwrap(), None);
    // Who really has died, later and with the card that came after the mistake, is proposed anew.
    register.card(dead, 3).await;
    let again = register.import_with(&[dead], STATUS_DASAR, "2").await.proposal.unwrap();
    assert_eq!(register.store.decide_proposal(again, true, "x", register.now).await.unwrap(), Some(1));
}
