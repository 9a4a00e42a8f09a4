"""docs/api-calls.md: every call of the contract, served or refused."""

from __future__ import annotations

import re
from collections.abc import Iterator

from api.documents import camel
from api.routes import DOORS
from api.unsupported import PATHS

FILE = "docs/api-calls.md"
_HEAD = """# All calls

Written by `python -m api.openapi`. Permissions stand in `engine/domain/permissions.py`; `anybody`
means every account, and rows are filtered to what it may see.

| call | permission | sends or reads |
|---|---|---|
"""
_REFUSED = """
## Known to the contract, answered 501

"""


def calls_page() -> str:
    """The page as it is committed."""
    served = "\n".join(sorted(_served()))
    refused = "\n".join(f"- `{methods} /v2{_braces(path)}`" for path, methods in PATHS.items())
    return f"{_HEAD}{served}\n{_REFUSED}{refused}\n"


def _served() -> Iterator[str]:
    for door in DOORS:
        for operation in door.operations:
            path = _braces(f"{door.url_prefix}{operation.rule}")
            does = operation.sends.__name__ if operation.sends else operation.reads or ""
            yield f"| `{operation.method} {path}` | {operation.permission} | {does} |"


def _braces(path: str) -> str:
    return re.sub(r"<([a-z_]+)>", lambda part: "{" + camel(part[1]) + "}", path)
