"""English (or another language's) texts of a package: element id -> text, form field -> label."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from engine.errors import InvalidInput
from engine.packages.document import Document, read
from engine.packages.findings import from_fault
from engine.packages.model import Resource
from engine.ports.runtime import Finding


@dataclass(frozen=True, slots=True)
class Texts:
    """One language; what is missing falls back to Vietnamese."""

    elements: Mapping[str, str]
    forms: Mapping[str, Mapping[str, str]]
    document: Document


def read_texts(resource: Resource) -> tuple[Texts | None, tuple[Finding, ...]]:
    """The texts of a file, or findings that say why there are none."""
    try:
        document = read(resource.content, resource.name, "texts")
    except InvalidInput as refusal:
        found = (from_fault("texts-invalid", fault, resource.name) for fault in refusal.faults)
        return None, tuple(found)
    elements = cast(Mapping[str, str], document.data.get("elements", {}))
    forms = cast(Mapping[str, Mapping[str, str]], document.data.get("forms", {}))
    return Texts(elements, forms, document), ()
