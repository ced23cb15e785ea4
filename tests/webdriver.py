"""A real browser or window, driven over plain WebDriver: the protocol is JSON over HTTP."""

import base64
import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class WebDriverError(Exception):
    """What the driver said."""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Session:
    """One start of a driver with one session, which ends with it."""

    def __init__(self, driver, wanted, log, env=None):
        self.port = free_port()
        self.driver = subprocess.Popen([driver, f"--port={self.port}"], env={**os.environ, **(env or {})}, stdout=log, stderr=log)
        for _ in range(200):
            try:
                self.ask("GET", "/status")
                break
            except OSError:
                time.sleep(0.05)
        made = self.ask("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self.session = f"/session/{made['sessionId']}"

    def ask(self, method, path, body=None, timeout=90):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=data, method=method,
                                         headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise WebDriverError(error.read().decode()) from None

    def close(self):
        try:
            self.ask("DELETE", self.session, timeout=20)
        except (WebDriverError, OSError):
            pass
        self.driver.terminate()
        self.driver.wait(10)

    def script(self, text, *arguments):
        return self.ask("POST", f"{self.session}/execute/sync", {"script": text, "args": list(arguments)})

    def script_async(self, text, *arguments, timeout=120):
        """The script's last argument is the function to call with the answer."""
        return self.ask("POST", f"{self.session}/execute/async", {"script": text, "args": list(arguments)}, timeout)

    def find(self, css):
        return self.ask("POST", f"{self.session}/element", {"using": "css selector", "value": css})[ELEMENT]

    def click(self, css):
        self.ask("POST", f"{self.session}/element/{self.find(css)}/click", {})

    def back(self):
        """The browser's own Back."""
        self.ask("POST", f"{self.session}/back", {})

    def keys(self, css, text):
        self.ask("POST", f"{self.session}/element/{self.find(css)}/value", {"text": text})

    def type(self, text, pause=0):
        """Keys as they come from a keyboard or a scanner, wherever the focus is."""
        actions = []
        for key in text:
            actions += [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
            if pause:
                actions.append({"type": "pause", "duration": pause})
        self.ask("POST", f"{self.session}/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]}, 300)

    def chord(self, held, key):
        """A key while another is held."""
        actions = [{"type": "keyDown", "value": held}, {"type": "keyDown", "value": key},
                   {"type": "keyUp", "value": key}, {"type": "keyUp", "value": held}]
        self.ask("POST", f"{self.session}/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def screen(self):
        return self.script("return document.querySelector('[data-screen]')?.dataset.screen ?? null")

    def wait(self, *screens, seconds=30):
        end = time.time() + seconds
        while time.time() < end:
            now = self.screen()
            if now in screens:
                return now
            time.sleep(0.05)
        raise AssertionError(f"{screens} did not come within {seconds} s; there is {self.screen()}:\n{self.text()}")

    def text(self):
        return self.script("return document.body.innerText")

    def painted(self):
        self.script_async("const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 120)))")

    def shot(self):
        return self.ask("GET", f"{self.session}/screenshot")

    def picture(self, path, css=None):
        where = f"{self.session}/element/{self.find(css)}/screenshot" if css else f"{self.session}/screenshot"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(self.ask("GET", where)))
