"""One invented town on the shipped binaries: an issuer, a wallet, a counter, called as a person would call them."""

import csv
import json
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

BIN = Path(sys.argv[1]).resolve()
ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "target/tests/cli"
SHARED = ROOT.parent / "shared"
PIN = "739154"


class Skip(Exception):
    """This machine cannot run the check; the words say why."""


def call(program, *words, data=None, env=None, prefix=(), stdin=None, timeout=120):
    command = [*prefix, str(BIN / program)]
    if data is not None:
        command += ["--data-dir", str(data)]
    command += [str(w) for w in words]
    environment = {**os.environ, "ABSAH_DEV": "1", "ABSAH_PIN": PIN, **(env or {})}
    def once():
        return subprocess.run(command, capture_output=True, text=True, env=environment, input=stdin or "", timeout=timeout)
    done = once()
    # Another run's faketime was killed and had this one's number: nothing was started.
    return once() if "sem_open: File exists" in done.stderr else done


def expect(done, code):
    assert done.returncode == code, f"exit {done.returncode} instead of {code}: {done.args}\n{done.stdout}\n{done.stderr}"
    return done


def answer(done, code=0):
    expect(done, code)
    return json.loads(done.stdout)


def code_of(done):
    said = json.loads(done.stdout)
    return said.get("code") or said.get("error", {}).get("code")


def offline():
    probe = subprocess.run(["unshare", "-rn", "true"], capture_output=True)
    if probe.returncode != 0:
        raise Skip("unshare -rn is not allowed here")
    return ("unshare", "-rn")


def faketime(shift):
    if not shutil.which("faketime"):
        raise Skip("faketime is not installed")
    return ("faketime", "-f", shift)


RUNNING = []


def end(process):
    """Asks a program to end; under `faketime` the program itself, which the wrapper then follows and cleans up after."""
    try:
        under = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    except OSError:
        under = []
    if not under:
        process.terminate()
    for pid in under:
        os.kill(int(pid), signal.SIGTERM)


class Town:
    """One issuer, one wallet with a card, one registered counter: what most checks start from."""

    def __init__(self, name):
        self.dir = WORK / name
        shutil.rmtree(self.dir, ignore_errors=True)
        self.dir.mkdir(parents=True)
        self.server = None

    def path(self, name):
        return self.dir / name

    def issuer(self, *words, **more):
        return call("absah-issuer", *words, data=self.path("issuer"), **more)

    def wallet(self, *words, **more):
        return call("absah-wallet", *words, data=self.path("wallet"), **more)

    def verifier(self, *words, **more):
        return call("absah-verifier", *words, data=self.path("verifier"), **more)

    def serve(self, program="absah-issuer", data="issuer", more=(), prefix=(), port=None):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = port or s.getsockname()[1]
        log = open(self.path(f"{data}.log"), "w")
        process = subprocess.Popen(
            [*prefix, BIN / program, "--data-dir", self.path(data), "serve", "--listen", f"127.0.0.1:{port}", "--dev-loopback", *more],
            stdout=log, stderr=subprocess.STDOUT, env={**os.environ, "ABSAH_DEV": "1"})
        for _ in range(300):
            said = self.path(f"{data}.log").read_text()
            found = re.search(r"^listening (\S+)", said, re.M)
            if found:
                self.server = process
                RUNNING.append(process)
                return found.group(1)
            if process.poll() is not None:
                break
            time.sleep(0.1)
        process.kill()
        raise AssertionError(f"{program} serve did not say `listening`: {said}")

    def stop(self):
        if self.server:
            end(self.server)
            self.server.wait(20)
            self.server = None

    def publish(self, name):
        folder = self.path(name)
        answer(self.issuer("bundle", "publish", folder, "--json"))
        done = subprocess.run(["sha256sum", folder / "metadata/1.root.json"], capture_output=True, text=True, check=True)
        return folder, done.stdout.split()[0]

    def open_counter(self, more=""):
        """A registered counter; `more` are further services, in TOML."""
        made = answer(self.verifier("init", "--json"))
        assert {"counter_id", "access_key"} <= made.keys()
        self.path("key.json").write_text(json.dumps(made))
        services = (ROOT / "tests/demo/src/services.toml").read_text()
        self.path("services.toml").write_text(services + more)
        registered = answer(self.issuer("counter", "register", "--access-key", self.path("key.json"),
                                        "--services", self.path("services.toml"), "--json"))
        assert {"registration_id", "hash"} <= registered.keys()
        return registered

    def give_card(self, nik):
        offer = answer(self.issuer("offer", "--nik", nik, "--credential", "KtpElektronik", "--json"))
        assert {"credential_offer_uri", "tx_code", "expires_at"} <= offer.keys()
        expect(self.wallet("receive", offer["credential_offer_uri"], "--tx-code", offer["tx_code"]), 0)

    def ask(self, name="ask", *more, prefix=()):
        picture, text = self.path(f"{name}.png"), self.path(f"{name}.txt")
        expect(self.verifier("request", "--service", "demo-3-fakta", "--out", picture, "--text", text, *more, prefix=prefix), 0)
        return picture, text

    def reply(self, request, name="reply", prefix=()):
        picture, text = self.path(f"{name}.png"), self.path(f"{name}.txt")
        expect(self.wallet("respond", request, "--yes", "--out", picture, "--text", text, prefix=prefix), 0)
        return picture, text


def sample():
    with open(ROOT / "tests/fixtures/ikd/sample-200.csv", newline="") as f:
        rows = list(csv.DictReader(f))
    nik = sorted(p.stem for p in (ROOT / "tests/fixtures/ikd/photos").glob("*.jpg"))[0]
    return next(r for r in rows if r["NIK"] == nik)


TOWN = None


def town():
    """The shared town, made once: issuer stopped, wallet and counter with everything they need."""
    global TOWN
    if TOWN is None:
        t = Town("town")
        report = answer(t.issuer("import", ROOT / "tests/fixtures/ikd/sample-200.csv", "--photos",
                                 ROOT / "tests/fixtures/ikd/photos", "--json"))
        assert report["rows"] == report["imported"] + report["skipped"] == 200, report
        t.serve()
        t.open_counter()
        t.give_card(sample()["NIK"])
        folder, root = t.publish("bundle-1")
        for who in (t.wallet, t.verifier):
            expect(who("bundle", "import", folder, "--root-sha256", root), 0)
        t.stop()
        TOWN = t
    return TOWN


def stop_all():
    """Whatever a check left running."""
    for process in RUNNING:
        if process.poll() is None:
            end(process)
    for process in RUNNING:
        process.wait(20)
