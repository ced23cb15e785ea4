"""The ledger with witnesses, as separate programs: quorum, failure, lies, and Go as an independent checker.

    ledger.py BIN-FOLDER GO-CHECKER
"""

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))

from town import BIN, ROOT, Town, answer, call, code_of, expect, faketime, offline, sample  # noqa: E402

GO = Path(sys.argv[2]).resolve()
NAMES = ["inspektorat", "kominfo", "dinkes", "dinsos", "universitas"]


def spawn(command, log):
    process = subprocess.Popen([str(w) for w in command], stdout=open(log, "w"), stderr=subprocess.STDOUT)
    for _ in range(300):
        found = re.search(r"^listening (\S+)", log.read_text(), re.M)
        if found:
            return process, found.group(1)
        if process.poll() is not None:
            break
        time.sleep(0.1)
    process.kill()
    raise AssertionError(f"{command[0]} did not begin: {log.read_text()}")


class Quorum:
    """An issuer that serves, and five witnesses."""

    def __init__(self):
        t = self.town = Town("quorum")
        t.path("witnesses").mkdir()
        self.processes = {}
        answer(t.issuer("import", ROOT / "tests/fixtures/ikd/sample-200.csv", "--json"))
        self.logs = answer(t.issuer("ledger", "keys", "--json"))
        for name in NAMES:
            self.begin(name)
        self.url = t.serve()

    def data(self, name):
        return self.town.path("witnesses") / name

    def witness(self, name, *words):
        return call("absah-witness", *words, data=self.data(name))

    def begin(self, name):
        """Starts a witness: a new one, or one that was killed, at its new address."""
        made = answer(self.witness(name, "init", "--name", f"saksi.{name}.example", "--json"))
        for vkey in self.logs.values():
            expect(self.witness(name, "trust-log", "--vkey", vkey), 0)
        command = [BIN / "absah-witness", "--data-dir", self.data(name), "serve", "--listen", "127.0.0.1:0", "--dev-loopback"]
        self.processes[name], url = spawn(command, self.town.path(f"{name}.log"))
        expect(self.town.issuer("ledger", "witness", "add", url, made["vkey"]), 0)

    def kill(self, name):
        self.processes[name].send_signal(signal.SIGKILL)
        self.processes[name].wait()

    def act(self):
        """One more leaf; answers only when the act is on record."""
        words = ("person", "show", "--nik", sample()["NIK"], "--purpose", "Uji saksi", "--json")
        expect(self.town.issuer(*words), 0)
        return answer(self.town.issuer("ledger", "reconcile", "--json"))["leaves"]["audit"]

    def audit(self, *more):
        outsider = self.town.path("outsider")
        return call("absah-issuer", "ledger", "audit", self.url, "--json", *more, data=outsider)

    def final(self, size, seconds=30):
        """Waits until an outsider's audit of a log of that size passes; answers how long it took."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            done = self.audit()
            if done.returncode == 0 and json.loads(done.stdout)["logs"][0]["size"] >= size:
                return time.monotonic() - began
            time.sleep(0.3)
        raise AssertionError(f"not final after {seconds} s: {done.stdout} {done.stderr}")

    def pending(self, seconds=30):
        """Waits until an outsider's audit says that the quorum is missing."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            done = self.audit()
            if done.returncode == 1:
                assert code_of(done) == "quorum-missing", done.stdout
                return
            time.sleep(0.3)
        raise AssertionError(f"still final after {seconds} s: {done.stdout}")

    def witnesses(self):
        return answer(self.town.issuer("ledger", "witness", "list", "--json"))

    def faults(self):
        listed = self.witnesses()
        return {w["name"]: w["fault"] for w in listed["witnesses"]}, listed["quorum"]

    def stop(self):
        for process in self.processes.values():
            process.kill()
        self.town.stop()


Q = None


def check_five():
    """five witnesses up: an act is final, the quorum is four"""
    global Q
    Q = Quorum()
    Q.final(Q.act())
    faults, quorum = Q.faults()
    assert quorum == 4 and set(faults.values()) == {None}, (faults, quorum)


def check_go():
    """Go's sumdb packages accept both logs: checkpoints, cosignatures, tiles, inclusion and consistency proofs"""
    for _ in range(2):
        size = Q.act()
    Q.final(size)
    proof = answer(Q.town.issuer("ledger", "prove", "1", "--json"))
    file = Q.town.path("proof.txt")
    file.write_text(proof["proof"])
    for log, more in (("audit", [file, proof["leaf"]]), ("registry", [])):
        done = subprocess.run([GO, Q.url, log, "4", *map(str, more)], capture_output=True, text=True)
        print(done.stdout.replace("ok     Go", "       Go"), end="")
        assert done.returncode == 0 and done.stdout.count("ok ") >= 10, done.stdout + done.stderr


def check_frozen():
    """a log frozen at its last final checkpoint is refused a day later, as is a clock that runs before the witnesses'"""
    Q.final(Q.act())
    said = json.loads(Q.audit().stdout)
    for log in said["logs"]:
        assert log["witnessed"] and log["final"] and 0 <= log["age_s"] < 3600 and log["max_age_s"] == 86400, log
    outsider = Q.town.path("outsider-later")
    audit = ("ledger", "audit", Q.url, "--json")
    later = call("absah-issuer", *audit, data=outsider, prefix=faketime("+25h"))
    assert later.returncode == 1 and code_of(later) == "ledger-stale", later.stdout + later.stderr
    expect(call("absah-issuer", *audit, "--max-age", "48", data=outsider, prefix=faketime("+25h")), 0)
    early = call("absah-issuer", *audit, data=outsider, prefix=faketime("-1h"))
    assert early.returncode == 1 and code_of(early) == "witness-cosignature-ahead", early.stdout + early.stderr
    status = answer(Q.town.issuer("ledger", "status", "--json"))
    assert status["witnessed"] and status["troubles"] == {} and status["logs"][0]["age_s"] is not None, status


def check_wallet_sees_age():
    """the wallet says how old the newest cosigned checkpoint is, and refuses an old one by its code"""
    t = Q.town
    t.give_card(sample()["NIK"])
    folder, root = t.publish("bundle")
    expect(t.wallet("bundle", "import", folder, "--root-sha256", root), 0)
    Q.final(Q.act())
    said = answer(t.wallet("history", "--verify", "--json"))
    assert said["code"] == "ok" and said["witnessed"] and 0 <= said["checkpoint"]["age_s"] < 3600, said
    assert {e["proof"] for e in said["access"]} <= {"final", "pending"} and "final" in json.dumps(said), said
    # Kept, and looked at a day later without the issuer.
    later = faketime("+25h")
    done = t.wallet("history", "--verify", "--json", prefix=(*offline(), *later))
    assert done.returncode == 1 and code_of(done) == "checkpoint-stale", done.stdout + done.stderr
    assert json.loads(done.stdout)["access"], "what was kept is still shown"
    expect(t.wallet("history", "--verify", "--max-age", "48", "--json", prefix=(*offline(), *later)), 0)


def check_erased():
    """an entry that is erased after five years is gone from the wallet's history, and the co-signed log still passes the audit"""
    t = Q.town
    words = ("person", "show", "--nik", sample()["NIK"], "--purpose", "Akan dihapus", "--json")
    expect(t.issuer(*words), 0)
    Q.final(Q.act())

    def seen():
        said = answer(t.wallet("history", "--verify", "--json"))
        return [e for e in said["access"] if e["purpose"] == "Akan dihapus"]

    entry, = seen()
    assert entry["proof"] == "final" and entry["hour"].endswith(":00:00Z"), entry
    expect(t.issuer("ledger", "erase", entry["event_id"], "--reason", "masa simpan berakhir", prefix=faketime("+1829d")), 0)
    assert seen() == []
    Q.final(Q.act())
    said = json.loads(Q.audit().stdout)
    audit, = [log for log in said["logs"] if log["log"] == "audit"]
    assert audit["classes"]["erasure"] == 1 and sum(audit["classes"].values()) == audit["size"], audit


def check_one_killed():
    """one witness killed: the next act is final all the same"""
    Q.kill("dinkes")
    Q.final(Q.act())


def check_one_lying():
    """one witness lying, the others up: final; the liar is named by its key and never counted"""
    Q.begin("dinkes")
    Q.kill("dinsos")
    log = Q.town.path("liar.log")
    command = [sys.executable, Path(__file__).with_name("liar.py"), "saksi.dinsos.example"]
    Q.processes["liar"], url = spawn(command, log)
    vkey = re.search(r"^vkey (\S+)", log.read_text(), re.M).group(1)
    expect(Q.town.issuer("ledger", "witness", "add", url, vkey), 0)
    # Another key under the name of a witness: nobody takes that from the site alone.
    done = Q.audit()
    assert done.returncode == 1 and code_of(done) == "ledger-policy-changed", done.stdout
    done = Q.audit("--accept-policy-change")
    assert code_of(done) != "ledger-policy-changed", done.stdout
    Q.final(Q.act())
    began = time.monotonic()
    while Q.faults()[0]["saksi.dinsos.example"] != "witness-lying":
        assert time.monotonic() - began < 30, Q.faults()
        time.sleep(0.3)
    named = [w for w in Q.witnesses()["witnesses"] if w["fault"]]
    assert [(w["name"], w["vkey"]) for w in named] == [("saksi.dinsos.example", vkey)], named
    said = json.loads(Q.audit().stdout)
    for log in said["logs"]:
        assert "saksi.dinsos.example" not in log["cosigned_by"] and len(log["cosigned_by"]) == 4, log


def check_two_killed():
    """two of five killed: pending, issuing goes on, audit exit 1 quorum-missing; no proof says final; status says who does not answer"""
    Q.kill("universitas")
    Q.kill("liar")
    before = Q.act()
    after = Q.act()
    assert after > before, "issuing does not wait for witnesses"
    Q.pending()
    # What was altered is told first, whatever the witnesses do.
    tiles = sorted((Q.town.path("issuer") / "ledger/audit/tile/0").rglob("*"), key=lambda p: p.stat().st_mtime)
    tile = [p for p in tiles if p.is_file()][-1]
    good = tile.read_bytes()
    try:
        tile.write_bytes(bytes([good[0] ^ 1]) + good[1:])
        done = Q.audit()
        assert done.returncode == 1 and code_of(done) == "ledger-tile-altered", done.stdout
        assert "quorum-missing" in done.stdout, done.stdout
    finally:
        tile.write_bytes(good)
    # Whoever looks is told that too few answer, who does not, and since when.
    began = time.monotonic()
    while (status := answer(Q.town.issuer("ledger", "status", "--json")))["witnesses_answering"] > 3:
        assert time.monotonic() - began < 30, status
        time.sleep(0.3)
    silent = {w["name"]: w["since"] for w in status["witnesses_silent"]}
    assert "saksi.universitas.example" in silent and all(silent.values()), status
    done = Q.town.issuer("ledger", "quorum", "0", "--json")
    assert done.returncode == 1 and code_of(done) == "quorum-zero", done.stdout


def check_restarted():
    """one restarted: final within 30 s without a new leaf"""
    # Naming the new address is an act itself: it is named first, and the clock runs from the start of the program.
    made = answer(Q.witness("universitas", "show", "--json"))
    with __import__("socket").socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    expect(Q.town.issuer("ledger", "witness", "add", f"http://127.0.0.1:{port}", made["vkey"]), 0)
    Q.pending()
    size = answer(Q.town.issuer("ledger", "reconcile", "--json"))["leaves"]["audit"]
    command = [BIN / "absah-witness", "--data-dir", Q.data("universitas"), "serve", "--listen", f"127.0.0.1:{port}", "--dev-loopback"]
    Q.processes["universitas"], _ = spawn(command, Q.town.path("universitas-2.log"))
    took = Q.final(size)
    now = answer(Q.town.issuer("ledger", "reconcile", "--json"))["leaves"]["audit"]
    assert now == size, "there was a new leaf"
    print(f"       final {took:.1f} s after the restart")


def main():
    failed = 0
    for name, check in [(n, f) for n, f in globals().items() if n.startswith("check_")]:
        try:
            check()
            print("ok     ", check.__doc__, flush=True)
        except Exception as error:  # a check that breaks in any way has failed
            failed += 1
            print("FAILED ", check.__doc__, "\n        " + f"{type(error).__name__}: {error}"[:3000].replace("\n", "\n        "), flush=True)
            if Q is None:
                break
    if Q:
        Q.stop()
    sys.exit(1 if failed else 0)


main()
