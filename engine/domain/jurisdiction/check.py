"""What makes rows of the catalogue impossible together; asked before they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.domain.jurisdiction.catalogue import Rule, rule_of
from engine.domain.law import LawBook, LawRow
from engine.errors import Fault, InvalidInput
from engine.feel import FeelError, compile_expression


def check_catalogue(book: LawBook) -> None:
    """``InvalidInput`` lists rows that point nowhere, open what is closed, or cannot be read."""
    faults = [fault for row in book.rows("procedure") for fault in _procedure(book, row)]
    faults += [fault for row in book.rows("scope") for fault in _scope(book, row)]
    faults += [fault for row in book.rows("rule") for fault in _rule(row)]
    faults += [fault for row in book.rows("agency-code") for fault in _code(book, row)]
    if faults:
        sentence = f"The catalogue cannot be so: {faults[0].sentence}"
        raise InvalidInput(sentence, faults, code="catalogue-refused")


def _procedure(book: LawBook, row: LawRow) -> Iterator[Fault]:
    if not book.versions("field", row.text("field")):
        yield _fault(row, "field-unknown", f"there is no field {row.text('field')}.")
    rules = [rule_of(each) for each in book.versions("rule", row.text("rule"))]
    if not rules:
        yield _fault(row, "rule-unknown", f"there is no rule {row.text('rule')}.")
    if row.text("exclusion") and not all(_decides(rule) for rule in rules):
        words = "is excluded, so its rule must need a fact: else every counter is home."
        yield _fault(row, "excluded-without-place", words)


def _decides(rule: Rule) -> bool:
    return any(fact.required for fact in rule.facts)


def _scope(book: LawBook, row: LawRow) -> Iterator[Fault]:
    procedures = book.versions("procedure", row.text("procedure"))
    if not procedures:
        words = f"there is no procedure {row.text('procedure')}."
        yield _fault(row, "procedure-unknown", words)
    if row.text("reach") != "none" and any(each.text("exclusion") for each in procedures):
        words = "opens an excluded procedure: land, energy security and resources stay at home."
        yield _fault(row, "excluded-borderless", words)


def _rule(row: LawRow) -> Iterator[Fault]:
    rule = rule_of(row)
    if rule.place is None:
        return
    try:
        compile_expression(rule.place, [fact.name for fact in rule.facts])
    except FeelError as error:
        yield _fault(row, "rule-invalid", f"its place is no FEEL: {error}.")


def _code(book: LawBook, row: LawRow) -> Iterator[Fault]:
    pattern = book.find("agency-code-pattern", "agency", row.effective_from)
    if pattern is not None and not re.fullmatch(pattern.text("pattern"), row.id):
        words = f"does not match the pattern of agency codes ({pattern.source})."
        yield _fault(row, "agency-code-pattern", words)


def _fault(row: LawRow, code: str, sentence: str) -> Fault:
    place = f"{row.kind} {row.id}"
    return Fault(pointer=place, code=code, sentence=f"{place}: {sentence}")
