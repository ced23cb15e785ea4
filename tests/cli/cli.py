"""Checks of the shipped binaries from outside: exit codes, files, pictures, network, clock.

Each check is a function named `check_…`; its docstring is the line that is printed.
"""

import csv
import json
import os
import shutil
import stat
import subprocess
import sys

import town as town_module
import bundle_checks
import trust_checks
import two_cards
import wallet_checks
import documents
from town import BIN, PIN, ROOT, SHARED, WORK, Skip, Town, answer, call, code_of, expect, faketime, offline, sample, town


def check_demo():
    """cargo demo --once: accepted, replay refused, revoked refused, unregistered refused"""
    data = WORK / "demo"
    done = subprocess.run([BIN / "absah-demo", "--once", "--data-dir", data], cwd=ROOT, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    summary = json.loads((data / "summary.json").read_text())
    got = {d["name"]: (d["decision"], d["code"]) for d in summary["decisions"]}
    assert got["accepted"] == ("accepted", "accepted"), got
    assert [got[n][0] for n in ("replay-refused", "revoked-refused", "unregistered-refused")] == ["refused"] * 3, got
    facts = next(d for d in summary["decisions"] if d["name"] == "accepted")["printed"]["facts"]
    assert facts["nama"] == sample()["NAMA_LGKP"], facts
    assert set(facts) == {"nama", "kelahiran", "alamat"}, facts
    assert summary["pids"] == {}, "nothing may be left running after --once"


def check_pictures():
    """every picture of the demo reads, with an independent reader, as the text beside it"""
    if not shutil.which("zbarimg"):
        raise Skip("zbarimg is not installed")
    summary = json.loads((WORK / "demo/summary.json").read_text())
    assert len(summary["pictures"]) >= 4, summary["pictures"]
    for name, picture in summary["pictures"].items():
        read = subprocess.run(["zbarimg", "--quiet", "--raw", picture], capture_output=True, text=True)
        assert read.stdout.strip() == summary["texts"][name], name


def check_offline_accept():
    """wallet and counter without any network: accepted, with the facts of the extract's row"""
    t, net = town(), offline()
    request, _ = t.ask(prefix=net)
    _, text = t.reply(request, prefix=net)
    said = answer(t.verifier("decide", text, "--json", prefix=net))
    row = sample()
    assert said["decision"] == "accepted" and said["colour"] == "green" and said["status"] == "valid", said
    assert said["facts"]["nama"] == row["NAMA_LGKP"], said
    day, month, year = row["TGL_LHR"].split("-")
    assert said["facts"]["kelahiran"] == {"tempat": row["TMPT_LHR"], "tanggal": f"{year}-{month}-{day}"}, said
    assert said["freshness"].keys() >= {"tier", "signed_at", "age_s", "bundle_version"}, said
    assert said["freshness"]["tier"] == "green", said
    assert row["NIK"] not in json.dumps(said), "a fact that was not asked for"
    assert code_of(expect(t.verifier("decide", text, "--json"), 1)) == "replayed"


def check_long_form():
    """the long form of a request is answered like the short one"""
    t = town()
    _, text = t.ask("long", "--long")
    _, reply = t.reply(text, "long-reply")
    assert answer(t.verifier("decide", reply, "--json"))["decision"] == "accepted"


def check_expired():
    """an answer six minutes after the request is refused as expired; a replayed one stays replayed"""
    t = town()
    later = faketime("+6m")
    request, _ = t.ask("old")
    _, text = t.reply(request, "old-reply")
    assert code_of(expect(t.verifier("decide", text, "--json", prefix=later), 1)) == "request-expired"
    request, _ = t.ask("used")
    _, text = t.reply(request, "used-reply")
    expect(t.verifier("decide", text, "--json"), 0)
    assert code_of(expect(t.verifier("decide", text, "--json", prefix=later), 1)) == "replayed"


def check_freshness():
    """a bundle of 30 hours is stale but enough for a low-risk service; of 4 days undetermined; of 8 days never green"""
    t = town()
    for shift, decision, tier in [("+30h", "accepted", "amber"), ("+96h", "undetermined", "red"), ("+200h", None, "none")]:
        move = faketime(shift)
        request, _ = t.ask("fresh", prefix=move)
        _, text = t.reply(request, "fresh-reply", prefix=move)
        if shift == "+30h":
            assert code_of(expect(t.verifier("decide", text, "--json", prefix=move), 1)) == "verdict-reason"
        done = t.verifier("decide", text, "--reason", "Jaringan mati", "--json", prefix=move)
        said = json.loads(done.stdout)
        assert done.returncode == (0 if decision == "accepted" else 1), (shift, said)
        if decision:
            assert (said["decision"], said["freshness"]["tier"]) == (decision, tier), (shift, said)
        else:
            assert said["decision"] != "accepted" and said["facts"] in ({}, None), (shift, said)
            warned = t.verifier("request", "--service", "demo-3-fakta", "--out", t.path("ended.png"), prefix=move)
            assert warned.returncode == 0 and "Data kepercayaan sudah tidak berlaku" in warned.stderr, warned.stderr


def check_tampered():
    """one changed character anywhere in an answer is refused, exit 1, never a crash"""
    t = town()
    request, _ = t.ask("tamper")
    _, text = t.reply(request, "tamper-reply")
    good = text.read_text().strip()
    bad = t.path("tampered.txt")
    for at in range(0, len(good), max(1, len(good) // 60)):
        changed = good[:at] + ("7" if good[at] != "7" else "8") + good[at + 1:]
        bad.write_text(changed + "\n")
        done = t.verifier("decide", bad, "--json")
        assert done.returncode == 1 and code_of(done) not in (None, "accepted"), (at, done.stdout, done.stderr)
    expect(t.verifier("decide", text, "--json"), 0)


def check_other_request():
    """an answer to another counter's request is refused by its own code"""
    t = town()
    request, _ = t.ask("other")
    _, text = t.reply(request, "other-reply")
    stranger = t.path("verifier-copy")
    shutil.rmtree(stranger, ignore_errors=True)
    answer(call("absah-verifier", "init", "--json", data=stranger))
    done = call("absah-verifier", "decide", text, "--json", data=stranger)
    assert done.returncode in (1, 3), done.stdout
    assert code_of(done) != "accepted"


def check_unreadable():
    """pictures that are no QR code, empty files and random bytes are refused, exit 1"""
    t = town()
    for name, content in {"noise.png": os.urandom(2000), "empty.txt": b"", "words.txt": b"halo\n", "noise.jpg": b"\xff\xd8\xff" + os.urandom(500)}.items():
        file = t.path(name)
        file.write_bytes(content)
        done = t.verifier("decide", file, "--json")
        assert done.returncode == 1 and code_of(done), (name, done.stdout, done.stderr)
        assert "panicked" not in done.stderr
        done = t.wallet("respond", file, "--yes", "--out", t.path("x.png"), "--json")
        assert done.returncode == 1, (name, done.stdout, done.stderr)


def check_online():
    """the same request and answer over HTTP: request_uri, direct_post, session state"""
    t = town()
    t.serve("absah-verifier", "verifier")
    try:
        made = answer(t.verifier("request", "--online", "--service", "demo-3-fakta", "--json"))
        assert {"request_uri", "session"} <= made.keys(), made
        expect(t.wallet("respond", made.get("deep_link") or made["request_uri"], "--yes", "--json"), 0)
        said = answer(t.verifier("session", made["session"], "--json"))
        assert said["decision"] == "accepted" and said["facts"]["nama"] == sample()["NAMA_LGKP"], said
    finally:
        t.stop()


def check_exit_codes():
    """usage errors exit 2; a missing environment exits 3; each says what to do"""
    t = town()
    for program in ("absah-issuer", "absah-wallet", "absah-verifier"):
        assert call(program, "no-such-command", data=t.path("none")).returncode == 2
        assert call(program, "--help").returncode == 0
    assert call("absah-issuer", "offer", "--nik", sample()["NIK"], "--credential", "KtpElektronik", "--json",
                data=Town("bare").path("issuer")).returncode in (1, 3)
    wrong = t.wallet("list", "--json", env={"ABSAH_PIN": "739155"})
    assert wrong.returncode == 1 and code_of(wrong), wrong.stdout
    weak = call("absah-wallet", "list", "--json", data=t.path("weak"), env={"ABSAH_PIN": "123456"})
    assert weak.returncode in (1, 2), weak.stdout + weak.stderr


def check_at_rest():
    """data folders are closed to others; neither vault nor logs hold the person's data in clear"""
    t = town()
    row = sample()
    for who in ("issuer", "wallet", "verifier"):
        mode = stat.S_IMODE(t.path(who).stat().st_mode)
        assert mode == 0o700, (who, oct(mode))
        assert (t.path(who) / "VERSION").exists(), who
    canaries = [row["NIK"], row["NAMA_LGKP"], PIN]
    files = [p for d in ("wallet", "verifier") for p in t.path(d).rglob("*") if p.is_file()] + list(t.dir.glob("*.log"))
    assert files
    for file in files:
        content = file.read_bytes()
        for canary in canaries:
            assert canary.encode() not in content, f"{file} holds personal data in clear"


def check_history():
    """the wallet remembers what went to whom and why"""
    t = town()
    request, _ = t.ask("hist")
    t.reply(request, "hist-reply")
    said = answer(t.wallet("history", "--json"))
    text = json.dumps(said, ensure_ascii=False)
    assert "Dinas Sosial Kota Madiun" in text and "alamat" in text, text[:500]
    cards = answer(t.wallet("list", "--json"))
    assert "KtpElektronik" in json.dumps(cards)


def check_production():
    """production refuses plain http"""
    t = town()
    done = t.issuer("serve", "--listen", "127.0.0.1:0", env={"ABSAH_PROFILE": "production", "ABSAH_DEV": ""}, timeout=30)
    assert done.returncode in (1, 2, 3), done.stdout


def check_extracts():
    """the clean extract imports whole; the dirty one exits 1, names its defects, and blocks its families' KK"""
    if not SHARED.exists():
        raise Skip("the hand-out folder is absent")
    t = Town("extracts")
    clean = answer(t.issuer("import", SHARED / "data/ikd/madiun-2000.csv", "--photos", SHARED / "data/foto", "--json"))
    assert (clean["rows"], clean["imported"]) == (2000, 2000), {k: clean[k] for k in ("rows", "imported", "skipped")}
    assert not [p for p in clean["problems"] if p["severity"] == "error"]
    again = answer(t.issuer("import", SHARED / "data/ikd/madiun-2000.csv", "--json"))
    assert again["imported"] == 2000
    d = Town("dirty")
    dirty = answer(d.issuer("import", SHARED / "data/ikd/madiun-dirty-300.csv", "--json"), 1)
    with open(SHARED / "data/ikd/madiun-dirty-300.problems.csv", newline="") as f:
        labelled = list(csv.DictReader(f))
    raised = {(p["row"], p["code"]) for p in dirty["problems"]}
    groups = {}
    for label in labelled:
        groups.setdefault(label["group"], []).append(label)
    found = [g for g, ls in groups.items() if any((int(l["row"]), l["code"]) in raised for l in ls)]
    assert len(found) >= 0.95 * len(groups), sorted(set(groups) - set(found))
    allowed = {(int(l["row"]), c) for l in labelled for c in [l["code"], *l["also_acceptable"].split(";")]}
    anything = {int(l["row"]) for l in labelled if l["also_acceptable"] == "*"}
    false = [p for p in dirty["problems"] if (p["row"], p["code"]) not in allowed and p["row"] not in anything]
    assert len(false) < 0.05 * len(dirty["problems"]), false[:10]
    with open(SHARED / "data/ikd/madiun-dirty-300.csv", newline="", encoding="utf-8-sig") as f:
        rows = list(csv.DictReader(f))
    broken = {rows[int(l["row"]) - 1]["NO_KK"] for l in labelled if l["code"] == "HEAD_DEAD"}
    member = next(r for r in rows if r["NO_KK"] in broken and r["STATUS_DASAR"] == "1")
    done = d.issuer("offer", "--nik", member["NIK"], "--credential", "KartuKeluarga", "--public-url",
                    "http://127.0.0.1:9", "--json")
    assert done.returncode == 1 and code_of(done) == "family-incomplete", done.stdout + done.stderr


def main():
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    only = sys.argv[2:]
    failed = 0
    checks = {**globals(), **vars(trust_checks), **vars(bundle_checks), **vars(two_cards), **vars(documents), **vars(wallet_checks)}
    for name, check in [(n, f) for n, f in checks.items() if n.startswith("check_")]:
        if only and name.removeprefix("check_") not in only:
            continue
        try:
            check()
            print("ok     ", check.__doc__, flush=True)
        except Skip as why:
            print("skipped", check.__doc__, f"({why})", flush=True)
        except Exception as error:  # a check that breaks in any way has failed
            failed += 1
            print("FAILED ", check.__doc__, "\n        " + f"{type(error).__name__}: {error}"[:3000].replace("\n", "\n        "), flush=True)
    town_module.stop_all()
    sys.exit(1 if failed else 0)


main()
