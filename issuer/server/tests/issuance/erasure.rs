//! When an event may be erased, and that nothing of it is left in any file.

use std::path::{Path, PathBuf};

use absah_host::Exit;
use absah_types::Seconds;
use serde_json::Value;
use sqlx::{Connection as _, Row as _, SqliteConnection};

use crate::desk::Desk;

const PURPOSE: &str = "Cetak ulang KTP, permohonan tertulis";

/// Id, sealed event and wraps of all events of an act.
async fn events(data: &Path, act: &str) -> Vec<(String, Vec<Vec<u8>>)> {
    let url = format!("sqlite://{}?mode=ro", data.join("issuer.sqlite").display());
    let mut connection = SqliteConnection::connect(&url).await.unwrap();
    let rows = sqlx::query(
        "SELECT id, stored, for_citizen, for_auditors FROM ledger_event
         WHERE act = ? AND log = 1 AND stored IS NOT NULL ORDER BY seq",
    )
    .bind(act)
    .fetch_all(&mut connection)
    .await
    .unwrap();
    let event = |row: &sqlx::sqlite::SqliteRow| {
        let id: Vec<u8> = row.get(0);
        let sealed = (1..4).filter_map(|column| row.get::<Option<Vec<u8>>, _>(column)).collect();
        (absah_types::base64url::encode(id), sealed)
    };
    let events = rows.iter().map(event).collect();
    connection.close().await.unwrap();
    events
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn assert_nowhere(data: &Path, sealed: &[Vec<u8>]) {
    for file in files(data) {
        let bytes = match std::fs::read(&file) {
            // What SQLite keeps beside a database goes when its last reader does.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            read => read.unwrap(),
        };
        for piece in sealed.iter().flat_map(|value| value.chunks_exact(16)) {
            let found = memchr::memmem::find(&bytes, piece).is_some();
            assert!(!found, "a piece of an erased event in {}", file.display());
        }
    }
}

async fn erase(desk: &Desk, id: &str) -> (Exit, Value) {
    desk.command(&["ledger", "erase", id, "--reason", "masa simpan berakhir"]).await
}

#[tokio::test]
async fn nothing_is_erased_before_its_time_not_even_the_trace_of_erasing() {
    let desk = Desk::open().await;
    let nik = Desk::grown_up();
    desk.command(&["offer", "--nik", &nik, "--credential", "KtpElektronik"]).await;
    desk.command(&["person", "show", "--nik", &nik, "--purpose", PURPOSE]).await;
    let data = desk.data();
    let refused = |(exit, answer): (Exit, Value)| {
        assert_eq!((exit, answer["error"]["code"].as_str()), (Exit::Refused, Some("ledger-erase-too-early")));
        let first = answer["first_day"].as_str().unwrap().to_owned();
        let message = answer["error"]["message"].as_str().unwrap();
        assert!(message.ends_with(&format!("{first} (UTC).")), "{message}");
        first
    };
    let viewed = events(&data, "person-view").await.remove(0).0;
    for act in ["person-view", "offer", "import"] {
        for (id, _) in events(&data, act).await {
            assert_eq!(refused(erase(&desk, &id).await), "2031-11-23", "{act}");
        }
    }
    desk.later(Seconds::days(1826));
    assert_eq!(refused(erase(&desk, &viewed).await), "2031-11-23", "on the last day of the five years");
    desk.later(Seconds::days(1));
    assert_eq!(erase(&desk, &viewed).await.0, Exit::Ok);
    let erasure = events(&data, "erase").await.remove(0).0;
    assert_eq!(refused(erase(&desk, &erasure).await), "2036-11-24");
    assert_eq!(desk.command(&["ledger", "reconcile"]).await.0, Exit::Ok);
    // Nobody shortens the time by a setting.
    std::fs::write(data.join("config.toml"), "audit_retention_days = 0\n").unwrap();
    let (exit, answer) = erase(&desk, &erasure).await;
    assert_eq!((exit, &answer["error"]["code"]), (Exit::Environment, &Value::from("settings-value")));
}

/// Rows that moved from page to page leave copies behind: many events are erased, while a server has the file open.
#[tokio::test]
async fn an_erased_event_is_in_no_file() {
    let desk = Desk::open().await;
    let nik = Desk::grown_up();
    for _ in 0..40 {
        desk.command(&["person", "show", "--nik", &nik, "--purpose", PURPOSE]).await;
    }
    let data = desk.data();
    let viewed = events(&data, "person-view").await;
    assert_eq!(viewed.len(), 40);
    desk.later(Seconds::days(1829));
    for (id, sealed) in viewed.iter().step_by(4) {
        assert_eq!(sealed.len(), 3);
        assert_eq!(erase(&desk, id).await.0, Exit::Ok);
        assert_nowhere(&data, sealed);
    }
    // Without a server too.
    let Desk { place, clock, app, .. } = desk;
    drop(app);
    let id = viewed[1].0.clone();
    let (folder, moment) = (data.clone(), clock.clone());
    let erased = tokio::task::spawn_blocking(move || {
        let words = ["ledger", "erase", &id, "--reason", "masa simpan berakhir"];
        crate::desk::command(&folder, &moment, 9_000, &words)
    });
    assert_eq!(erased.await.unwrap().0, Exit::Ok);
    assert_nowhere(&data, &viewed[1].1);
    drop(place);
}
