"""Films of codes as a hand holds a phone before a counter's camera: out of focus, tilted, never quite still.

    python films.py OUT.y4m PICTURE…      with target/tools/venv/bin/python (tests/setup counter)

Six pictures of each code, eight in a second. One in three is too blurred for any reader, as while a lens looks for its distance.
"""

import math
import sys

import numpy as np
from PIL import Image, ImageFilter

WIDTH, HEIGHT, RATE, OF_EACH = 960, 720, 8, 6
SIDE = 600
SURROUNDINGS = 110


def corners(at):
    """Where the code's corners are in picture number `at`: turned, its far edge smaller, and a little elsewhere than before."""
    turn = math.radians(6 + 4 * math.sin(at * 0.9))
    tilt = 0.13 + 0.05 * math.sin(at * 0.7)
    half = SIDE / 2
    square = np.array([[-half, -half], [half, -half], [half, half], [-half, half]])
    square[[1, 2], 1] *= 1 - tilt
    square[[1, 2], 0] *= 1 - tilt / 2
    turned = square @ np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    return turned + [WIDTH / 2 + 14 * math.sin(at * 1.3), HEIGHT / 2 + 9 * math.cos(at * 1.1)]


def perspective(target, size):
    """The eight numbers by which Pillow finds the source of each pixel."""
    rows, values = [], []
    for (x, y), (u, v) in zip(target, [(0, 0), (size, 0), (size, size), (0, size)]):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return np.linalg.solve(np.array(rows, float), np.array(values, float))


def seen(code, at, rng):
    """One picture of the film: grey, as bytes."""
    tilted = code.transform((WIDTH, HEIGHT), Image.PERSPECTIVE, tuple(perspective(corners(at), code.width)), Image.BICUBIC, fillcolor=SURROUNDINGS)
    blurred = tilted.filter(ImageFilter.GaussianBlur(7 if at % 3 == 2 else 1.1))
    pixels = np.asarray(blurred, float)
    # The hand moves while the shutter is open; light falls from one side; a screen is no printed black.
    pixels = (pixels + np.roll(pixels, 1, 1)) / 2
    pixels = 35 + pixels * 0.75 * np.linspace(1, 0.8, WIDTH)[None, :] + rng.normal(0, 4, (HEIGHT, WIDTH))
    return np.clip(pixels, 16, 235).astype(np.uint8)


def main():
    rng = np.random.default_rng(5)
    out, pictures = sys.argv[1], sys.argv[2:]
    colour = bytes([128]) * (WIDTH * HEIGHT // 2)
    with open(out, "wb") as film:
        film.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{RATE}:1 Ip A1:1 C420jpeg\n".encode())
        for number, name in enumerate(pictures):
            code = Image.open(name).convert("L")
            for step in range(OF_EACH):
                film.write(b"FRAME\n" + seen(code, number * OF_EACH + step, rng).tobytes() + colour)


main()
