"""The resolver's answer as the command line, the API and the pages show it."""

from __future__ import annotations

from datetime import date
from typing import Any

from engine.domain.jurisdiction.atlas import atlas_on
from engine.domain.jurisdiction.catalogue import Words
from engine.domain.jurisdiction.resolver import Accepted, Refused
from engine.domain.law import LawBook
from engine.domain.organisation import Agency


def in_language(answer: Accepted | Refused, language: str = "vi") -> dict[str, Any]:
    """JSON of an answer; sentences in one language."""
    if isinstance(answer, Refused):
        return {"accepted": False, "code": answer.code, "hint": said(answer.hint, language)}
    point = answer.reception_point
    return {
        "accepted": True,
        "procedure": answer.entry.code,
        "competent_agency": _agency(answer.competent_agency, answer.unit_path),
        "reception_point": {
            "id": point.id,
            "name": point.name,
            "operated_by": point.operated_by,
            "located_in": point.located_in,
        },
        "rule": {"id": answer.rule.id, "kind": answer.rule.kind, "source": answer.rule.source},
        "decision": answer.decision,
        "verified": answer.rule.verified and answer.entry.verified,
        "explanation": [said(line, language) for line in answer.explanation],
    }


def described(book: LawBook, procedure: str, on: date, language: str = "vi") -> dict[str, Any]:
    """What has to be known before the resolver can answer."""
    atlas = atlas_on(book, on)
    entry = atlas.entry(procedure)
    rule = atlas.rule(entry)
    return {
        "procedure": entry.code,
        "name": said(entry.name, language),
        "level": entry.level,
        "exclusion": entry.exclusion,
        "rule": {"id": rule.id, "kind": rule.kind, "source": rule.source},
        "facts": [
            {
                "name": fact.name,
                "type": fact.type,
                "label": said(fact.label, language),
                "required": fact.required,
            }
            for fact in rule.facts
        ],
    }


def said(words: Words, language: str) -> str:
    """The sentence in a language, else in Vietnamese."""
    return words.get(language) or words.get("vi", "")


def _agency(agency: Agency, path: str) -> dict[str, str]:
    return {
        "id": agency.id,
        "name": agency.name,
        "unit_code": agency.unit_code,
        "unit_path": path,
    }
