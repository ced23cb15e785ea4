//! What officers see of acts that wait, and what they can do about them.

use absah_types::Seconds;
use axum::http::StatusCode;

use crate::console::{Office, code};
use crate::console_acts::{count, file, last_act};
use crate::desk::Desk;

#[tokio::test]
async fn a_filed_command_shows_everybody_its_name_and_nobody_s_number() {
    let office = Office::open().await;
    let mut staff = office.staff(["auditor", "penyetuju"]).await;
    let nik = Desk::grown_up();
    let named = format!("--nik={nik}");
    let (_, answer) = office.desk.command(&["offer", &named, "--credential", "KtpElektronik"]).await;
    assert_eq!(answer["error"]["code"], "four-eyes-required", "{answer}");
    let act = last_act(&office).await;
    for (browser, _) in &mut staff {
        let inbox = office.get(browser, "/approvals").await.text;
        assert!(inbox.contains("<span>offer</span>") && !inbox.contains(&nik), "{inbox}");
    }
    assert!(!office.get(&mut staff[0].0, &act).await.text.contains(&nik), "an auditor decides nothing");
    // Who decides sees whom it is about, and leaves an entry in that history.
    let looks = "SELECT COUNT(*) FROM operator_look WHERE what = 'proposal'";
    assert_eq!(count(&office, looks).await, 0);
    assert!(office.get(&mut staff[1].0, &act).await.text.contains(&nik));
    assert_eq!(count(&office, looks).await, 1);
}
