//! What the tests of this crate share: randomness, a city with its bundle, a card in a wallet.

use absah_credential::portrait::Portrait;
use absah_credential::sd_jwt::{Array, Held, Object, Unverified};
use absah_credential::{ClaimPath, Format, Groups, Issuance, Issuer, StatusReference, Validity};
use absah_crypto::PrivateKey;
use absah_crypto::jwe::{ContentEncryption, Recipient};
use absah_schemas::CredentialType;
use absah_trust::sample::{City, URL};
use absah_trust::{Bundle, Registered};
use absah_types::{HttpsUrl, Rng, Seconds, Timestamp};

use crate::oid4vp::request::{Draft, ResponseEncryption, ResponseTo, SignedRequest};
use crate::oid4vp::response::Presented;

/// A small generator (xorshift64*), enough to tell runs apart.
pub(crate) struct Dice(pub(crate) u64);

impl Rng for Dice {
    fn fill(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            self.0 ^= self.0 >> 12;
            self.0 ^= self.0 << 25;
            self.0 ^= self.0 >> 27;
            *byte = (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 56) as u8;
        }
    }
}

pub(crate) const NOW: Timestamp = Timestamp::from_unix(1_795_312_800);

pub(crate) struct World {
    pub(crate) city: City,
    pub(crate) bundle: Bundle,
}

impl World {
    pub(crate) fn new() -> Self {
        let city = City::at(NOW);
        let files = city.publish(1, &city.contents(vec![]));
        let (bundle, _) = city.import(&files);
        Self { city, bundle }
    }

    pub(crate) fn registered(&self) -> &Registered {
        &self.bundle.registry().listed()[0]
    }

    pub(crate) fn draft(&self, response: ResponseTo) -> Draft<'_> {
        Draft {
            registered: self.registered(),
            service_index: 0,
            selection: u64::MAX,
            format: Format::VcSdJwt,
            r: [7; 16],
            iat: NOW,
            response,
        }
    }

    pub(crate) fn sign(&self, draft: &Draft<'_>) -> SignedRequest {
        let prepared = draft.prepare().unwrap();
        let signature = self.city.counter_key.sign(prepared.as_bytes());
        prepared.attach(signature)
    }
}

pub(crate) fn qr(recipient: [u8; 32]) -> ResponseTo {
    ResponseTo::Qr { recipient, qr_version: 22 }
}

pub(crate) fn online() -> ResponseTo {
    ResponseTo::DirectPost {
        response_uri: HttpsUrl::parse("https://loket.example/response/1").unwrap(),
        state: Some("s-1".to_owned()),
        encryption: None,
    }
}

/// The key that opens an encrypted answer.
pub(crate) fn response_key() -> PrivateKey {
    PrivateKey::from_bytes(&absah_types::Secret::new([77; 32])).unwrap()
}

pub(crate) fn encrypted() -> ResponseTo {
    let ResponseTo::DirectPost { response_uri, state, .. } = online() else { unreachable!() };
    let recipient = Recipient { key: response_key().public_key().clone(), kid: Some("e".to_owned()) };
    let encryption = Some(ResponseEncryption { recipient, enc: ContentEncryption::A256Gcm });
    ResponseTo::DirectPost { response_uri, state, encryption }
}

pub(crate) fn picture() -> Portrait {
    let webp = [b"RIFF\x10\0\0\0WEBP".as_slice(), &[9; 700]].concat();
    Portrait::new(&webp, &mut Dice(3)).unwrap()
}

/// A card of the city in a wallet, bound to `holder`.
pub(crate) fn card(city: &City, format: Format, holder: &PrivateKey) -> Held {
    let alamat =
        Object::new().plain("jalan", "Jl. Pahlawan 1").plain("rt", "001").plain("kelurahan", "Kartoharjo");
    let claims = Object::new()
        .plain("jaminanKunci", "software")
        .disclosable("nik", "3577010101900001")
        .disclosable("nama", "SITI AMINAH")
        .disclosable("kelahiran", Object::new().plain("tempat", "MADIUN").plain("tanggal", "1990-01-01"))
        .disclosable("alamat", alamat)
        .disclosable("agama", "ISLAM")
        .disclosable("portrait", picture().digest());
    issue(city, Groups::new(CredentialType::KtpElektronik, format, claims), holder)
}

/// A family card of two members, one disclosure each and each field inside again.
pub(crate) fn family_card(city: &City, holder: &PrivateKey) -> Held {
    let member =
        |nama: &str| Object::new().disclosable("nama", nama.to_owned()).disclosable("agama", "ISLAM");
    let anggota = Array::new().disclosable(member("SITI")).disclosable(member("BUDI")).decoys(2);
    let claims = Object::new()
        .plain("jaminanKunci", "software")
        .disclosable("nomorKk", "3577010101900002")
        .disclosable("kepalaKeluarga", "BUDI")
        .plain("anggota", anggota);
    issue(city, Groups::new(CredentialType::KartuKeluarga, Format::VcSdJwt, claims), holder)
}

fn issue(city: &City, groups: Groups, holder: &PrivateKey) -> Held {
    let issuance = Issuance {
        issuer: &Issuer::new(&HttpsUrl::parse(URL).unwrap(), "credential-1", &[]),
        groups: &groups,
        validity: Validity::days(NOW, NOW.plus(Seconds::days(30))).unwrap(),
        holder: holder.public_key(),
        status: &StatusReference { uri: format!("{URL}/status/0"), idx: 4 },
    };
    let prepared = issuance.prepare(&mut Dice(11)).unwrap();
    let text = prepared.attach(&city.credential_key.sign(prepared.to_be_signed()));
    Held::receive(Unverified::parse(&text).unwrap(), city.credential_key.public_key()).unwrap()
}

/// What a wallet with this card answers, disclosing `claims` (of the subject).
pub(crate) fn present(
    held: &Held,
    format: Format,
    claims: &[&str],
    holder: &PrivateKey,
    request: &SignedRequest,
) -> Presented {
    let paths: Vec<ClaimPath> =
        claims.iter().map(|claim| format.from_root(&ClaimPath::parse_dotted(claim).unwrap())).collect();
    let prepared = held.select(&paths).unwrap().bind(&request.client_id, &request.nonce, NOW);
    let signature = holder.sign(prepared.to_be_signed());
    Presented {
        query_id: "KtpElektronik".to_owned(),
        presentation: prepared.attach(signature),
        portrait: None,
    }
}
