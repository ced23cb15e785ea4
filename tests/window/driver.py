"""The wallet's real window, driven over plain WebDriver (WebKitWebDriver)."""

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


class WebDriverError(Exception):
    """What the driver said."""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Window:
    """One start of the program; the driver ends with it."""

    def __init__(self, binary, arguments, env, log):
        self.port = free_port()
        environment = {**os.environ, **env, "TAURI_WEBVIEW_AUTOMATION": "true", "ABSAH_DEV": "1"}
        self.driver = subprocess.Popen(["WebKitWebDriver", f"--port={self.port}"], env=environment, stdout=log, stderr=log)
        for _ in range(100):
            try:
                self.ask("GET", "/status")
                break
            except OSError:
                time.sleep(0.05)
        options = {"binary": str(binary), "args": [str(a) for a in arguments]}
        made = self.ask("POST", "/session", {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}})
        self.session = f"/session/{made['sessionId']}"

    def ask(self, method, path, body=None, timeout=60):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=data, method=method,
                                         headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise WebDriverError(error.read().decode()) from None

    def close(self):
        # Any thread of the driver may have started it.
        tasks = Path(f"/proc/{self.driver.pid}/task").glob("*/children")
        children = [child for task in tasks for child in task.read_text().split()]
        try:
            self.ask("DELETE", self.session, timeout=10)
        except (WebDriverError, OSError):
            pass
        self.driver.terminate()
        self.driver.wait(10)
        # The program keeps others from its data until it has ended.
        for _ in range(200):
            if not any(Path(f"/proc/{child}/exe").exists() for child in children):
                break
            time.sleep(0.1)

    def script(self, text, *arguments):
        return self.ask("POST", f"{self.session}/execute/sync", {"script": text, "args": list(arguments)})

    def script_async(self, text, *arguments, timeout=120):
        """The script's last argument is the function to call with the answer."""
        return self.ask("POST", f"{self.session}/execute/async", {"script": text, "args": list(arguments)}, timeout)

    def find(self, css):
        found = self.ask("POST", f"{self.session}/element", {"using": "css selector", "value": css})
        return found[ELEMENT]

    def click(self, css):
        self.ask("POST", f"{self.session}/element/{self.find(css)}/click", {})

    def press(self, words):
        """Clicks the button that a person would find by its words."""
        found = self.script(
            "const words = arguments[0]; const all = [...document.querySelectorAll('button, summary, label')];"
            "return all.find(b => b.textContent.replace('›', '').trim() === words && !b.disabled) || null;", words)
        assert found, f"no button {words!r} on {self.screen()}: {self.script('return document.body.innerText')}"
        self.ask("POST", f"{self.session}/element/{found[ELEMENT]}/click", {})

    def keys(self, css, text):
        self.ask("POST", f"{self.session}/element/{self.find(css)}/value", {"text": text})

    def type(self, text):
        """Keys as they come from a keyboard, wherever the focus is."""
        actions = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
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
        text = self.script("return document.body.innerText")
        raise AssertionError(f"{screens} did not come within {seconds} s; there is {self.screen()}:\n{text}")

    def text(self):
        return self.script("return document.body.innerText")

    def invoke(self, command, arguments):
        """What a page could send, past all buttons."""
        return self.script_async(
            "const [command, args, done] = arguments; window.__TAURI_INTERNALS__.invoke(command, args)"
            ".then(value => done({ value }), error => done({ error: String(error?.code ?? error) }));", command, arguments)

    def reload(self):
        self.script("location.reload()")
        time.sleep(0.15)
        for _ in range(200):
            try:
                if self.screen():
                    return self.painted()
            except WebDriverError:
                pass
            time.sleep(0.05)
        raise AssertionError("the page did not come back")

    def prefer(self, **preference):
        for name, value in preference.items():
            member = {"lang": "tag", "theme": "theme", "text": "size"}[name]
            self.invoke("press", {"pressed": {"press": name, member: value}})
        self.reload()

    def size(self, width, height):
        self.ask("POST", f"{self.session}/window/rect", {"width": width, "height": height})
        # The picture is that of the last paint: it must be one of the new size.
        for _ in range(100):
            if self.script("return [innerWidth, innerHeight]") == [width, height]:
                break
            time.sleep(0.02)
        self.painted()

    def painted(self):
        self.script_async("const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 120)))")

    def picture(self, path, css=None):
        where = f"{self.session}/element/{self.find(css)}/screenshot" if css else f"{self.session}/screenshot"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(self.ask("GET", where)))
