"""Alerts told to a hub at a private address, over TLS: run in a network namespace of its own, where 10.83.9.1 is here.

`unshare -rn python3 hub.py PROGRAM DATA FOLDER SECRET` prints what came as one line of JSON.
"""

import base64
import hashlib
import hmac
import json
import os
import ssl
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

HERE, PORT = "10.83.9.1", 8443


def openssl(*words):
    subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True)


def certified(folder):
    """A root, and a certificate for this address by it."""
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl("req", "-x509", *key, "-keyout", folder / "root.key", "-out", folder / "root.pem", "-days", 30,
            "-subj", "/CN=Hub, root of a test", "-addext", "basicConstraints=critical,CA:TRUE")
    openssl("req", *key, "-keyout", folder / "tls.key", "-out", folder / "tls.csr", "-subj", "/CN=hub")
    (folder / "ext").write_text(f"subjectAltName=IP:{HERE}\nextendedKeyUsage=serverAuth\n")
    openssl("x509", "-req", "-in", folder / "tls.csr", "-CA", folder / "root.pem", "-CAkey", folder / "root.key",
            "-CAcreateserial", "-days", 30, "-extfile", folder / "ext", "-out", folder / "tls.pem")


def main(program, data, folder, secret):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for words in (("link", "set", "lo", "up"), ("addr", "add", f"{HERE}/32", "dev", "lo")):
        subprocess.run(["ip", *words], check=True)
    certified(folder)
    key = base64.b64decode(Path(secret).read_text().strip().removeprefix("whsec_"))
    came = []

    class Hub(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            said = b".".join([self.headers["webhook-id"].encode(), self.headers["webhook-timestamp"].encode(), body])
            tag = "v1," + base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()
            came.append({"genuine": tag == self.headers["webhook-signature"], **json.loads(body)})
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    hub = HTTPServer((HERE, PORT), Hub)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "tls.pem", folder / "tls.key")
    hub.socket = context.wrap_socket(hub.socket, server_side=True)
    threading.Thread(target=hub.serve_forever, daemon=True).start()
    issuer = subprocess.Popen([program, "--data-dir", data, "serve", "--listen", "127.0.0.1:8480", "--dev-loopback"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              env={**os.environ, "ABSAH_DEV": "1", "SSL_CERT_FILE": str(folder / "root.pem")})
    end = time.monotonic() + 60
    while not came and issuer.poll() is None and time.monotonic() < end:
        time.sleep(0.2)
    issuer.terminate()
    issuer.wait(20)
    print(json.dumps(came))


main(*sys.argv[1:])
