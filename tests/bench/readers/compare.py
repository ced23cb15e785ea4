"""Readers of QR codes beside each other: zxing-cpp (PyPI), the page's zxing-wasm, our Rust reader, rqrr.

All read the same grey pixels: degraded frames of 1280 × 720 that are made here (seeded, the same in each run), and the
photographs of ../shared/vectors/qr-images. Goal: at least 0.98 times as many codes as zxing-cpp in the same run.

    python compare.py READ_PICTURES [--few] [--keep]     READ_PICTURES: the built example of absah-qr

Set up: bash tests/setup readers; cargo build --release -p absah-qr --features read,read-rqrr --example read_pictures. Then, with
target/tools/venv/bin/python: compare.py target/release/examples/read_pictures. Exit 1 when the goal is missed.
"""

import collections
import csv
import io
import json
import statistics
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np
import zxingcpp
from PIL import Image, ImageFilter

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
IMAGES = ROOT.parent / "shared/vectors/qr-images"
WORK = ROOT / "target/tests/readers"
READ = Path(sys.argv[1]).resolve()
FEW = "--few" in sys.argv
VERSIONS = [10, 13, 16, 19, 22, 25]
WIDTH, HEIGHT = 1280, 720
GOAL = 0.98


def run(command, lines=()):
    done = subprocess.run([str(word) for word in command], input="\n".join(map(str, lines)), capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]}: exit {done.returncode}\n{done.stderr[-2000:]}")
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def placed(code, side, turn=0.0, tilt=0.0):
    """The code in a frame of grey: `side` pixels wide, turned in the plane, tilted away (0 to 1) at its right edge."""
    half = side / 2
    corners = np.array([[-half, -half], [half, -half], [half, half], [-half, half]])
    corners[[1, 2], 1] *= 1 - tilt
    corners[[1, 2], 0] *= 1 - tilt / 2
    angle = np.radians(turn)
    corners = corners @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    target = corners + [WIDTH / 2, HEIGHT / 2]
    size = code.width
    source = [(0, 0), (size, 0), (size, size), (0, size)]
    rows, values = [], []
    for (x, y), (u, v) in zip(target, source):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    where = np.linalg.solve(np.array(rows, float), np.array(values, float))
    # Drawn four times as large and averaged, as a sensor does.
    big = code.transform((WIDTH * 2, HEIGHT * 2), Image.PERSPECTIVE, scaled(where, 2), Image.BILINEAR, fillcolor=150)
    return big.resize((WIDTH, HEIGHT), Image.BOX)


def scaled(where, factor):
    a, b, c, d, e, f, g, h = where
    return (a / factor, b / factor, c, d / factor, e / factor, f, g / factor, h / factor)


def noisy(picture, sigma, rng):
    pixels = np.asarray(picture, float) + rng.normal(0, sigma, (HEIGHT, WIDTH))
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def squeezed(picture, low, high):
    pixels = np.asarray(picture, float) / 255 * (high - low) + low
    return Image.fromarray(pixels.astype(np.uint8))


def shaded(picture, dark):
    light = np.linspace(dark, 1, WIDTH)[None, :] * np.linspace(1, (1 + dark) / 2, HEIGHT)[:, None]
    return Image.fromarray((np.asarray(picture, float) * light).astype(np.uint8))


def moved(picture, length):
    pixels = np.asarray(picture, float)
    return Image.fromarray(np.mean([np.roll(pixels, n, 1) for n in range(length)], 0).astype(np.uint8))


def pressed(picture, quality):
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return Image.open(io.BytesIO(file.getvalue())).convert("L")


def blurred(picture, radius):
    return picture.filter(ImageFilter.GaussianBlur(radius))


def degraded(code, modules, rng):
    """(name, frame) for one code. Sizes are in pixels per module, so that each version is as hard as the next."""
    def at(size, **more):
        return placed(code, size * modules, **more)

    large = min(5.0, 690 / modules)
    frames = [("clean", at(large)), ("clean", at(3.0))]
    frames += [("small", at(size)) for size in (2.5, 2.2, 2.0)]
    frames += [("blur", blurred(at(large), large * part)) for part in (0.2, 0.3, 0.4)]
    frames += [("blur", blurred(at(3.0), radius)) for radius in (0.6, 0.9)]
    frames += [("noise", noisy(at(size), sigma, rng)) for size, sigma in ((large, 25), (large, 45), (large, 60), (3.0, 25), (3.0, 40))]
    frames += [("tilt", at(large * 0.85, turn=turn, tilt=tilt)) for turn, tilt in ((5, 0), (20, 0), (45, 0), (0, 0.1), (10, 0.2), (30, 0.25))]
    frames += [("contrast", squeezed(at(large), *ends)) for ends in ((90, 150), (20, 60), (200, 250))]
    frames += [("light", shaded(at(large), 0.3)), ("light", shaded(at(3.0), 0.15))]
    frames += [("motion", moved(at(large), length)) for length in (3, 4)]
    frames += [("pressed", pressed(at(large), 20)), ("pressed", pressed(at(3.0), 35))]
    frames += [("inverted", Image.eval(at(large), lambda gray: 255 - gray))]
    frames += [("mixed", noisy(blurred(squeezed(at(large * 0.85, turn=7, tilt=0.08), 60, 190), 0.9), 12, rng)),
               ("mixed", noisy(blurred(at(3.2, turn=3), 0.7), 10, rng)),
               ("mixed", pressed(noisy(shaded(at(large * 0.8, turn=-12, tilt=0.1), 0.4), 8, rng), 60))]
    return frames


def pgm(picture, name):
    path = WORK / f"{name}.pgm"
    path.write_bytes(f"P5 {picture.width} {picture.height} 255\n".encode() + picture.tobytes())
    return path


def synthetic():
    """[(group, path, [text])]"""
    clean = WORK / "clean"
    clean.mkdir(parents=True, exist_ok=True)
    run([READ, "draw", clean, *VERSIONS])
    cases = []
    for version in VERSIONS:
        code = Image.open(clean / f"v{version}.pgm").convert("L")
        text = (clean / f"v{version}.txt").read_text()
        rng = np.random.default_rng(version)
        for number, (group, frame) in enumerate(degraded(code, 17 + 4 * version + 8, rng)):
            cases.append((group, pgm(frame, f"v{version}-{number:02}-{group}"), [text]))
    return cases


def photographs():
    cases = []
    if not IMAGES.is_dir():
        print("skipped photographs: ../shared is not there")
        return cases
    with open(IMAGES / "images.csv", newline="") as file:
        for row in csv.DictReader(file):
            picture = Image.open(IMAGES / row["image"]).convert("L")
            path = pgm(picture, row["image"].replace("/", "-"))
            cases.append((f"photo: {row['category']}", path, json.loads(row["decoded_texts_json"])))
    return cases[::8] if FEW else cases


def reference(paths):
    said = []
    for path in paths:
        with open(path, "rb") as file:
            _, width, height, _ = file.readline().split()
            pixels = np.frombuffer(file.read(), np.uint8).reshape(int(height), int(width))
        started = time.perf_counter()
        found = zxingcpp.read_barcodes(pixels, formats=zxingcpp.BarcodeFormat.QRCode)
        said.append({"texts": [one.text for one in found], "ms": (time.perf_counter() - started) * 1e3})
    return said


READERS = {
    "zxing-cpp": reference,
    "page": lambda paths: run(["node", HERE / "page.mjs", 255], paths),
    "ours": lambda paths: run([READ, "read", "rxing"], paths),
    "rqrr": lambda paths: run([READ, "read", "rqrr"], paths),
}


def right(found, expected):
    return sum((collections.Counter(found) & collections.Counter(expected)).values())


def table(cases, title, without=()):
    paths = [path for _, path, _ in cases]
    said = {name: read(paths) for name, read in READERS.items() if name not in without}
    groups = list(dict.fromkeys(group for group, _, _ in cases))
    print(f"\n{title}\n{'':<20}{'codes':>7}" + "".join(f"{name:>12}" for name in said))
    total = collections.Counter()
    for group in groups:
        of = [at for at, case in enumerate(cases) if case[0] == group]
        codes = sum(len(cases[at][2]) for at in of)
        row = {name: sum(right(answers[at]["texts"], cases[at][2]) for at in of) for name, answers in said.items()}
        total.update(row)
        print(f"{group:<20}{codes:>7}" + "".join(f"{row[name]:>12}" for name in said))
    print(f"{'all':<20}{sum(len(case[2]) for case in cases):>7}" + "".join(f"{total[name]:>12}" for name in said))
    base = total["zxing-cpp"]
    ratios = {name: total[name] / base for name in said}
    print(f"{'÷ zxing-cpp':<27}" + "".join(f"{ratios[name]:>12.3f}" for name in said))
    times = {name: [answer["ms"] for answer in answers] for name, answers in said.items()}
    print(f"{'ms, median':<27}" + "".join(f"{statistics.median(times[name]):>12.1f}" for name in said))
    print(f"{'ms, largest':<27}" + "".join(f"{max(times[name]):>12.1f}" for name in said))
    invented = {name: sum(len(answers[at]["texts"]) - right(answers[at]["texts"], cases[at][2]) for at in range(len(cases)))
                for name, answers in said.items()}
    print(f"{'beside the labels':<27}" + "".join(f"{invented[name]:>12}" for name in said))
    if "--keep" in sys.argv:
        for at, (group, path, expected) in enumerate(cases):
            best = right(said["zxing-cpp"][at]["texts"], expected)
            for name in said:
                if right(said[name][at]["texts"], expected) < best:
                    print(f"  {name} misses {path.name} ({said[name][at]['ms']:.0f} ms)")
    return {name: ratios[name] for name in ("page", "ours") if name in ratios}


def main():
    title = f"degraded frames, versions {VERSIONS[0]} to {VERSIONS[-1]}, zxing-cpp {version('zxing-cpp')}"
    ratios = [table(synthetic(), title)]
    real = photographs()
    if real:
        # rqrr takes minutes for sixty codes in twelve megapixels.
        ratios.append(table(real, "photographs", without=() if "--rqrr" in sys.argv else ("rqrr",)))
    if "--keep" not in sys.argv:
        for path in WORK.glob("*.pgm"):
            path.unlink()
    low = [f"{name} {ratio:.3f}" for found in ratios for name, ratio in found.items() if ratio < GOAL]
    print(f"\n{'MISSED: ' + ', '.join(low) if low else f'each at least {GOAL} of zxing-cpp'}")
    return 1 if low else 0


sys.exit(main())
