"""The web wallet in a real browser: what a citizen does with a phone and a link, and what a browser can refuse.

Each check is a function named `check_…`, in order; its docstring is the line that is printed. Pictures go to
target/tests/web/screens with a manifest.
"""

import json
import re
import subprocess
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
from documents import child_and_mother  # noqa: E402
from place import Authority, Server, Wire, fresh  # noqa: E402
from town import BIN, PIN, Skip, Town, answer, expect, sample, stop_all  # noqa: E402
from webdriver import ELEMENT, WebDriverError  # noqa: E402

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
# What the page asks of the browser while a scanner looks at it.
WAKE = """
window.__wake = [];
navigator.wakeLock.request = async kind => { __wake.push(kind); return { released: false, release: async () => { __wake.push('let go'); } }; };
"""
MOST = 1_200_000  # bytes that come over the air until the wallet is complete, decoder included
LOOKS = [("light", "usual", (360, 740)), ("dark", "usual", (360, 740)), ("light", "largest", (360, 740)),
         ("light", "usual", (320, 640))]
# The first three in every language; axe on all of one and, for names, on the first of the others.
LANGUAGES = ("id", "jv", "en")
# A service that takes no card whose key lives in a browser.
STRONG = """
[[service]]
id = "kunci-kuat"
title = "Layanan dengan kunci kuat"
purpose = "Memastikan nama"
legal_basis = "Contoh: Peraturan Wali Kota Madiun"
claims = ["nama"]
tier = "sedang"
retention_days = 30
key_assurance = "software"
"""
# A parent beside their child, and the child's card alone.
FAMILY = """
[[service]]
id = "orang-tua-dan-anak"
title = "Pendaftaran sekolah"
purpose = "Memastikan orang tua dan anaknya"
legal_basis = "Contoh: Peraturan Wali Kota Madiun"
asks = [
    { credential = "KtpElektronik", claims = ["nama"] },
    { credential = "Kia", claims = ["nama", "kelahiran", "hubunganPemegang"] },
]
tier = "rendah"
retention_days = 30

[[service]]
id = "kartu-anak"
title = "Potongan harga kolam renang"
purpose = "Memastikan usia anak"
legal_basis = "Contoh: Peraturan Wali Kota Madiun"
asks = [{ credential = "Kia", claims = ["nama", "kelahiran"] }]
tier = "rendah"
retention_days = 30
"""


class State:
    town = None
    authority = None
    server = None
    issuer = None
    family = None
    child = None
    mother = None
    page = None
    pages = []
    seen = []
    manifest = []
    findings = []
    figures = {}


def browser(profile, url=None, scripts=True, **more):
    """A phone's browser with a home that trusts the root."""
    log = open(WORK / "chromium.log", "a")
    env = {"HOME": str(State.authority.home)}
    prefs = {"intl.accept_languages": "id-ID,id", **more.pop("prefs", {})}
    page = Page(log, WORK / "profiles" / profile, env=env, prefs=prefs, **more)
    State.pages.append(page)
    if scripts:
        page.size(360, 740)
    if url:
        page.open(url)
    return page


def press(words, page=None):
    p = page or State.page
    # A row says with a mark that it leads further.
    found = p.script(
        "const words = arguments[0]; const all = [...document.querySelectorAll('button, summary')];"
        "return all.find(b => (b.textContent.replace('›', '').trim() === words || b.querySelector('strong')?.textContent.trim() === words)"
        " && !b.disabled) || null;", words)
    assert found, f"no button {words!r} on {p.screen()}: {p.text()}"
    p.script("arguments[0].scrollIntoView({ block: 'center' })", found)
    p.ask("POST", f"{p.session}/element/{found[ELEMENT]}/click", {})


def pin(page=None, digits=PIN):
    """Typed as soon as the keypad takes it: not while the PIN before is still looked at."""
    page = page or State.page
    page.until("a keypad that waits", "return /\\b0\\b/.test(document.querySelector('.count')?.textContent)", seconds=60)
    page.type(digits)


def speak(page, lang):
    """The phone's language changes while the page is open: its words follow, and nothing else."""
    agent = page.script("return navigator.userAgent")
    page.devtools("Emulation.setUserAgentOverride", userAgent=agent, acceptLanguage=lang)
    page.script("dispatchEvent(new Event('languagechange'))")
    page.until(f"the page in {lang}", "return document.documentElement.lang === arguments[0]", lang)


def look(name, page=None, languages=LANGUAGES):
    """Pictures of this screen in languages, colours and sizes; axe; nothing wider than the phone."""
    p = page or State.page
    if name in State.seen:
        return
    State.seen.append(name)
    for lang in languages:
        if languages != ("id",):
            speak(p, lang)
        looks(p, name, lang, LOOKS if lang == "id" else LOOKS[:3])
    if languages != ("id",):
        speak(p, "id")
    p.size(360, 740)
    p.script("Object.assign(document.documentElement.dataset, { theme: 'device', size: 'usual' })")


def looks(p, name, lang, wanted):
    for theme, size, (width, height) in wanted:
        p.size(width, height)
        p.script("Object.assign(document.documentElement.dataset, { theme: arguments[0], size: arguments[1] }); scrollTo(0, 0)", theme, size)
        p.painted()
        wide = p.script("return document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            beyond = p.script("return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().left + e.scrollWidth > innerWidth)"
                              ".map(e => e.outerHTML.slice(0, 100)).slice(-2)")
            State.findings.append(f"{name} {lang} {theme} {size} {width}: {wide} px too wide, {beyond}")
        path = SCREENS / lang / f"{name}-{width}x{height}{'-200' if size == 'largest' else ''}-{theme}.png"
        p.picture(path)
        State.manifest.append({"screen": name, "lang": lang, "theme": theme, "text": size, "width": width, "height": height,
                               "file": str(path.relative_to(SCREENS))})
        if lang != "id" and (theme, size) != ("light", "usual"):
            continue
        p.script(AXE)
        said = p.script_async(RUN_AXE)
        if said["wrong"] or said["passed"] < 5:
            State.findings.append(f"{name} {lang} {theme} {size}: axe {said}")


def in_view(page, css):
    """Whether all of it can be seen: within the window, and nothing over it."""
    return page.script("""
      const found = document.querySelector(arguments[0]); if (!found) return false; const r = found.getBoundingClientRect();
      const seen = (x, y) => { const top = document.elementFromPoint(x, y); return top !== null && (found.contains(top) || top.contains(found)); };
      return r.height > 0 && r.top >= 0 && r.bottom <= innerHeight && seen(r.left + 2, r.top + 2) && seen(r.left + r.width / 2, r.bottom - 2);""", css)


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
    State.issuer = t.serve()
    t.open_counter(STRONG + FAMILY)
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
    press("Hapus kartu ini")
    p.wait("remove")
    look("remove")
    press("Jangan hapus")
    p.wait("card")
    press("Kembali")


def check_helper_offer():
    """a helper's offer says whose card it is and for how long before anything is typed; refused, nothing is kept"""
    p, t = State.page, State.town
    helper = ("--id", "pkk-07", "--name", "Sri Wahyuni", "--organisation", "PKK Kartoharjo")
    expect(t.issuer("pendamping", "add", *helper, "--json"), 0)
    _, mother = child_and_mother()
    began = answer(t.issuer("pendamping", "start", "--nik", mother["NIK"], "--helper", "pkk-07", "--card-and-face", "--agreed", "--json"))
    p.script("location.hash = arguments[0]", quote(began["credential_offer_uri"], safe=""))
    p.wait("offer", seconds=60)
    first, *others = mother["NAMA_LGKP"].split()
    said = p.script("return document.querySelector('main .note')?.innerText ?? ''")
    assert "30 menit" in said and "pendamping" in said and " ".join([first, *(f"{one[0]}." for one in others)]) in said, said
    look("offer-helper")
    press("Tidak")
    p.wait("declined")
    press("Ke kartu saya")
    p.wait("cards")


def check_letters():
    """two letters asked for with the KTP, one refused with its reason; approved ones are fetched, as cards side by side"""
    p, t = State.page, State.town
    wanted = [("Surat keterangan usaha", {"jenis": "Warung <b>kopi</b>", "lokasi": "Jalan Pahlawan 3", "keperluan": "kredit"}),
              ("Surat keterangan domisili", {"keperluan": "membuka rekening"}),
              ("Surat keterangan tidak mampu", {"keperluan": "beasiswa"})]
    for at, (kind, fields) in enumerate(wanted):
        press("Lainnya")
        p.wait("menu")
        press("Permintaan ke Dukcapil")
        p.wait("ask")
        press("Minta surat keterangan")
        p.wait("letters")
        look("letters")
        press(kind)
        p.wait("letter")
        if at == 0:
            # Too long and empty: told beside the field, and what was typed stays.
            p.keys("#field-jenis", "x" * 90)
            press("Lanjutkan")
            p.until("words beside the fields", "return document.querySelectorAll('[aria-invalid=true]').length === 3")
            assert "90 huruf" in p.text() and p.script("return document.querySelector('#field-jenis').value.length") == 90, p.text()
            look("letter")
            p.script("document.querySelector('#field-jenis').select()")
        for name, value in fields.items():
            p.keys(f"#field-{name}", value)
        press("Lanjutkan")
        p.wait("wish-consent")
        text = p.text()
        assert kind in text and "Dinas Kependudukan" in text and fields["keperluan"] in text, text
        look("wish-consent")
        press("Setuju")
        p.wait("pin")
        pin()
        p.wait("wished", seconds=60)
        assert "menunggu" in p.text() and "<b>kopi</b>" in p.text(), p.text()
        press("Ke kartu saya")
        p.wait("cards")
    waiting = {letter["letter"]["text"].split(":")[0]: str(letter["letter"]["number"]) for letter in answer(t.issuer("letter", "list", "--json"))["letters"]}
    expect(t.issuer("letter", "approve", waiting["Surat keterangan usaha"]), 0)
    expect(t.issuer("letter", "approve", waiting["Surat keterangan domisili"]), 0)
    expect(t.issuer("letter", "refuse", waiting["Surat keterangan tidak mampu"], "--reason", "Data belum lengkap"), 0)
    for left in (2, 1, 0):
        tickets(p)
        text = p.text()
        assert "ditolak" in text and "Data belum lengkap" in text and "openid-credential-offer" not in text, text
        buttons = p.script("return [...document.querySelectorAll('main button')].filter(b => b.textContent === 'Ambil surat').length")
        assert buttons == left, (buttons, text)
        if left == 2:
            look("wished")
        if left == 0:
            break
        press("Ambil surat")
        p.wait("offer", seconds=60)
        press("Terima")
        p.wait("added", seconds=90)
        press("Ke kartu saya")
        p.wait("cards")
    press("Ke kartu saya")
    p.wait("cards")
    faces = p.script("return [...document.querySelectorAll('.face .name')].map(f => f.textContent)")
    assert sorted(faces) == ["KTP elektronik", "Surat keterangan domisili", "Surat keterangan usaha"], faces
    look("cards-letters")


def tickets(p):
    press("Lainnya")
    p.wait("menu")
    press("Permintaan ke Dukcapil")
    p.wait("ask")
    look("ask")
    press("Jawaban Dukcapil")
    p.wait("wished", seconds=60)


def check_paper():
    """the KTP on paper: for whom, that it is weak, PIN; a PDF is handed over; a second one on the same day is refused plainly"""
    p = State.page
    saved = fresh(WORK / "downloads")
    p.devtools("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(saved))
    for first in (True, False):
        p.script("[...document.querySelectorAll('.stack button')].find(b => b.textContent.includes('KTP')).click()")
        p.wait("card")
        press("Cetak kartu kertas")
        p.wait("paper")
        look("paper")
        p.script("document.querySelector('input[value=a4]').scrollIntoView({ block: 'center' })")
        p.click("input[value=a4]")
        press("Setuju")
        p.wait("pin")
        pin()
        p.wait("paper-made" if first else "refused", seconds=60)
        if first:
            end = time.time() + 20
            while not list(saved.glob("*.pdf")):
                assert time.time() < end, p.text()
                time.sleep(0.1)
            [file] = saved.glob("*.pdf")
            assert file.name == "absah-kartu-kertas-A4.pdf" and file.read_bytes().startswith(b"%PDF-"), file
            assert "folder Unduhan" in p.text() and "#folder" not in p.text(), p.text()
            look("paper-made")
        else:
            assert "baru saja dicetak" in p.text(), p.text()
            look("refused")
        press("Ke kartu saya")
        p.wait("cards")
    press("Lainnya")
    p.wait("menu")
    press("Riwayat")
    p.wait("history")
    assert "Kartu kertas" in p.text() and "disimpan sebagai PDF" in p.text(), p.text()
    press("Kartu kertas")
    p.wait("entry")
    text = p.text()
    assert sample()["NAMA_LGKP"] in text and "4 angka terakhir NIK" in text and "A4" in text, text
    look("entry-paper")
    go_cards(p)


def go_cards(p):
    """Back until there is no way back."""
    while p.screen() != "cards":
        before = p.script("return document.querySelector('main').innerHTML")
        p.script("dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))")
        p.until("another screen", "return document.querySelector('main').innerHTML !== arguments[0]", before)


def check_back_key():
    """the phone's own Back key takes one step back, leaves no code that is shown, and the wallet from its first screen only"""
    p = State.page
    here = p.script("return location.href")
    steps = lambda: p.script("return history.state")
    for _ in range(2):
        press("Lainnya")
        p.wait("menu")
        press("Riwayat")
        p.wait("history")
        press("Kartu kertas")
        p.wait("entry")
        for screen in ("history", "menu", "cards"):
            p.back()
            p.wait(screen)
        p.until("no step left", "return history.state === null")
    # The way back on the screen and the key's do not add up.
    press("Lainnya")
    p.wait("menu")
    press("Riwayat")
    p.wait("history")
    go_cards(p)
    p.until("no step left", "return history.state === null")
    press("Lainnya")
    p.wait("menu")
    p.back()
    p.wait("cards")
    assert p.script("return location.href") == here and steps() is None
    # A link that is followed is no step back.
    press("Lainnya")
    p.wait("menu")
    p.script("location.hash = 'nothing-known'")
    p.wait("refused")
    go_cards(p)


def check_backup():
    """a backup is handed to the browser: the words say Downloads, and no folder is asked for"""
    p = State.page
    saved = fresh(WORK / "downloads")
    p.devtools("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(saved))
    press("Lainnya")
    p.wait("menu")
    press("Cadangan")
    p.wait("backup")
    assert p.script("return document.querySelector('#folder')") is None
    look("backup")
    press("Buat cadangan")
    p.wait("backup-made", seconds=60)
    assert "folder Unduhan" in p.text() and "absah-cadangan-" in p.text(), p.text()
    look("backup-made")
    end = time.time() + 20
    while not list(saved.glob("*.absah")):
        assert time.time() < end
        time.sleep(0.1)
    p.click("input[type=checkbox]")
    press("Ke kartu saya")
    p.wait("cards")


def film(picture, name):
    """A camera that sees this picture, or nothing; the browser plays the file over and over."""
    out = State.town.path(f"next-{name}")
    seen = ("-loop", "1", "-t", "2", "-i", picture) if picture else ("-f", "lavfi", "-t", "2", "-i", "color=gray:s=640x640")
    subprocess.run(["ffmpeg", "-y", "-loglevel", "error", *seen, "-vf",
                    "fps=8,scale=640:640:flags=neighbor:force_original_aspect_ratio=decrease,pad=960:720:(ow-iw)/2:(oh-ih)/2:gray,format=yuv420p",
                    out], check=True)
    out.replace(State.town.path(name))
    return State.town.path(name)


def give(page, nik, card):
    """A card by its link, as check_receive does."""
    offer = answer(State.town.issuer("offer", "--nik", nik, "--credential", card, "--json"))
    page.script("location.hash = arguments[0]", quote(offer["credential_offer_uri"], safe=""))
    page.wait("offer", seconds=60)
    page.keys("#code", offer["tx_code"])
    press("Terima", page)
    page.wait("added", seconds=90)
    press("Ke kartu saya", page)
    page.wait("cards")


def asked_by_picture(page, service):
    picture = State.town.path(f"{service}.png")
    expect(State.town.verifier("request", "--service", service, "--out", picture), 0)
    press("Tunjukkan", page)
    page.wait("show")
    page.keys("#pictures", str(picture))
    page.wait("request", seconds=30)
    return page.text()


def check_camera():
    """the camera itself: a film of a request is read, and of two adults on one phone the person chooses who answers"""
    t = State.town
    picture, _ = t.ask("seen")
    State.child, State.mother = child, mother = child_and_mother()
    f = State.family = browser("family", State.server.url, video=film(picture, "phone.y4m"))
    new_wallet(f)
    for nik, card in ((sample()["NIK"], "KtpElektronik"), (mother["NIK"], "KtpElektronik"), (child["NIK"], "Kia")):
        give(f, nik, card)
    look("cards-household", f)
    press("Tunjukkan", f)
    f.wait("request", seconds=60)
    film(None, "phone.y4m")
    other = f"Pakai kartu {sample()['NAMA_LGKP']}"
    label = f.script("return [...document.querySelectorAll('main button.secondary')].map(b => b.textContent.trim())")
    assert any(sample()["NAMA_LGKP"] in one for one in label), (other, label)
    assert f"milik {mother['NAMA_LGKP']}" in f.text(), f.text()
    look("request-household", f)
    press(next(one for one in label if sample()["NAMA_LGKP"] in one), f)
    f.until("the other's card", "return document.body.innerText.includes(arguments[0])", f"milik {sample()['NAMA_LGKP']}")
    press("Tolak", f)
    f.wait("declined")
    go_cards(f)


def check_family():
    """parent and child in one answer, and the child's card alone: whose each is stands on the screen; the counter accepts"""
    f, t = State.family, State.town
    child, mother = State.child["NAMA_LGKP"], State.mother["NAMA_LGKP"]
    text = asked_by_picture(f, "orang-tua-dan-anak")
    assert f"{child}, anak atau tanggungan Anda" in text and f"milik {mother}" in text, text
    look("request-parent-and-child", f)
    press("Tolak", f)
    f.wait("declined")
    go_cards(f)
    text = asked_by_picture(f, "kartu-anak")
    assert f"{child}, anak atau tanggungan Anda" in text and mother not in text, text
    look("request-child", f)
    press("Setuju", f)
    f.wait("pin")
    pin(f)
    f.wait("qr", seconds=60)
    said = answer(t.verifier("decide", *codes(f), "--json"))
    assert said["decision"] == "accepted" and said["facts"]["nama"] == child, said
    press("Selesai", f)
    f.wait("pin")
    pin(f)
    f.wait("done", seconds=60)
    press("Ke kartu saya", f)
    f.wait("cards")


def check_household_access():
    """of two adults on one phone each asks with their own card who looked at their record, and for a code for a lost phone"""
    f = State.family
    press("Lainnya", f)
    f.wait("menu")
    press("Siapa melihat data saya", f)
    f.wait("access")
    look("access-household", f)
    for name in (State.mother["NAMA_LGKP"], sample()["NAMA_LGKP"]):
        press(f"Ambil catatan {name}", f)
        f.until("their entries", "return document.querySelector('[data-screen]')?.dataset.screen === 'access' && "
                "document.querySelector('h2')?.textContent === arguments[0]", f"Catatan {name}", seconds=60)
    look("access-of-one", f)
    go_cards(f)
    press("Lainnya", f)
    f.wait("menu")
    press("Permintaan ke Dukcapil", f)
    f.wait("ask")
    press("Kode bila HP hilang", f)
    f.wait("emergency")
    look("emergency-household", f)
    press(f"Kode untuk {sample()['NAMA_LGKP']}", f)
    f.wait("pin")
    pin(f)
    f.wait("wished", seconds=60)
    text = f.text()
    # Where to tell of it: as the signed list and the card say, not as a fixed text.
    assert f"{State.issuer}/suspend" in text, text
    look("emergency-code", f)
    go_cards(f)


def check_help():
    """the help tells what the program can do, with the page for a lost phone"""
    f = State.family
    press("Lainnya", f)
    f.wait("menu")
    press("Bantuan", f)
    f.wait("help")
    f.script("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    text = f.text()
    for words in ("Mode Pendamping", "Cetak kartu kertas", "Kode pemulihan", "kartu anak", "Pulihkan dari cadangan", "/suspend"):
        assert words in text, (words, text)
    look("help", f)
    go_cards(f)


def check_pin_wait():
    """five wrong PINs: the wait is told, also by a page loaded anew and after all that lies beside the vault was cleared"""
    f = State.family
    press("Lainnya", f)
    f.wait("menu")
    press("Kunci", f)
    f.wait("pin")
    for number in range(5):
        pin(f, "314159")
        f.until("an answer", "return document.querySelector('.count')?.textContent.trim() !== ''"
                " && document.querySelector('[role=alert]') !== null", seconds=30)
        time.sleep(0.2)
        if number == 0:
            for size in ("usual", "largest"):
                f.script("document.documentElement.dataset.size = arguments[0]", size)
                f.painted()
                assert in_view(f, "h1") and in_view(f, "[role=alert]"), size
            f.script("document.documentElement.dataset.size = 'usual'")
            look("pin-wrong", f, ("id",))
    told = "return /Tunggu \\d+ detik/.test(document.querySelector('.count')?.textContent ?? '')"
    f.until("the wait", told)
    f.script("localStorage.clear(); localStorage.setItem('absah.exists', '1')")
    f.open(State.server.url)
    f.wait("pin")
    f.until("the wait, told anew", told)
    assert "terlalu sering" in f.text() and f.script("return document.querySelector('.digit').disabled"), f.text()
    look("pin-wait", f, ("id",))
    f.until("the end of the wait", "return /\\b0\\b/.test(document.querySelector('.count')?.textContent)", seconds=60)
    pin(f)
    f.wait("cards", seconds=60)
    f.close()


def check_stronger_key():
    """a service that takes no key of a browser: said before any consent, nothing is sent"""
    p, t = State.page, State.town
    picture = t.path("strong.png")
    expect(t.verifier("request", "--service", "kunci-kuat", "--out", picture), 0)
    press("Tunjukkan")
    p.wait("show")
    p.keys("#pictures", str(picture))
    p.wait("refused", seconds=30)
    assert "kunci yang lebih kuat" in p.text() and "card-key-too-weak" in p.text(), p.text()
    press("Ke kartu saya")
    p.wait("cards")


def done_in_reach(p):
    """At every size of letters *Selesai* is in view with the whole code, and not over it."""
    for size, (width, height) in (("usual", (360, 740)), ("large", (360, 740)), ("largest", (360, 740)), ("largest", (320, 640)), ("largest", (412, 915))):
        p.size(width, height)
        p.script("document.documentElement.dataset.size = arguments[0]; document.querySelector('.bright').scrollTo(0, 0)", size)
        p.painted()
        where = p.script("return ['.qr', 'footer button', 'footer'].map(c => { const r = document.querySelector(c).getBoundingClientRect(); return [r.top, r.bottom, r.width]; })")
        assert in_view(p, "footer button"), (size, width, where)
        if size == "largest":
            assert in_view(p, ".qr") and where[0][1] <= where[2][0], (size, width, where)
            assert where[0][2] >= 0.8 * width, (size, width, where)
            p.picture(SCREENS / f"id/qr-{width}x{height}-200-light.png")
    p.script("document.documentElement.dataset.size = 'usual'")
    p.size(360, 740)


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
    p.script(WAKE)
    p.devtools("Emulation.setCPUThrottlingRate", rate=4)
    pin()
    p.wait("qr", seconds=60)
    p.devtools("Emulation.setCPUThrottlingRate", rate=1)
    State.figures["pin_to_qr_ms_at_4x"] = round(p.script("return window.__times.qr - window.__last"))
    p.until("a screen that stays on", "return String(window.__wake) === 'screen'")
    assert "terangkan layar" in p.text(), p.text()
    p.picture(SCREENS / "id/qr-360x740-light.png")
    done_in_reach(p)
    said = answer(t.verifier("decide", *codes(p), "--json"))
    assert said["decision"] == "accepted" and said["facts"]["nama"] == sample()["NAMA_LGKP"], said
    State.said = said
    press("Selesai")
    p.wait("pin")
    p.until("a screen that may go dark", "return String(window.__wake) === 'screen,let go'")
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
    # Not for a double click: the second yes takes a moment.
    assert p.script("return document.querySelector('footer button:last-child').disabled")
    p.until("the second yes", "return !document.querySelector('footer button:last-child').disabled")
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


def check_incognito():
    """a private window and a browser without service worker: said in plain words before anything is begun, with a way out; the wallet still works"""
    page = browser("incognito", State.server.url, more=["--incognito"])
    try:
        page.wait("welcome")
        page.until("the sentence", "return document.body.innerText.includes('semua kartu hilang saat jendelanya ditutup')")
        assert page.script_async("const done = arguments[0]; navigator.storage.persisted().then(done)") is False
        assert "tanpa internet" not in page.text(), "a claim that is not so: there is a service worker here"
        look("welcome-private", page)
        page.devtools("Browser.grantPermissions", origin=State.server.url.rstrip("/"), permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
        press("Salin alamat halaman ini", page)
        page.until("copied", "return document.body.innerText.includes('Tersalin')")
        new_wallet(page)
    finally:
        page.close()
    page = browser("no-worker")
    try:
        page.devtools("Page.addScriptToEvaluateOnNewDocument", source="delete Navigator.prototype.serviceWorker")
        page.open(State.server.url)
        page.wait("welcome")
        page.until("the sentence", "return document.body.innerText.includes('tidak bisa dibuka tanpa internet')")
    finally:
        page.close()
    # Where the browser has promised to keep what is here, nothing is said against it.
    page = browser("kept")
    try:
        page.devtools("Page.addScriptToEvaluateOnNewDocument", source="StorageManager.prototype.persisted = async () => true")
        page.open(State.server.url)
        page.wait("welcome")
        time.sleep(1)
        assert "samaran" not in page.text() and "internet" not in page.text(), page.text()
    finally:
        page.close()


def check_old_browser():
    """old browser: whatever it lacks is named in a plain sentence, in its own language; nothing is typed or begun"""
    for lacks, words in (("WebAssembly", "mesin dompet"), ("indexedDB", "tempat menyimpan"), ("crypto", "penjaga kunci")):
        page = browser(f"old-{lacks}")
        try:
            page.devtools("Page.addScriptToEvaluateOnNewDocument",
                          source=f"Object.defineProperty(window, '{lacks}', {{ value: undefined, configurable: true }})")
            page.open(State.server.url)
            page.until("a plain sentence", "return document.body.innerText.includes('terlalu lama')", seconds=10)
            text = page.text()
            assert words in text and "Perbarui peramban" in text and page.screen() is None, text
            if lacks == "WebAssembly":
                look("old-browser", page, ("id",))
        finally:
            page.close()


def check_no_script():
    """without scripts: the page says what to allow, instead of staying empty"""
    page = browser("no-script", scripts=False, more=("--blink-settings=scriptEnabled=false",))
    try:
        page.devtools("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=1, mobile=False)
        page.open(State.server.url)
        tree = page.devtools("DOM.getDocument", depth=-1, pierce=True)["root"]
        html = page.devtools("DOM.getOuterHTML", nodeId=tree["nodeId"])["outerHTML"]
        assert "Izinkan JavaScript" in html and "<noscript><p>" in html, html
        page.picture(SCREENS / "id/no-script-360x740-light.png")
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


def check_default_letters():
    """the browser's own letters at twice the size: the page follows, nothing is wider than the phone; pictures of the first steps"""
    page = browser("large-letters", State.server.url, prefs={"webkit.webprefs.default_font_size": 32})
    px = "return parseFloat(getComputedStyle(document.documentElement).fontSize)"
    try:
        page.wait("welcome")
        page.click("input[name=large]")
        page.until("large letters", "return document.documentElement.dataset.size === 'large'")
        page.painted()
        assert page.script(px) == 32, page.script(px)
        press("Lihat caranya dengan gambar", page)
        page.wait("guide")
        for at in (1, 2, 3, 4):
            page.until("the picture", "return document.body.innerText.includes(arguments[0])", f"Gambar {at} dari 4")
            page.painted()
            assert page.script("return document.documentElement.scrollWidth - innerWidth") <= 0, at
            page.picture(SCREENS / f"id/guide-{at}-360x740-browser-200.png")
            press("Lanjut" if at < 4 else "Selesai", page)
        page.wait("welcome")
        press("Mulai", page)
        page.wait("new-pin")
        assert page.script(px) == 32 and page.script("return document.documentElement.scrollWidth - innerWidth") <= 0
        # The title stands clear of the keys, also when it is said why a PIN was not taken.
        assert in_view(page, "h1"), "the title is covered"
        time.sleep(0.3)
        pin(page, "123456")
        page.until("why", "return document.querySelector('[role=alert]') !== null", seconds=30)
        page.painted()
        where = page.script("return ['h1', '[role=alert]', 'footer'].map(c => { const r = document.querySelector(c).getBoundingClientRect(); return [c, r.top, r.bottom]; })")
        assert in_view(page, "[role=alert]") and in_view(page, "h1"), where
        page.picture(SCREENS / "id/new-pin-easy-360x740-browser-200.png")
    finally:
        page.close()


def check_interrupted_install():
    """interrupted install: nothing half is kept, the wallet works online, and the next start completes it"""
    plain = Server(State.town.path("plain"), *State.list)
    wire = Wire(State.authority, plain.url)
    # The page itself comes by half: it says so instead of opening for ever.
    wire.cuts = "/app.js"
    page = browser("cut", wire.url)
    try:
        page.until("a plain sentence", "return document.body.innerText.includes('tidak bisa dibuka')", seconds=20)
    finally:
        page.close()
    wire.cuts = None
    # However often it is tried.
    wire.breaks = 1000
    page = browser("interrupted", wire.url)
    try:
        page.wait("welcome")
        page.until("a failed install", "return window.__tried = (window.__tried || 0) + 1, window.__tried > 40")
        active = "const done = arguments[0]; navigator.serviceWorker.getRegistration().then(r => done(r?.active != null))"
        assert wire.breaks < 1000 and page.script_async(active) is False, "half an install counts as one"
        page.until("nothing kept", "return caches.keys().then(kept => kept.length === 0)", seconds=20)
        new_wallet(page)
        wire.breaks = 0
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


def check_decoder_missing():
    """a decoder that did not come: no picture is blamed, it is said, and the same picture is read once the line holds"""
    plain = Server(State.town.path("undecoded"), *State.list)
    wire = Wire(State.authority, plain.url)
    wire.cuts = "/zxing_reader.wasm"
    picture, _ = State.town.ask("undecoded")
    page = browser("undecoded", wire.url, camera=False)
    told = "return document.body.innerText.includes('Pembaca kode QR belum termuat')"
    try:
        page.wait("welcome")
        new_wallet(page)
        press("Tambah kartu", page)
        page.wait("add")
        page.keys("#pictures", str(picture))
        page.until("the decoder is named", told, seconds=30)
        look("decoder-missing", page, ("id",))
        wire.cuts = None
        page.keys("#pictures", str(picture))
        page.until("the picture is read", told.replace("return ", "return !") + " && document.body.innerText.includes('kartu')", seconds=30)
        page.until("another screen", "return document.querySelector('#pictures') === null", seconds=30)
    finally:
        page.close()
        wire.stop()
        plain.stop()


def check_looks():
    """no finding by axe on any screen met, nothing wider than the phone"""
    (SCREENS / "manifest.json").write_text(json.dumps(State.manifest, indent=1))
    assert not State.findings, "\n".join(State.findings)
    assert len(State.seen) >= 20, State.seen


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
