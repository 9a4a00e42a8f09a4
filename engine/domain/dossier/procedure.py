"""What a dossier needs to know of its procedure's version: a reading of ``procedure.yml``.

Every number stands in the package with source and date; nothing is assumed here
but that a missing part means "none".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from engine.domain.clock import Term, parse_term
from engine.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Procedure:
    """One dated version; ``facts`` is its ``procedure.yml`` as data."""

    facts: Mapping[str, Any]

    @property
    def code(self) -> str:
        """The national code."""
        return str(self.facts.get("code", ""))

    @property
    def name(self) -> Mapping[str, str]:
        """By language."""
        return dict(self.facts.get("name", {}))

    @property
    def process_id(self) -> str:
        """The BPMN process that carries a dossier."""
        return str(self.facts.get("process", ""))

    @property
    def exclusion(self) -> str | None:
        """``land``, ``energy_security`` or ``resources``; None for all others."""
        value = self.facts.get("exclusion", "none")
        return None if value in ("none", None, "") else str(value)

    @property
    def components(self) -> Sequence[Mapping[str, Any]]:
        """The papers it asks for: id, name by language, required."""
        return tuple(self.facts.get("documents", ()))

    @property
    def rule(self) -> str:
        """Rule kind of the competent agency."""
        return str(self.facts.get("borderless", {}).get("rule", "receiving_commune"))

    @property
    def reach(self) -> str:
        """``none``, ``province`` or ``national``."""
        return str(self.facts.get("borderless", {}).get("scope", "province"))

    @property
    def basis(self) -> str:
        """Where the acceptance scope is written."""
        basis = self.facts.get("borderless", {}).get("basis", "")
        for row in self.facts.get("legal_basis", ()):
            if row.get("id") == basis:
                return str(row.get("title", basis))
        return str(basis)

    @property
    def cut_off(self) -> time | None:
        """What comes in later counts from the next working day."""
        text = self.facts.get("deadline", {}).get("cut_off", {}).get("time")
        return time.fromisoformat(str(text)) if text else None

    def statutory(self, wanted: str | None = None) -> Term | None:
        """The term of law: the first one, or the one asked for if the law knows it."""
        return self._term("statutory", wanted)

    def committed(self) -> Term | None:
        """The shorter term the agency promised, where it did."""
        return self._term("committed", None)

    @property
    def portal(self) -> Mapping[str, int]:
        """Element id -> portal code when it is entered."""
        return {str(k): int(v) for k, v in (self.facts.get("portal") or {}).items()}

    @property
    def fees(self) -> Sequence[Mapping[str, Any]]:
        """Amounts of the fee table."""
        return tuple(self.facts.get("fee", {}).get("amounts", ()))

    @property
    def exemptions(self) -> Sequence[Mapping[str, Any]]:
        """Who does not pay, word by word."""
        return tuple(self.facts.get("fee", {}).get("exemptions", ()))

    def _term(self, kind: str, wanted: str | None) -> Term | None:
        rows = self.facts.get("deadline", {}).get(kind) or ()
        if isinstance(rows, Mapping):
            rows = (rows,)
        terms = [str(row["term"]) for row in rows if "term" in row]
        if wanted is None:
            return parse_term(terms[0]) if terms else None
        if wanted not in terms:
            raise InvalidInput(
                f"The procedure has no term {wanted[:12]!r}; it has {', '.join(terms) or 'none'}.",
                code="term-unknown",
            )
        return parse_term(wanted)
