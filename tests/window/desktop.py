"""The wallet on a real desktop session: its key store (gnome-keyring over D-Bus) and links from other programs.

Run under dbus-run-session and Xvfb. Each check is a function named `check_…`, in order.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/cli"))

import town as town_module  # noqa: E402
from driver import Window  # noqa: E402
from town import BIN, PIN, Town, answer, code_of, expect, sample, stop_all  # noqa: E402

town_module.WORK = WORK = ROOT / "target/tests/desktop"
APP = BIN / "absah-wallet-app"
NEW_PIN = "508391"
BUS = "DBUS_SESSION_BUS_ADDRESS"


class State:
    town = None
    window = None
    code = None


def log():
    return open(WORK / "desktop.log", "a")


def start(*arguments, **env):
    State.window = Window(APP, arguments, {"LANG": "C.UTF-8", **env}, log())
    return State.window


def without_bus(**more):
    """The environment of a shell outside of the desktop."""
    return {BUS: "", **more}


def check_tied():
    """with a key store the vault is tied to it, once there is a recovery code: window and command line open it alike"""
    t = State.town = Town("town")
    assert answer(t.wallet("list", "--json"))["cards"] == []
    expect(t.wallet("list", env=without_bus()), 0)
    made = answer(t.wallet("recovery", "make", "--json"))
    assert made["device_key"] is True and made["replaced"] is False, made
    State.code = made["recovery_code"]
    expect(t.wallet("list"), 0)
    w = start("--data-dir", t.path("wallet"))
    w.wait("pin")
    w.type(PIN)
    w.wait("cards")
    w.close()


def check_copied():
    """the file and the PIN open nothing outside of the session, nor where the key store is another"""
    t = State.town
    said = t.wallet("list", "--json", env=without_bus())
    assert (said.returncode, code_of(said)) == (3, "device-keys-absent"), said.stdout
    # Another session with a key store of its own, as on a thief's machine.
    other = tempfile.mkdtemp()
    script = "gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1 </tmp/absah-unlock; exec \"$@\""
    script = script.replace("/tmp/absah-unlock", str(WORK / "unlock"))
    words = ["dbus-run-session", "--", "bash", "-c", script, "bash", BIN / "absah-wallet", "--data-dir", t.path("wallet"), "list", "--json"]
    env = {**os.environ, "HOME": other, "XDG_DATA_HOME": other, "XDG_RUNTIME_DIR": other, "ABSAH_PIN": PIN, "ABSAH_DEV": "1"}
    said = subprocess.run([str(word) for word in words], capture_output=True, text=True, env=env, timeout=90)
    assert (said.returncode, code_of(said)) == (3, "device-keys-missing"), said.stdout + said.stderr
    shutil.rmtree(other, ignore_errors=True)


def check_silent():
    """a key store that never answers is given up after a while, and said in words"""
    path = WORK / "silent.sock"
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as held:
        held.bind(str(path))
        held.listen(8)
        callers = []
        threading.Thread(target=lambda: callers.append(held.accept()), daemon=True).start()
        began = time.time()
        said = State.town.wallet("list", "--json", env={BUS: f"unix:path={path}"})
        assert (said.returncode, code_of(said)) == (3, "device-keys-silent"), said.stdout + said.stderr
        assert time.time() - began < 40


def check_gone_around():
    """the key store is gone: the window says so, the recovery code opens, a new PIN holds and nothing is lost"""
    t = State.town
    w = start("--data-dir", t.path("wallet"), **without_bus())
    w.wait("pin")
    w.type(PIN)
    w.wait("broken")
    assert "gudang kunci" in w.text(), w.text()
    w.press("Buka dengan kode pemulihan")
    w.wait("forgot")
    w.keys("#recovery-code", State.code)
    w.press("Lanjutkan")
    w.wait("new-pin", seconds=30)
    for _ in range(2):
        w.type(NEW_PIN)
        time.sleep(0.6)
    w.wait("cards", seconds=30)
    w.close()
    expect(t.wallet("list", env=without_bus(ABSAH_PIN=NEW_PIN)), 0)
    # Back on the desktop a new code ties it again; the old code opens nothing any more.
    made = answer(t.wallet("recovery", "make", "--json", env={"ABSAH_PIN": NEW_PIN}))
    assert made["device_key"] is True and made["replaced"] is True, made
    said = t.wallet("recovery", "reset", "--json", env={"ABSAH_PIN": NEW_PIN, "ABSAH_RECOVERY_CODE": State.code})
    assert code_of(said) == "vault-wrong-recovery", said.stdout


def check_registered():
    """--register makes the program the one for links of offers and requests"""
    home = WORK / "home"
    (home / "data").mkdir(parents=True, exist_ok=True)
    env = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_CONFIG_HOME": str(home / "config"), "ABSAH_DEV": "1"}
    (home / "config").mkdir(exist_ok=True)
    done = subprocess.run([APP, "--register"], capture_output=True, text=True, env=env, timeout=60)
    assert done.returncode == 0, done.stderr
    entry = home / "data/applications/id.absah.wallet.desktop"
    assert f"Exec={APP} %u" in entry.read_text(), entry.read_text()
    for scheme in ("openid-credential-offer", "haip-vci", "openid4vp", "haip-vp", "absah-wallet"):
        asked = subprocess.run(["xdg-mime", "query", "default", f"x-scheme-handler/{scheme}"], capture_output=True, text=True, env=env)
        assert asked.stdout.strip() == entry.name, (scheme, asked.stdout, asked.stderr)


def opened(link, env):
    """What the desktop does with a link: the line of the entry."""
    return subprocess.Popen([str(APP), link], env={**os.environ, **env, "ABSAH_DEV": "1"}, stdout=log(), stderr=log())


def check_links():
    """a link that is opened starts the program; a second one reaches the running window and starts no other"""
    t = State.town
    answer(t.issuer("import", ROOT / "tests/fixtures/ikd/sample-200.csv", "--json"))
    t.serve()
    nik = sample()["NIK"]
    env = {"XDG_DATA_HOME": str(t.path("home"))}
    t.path("home").mkdir()
    offer = answer(t.issuer("offer", "--nik", nik, "--credential", "KtpElektronik", "--json"))
    w = start(offer["credential_offer_uri"], **env)
    w.wait("welcome")
    w.press("Mulai")
    for _ in range(2):
        w.wait("new-pin")
        w.type(PIN)
        time.sleep(0.6)
    w.wait("offer", seconds=30)
    w.press("Tidak")
    w.wait("declined")
    w.press("Ke kartu saya")
    w.wait("cards")
    second = opened(answer(t.issuer("offer", "--nik", nik, "--credential", "KartuKeluarga", "--json"))["credential_offer_uri"], env)
    w.wait("offer", seconds=30)
    assert second.wait(20) == 0, "the second start ends"
    assert "Kartu keluarga" in w.text(), w.text()
    w.press("Tidak")
    w.wait("declined")
    # A request comes to the screen of requests, whatever it is worth.
    third = opened("openid4vp://?client_id=x&request_uri=https%3A%2F%2F127.0.0.1%2Fr", env)
    w.wait("refused", "working", seconds=30)
    w.wait("refused", seconds=60)
    assert third.wait(20) == 0
    w.press("Ke kartu saya")
    # Words that are no link of ours reach nothing.
    fourth = opened("javascript:alert(1)", env)
    assert fourth.wait(20) == 0
    time.sleep(1)
    assert w.screen() == "cards", w.screen()


def unlocked():
    """The key store of this session, open as after a log-in."""
    (WORK / "unlock").write_text("rahasia")
    with open(WORK / "unlock") as password:
        subprocess.run(["gnome-keyring-daemon", "--unlock", "--components=secrets"], stdin=password, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, check=True, timeout=30)


def main():
    shutil.rmtree(WORK, ignore_errors=True)
    (WORK / "session").mkdir(parents=True)
    os.environ.update(HOME=str(WORK / "session"), XDG_DATA_HOME=str(WORK / "session"))
    unlocked()
    failed = False
    try:
        for name, check in [(name, value) for name, value in globals().items() if name.startswith("check_")]:
            began = time.time()
            try:
                check()
                print(f"ok      desktop: {check.__doc__} ({time.time() - began:.0f} s)", flush=True)
            except Exception as error:
                failed = True
                print(f"FAILED  desktop: {check.__doc__}\n        {type(error).__name__}: {error}", flush=True)
                if State.window:
                    try:
                        State.window.picture(WORK / f"failed-{name}.png")
                        State.window.close()
                    except Exception:
                        pass
            State.window = State.window if name == "check_links" else None
    finally:
        if State.window:
            State.window.close()
        stop_all()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
