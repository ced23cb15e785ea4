//! The did:webvh log of the issuer's keys, and the did:web document beside it.

use absah_trust::webvh::DidLog;

use super::*;

/// What is published: the text of the log, checked whole, and the did:web document.
async fn published(desk: &Desk) -> (String, DidLog, Value) {
    let log = desk.get("/.well-known/did.jsonl").await;
    assert_eq!(log.status, StatusCode::OK, "{}", log.text);
    let checked = DidLog::verify(log.text.as_bytes(), None, desk.clock.now()).unwrap();
    (log.text, checked, desk.get("/.well-known/did.json").await.json())
}

/// Fragments of the keys listed, and of those that may assert.
fn keys(document: &Value) -> (Vec<String>, Vec<String>) {
    let fragment = |id: &Value| id.as_str().unwrap().split_once('#').unwrap().1.to_owned();
    let methods = document["verificationMethod"].as_array().unwrap();
    let asserts = document["assertionMethod"].as_array().unwrap();
    (methods.iter().map(|m| fragment(&m["id"])).collect(), asserts.iter().map(fragment).collect())
}

fn asserting(document: &Value) -> Vec<String> {
    keys(document).1
}

#[tokio::test]
async fn the_log_begins_with_the_issuer_and_says_what_did_web_says() {
    let mut desk = Desk::open().await;
    let (text, log, web) = published(&desk).await;
    assert_eq!(log.versions().len(), 1);
    let did = log.newest().did().to_owned();
    assert_eq!(did, format!("did:webvh:{}:absah.example", log.newest().parameters().scid));
    assert_eq!(absah_trust::webvh::log_url(&did).unwrap().as_str(), format!("{URL}/.well-known/did.jsonl"));
    assert_eq!(web["id"], "did:web:absah.example");
    assert_eq!(web["alsoKnownAs"], serde_json::json!([did]));
    assert_eq!(log.newest().document()["alsoKnownAs"], serde_json::json!(["did:web:absah.example"]));
    assert_eq!(keys(&web), keys(log.newest().document()));
    let (all, asserts) = keys(&web);
    assert_eq!(
        (all.as_slice(), asserts.as_slice()),
        (&["key-1", "registration-1", "status-1"].map(str::to_owned)[..], &["key-1".to_owned()][..])
    );
    assert_eq!(log.newest().parameters().next_key_hashes.len(), 1, "the next key is announced");
    let request = axum::http::Request::get("/.well-known/did.jsonl").body(axum::body::Body::empty()).unwrap();
    let response = tower::ServiceExt::oneshot(desk.app.router(), request).await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/jsonl");
    desk.later(Seconds::days(1));
    desk.again().await;
    assert_eq!(published(&desk).await.0, text, "nothing has changed");
}

#[tokio::test]
async fn each_change_of_the_keys_is_one_more_entry_and_none_is_ever_changed() {
    let mut desk = Desk::open().await;
    let (mut before, ..) = published(&desk).await;
    let mut grown = async |desk: &Desk, entries: usize, why: &str| {
        let (text, log, web) = published(desk).await;
        assert!(text.starts_with(&before), "{why}: only added to");
        assert_eq!(log.versions().len(), entries, "{why}");
        before = text;
        (log, web)
    };
    desk.later(Seconds(1));
    let (exit, said) = desk.command(&["trust", "rotate", "credential"]).await;
    assert_eq!((exit, &said["did_webvh_version"]), (Exit::Ok, &Value::from(2)), "{said}");
    let (log, web) = grown(&desk, 2, "a key is made known").await;
    assert!(keys(&web).0.contains(&"key-2".to_owned()), "listed");
    assert_eq!(asserting(&web), ["key-1"], "not in force, no assertion");
    assert_eq!(asserting(log.newest().document()), ["key-1"]);
    desk.later(Seconds::days(29));
    desk.again().await;
    grown(&desk, 2, "the day before").await;
    desk.later(Seconds::days(1));
    let (log, web) = grown(&desk, 3, "it comes into force without anybody's act").await;
    assert_eq!(asserting(&web), ["key-1", "key-2"]);
    assert_eq!(asserting(log.version(2).unwrap().document()), ["key-1"], "as it was");
    let after = desk.clock.now().to_string();
    desk.later(Seconds(60));
    let (_, said) =
        desk.command(&["trust", "distrust", "key-1", "--after", &after, "--reason", "hilang"]).await;
    assert_eq!(said["did_webvh_version"], 4, "{said}");
    let (_, web) = grown(&desk, 4, "distrusted").await;
    assert_eq!(asserting(&web), ["key-2"]);
    desk.again().await;
    // In the very second of the entry before: its time is a second later, and so is whoever reads it.
    let (_, said) = desk.command(&["trust", "rotate", "status", "--now"]).await;
    assert_eq!(said["did_webvh_version"], 5, "{said}");
    desk.later(Seconds(1));
    let (log, _) = grown(&desk, 5, "within one second of the clock, too").await;
    assert!(log.versions().windows(2).all(|pair| pair[0].time() < pair[1].time()));
    let (_, shown) = desk.command(&["trust", "show"]).await;
    assert_eq!(
        (&shown["did_webvh"], &shown["did_webvh_version"]),
        (&Value::from(log.newest().did()), &Value::from(5))
    );
    let used: BTreeSet<_> = log.versions().iter().map(|v| v.parameters().update_keys.clone()).collect();
    assert_eq!(used.len(), 5, "no key signs twice");
}

#[tokio::test]
async fn the_running_issuer_signs_with_a_key_that_a_command_has_added() {
    let desk = Desk::open().await;
    let kid = |credentials: &[Value]| {
        let text = credentials[0]["credential"].as_str().unwrap().split('~').next().unwrap().to_owned();
        Compact::parse(&text, 64 << 10).unwrap().header.kid.unwrap()
    };
    let first = copies(&desk, "KtpElektronik", "dc", 1).await;
    assert_eq!(kid(&first), "did:web:absah.example#key-1");
    let (exit, said) = desk.command(&["trust", "rotate", "credential", "--now"]).await;
    assert_eq!((exit, &said["restart_serve"]), (Exit::Ok, &Value::Bool(false)), "{said}");
    desk.app.catch_up(desk.clock.now()).await.unwrap();
    desk.later(Seconds(1));
    let second = copies(&desk, "KartuKeluarga", "dc", 1).await;
    assert_eq!(kid(&second), "did:web:absah.example#key-2", "without being served anew");
    let token = desk.token(&Desk::grown_up(), "KtpElektronik").await;
    let before = desk.clock.now().minus(Seconds::days(1)).to_string();
    let _ = desk.command(&["trust", "distrust", "key-2", "--after", &before, "--reason", "uji"]).await;
    desk.app.catch_up(desk.clock.now()).await.unwrap();
    let body = desk.request("KtpElektronik_dc_sd_jwt", 1).await;
    let refused = desk.ask(&token, body).await;
    assert_eq!(refused.status.as_u16(), 503, "{}", refused.text);
    assert!(refused.text.contains("signer-none-in-force"), "{}", refused.text);
}

#[tokio::test]
async fn kept_entries_cannot_be_changed_and_a_log_that_does_not_hold_is_not_gone_on_with() {
    let desk = Desk::open().await;
    let file = desk.data().join("issuer.sqlite");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&file);
    let mut database = <sqlx::SqliteConnection as sqlx::Connection>::connect_with(&options).await.unwrap();
    for sql in [
        "UPDATE did_log SET line = 'x'",
        "DELETE FROM did_log",
        "INSERT INTO did_log SELECT url, 3, line, made_at FROM did_log",
    ] {
        assert!(sqlx::raw_sql(sql).execute(&mut database).await.is_err(), "{sql}");
    }
    // Somebody with the database itself in hand.
    let spoil = "DROP TRIGGER did_log_stays; UPDATE did_log SET line = replace(line, 'key-1', 'key-7')";
    sqlx::raw_sql(spoil).execute(&mut database).await.unwrap();
    let refused = desk.get("/.well-known/did.jsonl").await;
    assert_eq!(refused.json()["code"], "did-log-damaged", "{}", refused.text);
    assert_ne!(desk.command(&["trust", "rotate", "status"]).await.0, Exit::Ok);
}

#[tokio::test]
async fn the_registry_log_holds_each_entry_and_each_root_document() {
    let desk = Desk::open().await;
    let dir = desk.place.path().join("bundle");
    let (exit, said) = desk.command(&["bundle", "publish", dir.to_str().unwrap()]).await;
    assert_eq!(exit, Exit::Ok, "{said}");
    desk.later(Seconds(1));
    let _ = desk.command(&["trust", "rotate", "credential"]).await;
    let (_, log, _) = published(&desk).await;
    let mut events = Vec::new();
    for index in 0.. {
        let reply = desk.get(&format!("/ledger/registry/event/{index}")).await;
        if reply.status != StatusCode::OK {
            break;
        }
        let event = reply.json()["event"].as_str().unwrap().to_owned();
        events.push(String::from_utf8(absah_types::base64url::decode(&event).unwrap()).unwrap());
    }
    let all = events.join("\n");
    for version in log.versions() {
        assert!(all.contains(version.id()), "{}: {all}", version.id());
    }
    assert!(all.contains("root_version") && all.contains(said["root_sha256"].as_str().unwrap()), "{all}");
}
