"""Where the page is served: a root of its own that the browser is told of, a certificate by it, and a server."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from town import BIN, RUNNING


def openssl(*words):
    subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True)


def trusting(home, root):
    """A home whose browsers trust this root."""
    (home / ".pki/nssdb").mkdir(parents=True)
    database = f"sql:{home}/.pki/nssdb"
    for words in (["-N", "--empty-password"], ["-A", "-t", "C,,", "-n", "absah-test", "-i", root]):
        subprocess.run(["certutil", "-d", database, *map(str, words)], check=True, capture_output=True)
    return home


class Authority:
    """A root, a certificate for this machine by it, and a home whose browsers trust the root."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(parents=True)
        key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
        openssl("req", "-x509", *key, "-keyout", folder / "root.key", "-out", folder / "root.pem", "-days", 30,
                "-subj", "/CN=Absah, root of a test", "-addext", "basicConstraints=critical,CA:TRUE")
        openssl("req", *key, "-keyout", folder / "tls.key", "-out", folder / "tls.csr", "-subj", "/CN=localhost")
        (folder / "ext").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n")
        openssl("x509", "-req", "-in", folder / "tls.csr", "-CA", folder / "root.pem", "-CAkey", folder / "root.key",
                "-CAcreateserial", "-days", 30, "-extfile", folder / "ext", "-out", folder / "tls.pem")
        self.home = trusting(folder / "home", folder / "root.pem")

    @property
    def files(self):
        return "--tls-cert", self.folder / "tls.pem", "--tls-key", self.folder / "tls.key"


def port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """`absah-wallet serve`."""

    def __init__(self, data, *words, at=None):
        self.port = at or port()
        log = data.parent / f"{data.name}.log"
        self.process = subprocess.Popen(
            [BIN / "absah-wallet", "--data-dir", data, "serve", "--listen", f"127.0.0.1:{self.port}", *map(str, words)],
            stdout=open(log, "w"), stderr=subprocess.STDOUT, env={**os.environ, "ABSAH_DEV": "1"})
        RUNNING.append(self.process)
        for _ in range(200):
            found = re.search(r"^listening (\S+)", log.read_text(), re.M)
            if found:
                self.url = found.group(1).replace("127.0.0.1", "localhost") + "/"
                return
            time.sleep(0.05)
        raise AssertionError(f"absah-wallet serve did not say `listening`: {log.read_text()}")

    def stop(self):
        self.process.terminate()
        self.process.wait(20)


class Wire:
    """A server in front whose line breaks in the middle of the largest file, as often as it is told to."""

    def __init__(self, authority, inner):
        wire = self
        self.breaks = 0
        # A file of the page itself that breaks off every time.
        self.cuts = None

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                asked = urllib.request.Request(inner.rstrip("/") + self.path, headers={"Accept-Encoding": "br"})
                try:
                    with urllib.request.urlopen(asked) as answer:
                        body, status, headers = answer.read(), answer.status, answer.headers
                except urllib.error.HTTPError as error:
                    body, status, headers = error.read(), error.code, error.headers
                self.send_response(status)
                for name, value in headers.items():
                    if name.lower() not in ("content-length", "date", "connection"):
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                # The worker asks past all caches, the page itself does not.
                past = "no-cache" in self.headers.get("Cache-Control", "") + self.headers.get("Pragma", "")
                breaks = self.path == "/wallet_bg.wasm" and past and wire.breaks > 0
                if breaks or self.path == wire.cuts:
                    wire.breaks -= breaks
                    self.wfile.write(body[: len(body) // 2])
                    self.close_connection = True
                    return
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(authority.folder / "tls.pem", authority.folder / "tls.key")
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"https://localhost:{self.server.server_address[1]}/"

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def fresh(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
