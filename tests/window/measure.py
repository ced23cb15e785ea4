"""Figures of the window on this machine: python3 tests/window/measure.py target/release [ROUNDS], under xvfb-run; before it
cargo build -p absah-wallet-store --example many.

Prints one JSON line: medians in milliseconds, sizes in bytes. The driver's own part is in `start_ms`.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/cli"))

import town as town_module  # noqa: E402
from driver import Window  # noqa: E402
from town import BIN, PIN, Town, answer, expect, sample, stop_all  # noqa: E402

town_module.WORK = WORK = ROOT / "target/tests/measure"
STEP = """
const [pressed, done] = arguments; const began = performance.now();
window.__TAURI_INTERNALS__.invoke("press", { pressed }).then(view => done([view.screen.id, performance.now() - began]));
"""


def step(window, expected, **pressed):
    screen, took = window.script_async(STEP, pressed)
    assert screen == expected, (screen, expected)
    return took


def resident(pid):
    """Memory of the program and of the web processes it started, in KiB."""
    total, queue = 0, [pid]
    while queue:
        one = queue.pop()
        try:
            status = Path(f"/proc/{one}/status").read_text()
            queue += [int(p) for p in Path(f"/proc/{one}/task/{one}/children").read_text().split()]
        except OSError:
            continue
        total += next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")), 0)
    return total


def main():
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    t = Town("town")
    photos = ROOT / "tests/fixtures/ikd/photos"
    answer(t.issuer("import", ROOT / "tests/fixtures/ikd/sample-200.csv", "--photos", photos, "--json"))
    t.serve()
    t.open_counter()
    t.give_card(sample()["NIK"])
    folder, root = t.publish("bundle")
    for who in (t.wallet, t.verifier):
        expect(who("bundle", "import", folder, "--root-sha256", root), 0)
    figures = {"start_ms": [], "open_ms": [], "request_ms": [], "answer_ms": [], "memory_kib": [], "open_200_ms": []}
    for at in range(rounds):
        _, request = t.ask(f"ask-{at}")
        began = time.time()
        w = Window(BIN / "absah-wallet-app", ["--data-dir", t.path("wallet")], {}, open(WORK / "window.log", "a"))
        try:
            w.wait("pin")
            figures["start_ms"].append((time.time() - began) * 1000)
            figures["open_ms"].append(step(w, "cards", press="pin", pin=PIN))
            figures["request_ms"].append(step(w, "request", press="read", texts=request.read_text().splitlines()))
            step(w, "pin", press="agree", code=None)
            figures["answer_ms"].append(step(w, "qr", press="pin", pin=PIN))
            figures["memory_kib"].append(resident(w.driver.pid))
        finally:
            w.close()
    # 200 cards, each with all its copies: read, opened, laid out and handed to the page.
    many = ROOT / "target/debug/examples/many"
    subprocess.run([many, t.path("wallet"), "200"], env={**os.environ, "ABSAH_PIN": PIN}, check=True, stdout=subprocess.DEVNULL)
    for _ in range(rounds):
        w = Window(BIN / "absah-wallet-app", ["--data-dir", t.path("wallet")], {}, open(WORK / "window.log", "a"))
        try:
            w.wait("pin")
            figures["open_200_ms"].append(step(w, "cards", press="pin", pin=PIN))
        finally:
            w.close()
    said = {name: round(statistics.median(values), 1) for name, values in figures.items()}
    dist = ROOT / "wallet-app/ui/dist"
    said["screens_bytes"] = sum(f.stat().st_size for f in dist.rglob("*") if f.is_file())
    print(json.dumps({"rounds": rounds, **said}))


if __name__ == "__main__":
    try:
        main()
    finally:
        stop_all()
