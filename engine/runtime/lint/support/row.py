"""One line of the support table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["runs", "warning", "metadata", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A construct and what becomes of it.

    ``runs`` executes, ``warning`` executes and the validator advises,
    ``metadata`` is kept for people and has no effect, ``refused`` stops the
    deployment under ``rule``. ``cases`` name conformance cases that fail when
    the code for this row is taken away.
    """

    key: str
    family: str
    vi: str
    en: str
    status: Status = "runs"
    cases: tuple[str, ...] = ()
    note_vi: str = ""
    note_en: str = ""

    @property
    def rule(self) -> str:
        """The rule id a refusal or warning of this construct carries."""
        return f"unsupported-{self.key}" if self.status == "refused" else ""
