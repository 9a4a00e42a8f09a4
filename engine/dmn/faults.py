"""Faults of a model, gathered so that one refusal tells them all."""

from __future__ import annotations

from engine.dmn.syntax import Where
from engine.errors import Fault, InvalidInput

_TOLD = 50


class Faults:
    """What is wrong with one file so far."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: list[Fault] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, where: Where, code: str, sentence: str, sentence_vi: str = "") -> None:
        """Note one fault; ``sentence`` says what is wrong and how to mend it."""
        told = f"{self.file}, line {where.line}, element '{where.element}': {sentence}"
        if sentence_vi:
            place = f"{self.file}, dòng {where.line}, phần tử '{where.element}'"
            sentence_vi = f"{place}: {sentence_vi}"
        fault = Fault(pointer=where.element, code=code, sentence=told, sentence_vi=sentence_vi)
        self._found.append(fault)

    def raise_any(self) -> None:
        """Refuse the file when anything was noted."""
        if self._found:
            first = self._found[0].sentence
            more = f" (and {len(self._found) - 1} more)" if len(self._found) > 1 else ""
            raise InvalidInput(first + more, self._found[:_TOLD], code="dmn-refused")
