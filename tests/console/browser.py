"""A browser driven by WebDriver, without a client library: the protocol is JSON over HTTP."""

import base64
import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Driver:
    """chromedriver on a free port."""

    def __init__(self, log):
        self.port = free_port()
        self.process = subprocess.Popen(["chromedriver", f"--port={self.port}"], stdout=log, stderr=log)
        for _ in range(100):
            try:
                if self.call("GET", "/status")["ready"]:
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("chromedriver is not ready")

    def call(self, method, path, body=None):
        data = None if method == "GET" else json.dumps(body or {}).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=data, method=method,
                                         headers={"content-type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            told = json.load(error)["value"]
            raise AssertionError(f"{method} {path}: {told['error']}: {told['message'][:400]}") from None

    def stop(self):
        self.process.terminate()
        self.process.wait(20)


class Browser:
    """One person's browser with one authenticator of its own."""

    def __init__(self, driver, size=(1280, 800)):
        self.driver = driver
        args = ["--headless=new", f"--window-size={size[0]},{size[1]}", "--hide-scrollbars", "--lang=id",
                "--disable-background-networking", "--no-first-run"]
        if os.geteuid() == 0:
            args.append("--no-sandbox")
        wanted = {"browserName": "chrome", "goog:chromeOptions": {"args": args},
                  "webauthn:virtualAuthenticators": True}
        made = driver.call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self.at = f"/session/{made['sessionId']}"
        self.authenticator = self.post("/webauthn/authenticator", {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
            "hasUserVerification": True, "isUserConsenting": True, "isUserVerified": True})
        self.show(*size)

    def post(self, path, body=None):
        return self.driver.call("POST", self.at + path, body)

    def fetch(self, path):
        return self.driver.call("GET", self.at + path)

    def cdp(self, command, **params):
        return self.post("/goog/cdp/execute", {"cmd": command, "params": params})

    def show(self, width, height, dark=False):
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        scheme = "dark" if dark else "light"
        self.cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def open(self, url):
        self.post("/url", {"url": url})

    def url(self):
        return self.fetch("/url")

    def run(self, script, *args):
        return self.post("/execute/sync", {"script": script, "args": list(args)})

    def run_async(self, script, *args):
        return self.post("/execute/async", {"script": script, "args": list(args)})

    def find(self, css):
        found = self.post("/elements", {"using": "css selector", "value": css})
        assert found, f"nothing matches {css} at {self.url()}: {self.text()[:600]}"
        return found[0][ELEMENT]

    def click(self, css):
        self.post(f"/element/{self.find(css)}/click")

    def type(self, css, text):
        element = self.find(css)
        self.post(f"/element/{element}/clear")
        self.post(f"/element/{element}/value", {"text": text})

    def press(self, text):
        self.post("/actions", {"actions": [{"type": "key", "id": "keys", "actions":
                  [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]}]})

    def text(self):
        return self.run("return document.body.innerText")

    def until(self, script, what, seconds=20):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                found = self.run(f"return {script}")
            except AssertionError:
                found = None
            if found:
                return found
            time.sleep(0.2)
        raise AssertionError(f"{what} did not come: {self.url()}\n{self.text()[:1000]}")

    def picture(self, file):
        file = Path(file)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(base64.b64decode(self.fetch("/screenshot")))

    def close(self):
        self.driver.call("DELETE", self.at)
