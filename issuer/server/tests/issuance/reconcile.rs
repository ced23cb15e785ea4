//! Acts and leaves are counted against each other: neither stands alone unnoticed.

use absah_host::Exit;
use absah_issuer::STORE_FILE;
use sqlx::{Connection as _, SqliteConnection};

use crate::desk::Desk;

/// Two people's cards, then what somebody with the file does to it; the answer of the reconciliation.
async fn after(spoil: &'static str) -> (Exit, String) {
    let desk = Desk::open().await;
    for kind in ["KtpElektronik", "KartuKeluarga"] {
        crate::copies(&desk, kind, "dc", 2).await;
    }
    let (exit, before) = desk.command(&["ledger", "reconcile"]).await;
    assert_eq!((exit, &before["code"], &before["issued"]), (Exit::Ok, &"ok".into(), &2.into()), "{before}");
    let url = format!("sqlite://{}", desk.data().join(STORE_FILE).display());
    let mut connection = SqliteConnection::connect(&url).await.unwrap();
    let done = sqlx::raw_sql(spoil).execute(&mut connection).await.unwrap();
    assert!(done.rows_affected() > 0, "{spoil}");
    let (exit, answer) = desk.command(&["ledger", "reconcile"]).await;
    (exit, answer["code"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn an_action_without_its_leaf_is_named() {
    let gone = "DELETE FROM ledger_event WHERE id = (SELECT event FROM batch LIMIT 1)";
    assert_eq!(after(gone).await, (Exit::Refused, "ledger-leaf-missing".to_owned()));
    let other = "UPDATE batch SET event = (SELECT id FROM ledger_event WHERE act <> 'issue' LIMIT 1)
                 WHERE id = (SELECT MAX(id) FROM batch)";
    assert_eq!(after(other).await, (Exit::Refused, "ledger-leaf-missing".to_owned()));
}

#[tokio::test]
async fn a_leaf_without_its_action_is_named() {
    let gone = "PRAGMA foreign_keys = OFF; DELETE FROM batch WHERE id = (SELECT MAX(id) FROM batch)";
    assert_eq!(after(gone).await, (Exit::Refused, "ledger-action-missing".to_owned()));
}
