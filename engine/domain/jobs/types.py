"""The job types this product serves itself; every other type belongs to workers outside.

``inside``: the handler changes our own rows only and runs in a transaction of
its own right after the commit that made the job. ``outside``: the handler
speaks with the world, so no transaction is open while it works.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

Side = Literal["inside", "outside"]

PREFIX: Final = "motcua:"
BUILT_IN: Final[Mapping[str, Side]] = MappingProxyType(
    {
        "motcua:feel": "inside",
        "motcua:http": "outside",
        "motcua:letter": "outside",
        "motcua:mail": "outside",
        "motcua:notify": "inside",
        "motcua:pause-clock": "inside",
        "motcua:require-components": "inside",
        "motcua:resume-clock": "inside",
        "motcua:route": "inside",
        "motcua:set-status": "inside",
    }
)
INSIDE: Final = frozenset(name for name, side in BUILT_IN.items() if side == "inside")
OUTSIDE: Final = frozenset(name for name, side in BUILT_IN.items() if side == "outside")
