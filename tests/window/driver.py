"""The wallet's real window (WebKitWebDriver)."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from webdriver import ELEMENT, Session, WebDriverError  # noqa: E402


class Window(Session):
    """One start of the program; the driver ends with it."""

    def __init__(self, binary, arguments, env, log):
        self.binary = str(Path(binary).resolve())
        self.arguments = b"\0".join(str(a).encode() for a in arguments)
        options = {"binary": str(binary), "args": [str(a) for a in arguments]}
        env = {**env, "TAURI_WEBVIEW_AUTOMATION": "true", "ABSAH_DEV": "1"}
        super().__init__("WebKitWebDriver", {"webkitgtk:browserOptions": options}, log, env)

    def focus(self):
        """Gives the window the focus, which without somebody who manages windows it may not have."""
        if shutil.which("xdotool"):
            subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "^Absah$", "windowfocus"],
                           capture_output=True, timeout=30)

    def programs(self):
        """The program's processes with these arguments, whoever started them."""
        found = []
        for entry in Path("/proc").iterdir():
            try:
                is_ours = entry.name.isdigit() and os.readlink(entry / "exe") == self.binary
                if is_ours and self.arguments in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                pass  # ended meanwhile
        return found

    def close(self):
        # No time to tidy up, as on a phone without power. It keeps others from its data until it has ended.
        for pid in self.programs():
            os.kill(pid, signal.SIGKILL)
        super().close()
        end = time.time() + 20
        while self.programs():
            assert time.time() < end, "the program does not end"
            time.sleep(0.05)

    def press(self, words):
        """Clicks the button that a person would find by its words."""
        found = self.script(
            "const words = arguments[0]; const all = [...document.querySelectorAll('button, summary, label')];"
            "return all.find(b => b.textContent.replace('›', '').trim() === words && !b.disabled) || null;", words)
        assert found, f"no button {words!r} on {self.screen()}: {self.script('return document.body.innerText')}"
        self.ask("POST", f"{self.session}/element/{found[ELEMENT]}/click", {})

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
