//! `--lan`: the web wallet for phones in the same network, behind a certificate of a root made here, with an issuer, an offer
//! and a counter of its own beside it.

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::Command;

use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use serde::Serialize;

use crate::journey::{CARD, EXTRACT, Story, residents_with_photo, sha256_of};
use crate::programs::Call;
use crate::running::Servers;
use crate::{Outcome, Trouble, disk};

const ISSUER: &str = "lan-issuer";
const COUNTER: &str = "lan-verifier";

/// What the person with the phone has to know.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Phone {
    page: String,
    offer: String,
    code: String,
    root: PathBuf,
    fingerprint: String,
    loket: PathBuf,
}

/// The page of the web wallet, which goes into the wallet's program.
pub(crate) fn build(root: &Path) -> Outcome<()> {
    let setup = Command::new("bash").args(["tests/setup", "web-page", "lan"]).current_dir(root).status();
    if setup.is_ok_and(|status| status.success()) {
        return Ok(());
    }
    Err(Trouble::new("the web wallet's page could not be built", "see the lines above, then try again"))
}

/// The address that other machines know this one by: that of the way out. Nothing is sent.
pub(crate) fn address() -> Outcome<IpAddr> {
    let found = (|| -> io::Result<IpAddr> {
        let socket = UdpSocket::bind("0.0.0.0:0")?;
        socket.connect("192.0.2.1:9")?;
        Ok(socket.local_addr()?.ip())
    })();
    match found {
        Ok(address) if !address.is_loopback() && !address.is_unspecified() => Ok(address),
        _ => Err(Trouble::new(
            "this machine is in no network that a phone could reach it by",
            "connect it to the same Wi-Fi as the phone, or name its address: cargo demo --lan ADDRESS",
        )),
    }
}

/// A root of this demo, and a certificate of this address by it.
struct Certificate {
    folder: PathBuf,
}

impl Certificate {
    fn make(folder: PathBuf, address: IpAddr) -> Outcome<Self> {
        std::fs::create_dir_all(&folder).map_err(|e| disk(&folder, &e))?;
        let extension = folder.join("ext");
        let says = format!("subjectAltName=IP:{address}\nextendedKeyUsage=serverAuth\n");
        std::fs::write(&extension, says).map_err(|e| disk(&extension, &e))?;
        let made = Self { folder };
        // A phone keeps what it was told to trust, so the root may vouch for this one address and for nothing else.
        let only = format!("nameConstraints=critical,permitted;IP:{address}/{}", mask(address));
        let root =
            ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30"];
        let about = ["-subj", "/CN=Absah, demo", "-addext", "basicConstraints=critical,CA:TRUE", "-addext"];
        let files = ["-keyout", "root.key", "-out", "root.pem"];
        made.openssl(&[&root[..], &about, &[&only], &files].concat())?;
        let own =
            ["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=Absah"];
        made.openssl(&[&own[..], &["-keyout", "tls.key", "-out", "tls.csr"]].concat())?;
        let by =
            ["x509", "-req", "-in", "tls.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial"];
        made.openssl(&[&by[..], &["-days", "30", "-extfile", "ext", "-out", "tls.pem"]].concat())?;
        // Nobody needs it again: the next demo makes another.
        let key = made.folder.join("root.key");
        std::fs::remove_file(&key).map_err(|e| disk(&key, &e))?;
        Ok(made)
    }

    fn openssl(&self, words: &[&str]) -> Outcome<String> {
        let said = Command::new("openssl").args(words).current_dir(&self.folder).output();
        let said = said.map_err(|e| Trouble::new(format!("openssl: {e}"), "apt-get install openssl"))?;
        if said.status.success() {
            return Ok(String::from_utf8_lossy(&said.stdout).trim().to_owned());
        }
        let words = String::from_utf8_lossy(&said.stderr).trim().to_owned();
        Err(Trouble::new(format!("openssl made no certificate:\n{words}"), "see its words above"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn serve<'a>(&self, call: Call<'a>, listen: SocketAddr) -> Call<'a> {
        call.args(&["serve".to_owned(), "--listen".to_owned(), listen.to_string(), "--tls-cert".to_owned()])
            .path(&self.path("tls.pem"))
            .args(&["--tls-key"])
            .path(&self.path("tls.key"))
    }
}

const fn mask(address: IpAddr) -> &'static str {
    if address.is_ipv4() { "255.255.255.255" } else { "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" }
}

/// A port at this address that nobody listens on.
fn free(address: IpAddr) -> Outcome<SocketAddr> {
    let free = TcpListener::bind((address, 0)).and_then(|listener| listener.local_addr());
    free.map_err(|e| {
        Trouble::new(
            format!("no port at {address}: {e}"),
            "name an address of this machine: cargo demo --lan ADDRESS",
        )
    })
}

impl Story<'_> {
    /// Opens issuer, offer, counter and page for phones.
    pub(crate) fn open_to_phones(&mut self, address: IpAddr, servers: &mut Servers) -> Outcome<Phone> {
        let certificate = Certificate::make(self.data_dir("lan-certificate"), address)?;
        let extract = self.root.join(EXTRACT);
        let photos = extract.join("photos");
        let import = self.issuer(ISSUER).args(&["import"]).path(&extract.join("sample-200.csv"));
        import.args(&["--photos"]).path(&photos).args(&["--json"]).run()?.success()?;
        let log = self.out.join("lan-issuer.log");
        let serving = certificate.serve(self.issuer(ISSUER), free(address)?);
        let child = serving.args(&["--console", "off"]).spawn(&log)?;
        let url = servers.adopt(ISSUER, child, &self.binaries.issuer, &log)?;
        self.tell(&format!("an issuer for phones serves at {url}"));
        self.open_counter(COUNTER, ISSUER)?;
        let bundle = self.publish(ISSUER, "lan-bundle")?;
        self.import_bundle(COUNTER, &bundle)?;
        let loket = self.serve_verifier(COUNTER, servers)?;
        let nobody = || Trouble::new("the sample has no photographs", "check out the project again");
        let nik = residents_with_photo(&photos)?.pop().ok_or_else(nobody)?;
        let offer = self.issuer(ISSUER).args(&["offer", "--nik", &nik, "--credential", CARD, "--json"]);
        let offer = offer.run()?.success()?;
        let log = self.out.join("lan-page.log");
        let serving = certificate.serve(self.wallet("lan-page"), free(address)?);
        let root = sha256_of(&bundle.join("metadata/1.root.json"))?;
        let serving = serving.args(&["--bundle"]).path(&bundle).args(&["--root-sha256", &root]);
        let serving = serving.args(&["--authority"]).path(&certificate.path("root.pem"));
        let child = serving.spawn(&log)?;
        let page = servers.adopt("lan-page", child, &self.binaries.wallet, &log)?;
        let print = certificate.openssl(&["x509", "-in", "root.pem", "-noout", "-fingerprint", "-sha256"])?;
        Ok(Phone {
            page,
            offer: offer.text("/credential_offer_uri")?,
            code: offer.text("/tx_code")?,
            root: certificate.path("root.pem"),
            fingerprint: print.rsplit('=').next().unwrap_or_default().to_owned(),
            loket,
        })
    }
}

impl Phone {
    /// What to do with a phone in the same network.
    pub(crate) fn print(&self) {
        println!("\na phone in the same network (everybody in it can reach these servers; only for a demo):");
        println!("  1. once: open {}/absah.crt past the browser's warning and install it as a CA", self.page);
        println!("     certificate (the same file here: {}). Its SHA-256 fingerprint:", self.root.display());
        println!("     {}", self.fingerprint);
        println!("     It vouches for this address only; take it off the phone again after the demo.");
        println!("  2. scan this with the phone's camera, or open {}/\n", self.page);
        println!("{}", code(&self.page));
        println!("  3. in the wallet: first start, PIN, add a card, scan this; its code is {}\n", self.code);
        println!("{}", code(&self.offer));
        println!(
            "  4. at the counter (open {}): a service, then let the phone scan its code",
            self.loket.display()
        );
        println!("     and show its own to this machine's camera. Stop everything: cargo demo --stop");
    }
}

/// The text as a QR code for a terminal: dark on light, whatever the terminal's colours.
fn code(text: &str) -> String {
    let Ok(code) = QrCode::new(text) else { return text.to_owned() };
    let dense = code.render::<Dense1x2>().dark_color(Dense1x2::Dark).light_color(Dense1x2::Light).build();
    dense.lines().map(|line| format!("     \u{1b}[30;107m{line}\u{1b}[0m\n")).collect()
}
