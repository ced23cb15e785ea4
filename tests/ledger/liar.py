"""A witness that lies: it has a key of its own and signs another root than it was asked about.

    liar.py NAME        prints "vkey …" and "listening …", then answers until it is killed
"""

import base64
import hashlib
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

# Ed25519 as RFC 8032, section 5.1 defines it, in plain integers: slow, and enough for a test.
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
BASE_Y = 4 * pow(5, P - 2, P) % P


def recover_x(y):
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P)
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    return P - x if x % 2 else x


BASE = (recover_x(BASE_Y), BASE_Y)


def add(a, b):
    (x1, y1), (x2, y2) = a, b
    k = D * x1 * x2 * y1 * y2 % P
    return ((x1 * y2 + x2 * y1) * pow(1 + k, P - 2, P) % P, (y1 * y2 + x1 * x2) * pow(1 - k, P - 2, P) % P)


def times(n, point):
    result = (0, 1)
    while n:
        if n & 1:
            result = add(result, point)
        point = add(point, point)
        n >>= 1
    return result


def encode(point):
    x, y = point
    return (y | (x & 1) << 255).to_bytes(32, "little")


class Key:
    def __init__(self, seed):
        digest = hashlib.sha512(seed).digest()
        self.scalar = (int.from_bytes(digest[:32], "little") & ~7 & ~(1 << 255)) | 1 << 254
        self.prefix = digest[32:]
        self.public = encode(times(self.scalar, BASE))

    def sign(self, message):
        r = int.from_bytes(hashlib.sha512(self.prefix + message).digest(), "little") % Q
        point = encode(times(r, BASE))
        k = int.from_bytes(hashlib.sha512(point + self.public + message).digest(), "little") % Q
        return point + ((r + k * self.scalar) % Q).to_bytes(32, "little")


def main():
    name = sys.argv[1]
    key = Key(hashlib.sha256(name.encode()).digest())
    typed = b"\x04" + key.public
    key_id = hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4]
    print(f"vkey {name}+{key_id.hex()}+{base64.b64encode(typed).decode()}", flush=True)

    class Liar(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            origin, size, _ = body.split("\n\n", 1)[1].split("\n")[:3]
            forked = f"{origin}\n{size}\n{base64.b64encode(bytes(32)).decode()}\n"
            now = int(time.time())
            signature = key.sign(f"cosignature/v1\ntime {now}\n{forked}".encode())
            line = base64.b64encode(key_id + now.to_bytes(8, "big") + signature).decode()
            answer = f"\u2014 {name} {line}\n".encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Liar)
    print(f"listening http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


main()
