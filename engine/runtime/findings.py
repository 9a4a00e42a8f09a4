"""What the compiler itself finds wrong in a model, collected instead of raised.

The validator asks before the compiler does; these are the faults only
compilation can see, above all expressions and timers that do not parse.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from engine.feel import FeelError
from engine.ports.runtime import Finding

if TYPE_CHECKING:
    from lxml import etree

T = TypeVar("T")


class Findings:
    """Findings of one file, in the order in which they were met."""

    def __init__(self, resource: str) -> None:
        self.resource = resource
        self.all: list[Finding] = []

    def error(self, rule: str, xml: etree._Element, en: str, vi: str) -> None:
        """Refuse the model because of this element."""
        self.all.append(
            Finding(
                rule=rule,
                severity="error",
                element_id=nearest_id(xml),
                line=int(xml.sourceline or 0),
                message={"en": en, "vi": vi},
                resource=self.resource,
            )
        )

    def parsed(self, read: Callable[[str | None], T], text: str | None, xml: etree._Element) -> T:
        """``read(text)``; text that is no FEEL becomes a finding and reads as absent."""
        try:
            return read(text)
        except FeelError as error:
            self.error(
                "feel-syntax",
                xml,
                f"the expression '{text}' is not valid FEEL: {error}",
                f"biểu thức '{text}' không đúng cú pháp FEEL: {error}",
            )
            return read(None)


def nearest_id(xml: etree._Element) -> str:
    """The id of the element, or of the closest one around it that has any."""
    found: etree._Element | None = xml
    while found is not None:
        if found.get("id"):
            return str(found.get("id"))
        found = found.getparent()
    return ""
