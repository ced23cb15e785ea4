"""Identity card and family card of one person in one answer, on the shipped binaries."""

import json

from town import Town, ROOT, answer, code_of, expect, sample

SERVICES = """agency = "Dinas Sosial Kota Madiun"
place = "Loket 3"
[[service]]
id = "demo-3-fakta"
title = "Bantuan keluarga"
purpose = "Memastikan pemohon anggota keluarga"
legal_basis = "Contoh"
asks = [
    { credential = "KtpElektronik", claims = ["nama", "portrait"] },
    { credential = "KartuKeluarga", claims = ["nomorKk", "kepalaKeluarga", "alamat"] },
]
protected = ["nomorKk"]
tier = "rendah"
retention_days = 30
"""


def give(t, nik, card):
    offer = answer(t.issuer("offer", "--nik", nik, "--credential", card, "--json"))
    expect(t.wallet("receive", offer["credential_offer_uri"], "--tx-code", offer["tx_code"]), 0)


def check_two_cards():
    """KTP and KK of one person in one answer: accepted by QR and over HTTP, the person is told, one alone is refused"""
    t, row = Town("two-cards"), sample()
    fixtures = ROOT / "tests/fixtures/ikd"
    answer(t.issuer("import", fixtures / "sample-200.csv", "--photos", fixtures / "photos", "--json"))
    t.serve()
    made = answer(t.verifier("init", "--json"))
    t.path("key.json").write_text(json.dumps(made))
    t.path("services.toml").write_text(SERVICES)
    answer(t.issuer("counter", "register", "--access-key", t.path("key.json"), "--services", t.path("services.toml"), "--json"))
    give(t, row["NIK"], "KtpElektronik")
    folder, root = t.publish("bundle")
    for who in (t.wallet, t.verifier):
        expect(who("bundle", "import", folder, "--root-sha256", root), 0)
    request, _ = t.ask()
    alone = t.wallet("respond", request, "--yes", "--json", "--text", t.path("alone.txt"))
    assert code_of(expect(alone, 1)) == "query-no-credential", alone.stdout
    give(t, row["NIK"], "KartuKeluarga")
    t.stop()
    request, _ = t.ask()
    done = t.wallet("respond", request, "--yes", "--text", t.path("both.txt"))
    assert "milik satu orang" in expect(done, 0).stdout + done.stderr, done.stdout + done.stderr
    said = answer(t.verifier("decide", t.path("both.txt"), "--json"))
    assert said["decision"] == "accepted" and said["portrait"], said
    assert set(said["facts"]) == {"nama", "nomorKk", "kepalaKeluarga", "alamat"}, said
    assert (said["facts"]["nama"], said["facts"]["nomorKk"]) == (row["NAMA_LGKP"], row["NO_KK"]), said
    t.serve("absah-verifier", "verifier")
    asked = answer(t.verifier("request", "--online", "--service", "demo-3-fakta", "--json"))
    expect(t.wallet("respond", asked.get("deep_link") or asked["request_uri"], "--yes", "--json"), 0)
    said = answer(t.verifier("session", asked["session"], "--json"))
    assert said["decision"] == "accepted" and said["facts"]["nomorKk"] == row["NO_KK"], said
    t.stop()
