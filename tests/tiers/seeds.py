"""The seeds of random tests: one that never changes and one that is today's date.

The first keeps a failure that was seen once; the second looks somewhere new
every day and can be replayed by putting it into ``MOTCUA_SEEDS``.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime

FIXED = 2811
VARIABLE = "MOTCUA_SEEDS"


def seeds() -> tuple[int, ...]:
    """The seeds of this run, from the environment when it names some."""
    if named := os.environ.get(VARIABLE):
        return tuple(int(seed) for seed in named.split(","))
    return FIXED, int(datetime.now(UTC).strftime("%Y%m%d"))
