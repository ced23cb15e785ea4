"""The issuer's public endpoints against the OpenAPI document they serve, tried out by schemathesis: no server error, no
status that the document does not name."""

import re
import subprocess
import sys

from interop import PYTHON, ROOT, Issuer, line

# Enough to reach every operation's coverage cases and some random ones, in less than a minute.
EXAMPLES = "15"
BUDGET = 240
SEED = "20261127"


def main():
    issuer = Issuer("api")
    issuer.call("import", ROOT / "tests/fixtures/ikd/sample-200.csv")
    token = issuer.data.parent / "hub-token"
    token.unlink(missing_ok=True)
    issuer.call("hub", "add", "schemathesis", "--out", token)
    issuer.serve()
    try:
        document = issuer.get("/openapi.json")
        line(document["openapi"].startswith("3.1"), "OpenAPI 3.1 document is served", document["openapi"])
        methods = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
        # The document itself is what the tool starts from, and is not tried again.
        served = sum(len(methods & item.keys()) for path, item in document["paths"].items() if path != "/openapi.json")
        done = subprocess.run(
            [PYTHON, "-m", "schemathesis.cli", "run", f"{issuer.url}/openapi.json", "--checks",
             "not_a_server_error,status_code_conformance", "--max-examples", EXAMPLES, "--seed", SEED,
             "--phases", "examples,coverage,fuzzing", "-H", f"Authorization: Bearer {token.read_text().strip()}",
             "--suppress-health-check", "all", "--warnings", "off"],
            capture_output=True, text=True, timeout=BUDGET, cwd=issuer.data.parent)
        tested = re.search(r"Tested:\s+(\d+)", done.stdout)
        cases = re.search(r"([\d,]+) generated", done.stdout)
        told = f"{tested and tested.group(1)} of {served} operations, {cases and cases.group(1)} cases"
        line(done.returncode == 0, f"schemathesis: no server error, no undocumented status ({told})",
             done.stdout[-6000:] + done.stderr[-1000:])
        # The tool's own count: a run that reached nothing is no success.
        line(tested is not None and int(tested.group(1)) == served, "schemathesis: every operation was tried", told)
    finally:
        issuer.stop()


if __name__ == "__main__":
    main()
    import interop
    sys.exit(1 if interop.failures else 0)
