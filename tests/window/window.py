"""The wallet's real window against a running issuer and a counter: what a citizen does, from first start to restore.

Each check is a function named `check_…`, in order; its docstring is the line that is printed. Pictures of every screen
met on the way go to target/tests/window/screens with a manifest.
"""

import html
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/cli"))

import town as town_module  # noqa: E402
from driver import Window  # noqa: E402
from town import BIN, PIN, Skip, Town, answer, expect, sample, stop_all  # noqa: E402
from wallet_checks import Disk  # noqa: E402

town_module.WORK = WORK = ROOT / "target/tests/window"
SCREENS = WORK / "screens"
AXE = (ROOT / "wallet-app/ui/node_modules/axe-core/axe.min.js").read_text()
KTP = "KTP elektronik"
NEW_PIN = "271828"
OTHER_PIN = "508391"
RESET_PIN = "846203"
RUN_AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } })
  .then(r => done({ passed: r.passes.length, wrong: r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 160) + ' ' + n.failureSummary)]) }),
        e => done({ passed: 0, wrong: [[String(e), []]] }));
"""
# Longer at twice the size than the narrowest screen is wide.
LONG_WORDS = set()
# Large letters depend on the language, colours do not: both together are looked at in one.
LOOKS = [(lang, theme, text, (360, 740)) for lang in ("id", "jv", "en") for theme in ("light", "dark")
         for text in ("usual", "largest") if lang == "id" or (theme, text) != ("dark", "largest")]
LOOKS.append(("id", "light", "usual", (320, 640)))
# Further pictures of a screen that has been looked at.
FEWER = [(lang, "light", "usual", (360, 740)) for lang in ("id", "jv", "en")] + [("id", "dark", "largest", (360, 740))]
CONTACT = {"name": "Pejabat Pelindungan Data (contoh)", "phone": "(0351) 000000", "address": "Loket 1, jam kerja"}
TAB, SHIFT, ENTER, SPACE, UP, DOWN = "\ue004", "\ue008", "\ue007", " ", "\ue013", "\ue015"
# A service that takes an answer nobody asked for.
WEAK = """
[[service]]
id = "warga"
title = "Layanan warga"
purpose = "Memastikan Anda warga kota"
legal_basis = "Contoh: Peraturan Wali Kota Madiun"
claims = ["wargaKotaMadiun", "portrait"]
tier = "rendah"
retention_days = 30
accepts = ["satu-pindai"]
"""
# What a keyboard must reach: of radio buttons in a group only the chosen one.
REACHABLE = """
return [...document.querySelectorAll('button:not(:disabled), input, textarea, summary, a[href]')]
  .filter(e => e.tabIndex >= 0 && e.getClientRects().length > 0 && !(e.type === 'radio' && !e.checked))
  .map((e, at) => { e.dataset.at = at; return e.textContent.trim() || e.getAttribute('aria-label') || e.id || e.name; });
"""
# The ring as it is computed: of the control, or of the label around it; and its contrast to what it is painted on.
RING = """
const paint = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
const rgb = colour => {
  paint.clearRect(0, 0, 1, 1); paint.fillStyle = colour; paint.fillRect(0, 0, 1, 1);
  return [...paint.getImageData(0, 0, 1, 1).data];
};
const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
  .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
const ground = element => {
  for (let e = element; e; e = e.parentElement) {
    const found = rgb(getComputedStyle(e).backgroundColor);
    if (found[3] === 255) return found;
  }
  return [255, 255, 255, 255];
};
const drawn = e => { const s = getComputedStyle(e); return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow].join(' '); };
const ringed = e => {
  for (const one of [e, e.closest('label') ?? e]) {
    const style = getComputedStyle(one);
    if (style.outlineStyle !== 'solid' || parseFloat(style.outlineWidth) < 2) continue;
    const [a, b] = [light(rgb(style.outlineColor)), light(ground(one.parentElement))];
    return { differs: drawn(one) !== one.dataset.bare, contrast: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) };
  }
  return { differs: false, contrast: 0 };
};
"""
BARE = RING + """
for (const e of document.querySelectorAll('button, input, textarea, summary, a[href], label')) e.dataset.bare = drawn(e);
"""
FOCUSED = RING + """
const e = document.activeElement;
return { at: e?.dataset?.at ?? null, focus: document.hasFocus(), ...(e ? ringed(e) : { differs: false, contrast: 0 }) };
"""
# The same in the other colours: after a key, what a script gives the focus shows it too.
FOCUSED_EACH = RING + """
return [...document.querySelectorAll('[data-at]')].map(e => { e.focus(); return { at: e.dataset.at, ...ringed(e) }; });
"""
# Words of headings, buttons and labels that stand on two lines.
BROKEN = """
const broken = [];
for (const element of document.querySelectorAll('h1, h2, summary, button, label, legend, dt')) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const word of node.data.matchAll(/[^\\s/]+/g)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      // Where a line begins with the word, an empty box may stand at the end of the line before.
      const boxes = [...range.getClientRects()].filter(r => r.width > 1);
      if (new Set(boxes.map(r => Math.round(r.top))).size > 1) broken.push(word[0]);
    }
  }
}
return broken;
"""


class State:
    window = None
    town = None
    seen = []
    audited = {}
    focused = set()
    manifest = []
    findings = []


def start(*arguments, data="wallet"):
    environment = {"ABSAH_BACKUP_DIR": str(State.town.dir), "LANG": "C.UTF-8"}
    log = open(WORK / "window.log", "a")
    State.window = Window(BIN / "absah-wallet-app", ["--data-dir", State.town.path(data), *arguments], environment, log)
    return State.window


def look(name, lang=None, part=""):
    """Pictures of this screen in languages, colours and sizes; axe on two of them; nothing wider than the window. In
    other hands no language can be chosen: such a screen is looked at once in each. `part` is one of several that share a
    screen, looked at less often."""
    w = State.window
    if (name + part, lang) in State.seen:
        return
    State.seen.append((name + part, lang))
    spoken, fixed = lang, lang is not None
    for lang, theme, size, (width, height) in FEWER if part else LOOKS:
        if fixed and lang != spoken:
            continue
        if lang != spoken:
            w.prefer(lang=lang)
            assert w.screen() == name, (w.screen(), name)
            spoken = lang
        w.size(width, height)
        # Exactly what the page does when these preferences change.
        w.script("Object.assign(document.documentElement.dataset, { theme: arguments[0], size: arguments[1] })", theme, size)
        w.painted()
        wide = w.script("return document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            State.findings.append(f"{name} {lang} {size} {width}: {wide} px too wide")
        path = SCREENS / lang / f"{name}{part}-{width}x{height}{'-200' if size == 'largest' else ''}-{theme}.png"
        w.script("window.scrollTo(0, 0)")
        w.picture(path)
        State.manifest.append({"screen": name + part, "lang": lang, "theme": theme, "text": size, "width": width,
                               "height": height, "file": str(path.relative_to(SCREENS))})
        small = w.script("return [...document.querySelectorAll('button')].filter(b => b.getBoundingClientRect().height < 47.5)"
                         ".map(b => b.textContent.trim())")
        if small:
            State.findings.append(f"{name}: lower than 48 px: {small}")
        broken = [word for word in w.script(BROKEN) if word not in LONG_WORDS]
        if broken:
            State.findings.append(f"{name} {lang} {size} {width}: words on two lines: {broken}")
        if lang == "id" and theme == "light" and size == "usual" and width == 360 and not part:
            by_keyboard(name)
        # Colours and sizes do not depend on the language, names do.
        if width == 360 and (lang == "id" or (theme == "light" and size == "usual")):
            by_axe(name, f"{lang} {theme} {size}")
    w.size(360, 740)
    if fixed:
        w.script("Object.assign(document.documentElement.dataset, { theme: 'light', size: 'usual' })")
    else:
        w.prefer(lang="id", theme="light", text="usual")


def by_axe(name, how):
    w = State.window
    w.script(AXE)
    said = w.script_async(RUN_AXE)
    State.audited.setdefault(name, []).append(how)
    if said["wrong"] or said["passed"] < 5:
        State.findings.append(f"{name} {how}: axe {said}")


def by_keyboard(name):
    """Every control has a name for who does not see it, is reached with Tab alone, and shows where the focus is."""
    w = State.window
    for css in ("button:not(:disabled)", "input:not([tabindex='-1'])", "textarea", "summary"):
        for found in w.ask("POST", f"{w.session}/elements", {"using": "css selector", "value": css}):
            element = next(iter(found.values()))
            if not w.ask("GET", f"{w.session}/element/{element}/computedlabel").strip():
                State.findings.append(f"{name}: a control without a name: {w.script('return arguments[0].outerHTML', found)[:160]}")
    focused(name)
    controls = w.script(REACHABLE)
    w.script(BARE)
    reached, bare = set(), {}
    for _ in range(len(controls) + 4):
        w.type(TAB)
        now = w.script(FOCUSED)
        if not now["focus"]:
            focused(name)
        elif now["at"] is not None:
            reached.add(int(now["at"]))
            if not now["differs"] or now["contrast"] < 3:
                bare[controls[int(now["at"])]] = now
    # And the picture differs by it.
    w.type(TAB)
    ringed = w.shot()
    w.script("document.documentElement.dataset.theme = 'dark'")
    for now in w.script(FOCUSED_EACH):
        if not now["differs"] or now["contrast"] < 3:
            bare["dark: " + controls[int(now["at"])]] = now
    w.script("document.documentElement.dataset.theme = 'light'")
    w.script("document.activeElement.blur()")
    w.painted()
    if controls and ringed == w.shot():
        State.findings.append(f"{name}: the picture with and without focus is the same")
    missed = [control for at, control in enumerate(controls) if at not in reached]
    if missed:
        State.findings.append(f"{name}: not reached by keyboard: {missed}")
    if bare:
        State.findings.append(f"{name}: focus not seen well enough: {bare}")


def focused(name):
    """The page has the focus: without it no ring is painted and nothing of it is known."""
    w = State.window
    for _ in range(20):
        if w.script("return document.hasFocus()"):
            State.focused.add(name)
            return
        w.focus()
        time.sleep(0.1)
    State.findings.append(f"{name}: the window does not take the focus")


def offer(kind):
    return answer(State.town.issuer("offer", "--nik", sample()["NIK"], "--credential", kind, "--json"))


def pin(digits=PIN):
    State.window.type(digits)


def frames():
    """Pictures of all QR codes that the screen shows, as a camera would see them."""
    w = State.window
    w.size(700, 980)
    found = {}
    end = time.time() + 60
    total = w.script("return document.querySelector('.frames span')?.textContent ?? ''")
    numbers = [int(n) for n in re.findall(r"\d+", total)] or [1, 1]
    slower = w.script("return [...document.querySelectorAll('.frames button')].length > 1")
    if slower:
        w.click(".frames button:last-child")
    while len(found) < numbers[1] and time.time() < end:
        name = w.script("return document.querySelector('.frames span')?.textContent ?? 'one'")
        path = State.town.path(f"frame-{len(found)}.png")
        w.picture(path)
        if w.script("return document.querySelector('.frames span')?.textContent ?? 'one'") == name and name not in found:
            found[name] = path
    return list(found.values())


def check_first_start():
    """first start: language, a weak PIN refused, two that differ refused, a PIN chosen with the keyboard"""
    t = State.town = Town("town")
    report = answer(t.issuer("import", ROOT / "tests/fixtures/ikd/sample-200.csv", "--photos",
                             ROOT / "tests/fixtures/ikd/photos", "--json"))
    assert report["rows"] == 200, report
    (t.path("issuer") / "config.toml").write_text("".join(f'contact_{key} = "{value}"\n' for key, value in CONTACT.items()))
    t.serve()
    t.open_counter(WEAK)
    folder, root = t.publish("bundle-1")
    State.root = root
    expect(t.verifier("bundle", "import", folder, "--root-sha256", root), 0)
    State.offer = offer("KtpElektronik")
    w = start("--bundle", folder, "--root-sha256", root, State.offer["credential_offer_uri"])
    w.wait("welcome")
    look("welcome")
    w.press("Huruf besar")
    until(lambda: root_px() > 20)
    w.press("Huruf besar")
    until(lambda: root_px() == 16)
    w.press("Lihat caranya dengan gambar")
    w.wait("guide")
    look("guide")
    read_aloud("Kartu ada di HP Anda", "terkunci dengan PIN")
    for at in (2, 3, 4):
        w.press("Lanjut")
        until(lambda: f"Gambar {at} dari 4" in w.text())
        assert w.script("return document.querySelector('main svg[role=img]').getAttribute('aria-label')").startswith("Gambar: ")
        look("guide", part=f"-{at}")
    w.press("Selesai")
    w.wait("welcome")
    w.press("Mulai")
    w.wait("new-pin")
    look("new-pin")
    pin("123456")
    until(lambda: "mudah ditebak" in w.text())
    pin(PIN)
    until(lambda: "sekali lagi" in w.text())
    pin("739155")
    until(lambda: "tidak sama" in w.text())
    pin(PIN)
    until(lambda: "sekali lagi" in w.text())
    pin(PIN)


def check_receive():
    """the offer from the link waits behind the PIN; a wrong code may be typed again; KTP and KK are kept"""
    w = State.window
    w.wait("offer")
    look("offer")
    assert "terdaftar resmi" in w.text(), w.text()
    w.keys("#code", "000000")
    w.press("Terima")
    until(lambda: w.screen() == "offer" and w.script("return !!document.querySelector('#problem')"), 30)
    w.keys("#code", State.offer["tx_code"])
    w.press("Terima")
    w.wait("added", seconds=60)
    look("added")
    w.press("Ke kartu saya")
    w.wait("cards")
    w.press("Tambah kartu")
    w.wait("add")
    look("add")
    family = offer("KartuKeluarga")
    w.press("Tempel")
    w.keys("#paste", family["credential_offer_uri"])
    w.press("Lanjutkan")
    w.wait("offer")
    w.keys("#code", family["tx_code"])
    w.press("Terima")
    w.wait("added", seconds=60)
    w.press("Ke kartu saya")
    w.wait("cards")
    look("cards")
    assert len(w.script("return [...document.querySelectorAll('.face')].map(f => f.textContent)")) == 2
    w.click(".stack li:last-child button")
    w.wait("card")
    assert sample()["NIK"] in w.text() and sample()["NAMA_LGKP"] in w.text(), w.text()
    look("card")
    w.press("Hapus kartu ini")
    w.wait("remove")
    look("remove")
    w.press("Jangan hapus")
    w.wait("card")
    w.press("Perbarui kartu")
    w.wait("added", seconds=60)
    w.press("Ke kartu saya")
    w.wait("cards")
    assert len(w.script("return [...document.querySelectorAll('.face')].map(f => f.textContent)")) == 2, w.text()


def root_px():
    """How large the letters are that all others follow."""
    return State.window.script("return parseFloat(getComputedStyle(document.documentElement).fontSize)")


def read_aloud(*words):
    """The button hands the words of the screen to whatever voice the device has, and is silent again."""
    w = State.window
    w.script("""
      window.read = []; speechSynthesis.getVoices = () => [{}]; speechSynthesis.speak = one => read.push(one);
      speechSynthesis.dispatchEvent(new Event('voiceschanged'));
    """)
    w.painted()
    w.press("Bacakan")
    [(lang, text)] = w.script("return read.map(one => [one.lang, one.text])")
    assert lang == "id-ID" and all(word in text for word in words), (lang, text)
    w.press("Diam")
    w.painted()
    assert "Bacakan" in w.text() and "Diam" not in w.text(), w.text()


def check_show():
    """a request from a picture: the very values, PIN, QR; the counter accepts what the window's pixels say"""
    w, t = State.window, State.town
    picture, _ = t.ask("first")
    State.first = picture
    w.press("Tunjukkan")
    w.wait("show")
    look("show")
    w.keys("#pictures", str(picture))
    w.wait("request")
    text = w.text()
    assert sample()["NAMA_LGKP"] in text and "Loket 3" in text and sample()["NIK"] not in text, text
    look("request")
    read_aloud("Permintaan", "Loket 3", sample()["NAMA_LGKP"])
    w.press("Setuju")
    w.wait("pin")
    look("pin")
    pin("111111")
    until(lambda: "belum benar" in w.text())
    # Read aloud here, too: why it was not taken, and never what was typed.
    w.press("7")
    w.press("3")
    read_aloud("PIN untuk setuju", "Loket 3")
    said = w.script("return read.map(one => one.text).join()")
    assert not re.search(r"[73]", said.replace("Loket 3", "")), said
    for _ in range(2):
        w.click(".erase")
    pin()
    w.wait("qr")
    read_aloud("Loket 3")
    ground = w.script("const e = document.querySelector('.bright'); const r = e.getBoundingClientRect();"
                      "return [getComputedStyle(e).backgroundColor, r.left, r.top, r.width - innerWidth, r.height - innerHeight]")
    assert ground == ["rgb(255, 255, 255)", 0, 0, 0, 0] and "terangkan layar" in w.text(), (ground, w.text())
    codes = frames()
    said = answer(t.verifier("decide", *codes, "--json"))
    assert said["decision"] == "accepted" and said["facts"]["nama"] == sample()["NAMA_LGKP"], said


def check_handed_over():
    """in other hands nothing but the QR can be reached, whatever a page sends; the PIN takes it back"""
    w = State.window
    for pressed in ({"press": "go", "to": "history"}, {"press": "go", "to": "cards"}, {"press": "lock"},
                    {"press": "entry", "place": 0}, {"press": "read", "texts": ["openid4vp://x"]}, {"press": "refuse"}):
        said = w.invoke("press", {"pressed": pressed})
        assert said["value"]["screen"]["id"] == "qr", said
    w.size(360, 740)
    look("qr", "id")
    w.press("Selesai")
    w.wait("pin")
    w.press("Kembali")
    w.wait("qr")
    w.press("Selesai")
    w.wait("pin")
    pin()
    w.wait("done")
    look("done")
    w.press("Lihat riwayat")
    w.wait("history")
    look("history")
    w.click(".rows li:first-child button")
    w.wait("entry")
    look("entry")


def check_replayed():
    """the same request once more: said when it was answered, a no leads out; a yes is the person's, and the counter takes no second"""
    w, t = State.window, State.town
    w.invoke("press", {"pressed": {"press": "go", "to": "show"}})
    w.reload()
    for says_yes in (False, True):
        if says_yes:
            w.press("Ke kartu saya")
            w.wait("cards")
            w.press("Tunjukkan")
            w.wait("show")
        w.keys("#pictures", str(State.first))
        w.wait("request")
        assert re.search(r"sudah Anda jawab pada .*\d\d\.\d\d", w.text()), w.text()
        if not says_yes:
            look("request", part="-again")
            w.press("Tolak")
            w.wait("declined")
    w.press("Setuju")
    w.wait("pin")
    pin()
    w.wait("qr")
    said = t.verifier("decide", *frames(), "--json")
    assert said.returncode == 1 and json.loads(said.stdout)["code"] == "replayed", said.stdout
    w.size(360, 740)
    taken_back()


def taken_back(lang="id"):
    """Out of other hands, and back to the cards in the usual language."""
    w = State.window
    w.click("footer .primary")
    w.wait("pin")
    pin()
    w.wait("done")
    if lang != "id":
        w.invoke("press", {"pressed": {"press": "go", "to": "cards"}})
        w.prefer(lang="id")


def check_quick():
    """shown quickly without a request: what exactly, that it is weak, PIN, codes; a low-risk service takes it as weak, once"""
    w, t = State.window, State.town
    w.invoke("press", {"pressed": {"press": "go", "to": "show"}})
    w.reload()
    w.press("Tunjukkan cepat")
    w.wait("quick")
    look("quick")
    w.click(".rows li:first-child button")
    w.wait("quick-consent")
    text = w.text()
    assert "Warga Kota Madiun" in text and "lebih lemah" in text and "Tetap tersembunyi" not in text, text
    assert sample()["NAMA_LGKP"] not in text and sample()["NIK"] not in text, text
    assert w.script("return !!document.querySelector('img.portrait')"), text
    look("quick-consent")
    w.press("Setuju")
    w.wait("pin")
    pin()
    w.wait("quick-code")
    began = time.time()
    codes = frames()
    said = answer(t.verifier("decide", *codes, "--service", "warga", "--json"))
    assert said["decision"] == "accepted" and said["strength"] == "lemah", said
    assert said["facts"]["wargaKotaMadiun"] is True and "nama" not in said["facts"], said
    again = t.verifier("decide", *codes, "--service", "warga", "--json")
    assert again.returncode == 1, again.stdout
    for pressed in ({"press": "go", "to": "cards"}, {"press": "lock"}, {"press": "next-code"}, {"press": "refuse"}):
        screen = w.invoke("press", {"pressed": pressed})["value"]["screen"]
        assert screen["id"] == "quick-code" and screen["frames"], screen
    look("quick-code", "id")
    # Another code after half a minute, of the same showing.
    while time.time() < began + 31:
        time.sleep(0.2)
    left = w.invoke("view", {})["value"]["screen"]["left_s"]
    assert 200 < left <= 270, left
    codes = frames()
    w.size(360, 740)
    assert answer(t.verifier("decide", *codes, "--service", "warga", "--json"))["decision"] == "accepted"
    taken_back()
    assert "tidak terkunci untuk satu loket" in w.text(), w.text()
    w.press("Lihat riwayat")
    w.wait("history")
    line = w.script("return document.querySelector('.rows li:first-child').textContent")
    assert "Tunjukkan cepat" in line and "Loket 3" not in line, line
    assert w.text().count("Tunjukkan cepat") == 1, w.text()


def check_other_languages():
    """what is shown in other hands, in Javanese and English"""
    w, t = State.window, State.town
    for lang in ("jv", "en"):
        w.invoke("press", {"pressed": {"press": "go", "to": "show"}})
        w.prefer(lang=lang)
        w.keys("#pictures", str(t.ask(f"look-{lang}")[0]))
        w.wait("request")
        w.click("footer .primary")
        w.wait("pin")
        pin()
        w.wait("qr")
        look("qr", lang)
        taken_back(lang)
        w.prefer(lang=lang)
        w.invoke("press", {"pressed": {"press": "go", "to": "quick"}})
        w.invoke("press", {"pressed": {"press": "quick", "choice": "lansia"}})
        w.reload()
        w.wait("quick-consent")
        w.click("footer .primary")
        w.wait("pin")
        pin()
        w.wait("quick-code")
        look("quick-code", lang)
        taken_back(lang)


def check_refusals():
    """no, and a request that is none: one plain sentence, a way out, nothing sent, both in the history"""
    w, t = State.window, State.town
    picture, _ = t.ask("second")
    w.invoke("press", {"pressed": {"press": "go", "to": "show"}})
    w.reload()
    w.keys("#pictures", str(picture))
    w.wait("request")
    w.press("Tolak")
    w.wait("declined")
    look("declined")
    w.invoke("press", {"pressed": {"press": "read", "texts": ["https://example.com/<b>bukan</b>"]}})
    w.reload()
    w.wait("refused", "working")
    w.wait("refused", seconds=60)
    look("refused")
    w.press("Ke kartu saya")
    w.wait("cards")


def check_menu():
    """everything else can be reached and goes back: settings, help, list, who looked at my record"""
    w = State.window
    w.press("Lainnya")
    w.wait("menu")
    look("menu")
    for to in ("settings", "help", "trust", "access", "wipe"):
        w.invoke("press", {"pressed": {"press": "go", "to": to}})
        w.reload()
        w.wait(to)
        if to == "access":
            w.press("Ambil catatan terbaru")
            w.wait("working", seconds=5)
            w.wait("access", "refused", seconds=60)
            assert w.screen() == "access", w.text()
        if to in ("help", "settings"):
            assert all(value in w.text() for value in CONTACT.values()), w.text()
        look(to)
        w.press("Jangan hapus" if to == "wipe" else "Kembali")
        w.wait("menu")


def check_list():
    """the official list is fetched anew; an offered list is scanned from pictures"""
    w, t = State.window, State.town
    t.publish("bundle-2")
    w.invoke("press", {"pressed": {"press": "go", "to": "trust"}})
    w.reload()
    w.press("Perbarui daftar")
    w.wait("trust-updated", seconds=60)
    look("trust-updated")
    folder, _ = t.publish("bundle-3")
    version = w.script("return [...document.querySelectorAll('dd')][1].textContent")
    expect(t.verifier("bundle", "import", folder), 0)
    expect(t.verifier("bundle", "export", "--frames", t.path("list.png")), 0)
    w.press("Ke kartu saya")
    w.wait("cards")
    w.invoke("press", {"pressed": {"press": "go", "to": "trust"}})
    w.reload()
    w.press("Pindai dari loket")
    pictures = sorted(t.dir.glob("list*.png"))
    w.keys("#pictures", "\n".join(str(picture) for picture in pictures))
    w.wait("trust-updated", seconds=60)
    assert w.script("return [...document.querySelectorAll('dd')][1].textContent") != version, w.text()


def check_wishes():
    """wrong data reported, a deletion asked for, a code for a lost phone: the registry's answers are shown"""
    w, t = State.window, State.town
    w.invoke("press", {"pressed": {"press": "go", "to": "ask"}})
    w.reload()
    look("ask")
    w.press("Laporkan data yang salah")
    w.wait("tell")
    look("tell")
    w.keys("#words", "Nama ibu salah ketik <b>seharusnya</b> Sri Lestari")
    w.press("Kirim ke Dukcapil")
    w.wait("pin")
    w.press("Kembali")
    w.wait("tell")
    assert w.script("return document.querySelector('#words').value").endswith("Sri Lestari"), "nothing typed is lost"
    w.press("Kirim ke Dukcapil")
    w.wait("pin")
    pin(PIN)
    w.wait("wished", seconds=60)
    text = w.text()
    assert "<b>seharusnya</b>" in text and "menunggu" in text, text
    look("wished")
    w.press("Ke kartu saya")
    w.wait("cards")
    w.invoke("press", {"pressed": {"press": "go", "to": "delete"}})
    w.reload()
    w.press("Kirim ke Dukcapil")
    until(lambda: w.script("return document.activeElement.getAttribute('aria-invalid')") == "true")
    assert "Belum ada tulisan" in w.text(), w.text()
    by_axe("tell", "id with a problem")
    w.picture(SCREENS / "id/tell-problem-360x740-light.png")
    w.keys("#words", "Foto lama")
    w.press("Kirim ke Dukcapil")
    w.wait("pin")
    pin(PIN)
    w.wait("wished", seconds=60)
    assert "Foto lama" in w.text() and "Penghapusan" in w.text(), w.text()
    w.invoke("press", {"pressed": {"press": "go", "to": "emergency"}})
    w.reload()
    look("emergency")
    w.press("Minta kode")
    w.wait("pin")
    w.press("Kembali")
    w.wait("emergency")
    w.press("Minta kode")
    w.wait("pin")
    pin(PIN)
    w.wait("wished", seconds=60)
    code = w.script("return document.querySelector('.groups').textContent.trim()")
    assert len(re.sub("[^0-9A-Z]", "", code)) >= 8, w.text()
    w.press("Sudah saya tulis di kertas")
    w.wait("cards")


def check_letters():
    """a letter asked for: limits told beside each field, nothing typed lost, consent, PIN, it waits; refused, with the reason"""
    w, t = State.window, State.town
    w.invoke("press", {"pressed": {"press": "go", "to": "letters"}})
    w.reload()
    look("letters")
    w.click(".rows li:nth-child(2) button")
    w.wait("letter")
    look("letter")
    w.keys("#field-lokasi", "y" * 130)
    w.press("Lanjutkan")
    until(lambda: w.script("return document.querySelectorAll('[aria-invalid=true]').length") == 3)
    assert "130 huruf" in w.text() and w.script("return document.querySelector('#field-lokasi').value.length") == 130, w.text()
    by_axe("letter", "id with problems")
    w.picture(SCREENS / "id/letter-problems-360x740-light.png")
    w.press("Kembali")
    w.wait("letters")
    w.click(".rows li:nth-child(2) button")
    w.wait("letter")
    assert w.script("return document.querySelector('#field-lokasi').value.length") == 130
    w.script("document.querySelector('#field-lokasi').select()")
    for name, value in (("lokasi", "Jalan Pahlawan 3"), ("jenis", "Warung"), ("keperluan", "kredit")):
        w.keys(f"#field-{name}", value)
    w.press("Lanjutkan")
    w.wait("wish-consent")
    assert "Jalan Pahlawan 3" in w.text() and sample()["NAMA_LGKP"] in w.text(), w.text()
    look("wish-consent")
    w.press("Tolak")
    w.wait("letter")
    w.press("Lanjutkan")
    w.wait("wish-consent")
    w.press("Setuju")
    w.wait("pin")
    pin()
    w.wait("wished", seconds=60)
    assert "Warung" in w.text() and "menunggu" in w.text(), w.text()
    [letter] = answer(t.issuer("letter", "list", "--json"))["letters"]
    expect(t.issuer("letter", "refuse", letter["letter"]["number"], "--reason", "Tidak ada usaha di sana"), 0)
    w.invoke("press", {"pressed": {"press": "ask", "about": "tickets"}})
    w.reload()
    w.wait("wished", seconds=60)
    assert "Tidak ada usaha di sana" in w.text() and "ditolak" in w.text(), w.text()


def check_paper():
    """the KTP on paper: for whom and how weak, the size, PIN, a file of one's own that nobody else reads; once a day"""
    w, t = State.window, State.town
    for first in (True, False):
        w.invoke("press", {"pressed": {"press": "go", "to": "cards"}})
        w.reload()
        w.script("[...document.querySelectorAll('.stack button')].find(b => b.textContent.includes('KTP')).click()")
        w.wait("card")
        w.script("[...document.querySelectorAll('main button')].pop().scrollIntoView({ block: 'center' })")
        w.press("Cetak kartu kertas")
        w.wait("paper")
        if first:
            look("paper")
            # Where it goes can be typed: a folder that there is.
            w.script("document.querySelector('#folder').select()")
            w.keys("#folder", str(t.path("nowhere")))
            w.press("Setuju")
            until(lambda: "Folder ini tidak ada" in w.text())
            look("paper", part="-no-folder")
            t.path("papers").mkdir()
            w.script("document.querySelector('#folder').select()")
            w.keys("#folder", str(t.path("papers")))
        w.press("Setuju")
        w.wait("pin")
        pin()
        w.wait("paper-made" if first else "refused", seconds=60)
        if first:
            until(lambda: "absah-kartu-kertas-A6.pdf" in w.text())
            look("paper-made")
            file = Path(w.script("return document.querySelector('.mono').textContent.trim()"))
            assert file.parent == t.path("papers") and file.stat().st_mode & 0o777 == 0o600, file
            assert file.read_bytes().startswith(b"%PDF-")
            w.press("Simpan lagi")
            until(lambda: "absah-kartu-kertas-A6-2.pdf" in w.text())
        else:
            assert "baru saja dicetak" in w.text(), w.text()
            w.press("Ke kartu saya")
            w.wait("cards")


def check_new_pin():
    """another PIN is chosen only by who knows the old one; the old one opens nothing any more"""
    w = State.window
    w.invoke("press", {"pressed": {"press": "go", "to": "settings"}})
    w.reload()
    w.press("Ganti PIN")
    w.wait("pin")
    pin()
    w.wait("new-pin")
    pin(OTHER_PIN)
    until(lambda: "sekali lagi" in w.text())
    pin(OTHER_PIN)
    w.wait("pin-changed")
    look("pin-changed")
    w.invoke("press", {"pressed": {"press": "lock"}})
    w.reload()
    w.wait("pin")
    pin(PIN)
    until(lambda: "belum benar" in w.text())
    pin(OTHER_PIN)
    w.wait("cards")


def check_recovery():
    """a recovery code: shown once, typed back, in force with the PIN; then it replaces a forgotten PIN"""
    w = State.window
    w.invoke("press", {"pressed": {"press": "go", "to": "settings"}})
    w.reload()
    w.press("Buat kode pemulihan")
    w.wait("recovery")
    look("recovery")
    w.press("Buat kode")
    w.wait("recovery-code")
    look("recovery-code")
    groups = w.script("return [...document.querySelectorAll('.groups span')].map(s => s.textContent)")
    assert len(groups) == 7 and all(len(group) == 4 for group in groups), groups
    w.press("Sudah saya tulis di kertas")
    w.wait("recovery-check")
    look("recovery-check")
    w.keys("#group", "zzzz")
    w.press("Lanjutkan")
    until(lambda: "Belum sama" in w.text())
    w.script("document.querySelector('#group').select()")
    number = int(re.search(r"\d+", w.script("return document.querySelector('label[for=group]').textContent")).group())
    w.keys("#group", groups[number - 1].lower())
    w.press("Lanjutkan")
    w.wait("pin")
    pin(OTHER_PIN)
    w.wait("recovery-kept")
    look("recovery-kept")
    w.invoke("press", {"pressed": {"press": "lock"}})
    w.reload()
    w.wait("pin")
    w.press("Saya lupa PIN")
    w.wait("forgot")
    look("forgot")
    w.keys("#recovery-code", "-".join(groups[1:] + groups[:1]))
    w.press("Lanjutkan")
    until(lambda: "salah ketik" in w.text())
    w.script("document.querySelector('#recovery-code').select()")
    w.keys("#recovery-code", " ".join(groups).lower())
    w.press("Lanjutkan")
    w.wait("new-pin", seconds=30)
    pin(RESET_PIN)
    until(lambda: "sekali lagi" in w.text())
    pin(RESET_PIN)
    w.wait("cards", seconds=30)
    assert len(w.script("return [...document.querySelectorAll('.face')].map(f => f.textContent)")) == 2
    w.invoke("press", {"pressed": {"press": "lock"}})
    w.reload()
    w.wait("pin")
    pin(OTHER_PIN)
    until(lambda: "belum benar" in w.text())
    pin(RESET_PIN)
    w.wait("cards")


def logged_in(page, code):
    """What a browser does on the issuer's page with a code from an officer; where it is sent then."""
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    with urllib.request.urlopen(page, timeout=20) as answer:
        form = answer.read().decode()
    fields = dict(re.findall(r'type="hidden" name="([a-z_]+)" value="([^"]*)"', form))
    fields = {name: html.unescape(value) for name, value in fields.items()} | {"login_code": code, "action": "agree"}
    target = urllib.parse.urljoin(page, "/authorize")
    sent = urllib.request.Request(target, urllib.parse.urlencode(fields).encode(), {"Origin": page.split("/authorize")[0]})
    try:
        urllib.request.build_opener(Stay).open(sent, timeout=20)
    except urllib.error.HTTPError as answer:
        assert answer.code == 303, (answer.code, answer.read().decode())
        return answer.headers["Location"]
    raise AssertionError("the page sent nowhere")


def check_backup_wipe_restore():
    """backup, wipe with the PIN, restore with preview: history and list are back, cards say they must be fetched again"""
    w, t = State.window, State.town
    w.invoke("press", {"pressed": {"press": "go", "to": "backup"}})
    w.reload()
    w.wait("backup")
    look("backup")
    w.press("Buat cadangan")
    w.wait("backup-made")
    code = w.script("return document.querySelector('.groups').textContent.replace(/[^0-9]/g, '')")
    file = w.script("return document.querySelector('.mono').textContent.trim()")
    assert len(code) == 20 and Path(file).stat().st_mode & 0o777 == 0o600, (code, file)
    raw = Path(file).read_bytes()
    assert sample()["NIK"].encode() not in raw and b"Dinas" not in raw
    look("backup-made")
    w.invoke("press", {"pressed": {"press": "go", "to": "wipe"}})
    w.reload()
    w.press("Hapus semua")
    w.wait("pin")
    pin(RESET_PIN)
    w.wait("welcome")
    assert not t.path("wallet/vault").exists()
    w.press("Pulihkan dari cadangan")
    w.wait("restore")
    look("restore")
    w.keys("#backup", file)
    w.keys("#backup-code", "0" * 20)
    w.press("Lihat isinya")
    until(lambda: "tidak cocok" in w.text())
    w.script("document.querySelector('#backup-code').select()")
    w.keys("#backup-code", code)
    w.press("Lihat isinya")
    w.wait("restore-preview")
    look("restore-preview")
    w.press("Pulihkan")
    w.wait("new-pin")
    pin(NEW_PIN)
    until(lambda: "sekali lagi" in w.text())
    pin(NEW_PIN)
    w.wait("restored")
    look("restored")
    State.backup = (file, code)


def faces():
    return State.window.script("return [...document.querySelectorAll('.face')].map(f => f.textContent)")


def check_again():
    """after the restore each card is fetched again: the KTP with an officer's log-in code, the KK with the KTP alone"""
    w, t = State.window, State.town
    listed = w.script("return [...document.querySelectorAll('.rows button')].map(b => b.textContent)")
    assert len(listed) == 2 and all("Ambil lagi" in row for row in listed), listed
    w.press(next(row for row in listed if "KTP" in row).replace("›", "").strip())
    w.wait("again")
    look("again")
    code = answer(t.issuer("login-code", "--nik", sample()["NIK"], "--json"))["login_code"]
    w.press("Masuk dengan kode")
    w.wait("offer", seconds=30)
    w.press("Terima")
    w.wait("log-in", seconds=30)
    look("log-in")
    page = w.script("return document.querySelector('p.quiet.wrap').textContent.trim()")
    w.keys("#address", logged_in(page, code))
    w.press("Lanjutkan")
    w.wait("added", seconds=60)
    w.press("Ke kartu saya")
    w.wait("cards")
    assert len(faces()) == 2 and sum("perlu diambil lagi" in face for face in faces()) == 1, faces()
    w.script("[...document.querySelectorAll('.stack button')].find(b => b.textContent.includes('perlu diambil lagi')).click()")
    w.wait("card")
    w.press("Ambil lagi")
    w.wait("again")
    by_card = w.script("return [...document.querySelectorAll('button.primary')].map(b => b.textContent)")
    assert by_card == ["Ambil dengan " + KTP], by_card
    w.press(by_card[0])
    w.wait("offer", seconds=30)
    w.press("Terima")
    w.wait("added", seconds=60)
    w.press("Ke kartu saya")
    w.wait("cards")
    assert len(faces()) == 2 and not any("perlu diambil lagi" in face for face in faces()), faces()


def check_foreign():
    """a card of an independent issuer on nobody's list: received with a warning, called as its type metadata calls it"""
    w = State.window
    stranger = subprocess.Popen(["node", "stranger.mjs"], cwd=ROOT / "tests/interop", text=True, stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE, stderr=open(WORK / "stranger.log", "w"))
    try:
        offered = json.loads(stranger.stdout.readline())["offers"][0]
        w.invoke("press", {"pressed": {"press": "read", "texts": [offered["offer"]]}})
        w.reload()
        w.wait("offer", seconds=30)
        assert "belum ada di daftar resmi" in w.text() and "Universitas Contoh" in w.text(), w.text()
        w.keys("#code", offered["tx_code"])
        w.press("Terima")
        w.wait("added", seconds=60)
        w.press("Ke kartu saya")
        w.wait("cards")
        assert any("Kartu Tanda Mahasiswa" in face for face in faces()), faces()
        w.script("[...document.querySelectorAll('.stack button')].find(b => b.textContent.includes('Mahasiswa')).click()")
        w.wait("card")
        text = w.text()
        assert "Nomor mahasiswa" in text and "2205101077" in text and "Program studi" in text, text
        w.picture(SCREENS / "id/card-foreign-360x740-light.png")
        w.press("Hapus kartu ini")
        w.wait("remove")
        w.press("Hapus kartu")
        w.wait("pin")
        pin(NEW_PIN)
        w.wait("cards")
        assert faces() and not any("Kartu Tanda Mahasiswa" in face for face in faces()), faces()
    finally:
        stranger.stdin.close()
        stranger.wait(20)


def check_waiting():
    """waiting for somebody who never answers is said, and can be stopped"""
    w = State.window
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(4)
        there = urllib.parse.quote(f"http://127.0.0.1:{silent.getsockname()[1]}/offer", safe="")
        w.invoke("press", {"pressed": {"press": "read", "texts": [f"openid-credential-offer://?credential_offer_uri={there}"]}})
        w.reload()
        w.wait("working")
        # It ends with the page: one look only.
        by_axe("working", "id light usual")
        by_keyboard("working")
        w.picture(SCREENS / "id/working-360x740-light.png")
        w.press("Batal")
        w.wait("declined")
        w.press("Ke kartu saya")
        w.wait("cards")


def check_killed_and_damaged():
    """killed: everything kept is there again; a damaged vault is said in words and nothing is thrown away"""
    w, t = State.window, State.town
    w.close()
    w = start()
    w.wait("pin")
    pin(NEW_PIN)
    w.wait("cards")
    assert len(faces()) == 2 and "perlu diambil lagi" not in w.text().lower()
    w.close()
    vault = t.path("wallet/vault")
    whole = vault.read_bytes()
    vault.write_bytes(whole[: len(whole) // 2])
    w = start()
    w.wait("pin")
    pin(NEW_PIN)
    w.wait("broken")
    look("broken")
    assert vault.read_bytes() == whole[: len(whole) // 2]
    vault.write_bytes(whole)
    w.press("Coba lagi")
    w.wait("pin")
    pin(NEW_PIN)
    w.wait("cards")


def check_anew():
    """neither PIN nor recovery code: help while locked; begun anew after two questions, or restored; the locked vault lies aside"""
    w, t = State.window, State.town
    w.close()
    shutil.copytree(t.path("wallet"), t.path("anew"))
    locked = t.path("anew/vault").read_bytes()
    w = start(data="anew")
    w.wait("pin")
    w.press("Bantuan")
    w.wait("help")
    assert "Perangkat saya hilang" in w.text(), w.text()
    w.press("Kembali")
    w.wait("pin")
    for restores in (False, True):
        w.press("Saya lupa PIN")
        w.wait("forgot")
        w.press("Saya tidak punya kode")
        w.wait("lost")
        if restores:
            w.press("Pulihkan dari cadangan")
            w.wait("restore")
            w.keys("#backup", State.backup[0])
            w.keys("#backup-code", State.backup[1])
            w.press("Lihat isinya")
            w.wait("restore-preview")
            w.press("Pulihkan")
            w.wait("anew")
            assert "Yang kembali dari cadangan" in w.text(), w.text()
            until(lambda: not button("Ya, pulihkan dan mulai baru")["disabled"])
            w.press("Ya, pulihkan dan mulai baru")
        else:
            look("lost")
            w.press("Mulai baru")
            w.wait("anew")
            look("anew")
            assert "Daftar loket resmi tetap ada" in w.text(), w.text()
            # A trembling hand: the second press, on the very spot, puts nothing aside.
            twice("Mulai baru")
            time.sleep(1)
            assert w.screen() in ("anew", "pin") and t.path("anew/vault").read_bytes() == locked, w.screen()
            if w.screen() == "pin":
                w.press("Saya lupa PIN")
                w.wait("forgot")
                w.press("Saya tidak punya kode")
                w.wait("lost")
                w.press("Mulai baru")
                w.wait("anew")
                w.press("Mulai baru")
            until(lambda: "Sudah yakin?" in w.text())
            look("anew", part="-2")
            # A double click is no second answer: the yes waits, and is not where the first one was.
            assert button("Ya, mulai baru")["disabled"] and "Jangan, coba PIN lagi" in last_button(), last_button()
            assert t.path("anew/vault").read_bytes() == locked
            until(lambda: not button("Ya, mulai baru")["disabled"])
            w.press("Ya, mulai baru")
            w.wait("welcome")
            assert not t.path("anew/vault").exists() and t.path("anew/vault.damaged").read_bytes() == locked
            w.press("Mulai")
        w.wait("new-pin")
        pin(NEW_PIN)
        until(lambda: "sekali lagi" in w.text())
        pin(NEW_PIN)
        if not restores:
            w.wait("cards")
            # Who is official on this device does not change with the PIN.
            assert faces() == [] and "Daftar loket resmi belum ada" not in w.text(), (faces(), w.text())
            # The PIN comes back to mind: the wallet put aside is opened, and this one lies aside meanwhile.
            for has_cards in (True, False):
                w.invoke("press", {"pressed": {"press": "go", "to": "settings"}})
                w.reload()
                w.wait("settings")
                assert "disimpan di samping" in w.text(), w.text()
                w.press("Buka dompet yang disimpan")
                w.wait("pin")
                pin(NEW_PIN)
                w.wait("cards", seconds=30)
                assert bool(faces()) == has_cards, faces()
            w.invoke("press", {"pressed": {"press": "go", "to": "wipe"}})
            w.reload()
            assert "tidak ikut terhapus. Untuk menghapusnya" in w.text(), w.text()
            w.invoke("press", {"pressed": {"press": "lock"}})
            w.reload()
            w.wait("pin")
    w.wait("restored")
    aside = [one.read_bytes() for one in t.path("anew").glob("vault.damaged*")]
    assert len(aside) == 2 and (locked in aside), len(aside)
    restored_elsewhere()


def twice(words):
    """A double click on a button, its second half wherever the page is by then."""
    w = State.window
    w.script(
        "const b = [...document.querySelectorAll('button')].find(b => b.textContent.trim() === arguments[0]);"
        "b.scrollIntoView(); const r = b.getBoundingClientRect(); const [x, y] = [r.left + r.width / 2, r.top + r.height / 2];"
        "document.elementFromPoint(x, y).closest('button').click();"
        "setTimeout(() => document.elementFromPoint(x, y)?.closest('button:enabled')?.click(), 120)", words)


def restored_elsewhere():
    """A backup into a wallet without any list: anybody may have made the file, so its list is compared like every first one"""
    t = State.town
    State.window.close()
    w = start(data="elsewhere")
    for says_yes in (False, True):
        if says_yes:
            w.invoke("press", {"pressed": {"press": "go", "to": "restore"}})
            w.reload()
        else:
            w.wait("welcome")
            w.press("Pulihkan dari cadangan")
        w.wait("restore")
        w.keys("#backup", State.backup[0])
        w.keys("#backup-code", State.backup[1])
        w.press("Lihat isinya")
        w.wait("restore-preview")
        assert "setelah angkanya Anda cocokkan" in w.text(), w.text()
        w.press("Pulihkan")
        if not says_yes:
            w.wait("new-pin")
            pin(NEW_PIN)
            until(lambda: "sekali lagi" in w.text())
            pin(NEW_PIN)
        w.wait("root", seconds=30)
        groups = w.script("return document.querySelector('.groups').textContent.replace(/\\s/g, '')")
        assert groups == State.root, (groups, State.root)
        w.click("footer .primary" if says_yes else "footer .secondary")
        w.wait("restored")
        w.press("Ke kartu saya")
        w.wait("cards")
        assert ("belum diperiksa" not in w.text()) == says_yes, w.text()
        assert ("Daftar loket resmi belum ada" not in w.text()) == says_yes, w.text()


def button(words):
    found = State.window.script(
        "const b = [...document.querySelectorAll('button')].find(b => b.textContent.trim() === arguments[0]);"
        "return b ? { disabled: b.disabled } : null;", words)
    assert found, (words, State.window.text())
    return found


def last_button():
    return State.window.script("return [...document.querySelectorAll('footer button')].at(-1).textContent.trim()")


def to_loket():
    """How often the history says that the counter was shown something; then the cards again."""
    w = State.window
    w.invoke("press", {"pressed": {"press": "go", "to": "history"}})
    w.reload()
    lines = w.script("return [...document.querySelectorAll('.rows li')].map(l => l.textContent)")
    w.invoke("press", {"pressed": {"press": "go", "to": "cards"}})
    w.reload()
    return sum("Loket 3" in line for line in lines)


def check_full_disk():
    """no room for what is new: said in words, nothing shown that is not noted; with room again everything goes on"""
    w, t = State.window, State.town
    w.close()
    disk = Disk(t.path("small"), "8m")
    shutil.copytree(t.path("wallet"), disk.path / "wallet")
    (disk.path / "wallet").chmod(0o700)
    w = start(data=disk.path / "wallet")
    w.wait("pin")
    pin(NEW_PIN)
    w.wait("cards")
    known, shown = faces(), to_loket()
    picture = str(t.ask("full-disk")[0])
    for left in (0, None):
        disk.clear()
        if left is not None:
            disk.fill(left)
        w.invoke("press", {"pressed": {"press": "go", "to": "show"}})
        w.reload()
        w.keys("#pictures", picture)
        w.wait("request")
        w.press("Setuju")
        w.wait("pin")
        pin(NEW_PIN)
        if left is None:
            w.wait("qr")
            break
        w.wait("refused")
        assert "Ruang simpan perangkat ini habis" in w.text() and "vault-full" in w.text(), w.text()
        w.press("Ke kartu saya")
        w.wait("cards")
        assert faces() == known, faces()
    w.close()
    w = start(data=disk.path / "wallet")
    w.wait("pin")
    pin(NEW_PIN)
    w.wait("cards")
    assert faces() == known and to_loket() == shown + 1, (faces(), to_loket(), shown)
    w.close()
    # No room for the very first PIN: nothing is there yet, and trying again leads to where it is chosen.
    w = start(data=disk.path / "fresh")
    w.wait("welcome")
    w.press("Mulai")
    for left in (0, None):
        w.wait("new-pin")
        disk.clear()
        if left is not None:
            disk.fill(left)
        pin(NEW_PIN)
        until(lambda: "sekali lagi" in w.text())
        pin(NEW_PIN)
        if left is None:
            break
        w.wait("broken")
        assert "Dompet belum bisa dibuat" in w.text() and "Ruang simpan perangkat ini habis" in w.text(), w.text()
        look("broken", part="-unmade")
        w.press("Coba lagi")
    w.wait("cards")


def check_root():
    """a wallet without any list, offered one by a counter: nothing is taken over before the person has compared its root"""
    t = State.town
    State.window.close()
    expect(t.verifier("bundle", "export", "--whole", "--text", t.path("whole.txt")), 0)
    w = start(data="rooted")
    w.wait("welcome")
    w.press("Mulai")
    w.wait("new-pin")
    pin()
    until(lambda: "sekali lagi" in w.text())
    pin()
    w.wait("cards", seconds=30)
    assert "Daftar loket resmi belum ada" in w.text(), w.text()
    for says_yes in (False, True):
        w.invoke("press", {"pressed": {"press": "go", "to": "trust"}})
        w.reload()
        w.press("Pindai dari loket")
        w.keys("#pictures", str(t.path("whole.txt")))
        w.wait("root")
        groups = w.script("return document.querySelector('.groups').textContent.replace(/\\s/g, '')")
        assert groups == State.root, (groups, State.root)
        if not says_yes:
            look("root")
        w.click("footer .primary" if says_yes else "footer .secondary")
        w.wait("trust-updated" if says_yes else "declined")
        assert says_yes or w.invoke("press", {"pressed": {"press": "go", "to": "trust"}})["value"]["screen"]["list"] is None
        # Whom to turn to is known before the first card, and from the signed list alone.
        contacts = w.invoke("press", {"pressed": {"press": "go", "to": "help"}})["value"]["screen"]["contacts"]
        assert [one["name"] for one in contacts] == ([CONTACT["name"]] if says_yes else []), contacts
        if not says_yes:
            w.reload()
            assert "Datanglah ke loket" in w.text(), w.text()


def walk(words):
    """Goes with Tab to the control that says so, as who sees or hears the page would."""
    w = State.window
    for _ in range(40):
        w.type(TAB)
        here = w.script("const e = document.activeElement; return [e.textContent.trim(), e.getAttribute('aria-label'), e.id, e.value]")
        if any(one and one.replace("›", "").strip() == words for one in here if isinstance(one, str)):
            return
    raise AssertionError(f"Tab does not reach {words!r} on {w.screen()}")


def spoken():
    return State.window.script("return document.documentElement.lang")


def until(what, seconds=10):
    end = time.time() + seconds
    while not what():
        assert time.time() < end, State.window.text()
        time.sleep(0.05)


def check_keys_only():
    """from the first start to the QR code with keys alone: Tab, Shift and Tab, arrows, Enter, Space, digits"""
    t = State.town
    State.window.close()
    offered = offer("KtpElektronik")
    w = start("--bundle", t.path("bundle-3"), "--root-sha256", State.root, data="keys-only")
    w.wait("welcome")
    focused("keys-only")
    walk("id")
    w.type(DOWN)
    until(lambda: spoken() == "jv")
    w.type(UP)
    until(lambda: spoken() == "id")
    walk("Pulihkan dari cadangan")
    w.chord(SHIFT, TAB)
    w.type(ENTER)
    w.wait("guide")
    walk("Lewati")
    w.type(ENTER)
    w.wait("welcome")
    walk("Mulai")
    w.type(ENTER)
    w.wait("new-pin")
    pin()
    until(lambda: "sekali lagi" in w.text())
    pin()
    w.wait("cards", seconds=30)
    walk("Tambah kartu")
    w.type(ENTER)
    w.wait("add")
    walk("Tempel")
    w.type(SPACE)
    until(lambda: w.script("return document.activeElement.id") == "paste")
    w.type(offered["credential_offer_uri"])
    walk("Lanjutkan")
    w.type(ENTER)
    w.wait("offer", seconds=30)
    walk("code")
    w.type(offered["tx_code"])
    w.type(ENTER)
    w.wait("added", seconds=60)
    walk("Ke kartu saya")
    w.type(ENTER)
    w.wait("cards")
    walk("Tunjukkan")
    w.type(SPACE)
    w.wait("show")
    walk("Pilih gambar")
    w.type(ENTER)
    # The system's own window for files is not ours: what was chosen in it comes back.
    w.keys("#pictures", str(t.ask("keys-only")[0]))
    w.wait("request")
    w.focus()
    walk("Tetap tersembunyi (" + re.search(r"Tetap tersembunyi \((\d+)\)", w.text()).group(1) + ")")
    w.type(SPACE)
    until(lambda: w.script("return document.querySelector('details').open"))
    walk("Setuju")
    w.type(ENTER)
    w.wait("pin")
    pin()
    w.wait("qr")
    walk("Selesai")
    w.type(ENTER)
    w.wait("pin")
    pin()
    w.wait("done")
    walk("Lihat riwayat")
    w.type(ENTER)
    w.wait("history")


def fits(name):
    """Nothing wider than the window, no word cut or broken, targets of 48 px."""
    w = State.window
    w.painted()
    path = SCREENS / f"id/{name}-360x740-system-200.png"
    w.picture(path)
    State.manifest.append({"screen": name, "lang": "id", "theme": "light", "text": "system", "width": 360, "height": 740,
                           "file": str(path.relative_to(SCREENS))})
    wrong = w.script("""
      const cut = [...document.querySelectorAll('h1, h2, p, button, summary, label, legend, dt, dd, span')]
        .filter(e => !e.classList.contains('visually-hidden') && getComputedStyle(e).clipPath === 'none' && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && getComputedStyle(e).display !== 'inline');
      const low = [...document.querySelectorAll('button')].filter(b => b.getBoundingClientRect().height < 47.5);
      return [document.documentElement.scrollWidth - innerWidth, cut.map(e => e.textContent.slice(0, 60)), low.map(b => b.textContent)];""")
    broken = [word for word in w.script(BROKEN) if word not in LONG_WORDS]
    assert wrong[0] <= 0 and not wrong[1] and not wrong[2] and not broken, (name, wrong, broken)


class Desktop:
    """What a desktop tells its programs, among it the size of text."""

    def __init__(self, scale):
        self.told = WORK / "xsettings"
        self.tell(scale)
        self.daemon = subprocess.Popen(["xsettingsd", "-c", self.told], stderr=subprocess.DEVNULL)

    def tell(self, scale):
        self.told.write_text(f"Xft/DPI {96 * 1024 * scale:.0f}\n")

    def change(self, scale):
        self.tell(scale)
        self.daemon.send_signal(signal.SIGHUP)

    def close(self):
        self.daemon.terminate()
        self.daemon.wait(10)


def check_system_text():
    """the desktop's letters at twice the size: the window follows, nothing is cut or wider than 360 px; its own sizes add nothing"""
    State.window.close()
    desktop = Desktop(2)
    try:
        # Who is started before it has told learns it a moment later.
        w = start(data="keys-only")
        w.wait("pin")
        w.size(360, 740)
        until(lambda: root_px() == 32)
        fits("pin")
        pin()
        w.wait("cards")
        for to in ("cards", "show", "history", "settings", "help", "guide"):
            w.invoke("press", {"pressed": {"press": "go", "to": to}})
            w.reload()
            w.wait(to)
            assert root_px() == 32, (to, root_px())
            fits(to)
        for size in ("large", "largest", "usual"):
            w.prefer(text=size)
            assert root_px() == 32, (size, root_px())
        # Changed while the window is open; never smaller than what everybody reads.
        for scale, expected in ((1.25, 20), (0.75, 16), (1, 16)):
            desktop.change(scale)
            until(lambda: root_px() == expected and w.script("return innerWidth") == 360)
    finally:
        desktop.close()


def check_looks():
    """every screen seen: axe and names in three languages and two colours, nothing too wide, no broken word, targets of 48 px"""
    (SCREENS / "manifest.json").write_text(json.dumps(State.manifest, indent=1))
    assert not State.findings, "\n".join(State.findings)
    types = (ROOT / "wallet-app/ui/src/types.ts").read_text()
    declared = set(re.findall(r'"id": "([a-z-]+)"', re.search(r"export type ScreenView =.*?;\n", types, re.S).group()))
    assert len(declared) >= 40 and declared == State.audited.keys(), (declared ^ State.audited.keys())
    assert State.focused >= declared, declared - State.focused


def main():
    WORK.mkdir(parents=True, exist_ok=True)
    failed = False
    checks = [value for name, value in globals().items() if name.startswith("check_")]
    try:
        for check in checks:
            began = time.time()
            try:
                check()
                print(f"ok      window: {check.__doc__} ({time.time() - began:.0f} s)", flush=True)
            except Skip as why:
                print(f"skipped window: {check.__doc__} ({why})", flush=True)
            except Exception as error:  # one story: most of what follows stands on what failed
                failed = True
                print(f"FAILED  window: {check.__doc__}\n        {type(error).__name__}: {error}", flush=True)
                if State.window:
                    try:
                        State.window.picture(WORK / "failed.png")
                    except Exception:
                        pass
                # These begin with a window of their own.
                if check not in (check_full_disk, check_root, check_keys_only, check_system_text, checks[-1]):
                    print("\n".join(State.findings))
                    break
    finally:
        if State.window:
            State.window.close()
        stop_all()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
