"""The web wallet in a real browser: what a citizen does with a phone and a link, and what a browser can refuse.

Each check is a function named `check_…`, in order; its docstring is the line that is printed. Pictures go to
target/tests/web/screens with a manifest.
"""

import json
import re
import sys
import time
import traceback
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests/cli"), str(ROOT / "tests/counter")]

import town as town_module  # noqa: E402
from chromium import Page  # noqa: E402
from place import Authority, Server, Wire, fresh  # noqa: E402
from town import BIN, PIN, Skip, Town, answer, expect, sample, stop_all  # noqa: E402
from webdriver import WebDriverError  # noqa: E402

town_module.WORK = WORK = ROOT / "target/tests/web"
SCREENS = WORK / "screens"
DIST = ROOT / "wallet-app/web/dist"
AXE = (ROOT / "wallet-app/ui/node_modules/axe-core/axe.min.js").read_text()
RUN_AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } })
  .then(r => done({ passed: r.passes.length, wrong: r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 160) + ' ' + n.failureSummary)]) }),
        e => done({ passed: 0, wrong: [[String(e), []]] }));
"""
# When each screen first stood there, and when the last key was pressed.
TIMES = """
window.__times = {};
new MutationObserver(() => { const now = document.querySelector('[data-screen]')?.dataset.screen; window.__times[now] ??= performance.now(); })
  .observe(document.body, { subtree: true, attributes: true, childList: true });
addEventListener('keydown', () => { window.__last = performance.now(); }, true);
"""
MOST = 1_200_000  # bytes that come over the air until the wallet is complete, decoder included
LOOKS = [("light", "usual", (360, 740)), ("dark", "usual", (360, 740)), ("light", "largest", (360, 740)),
         ("light", "usual", (320, 640))]


class State:
    town = None
    authority = None
    server = None
    page = None
    pages = []
    seen = []
    manifest = []
    findings = []
    figures = {}


def browser(profile, url=None, **more):
    """A phone's browser with a home that trusts the root."""
    log = open(WORK / "chromium.log", "a")
    env = {"HOME": str(State.authority.home)}
    prefs = {"intl.accept_languages": "id-ID,id", **more.pop("prefs", {})}
    page = Page(log, WORK / "profiles" / profile, env=env, prefs=prefs, **more)
    State.pages.append(page)
    page.size(360, 740)
    if url:
        page.open(url)
    return page


def press(words, page=None):
    (page or State.page).press(words)


def pin(page=None, digits=PIN):
    """Typed as soon as the keypad takes it: not while the PIN before is still looked at."""
    page = page or State.page
    page.until("a keypad that waits", "return /\\b0\\b/.test(document.querySelector('.count')?.textContent)", seconds=60)
    page.type(digits)


def look(name, page=None):
    """Pictures of this screen in colours and sizes, axe on each, nothing wider than the phone."""
    p = page or State.page
    if name in State.seen:
        return
    State.seen.append(name)
    for theme, size, (width, height) in LOOKS:
        p.size(width, height)
        p.script("Object.assign(document.documentElement.dataset, { theme: arguments[0], size: arguments[1] }); scrollTo(0, 0)", theme, size)
        p.painted()
        wide = p.script("return document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            State.findings.append(f"{name} {theme} {size} {width}: {wide} px too wide")
        path = SCREENS / "id" / f"{name}-{width}x{height}{'-200' if size == 'largest' else ''}-{theme}.png"
        p.picture(path)
        State.manifest.append({"screen": name, "lang": "id", "theme": theme, "text": size, "width": width, "height": height,
                               "file": str(path.relative_to(SCREENS))})
        p.script(AXE)
        said = p.script_async(RUN_AXE)
        if said["wrong"] or said["passed"] < 5:
            State.findings.append(f"{name} {theme} {size}: axe {said}")
    p.size(360, 740)
    p.script("Object.assign(document.documentElement.dataset, { theme: 'device', size: 'usual' })")


def installed(page):
    """Until the service worker has everything."""
    page.script_async("const done = arguments[0]; navigator.serviceWorker.ready.then(() => done(true))")
    page.until("an active worker", "return navigator.serviceWorker.controller !== null")


def started(page):
    page.until("the first screen", "return document.querySelector('[data-screen]') !== null")


def new_wallet(page):
    page.wait("welcome")
    press("Mulai", page)
    for again in ("false", "true"):
        page.wait("new-pin")
        page.until("the keypad", "return document.body.innerText.includes(arguments[0])", "sekali lagi" if again == "true" else "PIN")
        time.sleep(0.3)
        pin(page)
    page.wait("cards", "offer", seconds=60)


def codes(page):
    """Pictures of all QR codes that the screen shows, as a camera would see them."""
    page.size(700, 980)
    numbers = [int(n) for n in re.findall(r"\d+", page.script("return document.querySelector('.frames span')?.textContent ?? ''"))] or [1, 1]
    if page.script("return [...document.querySelectorAll('.frames button')].length > 1"):
        page.click(".frames button:last-child")
    found, end = {}, time.time() + 60
    shown = "return document.querySelector('.frames span')?.textContent ?? 'one'"
    while len(found) < numbers[1] and time.time() < end:
        name, path = page.script(shown), State.town.path(f"code-{len(found)}.png")
        page.picture(path)
        if page.script(shown) == name and name not in found:
            found[name] = path
    page.size(360, 740)
    return list(found.values())


def check_size():
    """what comes over the air is at most 1.2 MB, packed, with the decoder"""
    sizes = {path.stem: path.stat().st_size for path in DIST.glob("*.br")}
    State.figures["packed_bytes"] = sum(sizes.values())
    assert {"index.html", "app.js", "wallet_bg.wasm", "zxing_reader.wasm", "sw.js"} <= sizes.keys(), sizes
    assert sum(sizes.values()) <= MOST, sizes


def check_serve():
    """other machines get the page by https only; careful headers; what is not of the page is not found"""
    t = State.town = Town("town")
    assert answer(t.issuer("import", ROOT / "tests/fixtures/ikd/sample-200.csv", "--photos",
                           ROOT / "tests/fixtures/ikd/photos", "--json"))["rows"] == 200
    t.serve()
    t.open_counter()
    folder, root = t.publish("bundle-1")
    expect(t.verifier("bundle", "import", folder, "--root-sha256", root), 0)
    State.authority = Authority(WORK / "authority")
    State.list = ("--bundle", folder, "--root-sha256", root)
    refused = t.wallet("serve", "--listen", "0.0.0.0:0", "--json")
    assert refused.returncode == 2 or '"page-needs-tls"' in refused.stdout, (refused.returncode, refused.stdout)
    files = ("--tls-cert", State.authority.folder / "root.pem", "--tls-key", State.authority.folder / "tls.key")
    refused = t.wallet("serve", "--listen", "127.0.0.1:0", *files, "--json")
    assert refused.returncode in (1, 2) and "page-certificate" in refused.stdout, refused
    plain = Server(t.path("plain"))
    try:
        told = urllib.request.urlopen(f"http://127.0.0.1:{plain.port}/").headers
        assert "'wasm-unsafe-eval'" in told["content-security-policy"] and "unsafe-inline" not in told["content-security-policy"]
        assert told["cross-origin-opener-policy"] == "same-origin" and told["x-content-type-options"] == "nosniff", told
        for wrong in ("README.md", "list.json", "..%2fCargo.toml", "app.js.br"):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{plain.port}/{wrong}")
                raise AssertionError(wrong)
            except urllib.error.HTTPError as error:
                assert error.code == 404, (wrong, error.code)
    finally:
        plain.stop()
    State.server = Server(t.path("served"), *State.authority.files, *State.list)
    assert State.server.url.startswith("https://")


def check_wrong_certificate():
    """wrong certificate: a browser that does not know the root shows no page"""
    page = Page(open(WORK / "chromium.log", "a"), WORK / "profiles/stranger", env={"HOME": str(fresh(WORK / "stranger"))})
    try:
        page.open(State.server.url)
        time.sleep(1)
        said = page.script("return document.documentElement.outerHTML")
    except WebDriverError as error:
        said = str(error)
    finally:
        page.close()
    assert "ERR_CERT_AUTHORITY_INVALID" in said, said[:2000]


def check_first_start():
    """through a local certificate at 360×740: welcome, PIN, the list that came with the page"""
    p = State.page = browser("citizen")
    begun = time.time()
    p.open(State.server.url)
    started(p)
    State.figures["first_load_ms"] = round((time.time() - begun) * 1000)
    p.wait("welcome")
    look("welcome")
    new_wallet(p)
    look("cards-empty")


def check_receive():
    """a link behind # brings an offer; the code; the card is kept, and its keys are the browser's"""
    p, t = State.page, State.town
    offer = answer(t.issuer("offer", "--nik", sample()["NIK"], "--credential", "KtpElektronik", "--json"))
    p.script("location.hash = arguments[0]", quote(offer["credential_offer_uri"], safe=""))
    p.wait("offer", seconds=60)
    assert "terdaftar resmi" in p.text(), p.text()
    look("offer")
    p.keys("#code", offer["tx_code"])
    press("Terima")
    p.wait("added", seconds=90)
    look("added")
    press("Ke kartu saya")
    p.wait("cards")
    look("cards")
    kept = p.script_async("""
      const done = arguments[0]; const asked = indexedDB.open('absah');
      asked.onsuccess = () => { const all = asked.result.transaction('keys').objectStore('keys').getAll();
        all.onsuccess = () => { asked.result.close(); done(all.result.map(k => [k.type, k.extractable, k.algorithm.namedCurve])); }; };""")
    assert len(kept) > 4 and all(one == ["private", False, "P-256"] for one in kept), kept[:3]
    p.click(".stack li:last-child button")
    p.wait("card")
    assert sample()["NAMA_LGKP"] in p.text(), p.text()
    look("card")
    press("Kembali")


def check_offline():
    """everything stopped: the page opens from the phone, a request from a picture is answered, the counter accepts"""
    p, t = State.page, State.town
    installed(p)
    State.server.stop()
    t.stop()
    begun = time.time()
    p.open(State.server.url)
    started(p)
    State.figures["from_cache_ms"] = round((time.time() - begun) * 1000)
    p.wait("pin")
    look("pin")
    pin()
    p.wait("cards", seconds=60)
    picture, _ = t.ask("first")
    press("Tunjukkan")
    p.wait("show")
    p.keys("#pictures", str(picture))
    p.wait("request")
    text = p.text()
    assert sample()["NAMA_LGKP"] in text and "Loket 3" in text and sample()["NIK"] not in text, text
    look("request")
    press("Setuju")
    p.wait("pin")
    p.script(TIMES)
    p.devtools("Emulation.setCPUThrottlingRate", rate=4)
    pin()
    p.wait("qr", seconds=60)
    p.devtools("Emulation.setCPUThrottlingRate", rate=1)
    State.figures["pin_to_qr_ms_at_4x"] = round(p.script("return window.__times.qr - window.__last"))
    p.picture(SCREENS / "id/qr-360x740-light.png")
    said = answer(t.verifier("decide", *codes(p), "--json"))
    assert said["decision"] == "accepted" and said["facts"]["nama"] == sample()["NAMA_LGKP"], said
    State.said = said
    press("Selesai")
    p.wait("pin")
    pin()
    p.wait("done", seconds=60)
    look("done")


def check_two_tabs():
    """two tabs: the second says so and puts nothing aside; once the first is locked it opens"""
    p = State.page
    first = p.ask("GET", f"{p.session}/window")
    second = p.ask("POST", f"{p.session}/window/new", {"type": "tab"})["handle"]
    p.ask("POST", f"{p.session}/window", {"handle": second})
    p.size(360, 740)
    p.open(State.server.url)
    p.wait("pin")
    pin()
    p.wait("broken", seconds=60)
    assert "tab lain" in p.text() and "Mulai baru" not in p.text(), p.text()
    look("broken-other-tab")
    p.ask("POST", f"{p.session}/window", {"handle": first})
    p.open("about:blank")
    p.ask("POST", f"{p.session}/window", {"handle": second})
    press("Coba lagi")
    p.wait("pin")
    pin()
    p.wait("cards", seconds=60)


def check_evicted():
    """storage evicted: said while open and at the next start, and a new wallet can be begun"""
    p = State.page
    origin = State.server.url.rstrip("/")
    p.devtools("Storage.clearDataForOrigin", origin=origin, storageTypes="indexeddb")
    picture, _ = State.town.ask("second")
    press("Tunjukkan")
    p.wait("show")
    p.keys("#pictures", str(picture))
    p.wait("request")
    press("Setuju")
    p.wait("pin")
    pin()
    p.until("a plain sentence", "return /sudah terhapus/.test(document.body.innerText)")
    p.open(origin + "/")
    p.wait("broken")
    assert "sudah terhapus" in p.text(), p.text()
    look("broken-evicted")
    p.click("footer button:last-child")
    p.click("footer button:last-child")
    p.wait("welcome")
    p.close()


def check_private():
    """private mode: where the browser keeps nothing, the page says so before anything is typed"""
    State.server = Server(State.town.path("served"), *State.authority.files, *State.list, at=State.server.port)
    page = browser("private", State.server.url, prefs={"profile.default_content_setting_values.cookies": 2})
    try:
        page.wait("broken")
        assert "tidak menyimpan apa pun" in page.text(), page.text()
        look("broken-private", page)
    finally:
        page.close()


def check_camera_refused():
    """camera refused: said, and pictures and pasted texts remain"""
    page = browser("no-camera", State.server.url, camera=False)
    try:
        new_wallet(page)
        press("Tambah kartu", page)
        page.wait("add")
        page.until("a plain sentence", "return document.body.innerText.includes('Kamera tidak tersedia')")
        assert "Tempel" in page.text() and "Pilih gambar" in page.text(), page.text()
        look("add-no-camera", page)
    finally:
        page.close()


def check_interrupted_install():
    """interrupted install: nothing half is kept, the wallet works online, and the next start completes it"""
    plain = Server(State.town.path("plain"), *State.list)
    wire = Wire(State.authority, plain.url)
    wire.breaks = 1
    page = browser("interrupted", wire.url)
    try:
        page.wait("welcome")
        page.until("a failed install", "return window.__tried = (window.__tried || 0) + 1, window.__tried > 40")
        active = "const done = arguments[0]; navigator.serviceWorker.getRegistration().then(r => done(r?.active != null))"
        assert wire.breaks == 0 and page.script_async(active) is False, "half an install counts as one"
        kept = page.script_async("const done = arguments[0]; caches.keys().then(done)")
        assert kept == [], kept
        new_wallet(page)
        page.open(wire.url)
        installed(page)
        wire.stop()
        plain.stop()
        page.open(wire.url)
        page.wait("pin")
        pin(page)
        page.wait("cards", seconds=60)
    finally:
        page.close()


def check_looks():
    """no finding by axe on any screen met, nothing wider than the phone"""
    (SCREENS / "manifest.json").write_text(json.dumps(State.manifest, indent=1))
    assert len(State.seen) >= 10, State.seen
    assert not State.findings, "\n".join(State.findings)


# Without these nothing that follows can be.
NEEDED = ("check_serve", "check_first_start", "check_receive", "check_offline")


def main():
    fresh(WORK)
    failed = 0
    wanted = sys.argv[2:]
    try:
        for name, check in list(globals().items()):
            if not name.startswith("check_") or (wanted and name[6:] not in wanted):
                continue
            try:
                check()
                print(f"ok      {check.__doc__}", flush=True)
            except Skip as why:
                print(f"skipped {check.__doc__}: {why}", flush=True)
            except Exception:
                failed += 1
                print(f"FAILED  {check.__doc__}", flush=True)
                traceback.print_exc()
                if name in NEEDED:
                    break
                try:
                    State.page.picture(WORK / f"{name}.png")
                except Exception:
                    pass
    finally:
        print(f"figures {json.dumps(State.figures)}", flush=True)
        for page in State.pages:
            try:
                page.close()
            except Exception:  # noqa: BLE001, S110: closed before
                pass
        stop_all()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
