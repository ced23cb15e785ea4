//! The portrait: shown to the officer, gone with the officer's word, on either way.

use std::sync::Arc;

use absah_credential::sd_jwt::{Held, Unverified};
use absah_credential::{ClaimPath, Format};
use absah_protocol::oid4vp::request::{ResponseTo, Transport, VerifiedRequest};
use absah_protocol::oid4vp::response::{Presented, direct_post};
use absah_trust::Bundle;
use absah_trust::sample::{City, key, portrait_blob};
use absah_verifier::router;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::channels::verified;
use crate::desk::{Page, is_in_a_file};
use crate::online::call;
use crate::world::{Counter, NOW, read};

const FACTS: [&str; 2] = ["nama", "portrait"];

/// A counter whose service asks for the picture, and the bundle that says so.
async fn counter() -> (Counter, Bundle) {
    let counter = Counter::new().await;
    let key = counter.key.clone();
    let (city, mut contents) = counter.contents();
    let mut registration = city.registration();
    registration.spki_sha256 = key.spki_sha256();
    registration.services[0].asks[0].claims = FACTS.map(ClaimPath::key).into();
    contents.registrations = vec![city.sign_for(&registration, &key)];
    let bundle = city.import(&city.publish(1, &contents)).0;
    let folder = counter.publish(1, |published| *published = contents);
    assert_eq!(counter.import(&folder, true).await.exit, absah_host::Exit::Ok);
    (counter, bundle)
}

fn present(format: Format, (aud, nonce): (&str, &str), portrait: Option<Vec<u8>>) -> Presented {
    let holder = key(8);
    let text = City::at(NOW).issue(holder.public_key(), format, 5);
    let held = Held::dangerous_reopen(Unverified::parse(&text).unwrap()).unwrap();
    let paths = FACTS.map(|claim| format.from_root(&ClaimPath::key(claim)));
    let binding = held.select(&paths).unwrap().bind(aud, nonce, NOW);
    let signature = holder.sign(binding.to_be_signed());
    let presentation = binding.attach(signature);
    Presented { query_id: "KtpElektronik".to_owned(), presentation, portrait }
}

/// What the page shows of an answer over the network.
async fn over_the_network(page: &Page) -> Value {
    let routes = router(Arc::clone(&page.app));
    let asked = page.post("/api/online", json!({ "service": City::SERVICE, "unencrypted": true })).await;
    let session = asked["session"].as_str().unwrap();
    let (_, _, jar) = call(&routes, "GET", &format!("/requests/{session}"), String::new()).await;
    let request: VerifiedRequest = read(&jar, Transport::Online, NOW);
    let ResponseTo::DirectPost { response_uri, state, .. } = &request.response else { panic!("asked by QR") };
    let shown = present(Format::DcSdJwt, (&request.client_id, &request.nonce), None);
    let path = response_uri.as_str().strip_prefix("http://127.0.0.1:9").unwrap().to_owned();
    let (status, _, said) = call(&routes, "POST", &path, direct_post(&[shown], state.as_deref())).await;
    assert_eq!(status, StatusCode::OK, "{said}");
    page.get(&format!("/api/online/{session}")).await
}

/// What the page shows of an answer by QR code.
async fn by_code(counter: &Counter, bundle: &Bundle, page: &Page) -> Value {
    let request = counter.ask("ask", &[]).await;
    let answer = counter.answer_knowing(bundle, &request, "answer", |shown| {
        let bound = shown.presentation.rsplit('~').next().unwrap();
        let payload = absah_types::base64url::decode(bound.split('.').nth(1).unwrap()).unwrap();
        let claims: Value = serde_json::from_slice(&payload).unwrap();
        let to = (claims["aud"].as_str().unwrap(), claims["nonce"].as_str().unwrap());
        *shown = present(Format::VcSdJwt, to, Some(portrait_blob()));
    });
    page.read(&answer).await
}

#[tokio::test]
async fn the_portrait_is_compared_and_kept_by_neither_way() {
    for (way, removed) in [("code", false), ("network", true)] {
        let (counter, bundle) = counter().await;
        let page = Page::of(&counter).await;
        let shown = match way {
            "code" => by_code(&counter, &bundle, &page).await,
            _ => over_the_network(&page).await,
        };
        assert_eq!(shown["colour"], "green", "{way}: {shown}");
        assert!(
            shown["portrait"].as_str().is_some_and(|picture| picture.starts_with("data:image/webp;base64,")),
            "{way}: {shown}"
        );
        let said = page.post("/api/word", json!({ "tag": shown["tag"], "verdict": "matched" })).await;
        let id = said["id"].as_str().unwrap();
        let evidence = verified(&counter, id).await;
        assert_eq!(
            (&evidence["shown"], &evidence["picture_removed"]),
            (&json!(FACTS), &json!(removed)),
            "{way}: {evidence}"
        );
        // Neither the packet, its key and its sheet, nor the store, nor what was exported: none holds the picture.
        let (file, key_file, sheet) = (counter.file("e.json"), counter.file("e.key"), counter.file("e.pdf"));
        let words = [
            "evidence",
            "export",
            id,
            "--out",
            file.to_str().unwrap(),
            "--key",
            key_file.to_str().unwrap(),
            "--sheet",
            sheet.to_str().unwrap(),
        ];
        assert_eq!(counter.run(&words).await.exit, absah_host::Exit::Ok, "{way}");
        for bytes in [&b"WEBPVP8 "[..], b"UklGRgwAAABXRUJQ"] {
            assert!(!is_in_a_file(counter.home.path(), bytes), "{way}");
        }
        assert!(!std::fs::read(sheet).unwrap().windows(6).any(|part| part == b"/Image"), "{way}");
    }
}
