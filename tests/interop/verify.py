"""A verifier that is not ours: Python's sd-jwt checks a card against the issuer's published key.

  python verify.py <job.json >result.json

job: {credential, issuer, holder: JWK, expected: claims of the CSV row, absent: [names]}
result: {checks: [[name, ok, detail]…]}; exit 0 when all are ok.
"""

import json
import sys
import urllib.request

from jwcrypto.jwk import JWK
from sd_jwt.verifier import SDJWTVerifier

job = json.load(sys.stdin)
checks = []


def check(name, ok, detail=""):
    checks.append([name, bool(ok), "" if ok else str(detail)])


def published_key(issuer, kid):
    with urllib.request.urlopen(f"{issuer}/.well-known/jwt-vc-issuer", timeout=10) as answer:
        keys = json.load(answer)["jwks"]["keys"]
    found = next(key for key in keys if key["kid"] == kid)
    return JWK.from_json(json.dumps({name: found[name] for name in ("kty", "crv", "x", "y")}))


def verify(text):
    return SDJWTVerifier(text, lambda issuer, header: published_key(issuer, header["kid"])).get_verified_payload()


try:
    claims = verify(job["credential"])
    check("sd-jwt of PyPI verifies signature and disclosures", True)
    check("issuer is the one of the offer", claims["iss"] == job["issuer"], claims["iss"])
    differing = [name for name, value in job["expected"].items() if claims.get(name) != value]
    check(f"{len(job['expected'])} claims equal the row", not differing, differing)
    present = [name for name in job["absent"] if name in claims]
    check(f"none of {', '.join(job['absent'])}", not present, present)
    own = {name: claims["cnf"]["jwk"][name] for name in ("kty", "crv", "x", "y")}
    check("cnf is the key of the wallet", own == job["holder"], own)

    # One disclosure left out: everything else still verifies, that fact is gone.
    parts = job["credential"].split("~")
    fewer = "~".join(parts[:1] + parts[2:])
    check("a card with one disclosure fewer still verifies", len(verify(fewer)) == len(claims) - 1, "")

    def refused(text):
        try:
            verify(text)
        except Exception:
            return True
        return False

    signature = parts[0].rsplit(".", 1)
    flipped = signature[1][:-8] + ("A" if signature[1][-8] != "A" else "B") + signature[1][-7:]
    check("a changed signature is refused", refused("~".join([f"{signature[0]}.{flipped}", *parts[1:]])))
    stranger = JWK.generate(kty="EC", crv="P-256")
    try:
        SDJWTVerifier(job["credential"], lambda issuer, header: stranger)
        check("another key is refused", False)
    except Exception:
        check("another key is refused", True)
except Exception as error:
    check("no error on the way", False, repr(error))

json.dump({"checks": checks}, sys.stdout)
sys.exit(0 if all(ok for _, ok, _ in checks) else 1)
