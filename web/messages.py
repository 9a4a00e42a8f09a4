"""The words of the pages: one flat catalogue per language, Vietnamese first.

A key that is missing is a programming error and raises; a test proves that
both catalogues hold the same keys and that templates use only keys that exist.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from ruamel.yaml import YAML

LANGUAGES = ("vi", "en")
DEFAULT = LANGUAGES[0]
_FOLDER = Path(__file__).parent / "catalogue"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All texts of one language, by dotted key."""

    language: str
    texts: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The text of ``key`` with ``{name}`` places filled in."""
        text = self.texts[key]
        return text.format(**values) if values else text

    def __contains__(self, key: object) -> bool:
        return key in self.texts


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of a language; an unknown one is answered in Vietnamese."""
    known = language if language in LANGUAGES else DEFAULT
    with (_FOLDER / f"{known}.yml").open(encoding="utf-8") as file:
        tree = YAML(typ="base", pure=True).load(file)
    return Catalogue(known, MappingProxyType(dict(_flat(tree))))


def _flat(tree: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in tree.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(value)
