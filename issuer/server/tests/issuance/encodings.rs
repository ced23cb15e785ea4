//! The status list in both encodings.

use absah_credential::status_list::{Status, UnverifiedStatusCwt, UnverifiedStatusToken};
use absah_host::Exit;
use absah_types::{Clock as _, Seconds};

use crate::desk::{Desk, URL};
use crate::{copies, issuer_key, status_key, verified};

#[tokio::test]
async fn jwt_and_cwt_say_the_same() {
    let desk = Desk::open().await;
    let key = issuer_key(&desk).await;
    let credentials = copies(&desk, "KtpElektronik", "dc", 12).await;
    let references = credentials.iter().map(|credential| {
        verified(&desk, credential["credential"].as_str().unwrap(), &key).status().unwrap().clone()
    });
    let references: Vec<_> = references.collect();
    let (uri, path) = (references[0].uri.clone(), references[0].uri.strip_prefix(URL).unwrap().to_owned());
    let signer = status_key(&desk);
    for (word, expected) in
        [("unsuspend", Status::Valid), ("suspend", Status::Suspended), ("revoke", Status::Revoked)]
    {
        // Without a kind of card: all that the person has.
        let (exit, answer) = desk.command(&[word, "--nik", &Desk::grown_up()]).await;
        // Nothing is suspended to begin with: asked for in vain, not refused.
        let changed = if word == "unsuspend" { 0 } else { 12 };
        assert_eq!(
            (exit, &answer["by_credential"]["KtpElektronik"]),
            (Exit::Ok, &changed.into()),
            "{answer}"
        );
        let (kind, bytes) = desk.accept(&path, "application/statuslist+cwt").await;
        assert_eq!(kind, "application/statuslist+cwt");
        let cwt = UnverifiedStatusCwt::parse(&bytes).unwrap();
        let (kind, bytes) = desk.accept(&path, "*/*").await;
        assert_eq!(kind, "application/statuslist+jwt");
        let jwt = UnverifiedStatusToken::parse(std::str::from_utf8(&bytes).unwrap()).unwrap();
        assert_eq!(cwt.kid(), jwt.header().kid.as_deref().map(str::as_bytes));
        assert_eq!(cwt.certificates(), jwt.header().x5c.clone().unwrap());
        let cwt = cwt.verify(&signer, &uri, desk.clock.now(), Seconds(0)).unwrap();
        let jwt = jwt.verify(&signer, &uri, desk.clock.now(), Seconds(0)).unwrap();
        assert_eq!(cwt, jwt);
        assert!(references.iter().all(|reference| cwt.status(reference) == Ok(expected)), "{word}");
    }
}
