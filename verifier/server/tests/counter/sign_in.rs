//! Sign-in with PIN and password, and the lock of the shared PC that a PIN opens for who signed in today.

use absah_host::Exit;
use absah_types::Seconds;
use serde_json::{Value, json};

use crate::desk::{Page, is_in_a_file};
use crate::world::{Counter, NOW, PASSWORD};

const NAME: &str = "Pak Budi";
const PIN: &str = "528319";
const NEEDED: &str = "officer-password-needed";

async fn counter(env: &[(&str, &str)]) -> (Counter, Page) {
    let counter = Counter::registered().await;
    let set = counter.run_with(&["officer", "set", NAME], env).await;
    assert_eq!(set.exit, Exit::Ok, "{}", set.json);
    let page = Page::of(&counter).await;
    (counter, page)
}

/// `{}` as the empty text, else the code.
async fn sign_in(page: &Page, pin: &str, password: Option<&str>) -> String {
    let mut body = json!({ "name": NAME, "pin": pin });
    if let Some(password) = password {
        body["password"] = json!(password);
    }
    let said = page.post("/api/sign-in", body).await;
    said["code"].as_str().map_or_else(|| said.as_object().map_or("?", |_| "").to_owned(), str::to_owned)
}

async fn lock(page: &Page) {
    page.post("/api/sign-out", json!({})).await;
}

#[tokio::test]
async fn an_officer_of_before_chooses_a_password_at_the_next_sign_in() {
    let (counter, page) = counter(&[("ABSAH_PIN", PIN)]).await;
    assert_eq!(counter.run(&["officer", "list"]).await.json["without_password"], json!([NAME]));
    let locked = page.get("/api/desk").await;
    assert_eq!((&locked["without_password"], &locked["by_pin"]), (&json!([NAME]), &json!([])), "{locked}");
    assert_eq!(sign_in(&page, PIN, None).await, "officer-password-needed");
    assert_eq!(sign_in(&page, PIN, Some("pendek")).await, "password-weak");
    assert_eq!(sign_in(&page, "528310", Some(PASSWORD)).await, "officer-wrong");
    assert_eq!(
        page.get("/api/desk").await["without_password"],
        json!([NAME]),
        "nobody chose it without the PIN"
    );
    assert_eq!(sign_in(&page, PIN, Some(PASSWORD)).await, "");
    assert_eq!(counter.run(&["officer", "list"]).await.json["without_password"], json!([]));
    assert!(!is_in_a_file(&counter.data(), PASSWORD.as_bytes()));

    // From now on it is that one and no other.
    let again = Page::of(&counter).await;
    for (pin, password) in
        [(PIN, "sepeda merah tetangga"), ("528310", PASSWORD), (PIN, "Sepeda biru tetangga")]
    {
        assert_eq!(sign_in(&again, pin, Some(password)).await, "officer-wrong", "{pin} {password}");
    }
    assert_eq!(sign_in(&again, PIN, Some(PASSWORD)).await, "");
}

#[tokio::test]
async fn the_technician_may_type_the_first_password() {
    let (counter, page) = counter(&[("ABSAH_PIN", PIN), ("ABSAH_PASSWORD", PASSWORD)]).await;
    assert_eq!(page.get("/api/desk").await["without_password"], json!([]));
    assert_eq!(sign_in(&page, PIN, Some("sepeda merah tetangga")).await, "officer-wrong");
    assert_eq!(sign_in(&page, PIN, Some(PASSWORD)).await, "");
    for weak in ["kurang dari", "aaaaaaaaaaaaaaaaaa"] {
        let env = [("ABSAH_PIN", PIN), ("ABSAH_PASSWORD", weak)];
        let said = counter.run_with(&["officer", "set", "Bu Sri"], &env).await;
        assert_eq!((said.exit, said.code()), (Exit::Refused, "password-weak"), "{weak:?}");
    }
    assert_eq!(counter.run(&["officer", "list"]).await.json["officers"], json!([NAME]));
}

#[tokio::test]
async fn the_pin_unlocks_for_who_signed_in_today() {
    let (counter, page) = counter(&[("ABSAH_PIN", PIN), ("ABSAH_PASSWORD", PASSWORD)]).await;
    assert_eq!(sign_in(&page, PIN, None).await, "officer-password-needed", "nobody signed in yet");
    assert_eq!(sign_in(&page, PIN, Some(PASSWORD)).await, "");
    lock(&page).await;
    assert_eq!(page.get("/api/desk").await["by_pin"], json!([NAME]));
    assert_eq!(sign_in(&page, "528310", None).await, "officer-wrong");
    assert_eq!(sign_in(&page, PIN, None).await, "");
    counter.clock.set(NOW.plus(Seconds::minutes(6)));
    assert_eq!(page.get("/api/desk").await["signed_in"], false, "left alone");
    assert_eq!(sign_in(&page, PIN, None).await, "");

    // Another start of the program knows nobody.
    let other = Page::of(&counter).await;
    assert_eq!(other.get("/api/desk").await["by_pin"], json!([]));
    assert_eq!(sign_in(&other, PIN, None).await, "officer-password-needed");
}

#[tokio::test]
async fn a_pin_alone_is_not_enough_after_a_rest_a_long_day_or_a_night() {
    let (counter, page) = counter(&[("ABSAH_PIN", PIN), ("ABSAH_PASSWORD", PASSWORD)]).await;
    // It begins at 5.26 in the morning.
    let at = |minutes: i64| counter.clock.set(NOW.plus(Seconds::minutes(minutes)));
    assert_eq!(sign_in(&page, PIN, Some(PASSWORD)).await, "");
    at(-1);
    assert_eq!(sign_in(&page, PIN, None).await, NEEDED, "the clock was set back");
    for minutes in [120, 240, 360, 480, 600, 720] {
        at(minutes);
        assert_eq!(
            sign_in(&page, PIN, None).await,
            "",
            "{minutes}: two hours of rest, a day of twelve hours"
        );
    }
    at(721);
    assert_eq!(sign_in(&page, PIN, None).await, NEEDED, "more than twelve hours");
    assert_eq!(sign_in(&page, PIN, Some(PASSWORD)).await, "");
    at(842);
    assert_eq!(sign_in(&page, PIN, None).await, NEEDED, "more than two hours of rest");
    at(1_080);
    assert_eq!(sign_in(&page, PIN, Some(PASSWORD)).await, "");
    at(1_120);
    assert_eq!(sign_in(&page, PIN, None).await, NEEDED, "past midnight in the city");
}

#[tokio::test]
async fn a_pin_alone_is_not_enough_after_too_many_wrong_ones_or_another_from_the_technician() {
    let (counter, page) = counter(&[("ABSAH_PIN", PIN), ("ABSAH_PASSWORD", PASSWORD)]).await;
    assert_eq!(sign_in(&page, PIN, Some(PASSWORD)).await, "");
    for _ in 0..5 {
        assert_eq!(sign_in(&page, "000000", None).await, "officer-wrong");
    }
    assert_eq!(sign_in(&page, PIN, None).await, "officer-wait");
    counter.clock.set(NOW.plus(Seconds(61)));
    assert_eq!(sign_in(&page, PIN, None).await, "officer-password-needed");
    assert_eq!(sign_in(&page, PIN, Some(PASSWORD)).await, "");

    // What the technician gives anew counts at once: the old PIN opens nothing, the password is chosen anew.
    lock(&page).await;
    assert_eq!(counter.run_with(&["officer", "set", NAME], &[("ABSAH_PIN", "739154")]).await.exit, Exit::Ok);
    let locked = page.get("/api/desk").await;
    assert_eq!((&locked["without_password"], &locked["by_pin"]), (&json!([NAME]), &json!([])));
    assert_eq!(sign_in(&page, PIN, None).await, "officer-password-needed");
    assert_eq!(sign_in(&page, PIN, Some(PASSWORD)).await, "officer-wrong");
    assert_eq!(sign_in(&page, "739154", Some("kucing di atas pagar")).await, "");
    assert_eq!(page.get("/api/desk").await["officer"], json!(NAME));
    assert_eq!(page.get("/api/desk").await["by_pin"], Value::Null, "told to a locked screen only");
}
