"""Starts a fresh issuer on loopback, imports the clean extract with photographs, makes offers, and lets independent
implementations receive and verify: @openid4vc/openid4vci and @sd-jwt/* (Node), sd-jwt (Python).

What a card must say is worked out here from the CSV row and the code tables, not from the issuer.
"""

import csv
import datetime
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

BIN = Path(sys.argv[1]).resolve()
HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SHARED = ROOT.parent / "shared"
WORK = ROOT / "target/tests/interop"
PYTHON = ROOT / "target/tools/venv/bin/python"
COPIES = 3
# The `format` of a registration among `verifier_info`.
REGISTRATION = "absah-registration+jwt"
GROUPS = {
    "jenisKelamin": ("JENIS_KLMIN", "jenis_kelamin"),
    "golonganDarah": ("GOL_DRH", "gol_darah"),
    "agama": ("AGAMA", "agama"),
    "statusPerkawinan": ("STAT_KWN", "status_kawin"),
    "pekerjaan": ("JENIS_PKRJN", "pekerjaan"),
    "kewarganegaraan": ("KWRNGRN", "kewarganegaraan"),
}

failures = 0


def line(ok, name, detail=""):
    global failures
    print(f"ok      {name}" if ok else f"FAILED  {name}: {detail}", flush=True)
    failures += not ok


def table(name):
    with open(SHARED / "data/codes" / f"{name}.csv", newline="") as file:
        return {row["code"]: row["label"] for row in csv.DictReader(file)}


def names(name):
    with open(SHARED / "data/wilayah" / f"{name}.csv", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def rows():
    with open(SHARED / "data/ikd/madiun-2000.csv", newline="") as file:
        return list(csv.DictReader(file))


def age_on(birth, day):
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def expected(row, today):
    """The facts of a KtpElektronik, from the row, and the groups that it must not have."""
    born = datetime.datetime.strptime(row["TGL_LHR"], "%d-%m-%Y").date()
    province, regency = row["NO_PROP"], f"{row['NO_PROP']}.{row['NO_KAB']}"
    district = f"{regency}.{row['NO_KEC']}"
    village = f"{district}.{row['NO_KEL']}"
    facts = {
        "nik": row["NIK"],
        "nama": row["NAMA_LGKP"],
        "kelahiran": {"tempat": row["TMPT_LHR"], "tanggal": born.isoformat()},
        "alamat": {
            "jalan": row["ALAMAT"], "rt": row["NO_RT"], "rw": row["NO_RW"],
            "kelurahan": names("villages-35.77")[village], "kecamatan": names("districts")[district],
            "kota": names("regencies")[regency], "provinsi": names("provinces")[province],
        },
        "wargaKotaMadiun": regency == "35.77",
        "jaminanKunci": "software",
    }
    for name, (column, codes) in GROUPS.items():
        label = table(codes)[row[column]]
        facts[name] = "-" if label == "TIDAK TAHU" else label
    for years in (17, 21, 60):
        facts[f"usiaMinimal{years}"] = age_on(born, today) >= years
    return facts


class Issuer:
    def __init__(self, name="issuer", public_url=None):
        self.data = WORK / name
        shutil.rmtree(self.data, ignore_errors=True)
        WORK.mkdir(parents=True, exist_ok=True)
        self.public_url = public_url
        self.process = None

    def call(self, *words):
        done = subprocess.run([BIN / "absah-issuer", "--data-dir", self.data, *map(str, words), "--json"],
                              capture_output=True, text=True, env={**os.environ, "ABSAH_DEV": "1"}, timeout=300)
        if done.returncode != 0:
            raise RuntimeError(f"absah-issuer {words[0]}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return json.loads(done.stdout)

    def get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:
            return json.load(answer)

    def serve(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        log = self.data.with_suffix(".log")
        told = ["--public-url", self.public_url] if self.public_url else []
        self.process = subprocess.Popen(
            [BIN / "absah-issuer", "--data-dir", self.data, "serve", "--listen", f"127.0.0.1:{port}", "--dev-loopback", *told],
            stdout=open(log, "w"), stderr=subprocess.STDOUT, env={**os.environ, "ABSAH_DEV": "1"})
        for _ in range(300):
            found = re.search(r"^listening (\S+)", log.read_text(), re.M)
            if found:
                self.url = f"http://127.0.0.1:{port}" if told else found.group(1).rstrip("/")
                return self.url
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError(f"absah-issuer serve did not say `listening`: {log.read_text()}")

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(20)


def client(command, job):
    done = subprocess.run(command, input=json.dumps(job), capture_output=True, text=True, cwd=HERE, timeout=300)
    try:
        return json.loads(done.stdout)
    except json.JSONDecodeError:
        return {"checks": [[Path(str(command[-1])).name, False, done.stderr.strip()[-2000:]]], "credential": None}


def told(who, result):
    for name, ok, detail in result["checks"]:
        line(ok, f"{who}: {name}", detail)


def person(issuer, who, row, photo, wrong=None):
    offer = issuer.call("offer", "--nik", row["NIK"], "--credential", "KtpElektronik")
    facts = expected(row, datetime.datetime.now(datetime.timezone.utc).date())
    job = {
        "offer": offer["credential_offer_uri"], "tx_code": offer["tx_code"], "copies": COPIES, "expected": facts,
        "absent": ["id", "jti", "sub"] + ([] if photo else ["portrait"]),
        "photo": photo, "wrong_tx_code": wrong and ("000000" if offer["tx_code"] != "000000" else "000001"),
    }
    received = client(["node", "receive.mjs"], job)
    told(f"node, {who}", received)
    if received.get("credential"):
        second = {**job, **{name: received[name] for name in ("credential", "issuer", "holder")}}
        told(f"python, {who}", client([PYTHON, "verify.py"], second))
    issued = {name: received.get(name) for name in ("credential", "issuer")}
    again = client(["node", "receive.mjs"], {**job, "wrong_tx_code": None})
    refused = any("invalid_grant" in detail or "gone" in detail or "410" in detail or "404" in detail
                  for _, ok, detail in again["checks"] if not ok)
    line(refused, f"node, {who}: the same offer a second time is refused", again["checks"])
    return issued


def bundle(issuer):
    """The trust bundle as published, read by Python's TUF client."""
    folder = WORK / "bundle"
    issuer.call("bundle", "publish", folder)
    done = subprocess.run([PYTHON, "bundle.py", folder], capture_output=True, text=True, cwd=HERE, timeout=300)
    last = done.stdout.strip().splitlines()[-1:]
    line(done.returncode == 0, f"python tuf: trust bundle: {''.join(last)}", done.stdout + done.stderr)


ASKED = ["nama", "kelahiran", "alamat"]
SERVICES = """agency = "Dinas Sosial Kota Madiun"
place = "Loket daring"

[[service]]
id = "bansos-daring"
purpose = "Pendaftaran bantuan sosial"
legal_basis = "Contoh: Peraturan Wali Kota Madiun"
claims = ["nama", "kelahiran", "alamat"]
tier = "rendah"
retention_days = 365
title = "Pendaftaran bansos"
"""


def logged_in(issuer, row):
    """A wallet that is not ours, by the authorization code flow."""
    offer = issuer.call("public-offer", "--credential", "KtpElektronik")
    code = issuer.call("login-code", "--nik", row["NIK"])
    job = {"offer": offer["credential_offer_uri"], "login_code": code["login_code"]}
    told("openid4vci log-in", client(["node", "authorize.mjs"], job))


def encrypted(issuer, row):
    """A wallet that is not ours, with requests and cards under JWE."""
    offer = issuer.call("offer", "--nik", row["NIK"], "--credential", "KtpElektronik")
    job = {"offer": offer["credential_offer_uri"], "tx_code": offer["tx_code"]}
    told("jose, encrypted", client(["node", "encrypted.mjs"], job))


def asked(issuer, row):
    """Our wallet, asked by an OpenID4VP verifier that is not ours: registered with the city, otherwise a stranger."""
    key = json.loads(subprocess.run(["node", "ask.mjs", "key"], capture_output=True, text=True, cwd=HERE, check=True).stdout)
    (WORK / "access-key.json").write_text(json.dumps(key["public"]))
    (WORK / "services.toml").write_text(SERVICES)
    issuer.call("counter", "register", "--access-key", WORK / "access-key.json", "--services", WORK / "services.toml")
    folder = WORK / "bundle-asked"
    for left in (folder, WORK / "wallet"):
        shutil.rmtree(left, ignore_errors=True)
    published = issuer.call("bundle", "publish", folder)
    [document] = (folder / "targets").glob("*registrations.json")
    [registered] = json.loads(document.read_text())["registrations"]
    offer = issuer.call("offer", "--nik", row["NIK"], "--credential", "KtpElektronik")
    wallet = [str(BIN / "absah-wallet"), "--data-dir", str(WORK / "wallet"), "--dev-loopback"]

    def call(*words):
        done = subprocess.run([*wallet, *map(str, words), "--json"], capture_output=True, text=True, env=os.environ, timeout=120)
        if done.returncode != 0:
            raise RuntimeError(f"absah-wallet {words[0]}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return json.loads(done.stdout)

    os.environ["ABSAH_PIN"] = "271828"
    call("bundle", "import", folder, "--root-sha256", published["root_sha256"])
    received = call("receive", offer["credential_offer_uri"], "--tx-code", offer["tx_code"])
    line(len(received["received"]) == 2, "our wallet receives", received)
    facts = expected(row, datetime.datetime.now(datetime.timezone.utc).date())
    metadata = issuer.get("/.well-known/openid-credential-issuer")
    job = {
        "wallet": wallet, "key": key["private"], "issuer": metadata["credential_issuer"],
        "vct": metadata["credential_configurations_supported"]["KtpElektronik_dc_sd_jwt"]["vct"],
        "registration": registered["jwt"], "registration_format": REGISTRATION, "certificate": registered["access_certificate"],
        "facts": {name: facts[name] for name in ASKED},
    }
    told("openid4vp", client(["node", "ask.mjs"], job))
    renewed = call("renew", "--all")
    line(len(renewed["renewed"]) == 2 and not renewed["refused"], "our wallet renews its cards", renewed)


def answered(issuer, row):
    """Our counter, answered over HTTP by an OpenID4VP wallet that is not ours: honestly, then meddled with."""
    data = WORK / "counter"
    folder = WORK / "bundle-counter"
    for left in (data, folder):
        shutil.rmtree(left, ignore_errors=True)
    counter = [str(BIN / "absah-verifier"), "--data-dir", str(data), "--dev-loopback"]

    def call(*words):
        done = subprocess.run([*counter, *map(str, words), "--json"], capture_output=True, text=True, env={**os.environ, "ABSAH_DEV": "1"}, timeout=120)
        if done.returncode != 0:
            raise RuntimeError(f"absah-verifier {words[0]}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return json.loads(done.stdout)

    (WORK / "counter-key.json").write_text(json.dumps(call("init")["access_key"]))
    (WORK / "services.toml").write_text(SERVICES)
    issuer.call("counter", "register", "--access-key", WORK / "counter-key.json", "--services", WORK / "services.toml")
    published = issuer.call("bundle", "publish", folder)
    call("bundle", "import", folder, "--root-sha256", published["root_sha256"])
    log = open(WORK / "counter.log", "w")
    process = subprocess.Popen([*counter, "serve", "--listen", "127.0.0.1:0", "--page", "127.0.0.1:0"], stdout=log, stderr=log, env={**os.environ, "ABSAH_DEV": "1"})
    try:
        for _ in range(300):
            if "listening " in (WORK / "counter.log").read_text() or process.poll() is not None:
                break
            time.sleep(0.1)
        offer = issuer.call("offer", "--nik", row["NIK"], "--credential", "KtpElektronik")
        facts = expected(row, datetime.datetime.now(datetime.timezone.utc).date())
        os.environ["ABSAH_DEV"] = "1"
        job = {
            "offer": offer["credential_offer_uri"], "tx_code": offer["tx_code"], "counter": counter, "service": "bansos-daring",
            "facts": {name: facts[name] for name in ASKED}, "absent": "agama",
        }
        told("openid4vp answers our counter", client(["node", "online.mjs"], job))
    finally:
        process.terminate()
        process.wait(20)


def foreign():
    """Our wallet receives a card of an issuer that is not ours and on nobody's list, and calls it as its metadata does."""
    wallet = [BIN / "absah-wallet", "--data-dir", WORK / "wallet-foreign", "--dev-loopback"]
    shutil.rmtree(WORK / "wallet-foreign", ignore_errors=True)

    def call(*words, lang="id"):
        env = {**os.environ, "ABSAH_PIN": "271828", "LANG": f"{lang}_{lang.upper()}.UTF-8"}
        done = subprocess.run([*map(str, wallet), *map(str, words), "--json"], capture_output=True, text=True, env=env, timeout=120)
        return done.returncode, json.loads(done.stdout or "{}")

    for wrong in (False, True):
        stranger = subprocess.Popen(["node", "stranger.mjs", *(["wrong"] if wrong else [])], cwd=HERE, text=True,
                                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=open(WORK / "stranger.log", "w"))
        try:
            said = json.loads(stranger.stdout.readline())
            first, second, _ = said["offers"]
            code, refused = call("receive", first["offer"], "--tx-code", "000000")
            line(code == 1, "openid4vci issuer: a wrong code is refused", refused)
            code, received = call("receive", first["offer"], "--tx-code", first["tx_code"])
            line(code == 0 and len(received["received"]) == 1, "openid4vci issuer: its card is received", received)
            [card] = [one for one in call("list")[1]["cards"] if one["issuer"] == said["issuer"]]
            if wrong:
                problem = card["appearance"].get("problem")
                line(problem == "type-metadata-integrity", "type metadata other than signed for is not used", card)
                continue
            names = dict(card["appearance"]["name"])
            line(names.get("id") == "Kartu Tanda Mahasiswa", "the card is called as its metadata calls it", card)
            line(not card["issuer_listed"] and card["copies"] == 2, "it is on nobody's list, two copies", card)
            shown = call("card", card["id"])[1]
            facts = {fact["label"]: fact["value"] for fact in shown["facts"]}
            line(shown["name"] == names["id"] and facts.get("Nomor mahasiswa") == "2205101077"
                 and facts.get("Program studi") == "Teknik Informatika", "its facts bear the labels of its metadata", shown)
            code, again = call("receive", second["offer"], "--tx-code", second["tx_code"])
            line(code == 0, "a second card of it is received", again)
        finally:
            stranger.stdin.close()
            stranger.wait(20)


def did_log():
    """The did:webvh log over two changes of the keys, resolved by didwebvh-ts; under a host name, for it takes no address."""
    issuer = Issuer("named", "https://absah.madiunkota.go.id")
    try:
        base = issuer.serve()
        for role in ("credential", "status"):
            time.sleep(1.1)
            issuer.call("trust", "rotate", role)
        time.sleep(1.1)

        def get(name):
            with urllib.request.urlopen(f"{base}/.well-known/{name}", timeout=10) as answer:
                return answer.read().decode()

        job = {"log": get("did.jsonl"), "web": json.loads(get("did.json")), "versions": 3}
        told("node didwebvh-ts", client(["node", "webvh.mjs"], job))
        (WORK / "did.jsonl").write_text(job["log"])
        said = issuer.call("trust", "did-log", "--check", WORK / "did.jsonl")
        line(said["versions"] == 3, "our own reader agrees", said)
    finally:
        issuer.stop()


def main():
    for what, there in [("../shared", SHARED.is_dir()), ("node_modules (run tests/setup interop)", (HERE / "node_modules").is_dir()),
                        ("target/tools/venv (run tests/setup interop)", PYTHON.exists())]:
        if not there:
            print(f"skipped interop: {what} is not there")
            return 0
    issuer = Issuer()
    try:
        photos = SHARED / "data/foto"
        imported = issuer.call("import", SHARED / "data/ikd/madiun-2000.csv", "--photos", photos)
        line(imported["imported"] == 2000, "the clean extract is imported", imported["imported"])
        issuer.serve()
        pictured = {path.stem for path in photos.glob("*.jpg")}
        today = datetime.date.today()

        def grown(row):
            return age_on(datetime.datetime.strptime(row["TGL_LHR"], "%d-%m-%Y").date(), today) >= 18

        with_photo = next(row for row in rows() if row["NIK"] in pictured and grown(row))
        without = next(row for row in rows() if row["NIK"] not in pictured and grown(row))
        person(issuer, "with photograph", with_photo, True, wrong=True)
        issued = person(issuer, "without photograph", without, False)
        issuer.call("revoke", "--nik", without["NIK"], "--credential", "KtpElektronik")
        told("node, after revocation", client(["node", "receive.mjs"], {**issued, "refused": "Status is not valid"}))
        bundle(issuer)
        logged_in(issuer, with_photo)
        encrypted(issuer, with_photo)
        asked(issuer, with_photo)
        answered(issuer, with_photo)
        foreign()
        did_log()
    except Exception as error:  # noqa: BLE001  (a broken set-up is one failed line)
        line(False, "interop", error)
    finally:
        issuer.stop()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
