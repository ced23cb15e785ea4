//! What a counter believes, and when it may ask.

use absah_credential::status_list::Status;
use absah_host::Exit;
use absah_trust::sample::City;
use absah_types::Seconds;

use crate::desk::Page;
use crate::world::{Counter, NOW};

#[tokio::test]
async fn a_counter_without_registration_or_bundle_cannot_ask() {
    let counter = Counter::new().await;
    let ask = ["request", "--service", City::SERVICE];
    let said = counter.run(&ask).await;
    assert_eq!((said.exit, said.code()), (Exit::Environment, "request-without-bundle"));
    let strangers = counter.publish(1, |contents| contents.registrations.clear());
    assert_eq!(counter.import(&strangers, true).await.exit, Exit::Ok);
    assert_eq!(counter.run(&ask).await.code(), "unregistered");
    // The page speaks to the officer, not to the citizen who would be warned of this counter.
    let trouble = Page::of(&counter).await.get("/api/desk").await["trouble"].clone();
    assert_eq!(trouble["code"], "unregistered", "{trouble}");
    let todo = trouble["todo"].as_str().unwrap();
    assert!(todo.contains("Mintalah Dukcapil") && !todo.contains("Jangan berikan"), "{todo}");
    let withdrawn = counter.publish(2, |contents| contents.withdrawn = ["reg-1".to_owned()].into());
    assert_eq!(counter.import(&withdrawn, false).await.exit, Exit::Ok);
    assert_eq!(counter.run(&ask).await.code(), "registration-withdrawn");
    let good = counter.publish(3, |_| ());
    assert_eq!(counter.import(&good, false).await.exit, Exit::Ok);
    assert_eq!(counter.run(&ask).await.exit, Exit::Ok);
    assert_eq!(counter.run(&["request", "--service", "other"]).await.code(), "service-unknown");
    let before = Counter { home: tempfile::tempdir().unwrap(), ..counter };
    assert_eq!(before.run(&ask).await.code(), "counter-not-initialised");
}

#[tokio::test]
async fn bundles_are_taken_over_whole_or_not_at_all() {
    let counter = Counter::new().await;
    let first = counter.publish(2, |_| ());
    let words = ["bundle", "import", first.to_str().unwrap()];
    assert_eq!(counter.run(&words).await.code(), "bundle-root-unconfirmed");
    let zeros = "0".repeat(64);
    let wrong = [&words[..], &["--root-sha256", &zeros]].concat();
    assert_eq!(counter.run(&wrong).await.code(), "bundle-root-mismatch");
    let nonsense = [&words[..], &["--root-sha256", "xyz"]].concat();
    assert_eq!(counter.run(&nonsense).await.code(), "bundle-root-hash-malformed");
    let said = counter.import(&first, true).await;
    assert_eq!((said.exit, &said.json["bundle_version"]), (Exit::Ok, &serde_json::json!(2)));
    assert_eq!(counter.import(&first, false).await.exit, Exit::Ok, "the same again");

    assert_eq!(counter.run(&wrong).await.code(), "bundle-root-mismatch", "also later");

    let older = counter.publish(1, |_| ());
    assert_eq!(counter.import(&older, false).await.code(), "bundle-rollback");
    let tampered = counter.publish(3, |_| ());
    let target = std::fs::read_dir(tampered.join("targets")).unwrap().next().unwrap().unwrap().path();
    let target = if target.is_dir() {
        std::fs::read_dir(&target).unwrap().next().unwrap().unwrap().path()
    } else {
        target
    };
    std::fs::write(&target, b"x").unwrap();
    assert_eq!(counter.import(&tampered, false).await.code(), "bundle-target-altered");
    counter.clock.set(NOW.plus(Seconds::days(8)));
    let frozen = counter.publish(4, |_| ());
    assert_eq!(counter.import(&frozen, false).await.code(), "bundle-frozen");
    counter.clock.set(NOW.minus(Seconds::days(1)));
    assert_eq!(counter.import(&frozen, false).await.code(), "clock-behind");
    counter.clock.set(NOW);
    // After all refusals the first one is still in force.
    let answer = counter.answer(&counter.ask("ask", &[]).await, "answer");
    assert_eq!(counter.decide(&[&answer]).await.json["freshness"]["bundle_version"], 2);
}

#[tokio::test]
async fn a_revocation_arrives_with_the_next_bundle() {
    let counter = Counter::registered().await;
    let answer = counter.answer(&counter.ask("before", &[]).await, "before-answer");
    assert_eq!(counter.decide(&[&answer]).await.code(), "accepted");
    let revoked = counter.publish(2, |contents| {
        contents.status_tokens = vec![City::at(NOW).status_token(&[(5, Status::Revoked)], NOW)];
    });
    assert_eq!(counter.import(&revoked, false).await.exit, Exit::Ok);
    let answer = counter.answer(&counter.ask("after", &[]).await, "after-answer");
    let said = counter.decide(&[&answer]).await;
    assert_eq!((said.exit, said.code()), (Exit::Refused, "revoked"));
    assert_eq!((&said.json["status"], &said.json["colour"]), (&"revoked".into(), &"red".into()));
}
