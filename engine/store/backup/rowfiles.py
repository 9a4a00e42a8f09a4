"""Rows as lines of JSON, gzipped; bytes in base64. Columns are told once, in the first line."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson

_BYTES = "base64"


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write a table; how many rows."""
    count = 0
    with gzip.open(path, "wb", compresslevel=5) as stream:
        stream.write(orjson.dumps(list(columns)) + b"\n")
        for row in rows:
            stream.write(orjson.dumps(list(row), _plain) + b"\n")
            count += 1
    return count


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a table, by column."""
    with gzip.open(path, "rb") as stream:
        columns: list[str] = orjson.loads(stream.readline())
        for line in stream:
            yield dict(zip(columns, map(_back, orjson.loads(line)), strict=True))


def _plain(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return {_BYTES: base64.b64encode(bytes(value)).decode()}
    raise TypeError(f"{type(value).__name__} is no value of a column")


def _back(value: object) -> object:
    if isinstance(value, dict):
        return base64.b64decode(value[_BYTES])
    return value
