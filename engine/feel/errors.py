"""The only exceptions this library lets out, and the warnings it collects.

A fault of evaluation is no exception in FEEL: the value becomes null and a
``FeelWarning`` says why. Messages name functions, types and names of variables,
never values, because a value may be personal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from engine.errors import MotcuaError


class FeelError(MotcuaError, ValueError):
    """Root of what this library raises."""

    code = "feel-error"


class Words(NamedTuple):
    """One sentence in both languages."""

    en: str
    vi: str


class FeelSyntaxError(FeelError):
    """The text is no FEEL; ``words`` say what is wrong and how to mend it."""

    code = "feel-syntax-error"

    def __init__(self, words: Words, text: str, position: int) -> None:
        self.position = min(max(position, 0), len(text))
        before = text[: self.position]
        self.line = before.count("\n") + 1
        self.column = self.position - (before.rfind("\n") + 1) + 1
        self.words = words
        self.explanation = words.en
        self.told = Words(
            f"Line {self.line}, column {self.column}: {words.en}",
            f"Dòng {self.line}, cột {self.column}: {words.vi}",
        )
        super().__init__(self.told.en)


class FeelAssertionError(FeelError):
    """``assert`` refused; its cause is told only where it is written out in the text.

    A cause that is computed may quote a person's value.
    """

    code = "feel-assertion"
    UNTOLD = "An assertion does not hold; no cause is written in its text."


class FeelLimitError(FeelError):
    """The expression asks for more steps, depth or space than the limits allow."""

    code = "feel-limit"


@dataclass(frozen=True, slots=True)
class FeelWarning:
    """Something became null: where (0-based offset in the text), which rule, in words."""

    position: int
    code: str
    message: str

    def __str__(self) -> str:
        return f"at {self.position}: {self.message}"


class NoValue(Exception):
    """Internal: a function or operator has no value; carries the reason."""

    def __init__(self, reason: str, code: str = "no-value") -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code
