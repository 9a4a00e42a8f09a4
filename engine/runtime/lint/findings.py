"""What a rule says and how findings are collected.

A rule is data: severity and sentences in both languages. Sentences quote ids and
short attribute values of the model, never the value of a variable.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from lxml import etree

from engine.ports.runtime import Finding

Severity = Literal["error", "warning"]
MAX_FINDINGS = 500
MAX_QUOTE = 120


class Rule(NamedTuple):
    """One rule: severity, sentence and hint; ``{id}`` and other fields are filled in."""

    severity: Severity
    vi: str
    en: str
    hint_vi: str = ""
    hint_en: str = ""


def error(vi: str, en: str, hint_vi: str = "", hint_en: str = "") -> Rule:
    """A rule that refuses the file."""
    return Rule("error", vi, en, hint_vi, hint_en)


def warning(vi: str, en: str, hint_vi: str = "", hint_en: str = "") -> Rule:
    """A rule that only advises."""
    return Rule("warning", vi, en, hint_vi, hint_en)


class Report:
    """Findings of one file, in the order of its lines."""

    def __init__(self, name: str, rules: Mapping[str, Rule]) -> None:
        self._name = name
        self._rules = rules
        self._found: list[Finding] = []
        self._seen: set[tuple[str, str, int, str]] = set()

    def add(self, rule: str, element: etree._Element, /, **fields: object) -> None:
        """Note that ``element`` breaks ``rule``."""
        self.say(rule, self._rules[rule], element, **fields)

    def say(self, rule: str, text: Rule, element: etree._Element, /, **fields: object) -> None:
        """As ``add``, with the sentences given here."""
        shown = {key: _quote(value) for key, value in fields.items()}
        shown["id"] = _quote(nearest_id(element))
        line = element.sourceline or 0
        message = {"vi": text.vi.format(**shown), "en": text.en.format(**shown)}
        owner = nearest_id(element)
        # An element that breaks a rule twice in the same way is told so once.
        if (rule, owner, line, message["en"]) in self._seen:
            return
        self._seen.add((rule, owner, line, message["en"]))
        hint = {"vi": text.hint_vi.format(**shown), "en": text.hint_en.format(**shown)}
        self._found.append(
            Finding(
                rule=rule,
                severity=text.severity,
                element_id=owner,
                line=line,
                message=message,
                hint=hint if text.hint_en else {},
                resource=self._name,
            )
        )

    def has(self, *rules: str) -> bool:
        """Whether one of these rules has been broken so far."""
        return any(found.rule in rules for found in self._found)

    @property
    def failed(self) -> bool:
        """Whether an error was found."""
        return any(found.severity == "error" for found in self._found)

    def result(self) -> tuple[Finding, ...]:
        """All findings by line; errors are never cut off by the limit, warnings are."""
        found = sorted(self._found, key=lambda item: item.line)
        if len(found) <= MAX_FINDINGS:
            return tuple(found)
        errors = [item for item in found if item.severity == "error"][:MAX_FINDINGS]
        rest = [item for item in found if item.severity == "warning"]
        kept = errors + rest[: MAX_FINDINGS - len(errors)]
        return tuple(sorted(kept, key=lambda item: item.line))


def nearest_id(element: etree._Element) -> str:
    """The element's id as written, else that of the closest ancestor that has one."""
    current: etree._Element | None = element
    while current is not None:
        if found := current.get("id"):
            return found
        current = current.getparent()
    return ""


def _quote(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= MAX_QUOTE else text[: MAX_QUOTE - 1] + "…"
