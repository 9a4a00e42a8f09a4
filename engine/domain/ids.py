"""Keys and references. A key is a 64-bit integer, a string in JSON (design 14.5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Key: TypeAlias = int

DEFAULT_TENANT = "<default>"


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionRef:
    """One version of one process, as deployed."""

    key: Key
    process_id: str
    version: int
    version_tag: str | None = None
    deployment_key: Key = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceRef:
    """One running (called or root) process instance; ``key`` equals ``root_key`` for a root."""

    key: Key
    root_key: Key
    definition: DefinitionRef
