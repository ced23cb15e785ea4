"""Checks of trust, status and ledger on the shipped binaries; run by cli.py."""

import base64
import csv
import json
import shutil
import sqlite3
import urllib.error
import urllib.request
import zlib

import canary
from town import ROOT, WORK, Town, answer, call, code_of, expect, faketime, sample, town

OLD = ROOT / "tests/fixtures/datadir/0.1.0"


def check_data_of_the_first_version():
    """data directories of version 0.1.0 open: counter and card are there, wallet and counter follow to the new bundle"""
    t = Town("first-version")
    for who in ("issuer", "wallet", "verifier"):
        shutil.copytree(OLD / who, t.path(who))
        t.path(who).chmod(0o700)
    with sqlite3.connect(t.path("issuer/issuer.sqlite")) as before:
        events = before.execute("SELECT COUNT(*) FROM event").fetchone()[0]
    assert events > 0, "the fixture has no events"
    assert len(answer(t.issuer("counter", "list", "--json"))) == 1
    assert "KtpElektronik" in json.dumps(answer(t.wallet("list", "--json")))
    folder, _ = t.publish("bundle")
    for who in (t.wallet, t.verifier):
        expect(who("bundle", "import", folder), 0)
    logged = answer(t.issuer("ledger", "reconcile", "--json"))
    assert logged["leaves"]["audit"] >= events, (events, logged)


def population():
    with open(ROOT / "tests/fixtures/ikd/sample-200.csv", newline="") as f:
        rows = list(csv.DictReader(f))
    # A name of one word may be that of a street too.
    return {v for r in rows for v in (r["NIK"], r["NO_KK"], r["NAMA_LGKP"]) if v.isdigit() or " " in v}


class Ledgers:
    """A town whose issuer serves its ledger: looked at, given a card, published."""

    def __init__(self, name):
        t = self.town = Town(name)
        answer(t.issuer("import", ROOT / "tests/fixtures/ikd/sample-200.csv", "--photos",
                        ROOT / "tests/fixtures/ikd/photos", "--json"))
        self.url = t.serve(more=("--metrics", "0"))
        self.metrics = json.loads(t.path("issuer/run.json").read_text())["listeners"]["metrics"]
        t.open_counter()
        t.give_card(sample()["NIK"])
        expect(t.issuer("person", "show", "--nik", sample()["NIK"], "--purpose", "Permohonan cetak ulang KTP"), 0)
        folder, root = t.publish("bundle")
        for who in (t.wallet, t.verifier):
            expect(who("bundle", "import", folder, "--root-sha256", root), 0)
        self.bundle = folder

    def audit(self, url=None):
        """What an outsider finds who has never seen the log: nothing but that no witness vouches for it."""
        outsider = self.town.path("outsider")
        shutil.rmtree(outsider, ignore_errors=True)
        said = answer(call("absah-issuer", "ledger", "audit", url or self.url, "--json", data=outsider), 1)
        assert said["code"] == "ledger-unwitnessed", said
        for log in said["logs"]:
            assert [f["code"] for f in log["findings"]] == ["ledger-unwitnessed"], log
        return said


LEDGERS = None


def ledgers():
    global LEDGERS
    if LEDGERS is None:
        LEDGERS = Ledgers("ledgers")
    return LEDGERS


def check_ledger_audit():
    """an outsider re-hashes every tile; one flipped byte in any file of tiles is named, exit 1"""
    l = ledgers()
    said = l.audit()
    assert sum(sum(log["classes"].values()) for log in said["logs"]) == sum(log["size"] for log in said["logs"]) > 0, said
    folder = l.town.path("issuer") / "ledger"
    tiles = sorted(p for p in folder.rglob("*") if p.is_file() and "tile" in p.parts)
    assert len(tiles) >= 4, tiles
    caught = 0
    for tile in tiles:
        good = tile.read_bytes()
        bad = bytearray(good)
        bad[len(bad) // 2] ^= 1
        tile.write_bytes(bad)
        try:
            done = call("absah-issuer", "ledger", "audit", l.url, "--json", data=l.town.path("outsider-2"))
            shutil.rmtree(l.town.path("outsider-2"), ignore_errors=True)
            assert done.returncode == 1, (tile, done.stdout, done.stderr)
            # A partial tile that a later one replaced is read by nobody.
            if code_of(done) == "ledger-unwitnessed":
                continue
            caught += 1
            name = "/".join(tile.parts[tile.parts.index("tile"):])
            assert name in done.stdout + done.stderr, (name, done.stdout, done.stderr)
        finally:
            tile.write_bytes(good)
    assert caught >= 4, (caught, tiles)
    l.audit()


def sealed_event(data, event):
    """An event as it is kept, with both wraps of its key."""
    with sqlite3.connect(f"file:{data}/issuer.sqlite?mode=ro", uri=True) as records:
        found = records.execute("SELECT id, stored, for_citizen, for_auditors FROM ledger_event").fetchall()
    kept = [row for row in found if base64.urlsafe_b64encode(row[0]).decode().rstrip("=") == event]
    assert len(kept) == 1 and all(kept[0]), kept
    return b"".join(value[: len(value) // 16 * 16] for value in kept[0][1:])


def check_access_history():
    """the wallet proves who looked at the record; five years later, no day before, the entry is erased from every file; the audit passes"""
    l = ledgers()
    said = answer(l.town.wallet("history", "--verify", "--json"))
    looked = [e for e in said["access"] if e["purpose"] == "Permohonan cetak ulang KTP"]
    assert len(looked) == 1, said
    words = ("ledger", "erase", looked[0]["event_id"], "--reason", "masa simpan berakhir", "--json")
    for early in ((), faketime("+1825d")):
        done = l.town.issuer(*words, prefix=early)
        assert done.returncode == 1 and code_of(done) == "ledger-erase-too-early", done.stdout + done.stderr
        said = json.loads(done.stdout)
        assert said["first_day"] > "2031" and said["first_day"] in said["error"]["message"], said
    done = l.town.issuer(*words, env={"ABSAH_AUDIT_RETENTION_DAYS": "0"})
    assert done.returncode == 3 and code_of(done) == "settings-value", done.stdout + done.stderr
    sealed = sealed_event(l.town.path("issuer"), looked[0]["event_id"])
    expect(l.town.issuer(*words, prefix=faketime("+1828d")), 0)
    for file in l.town.path("issuer").rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        for at in range(0, len(sealed) - 15, 16):
            assert sealed[at:at + 16] not in content, f"a piece of the erased event in {file}"
    said = answer(l.town.wallet("history", "--verify", "--json"))
    assert not [e for e in said["access"] if e["purpose"] == "Permohonan cetak ulang KTP"], said
    l.audit()


def check_no_witnesses():
    """without witnesses audit, status and wallet say so, and no entry is called final"""
    l = ledgers()
    done = expect(l.town.wallet("history", "--verify", env={"ABSAH_LANG": "id"}), 0)
    assert "Tidak ada saksi" in done.stdout and "tanpa saksi" in done.stdout, done.stdout
    said = answer(l.town.wallet("history", "--verify", "--json"))
    assert said["witnessed"] is False and said["checkpoint"] is None, said
    assert {e["proof"] for e in said["access"]} == {"unwitnessed"}, said
    first = l.audit()["logs"][0]
    assert (first["witnessed"], first["final"]) == (False, False), first
    done = call("absah-issuer", "ledger", "audit", l.url, data=l.town.path("outsider"), env={"ABSAH_LANG": "id"})
    assert done.returncode == 1 and "Tidak ada saksi" in done.stderr, done.stdout + done.stderr
    status = answer(l.town.issuer("ledger", "status", "--json"))
    assert status["witnessed"] is False and status["troubles"] == {}, status


def scraped(url):
    with urllib.request.urlopen(url + "/metrics") as told:
        return told.read().decode()


def check_metrics():
    """issuer, counter and witness tell figures on a listener of their own, on this machine alone; routes, never paths"""
    l = ledgers()
    text = scraped(l.metrics)
    assert l.metrics.startswith("http://127.0.0.1:"), l.metrics
    for part in ('absah_build_info{program="absah-issuer"', 'absah_ledger_size{log="audit"}', 'route="/offers/{secret}"'):
        assert part in text, (part, text)
    for url in (l.url + "/metrics", l.metrics + "/healthz"):
        try:
            urllib.request.urlopen(url)
            raise AssertionError(f"{url} is served")
        except urllib.error.HTTPError as no:
            assert no.code == 404, (url, no.code)
    t = Town("metrics")
    t.path("witness").mkdir()
    call("absah-witness", "init", "--name", "saksi.example", data=t.path("witness"))
    expect(t.verifier("init"), 0)
    for program, data in (("absah-verifier", "verifier"), ("absah-witness", "witness")):
        t.serve(program, data, more=("--metrics", "0"))
        run = json.loads(t.path(f"{data}/run.json").read_text())
        text = scraped(run["listeners"]["metrics"])
        assert f'program="{program}"' in text, text
        t.stop()


# Nobody else in the world is called so: she comes in through the import alone.
CANARY = {"NIK": "3577015203910099", "NO_KK": "3577021203260099", "NAMA_LGKP": "KENARI WULANDARI PRASETYANINGRUM",
          "TGL_LHR": "12-03-1991", "JENIS_KLMIN": "2", "STAT_KWN": "1", "STAT_HBKEL": "1", "STATUS_DASAR": "1"}
SECTOR = """
agency = "Puskesmas Manguharjo"
sector = "kesehatan"
[[services]]
id = "puskesmas"
title = "Kunjungan"
purpose = "Mengenali pasien yang kembali"
legal_basis = "UU 17/2023"
claims = ["token.kesehatan"]
tier = "rendah"
retention_days = 30
"""


def canaries(l):
    """Everybody's numbers and names, the secret ids of all who have a card, and a number of a sector."""
    t = l.town
    with open(ROOT / "tests/fixtures/ikd/sample-200.csv", newline="") as f:
        reader = csv.DictReader(f)
        row = {**next(reader), **CANARY}
        with open(t.path("canary.csv"), "w", newline="") as out:
            writer = csv.DictWriter(out, reader.fieldnames)
            writer.writeheader()
            writer.writerow(row)
    said = answer(t.issuer("import", t.path("canary.csv"), "--json"))
    assert said["imported"] == 1, said
    nik = CANARY["NIK"]
    offer = answer(t.issuer("offer", "--nik", nik, "--credential", "KtpElektronik", "--json"))
    expect(call("absah-wallet", "receive", offer["credential_offer_uri"], "--tx-code", offer["tx_code"], data=t.path("wallet-2")), 0)
    expect(t.issuer("person", "show", "--nik", nik, "--purpose", "Pemeriksaan data"), 0)
    expect(t.issuer("suspend", "--nik", nik, "--credential", "KtpElektronik"), 0)
    t.path("sector.toml").write_text(SECTOR)
    answer(t.issuer("counter", "register", "--access-key", t.path("key.json"), "--services", t.path("sector.toml"), "--json"))
    l.bundle, _ = t.publish("bundle-canary")
    for who in (t.wallet, t.verifier):
        expect(who("bundle", "import", l.bundle), 0)
    ask, reply = t.path("sector.txt"), t.path("sector-reply.txt")
    expect(t.verifier("request", "--service", "puskesmas", "--text", ask), 0)
    expect(t.wallet("respond", ask, "--yes", "--text", reply), 0)
    token = answer(t.verifier("decide", reply, "--json"))["facts"]["token.kesehatan"]
    assert len(token) >= 16, token
    with sqlite3.connect(f"file:{t.path('issuer/issuer.sqlite')}?mode=ro", uri=True) as db:
        cids = [c for (c,) in db.execute("SELECT cid FROM person")]
    assert len(cids) == 2, cids
    people = population() | {CANARY[field] for field in ("NIK", "NO_KK", "NAMA_LGKP")}
    return people | set(cids) | {token, token.replace("-", "")}, token


def check_canary():
    """ledger, logs, metrics and bundle hold no NIK, name, secret id or token of anybody, raw, decoded, inflated or dumped; the same search finds a log line and a row that leak on purpose"""
    l = ledgers()
    t = l.town
    values, token = canaries(l)
    found = canary.Canaries(values)
    database = t.path("issuer/issuer.sqlite")
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
        tables = [r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    open_tables = [n for n in tables if n.startswith("ledger_") or n in ("act", "changed_row", "bundle", "root_document", "targets_document", "targets_file")]
    assert {"ledger_event", "ledger_tile", "ledger_checkpoint", "act"} <= set(open_tables), tables
    assert not list(found.in_tables(database, open_tables)), "personal data in the ledger's tables"
    assert not list(found.in_dump(database, open_tables)), "personal data in the ledger's dump"
    # Whoever asks can put anything into a path, a query or a method: none of it is counted by that name.
    for path in (f"/offers/{sample()['NIK']}", f"/{sample()['NIK']}?nik={sample()['NIK']}"):
        try:
            urllib.request.urlopen(l.url + path)
        except urllib.error.HTTPError:
            pass
    figures = t.path("metrics.txt")
    figures.write_text(scraped(l.metrics))
    assert 'status="404"' in figures.read_text()
    log = t.path("issuer.log")
    places = [t.path("issuer/ledger"), t.path("issuer/ledger-health.json"), figures, l.bundle, t.path("issuer/bundle"), *t.dir.glob("*.log")]
    assert log in places and all(place.exists() for place in places), places
    leaks = list(found.in_files(*places))
    assert not leaks, leaks[:3]
    # The search is worth something: what came in through the import is found in the program's own log, by the same search
    # of the same places, when a line leaks it on purpose; and so is a number of a sector.
    name = f"nama={CANARY['NAMA_LGKP']}".encode()
    url = lambda blob: base64.urlsafe_b64encode(blob).decode().rstrip("=")
    clean = log.read_bytes()
    for line, leaked in ((json.dumps({"code": "ok", "subject": CANARY["NIK"]}), CANARY["NIK"]),
                         (f"GET /x?y={url(name)} 200", CANARY["NAMA_LGKP"]),
                         (f"GET /x?y={url(zlib.compress(name))} 200", CANARY["NAMA_LGKP"]),
                         (f"event {name.hex()}", CANARY["NAMA_LGKP"]),
                         (f"decided {token}", token)):
        log.write_bytes(clean + line.encode() + b"\n")
        leaks = [(file, canary_) for file, _, canary_ in found.in_files(*places)]
        assert leaks and set(leaks) == {(str(log), leaked.encode())}, (line, leaks[:3])
    log.write_bytes(clean)
    assert not list(found.in_files(*places))
    # In the records likewise: a row of the ledger that leaks, and the register itself, where the names are.
    spoiled = t.path("spoiled.sqlite")
    with sqlite3.connect(database) as db, sqlite3.connect(spoiled) as other:
        db.backup(other)
        other.execute("UPDATE ledger_event SET stored = ? WHERE seq = 1", (zlib.compress(name),))
    assert list(found.in_tables(spoiled, open_tables)) and list(found.in_dump(spoiled, open_tables))
    assert list(found.in_tables(database, ["resident"]))
