"""A process of its own that correlates one message: ``python -m … URL NAME KEY``."""

from __future__ import annotations

import sys

from engine.bootstrap import build_engine
from engine.commands.correlate_message import CorrelateMessage
from engine.errors import NotFound
from engine.settings import Settings
from engine.testing import TESTER


def main(url: str, name: str, key: str) -> str:
    """The instance that took it, or nothing."""
    engine = build_engine(Settings(database_url=url, test=True))
    try:
        command = CorrelateMessage(name=name, correlation_key=key)
        return str(engine.execute(command, TESTER).result["instance_key"])
    except NotFound:
        return ""
    finally:
        engine.close()


if __name__ == "__main__":
    sys.stdin.readline()
    sys.stdout.write(main(*sys.argv[1:4]))
