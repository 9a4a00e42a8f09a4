"""`motcua reconcile`: compare our dossiers with the national portal's, now.

Exit code 1 when they differ or the portal does not answer.
"""

from __future__ import annotations

import argparse
import json
from typing import Any

from cli.lint import utf8
from engine.bootstrap import build_engine
from engine.errors import Unavailable
from engine.ports.portal import PortalRefused
from engine.settings import Settings
from engine.worker.embedded import portal_pusher

_KINDS = {
    "missing_there": "thiếu ở Cổng / missing there",
    "missing_here": "thiếu ở đây / missing here",
    "differs": "khác trạng thái / status differs",
    "late": "đồng bộ muộn / late",
}


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser(
        "reconcile", help="Compare our dossiers with the national portal's"
    )
    parser.add_argument("--json", action="store_true", help="machine readable")


def run(arguments: argparse.Namespace) -> int:
    """0 when both sides agree."""
    utf8()
    engine = build_engine(Settings.from_env())
    try:
        pusher = portal_pusher(engine)
        if pusher is None:
            raise Unavailable("No portal is configured: set MOTCUA_PORTAL_URL.", code="no-portal")
        result: Any = pusher.reconcile()
    except PortalRefused as refused:
        raise Unavailable(
            f"The portal does not answer: {refused.reason}.", code="portal-refused"
        ) from None
    finally:
        engine.close()
    found = result["differences"]
    if arguments.json:
        print(json.dumps({"checked": result["checked"], "differences": found}))
    else:
        for one in found:
            print(f"{one['code']}  {_KINDS[one['kind']]}  {one['ours']} / {one['theirs']}")
        print(f"{result['checked']} hồ sơ, {len(found)} khác biệt / differences")
    return 1 if found else 0
