//! The ledger that others co-sign: five witnesses, an outsider's audit, and the citizen who sees who looked.

use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

use crate::changes::BRIDE;
use crate::journey::{Holder, Story, free_address};
use crate::programs::{Answer, Call, Moment};
use crate::running::Servers;
use crate::{Outcome, Trouble};

/// Agencies whose witnesses co-sign in the demo.
const WITNESSES: [&str; 5] = ["inspektorat", "kominfo", "dinkes", "dinsos", "universitas"];
/// Five years and two days: how long events are kept, and a little more.
const RETENTION_HOURS: u32 = 24 * 1829;
/// Why an officer looks at the bride's record.
const PURPOSE: &str = "Pencatatan perkawinan";

impl Story<'_> {
    fn witness(&self, name: &str) -> Call<'_> {
        Call::new(&self.binaries.witness, self.data_dir(&format!("witness-{name}")))
    }

    /// Five programs in five agencies: each has its own key, watches both logs and co-signs what continues them.
    pub(crate) fn start_witnesses(&mut self, servers: &mut Servers) -> Outcome<()> {
        let logs = self.issuer("issuer").args(&["ledger", "keys", "--json"]).run()?.success()?;
        for name in WITNESSES {
            let full = format!("saksi.{name}.example");
            let made = self.witness(name).args(&["init", "--name", &full, "--json"]).run()?.success()?;
            for log in ["/audit", "/registry"] {
                self.witness(name).args(&["trust-log", "--vkey", &logs.text(log)?]).run()?.success()?;
            }
            let log = self.out.join(format!("witness-{name}.log"));
            let listen = free_address()?;
            let child =
                self.witness(name).args(&["serve", "--listen", &listen, "--dev-loopback"]).spawn(&log)?;
            let url = servers.adopt(&format!("witness-{name}"), child, &self.binaries.witness, &log)?;
            let key = made.text("/vkey")?;
            self.issuer("issuer").args(&["ledger", "witness", "add", &url, &key]).run()?.success()?;
        }
        self.tell("five witnesses of other agencies co-sign the ledger; four of them make it final");
        Ok(())
    }

    /// An officer looks at the bride's record; she sees it, with proof; then the entry is erased when it may be, and the
    /// ledger still holds. In between an outsider audits everything.
    pub(crate) fn look_back(&mut self, url: &str) -> Outcome<()> {
        self.issuer("issuer")
            .args(&["person", "show", "--nik", BRIDE, "--purpose", PURPOSE, "--json"])
            .run()?
            .success()?;
        self.tell("an officer looks at the bride's record, and says what for");
        self.summary.audit = self.audit_when_final(url)?;
        self.tell("an outsider audits both logs: every tile re-hashed, four or more witnesses, exit 0");
        let (seen, event) = self.proven_look()?;
        self.tell(
            "the bride's wallet shows who looked, in which hour and why, and has checked the proof itself",
        );
        self.summary.access = seen.json;
        let erase = ["ledger", "erase", &event, "--reason", "Masa simpan berakhir", "--json"];
        self.issuer("issuer").args(&erase).run()?.exit(1)?;
        self.issuer("issuer").args(&erase).at(Moment::HoursLater(RETENTION_HOURS)).run()?.success()?;
        if looked(&self.history()?.json).is_some() {
            return Err(Trouble::new("an erased entry is still told", "this is a defect of the programs"));
        }
        self.audit_when_final(url)?;
        self.tell("the entry cannot be erased today; five years later (by a moved clock) it is: gone from the history, and the audit still passes");
        Ok(())
    }

    /// The entry of the officer's look, once enough witnesses have co-signed a checkpoint that holds it.
    fn proven_look(&self) -> Outcome<(Answer, String)> {
        for _ in 0..60 {
            let seen = self.history()?;
            let member = |name: &str| looked(&seen.json)?.get(name)?.as_str().map(str::to_owned);
            if let (Some("final"), Some(event)) = (member("proof").as_deref(), member("event_id")) {
                return Ok((seen, event));
            }
            sleep(Duration::from_millis(500));
        }
        Err(Trouble::new(
            "the bride's wallet does not show, with proof, who looked",
            "this is a defect of the programs",
        ))
    }

    fn history(&self) -> Outcome<Answer> {
        // The wallet verifies against the newest list of witnesses, which came with the last bundle.
        self.wallet(Holder::Bride.wallet()).args(&["history", "--verify", "--json"]).run()?.success()
    }

    /// Cosignatures come within a moment; an audit that is too early says `quorum-missing`.
    fn audit_when_final(&self, url: &str) -> Outcome<Value> {
        let outsider = Call::new(&self.binaries.issuer, self.data_dir("outsider"));
        let mut said = outsider.args(&["ledger", "audit", url, "--json"]).run()?;
        for _ in 0..60 {
            if said.code == Some(0) {
                break;
            }
            sleep(Duration::from_millis(500));
            let outsider = Call::new(&self.binaries.issuer, self.data_dir("outsider"));
            said = outsider.args(&["ledger", "audit", url, "--json"]).run()?;
        }
        Ok(said.success()?.json)
    }
}

/// The officer's look in a wallet's access history.
fn looked(history: &Value) -> Option<Value> {
    let entries = history.get("access")?.as_array()?;
    entries.iter().find(|entry| entry.get("purpose").and_then(Value::as_str) == Some(PURPOSE)).cloned()
}
