"""Birth certificate and child's card on the shipped binaries: kept by a parent, shown beside the parent's card."""

import csv
import json

from town import Town, ROOT, answer, code_of, expect
from two_cards import give

SERVICES = """agency = "Dinas Pendidikan Kota Madiun"
place = "Loket 1"
[[service]]
id = "demo-3-fakta"
title = "Pendaftaran sekolah"
purpose = "Memastikan orang tua dan anaknya"
legal_basis = "Contoh"
asks = [
    { credential = "KtpElektronik", claims = ["nama"] },
    { credential = "Kia", claims = ["nama", "kelahiran", "hubunganPemegang"] },
    { credential = "AktaKelahiran", claims = ["nomorAkta", "namaIbu"] },
]
tier = "rendah"
retention_days = 30
"""


def child_and_mother():
    with open(ROOT / "tests/fixtures/ikd/sample-200.csv", newline="") as f:
        rows = list(csv.DictReader(f))
    by_nik = {row["NIK"]: row for row in rows}
    for row in rows:
        mother = by_nik.get(row["NIK_IBU"])
        young = int(row["TGL_LHR"][-4:]) >= 2012
        if young and row["NO_AKTA_LHR"] and mother and mother["NO_KK"] == row["NO_KK"] and mother["STATUS_DASAR"] == "1":
            return row, mother
    raise AssertionError("no child with a birth certificate and a mother in the sample")


def check_childs_documents():
    """KIA and birth certificate go to the mother's wallet and are accepted beside her own card; others are told why not"""
    t = Town("documents")
    child, mother = child_and_mother()
    fixtures = ROOT / "tests/fixtures/ikd"
    answer(t.issuer("import", fixtures / "sample-200.csv", "--photos", fixtures / "photos", "--json"))
    t.serve()
    made = answer(t.verifier("init", "--json"))
    t.path("key.json").write_text(json.dumps(made))
    t.path("services.toml").write_text(SERVICES)
    answer(t.issuer("counter", "register", "--access-key", t.path("key.json"), "--services", t.path("services.toml"), "--json"))
    give(t, mother["NIK"], "KtpElektronik")
    for card in ("Kia", "AktaKelahiran"):
        give(t, child["NIK"], card)
    wrong = t.issuer("offer", "--nik", mother["NIK"], "--credential", "Kia", "--json")
    assert code_of(expect(wrong, 1)) == "resident-not-a-child", wrong.stdout
    folder, root = t.publish("bundle")
    for who in (t.wallet, t.verifier):
        expect(who("bundle", "import", folder, "--root-sha256", root), 0)
    t.stop()
    request, _ = t.ask()
    _, text = t.reply(request)
    said = answer(t.verifier("decide", text, "--json"))
    assert said["decision"] == "accepted", said
    facts = said["facts"]
    assert facts["Kia.nama"] == child["NAMA_LGKP"], facts
    assert facts["nomorAkta"] == child["NO_AKTA_LHR"], facts
    relation = {one["card"]: (one["holder_is"], (one["proven_by"] or {}).get("card")) for one in said["relations"]}
    assert relation == {"Kia": ("ibu", "Kia"), "AktaKelahiran": (None, None)}, said["relations"]
    whose = {card["id"]: (card["person"], card["facts"].get("nama")) for card in said["cards"]}
    assert whose["KtpElektronik"] == ("holder", mother["NAMA_LGKP"]) and whose["Kia"] == ("dependant", child["NAMA_LGKP"]), whose
    assert child["NIK"] not in json.dumps(said), "a fact that was not asked for"
