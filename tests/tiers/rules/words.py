"""House rule: no committed file names one machine's paths, a registry's host or a CDN.

Such a line works for its author only: elsewhere the path is absent and the
host may be another. Merge marks that were left behind are found here as well.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.tiers.plan import ROOT
from tests.tiers.rules.size import tracked

# A letter in brackets keeps a pattern from matching the line that holds it.
FORBIDDEN: tuple[tuple[str, str], ...] = (
    (r"(?<![\w.}])/(?:w[o]rk|ro[o]t|hom[e]/\w+|Us[e]rs/\w+)/", "a path of one machine"),
    (r"(?<![\w.}])/tm[p]/", "a path of one machine (ask the tempfile module or pytest's tmp_path)"),
    (r"pyp[i]\.org|pythonh[o]sted\.org|npmj[s]\.(?:org|com)|crat[e]s\.io", "a registry's host"),
    (r"d[e]b\.debian\.org|pr[o]xy\.golang\.org|maven\.ap[a]che\.org", "a registry's host"),
    (r"unpk[g]\.com|jsd[e]livr|cdnj[s]|fonts\.google[a]pis|gst[a]tic", "a content network"),
    (r"^(?:<{7}|>{7}|={7})(?: |$)", "a merge mark"),
)
_PATTERNS = tuple((re.compile(pattern, re.MULTILINE), what) for pattern, what in FORBIDDEN)


def faults(path: Path, text: str) -> Iterator[str]:
    """One sentence per forbidden place, with file and line."""
    for pattern, what in _PATTERNS:
        for match in pattern.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield f"{path}:{line}: {match.group().strip()!r} is {what}"


def main() -> int:
    """Print every fault; 1 when there is one."""
    found: list[str] = []
    for path in tracked("*"):
        if not path.is_file():
            continue
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += faults(path.relative_to(ROOT), text)
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
