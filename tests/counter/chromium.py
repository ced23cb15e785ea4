"""Chromium without a display (chromedriver), with a camera that plays a file."""

import os
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from webdriver import ELEMENT, Session  # noqa: E402

# The keys of a keyboard from the United States by their X keycodes: what a scanner sends, whatever the computer makes of it.
KEYS = {**dict(zip("1234567890-=", range(10, 22))), **dict(zip("qwertyuiop", range(24, 34))), **dict(zip("asdfghjkl;", range(38, 48))),
        **dict(zip("zxcvbnm,./", range(52, 62))), " ": 65}
SHIFTED = {**{letter.upper(): code for letter, code in KEYS.items() if letter.isalpha()}, "$": KEYS["4"], "%": KEYS["5"], "*": KEYS["8"],
           "+": KEYS["="], ":": KEYS[";"]}


class Display:
    """A screen of its own (Xvfb), with a keyboard whose keys are really pressed (xdotool)."""

    def __init__(self, log):
        read, write = os.pipe()
        self.server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1300x900x24", "-nolisten", "tcp"],
                                       pass_fds=(write,), stdout=log, stderr=log)
        os.close(write)
        with os.fdopen(read) as told:
            self.name = ":" + told.readline().strip()

    def run(self, *command):
        subprocess.run(command, env={**os.environ, "DISPLAY": self.name}, check=True, stdout=subprocess.DEVNULL)

    def layout(self, *words):
        self.run("setxkbmap", *words)

    def focus(self):
        self.run("xdotool", "search", "--sync", "--onlyvisible", "--class", "chromium", "windowfocus")

    def scan(self, text):
        keys = [str(KEYS[c]) if c in KEYS else f"shift+{SHIFTED[c]}" for c in text]
        self.run("xdotool", "key", "--delay", "3", *keys, "36")

    def close(self):
        self.server.terminate()
        self.server.wait(10)


class Page(Session):
    """One browser; the driver ends with it."""

    def __init__(self, log, profile, video=None, camera=True, display=None, more=(), prefs=None, env=None):
        arguments = [*([] if display else ["--headless=new"]), "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={profile}", "--no-first-run",
                     "--disable-dev-shm-usage", "--force-device-scale-factor=1", "--window-size=1280,800",
                     "--disable-background-networking"]
        if os.geteuid() == 0:
            arguments.append("--no-sandbox")
        if camera:
            arguments += ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
            if video:
                arguments.append(f"--use-file-for-fake-video-capture={video}")
        arguments += more
        allowed = {"profile.default_content_setting_values.media_stream_camera": 1 if camera else 2, **(prefs or {})}
        options = {"args": arguments, "prefs": allowed}
        wanted = {"browserName": "chrome", "goog:chromeOptions": options}
        env = {**(env or {}), **({"DISPLAY": display} if display else {})}
        super().__init__("chromedriver", wanted, log, env=env or None)

    def open(self, url):
        self.ask("POST", f"{self.session}/url", {"url": url})

    def devtools(self, command, **parameters):
        return self.ask("POST", f"{self.session}/goog/cdp/execute", {"cmd": command, "params": parameters})

    def press(self, words):
        """Clicks the button that a person would find by its words."""
        found = self.script(
            "const words = arguments[0]; const all = [...document.querySelectorAll('button, summary')];"
            "return all.find(b => (b.textContent.trim() === words || b.querySelector('strong')?.textContent.trim() === words)"
            " && !b.disabled) || null;", words)
        assert found, f"no button {words!r} on {self.screen()}: {self.text()}"
        self.ask("POST", f"{self.session}/element/{found[ELEMENT]}/click", {})

    def until(self, what, script, *arguments, seconds=30):
        end = time.time() + seconds
        while time.time() < end:
            found = self.script(script, *arguments)
            if found:
                return found
            time.sleep(0.05)
        raise AssertionError(f"{what} did not come within {seconds} s:\n{self.text()}")

    def size(self, width, height):
        self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.painted()

    def dark(self, on):
        value = "dark" if on else "light"
        self.devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": value}])
        self.painted()
