"""One issuer and five witnesses, each a process of its own: killed, lying, started again. Prints ok or FAILED per check.

  python3 tests/ledger/quorum.py FOLDER_OF_PROGRAMS
"""

import http.server
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import traceback
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
import town as town_module
from town import BIN, ROOT, Town, answer, call, code_of, expect, sample

WITNESSES = 5
town_module.WORK = ROOT / "target/tests/ledger"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """A served program at an address it keeps when started again."""

    def __init__(self, program, data):
        self.program, self.data, self.port, self.process = program, data, free_port(), None
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self):
        log = self.data.with_suffix(".log")
        with open(log, "w") as out:
            self.process = subprocess.Popen(
                [BIN / self.program, "--data-dir", self.data, "serve", "--listen", f"127.0.0.1:{self.port}", "--dev-loopback"],
                stdout=out, stderr=subprocess.STDOUT, env={**os.environ, "ABSAH_DEV": "1"})
        for _ in range(300):
            if re.search(r"^listening ", log.read_text(), re.M):
                return self
            assert self.process.poll() is None, log.read_text()
            time.sleep(0.1)
        raise AssertionError(f"{self.program} does not listen: {log.read_text()}")

    def kill(self):
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(20)
            self.process = None


class Liar(http.server.BaseHTTPRequestHandler):
    """Answers every question with a signature over a tree of another history."""

    line = ""
    asked = 0

    def do_POST(self):
        type(self).asked += 1
        self.rfile.read(int(self.headers.get("content-length", 0)))
        body = type(self).line.encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Office:
    def __init__(self):
        self.town = t = Town("quorum")
        answer(t.issuer("import", ROOT / "tests/fixtures/ikd/sample-200.csv", "--json"))
        keys = answer(t.issuer("ledger", "keys", "--json"))
        self.witnesses, self.vkeys = [], []
        for n in range(1, WITNESSES + 1):
            data = t.path(f"witness-{n}")
            made = answer(call("absah-witness", "init", "--name", f"saksi-{n}.example", "--json", data=data))
            for vkey in keys.values():
                expect(call("absah-witness", "trust-log", "--vkey", vkey, data=data), 0)
            self.witnesses.append(Server("absah-witness", data))
            self.vkeys.append(made["vkey"])
        self.lie = self.forked()
        for witness, vkey in zip(self.witnesses, self.vkeys):
            said = answer(t.issuer("ledger", "witness", "add", witness.url, vkey, "--json", "--dev-loopback"))
        assert said["quorum"] == 4 and len(said["witnesses"]) == WITNESSES, said
        for witness in self.witnesses:
            witness.start()
        self.issuer = Server("absah-issuer", t.path("issuer")).start()

    def forked(self):
        """What the fifth witness signs where it is shown another history: the same keys of the log, other acts."""
        t = self.town
        shutil.copytree(t.path("issuer"), t.path("fork"))
        shutil.copytree(t.path("witness-5"), t.path("witness-fork"))
        t.path("fork").chmod(0o700), t.path("witness-fork").chmod(0o700)
        witness = Server("absah-witness", t.path("witness-fork"))
        answer(call("absah-issuer", "ledger", "witness", "add", witness.url, self.vkeys[4], "--json", "--dev-loopback", data=t.path("fork")))
        issuer = Server("absah-issuer", t.path("fork"))
        try:
            witness.start(), issuer.start()
            for _ in range(100):
                checkpoint = fetch(issuer.url + "/ledger/audit/checkpoint")
                lines = [l for l in checkpoint.splitlines() if l.startswith("\u2014 saksi-5.example ")]
                if lines:
                    return lines[0] + "\n"
                time.sleep(0.2)
            raise AssertionError("the fork was never co-signed: " + checkpoint)
        finally:
            issuer.kill(), witness.kill()

    def act(self):
        expect(self.town.issuer("person", "show", "--nik", sample()["NIK"], "--purpose", "Uji kuorum"), 0)

    def audit(self):
        """Exit code, code, size of the audit log, who co-signed it."""
        done = call("absah-issuer", "ledger", "audit", self.issuer.url, "--log", "audit", "--json", "--dev-loopback", data=self.town.path("outsider"))
        said = json.loads(done.stdout)
        if "logs" not in said:
            return done.returncode, code_of(done), 0, set()
        log = said["logs"][0]
        return done.returncode, said["code"], log["size"], set(log["cosigned_by"])

    def wait(self, wanted, seconds, what):
        started = time.monotonic()
        while True:
            seen = self.audit()
            if wanted(*seen):
                return seen, time.monotonic() - started
            assert time.monotonic() - started < seconds, f"{what}: after {seconds} s still {seen}"
            time.sleep(0.3)

    def fault(self, name):
        listed = answer(self.town.issuer("ledger", "witness", "list", "--json"))["witnesses"]
        return next(w["fault"] for w in listed if w["name"] == name)

    def stop(self):
        for server in [self.issuer, *self.witnesses]:
            server.kill()


def fetch(url):
    with urllib.request.urlopen(url, timeout=10) as reply:
        return reply.read().decode()


def names(*numbers):
    return {f"saksi-{n}.example" for n in numbers}


def five_up(office):
    """five up: final"""
    office.wait(lambda exit, code, size, by: (exit, code, by) == (0, "ok", names(1, 2, 3, 4, 5)), 30, "five up")


def one_killed(office):
    """one killed: final by the other four"""
    office.witnesses[0].kill()
    _, _, before, _ = office.audit()
    office.act()
    (_, _, size, by), _ = office.wait(lambda exit, code, size, by: exit == 0 and size > before, 30, "one killed")
    assert by == names(2, 3, 4, 5), by
    assert office.fault("saksi-1.example") == "witness-silent", office.fault("saksi-1.example")
    office.witnesses[0].start()
    office.wait(lambda exit, code, size, by: by == names(1, 2, 3, 4, 5), 30, "started again")


def one_lies(office):
    """one signs a forked root: named by its key, never counted, final by the other four"""
    office.witnesses[4].kill()
    Liar.line = office.lie
    server = http.server.ThreadingHTTPServer(("127.0.0.1", office.witnesses[4].port), Liar)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        _, _, before, _ = office.audit()
        office.act()
        (_, _, _, by), _ = office.wait(lambda exit, code, size, by: exit == 0 and size > before, 30, "one lies")
        assert by == names(1, 2, 3, 4), by
        assert Liar.asked > 0, "the liar was never asked"
        assert office.fault("saksi-5.example") == "witness-lying", office.fault("saksi-5.example")
        assert office.lie.split()[-1] not in fetch(office.issuer.url + "/ledger/audit/checkpoint")
    finally:
        server.shutdown(), server.server_close()


def two_down(office):
    """two down: pending, issuing goes on, the audit exits 1 quorum-missing"""
    office.witnesses[0].kill()
    _, _, before, _ = office.audit()
    started = time.monotonic()
    offered = answer(office.town.issuer("offer", "--nik", sample()["NIK"], "--credential", "KtpElektronik", "--json"))
    assert offered["credential_offer_uri"] and time.monotonic() - started < 10
    (exit, code, size, by), _ = office.wait(lambda exit, code, size, by: size > before, 30, "two down")
    assert (exit, code, by) == (1, "quorum-missing", names(2, 3, 4)), (exit, code, by)


def one_comes_back(office):
    """one started again: final within 30 s without a new leaf"""
    _, _, before, _ = office.audit()
    office.witnesses[0].start()
    (_, _, size, by), seconds = office.wait(lambda exit, code, size, by: exit == 0, 30, "one comes back")
    assert size == before and by == names(1, 2, 3, 4), (before, size, by)
    return f"{seconds:.1f} s"


def no_leaf_without_act(office):
    """afterwards: no act without leaf, no leaf without act"""
    assert answer(office.town.issuer("ledger", "reconcile", "--json"))["code"] == "ok"


def main():
    failed, office = 0, None
    checks = [five_up, one_killed, one_lies, two_down, one_comes_back, no_leaf_without_act]
    try:
        try:
            office = Office()
        except Exception:
            traceback.print_exc()
            print("FAILED an issuer and five witnesses start")
            return 1
        for check in checks:
            try:
                more = check(office)
                print(f"ok {check.__doc__}" + (f" ({more})" if more else ""), flush=True)
            except Exception:
                traceback.print_exc()
                print(f"FAILED {check.__doc__}", flush=True)
                failed = 1
    finally:
        if office:
            office.stop()
    return failed


sys.exit(main())
