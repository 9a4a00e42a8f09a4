"""`motcua verify copy.zip --key issuer.pem`: is an electronic copy what its issuer signed?

Needs no database and no network. Whether the copy was revoked later, only the
issuer's server knows.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from engine.adapters.signing import read_public, verify
from engine.domain.documents.copies import check, unpack
from engine.errors import InvalidInput

_LIMIT = 2_000_000_000


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("verify", help="Verify an electronic copy offline")
    parser.add_argument("file", type=Path, help="the ZIP as it was issued")
    parser.add_argument("--key", type=Path, required=True, help="the issuer's public key (PEM)")
    parser.add_argument("--json", action="store_true", help="write one JSON document")


def run(arguments: argparse.Namespace) -> int:
    """0 when the signature and the content hold, 1 when not."""
    key = read_public(_read(arguments.key))
    verdict = check(
        unpack(_read(arguments.file), _LIMIT),
        lambda key_id, data, signature: verify(key, key_id, data, signature),
    )
    facts = dict(verdict.facts) if verdict.holds else {}
    if arguments.json:
        document = {"holds": verdict.holds, "faults": list(verdict.faults), "facts": facts}
        print(json.dumps(document, ensure_ascii=False, indent=2))
    elif verdict.holds:
        print(f"holds: copy {facts.get('copy')}, signed {facts.get('issuedAt')}")
        print(f"  by {facts.get('signer')}, key {facts.get('keyId')}")
        print("  Whether it was revoked since, only the issuer's server knows.")
    else:
        print(f"does not hold: {', '.join(verdict.faults)}")
    return 0 if verdict.holds else 1


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise InvalidInput(f"{path} cannot be read: {reason}.", code="no-such-file") from None
