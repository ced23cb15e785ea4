"""The counter's page in a real browser, from the tile to the A4 sheet: what an officer with a queue does.

Each check is a function named `check_…`, in order; its docstring is the line that is printed. Pictures of every screen
met on the way go to target/tests/counter/screens with a manifest.
"""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/cli"))

import town as town_module  # noqa: E402
from chromium import Display, Page  # noqa: E402
from documents import child_and_mother  # noqa: E402
from town import Town, answer, call, code_of, expect, faketime, sample, stop_all  # noqa: E402

town_module.WORK = WORK = ROOT / "target/tests/counter"
SCREENS = WORK / "screens"
AXE = (ROOT / "verifier/ui/node_modules/axe-core/axe.min.js").read_text()
RUN_AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } })
  .then(r => done({ passed: r.passes.length, wrong: r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 160) + ' ' + n.failureSummary)]) }),
        e => done({ passed: 0, wrong: [[String(e), []]] }));
"""
SERVICE, TILE = "obat-prolanis", "Ambil obat Prolanis"
PASSWORD = "sepeda biru tetangga"
# A service of yes-or-no facts, beside the ten: it takes weaker proofs.
WEAK, WEAK_TILE = "antrean", "Antrean warga dewasa"
WEAK_SERVICE = f"""
[[services]]
id = "{WEAK}"
tier = "rendah"
retention_days = 30
legal_basis = "UU 25/2009 tentang Pelayanan Publik"
title = {{ id = "{WEAK_TILE}", jv = "Antrian warga diwasa", en = "Queue for adults" }}
purpose = {{ id = "Memastikan Anda warga kota yang dewasa.", jv = "Mesthekaken panjenengan warga kitha ingkang diwasa.", en = "Makes sure that you are an adult of the city." }}
asks = [{{ credential = "KtpElektronik", claims = ["usiaMinimal17", "wargaKotaMadiun", "portrait"] }}]
accepts = ["satu-pindai", "kertas"]
"""
# Language, dark, text size in percent, window.
LOOKS = [("id", False, 100, (1280, 800)), ("id", True, 100, (1280, 800)), ("jv", False, 100, (1280, 800)),
         ("en", True, 100, (1280, 800)), ("id", False, 200, (1280, 800)), ("id", False, 100, (320, 800)), ("id", False, 200, (320, 800)),
         ("jv", False, 200, (320, 800))]


class State:
    town = None
    page = None
    link = None
    seen = []
    manifest = []
    findings = []
    ids = []


# Words of texts (not of addresses and keys) that a line's end breaks in two.
BROKEN_WORDS = """
const broken = [];
const walker = document.createTreeWalker(document.querySelector(arguments[0]) ?? document.createElement('p'), NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const style = getComputedStyle(node.parentElement);
  if (!node.parentElement.checkVisibility() || style.whiteSpace === 'nowrap' || node.parentElement.closest('select, option')) continue;
  for (const { 0: word, index } of node.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
    const range = document.createRange();
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    const tops = new Set([...range.getClientRects()].filter(r => r.width > 0).map(r => Math.round(r.top)));
    if (tops.size > 1) broken.push(word);
  }
}
return broken;"""


def speak(lang):
    State.page.script(
        "const s = document.querySelector('header select'); s.value = arguments[0]; s.dispatchEvent(new Event('change', { bubbles: true }))", lang)
    State.page.until(lang, "return document.documentElement.lang === arguments[0]", lang)
    time.sleep(0.3)


def look(name):
    """Pictures of this screen in languages, colours and sizes; axe on two of them; nothing wider than the window."""
    p = State.page
    if name in State.seen:
        return
    State.seen.append(name)
    for lang, dark, percent, (width, height) in LOOKS:
        p.size(width, height)
        p.dark(dark)
        speak(lang)
        p.script("document.documentElement.style.fontSize = arguments[0] + '%'; window.scrollTo(0, 0)", percent)
        p.painted()
        wide = p.script("return document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            State.findings.append(f"{name} {lang} {percent} % {width}: {wide} px too wide")
        broken = p.script(BROKEN_WORDS, "header")
        if broken:
            State.findings.append(f"{name} {lang} {percent} % {width}: the bar breaks {broken}")
        small = p.script("return [...document.querySelectorAll('button, select, summary')].filter(b => b.offsetParent && b.getBoundingClientRect().height < 47.5)"
                         ".map(b => b.textContent.trim())")
        if small:
            State.findings.append(f"{name}: lower than 48 px: {small}")
        theme = "dark" if dark else "light"
        path = SCREENS / lang / f"{name}-{width}x{height}{'-200' if percent == 200 else ''}-{theme}.png"
        p.picture(path)
        State.manifest.append({"screen": name, "lang": lang, "theme": theme, "text": percent, "width": width,
                               "height": height, "file": str(path.relative_to(SCREENS))})
        if lang == "id" and percent == 100:
            p.script(AXE)
            said = p.script_async(RUN_AXE)
            if said["wrong"] or said["passed"] < 5:
                State.findings.append(f"{name} {theme} {width}: axe {said}")
    p.script("document.documentElement.style.fontSize = ''")
    p.size(1280, 800)
    p.dark(False)
    speak("id")


def film(pictures, name="camera.y4m"):
    """A camera that sees these pictures in turn, four each second; the browser plays the file over and over."""
    folder = State.town.path("film")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for number, picture in enumerate(pictures):
        shutil.copy(picture, folder / f"{number:03}.png")
    out = State.town.path("next.y4m")
    subprocess.run(["ffmpeg", "-y", "-loglevel", "error", "-framerate", "4", "-i", folder / "%03d.png", "-vf",
                    "fps=8,scale=640:640:flags=neighbor:force_original_aspect_ratio=decrease,pad=960:720:(ow-iw)/2:(oh-ih)/2:gray,format=yuv420p",
                    out], check=True)
    out.replace(State.town.path(name))


def blank():
    grey = State.town.path("grey.png")
    subprocess.run(["ffmpeg", "-y", "-loglevel", "error", "-f", "lavfi", "-i", "color=gray:s=640x640", "-frames:v", "1", grey], check=True)
    film([grey])


def scanned():
    """What the citizen's phone sees: a picture of the code on the screen."""
    p = State.page
    p.size(1280, 1000)
    path = State.town.path("seen.png")
    p.picture(path, "img.qr")
    p.size(1280, 800)
    return path


def reply(name="reply"):
    picture, text = State.town.reply(scanned(), name)
    pictures = sorted(picture.parent.glob(f"{name}*.png"))
    return pictures, text


def begin(tile=TILE):
    State.page.press(tile)
    State.page.wait("request")


def say(key):
    """F8 or F9, as a person presses it: what comes in one burst with other keys is a scanner's, and nobody's word."""
    time.sleep(0.4)
    State.page.type(key)


def result(code, seconds=30):
    State.page.until(code, "return document.querySelector('.result')?.dataset.code === arguments[0]", code, seconds=seconds)


def mothers_wallet(t):
    return lambda *words, **more: call("absah-wallet", *words, data=t.path("wallet-ibu"), **more)


def mother_and_child(t):
    """A second wallet: a mother's, with her own card and her child's."""
    child, mother = child_and_mother()
    photos = t.path("photos-family")
    photos.mkdir()
    shutil.copy(ROOT / f"tests/fixtures/ikd/photos/{sample()['NIK']}.jpg", photos / f"{mother['NIK']}.jpg")
    answer(t.issuer("import", ROOT / "tests/fixtures/ikd/sample-200.csv", "--photos", photos, "--json"))
    for person, card in ((mother, "KtpElektronik"), (child, "Kia")):
        offer = answer(t.issuer("offer", "--nik", person["NIK"], "--credential", card, "--json"))
        expect(mothers_wallet(t)("receive", offer["credential_offer_uri"], "--tx-code", offer["tx_code"]), 0)


def check_town():
    """a counter registered for ten services, narrowed by its own file, says what it may ask"""
    t = State.town = Town("town")
    report = answer(t.issuer("import", ROOT / "tests/fixtures/ikd/sample-200.csv", "--photos",
                             ROOT / "tests/fixtures/ikd/photos", "--json"))
    assert report["rows"] == 200, report
    address = t.serve()
    made = answer(t.verifier("init", "--json"))
    t.path("key.json").write_text(json.dumps(made))
    t.path("services.toml").write_text((ROOT / "schemas/services/loket.toml").read_text() + WEAK_SERVICE)
    answer(t.issuer("counter", "register", "--access-key", t.path("key.json"), "--services",
                    t.path("services.toml"), "--json"))
    menu = (ROOT / "schemas/services/loket-menu.toml").read_text()
    (t.path("verifier") / "services.toml").write_text(
        f'{menu}\n[[services]]\nid = "{WEAK}"\nclaims = ["usiaMinimal17", "wargaKotaMadiun", "portrait"]\n')
    # A counter that was last refreshed before the card's status list was there.
    folder, root = t.publish("bundle-0")
    expect(t.verifier("bundle", "import", folder, "--root-sha256", root), 0)
    shutil.copytree(t.path("verifier"), t.path("verifier-blind"))
    # As after 131,072 cards: the next one stands on a list of its own.
    t.stop()
    with sqlite3.connect(t.path("issuer/issuer.sqlite")) as store:
        store.execute("UPDATE status_list SET used = 131072")
    store.close()
    t.serve(port=int(address.rsplit(":", 1)[1]))
    t.give_card(sample()["NIK"])
    mother_and_child(t)
    folder, root = t.publish("bundle-1")
    for who in (t.wallet, t.verifier, mothers_wallet(t)):
        expect(who("bundle", "import", folder, "--root-sha256", root), 0)
    services = answer(t.verifier("services", "--json"))["services"]
    assert len(services) == 11 and services[0]["id"] == "surat-domisili", services
    asked = [claim for ask in services[9]["asks"] for claim in ask["claims"]]
    assert asked == ["nik", "nama", "alamat"], asked
    assert code_of(t.verifier("page", "--json")) == "counter-page-not-served"
    blank()
    # The same counter and wallet as they will be when nobody refreshes them.
    for hours in (30, 96):
        shutil.copytree(t.path("verifier"), t.path(f"verifier-{hours}"))
        shutil.copytree(t.path("wallet"), t.path(f"wallet-{hours}"))
    shutil.copytree(t.path("verifier"), t.path("carrier"))


def start_counter(*more):
    t = State.town
    t.serve("absah-verifier", "verifier", more=("--page", "127.0.0.1:0", "--officer", "Bu Sri Wahyuni", *more))
    State.link = answer(t.verifier("page", "--json"))["url"]


def check_door():
    """the page opens through a file of the owner, keeps no key in its address, and nobody else drives it"""
    t = State.town
    start_counter()
    base, key = State.link.split("/#")
    assert (t.path("verifier/loket.html").stat().st_mode & 0o777) == 0o600
    assert key not in t.path("verifier.log").read_text()

    def status(path, headers, method="GET"):
        request = urllib.request.Request(base + path, headers=headers, method=method)
        try:
            return urllib.request.urlopen(request, timeout=10).status
        except urllib.error.HTTPError as error:
            return error.code
    own = {"Authorization": f"Bearer {key}"}
    port = base.rsplit(":", 1)[1]
    for name, headers, expected in [
        ("the page itself", own, 200), ("no key", {}, 401), ("another key", {"Authorization": "Bearer x"}, 401),
        ("a foreign page", {**own, "Origin": "http://evil.example"}, 403),
        ("another port", {**own, "Origin": "http://127.0.0.1:1"}, 403),
        ("its own origin", {**own, "Origin": base}, 200),
        ("a link from elsewhere", {**own, "Sec-Fetch-Site": "cross-site"}, 403),
        ("a name that leads here", {**own, "Host": f"evil.example:{port}"}, 421),
        ("localhost", {**own, "Host": f"localhost:{port}"}, 200),
    ]:
        got = status("/api/desk", headers)
        assert got == expected, (name, got)
    log = open(WORK / "chromedriver.log", "a")
    State.page = p = Page(log, WORK / "profile", video=t.path("camera.y4m"))
    p.open(f"{base}/")
    p.wait("key")
    p.open("file://" + str(t.path("verifier/loket.html")))
    p.wait("services")
    assert p.script("return location.href") == f"{base}/", p.script("return location.href")
    p.script("location.reload()")
    p.wait("services")
    text = p.text()
    for words in ("Bu Sri Wahyuni", "Umur data: kurang dari 1 jam", TILE, "Belum ada pemeriksaan"):
        assert words in text, (words, text)
    look("services")


def check_green():
    """tile, code, answer read by the camera, green with facts and portrait; Enter decides nothing; F8 files the evidence"""
    p = State.page
    begin()
    p.until("camera", "return document.querySelector('video')?.videoWidth > 0")
    look("request")
    State.replay, State.replay_text = reply()
    film(State.replay)
    p.press("Batal")
    p.wait("services")
    started = time.time()
    begin()
    result("accepted")
    State.findings_time = time.time() - started
    text = p.text()
    name = sample()["NAMA_LGKP"] if "NAMA_LGKP" in sample() else ""
    assert "Sah" in text and name in text, text
    facts = p.script("return [...document.querySelectorAll('.facts:not(.nested) > div > dt')].map(d => d.textContent)")
    assert facts == ["Nama", "Kelahiran"] or facts[0].startswith("Nama"), facts
    width = p.until("portrait", "const i = document.querySelector('.portrait'); return i && i.naturalWidth > 0 && i.getBoundingClientRect().width")
    assert width >= 320, width
    look("accepted")
    p.type("\ue007")
    assert p.screen() == "result", "Enter decided"
    p.script("document.querySelector('[data-word=matched]').focus()")
    p.type("\ue007")
    time.sleep(0.5)
    assert p.screen() == "result", "Enter on the button decided"
    say("\ue038")
    p.wait("filed")
    look("filed")
    State.ids.append(re.search(r"b-[0-9a-f]{16}", p.text()).group(0))


def check_replay():
    """the same answer again is red and says what to do; the list of today has no name"""
    p = State.page
    p.press("Warga berikutnya")
    p.wait("request")
    result("replayed")
    assert "Ditolak" in p.text() and "minta warga" in p.text(), p.text()
    look("replayed")
    today = p.script("return document.querySelector('aside').innerText")
    assert "Cocok" in today and TILE in today, today
    for value in (sample()["NIK"], sample()["NAMA_LGKP"].split()[0] if "NAMA_LGKP" in sample() else "\0"):
        assert value not in today, today


def check_scanner():
    """a USB scanner that types, at any stage and without a click: green; F9 says no match and what to do"""
    p = State.page
    blank()
    p.press("Tampilkan kode baru")
    p.wait("request")
    _, text = reply("typed")
    frames = text.read_text().splitlines()
    p.script("document.querySelector('h1').focus()")
    for frame in frames:
        p.type(frame + "\ue007", pause=2)
    result("accepted")
    # Read twice: a blank in the text presses no button, wherever the focus is.
    p.script("document.querySelector('[data-word=matched]').focus()")
    for frame in frames:
        p.type(frame + "\ue007", pause=2)
    assert p.screen() == "result", "the scanner decided"
    say("\ue039")
    p.wait("filed")
    assert "Jangan layani" in p.text(), p.text()
    look("mismatch")
    State.ids.append(None)


def check_scanner_broken():
    """half a scan, and a scan that is no code, are told and change nothing; typing elsewhere is left alone"""
    p = State.page
    p.press("Warga berikutnya")
    p.wait("request")
    p.type("ABSAH1A\ue007")
    p.until("told", "return document.body.innerText.includes('tidak lengkap')")
    p.type("ABSAH1AXXXXXXXXXXXXXXXXXXXXXXXXXXXX\ue007")
    p.until("told", "return document.querySelector('[role=alert]')")
    assert p.screen() == "request"
    assert p.script("return document.querySelectorAll('main a, main script').length") == 0
    p.press("Tempel teks jawaban")
    p.keys("#paste", "<b>ABSAH1</b> https://evil.example")
    p.press("Periksa")
    p.until("told", "return document.querySelector('[role=alert]')")
    assert p.script("return document.querySelectorAll('main a, main b').length") == 0, "markup was rendered"
    look("paste")


def check_paste_and_file():
    """the same by pasted text and by picture files; a picture without a code is told"""
    p = State.page
    pictures, text = reply("pasted")
    p.script("const b = document.querySelector('#paste'); b.value = arguments[0]; b.dispatchEvent(new Event('input', { bubbles: true }))", text.read_text())
    p.press("Periksa")
    result("accepted")
    say("\ue038")
    p.wait("filed")
    p.press("Warga berikutnya")
    p.wait("request")
    p.keys("#pictures", str(State.town.path("grey.png")))
    p.until("told", "return document.querySelector('[role=alert]')")
    pictures, _ = reply("filed")
    p.keys("#pictures", "\n".join(str(picture) for picture in pictures))
    result("accepted")
    State.open_tag = True


def check_killed():
    """the program is killed while an answer waits: the page says so, and after a new start the answer is still there with its portrait"""
    t, p = State.town, State.page
    t.server.kill()
    t.server.wait(20)
    p.until("stopped", "return document.body.innerText.includes('tidak menjawab')", seconds=30)
    start_counter()
    p.open("file://" + str(t.path("verifier/loket.html")))
    p.until("waiting", "return document.body.innerText.includes('Belum diputuskan')")
    look("waiting")
    p.script("[...document.querySelectorAll('aside button')][0].click()")
    result("accepted")
    assert p.until("portrait", "return document.querySelector('.portrait')?.naturalWidth > 0")
    # Something on the card is wrong: told to Dukcapil, and the answer is decided as ever.
    p.press("Data ini salah")
    p.until("what is wrong", "return document.querySelector('#wrong-note')")
    p.keys("#wrong-note", "Sudah pindah rumah")
    look("wrong")
    p.press("Kirim ke Dukcapil")
    p.until("noted", "return document.body.innerText.includes('Sudah dicatat')")
    say("\ue038")
    p.wait("filed")
    t.stop()
    queued = answer(t.verifier("ticket", "list", "--json"))["tickets"]
    assert len(queued) == 1 and queued[0]["state"] in ("waiting", "arrived"), queued
    listed = answer(t.verifier("evidence", "list", "--json"))
    assert listed["chain"] == "whole" and len(listed["evidence"]) == 4, listed
    assert [e["verdict"] for e in listed["evidence"]] == ["matched", "mismatched", "matched", "matched"], listed


def check_evidence():
    """the auditor finds the evidence valid, poppler reads the sheet and our reader its code, no file holds a fact; after erasure only the receipt"""
    t = State.town
    one = State.ids[0]
    paths = [t.path(name) for name in ("e.json", "e.key", "e.pdf")]
    answer(t.verifier("evidence", "export", one, "--out", paths[0], "--key", paths[1], "--sheet", paths[2], "--json"))
    valid = answer(t.verifier("evidence", "verify", paths[0], "--json"))
    assert valid["evidence"] == "valid" and valid["service"] == SERVICE and valid["officer"] == "Bu Sri Wahyuni", valid
    assert valid["shown"] == ["nama", "kelahiran", "portrait"], valid
    fonts = subprocess.run(["pdffonts", paths[2]], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert len(fonts) == 2 and all(line.split()[-5] == "yes" for line in fonts), fonts
    text = subprocess.run(["pdftotext", "-layout", paths[2], "-"], capture_output=True, text=True, check=True).stdout
    row = sample()
    for words in ("Berkas Tanpa Fotokopi", "Ambil obat Prolanis", one, "Cocok"):
        assert words in text, (words, text)
    facts = [row["NAMA_LGKP"], row["NIK"], row["TGL_LHR"]]
    assert not any(fact in text for fact in facts), text
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", paths[2], t.path("sheet")], check=True)
    shutil.copy(t.path("sheet.png"), SCREENS / "sheet.png")
    read = subprocess.run(["zbarimg", "-q", "--raw", t.path("sheet.png")], capture_output=True, text=True).stdout.strip()
    link = json.loads(paths[0].read_text())["link"]
    assert read == link, (read, link)
    # Our own reader finds it, too: the paper is enough where the packet lies.
    make = "import sys; from PIL import Image; Image.open(sys.argv[1]).convert('RGB').save(sys.argv[2], resolution=150)"
    subprocess.run([ROOT / "target/tools/venv/bin/python", "-c", make, t.path("sheet.png"), t.path("scanned.pdf")], check=True)
    sheets = (t.path("sheet.png"), paths[2], t.path("scanned.pdf"))
    for sheet in sheets:
        by_paper = answer(t.verifier("evidence", "verify", sheet, "--json"))
        assert (by_paper["evidence"], by_paper["id"]) == ("valid", one), by_paper
    for path in t.path("verifier").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(fact.encode() in content for fact in facts), path
    assert not any(fact in t.path("verifier.log").read_text() for fact in facts)
    done = t.verifier("evidence", "erase", one, "--json")
    assert code_of(done) == "evidence-retained", done.stdout
    answer(t.verifier("evidence", "erase", one, "--early", "permintaan warga", "--json"))
    gone = t.verifier("evidence", "verify", paths[0], "--json")
    assert gone.returncode == 1 and json.loads(gone.stdout)["receipt"]["early"] == "permintaan warga", gone.stdout
    for more in ((paths[0], "--key", paths[1]), *((sheet,) for sheet in sheets)):
        assert code_of(expect(t.verifier("evidence", "verify", *more, "--json"), 1)) == "evidence-erased", more
    assert answer(t.verifier("evidence", "list", "--json"))["chain"] == "whole"


def check_abandoned():
    """an answer on which nobody said anything leaves the screen by itself, portrait and facts, as soon as it is filed as abandoned; so it does when the program is gone"""
    t, p = State.town, State.page
    blank()
    start_counter()
    p.open("file://" + str(t.path("verifier/loket.html")))
    p.wait("services")
    begin()
    pictures, text = reply("abandoned")
    show(text)
    result("accepted")
    assert p.until("portrait", "return document.querySelector('.portrait')?.naturalWidth > 0")
    with sqlite3.connect(t.path("verifier/counter.sqlite")) as store:
        store.execute("UPDATE undecided SET judged_at = judged_at - 1000")
    store.close()
    p.wait("services")
    assert p.script("return document.querySelectorAll('.portrait, .facts').length") == 0
    p.until("told", "return document.querySelector('main .note[role=alert]')?.innerText.includes('terlambat')")
    begin()
    _, text = reply("stopped")
    show(text)
    result("accepted")
    t.server.kill()
    t.server.wait(20)
    p.until("gone", "return document.querySelectorAll('.portrait, .facts').length === 0", seconds=20)
    assert "tidak menjawab" in p.text(), p.text()
    start_counter()
    p.open("file://" + str(t.path("verifier/loket.html")))
    p.until("waiting", "return document.body.innerText.includes('Belum diputuskan')")
    p.script("[...document.querySelectorAll('aside button')][0].click()")
    result("accepted")
    say("\ue039")
    p.wait("filed")
    t.stop()


def check_family():
    """a mother shows her child's card beside her own: the page says whose card each is, that she is the mother, and by what"""
    t, p = State.town, State.page
    child, mother = child_and_mother()
    blank()
    start_counter()
    p.open("file://" + str(t.path("verifier/loket.html")))
    p.wait("services")
    tile = p.script("return [...document.querySelectorAll('.tiles button')].find(b => b.innerText.includes('Daftar sekolah')).innerText")
    assert "KTP elektronik" in tile and "Kartu identitas anak" in tile, tile
    begin("Daftar sekolah")
    request, text = scanned(), t.path("family.txt")
    expect(mothers_wallet(t)("respond", request, "--yes", "--out", t.path("family.png"), "--text", text), 0)
    show(text)
    result("accepted")
    said = p.text()
    for words in (f"{mother['NAMA_LGKP']} adalah ibu dari {child['NAMA_LGKP']}.", "Terbukti dari Kartu identitas anak: IBU.",
                  f"Anak atau tanggungan: {child['NAMA_LGKP']}"):
        assert words in said, (words, said)
    assert child["NIK"] not in said and mother["NIK"] not in said, said
    assert p.script("return document.querySelector('[data-relation]').dataset.relation") == "ok"
    look("family")
    say("\ue038")
    p.wait("filed")
    t.stop()


def check_online():
    """over the network: the code leads the wallet to the request, and the answer appears on the page by itself"""
    t, p = State.town, State.page
    t.stop()
    start_counter("--scanner-address", "127.0.0.1:0")
    p.open("file://" + str(t.path("verifier/loket.html")))
    p.wait("services")
    begin()
    p.press("Lewat internet")
    p.until("waiting", "return document.body.innerText.includes('Menunggu jawaban')")
    look("online")
    link = subprocess.run(["zbarimg", "-q", "--raw", scanned()], capture_output=True, text=True, check=True).stdout.strip()
    assert link.startswith("openid4vp://?client_id=x509_hash%3A"), link
    # Whoever photographs the code and comes before the citizen has the request: the citizen gets none, and the officer is told.
    where = urllib.parse.parse_qs(urllib.parse.urlparse(link).query)["request_uri"][0]
    with urllib.request.urlopen(where) as first:
        assert first.status == 200
    refused = expect(t.wallet("respond", link, "--yes", "--json"), 1)
    p.until("told", "return document.querySelector('[role=alert]')?.innerText.includes('Ponsel kedua')")
    # Another language asks anew: pictures in one, at both ends of the sizes.
    for percent, (width, height) in ((100, (1280, 800)), (200, (320, 800))):
        p.size(width, height)
        p.script("document.documentElement.style.fontSize = arguments[0] + '%'", percent)
        p.painted()
        assert p.script("return document.documentElement.scrollWidth - innerWidth") <= 0, percent
        p.picture(SCREENS / f"id/online-again-{width}x{height}{'-200' if percent == 200 else ''}-light.png")
    p.script("document.documentElement.style.fontSize = ''")
    p.size(1280, 800)
    p.press("Buat kode baru")
    p.until("forgotten", "return !document.querySelector('[role=alert]')")
    link = subprocess.run(["zbarimg", "-q", "--raw", scanned()], capture_output=True, text=True, check=True).stdout.strip()
    assert where not in urllib.parse.unquote(link), link
    expect(t.wallet("respond", link, "--yes", "--json"), 0)
    result("accepted")
    assert p.until("portrait", "return document.querySelector('.portrait')?.naturalWidth > 0")
    # A scanner that makes F8 of a control character in some code decides nothing: at the end, in the middle, at the beginning of a burst.
    for burst in ("0108998\ue038", "010\ue0388998", "\ue0380108998", "0108998\ue039"):
        p.type(burst)
        time.sleep(1)
        assert p.screen() == "result", burst
    say("\ue038")
    p.wait("filed")
    p.press("Masih diminta fotokopi")
    p.until("noted", "return document.body.innerText.includes('Tercatat')")
    one = re.search(r"b-[0-9a-f]{16}", p.text()).group(0)
    file = t.path("online.json")
    answer(t.verifier("evidence", "export", one, "--out", file, "--json"))
    valid = answer(t.verifier("evidence", "verify", file, "--json"))
    assert valid["evidence"] == "valid" and valid["picture_removed"] is True and "portrait" in valid["shown"], valid
    assert b"image/webp" not in t.path("verifier/counter.sqlite").read_bytes()


def check_same_device():
    """a wallet on the counter's own computer leads back to the page by its code, and only then the tab that asked shows the answer"""
    t, p = State.town, State.page
    p.press("Warga berikutnya")
    p.wait("request")
    p.press("Lewat internet")
    p.until("waiting", "return document.body.innerText.includes('Menunggu jawaban')")
    p.press("Dompet di komputer ini")
    link = p.until("link", "return document.querySelector('a[data-open]')?.getAttribute('href')")
    look("same-device")
    link = p.script("return document.querySelector('a[data-open]').getAttribute('href')")
    back = answer(t.wallet("respond", link, "--yes", "--json"))["redirect_uri"]
    assert back.startswith(State.link.split("#")[0] + "#response_code="), back
    time.sleep(2.5)
    assert p.screen() == "request", "shown before the page came back"
    first = p.ask("GET", f"{p.session}/window")

    def opened(url, words):
        tab = p.ask("POST", f"{p.session}/window/new", {"type": "tab"})["handle"]
        p.ask("POST", f"{p.session}/window", {"handle": tab})
        p.open(url)
        p.until("told", "return document.querySelector('h1')?.innerText.includes(arguments[0])", words)
        assert p.script("return location.hash") == ""
        p.size(1280, 800)
        if words.startswith("Jawaban"):
            p.picture(SCREENS / "id/returned-1280x800-light.png")
        p.ask("DELETE", f"{p.session}/window")
        p.ask("POST", f"{p.session}/window", {"handle": first})
    opened(back[:-4] + "AAAA", "tidak ditemukan")
    assert p.screen() == "request"
    opened(back, "Jawaban sudah sampai")
    result("accepted")
    say("\ue038")
    p.wait("filed")


def check_unsteady():
    """an answer in several codes before a camera that is out of focus, tilted and never still: green; the middle of the picture can be enlarged"""
    t, p = State.town, State.page
    p.press("Warga berikutnya")
    p.wait("request")
    p.until("camera", "return document.querySelector('video')?.videoWidth > 0")
    width = "return document.querySelector('video').getBoundingClientRect().width"
    before = p.script(width)
    p.script("const s = document.querySelector('[data-zoom]'); s.value = '2'; s.dispatchEvent(new Event('change', { bubbles: true }))")
    p.until("enlarged", f"{width} > arguments[0] * 1.9", before)
    pictures, _ = reply("unsteady")
    assert len(pictures) > 1, pictures
    State.used = pictures
    unsteady = t.path("unsteady.y4m")
    subprocess.run([ROOT / "target/tools/venv/bin/python", ROOT / "tests/counter/films.py", unsteady, *pictures], check=True)
    unsteady.replace(t.path("camera.y4m"))
    p.press("Batal")
    p.wait("services")
    begin()
    result("accepted")
    say("\ue039")
    p.wait("filed")
    blank()


def check_beside():
    """a code that belongs to something else, caught during an answer, is told in passing and ends nothing: the answer goes on to green"""
    p = State.page
    p.press("Layanan")
    p.wait("services")
    film(State.used)
    begin("Pajak daerah")
    p.until("told", "return document.querySelector('main .note[role=alert]')", seconds=60)
    assert p.screen() == "request" and "sudah pernah dipakai" in p.text(), p.text()
    pictures, _ = reply("beside")
    film([picture for pair in zip(State.used, pictures) for picture in pair] + pictures)
    p.press("Batal")
    p.wait("services")
    begin("Pajak daerah")
    result("accepted", seconds=60)
    say("\ue039")
    p.wait("filed")
    blank()


def check_other_service():
    """an answer that was prepared for another service cannot be taken, in whatever language the page is read"""
    p = State.page
    p.press("Layanan")
    p.wait("services")
    begin()
    _, text = reply("other")
    p.press("Batal")
    p.wait("services")
    begin("Pajak daerah")
    show(text)
    result("accepted")
    taken = "return !document.querySelector('[data-word=matched]').disabled"
    for lang in ("id", "en", "id"):
        speak(lang)
        assert p.until("warned", "return document.querySelector('.result [role=alert]') !== null") and not p.script(taken), lang
    say("\ue038")
    time.sleep(0.5)
    assert p.screen() == "result", "taken for another service"
    say("\ue039")
    p.wait("filed")


def check_decide_files():
    """an answer accepted at the command line is filed, too, and the end of the chain is told"""
    t = State.town
    picture, text = t.path("cli.png"), t.path("cli.txt")
    expect(t.verifier("request", "--service", SERVICE, "--out", picture), 0)
    t.reply(picture, "cli-reply")
    said = answer(t.verifier("decide", t.path("cli-reply.txt"), "--officer", "Pak Joko", "--json"))
    file = t.path("cli.json")
    answer(t.verifier("evidence", "export", said["evidence"], "--out", file, "--json"))
    valid = answer(t.verifier("evidence", "verify", file, "--json"))
    assert (valid["verdict"], valid["officer"]) == ("unattended", "Pak Joko"), valid
    listed = answer(t.verifier("evidence", "list", "--json"))
    assert listed["head"]["number"] == len(listed["evidence"]), listed["head"]


def check_printed():
    """the code of a printed document is recognised, never green, and waits for a look without being a link"""
    p = State.page
    p.press("Warga berikutnya")
    p.wait("request")
    p.press("Tempel teks jawaban")
    p.keys("#paste", "https://layananonline.dukcapil.kemendagri.go.id/Terpusat/Pindai?id=RAHASIA")
    p.press("Periksa")
    p.until("told", "return document.body.innerText.includes('belum diperiksa')")
    assert p.screen() == "request" and p.script("return document.querySelectorAll('.result').length") == 0
    p.press("Batal")
    p.wait("services")
    p.until("told", "return document.body.innerText.includes('Dokumen cetak belum diperiksa: 1')")
    p.press("Dokumen cetak belum diperiksa: 1")
    p.wait("printed")
    p.until("link", "return document.querySelector('.address')?.innerText.includes('RAHASIA')")
    assert p.script("return document.querySelectorAll('main a').length") == 0
    look("printed")
    p.press("Tidak cocok")
    p.until("looked", "return !document.querySelector('.address')")
    p.press("Layanan")
    p.wait("services")


def check_report():
    """the supervisor's counts show services, outcomes, hours and photocopies, and hold no name"""
    t, p = State.town, State.page
    p.press("Rekap")
    p.wait("report")
    p.until("rows", "return document.querySelectorAll('tbody tr').length >= 4")
    p.until("copies", "return document.querySelector('[data-copies]')?.dataset.copies === '1'")
    look("report")
    row = sample()
    assert row["NAMA_LGKP"] not in p.text() and row["NIK"] not in p.text()
    answer(t.verifier("report", "--days", "7", "--csv", t.path("counts.csv"), "--json"))
    lines = t.path("counts.csv").read_text().splitlines()
    assert lines[0] == "tanggal,jam,layanan,hasil,warna,jumlah,median_detik" and len(lines) >= 5, lines
    assert any('"photocopy"' in line for line in lines), lines
    p.press("Layanan")
    p.wait("services")


def check_phone():
    """a phone that was paired by a code scans for the counter over a certificate of its own, learns only that it arrived, and is let go by one press"""
    t, p = State.town, State.page
    p.press("Ponsel sebagai pemindai")
    p.wait("phone")
    p.press("Hubungkan ponsel")
    words = p.until("words", "return document.querySelector('[data-words]')?.textContent")
    p.until("code", "return document.querySelector('img.qr')?.naturalWidth > 0")
    look("phone")
    link = subprocess.run(["zbarimg", "-q", "--raw", scanned()], capture_output=True, text=True, check=True).stdout.strip()
    assert link.startswith("https://127.0.0.1:") and "/#pindai=" in link, link
    p.press("Layanan")
    p.wait("services")
    begin()
    pictures, _ = reply("phone")
    film(pictures, "phone.y4m")
    phone = Page(open(WORK / "chromedriver.log", "a"), WORK / "profile-phone", video=t.path("phone.y4m"), more=("--ignore-certificate-errors",))
    try:
        phone.open(link)
        phone.wait("scan-paired")
        shown = phone.until("words", "return document.querySelector('[data-words]')?.textContent")
        assert shown == words and phone.script("return location.hash") == "", (shown, words)
        result("accepted")
        phone.until("told", "return document.querySelector('[data-arrived]')?.dataset.arrived === 'shown'")
        phone.size(390, 844)
        phone.picture(SCREENS / "id/scan-390x844-light.png")
        assert sample()["NAMA_LGKP"] not in phone.text() and sample()["NAMA_LGKP"] in p.text(), phone.text()
        say("\ue038")
        p.wait("filed")
        p.press("Layanan")
        p.wait("services")
        p.until("connected", "return document.body.innerText.includes('Ponsel terhubung')")
        p.press("Ponsel terhubung")
        p.wait("phone")
        p.until("words", "return document.querySelector('[data-words]')?.textContent === arguments[0]", words)
        look("phone-paired")
        p.press("Lepaskan ponsel")
        phone.until("let go", "return document.querySelector('[data-screen]').dataset.screen === 'scan-over'", seconds=60)
    finally:
        phone.close()
    p.press("Layanan")
    p.wait("services")


def check_doctor():
    """the doctor reads the printed chart through the camera, and requests then carry what it can read; a scanner that loses letters is told"""
    t, p = State.town, State.page
    answer(t.verifier("doctor", "chart", "--out", t.path("chart.pdf"), "--json"))
    subprocess.run(["pdftoppm", "-r", "300", "-png", "-singlefile", t.path("chart.pdf"), t.path("chart")], check=True)
    shutil.copy(t.path("chart.png"), SCREENS / "chart.png")
    pictures = []
    for number, (column, row) in enumerate([(0, 0), (1, 0), (0, 1), (1, 1), (0, 2), (1, 2), (0, 3)]):
        left, top = 70 + 270 * column - 14, 66 + 192 * row - 14
        dots = [round(points * 300 / 72) for points in (184, 184, left, top)]
        part = t.path(f"chart-{number}.png")
        subprocess.run(["ffmpeg", "-y", "-loglevel", "error", "-i", t.path("chart.png"), "-vf",
                        "crop={}:{}:{}:{}".format(*dots), part], check=True)
        pictures.append(part)
    film(pictures)
    p.press("Periksa alat")
    p.wait("doctor")
    p.until("parts", "return document.querySelectorAll('.parts li').length === 4")
    look("doctor")
    p.press("Periksa kamera")
    version = p.until("a dense code", "const v = Number(document.querySelector('[data-version]')?.dataset.version); return v >= 25 && v")
    p.press("Simpan hasil")
    p.until("saved", "return document.body.innerText.includes('Tersimpan')")
    found = answer(t.verifier("doctor", "--json"))
    assert found["go_live"] and found["qr_version"] == found["camera"]["version"] >= version, found
    assert "Diukur" in p.text() and "Bu Sri Wahyuni" in p.text(), p.text()
    State.read_version = found["qr_version"]
    p.press("Periksa alat pemindai")
    look("doctor-scanner")
    p.script("document.querySelector('#typed').focus()")
    p.type("0123456789ABC\ue007")
    p.until("told", "return document.body.innerText.includes('jumlah huruf')")
    p.press("Batal")
    p.press("Layanan")
    p.wait("services")
    blank()


def check_caps_lock():
    """a scanner that was calibrated on another layout is read with Caps Lock on, too"""
    t, p = State.town, State.page
    plain, german = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXZY $%(`ß.-Ö"
    p.press("Periksa alat")
    p.wait("doctor")
    p.until("parts", "return document.querySelectorAll('.parts li').length === 4")
    p.press("Periksa alat pemindai")
    p.until("box", "return document.querySelector('#typed') !== null")
    p.script("document.querySelector('#typed').focus()")
    p.type(german + "\ue007")
    p.until("saved", "return document.body.innerText.includes('Tersimpan')")
    p.press("Layanan")
    p.wait("services")
    begin()
    _, text = reply("caps")
    p.script("document.querySelector('h1').focus()")
    for frame in text.read_text().splitlines():
        typed = frame.translate(str.maketrans(plain, german)).swapcase()
        p.type(typed.replace("SS", "ß") + "\ue007", pause=2)
    result("accepted")
    say("\ue039")
    p.wait("filed")
    p.press("Layanan")
    p.wait("services")
    expect(t.verifier("doctor", "forget", "--json"), 0)


def check_refresh():
    """fresh data comes by a chosen folder and by an animated code; the version is told"""
    t, p = State.town, State.page
    folder, _ = t.publish("bundle-usb")
    p.press("Perbarui data")
    p.wait("refresh")
    look("refresh")
    p.keys("#folder", str(folder))
    first = p.until("taken", "return document.querySelector('[data-refreshed]')?.dataset.refreshed")
    newer, root = t.publish("bundle-code")
    answer(call("absah-verifier", "bundle", "import", newer, "--root-sha256", root, "--json", data=t.path("carrier")))
    answer(call("absah-verifier", "bundle", "export", "--frames", t.path("moving.png"), "--json", data=t.path("carrier")))
    film(sorted(t.dir.glob("moving*.png")))
    p.press("Dari kode bergerak")
    p.until("taken", "return Number(document.querySelector('[data-refreshed]')?.dataset.refreshed) > Number(arguments[0])", first, seconds=60)
    version = answer(t.verifier("bundle", "status", "--json"))["bundle_version"]
    assert version > int(first), (version, first)
    p.press("Tampilkan kode bergerak")
    p.until("code", "return document.querySelector('img.qr')?.naturalWidth > 0")
    look("share")
    p.press("Layanan")
    p.wait("services")
    blank()
    State.town.stop()


def later(hours, *more):
    """The counter as it is when its data was not refreshed for so long; the moved clock is the shipped program's only one."""
    t, p = State.town, State.page
    t.serve("absah-verifier", f"verifier-{hours}", more=("--page", "127.0.0.1:0", "--officer", "Bu Sri Wahyuni", *more), prefix=faketime(f"+{hours}h"))
    p.open("file://" + str(t.path(f"verifier-{hours}/loket.html")))


def reply_later(hours, name):
    t = State.town
    picture, text = t.path(f"{name}.png"), t.path(f"{name}.txt")
    expect(call("absah-wallet", "respond", scanned(), "--yes", "--out", picture, "--text", text, data=t.path(f"wallet-{hours}"),
                prefix=faketime(f"+{hours}h")), 0)
    return text


def show(text):
    p = State.page
    p.press("Tempel teks jawaban")
    p.script("const b = document.querySelector('#paste'); b.value = arguments[0]; b.dispatchEvent(new Event('input', { bubbles: true }))", text.read_text())
    p.press("Periksa")


def enter(pin="528319", password=PASSWORD):
    """An officer signs in with everything."""
    p = State.page
    p.keys("#pin", pin)
    p.keys("#password", f"{password}\ue007")
    p.wait("services")


def check_stale():
    """data of 30 hours: the amber word for a low-risk service, taken only with a reason, which the evidence holds"""
    t, p = State.town, State.page
    later(30)
    p.wait("services")
    begin()
    show(reply_later(30, "stale"))
    result("accepted-stale")
    assert "data loket berumur 30 jam" in p.text(), p.text()
    look("accepted-stale")
    say("\ue038")
    time.sleep(0.5)
    assert p.screen() == "result", "taken without a reason"
    p.keys("#reason", "Jaringan kelurahan mati")
    say("\ue038")
    p.wait("filed")
    one = re.search(r"b-[0-9a-f]{16}", p.text()).group(0)
    t.stop()
    file, data, now = t.path("stale.json"), t.path("verifier-30"), faketime("+30h")
    answer(call("absah-verifier", "evidence", "export", one, "--out", file, "--json", data=data, prefix=now))
    valid = answer(call("absah-verifier", "evidence", "verify", file, "--json", data=data, prefix=now))
    assert (valid["outcome"], valid["reason"]) == ("accepted-stale", "Jaringan kelurahan mati"), valid


def check_grey():
    """data of 4 days: grey without facts; a supervisor with his own PIN and a reason accepts, both names stand in the evidence"""
    t, p = State.town, State.page
    data, now = t.path("verifier-96"), faketime("+96h")
    for name, pin, more in (("Bu Sri Wahyuni", "528319", ()), ("Pak Lurah", "739154", ("--supervisor",))):
        answer(call("absah-verifier", "officer", "set", name, *more, "--json", data=data, env={"ABSAH_PIN": pin, "ABSAH_PASSWORD": PASSWORD}, prefix=now))
    later(96)
    p.wait("sign-in")
    p.script("const s = document.querySelector('#officer'); s.value = 'Bu Sri Wahyuni'; s.dispatchEvent(new Event('change', { bubbles: true }))")
    enter()
    begin()
    show(reply_later(96, "grey"))
    result("status-old")
    assert "Belum bisa dipastikan" in p.text() and p.script("return document.querySelectorAll('.facts, .portrait, [data-word]').length") == 0, p.text()
    look("undetermined")
    p.press("Minta persetujuan atasan")
    p.keys("#vouch-reason", "Jaringan kelurahan mati")
    p.keys("#vouch-pin", "528319")
    look("vouch")
    p.press("Setujui")
    p.until("told", "return document.body.innerText.includes('kata sandi salah')")
    p.keys("#vouch-pin", "739154")
    p.press("Setujui")
    p.until("vouched", "return document.body.innerText.includes('Disetujui atasan')")
    assert sample()["NAMA_LGKP"] in p.text(), p.text()
    look("vouched")
    say("\ue038")
    p.wait("filed")
    one = re.search(r"b-[0-9a-f]{16}", p.text()).group(0)
    t.stop()
    file = t.path("grey.json")
    answer(call("absah-verifier", "evidence", "export", one, "--out", file, "--json", data=data, prefix=now))
    valid = answer(call("absah-verifier", "evidence", "verify", file, "--json", data=data, prefix=now))
    said = [valid[name] for name in ("outcome", "officer", "supervisor", "reason")]
    assert said == ["status-old", "Bu Sri Wahyuni", "Pak Lurah", "Jaringan kelurahan mati"], valid
    log = t.path("verifier-96.log").read_text()
    assert "Pak Lurah" not in log and "Jaringan" not in log, log


def check_no_status():
    """data that never heard of this card's list: grey without facts, by code and over the network; there, too, a supervisor accepts, and the evidence says so"""
    t, p = State.town, State.page
    data = t.path("verifier-blind")
    for name, pin, more in (("Bu Sri Wahyuni", "528319", ()), ("Pak Lurah", "739154", ("--supervisor",))):
        answer(call("absah-verifier", "officer", "set", name, *more, "--json", data=data, env={"ABSAH_PIN": pin, "ABSAH_PASSWORD": PASSWORD}))
    t.serve("absah-verifier", "verifier-blind", more=("--page", "127.0.0.1:0"))
    p.open("file://" + str(data / "loket.html"))
    p.wait("sign-in")
    p.script("const s = document.querySelector('#officer'); s.value = 'Bu Sri Wahyuni'; s.dispatchEvent(new Event('change', { bubbles: true }))")
    enter()
    begin()
    _, text = reply("blind")
    show(text)
    result("status-missing")
    nothing = "return document.querySelectorAll('.facts, .portrait, [data-word]').length"
    assert "Belum bisa dipastikan" in p.text() and p.script(nothing) == 0, p.text()
    look("status-missing")
    p.press("Warga berikutnya")
    p.wait("services")
    begin()
    p.press("Lewat internet")
    p.until("waiting", "return document.body.innerText.includes('Menunggu jawaban')")
    link = subprocess.run(["zbarimg", "-q", "--raw", scanned()], capture_output=True, text=True, check=True).stdout.strip()
    expect(t.wallet("respond", link, "--yes", "--json"), 0)
    result("status-missing")
    assert p.script(nothing) == 0, p.text()
    p.press("Minta persetujuan atasan")
    p.keys("#vouch-reason", "Data USB belum datang")
    p.keys("#vouch-pin", "739154")
    p.press("Setujui")
    p.until("vouched", "return document.body.innerText.includes('Disetujui atasan')")
    assert sample()["NAMA_LGKP"] in p.text() and p.until("portrait", "return document.querySelector('.portrait')?.naturalWidth > 0")
    look("vouched-online")
    say("\ue038")
    p.wait("filed")
    one = re.search(r"b-[0-9a-f]{16}", p.text()).group(0)
    t.stop()
    file = t.path("blind.json")
    answer(call("absah-verifier", "evidence", "export", one, "--out", file, "--json", data=data))
    valid = answer(call("absah-verifier", "evidence", "verify", file, "--json", data=data))
    said = [valid[name] for name in ("outcome", "officer", "supervisor", "reason")]
    assert said == ["status-missing", "Bu Sri Wahyuni", "Pak Lurah", "Data USB belum datang"], valid


def check_x_keys():
    """a scanner whose keys are really pressed (X): green on a plain keyboard; on a German one after calibration; a layout that loses letters is told"""
    t = State.town
    start_counter()
    log = open(WORK / "xvfb.log", "a")
    display = Display(log)
    p, before = Page(open(WORK / "chromedriver.log", "a"), WORK / "profile-x", video=t.path("camera.y4m"), display=display.name), State.page
    State.page = p
    try:
        p.open("file://" + str(t.path("verifier/loket.html")))
        p.wait("services")

        def green(name):
            begin()
            _, text = reply(name)
            display.focus()
            p.script("document.querySelector('h1').focus()")
            for frame in text.read_text().splitlines():
                display.scan(frame)
            result("accepted", seconds=60)
            say("\ue038")
            p.wait("filed")
            p.press("Layanan")
            p.wait("services")

        def calibrate():
            p.press("Periksa alat")
            p.wait("doctor")
            p.until("parts", "return document.querySelectorAll('.parts li').length === 4")
            p.press("Periksa alat pemindai")
            p.until("box", "return document.querySelector('#typed') !== null")
            display.focus()
            p.script("document.querySelector('#typed').focus()")
            display.scan("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")

        green("x-us")
        display.layout("de")
        calibrate()
        p.until("told", "return document.body.innerText.includes('jumlah huruf')")
        p.press("Batal")
        p.press("Layanan")
        p.wait("services")
        display.layout("de", "-variant", "nodeadkeys")
        calibrate()
        p.until("saved", "return document.body.innerText.includes('Tersimpan')")
        p.press("Layanan")
        p.wait("services")
        green("x-de")
        learnt = answer(t.verifier("doctor", "--json"))["scanner"]["map"]
        assert learnt.get("Z") == "Y" and learnt.get("Y") == "Z", learnt
        expect(t.verifier("doctor", "forget", "--json"), 0)
    finally:
        State.page = before
        p.close()
        display.close()
        t.stop()


def paper(name, *more):
    """A paper card as it comes out of a printer and lies before a scanner of 200 dpi, a little blurred; and its code alone."""
    t = State.town
    pdf, page, code = (t.path(f"{name}{end}") for end in (".pdf", ".png", "-code.png"))
    made = answer(t.issuer("paper", "--nik", sample()["NIK"], "--out", pdf, *more, "--json"))
    assert made["qr_version"] <= 27, made
    sharp = t.path(f"{name}-sharp")
    subprocess.run(["pdftoppm", "-r", "200", "-png", "-singlefile", pdf, sharp], check=True)
    subprocess.run(["ffmpeg", "-y", "-loglevel", "error", "-i", f"{sharp}.png", "-vf", "gblur=sigma=0.8", page], check=True)
    subprocess.run(["ffmpeg", "-y", "-loglevel", "error", "-i", page, "-vf", "crop=500:500:(iw-500)/2:ih-172-500+14", code], check=True)
    return page, code


def second_reader(page):
    """Reads the codes in a picture by another program's decoder."""
    python = ROOT / "target/tools/venv/bin/python"
    script = "import sys, zxingcpp; from PIL import Image; print([(r.text, str(r.format)) for r in zxingcpp.read_barcodes(Image.open(sys.argv[1]))])"
    done = subprocess.run([python, "-c", script, page], capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout.count("ABSAH1") == 1, (done.stdout[:200], done.stderr)


def check_weak():
    """a code without a request is weak and taken once; the officer compares the face, nothing is filed, the visit is counted"""
    t, p = State.town, State.page
    State.paper = paper("kertas")
    second_reader(State.paper[0])
    folder, _ = t.publish("bundle-paper")
    expect(t.verifier("bundle", "import", folder), 0)
    before = len(answer(t.verifier("evidence", "list", "--json"))["evidence"])
    start_counter()
    p.open("file://" + str(t.path("verifier/loket.html")))
    p.wait("services")
    begin(WEAK_TILE)
    text = t.path("weak.txt")
    expect(t.wallet("show", "--claims", "usiaMinimal17,wargaKotaMadiun,portrait", "--yes", "--text", text), 0)
    show(text)
    result("accepted")
    said = p.text()
    assert "lemah" in said and "bukan dasar mengubah data" in said and sample()["NAMA_LGKP"] not in said, said
    assert p.until("portrait", "return document.querySelector('.portrait')?.naturalWidth > 0")
    look("weak")
    p.type("\ue007")
    time.sleep(0.5)
    assert p.screen() == "result", "Enter decided"
    say("\ue038")
    p.wait("filed")
    assert "Tercatat" in p.text() and "Buka lembar A4" not in p.text(), p.text()
    look("weak-counted")
    p.press("Warga berikutnya")
    p.wait("request")
    show(text)
    result("replayed")
    assert "Cocok, tanda lemah" in p.script("return document.querySelector('aside').innerText")
    assert len(answer(t.verifier("evidence", "list", "--json"))["evidence"]) == before


def check_paper():
    """a printed card before the camera, then a copy of it: paper, compare the face; elsewhere refused with what to do; suspended red, superseded yellow"""
    t, p = State.town, State.page
    page, code = State.paper
    film([code])
    t.stop()
    start_counter()
    p.open("file://" + str(t.path("verifier/loket.html")))
    p.wait("services")
    begin(WEAK_TILE)
    result("accepted")
    said = p.text()
    assert "Kertas: cocokkan wajah" in said and "Salinan kertas tidak bisa dikenali" in said, said
    assert sample()["NAMA_LGKP"] in said and sample()["NIK"] not in said and sample()["NIK"][-4:] in said, said
    assert p.until("portrait", "const i = document.querySelector('.portrait'); return i && i.naturalWidth > 0 && i.getBoundingClientRect().width") >= 320
    look("paper")
    say("\ue038")
    p.wait("filed")
    blank()

    def hand_over(picture, expected):
        p.press("Layanan" if p.screen() == "filed" else "Warga berikutnya")
        p.wait("services")
        begin(WEAK_TILE)
        p.keys("#pictures", str(picture))
        result(expected)

    hand_over(t.path("kertas.pdf"), "accepted")
    say("\ue039")
    p.wait("filed")
    hand_over(page, "accepted")
    say("\ue039")
    p.wait("filed")
    assert "Jangan layani" in p.text(), p.text()
    today = p.script("return document.querySelector('aside').innerText")
    assert "Cocok, kartu kertas" in today and "Tidak cocok" in today and sample()["NAMA_LGKP"] not in today, today
    p.press("Layanan")
    p.wait("services")
    begin("Surat keterangan domisili" if "Surat keterangan domisili" in p.text() else p.script("return document.querySelector('.tiles strong').textContent"))
    p.keys("#pictures", str(page))
    result("paper-not-here")
    assert "periksa KTP-nya" in p.text() and p.script("return document.querySelectorAll('.facts, .portrait, [data-word]').length") == 0, p.text()
    look("paper-not-here")
    nik = sample()["NIK"]

    def known(name):
        folder, _ = t.publish(name)
        expect(t.verifier("bundle", "import", folder), 0)

    answer(t.issuer("suspend", "--nik", nik, "--credential", "KtpElektronik", "--json"))
    known("bundle-paper-suspended")
    hand_over(page, "suspended")
    answer(t.issuer("unsuspend", "--nik", nik, "--credential", "KtpElektronik", "--json"))
    newer, _ = paper("kertas-baru", "--a4")
    known("bundle-paper-newer")
    hand_over(page, "superseded")
    assert "Digantikan" in p.text() and p.script("return document.querySelectorAll('.facts, .portrait, [data-word]').length") == 0
    hand_over(newer, "accepted")
    say("\ue038")
    p.wait("filed")
    t.stop()


def check_superseded():
    """a card with a newer one is yellow: what to do in words, no fact, nothing to accept"""
    t, p = State.town, State.page
    photos = t.path("photos-newer")
    shutil.copytree(ROOT / "tests/fixtures/ikd/photos", photos)
    nik = sample()["NIK"]
    other = next(path for path in sorted(photos.glob("*.jpg")) if path.stem != nik)
    shutil.copy(other, photos / f"{nik}.jpg")
    again = answer(t.issuer("import", ROOT / "tests/fixtures/ikd/sample-200.csv", "--photos", photos, "--json"))
    if again.get("proposal"):
        answer(t.issuer("proposal", "approve", str(again["proposal"]), "--json"))
    folder, _ = t.publish("bundle-newer")
    expect(t.verifier("bundle", "import", folder), 0)
    start_counter()
    p.open("file://" + str(t.path("verifier/loket.html")))
    p.wait("services")
    begin()
    _, text = reply("superseded")
    show(text)
    result("superseded")
    assert "Digantikan" in p.text() and p.script("return document.querySelectorAll('.facts, .portrait, [data-word], form').length") == 0, p.text()
    look("superseded")
    t.stop()
    t.give_card(nik)


def check_revoked():
    """a revoked card is red, with words and without facts"""
    t = State.town
    answer(t.issuer("revoke", "--nik", sample()["NIK"], "--credential", "KtpElektronik", "--json"))
    folder, _ = t.publish("bundle-revoked")
    expect(t.verifier("bundle", "import", folder), 0)
    start_counter()
    p = State.page
    p.open("file://" + str(t.path("verifier/loket.html")))
    p.wait("services")
    begin()
    pictures, _ = reply("revoked")
    p.keys("#pictures", "\n".join(str(picture) for picture in pictures))
    result("revoked")
    assert p.script("return document.querySelectorAll('.facts, .portrait, [data-word]').length") == 0
    assert "Ditolak" in p.text() and "Dukcapil" in p.text(), p.text()
    look("revoked")


def check_facing():
    """the citizen's own screen shows the code and what to do, and no fact"""
    p = State.page
    p.press("Tampilkan kode baru")
    p.wait("request")
    before = p.ask("GET", f"{p.session}/window")
    p.press("Tampilkan di layar warga")
    windows = p.ask("GET", f"{p.session}/window/handles")
    p.ask("POST", f"{p.session}/window", {"handle": next(w for w in windows if w != before)})
    p.wait("facing-code")
    p.until("code", "return document.querySelector('img.qr')?.naturalWidth > 0")
    p.size(1280, 800)
    p.picture(SCREENS / "id/facing-1280x800-light.png")
    assert "Pindai kode ini" in p.text()
    p.ask("DELETE", f"{p.session}/window")
    p.ask("POST", f"{p.session}/window", {"handle": before})


def check_keyboard():
    """everything with the keyboard alone: tile, cancel, language"""
    p = State.page
    p.press("Batal")
    p.wait("services")
    for _ in range(40):
        p.type("\ue004")
        if p.script("return document.activeElement.querySelector('strong')?.textContent") == TILE:
            break
    assert p.script("return getComputedStyle(document.activeElement).outlineStyle") != "none", "focus is not seen"
    p.type("\ue007")
    p.wait("request")
    p.type("\ue00c")
    p.wait("services")
    State.town.stop()


def check_sign_in():
    """with officers set, the page asks for PIN and password, which the officer chooses once; the lock opens by the PIN; wrong ones are counted, nothing of a citizen is shown"""
    t, p = State.town, State.page
    # The card of before was revoked.
    t.give_card(sample()["NIK"])
    t.stop()
    for name, code in [("", "officer-name"), ("x" * 61, "officer-name")]:
        assert code_of(t.verifier("officer", "set", name, "--json", env={"ABSAH_PIN": "528319"})) == code
    assert code_of(t.verifier("officer", "set", "Pak Budi", "--json", env={"ABSAH_PIN": "123456"})) == "pin-weak"
    made = answer(t.verifier("officer", "set", "Pak Budi", "--json", env={"ABSAH_PIN": "528319"}))
    assert made["officers"] == made["without_password"] == ["Pak Budi"], made
    start_counter()
    p.open("file://" + str(t.path("verifier/loket.html")))
    p.wait("sign-in")
    assert TILE not in p.text(), p.text()
    look("sign-in-new")
    p.keys("#pin", "528319")
    p.keys("#password", PASSWORD)
    p.keys("#password-again", "sepeda biru")
    p.until("told", "return document.body.innerText.includes('belum sama')")
    assert p.script("return document.querySelector('form button.primary').disabled")
    p.keys("#password-again", " tetangga\ue007")
    p.wait("services")
    p.type("\ue03a")
    p.wait("sign-in")
    p.until("the PIN is enough", "return document.querySelector('#password') === null")
    look("sign-in-pin")
    t.stop()
    start_counter()
    p.open("file://" + str(t.path("verifier/loket.html")))
    p.wait("sign-in")
    p.until("everything anew", "return document.querySelector('#password') !== null")
    look("sign-in")
    p.keys("#pin", "528319")
    p.keys("#password", "sepeda merah tetangga\ue007")
    p.until("told", "return document.body.innerText.includes('salah')")
    assert p.screen() == "sign-in"
    enter()
    assert "Pak Budi" in p.text(), p.text()
    begin()
    _, text = reply("locked")
    show(text)
    result("accepted")
    # The session ends under the page; the next press is answered with that, and nothing of the citizen is left at once.
    link = State.link.split("/#")
    end = urllib.request.Request(link[0] + "/api/sign-out", data=b"{}", method="POST",
                                 headers={"Authorization": f"Bearer {link[1]}", "Content-Type": "application/json"})
    urllib.request.urlopen(end, timeout=10).read()
    say("\ue038")
    p.until("gone", "return document.querySelectorAll('.portrait, .facts').length === 0", seconds=2)
    p.wait("sign-in")
    assert "terkunci" in p.text(), p.text()
    p.keys("#pin", "528319\ue007")
    p.wait("services")
    p.script("[...document.querySelectorAll('aside button')][0].click()")
    result("accepted")
    say("\ue039")
    p.wait("filed")
    p.type("\ue03a")
    p.wait("sign-in")
    p.script("location.reload()")
    p.wait("sign-in")
    for _ in range(6):
        p.until("ready", "const f = document.querySelector('#pin'); return f.value === '' && !document.body.innerText.includes('Terlalu')")
        p.keys("#pin", "000000")
        p.until("button", "return !document.querySelector('form button').disabled")
        p.keys("#pin", "\ue007")
        p.until("answered", "return document.querySelector('#pin').value === '' && document.querySelector('[role=alert]')")
        time.sleep(1)
        if "Terlalu banyak" in p.text():
            break
    assert "Terlalu banyak" in p.text(), p.text()
    assert answer(t.verifier("officer", "remove", "Pak Budi", "--json"))["officers"] == []
    p.wait("services")
    t.stop()


def check_passkey():
    """an officer adds a passkey after the PIN, signs in with it where the person is verified, and takes it away"""
    t, p = State.town, State.page
    t.stop()
    expect(t.verifier("officer", "set", "Pak Budi", "--json", env={"ABSAH_PIN": "528319", "ABSAH_PASSWORD": PASSWORD}), 0)
    start_counter()
    p.open("file://" + str(t.path("verifier/loket.html")))
    p.wait("sign-in")
    assert p.script("return location.hostname") == "localhost"
    p.devtools("WebAuthn.enable")
    key = p.devtools("WebAuthn.addVirtualAuthenticator", options={
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True})["authenticatorId"]
    enter()
    p.press("Kunci sandi")
    p.wait("passkeys")
    p.until("form", "return document.querySelector('#passkey-label') !== null")
    p.keys("#passkey-label", "Kunci USB")
    p.keys("#passkey-pin", "528319")
    p.press("Tambah kunci sandi")
    p.until("added", "return document.querySelector('.parts li')?.innerText.includes('Kunci USB')")
    look("passkeys")
    p.type("\ue03a")
    p.wait("sign-in")
    p.until("offered", "return [...document.querySelectorAll('button')].some(b => b.textContent === 'Masuk dengan kunci sandi')")
    look("sign-in-passkey")
    p.devtools("WebAuthn.setUserVerified", authenticatorId=key, isUserVerified=False)
    p.press("Masuk dengan kunci sandi")
    p.until("told", "return document.body.innerText.includes('tidak menjawab') || document.body.innerText.includes('tidak diterima')", seconds=90)
    assert p.screen() == "sign-in"
    p.devtools("WebAuthn.setUserVerified", authenticatorId=key, isUserVerified=True)
    p.press("Masuk dengan kunci sandi")
    p.wait("services")
    assert "Pak Budi" in p.text(), p.text()
    p.press("Kunci sandi")
    p.wait("passkeys")
    p.until("listed", "return document.querySelector('.parts li') !== null")
    p.press("Hapus")
    p.until("asked", "return document.activeElement?.id === 'passkey-leaving'")
    look("passkey-remove")
    p.keys("#passkey-leaving", "111222")
    p.press("Hapus")
    p.until("refused", "return document.body.innerText.includes('tidak cocok') || document.body.innerText.includes('salah')")
    assert p.script("return document.querySelector('.parts li') !== null"), "removed without the PIN"
    p.keys("#passkey-leaving", "528319")
    p.press("Hapus")
    p.until("gone", "return !document.querySelector('.parts li')")
    p.type("\ue03a")
    p.wait("sign-in")
    assert "kunci sandi" not in p.text(), p.text()
    p.devtools("WebAuthn.removeVirtualAuthenticator", authenticatorId=key)
    expect(t.verifier("officer", "remove", "Pak Budi", "--json"), 0)
    t.stop()


def check_camera_trouble():
    """a camera that is dark, pulled out, refused or used by another program: the page says which and what to do, the other ways stay, and it goes on by one press"""
    t, p = State.town, State.page
    t.stop()
    start_counter()
    p.open("file://" + str(t.path("verifier/loket.html")))
    p.wait("services")
    black = State.town.path("black.png")
    subprocess.run(["ffmpeg", "-y", "-loglevel", "error", "-f", "lavfi", "-i", "color=black:s=640x640", "-frames:v", "1", black], check=True)
    folder = State.town.path("dark")
    folder.mkdir(exist_ok=True)
    subprocess.run(["ffmpeg", "-y", "-loglevel", "error", "-loop", "1", "-i", black, "-t", "1", "-vf", "fps=8,scale=960:720,format=yuv420p", folder / "dark.y4m"], check=True)
    (folder / "dark.y4m").replace(State.town.path("camera.y4m"))
    begin()
    p.until("dark", "return document.body.innerText.includes('Gambar terlalu gelap')")
    look("camera-dark")
    blank()
    p.script("document.querySelector('video').srcObject.getVideoTracks()[0].dispatchEvent(new Event('ended'))")
    p.until("gone", "return document.querySelector('[role=alert]')?.innerText.includes('Kamera terlepas')")
    assert "Pilih gambar" in p.text() and "Tempel teks jawaban" in p.text(), p.text()
    look("camera-gone")
    for name, words in (("NotAllowedError", "Kamera tidak diizinkan"), ("NotReadableError", "Kamera dipakai program lain"), ("NotFoundError", "Kamera tidak ditemukan")):
        p.script("navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', arguments[0]) }".replace("arguments[0]", f"'{name}'"))
        p.press("Coba lagi")
        p.until(name, "return document.querySelector('[role=alert]')?.innerText.includes(arguments[0])", words)
        assert "Pilih gambar" in p.text(), p.text()
    p.script("delete navigator.mediaDevices.getUserMedia")
    p.press("Coba lagi")
    p.until("camera", "return document.querySelector('video')?.videoWidth > 0 && !document.querySelector('[role=alert]')")
    t.stop()


def check_no_camera():
    """a counter without a camera says so, and the other ways are there"""
    t = State.town
    State.page.close()
    State.page = p = Page(open(WORK / "chromedriver.log", "a"), WORK / "profile-2", camera=False)
    start_counter()
    p.open("file://" + str(t.path("verifier/loket.html")))
    p.wait("services")
    begin()
    p.until("told", "return [...document.querySelectorAll('[role=alert]')].some(e => e.innerText.includes('amera'))")
    assert "Pilih gambar" in p.text()
    look("no-camera")
    t.stop()


CHECKS = [value for name, value in list(globals().items()) if name.startswith("check_")]


# What comes after these does not build on them.
ALONE = [check_refresh, check_stale, check_grey, check_no_status, check_x_keys, check_passkey, check_weak, check_paper, check_camera_trouble]


def main():
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    failed = False
    # Some by name, for whoever works on one: what it builds on must be named, too.
    named = sys.argv[2:]
    for check in [check for check in CHECKS if not named or check.__name__ in named]:
        try:
            check()
            print(f"ok      {check.__doc__}", flush=True)
        except Exception as error:  # noqa: BLE001: whatever went wrong is the finding
            failed = True
            print(f"FAILED  {check.__doc__}\n        {type(error).__name__}: {error}", flush=True)
            if State.page:
                try:
                    State.page.picture(WORK / f"failed-{check.__name__}.png")
                except Exception:  # noqa: BLE001, S110: the browser itself may be gone
                    pass
            if check not in ALONE:
                break
            State.town.stop()
    if State.manifest:
        (SCREENS / "manifest.json").write_text(json.dumps(State.manifest, indent=1))
    if State.findings:
        failed = True
        print("FAILED  screens: nothing too wide, targets of 48 px, axe without violation")
        for finding in State.findings:
            print(f"        {finding}")
    elif not failed:
        print(f"ok      {len(State.seen)} screens: nothing too wide, targets of 48 px, axe without violation")
    if State.page:
        State.page.close()
    stop_all()
    sys.exit(1 if failed else 0)


main()
