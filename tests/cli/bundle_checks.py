"""Checks of how a trust bundle travels, on the shipped binaries; run by cli.py."""

import random
import shutil
import signal
import subprocess
import time

from town import BIN, PIN, ROOT, Town, answer, call, code_of, expect, faketime, offline, sample


class Roads:
    """A town whose issuer serves its bundle."""

    def __init__(self, name="roads"):
        t = self.town = Town(name)
        answer(t.issuer("import", ROOT / "tests/fixtures/ikd/sample-200.csv", "--json"))
        self.url = t.serve()
        t.open_counter()
        t.give_card(sample()["NIK"])
        _, self.root = t.publish("bundle-1")


ROADS = None


def roads():
    global ROADS
    if ROADS is None:
        ROADS = Roads("roads")
    return ROADS


def check_bundle_over_http():
    """the bundle is pulled from the issuer's server, at first with the root's hash; status says how old it is"""
    r = roads()
    t = r.town
    for who in (t.wallet, t.verifier):
        said = who("bundle", "status", "--json")
        assert (said.returncode, code_of(said)) == (1, "bundle-none"), said.stdout
        said = who("bundle", "export", t.path("none"), "--json")
        assert (said.returncode, code_of(said)) == (1, "bundle-none"), said.stdout
        url = f"{r.url}/bundle"
        said = who("bundle", "pull", url, "--json")
        assert (said.returncode, code_of(said)) == (1, "bundle-root-unconfirmed"), said.stdout
        said = who("bundle", "pull", url, "--root-sha256", "0" * 64, "--json")
        assert (said.returncode, code_of(said)) == (1, "bundle-root-mismatch"), said.stdout
        taken = answer(who("bundle", "pull", url, "--root-sha256", r.root, "--json"))
        again = answer(who("bundle", "pull", url + "/", "--json"))
        assert again["bundle_version"] == taken["bundle_version"] >= 1, (taken, again)
        said = answer(who("bundle", "status", "--json"))
        assert said["bundle_version"] == taken["bundle_version"], said
        assert said["freshness"]["tier"] == "green" and said["freshness"]["age_s"] >= 0, said
        said = who("bundle", "pull", f"{r.url}/ledger", "--json")
        assert (said.returncode, code_of(said)) == (1, "bundle-file-absent"), said.stdout
        said = who("bundle", "pull", "http://127.0.0.1:9/bundle", "--json")
        assert (said.returncode, code_of(said)) == (3, "fetch-connect"), said.stdout
        said = who("bundle", "pull", "ftp://127.0.0.1/bundle", "--json")
        assert said.returncode == 1 and code_of(said), said.stdout


def check_bundle_ages():
    """green, amber, red by the age of the status token; a clock set back is named"""
    r = roads()
    t = r.town
    for shift, tier in (("+20h", "green"), ("+30h", "amber"), ("+4d", "red")):
        said = answer(t.verifier("bundle", "status", "--json", prefix=faketime(shift)))
        assert said["freshness"]["tier"] == tier and said["clock_holds"], (shift, said)
    said = answer(t.verifier("bundle", "status", "--json", prefix=faketime("-2h")))
    assert not said["clock_holds"], said


def check_bundle_as_codes():
    """a counter passes its bundle on as QR codes, the network unplugged: renewing, whole, pictures and text, some lost"""
    r = roads()
    t = r.town
    answer(t.issuer("suspend", "--nik", sample()["NIK"], "--json"))
    folder, _ = t.publish("bundle-2")
    newest = answer(t.verifier("bundle", "import", folder, "--json"))["bundle_version"]
    text, pictures = t.path("codes.txt"), t.path("codes.png")
    made = answer(t.verifier("bundle", "export", "--frames", pictures, "--text", text, "--json", prefix=offline()))
    assert made["frames"] == len(made["pictures"]) == len(text.read_text().splitlines()) > 1, made
    if shutil.which("zbarimg"):
        read = subprocess.run(["zbarimg", "-q", "--raw", made["pictures"][0]], capture_output=True, text=True)
        assert read.stdout.splitlines()[0] == text.read_text().splitlines()[0]
    before = answer(t.wallet("bundle", "status", "--json"))["bundle_version"]
    lost = [p for p in made["pictures"][1:]]
    taken = answer(t.wallet("bundle", "import", *lost, "--json", prefix=offline()))
    assert before < taken["bundle_version"] == newest, (before, taken)
    # A new counter needs everything, and a person who vouches for the root.
    whole = t.path("whole.txt")
    answer(t.wallet("bundle", "export", "--whole", "--text", whole, "--json"))
    answer(call("absah-verifier", "init", "--json", data=t.path("second")))
    said = call("absah-verifier", "bundle", "import", text, "--root-sha256", r.root, "--json", data=t.path("second"))
    assert said.returncode == 1 and code_of(said).startswith("bundle-"), said.stdout
    second = ("--root-sha256", r.root, "--json")
    said = answer(call("absah-verifier", "bundle", "import", whole, *second, data=t.path("second"), prefix=offline()))
    assert said["bundle_version"] == newest, said
    # An older state does not come back, by whichever way.
    said = t.verifier("bundle", "import", t.path("bundle-1"), "--json")
    assert (said.returncode, code_of(said)) == (1, "bundle-rollback"), said.stdout
    # What is exported as a folder is a bundle like the published one.
    answer(t.verifier("bundle", "export", t.path("passed-on"), "--json"))
    answer(t.wallet("bundle", "import", t.path("passed-on"), "--json"))
    (t.path("photos")).mkdir()
    (t.path("photos") / "ibu.jpg").write_text("x")
    said = t.verifier("bundle", "export", t.path("photos"), "--json")
    assert (said.returncode, code_of(said)) == (1, "bundle-folder-foreign"), said.stdout
    assert (t.path("photos") / "ibu.jpg").exists()
    said = t.verifier("bundle", "export")
    assert said.returncode == 2, said


def check_bundle_swap_survives_kills():
    """SIGKILL at any moment of an import: the old bundle or the new one, whole, never neither"""
    r = Roads("swap")
    t = r.town
    folders = [t.path("bundle-1")]
    for who in (t.wallet, t.verifier):
        expect(who("bundle", "import", folders[0], "--root-sha256", r.root), 0)
    chance = random.Random(3)
    for name, who in (("absah-verifier", t.verifier), ("absah-wallet", t.wallet)):
        began = time.monotonic()
        folder, _ = t.publish(f"{name}-0")
        expect(who("bundle", "import", folder), 0)
        usual = time.monotonic() - began
        for number in range(1, 21):
            before = answer(who("bundle", "status", "--json"))["bundle_version"]
            folder, _ = t.publish(f"{name}-{number}")
            process = subprocess.Popen(
                [BIN / name, "--data-dir", t.path("verifier" if "verifier" in name else "wallet"), "bundle", "import", folder],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={"ABSAH_DEV": "1", "ABSAH_PIN": PIN, "PATH": "/usr/bin:/bin"})
            time.sleep(chance.random() * usual)
            process.send_signal(signal.SIGKILL)
            process.wait()
            said = answer(who("bundle", "status", "--json"))
            assert said["bundle_version"] >= before, (before, said)
            # And the next import goes on from there.
            after = answer(who("bundle", "import", folder, "--json"))
            assert after["bundle_version"] > before, (before, after)
