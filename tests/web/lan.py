"""A phone in the same network: `cargo demo --lan` in one network namespace, the phone's browser in another, a cable between.

Without the right to make namespaces the check is skipped, and says so. Pictures go to target/tests/web/lan.
"""

import json
import os
import signal
import subprocess
import sys
import time
import traceback
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests/web"), str(ROOT / "tests/cli")]

from place import fresh, trusting  # noqa: E402
from town import BIN, answer  # noqa: E402
from web import State, codes, installed, new_wallet, pin, press, started  # noqa: E402
from chromium import Page  # noqa: E402

HERE, PHONE = "10.83.7.1", "10.83.7.2"
WORK = ROOT / "target/tests/web/lan"
DEMO = WORK / "demo"
TOLD = "a phone at another address of the network, through the printed root: receives, then answers with everything stopped"


def ip(*words):
    subprocess.run(["ip", *words], check=True, capture_output=True)


class Cable:
    """Two namespaces with one address each."""

    def __init__(self):
        self.names = [f"absah-{os.getpid()}-{one}" for one in "ab"]
        a, b = self.names
        try:
            for name in self.names:
                ip("netns", "add", name)
            ip("link", "add", "veth0", "netns", a, "type", "veth", "peer", "name", "veth0", "netns", b)
            for name, address in ((a, HERE), (b, PHONE)):
                ip("-n", name, "addr", "add", f"{address}/24", "dev", "veth0")
                ip("-n", name, "link", "set", "veth0", "up")
                ip("-n", name, "link", "set", "lo", "up")
        except BaseException:
            self.cut()
            raise

    def at(self, which, *words, **more):
        return subprocess.run(["ip", "netns", "exec", self.names[which], *map(str, words)], timeout=600, **more)

    def cut(self):
        for name in self.names:
            subprocess.run(["ip", "netns", "del", name], capture_output=True)


class Town:
    """What the phone's side knows of the town: a counter that needs no network."""

    @staticmethod
    def path(name):
        return WORK / name

    @staticmethod
    def verifier(*words):
        words = [BIN / "absah-verifier", "--data-dir", DEMO / "lan-verifier", *words]
        return subprocess.run([*map(str, words)], capture_output=True, text=True, env={**os.environ, "ABSAH_DEV": "1"}, timeout=60)


def phone():
    """What happens at the phone, inside its namespace."""
    summary = json.loads((DEMO / "summary.json").read_text())
    told = summary["phone"]
    assert told["page"].startswith(f"https://{HERE}:") and HERE in told["offer"], told
    State.town = Town()
    log = open(WORK / "chromium.log", "a")
    try:
        stranger = Page(log, WORK / "stranger", env={"HOME": str(fresh(WORK / "nobody"))})
        State.pages.append(stranger)
        try:
            stranger.open(told["page"])
            said = stranger.script("return document.documentElement.outerHTML")
        except Exception as error:  # noqa: BLE001
            said = str(error)
        assert "ERR_CERT_AUTHORITY_INVALID" in said, said[:500]
        home = trusting(fresh(WORK / "home"), told["root"])
        page = State.page = Page(log, WORK / "profile", env={"HOME": str(home)}, prefs={"intl.accept_languages": "id-ID,id"})
        State.pages.append(page)
        page.size(360, 740)
        page.open(told["page"])
        started(page)
        page.wait("welcome")
        new_wallet(page)
        page.script("location.hash = arguments[0]", quote(told["offer"], safe=""))
        page.wait("offer", seconds=60)
        page.picture(WORK / "offer.png")
        page.keys("#code", told["code"])
        press("Terima")
        page.wait("added", seconds=90)
        installed(page)
        for server in summary["pids"].values():
            os.kill(server, signal.SIGTERM)
        time.sleep(2)
        page.open(told["page"])
        started(page)
        page.wait("pin")
        pin()
        page.wait("cards", seconds=60)
        asked = WORK / "ask.png"
        assert Town.verifier("request", "--service", "demo-3-fakta", "--out", asked).returncode == 0
        press("Tunjukkan")
        page.wait("show")
        page.keys("#pictures", str(asked))
        page.wait("request")
        press("Setuju")
        page.wait("pin")
        pin()
        page.wait("qr", seconds=60)
        page.picture(WORK / "qr.png")
        said = answer(Town.verifier("decide", *codes(page), "--json"))
        assert said["decision"] == "accepted" and said["facts"]["nama"], said
    finally:
        for page in State.pages:
            try:
                page.close()
            except Exception:  # noqa: BLE001, S110: closed before
                pass


def main():
    fresh(WORK)
    try:
        cable = Cable()
    except (OSError, subprocess.CalledProcessError) as why:
        print(f"skipped {TOLD}: no network namespaces here ({why})", flush=True)
        return 0
    try:
        with open(WORK / "demo.log", "w") as log:
            shown = cable.at(0, "cargo", "demo", "--lan", HERE, "--data-dir", DEMO, cwd=ROOT, stdout=log, stderr=log)
        assert shown.returncode == 0, (WORK / "demo.log").read_text()[-3000:]
        walked = cable.at(1, sys.executable, __file__, sys.argv[1], "--phone")
        assert walked.returncode == 0, "see above"
        print(f"ok      {TOLD}", flush=True)
        return 0
    except Exception:  # noqa: BLE001
        traceback.print_exc()
        print(f"FAILED  {TOLD}", flush=True)
        return 1
    finally:
        subprocess.run(["cargo", "demo", "--stop", "--data-dir", DEMO], cwd=ROOT, capture_output=True)
        cable.cut()


if __name__ == "__main__":
    if "--phone" in sys.argv:
        phone()
    else:
        sys.exit(main())
