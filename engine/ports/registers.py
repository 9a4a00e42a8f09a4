"""What commands ask of registers and electronic copies in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from engine.domain.actors import Actor
from engine.domain.ids import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterItem:
    """A paper a register has; days are ISO dates. The holder is not shown."""

    key: Key
    root_key: Key
    register: str
    kind: str
    number: str
    issuer: str
    issued_on: str
    valid_until: str | None
    document_key: Key | None
    state: str
    sees: bool
    """The actor oversees the unit that keeps it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectronicCopy:
    """One that was issued."""

    key: Key
    root_key: Key
    document_key: Key
    state: str
    number: str | None
    manifest: str
    signature: str


class Registers(Protocol):
    """Rows follow from events."""

    def item(self, key: Key, actor: Actor) -> RegisterItem:
        """``NotFound`` when the tenant has none."""

    def of_holder(
        self, holder: str, kind: str | None, on: str, actor: Actor
    ) -> Sequence[RegisterItem]:
        """What holds on a day, the newest first."""

    def copy(self, key: Key, actor: Actor) -> ElectronicCopy:
        """A copy of a document the actor sees; ``NotFound`` otherwise."""
