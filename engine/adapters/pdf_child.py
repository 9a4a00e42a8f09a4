"""The child of ``engine.adapters.pdf``: limits itself, compiles one file, writes it to stdout.

Run by path, never imported by the engine; arguments are folder, time of making
and seconds it may take.
"""

from __future__ import annotations

import contextlib
import ctypes
import resource
import sys
from pathlib import Path

_MEMORY = 2_000_000_000
_NEW_USER_AND_NETWORK = 0x10000000 | 0x40000000


def main(folder: str, made_at: str, seconds: str) -> int:
    """0 with the PDF on stdout, 1 with a sentence on stderr."""
    _limit(int(seconds))
    import typst  # after the limits: a broken build of it is limited too

    try:
        made = typst.compile(
            str(Path(folder) / "main.typ"),
            root=folder,
            ignore_system_fonts=True,
            pdf_standards=["a-2u"],
            package_path=folder,
            package_cache_path=folder,
            timestamp=int(made_at),
        )
    except typst.TypstError as error:
        sys.stderr.write(_sentence(error))
        return 1
    sys.stdout.buffer.write(made)
    return 0


def _limit(seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    # An empty network namespace where an ordinary user may have one; the proxies are dead anyway.
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).unshare(_NEW_USER_AND_NETWORK)


def _sentence(error: object) -> str:
    message = str(getattr(error, "message", error))
    hints = "; ".join(getattr(error, "hints", ()))
    trace = " ".join(getattr(error, "trace", ())[:1])
    return " ".join(part for part in (message, hints, trace) if part).replace("\n", " ")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
