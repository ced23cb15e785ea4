"""Looks for personal data where none may be: raw, behind base64, hexadecimal or deflate, inside database rows and their dump.

A canary is a value that must not appear: a NIK, a family card number, a full name, a person's secret id, a token.
"""

import base64
import re
import sqlite3
import zlib
from pathlib import Path

DEPTH = 4
MOST = 64 << 20
ENCODED = re.compile(rb"[A-Za-z0-9_\-+/]{16,}")
HEX = re.compile(rb"(?:[0-9A-Fa-f]{2}){8,}")


class Canaries:
    def __init__(self, values):
        """`values`: texts or bytes; each at least 8 long, shorter ones would be found by chance."""
        self.values = sorted({v if isinstance(v, bytes) else v.encode() for v in values if len(v) >= 8}, key=len, reverse=True)
        assert self.values, "a search for nothing proves nothing"
        self.pattern = re.compile(b"|".join(re.escape(v) for v in self.values), re.IGNORECASE)

    def in_blob(self, blob, how="raw", depth=0):
        """Yields (how it was hidden, the canary)."""
        for found in self.pattern.finditer(blob):
            yield how, found.group()
        if depth >= DEPTH:
            return
        for inner in inflated(blob):
            yield from self.in_blob(inner, how + " > inflated", depth + 1)
        for match in ENCODED.finditer(blob):
            for inner in decoded(match.group()):
                yield from self.in_blob(inner, how + " > base64", depth + 1)
        for match in HEX.finditer(blob):
            yield from self.in_blob(bytes.fromhex(match.group().decode()), how + " > hex", depth + 1)

    def in_files(self, *roots):
        """Yields (file, how, canary) for every file under the roots; databases row by row."""
        for root in roots:
            root = Path(root)
            files = [root] if root.is_file() else sorted(p for p in root.rglob("*") if p.is_file())
            for file in files:
                for how, canary in self.in_blob(file.read_bytes()[:MOST]):
                    yield str(file), how, canary

    def in_tables(self, database, tables):
        """Yields (table, how, canary) for every value of the tables named."""
        connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        for table in tables:
            for row in connection.execute(f"SELECT * FROM {table}"):
                for value in row:
                    blob = value if isinstance(value, bytes) else str(value).encode()
                    for how, canary in self.in_blob(blob):
                        yield table, how, canary
        connection.close()

    def in_dump(self, database, tables):
        """Yields (how, canary) for the SQL that would write the tables named anew."""
        connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        named = tuple(f'INSERT INTO "{table}"' for table in tables)
        lines = [line for line in connection.iterdump() if line.startswith(named)]
        connection.close()
        assert lines, "a search of nothing proves nothing"
        yield from self.in_blob("\n".join(lines).encode(), "dumped")


def decoded(text):
    text = text.translate(bytes.maketrans(b"-_", b"+/"))
    for start in range(4):
        part = text[start:]
        part = part[: len(part) - (len(part) % 4 == 1)]
        try:
            yield base64.b64decode(part + b"=" * (-len(part) % 4))
        except ValueError:
            continue


def inflated(blob):
    for bits in (15, -15, 31):
        try:
            inner = zlib.decompressobj(bits).decompress(blob, MOST)
        except zlib.error:
            continue
        if len(inner) >= 8:
            yield inner
