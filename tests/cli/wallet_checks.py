"""The wallet when the device fails it: no room, no power, a wrong clock. Nothing confirmed is lost, and it says so."""

import os
import random
import shutil
import signal
import subprocess
import time

import town as town_module
from town import BIN, PIN, ROOT, Skip, Town, answer, call, code_of, expect, faketime, sample, town


class Disk:
    """A file system of its own, as small as wanted: mounted where only one sleeping process sees it, used through it."""

    def __init__(self, at, size):
        at.mkdir(parents=True)
        script = f"mount -t tmpfs -o size={size} none '{at}' && echo mounted && exec sleep 900"
        self.keeper = subprocess.Popen(["unshare", "-rm", "sh", "-c", script], stdout=subprocess.PIPE,
                                       stderr=subprocess.DEVNULL, text=True)
        if self.keeper.stdout.readline().strip() != "mounted":
            self.keeper.wait()
            raise Skip("unshare -rm with a tmpfs is not allowed here")
        town_module.RUNNING.append(self.keeper)
        self.path = type(at)(f"/proc/{self.keeper.pid}/root{at}")

    def room(self):
        said = os.statvfs(self.path)
        return said.f_bavail * said.f_frsize

    def fill(self, left=0):
        """Leaves so many bytes free, to the page."""
        self.clear()
        room = max(0, self.room() - left)
        with open(self.path / "filler", "wb") as f:
            f.write(b"x" * room)
        assert self.room() <= left + 4096, (self.room(), left)

    def clear(self):
        (self.path / "filler").unlink(missing_ok=True)


def kept(who):
    """What the wallet says it has."""
    cards = answer(who("list", "--json"))["cards"]
    history = answer(who("history", "--json"))
    return cards, history["history"] if isinstance(history, dict) else history


def check_full_disk():
    """no room on the disk: vault-full, exit 3, nothing shown that is not noted; what was kept is whole, and all goes on after"""
    t = town()
    disk = Disk(t.path("small"), "4m")
    data = disk.path / "wallet"
    shutil.copytree(t.path("wallet"), data)
    data.chmod(0o700)
    who = lambda *words, **more: call("absah-wallet", *words, data=data, **more)
    before = kept(who)
    size = (data / "vault").stat().st_size
    _, request = t.ask("full-disk")
    out = t.path("full-disk-reply.txt")
    # At each filling: the whole file does not fit, by much or by a page.
    for left in (0, 4096, size // 2, size - 8192):
        disk.fill(left)
        for words in (("respond", request, "--yes", "--text", out), ("show", "warga", "--yes", "--text", out)):
            said = who(*words, "--json")
            assert (said.returncode, code_of(said)) == (3, "vault-full"), (left, said.args, said.stdout, said.stderr)
            assert not out.exists() or out.read_text() == "", "shown, and not noted"
        assert kept(who) == before, left
    disk.fill()
    for words, env in ((("recovery", "make"), {}), (("delete", before[0][0]["id"], "--yes"), {})):
        said = who(*words, "--json", env=env)
        assert said.returncode == 3 and code_of(said) == "vault-full", (words, said.stdout, said.stderr)
    assert kept(who) == before
    folder = t.path("bundle-1")
    version = answer(who("bundle", "status", "--json"))["bundle_version"]
    said = who("bundle", "import", folder, "--json")
    assert (said.returncode, code_of(said)) == (3, "vault-full"), said.stdout + said.stderr
    assert answer(who("bundle", "status", "--json"))["bundle_version"] == version
    # A first start without room makes no half a wallet.
    fresh = disk.path / "fresh"
    said = call("absah-wallet", "list", "--json", data=fresh)
    assert (said.returncode, code_of(said)) == (3, "file-unwritable"), said.stdout + said.stderr
    # With room again everything opens and goes on.
    disk.clear()
    assert kept(who) == before
    expect(who("respond", request, "--yes", "--text", out), 0)
    assert answer(t.verifier("decide", out, "--json"))["decision"] == "accepted"
    assert len(kept(who)[1]) == len(before[1]) + 1
    assert answer(call("absah-wallet", "list", "--json", data=fresh))["cards"] == []
    assert not [left for left in os.listdir(data) if left.endswith(".unfinished")], os.listdir(data)


def check_wallet_survives_kills():
    """SIGKILL at any moment of an answer: the wallet opens, and no answer is out that its history does not name"""
    t = town()
    data = t.path("killed")
    shutil.copytree(t.path("wallet"), data)
    data.chmod(0o700)
    who = lambda *words, **more: call("absah-wallet", *words, data=data, **more)
    chance = random.Random(5)
    _, request = t.ask("killed")
    began = time.monotonic()
    expect(who("respond", request, "--yes", "--text", t.path("whole.txt")), 0)
    usual = time.monotonic() - began
    cards, history = kept(who)
    finished, number, span = 0, 0, usual * 1.1
    # The span follows the moment at which an answer is noted, so that kills fall on both sides of it however busy the machine is.
    while number < 16 or not 0 < finished < number:
        assert number < 80, f"{finished} of {number}: the moments are badly chosen"
        number += 1
        out = t.path(f"killed-{number}.txt")
        words = ["respond", request] if number % 2 else ["show", "warga"]
        process = subprocess.Popen([BIN / "absah-wallet", "--data-dir", data, *words, "--yes", "--text", out],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   env={"ABSAH_DEV": "1", "ABSAH_PIN": PIN, "PATH": "/usr/bin:/bin"})
        time.sleep(chance.random() * span)
        process.send_signal(signal.SIGKILL)
        process.wait()
        now = kept(who)
        assert len(now[0]) == len(cards) and now[1][:len(history)] == history, number
        is_noted = len(now[1]) > len(history)
        assert is_noted or not out.exists() or out.read_text() == "", f"{number}: an answer is out and not noted"
        finished += is_noted
        span *= 0.85 if is_noted else 1.2
        history = now[1]


def check_wallet_clock():
    """a wrong clock is named by the wallet before anything is shown; with the right one all goes on"""
    t = town()
    _, request = t.ask("clock")
    out = t.path("clock-reply.txt")
    before = kept(t.wallet)
    for shift, words, code in (("-2d", ("respond", request), "clock-behind"), ("+40m", ("respond", request), "request-too-old"),
                               ("-2d", ("show", "warga"), "clock-behind")):
        said = t.wallet(*words, "--yes", "--text", out, "--json", prefix=faketime(shift))
        assert said.returncode in (1, 3) and code_of(said) == code, (shift, words, said.stdout, said.stderr)
        assert not out.exists() or out.read_text() == "", (shift, words)
    assert kept(t.wallet)[0] == before[0]
    expect(t.wallet("respond", request, "--yes", "--text", out), 0)
    assert answer(t.verifier("decide", out, "--json"))["decision"] == "accepted"


def check_earlier_vaults():
    """vaults as earlier programs wrote them, with and without a recovery code, open and hold the same"""
    t = Town("earlier-vaults")
    old = ROOT / "tests/fixtures"
    for name in ("layout-1", "layout-2"):
        shutil.copytree(old / "datadir/0.1.0/wallet", t.path(name))
        t.path(name).chmod(0o700)
    shutil.copy(old / "vault/layout-2", t.path("layout-2/vault"))
    first, second = (kept(lambda *words, n=name: call("absah-wallet", *words, data=t.path(n))) for name in ("layout-1", "layout-2"))
    assert first == second and len(first[0]) == 2 and first[1], (first, second)
    assert t.path("layout-2/vault").read_bytes()[9] == 2


def check_what_is_told_before_it_is_shown():
    """without a request the values are told first, to a person and in JSON; a chosen card that is suspended is said loudly, and not shown where nobody reads"""
    t = Town("told-first")
    fixtures = ROOT / "tests/fixtures/ikd"
    answer(t.issuer("import", fixtures / "sample-200.csv", "--photos", fixtures / "photos", "--json"))
    t.serve()
    t.open_counter()
    t.give_card(sample()["NIK"])
    folder, root = t.publish("bundle-1")
    expect(t.wallet("bundle", "import", folder, "--root-sha256", root), 0)
    expect(t.verifier("bundle", "import", folder, "--root-sha256", root), 0)
    said = expect(t.wallet("show", "warga", "--yes", "--text", t.path("shown.txt")), 0)
    assert "Warga Kota Madiun: ya" in said.stderr and "Pas foto: " in said.stderr, said.stderr
    facts = answer(t.wallet("show", "warga", "--yes", "--json"))["facts"]
    assert [(fact["path"], fact["value"]) for fact in facts] == [("wargaKotaMadiun", True), ("portrait", True)], facts
    # Refused before anybody is asked.
    said = t.wallet("show", "--claims", "nik", "--json")
    assert code_of(said) == "show-only-yes-or-no" and "?" not in said.stderr, said.stderr
    card = answer(t.wallet("list", "--json"))["cards"][0]["id"]
    expect(t.issuer("suspend", "--nik", sample()["NIK"], "--credential", "KtpElektronik"), 0)
    folder, _ = t.publish("bundle-2")
    expect(t.wallet("bundle", "import", folder), 0)
    _, request = t.ask("suspended")
    out = t.path("suspended-reply.txt")
    said = t.wallet("respond", request, "--card", card, "--yes", "--text", out, "--json")
    assert (said.returncode, code_of(said)) == (1, "card-not-in-force") and (not out.exists() or out.read_text() == ""), said.stdout
    # Without a choice of one's own it goes through, with the first word and the last about it.
    said = expect(t.wallet("respond", request, "--yes", "--text", out), 0)
    lines = said.stderr.strip().splitlines()
    loud = [line for line in lines if line.startswith("PERHATIAN!") and "dibekukan sementara" in line]
    assert len(loud) == 2 and lines[-1] == loud[0], said.stderr
