"""What `absah-verifier serve` needs: size, start, memory, the page's answers. Against the goals of the counter.

    cargo build --release -p absah-verifier && python3 tests/bench/serve.py target/release/absah-verifier

Needs Linux (/proc). Exit 1 when a goal is missed.
"""

import http.client
import json
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.argv[1]).resolve()
PAGE = ROOT / "verifier/ui/dist"
PHOTO = ROOT.parent / "shared/vectors/qr-images/monitor/image014.jpg"
MB = 1_000_000
missed = 0


def goal(name, value, unit, limit):
    global missed
    ok = value <= limit
    missed += not ok
    print(f"{name:<52}{value:>10.2f} {unit:<3} ≤ {limit:g}  {'met' if ok else 'MISSED'}")


def memory(pid, name):
    return int(re.search(rf"^{name}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(), re.M).group(1)) * 1024 / MB


def start(data):
    log = data / "serve.log"
    started = time.monotonic()
    words = [BIN, "--data-dir", data, "serve", "--page", "127.0.0.1:0"]
    process = subprocess.Popen(words, stdout=log.open("w"), stderr=subprocess.STDOUT)
    while "listening " not in log.read_text():
        if process.poll() is not None or time.monotonic() - started > 30:
            raise RuntimeError(log.read_text())
        time.sleep(0.005)
    return process, time.monotonic() - started


def main():
    goal("binary", BIN.stat().st_size / MB, "MB", 25)
    if PAGE.is_dir():
        goal("page with its decoder", sum(file.stat().st_size for file in PAGE.rglob("*") if file.is_file()) / MB, "MB", 1.5)
    data = Path(tempfile.mkdtemp())
    subprocess.run([BIN, "--data-dir", data, "init", "--json"], check=True, capture_output=True)
    starts = []
    for _ in range(5):
        process, seconds = start(data)
        starts.append(seconds)
        process.send_signal(signal.SIGTERM)
        process.wait(10)
    goal("start, median of five", statistics.median(starts), "s", 1)
    process, _ = start(data)
    try:
        goal("resident after the start", memory(process.pid, "VmRSS"), "MB", 80)
        link = (data / "page.link").read_text().strip()
        host, key = re.match(r"http://([^/]+)/#(\S+)", link).groups()
        connection = http.client.HTTPConnection(host, timeout=60)

        def post(path, body, kind="application/json"):
            began = time.monotonic()
            connection.request("POST", path, body, {"Authorization": f"Bearer {key}", "Content-Type": kind})
            answer = connection.getresponse()
            answer.read()
            return (time.monotonic() - began) * 1e3, answer.status

        texts = ["https://example.net/", "ABSAH1A:" + "0" * 4000, "<script>alert(1)</script>", "ABSAH1A:%s" % ("A1" * 900)]
        took = sorted(post("/api/read", json.dumps({"texts": [text]}))[0] for text in texts * 100)
        goal("a text refused at the page, 95 of 100", took[len(took) * 95 // 100], "ms", 200)
        goal("a text refused at the page, the slowest", took[-1], "ms", 200)
        goal("resident after 400 texts", memory(process.pid, "VmRSS"), "MB", 80)
        if PHOTO.exists():
            picture = PHOTO.read_bytes()
            took = sorted(post("/api/picture", picture, "application/octet-stream")[0] for _ in range(5))
            print(f"{'the largest photograph read, median':<52}{took[2]:>10.2f} ms")
            goal("resident after it", memory(process.pid, "VmRSS"), "MB", 80)

            def another():
                own = http.client.HTTPConnection(host, timeout=60)
                own.request("POST", "/api/picture", picture, {"Authorization": f"Bearer {key}", "Content-Type": "application/octet-stream"})
                assert own.getresponse().read()

            together = [threading.Thread(target=another) for _ in range(4)]
            for one in together:
                one.start()
            for one in together:
                one.join()
            goal("resident at most, also of four at once", memory(process.pid, "VmHWM"), "MB", 80)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)
        shutil.rmtree(data)
    return 1 if missed else 0


sys.exit(main())
