"""How long the counter's page takes to refuse each entry of the hostile catalogue, against the goal of 200 ms.

    cargo test -p absah-verifier --test hostile && python3 tests/bench/hostile.py [FILE]

The test writes what each took to target/tests/out/hostile.txt, in a build without optimisation: an upper bound for the shipped
program. For the shipped one's own time: cargo test --release -p absah-verifier --test hostile. Exit 1 when a goal is missed.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GOAL = 200


def main():
    table = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "target/tests/out/hostile.txt"
    rows = re.findall(r"^(\w+) +(\S+) +(\d+) ms  (.*)$", table.read_text(), re.M)
    if len(rows) < 200:
        sys.exit(f"{table}: {len(rows)} entries, not the catalogue")
    print(f"{'part':<10}{'entries':>8}{'median':>8}{'95 %':>8}{'slowest':>9}  ms")
    for part in [*dict.fromkeys(row[0] for row in rows), "all"]:
        took = sorted(int(ms) for of, _, ms, _ in rows if part in (of, "all"))
        print(f"{part:<10}{len(took):>8}{took[len(took) // 2]:>8}{took[len(took) * 95 // 100]:>8}{took[-1]:>9}")
    late = [(int(ms), part, code, name) for part, code, ms, name in rows if int(ms) > GOAL]
    for ms, part, code, name in sorted(late, reverse=True):
        print(f"MISSED {ms} ms: {part} {code}: {name}")
    print(f"{len(rows)} entries, {len(late)} later than {GOAL} ms")
    return 1 if late else 0


sys.exit(main())
