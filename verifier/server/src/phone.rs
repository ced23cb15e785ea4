//! A phone or tablet as a second scanner: paired by a code on the counter's screen, it hands in what its camera reads and
//! learns nothing but that it arrived. What they say to each other is sealed (see [`seal`]); TLS comes on top.

mod seal;

use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::sync::{Mutex, PoisonError};

use absah_crypto::{PrivateKey, sha256, sha256_concat};
use absah_types::{Rng, Seconds, Secret, Timestamp, array, base64url, coded};
use absah_web::Tls;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{CertificateParams, DistinguishedName, DnType, PublicKeyData, SerialNumber, SigningKey};
use serde::Deserialize;
use serde_json::json;
use tokio::sync::watch;

use seal::Keys;
pub(crate) use seal::SALT;

/// The code on the screen is good for so long.
const SECRET_LIFE: Seconds = Seconds::minutes(3);
/// A pairing ends with the shift at the latest.
const SHIFT: Seconds = Seconds::hours(12);
/// Texts that wait for the page: more than an answer of many frames has.
const MOST_WAITING: usize = 512;
/// Texts in one call.
pub(crate) const MOST_TEXTS: usize = 32;
/// Characters of one text: no code holds more.
const LONGEST: usize = 4_296;
/// Calls in one second: a camera reads a dozen pictures.
const MOST_CALLS: u32 = 30;

/// Why a phone is not listened to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneError {
    /// The code was not read, is used, or too old: not said which.
    Secret,
    /// This phone is not paired, or not any more.
    Unpaired,
    /// More calls than a camera makes.
    Flood,
    /// More in one call than a camera reads.
    TooMuch,
    /// The counter has no address in a network, or cannot listen there.
    Address,
}

impl core::fmt::Display for PhoneError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Secret => "no pairing with that secret",
            Self::Unpaired => "not paired",
            Self::Flood => "too many calls",
            Self::TooMuch => "too much in one call",
            Self::Address => "no address to listen on",
        })
    }
}

impl core::error::Error for PhoneError {}

coded! { PhoneError {
    Secret => ("phone-secret", Peer),
    Unpaired => ("phone-unpaired", User),
    Flood => ("phone-flood", Peer),
    TooMuch => ("phone-too-much", Peer),
    Address => ("phone-address", Environment),
} }

struct Pairing {
    /// The secret in the code, which no call bears; gone with its first use.
    secret: Option<Secret<[u8; 32]>>,
    secret_until: Timestamp,
    session: Option<Session>,
    ends: Timestamp,
    words: String,
    texts: Vec<String>,
    calls: (Timestamp, u32),
    /// Ends the listener when it is dropped.
    _listening: watch::Sender<()>,
}

/// The phone that entered.
struct Session {
    keys: Keys,
    /// The number of its last call.
    last: u64,
}

/// What a phone is told that entered.
pub(crate) struct Welcome {
    /// The counter's part of the keys.
    pub(crate) salt: [u8; SALT],
    /// The words that both screens show, sealed: who can seal them has the secret.
    pub(crate) sealed: Vec<u8>,
}

/// What a phone says in a call.
#[derive(Deserialize)]
struct HandIn {
    texts: Vec<String>,
}

impl Pairing {
    fn is_over(&self, now: Timestamp) -> bool {
        let waited = self.session.is_none() && now >= self.secret_until;
        waited || now >= self.ends || now < self.ends.minus(SHIFT)
    }
}

/// What the page is told of the phone.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    Nothing,
    /// The code is on the screen.
    Waiting,
    /// Paired; what it read since the page last asked.
    Paired {
        words: String,
        texts: Vec<String>,
    },
}

/// The phone of this counter: one at a time.
#[derive(Default)]
pub(crate) struct Phone(Mutex<Option<Pairing>>);

impl Phone {
    fn with<T>(&self, now: Timestamp, act: impl FnOnce(&mut Option<Pairing>) -> T) -> T {
        let mut pairing = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if pairing.as_ref().is_some_and(|pairing| pairing.is_over(now)) {
            *pairing = None;
        }
        act(&mut pairing)
    }

    /// Begins a pairing in the place of any other; the secret for the code, and what completes when it ends.
    pub(crate) fn begin(
        &self,
        words: &str,
        rng: &mut dyn Rng,
        now: Timestamp,
    ) -> (String, watch::Receiver<()>) {
        let secret = array::<32>(rng);
        let (listening, ended) = watch::channel(());
        let pairing = Pairing {
            secret: Some(Secret::new(secret)),
            secret_until: now.plus(SECRET_LIFE),
            session: None,
            ends: now.plus(SHIFT),
            words: words.to_owned(),
            texts: Vec::new(),
            calls: (now, 0),
            _listening: listening,
        };
        self.with(now, |place| *place = Some(pairing));
        (base64url::encode(secret), ended)
    }

    /// A phone proves that it read the code, without saying what is in it: what it is told. Whoever else tries costs the paired
    /// phone nothing.
    ///
    /// # Errors
    /// `Secret`.
    pub(crate) fn enter(
        &self,
        salt: &[u8; SALT],
        proof: &[u8],
        rng: &mut dyn Rng,
        now: Timestamp,
    ) -> Result<Welcome, PhoneError> {
        self.with(now, |pairing| {
            let pairing = pairing.as_mut().filter(|pairing| now < pairing.secret_until);
            let pairing = pairing.ok_or(PhoneError::Secret)?;
            let secret = pairing.secret.as_ref().filter(|secret| seal::knows(secret, salt, proof));
            let own = array::<SALT>(rng);
            let keys = Keys::of(secret.ok_or(PhoneError::Secret)?, salt, &own);
            let sealed = keys.answer(0, pairing.words.as_bytes()).map_err(|_| PhoneError::Secret)?;
            pairing.secret = None;
            pairing.session = Some(Session { keys, last: 0 });
            Ok(Welcome { salt: own, sealed })
        })
    }

    /// What the paired phone has read, sealed as its call of that number, of which only what `is_meant` is taken; the sealed
    /// answer says whether the page has taken all that came before.
    ///
    /// # Errors
    /// `Unpaired` also for what somebody else sealed, or sent before; `Flood`, `TooMuch`.
    pub(crate) fn hand_in(
        &self,
        number: u64,
        sealed: &[u8],
        is_meant: impl Fn(&str) -> bool,
        now: Timestamp,
    ) -> Result<Vec<u8>, PhoneError> {
        self.with(now, |pairing| {
            let pairing = pairing.as_mut().ok_or(PhoneError::Unpaired)?;
            let session = pairing.session.as_mut().filter(|session| number > session.last);
            let session = session.ok_or(PhoneError::Unpaired)?;
            let opened = session.keys.open(number, sealed).map_err(|_| PhoneError::Unpaired)?;
            // Only from here on it is the phone's call: no stranger's is counted.
            session.last = number;
            count(&mut pairing.calls, now)?;
            let said: HandIn = serde_json::from_slice(opened.expose()).map_err(|_| PhoneError::Unpaired)?;
            if said.texts.len() > MOST_TEXTS || said.texts.iter().any(|text| text.len() > LONGEST) {
                return Err(PhoneError::TooMuch);
            }
            let shown = pairing.texts.is_empty();
            for text in said.texts.into_iter().filter(|text| is_meant(text)) {
                if pairing.texts.len() < MOST_WAITING && !pairing.texts.contains(&text) {
                    pairing.texts.push(text);
                }
            }
            let answer = json!({ "shown": shown }).to_string();
            session.keys.answer(number, answer.as_bytes()).map_err(|_| PhoneError::Unpaired)
        })
    }

    /// What the page takes.
    pub(crate) fn take(&self, now: Timestamp) -> Seen {
        self.with(now, |pairing| match pairing {
            None => Seen::Nothing,
            Some(pairing) if pairing.session.is_none() => Seen::Waiting,
            Some(pairing) => {
                Seen::Paired { words: pairing.words.clone(), texts: core::mem::take(&mut pairing.texts) }
            }
        })
    }

    /// Whether anybody is paired or may still be.
    pub(crate) fn is_open(&self, now: Timestamp) -> bool {
        self.with(now, |pairing| pairing.is_some())
    }

    /// Ends the pairing, and with it the listener.
    pub(crate) fn end(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

fn count(counted: &mut (Timestamp, u32), now: Timestamp) -> Result<(), PhoneError> {
    let (second, calls) = *counted;
    *counted = if second == now { (second, calls.saturating_add(1)) } else { (now, 1) };
    if counted.1 > MOST_CALLS { Err(PhoneError::Flood) } else { Ok(()) }
}

/// Where a phone in the same network reaches this machine: the address that its packets would leave from. None is sent.
pub(crate) fn own_address() -> Result<SocketAddr, PhoneError> {
    let address = || -> std::io::Result<IpAddr> {
        let socket = UdpSocket::bind(("0.0.0.0", 0))?;
        // Documentation addresses (RFC 5737): routed like any other, and nobody's.
        socket.connect(("192.0.2.1", 9))?;
        Ok(socket.local_addr()?.ip())
    };
    let ip = address().map_err(|_| PhoneError::Address)?;
    Ok(SocketAddr::new(ip, 0))
}

/// A fresh certificate for one pairing: its key is nowhere but here and ends with it.
pub(crate) struct Identity {
    pub(crate) tls: Tls,
    /// SHA-256 of the certificate.
    pub(crate) fingerprint: [u8; 32],
}

struct Key(PrivateKey);

impl PublicKeyData for Key {
    fn der_bytes(&self) -> &[u8] {
        self.0.public_key().to_sec1()
    }

    fn algorithm(&self) -> &'static rcgen::SignatureAlgorithm {
        &rcgen::PKCS_ECDSA_P256_SHA256
    }
}

impl SigningKey for Key {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        Ok(self.0.sign(message).to_der())
    }
}

impl Identity {
    pub(crate) fn fresh(ip: IpAddr, rng: &mut dyn Rng) -> Result<Self, PhoneError> {
        let key = Key(PrivateKey::generate(rng));
        let mut made = || -> Result<(String, Vec<u8>), rcgen::Error> {
            let mut params = CertificateParams::new(vec![ip.to_string()])?;
            params.distinguished_name = DistinguishedName::new();
            params.distinguished_name.push(DnType::CommonName, "Absah");
            params.serial_number = Some(SerialNumber::from_slice(&array::<16>(rng)));
            params.key_identifier_method =
                rcgen::KeyIdMethod::PreSpecified(sha256(key.0.public_key().to_sec1()).to_vec());
            let certificate = params.self_signed(&key)?;
            Ok((certificate.pem(), certificate.der().to_vec()))
        };
        let (pem, der) = made().map_err(|_| PhoneError::Address)?;
        let secret = format!(
            "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
            STANDARD.encode(key.0.to_pkcs8_der().expose())
        );
        let tls = Tls::from_pem(pem.as_bytes(), secret.as_bytes()).map_err(|_| PhoneError::Address)?;
        Ok(Self { tls, fingerprint: sha256(&der) })
    }

    /// The fingerprint as four words that can be read aloud.
    pub(crate) fn words(&self) -> String {
        let digest = sha256_concat(&[b"absah-phone-words-v1", &self.fingerprint]);
        let word = |pair: &[u8]| match pair {
            [high, low] => spoken(u16::from_be_bytes([*high, *low])),
            _ => String::new(),
        };
        digest.chunks_exact(2).take(4).map(word).collect::<Vec<_>>().join("-")
    }

    /// Its beginning as certificate dialogs write it.
    pub(crate) fn hex(&self) -> String {
        self.fingerprint.iter().take(8).map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(" ")
    }
}

/// Sixteen bits as a word of consonants and vowels (a proquint).
fn spoken(bits: u16) -> String {
    const CONSONANTS: &[u8; 16] = b"bdfghjklmnprstvz";
    const VOWELS: &[u8; 4] = b"aiou";
    let letter = |set: &[u8], shift: u32, mask: u16| {
        set.get(usize::from((bits >> shift) & mask)).copied().map_or('-', char::from)
    };
    let (c, v) = (CONSONANTS.as_slice(), VOWELS.as_slice());
    [letter(c, 12, 15), letter(v, 10, 3), letter(c, 6, 15), letter(v, 4, 3), letter(c, 0, 15)]
        .iter()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use absah_testkit::SeededRng;

    const NOW: Timestamp = Timestamp::from_unix(1_795_300_000);

    #[test]
    fn sixteen_bits_are_a_word() {
        // As the proposal for proquints writes 127.0.0.1: lusab-babad.
        assert_eq!((spoken(0x7F00), spoken(0x0001)), ("lusab".to_owned(), "babad".to_owned()));
    }

    /// A phone that has read a code.
    struct Reader {
        keys: Keys,
        number: u64,
    }

    const MINE: [u8; SALT] = [5; SALT];

    fn secret(text: &str) -> Secret<[u8; 32]> {
        Secret::new(base64url::decode_array(text).unwrap())
    }

    impl Reader {
        fn enter(phone: &Phone, text: &str, now: Timestamp) -> Result<Self, PhoneError> {
            let (secret, rng) = (secret(text), &mut SeededRng::new(9));
            let welcome = phone.enter(&MINE, &seal::proof(&secret, &MINE), rng, now)?;
            Ok(Self { keys: Keys::of(&secret, &MINE, &welcome.salt), number: 0 })
        }

        fn sealed(&mut self, texts: &[String]) -> (u64, Vec<u8>) {
            self.number += 1;
            (self.number, self.keys.call(self.number, json!({ "texts": texts }).to_string().as_bytes()))
        }

        fn hand_in(&mut self, phone: &Phone, texts: &[String], now: Timestamp) -> Result<(), PhoneError> {
            let (number, sealed) = self.sealed(texts);
            phone.hand_in(number, &sealed, |_| true, now).map(|_| ())
        }
    }

    #[test]
    fn one_phone_enters_once_in_time_and_only_it_hands_in() {
        let (phone, rng) = (Phone::default(), &mut SeededRng::new(1));
        let text = |text: &str| vec![text.to_owned()];
        let other = base64url::encode([3; 32]);
        assert_eq!(Reader::enter(&phone, &other, NOW).err(), Some(PhoneError::Secret), "before any pairing");
        let (code, ended) = phone.begin("lusab", rng, NOW);
        assert_eq!(phone.take(NOW), Seen::Waiting);
        assert_eq!(phone.hand_in(1, b"", |_| true, NOW), Err(PhoneError::Unpaired), "before the secret");
        assert_eq!(Reader::enter(&phone, &other, NOW).err(), Some(PhoneError::Secret), "guessed");
        let mut reader = Reader::enter(&phone, &code, NOW).unwrap();
        assert_eq!(Reader::enter(&phone, &code, NOW).err(), Some(PhoneError::Secret), "twice");
        let (number, sealed) = reader.sealed(&text("A"));
        assert!(!sealed.windows(5).any(|part| part == b"texts"));
        let mut bent = sealed.clone();
        bent[20] ^= 1;
        assert_eq!(phone.hand_in(number, &bent, |_| true, NOW), Err(PhoneError::Unpaired), "altered");
        assert_eq!(
            phone.hand_in(number + 1, &sealed, |_| true, NOW),
            Err(PhoneError::Unpaired),
            "renumbered"
        );
        assert!(phone.hand_in(number, &sealed, |_| true, NOW).is_ok());
        assert_eq!(phone.hand_in(number, &sealed, |_| true, NOW), Err(PhoneError::Unpaired), "sent again");
        assert_eq!(phone.take(NOW), Seen::Paired { words: "lusab".to_owned(), texts: text("A") });
        assert_eq!(reader.hand_in(&phone, &text("B"), NOW), Ok(()));
        assert!(ended.has_changed().is_ok(), "listens");
        phone.end();
        assert!(ended.has_changed().is_err(), "listens no more");
        assert_eq!(reader.hand_in(&phone, &text("A"), NOW), Err(PhoneError::Unpaired), "after it was let go");
        assert_eq!(phone.take(NOW), Seen::Nothing);
    }

    #[test]
    fn nothing_lasts_for_ever() {
        let (phone, rng) = (Phone::default(), &mut SeededRng::new(1));
        let (code, _ended) = phone.begin("w", rng, NOW);
        let late = NOW.plus(SECRET_LIFE);
        assert_eq!(Reader::enter(&phone, &code, late).err(), Some(PhoneError::Secret));
        assert!(!phone.is_open(late), "an unused code ends the listener");
        let (code, _ended) = phone.begin("w", rng, NOW);
        let mut reader = Reader::enter(&phone, &code, NOW).unwrap();
        assert!(phone.is_open(late));
        assert_eq!(reader.hand_in(&phone, &[], NOW.plus(SHIFT)), Err(PhoneError::Unpaired));
        let (first, ended) = phone.begin("w", rng, NOW);
        let (_second, _other) = phone.begin("w", rng, NOW);
        assert!(ended.has_changed().is_err(), "one at a time");
        assert_eq!(Reader::enter(&phone, &first, NOW).err(), Some(PhoneError::Secret));
    }

    #[test]
    fn more_than_a_camera_reads_is_refused() {
        let (phone, rng) = (Phone::default(), &mut SeededRng::new(1));
        let (code, _ended) = phone.begin("w", rng, NOW);
        let mut reader = Reader::enter(&phone, &code, NOW).unwrap();
        let many = |count: usize| (0..count).map(|n| n.to_string()).collect::<Vec<_>>();
        assert_eq!(reader.hand_in(&phone, &many(MOST_TEXTS), NOW), Ok(()));
        assert_eq!(reader.hand_in(&phone, &many(MOST_TEXTS + 1), NOW), Err(PhoneError::TooMuch));
        assert_eq!(reader.hand_in(&phone, &["A".repeat(LONGEST + 1)], NOW), Err(PhoneError::TooMuch));
        for _ in 0..MOST_CALLS {
            let _ = reader.hand_in(&phone, &[], NOW);
        }
        assert_eq!(reader.hand_in(&phone, &[], NOW), Err(PhoneError::Flood));
        let next = NOW.plus(Seconds(1));
        assert_eq!(reader.hand_in(&phone, &[], next), Ok(()));
        for second in 2..40 {
            let texts: Vec<String> = (0..MOST_TEXTS).map(|n| format!("{second} {n}")).collect();
            let _ = reader.hand_in(&phone, &texts, NOW.plus(Seconds(second)));
        }
        let Seen::Paired { texts, .. } = phone.take(NOW.plus(Seconds(40))) else { panic!("not paired") };
        assert_eq!(texts.len(), MOST_WAITING);
    }

    #[test]
    fn strangers_neither_silence_the_phone_nor_keep_it_out() {
        let (phone, rng) = (Phone::default(), &mut SeededRng::new(1));
        let (code, _ended) = phone.begin("w", rng, NOW);
        let stranger = || {
            let mut tries = SeededRng::new(2);
            for _ in 0..10 * MOST_CALLS {
                assert_eq!(phone.enter(&MINE, &[0; 32], &mut tries, NOW).err(), Some(PhoneError::Secret));
                assert_eq!(phone.hand_in(u64::MAX, &[0; 40], |_| true, NOW), Err(PhoneError::Unpaired));
            }
        };
        stranger();
        let mut reader = Reader::enter(&phone, &code, NOW).unwrap();
        stranger();
        assert_eq!(reader.hand_in(&phone, &["A".to_owned()], NOW), Ok(()));
    }

    #[test]
    fn each_pairing_has_a_certificate_of_its_own() {
        let rng = &mut SeededRng::new(1);
        let ip = IpAddr::from([192, 168, 1, 5]);
        let (one, other) = (Identity::fresh(ip, rng).unwrap(), Identity::fresh(ip, rng).unwrap());
        assert_ne!(one.fingerprint, other.fingerprint);
        assert_eq!((one.words().len(), one.hex().len()), (23, 23));
    }
}
