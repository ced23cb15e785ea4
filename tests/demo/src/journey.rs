//! The story, step by step.

use std::fs::File;
use std::net::{IpAddr, TcpListener};
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::programs::{Answer, Binaries, Call, Moment};
use crate::running::Servers;
use crate::summary::{Decision, Summary};
use crate::window::Opened;
use crate::{Outcome, Trouble, changes, disk, offline};

/// The PIN of the demo's wallet. A real one is typed, never written down.
const PIN: &str = "739154";
const SERVICE: &str = "demo-3-fakta";
pub(crate) const CARD: &str = "KtpElektronik";
const STRANGER: &str = "stranger";
/// The invented residents.
pub(crate) const EXTRACT: &str = "tests/fixtures/ikd";

/// The story so far.
pub(crate) struct Story<'a> {
    pub(crate) root: &'a Path,
    pub(crate) binaries: &'a Binaries,
    pub(crate) directory: &'a Path,
    pub(crate) out: PathBuf,
    pub(crate) summary: Summary,
}

/// Where a card's copies lie.
#[derive(Clone, Copy)]
pub(crate) enum Holder {
    /// The citizen of the first half of the story.
    Citizen,
    /// The bride of the second.
    Bride,
}

impl Holder {
    pub(crate) const fn wallet(self) -> &'static str {
        match self {
            Self::Citizen => "wallet",
            Self::Bride => "wallet-bride",
        }
    }
}

/// Why the counter takes what it judged by old data.
const REASON: &str = "jaringan kelurahan mati";

/// What the counter should decide.
pub(crate) struct Expected {
    pub(crate) decision: &'static str,
    pub(crate) code: &'static str,
}

impl Expected {
    pub(crate) const ACCEPTED: Self = Self { decision: "accepted", code: "accepted" };

    pub(crate) const fn refused(code: &'static str) -> Self {
        Self { decision: "refused", code }
    }
}

/// Plays the whole story and hands back what came out and what is still running.
pub(crate) fn run(
    root: &Path,
    binaries: &Binaries,
    directory: &Path,
    window: Option<&Path>,
    lan: Option<IpAddr>,
) -> Outcome<(Summary, Servers, Option<Opened>)> {
    let directory = std::fs::canonicalize(directory).map_err(|e| disk(directory, &e))?;
    let mut servers = Servers::new(&directory);
    let mut story = Story {
        root,
        binaries,
        out: directory.join("out"),
        directory: &directory,
        summary: Summary { offline: offline::possible(), ..Summary::default() },
    };
    let nik = story.import(&root.join(EXTRACT))?;
    story.start_witnesses(&mut servers)?;
    let listen = free_address()?;
    story.serve_issuer(&mut servers, &listen)?;
    story.open_counter("verifier", "issuer")?;
    let bundle = story.publish("issuer", "bundle-1")?;
    story.import_bundle("verifier", &bundle)?;
    story.receive(Holder::Citizen, &nik)?;
    story.receive(Holder::Bride, changes::BRIDE)?;
    story.import_bundle("wallet", &bundle)?;
    story.import_bundle(Holder::Bride.wallet(), &bundle)?;

    servers.stop_one("issuer");
    story.tell("the issuer is stopped; wallet and counter work without any network");
    let answer = story.ask_and_answer(Holder::Citizen, "first")?;
    story.decide("accepted", &answer, Expected::ACCEPTED)?;
    story.decide("replay-refused", &answer, Expected::refused("replayed"))?;
    story.meet_unregistered_counter()?;
    story.revoke(&nik)?;
    story.marry()?;

    story.serve_issuer(&mut servers, &listen)?;
    story.receive(Holder::Bride, changes::BRIDE)?;
    servers.stop_one("issuer");
    story.grow_old()?;

    let url = story.serve_issuer(&mut servers, &listen)?;
    story.look_back(&url)?;
    story.serve_verifier("verifier", &mut servers)?;
    let opened = match window {
        Some(program) => {
            let resident = residents_with_photo(&root.join(EXTRACT).join("photos"))?.pop().unwrap_or(nik);
            let bundle = story.publish("issuer", "bundle-window")?;
            story.import_bundle("verifier", &bundle)?;
            Some(story.open_window(program, &resident, &bundle, &mut servers)?)
        }
        None => None,
    };
    story.summary.phone = lan.map(|address| story.open_to_phones(address, &mut servers)).transpose()?;
    Ok((story.summary, servers, opened))
}

impl Story<'_> {
    pub(crate) fn tell(&self, words: &str) {
        println!("· {words}");
    }

    pub(crate) fn data_dir(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }

    pub(crate) fn issuer(&self, name: &str) -> Call<'_> {
        let call = Call::new(&self.binaries.issuer, self.data_dir(name));
        // The stranger never serves, so nothing but this tells it who it claims to be.
        if name == STRANGER { call.env("ABSAH_PUBLIC_URL", "http://127.0.0.1:9") } else { call }
    }

    fn verifier(&self, name: &str) -> Call<'_> {
        Call::new(&self.binaries.verifier, self.data_dir(name))
    }

    pub(crate) fn wallet(&self, name: &str) -> Call<'_> {
        Call::new(&self.binaries.wallet, self.data_dir(name)).env("ABSAH_PIN", PIN)
    }

    /// Takes the sample extract in and returns a resident old enough for an identity card.
    fn import(&mut self, fixtures: &Path) -> Outcome<String> {
        self.tell("Dukcapil imports a population extract");
        let extract = fixtures.join("sample-200.csv");
        let answer = self
            .issuer("issuer")
            .args(&["import"])
            .path(&extract)
            .args(&["--photos"])
            .path(&fixtures.join("photos"))
            .args(&["--json"])
            .run()?
            .success()?;
        self.summary.imported = answer.json;
        let nobody = || Trouble::new("the sample has no photographs", "check out the project again");
        residents_with_photo(&fixtures.join("photos"))?.into_iter().next().ok_or_else(nobody)
    }

    fn serve_issuer(&self, servers: &mut Servers, listen: &str) -> Outcome<String> {
        let log = self.out.join("issuer.log");
        let child =
            self.issuer("issuer").args(&["serve", "--listen", listen, "--dev-loopback"]).spawn(&log)?;
        let url = servers.adopt("issuer", child, &self.binaries.issuer, &log)?;
        self.tell(&format!("the issuer serves at {url}"));
        Ok(url)
    }

    /// Serves the counter and says where its page lies.
    pub(crate) fn serve_verifier(&self, counter: &str, servers: &mut Servers) -> Outcome<PathBuf> {
        let log = self.out.join(format!("{counter}.log"));
        let listen = free_address()?;
        let child =
            self.verifier(counter).args(&["serve", "--listen", &listen, "--dev-loopback"]).spawn(&log)?;
        let url = servers.adopt(counter, child, &self.binaries.verifier, &log)?;
        let page = self.data_dir(counter).join("loket.html");
        self.tell(&format!("the counter serves at {url}; its page: open {}", page.display()));
        Ok(page)
    }

    /// A counter makes its key and Dukcapil registers what it may ask.
    pub(crate) fn open_counter(&self, counter: &str, registrar: &str) -> Outcome<()> {
        self.tell(&format!("counter `{counter}` is set up and registered by `{registrar}`"));
        let made = self.verifier(counter).args(&["init", "--json"]).run()?.success()?;
        let key = self.out.join(format!("{counter}-key.json"));
        std::fs::write(&key, made.json.to_string()).map_err(|e| disk(&key, &e))?;
        let services = self.out.join("services.toml");
        std::fs::write(&services, include_str!("services.toml")).map_err(|e| disk(&services, &e))?;
        self.issuer(registrar)
            .args(&["counter", "register", "--access-key"])
            .path(&key)
            .args(&["--services"])
            .path(&services)
            .args(&["--json"])
            .run()?
            .success()?;
        Ok(())
    }

    /// Publishes the trust bundle as a folder: what a USB stick would carry.
    pub(crate) fn publish(&mut self, registrar: &str, name: &str) -> Outcome<PathBuf> {
        let folder = self.out.join(name);
        let answer = self
            .issuer(registrar)
            .args(&["bundle", "publish"])
            .path(&folder)
            .args(&["--json"])
            .run()?
            .success()?;
        self.tell(&format!("the trust bundle is published to {}", folder.display()));
        if registrar == "issuer" {
            self.summary.bundle = answer.json;
        }
        Ok(folder)
    }

    /// The first import demands the root's hash, which people compare by another way; here it comes from the folder.
    pub(crate) fn import_bundle(&self, who: &str, folder: &Path) -> Outcome<()> {
        let root = folder.join("metadata/1.root.json");
        let hash = sha256_of(&root)?;
        let call = if who.starts_with("wallet") { self.wallet(who) } else { self.verifier(who) };
        call.offline()
            .args(&["bundle", "import"])
            .path(folder)
            .args(&["--root-sha256", &hash])
            .run()?
            .success()?;
        self.tell(&format!("the {who} has taken the bundle in"));
        Ok(())
    }

    /// The officer makes an offer, the wallet receives the card over OpenID4VCI.
    fn receive(&mut self, holder: Holder, nik: &str) -> Outcome<()> {
        let offer = self
            .issuer("issuer")
            .args(&["offer", "--nik", nik, "--credential", CARD, "--json"])
            .run()?
            .success()?;
        let (uri, code) = (offer.text("/credential_offer_uri")?, offer.text("/tx_code")?);
        self.wallet(holder.wallet()).args(&["receive", &uri, "--tx-code", &code]).run()?.success()?;
        self.tell(&format!("the {} has received the card", holder.wallet()));
        Ok(())
    }

    /// The counter shows a request, the wallet answers it: pictures of QR codes both ways, no network.
    pub(crate) fn ask_and_answer(&mut self, holder: Holder, name: &str) -> Outcome<PathBuf> {
        self.ask_and_answer_at(holder, name, Moment::Now)
    }

    /// The same when the clocks of both have gone on.
    pub(crate) fn ask_and_answer_at(
        &mut self,
        holder: Holder,
        name: &str,
        moment: Moment,
    ) -> Outcome<PathBuf> {
        let request = self.request("verifier", name, &[], moment)?;
        let (answer, text) =
            (self.out.join(format!("{name}-answer.png")), self.out.join(format!("{name}-answer.txt")));
        self.respond(holder, &request, (&answer, &text), moment)?.success()?;
        self.summary.picture(&format!("{name}-answer"), &answer, &text)?;
        Ok(answer)
    }

    pub(crate) fn request(
        &mut self,
        counter: &str,
        name: &str,
        more: &[&str],
        moment: Moment,
    ) -> Outcome<PathBuf> {
        let (picture, text) =
            (self.out.join(format!("{name}-request.png")), self.out.join(format!("{name}-request.txt")));
        self.verifier(counter)
            .offline()
            .at(moment)
            .args(&["request", "--service", SERVICE, "--out"])
            .path(&picture)
            .args(&["--text"])
            .path(&text)
            .args(more)
            .run()?
            .success()?;
        if picture.exists() {
            self.summary.picture(&format!("{name}-request"), &picture, &text)?;
            return Ok(picture);
        }
        Ok(text)
    }

    fn respond(
        &self,
        holder: Holder,
        request: &Path,
        (answer, text): (&Path, &Path),
        moment: Moment,
    ) -> Outcome<Answer> {
        self.wallet(holder.wallet())
            .offline()
            .at(moment)
            .args(&["respond"])
            .path(request)
            .args(&["--yes", "--out"])
            .path(answer)
            .args(&["--text"])
            .path(text)
            .args(&["--json"])
            .run()
    }

    pub(crate) fn decide(&mut self, name: &'static str, answer: &Path, expected: Expected) -> Outcome<()> {
        self.decide_at(name, answer, expected, Moment::Now)
    }

    pub(crate) fn decide_at(
        &mut self,
        name: &'static str,
        answer: &Path,
        expected: Expected,
        moment: Moment,
    ) -> Outcome<()> {
        let call = self.verifier("verifier").offline().at(moment);
        let call = call.args(&["decide"]).path(answer);
        // Old data is taken with a reason only.
        let call = if moment == Moment::Now { call } else { call.args(&["--reason", REASON]) };
        let said = call.args(&["--json"]).run()?;
        let said = said.exit(if expected.decision == "accepted" { 0 } else { 1 })?;
        let decision = said.text("/decision")?;
        let (colour, tier) = (said.text("/colour")?, said.text("/freshness/tier")?);
        self.tell(&format!("the counter decides: {decision} ({}), {colour}, data {tier}", said.refusal()));
        self.summary.decisions.push(Decision {
            name,
            decision,
            code: said.refusal(),
            expected: expected.code,
            wanted: expected.decision,
            printed: said.json,
        });
        Ok(())
    }

    /// Another authority registers a counter; our wallet has never heard of either and sends nothing.
    fn meet_unregistered_counter(&mut self) -> Outcome<()> {
        self.open_counter("stranger-counter", STRANGER)?;
        let bundle = self.publish(STRANGER, "stranger-bundle")?;
        self.import_bundle("stranger-counter", &bundle)?;
        let request = self.request("stranger-counter", "unregistered", &["--long"], Moment::Now)?;
        let never = (self.out.join("never.png"), self.out.join("never.txt"));
        let said = self.respond(Holder::Citizen, &request, (&never.0, &never.1), Moment::Now)?.exit(1)?;
        if self.out.join("never.png").exists() {
            return Err(Trouble::new("the wallet answered an unregistered counter", "report this defect"));
        }
        self.tell("the wallet refuses the unregistered counter's request and sends nothing");
        self.summary.decisions.push(Decision {
            name: "unregistered-refused",
            decision: "refused".to_owned(),
            code: said.refusal(),
            expected: "unregistered",
            wanted: "refused",
            printed: said.json,
        });
        Ok(())
    }

    /// Dukcapil revokes the card; the counter learns it from the next bundle, still without network.
    fn revoke(&mut self, nik: &str) -> Outcome<()> {
        self.issuer("issuer")
            .args(&["revoke", "--nik", nik, "--credential", CARD, "--json"])
            .run()?
            .success()?;
        self.tell("Dukcapil has revoked the card");
        let bundle = self.publish("issuer", "bundle-2")?;
        self.import_bundle("verifier", &bundle)?;
        let answer = self.ask_and_answer(Holder::Citizen, "second")?;
        self.decide("revoked-refused", &answer, Expected::refused("revoked"))
    }
}

/// A loopback address nobody listens on.
pub(crate) fn free_address() -> Outcome<String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|e| {
        Trouble::new(format!("no free port on this machine: {e}"), "close some programs and try again")
    })?;
    listener
        .local_addr()
        .map(|address| address.to_string())
        .map_err(|e| Trouble::new(e.to_string(), "try again"))
}

/// The first resident of the sample whose photograph is beside it.
pub(crate) fn residents_with_photo(photos: &Path) -> Outcome<Vec<String>> {
    let mut names: Vec<String> = std::fs::read_dir(photos)
        .map_err(|e| disk(photos, &e))?
        .flatten()
        .filter_map(|entry| entry.file_name().to_string_lossy().strip_suffix(".jpg").map(str::to_owned))
        .collect();
    names.sort();
    Ok(names)
}

/// SHA-256 of a file as hex, by the program every Debian has: the demo shares no code with what it shows.
pub(crate) fn sha256_of(path: &Path) -> Outcome<String> {
    let file = File::open(path).map_err(|e| disk(path, &e))?;
    let output = std::process::Command::new("sha256sum")
        .stdin(file)
        .output()
        .map_err(|e| Trouble::new(format!("sha256sum: {e}"), "apt-get install coreutils"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let hash = text.split_whitespace().next().unwrap_or_default().to_owned();
    if hash.len() == 64 { Ok(hash) } else { Err(Trouble::new(json!(text).to_string(), "try again")) }
}
