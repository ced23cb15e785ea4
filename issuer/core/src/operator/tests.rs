use absah_types::{Nik, Seconds};

use super::four_eyes::{self, Body, StatusChange, may_decide};
use super::*;

fn standing(role: Role) -> Standing {
    Standing { role, active: true, assurance: Assurance::Passkey, authenticators: 2, age: Seconds(60) }
}

/// As it is agreed with the office. `x` may; in the order of [`Role::ALL`].
const TABLE: &str = "\
own-account          x x x x
add-authenticator    x x x x
set-fallback         x x x x
remove-authenticator x x x x
search-people        x x . .
view-person          x x . .
offer-card           x . . .
suspend-lost         x . . .
propose-status       x . . .
import               x . . .
view-imports         x x x x
view-approvals       x x x x
decide               . x . .
view-counters        . x x x
propose-counter      . . . x
view-pendamping      x x x x
propose-pendamping   . . . x
view-operators       . x x x
propose-operator     . . . x
hand-over-code       . x . x
end-sessions         . . . x
view-ledger          . x x x
view-alerts          . . x x
close-alert          . . x .
";

#[test]
fn the_table_of_roles_and_actions() {
    let mut printed = String::new();
    for action in Action::ALL {
        let cells = Role::ALL.map(|role| match permit(&standing(role), action) {
            Ok(()) => "x",
            Err(Denied::Role) => ".",
            Err(other) => panic!("{action:?} {role:?}: {other}"),
        });
        printed.push_str(&format!("{:<20} {}\n", action.as_str(), cells.join(" ")));
    }
    println!("{:<20} pendaftar penyetuju auditor admin\n{printed}", "");
    assert_eq!(printed, TABLE);
}

#[test]
fn without_a_passkey_only_the_own_account() {
    for (role, action) in Role::ALL.into_iter().flat_map(|role| Action::ALL.map(|action| (role, action))) {
        let weak = Standing { assurance: Assurance::Fallback, ..standing(role) };
        let expected = if action == Action::OwnAccount { Ok(()) } else { Err(Denied::Passkey) };
        assert_eq!(permit(&weak, action), expected, "{role:?} {action:?}");
    }
}

#[test]
fn an_invitation_and_a_half_made_account_only_enrol() {
    for (role, action) in Role::ALL.into_iter().flat_map(|role| Action::ALL.map(|action| (role, action))) {
        let enrols = matches!(action, Action::OwnAccount | Action::AddAuthenticator);
        let expected = if enrols { Ok(()) } else { Err(Denied::EnrolFirst) };
        let invited = Standing { assurance: Assurance::Invitation, ..standing(role) };
        assert_eq!(permit(&invited, action), expected, "{role:?} {action:?}");
        let enrols = enrols || action == Action::SetFallback;
        let expected = if enrols { Ok(()) } else { Err(Denied::EnrolFirst) };
        for authenticators in [0, 1] {
            let half = Standing { authenticators, ..standing(role) };
            assert_eq!(permit(&half, action), expected, "{role:?} {action:?}");
        }
    }
}

#[test]
fn old_sign_ins_and_closed_accounts_do_nothing() {
    for action in Action::ALL {
        let old = Standing { age: Seconds(12 * 3600 + 1), ..standing(Role::Penyetuju) };
        assert_eq!(permit(&old, action), Err(Denied::Again));
        let closed = Standing { active: false, ..standing(Role::Penyetuju) };
        assert_eq!(permit(&closed, action), Err(Denied::Disabled));
    }
}

#[test]
fn two_people_and_two_roles() {
    let body = Body::DisableOperator { operator: 9 };
    for role in Role::ALL {
        let other = may_decide(&body, Some((1, Role::Pendaftar)), (2, &standing(role)));
        let expected = if role == Role::Penyetuju { Ok(()) } else { Err(Denied::Role) };
        assert_eq!(other, expected, "{role:?}");
    }
    let decider = standing(Role::Penyetuju);
    assert_eq!(may_decide(&body, Some((2, Role::Pendaftar)), (2, &decider)), Err(Denied::OwnProposal));
    assert_eq!(may_decide(&body, Some((1, Role::Penyetuju)), (2, &decider)), Err(Denied::Role));
    assert_eq!(may_decide(&body, None, (2, &decider)), Ok(()), "filed at the machine");
    let weak = Standing { assurance: Assurance::Fallback, ..decider };
    assert_eq!(may_decide(&body, None, (2, &weak)), Err(Denied::Passkey));
    let own = Body::DisableOperator { operator: 2 };
    assert_eq!(may_decide(&own, Some((1, Role::Admin)), (2, &decider)), Err(Denied::Concerned));
    let own = Body::ReinviteOperator { operator: 2 };
    assert_eq!(may_decide(&own, None, (2, &decider)), Err(Denied::Concerned));
}

#[test]
fn whoever_may_propose_may_not_decide() {
    for role in Role::ALL {
        let decides = Action::Decide.roles().contains(&role);
        for action in [Action::ProposeStatus, Action::ProposeCounter, Action::ProposeOperator, Action::Import]
        {
            assert!(!(decides && action.roles().contains(&role)), "{role:?} {action:?}");
        }
    }
}

#[test]
fn an_act_reads_back_and_says_nothing_in_debug() {
    let nik = Nik::parse("3577026207650001").unwrap();
    let body =
        Body::Status { nik, credential: Some("KtpElektronik".to_owned()), change: StatusChange::Revoke };
    let text = serde_json::to_string(&body).unwrap();
    assert_eq!(
        text,
        r#"{"act":"status","nik":"3577026207650001","credential":"KtpElektronik","change":"revoke"}"#
    );
    assert!(serde_json::from_str::<Body>(&text).unwrap() == body);
    assert_eq!(format!("{body:?}"), "status");
    for wrong in [
        r#"{"act":"status","nik":"3577026207650001","credential":null,"change":"supersede"}"#,
        r#"{"act":"status","nik":"1","credential":null,"change":"revoke"}"#,
        r#"{"act":"anything"}"#,
    ] {
        assert!(serde_json::from_str::<Body>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_challenge_is_of_one_act_one_decision_and_one_moment() {
    let act = four_eyes::digest(b"{}");
    let base = four_eyes::challenge(&act, Decision::Approve, "", &[1; 32]);
    assert_ne!(base, four_eyes::challenge(&act, Decision::Refuse, "", &[1; 32]));
    assert_ne!(base, four_eyes::challenge(&act, Decision::Approve, "", &[2; 32]));
    assert_ne!(
        base,
        four_eyes::challenge(&act, Decision::Approve, "Sudah dicek", &[1; 32]),
        "the note is signed"
    );
    assert_ne!(base, four_eyes::challenge(&four_eyes::digest(b"{ }"), Decision::Approve, "", &[1; 32]));
}
