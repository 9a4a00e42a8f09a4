"""HTML of a form, reduced to harmless markup: no script, no style sheet, no foreign address.

What is not on the list is dropped; the text inside stays, but for elements whose
text is no text (script, style and the like).
"""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

from engine.forms.origin import is_own

_TAGS = frozenset(
    re.findall(
        r"\w+",
        "a abbr b blockquote br caption code col colgroup dd del div dl dt em h1 h2 h3 h4 h5 h6 hr"
        " i img ins kbd li mark ol p pre q s small span strong sub sup table tbody td tfoot th"
        " thead tr u ul",
    )
)
_VOID = frozenset({"br", "col", "hr", "img"})
_SILENT = frozenset(
    re.findall(
        r"\w+",
        "script style template noscript iframe object embed svg math textarea select title head",
    )
)
_ATTRIBUTES = frozenset({"title", "lang", "dir", "colspan", "rowspan", "scope", "alt", "start"})
_OWN = {("a", "href"), ("img", "src")}


_TAG = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_HOLE = re.compile("\ue000(\\d+)\ue001")


def sanitise(source: str) -> str:
    """The harmless part of ``source``, well-formed; its ``{{ }}`` stay as they are."""
    # A tag may hold < or quotes; it waits behind a private character meanwhile.
    tags: list[str] = []

    def hide(match: re.Match[str]) -> str:
        tags.append(match[0])
        return f"\ue000{len(tags) - 1}\ue001"

    cleaner = _Cleaner()
    cleaner.feed(_TAG.sub(hide, source.replace("\ue000", "").replace("\ue001", "")))
    cleaner.close()
    return _HOLE.sub(lambda match: tags[int(match[1])], cleaner.result())


class _Cleaner(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.open: list[str] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent.append(tag)
        if self.silent or tag not in _TAGS:
            return
        kept = "".join(
            f' {name}="{escape(value or "")}"' for name, value in attrs if _keeps(tag, name, value)
        )
        self.out.append(f"<{tag}{kept}>")
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.silent:
            if tag in self.silent:
                while self.silent.pop() != tag:
                    pass
            return
        if tag in self.open:
            while (closed := self.open.pop()) != tag:
                self.out.append(f"</{closed}>")
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.out.append(escape(data, quote=False))

    def result(self) -> str:
        return "".join(self.out) + "".join(f"</{tag}>" for tag in reversed(self.open))


def _keeps(tag: str, name: str, value: str | None) -> bool:
    if (tag, name) in _OWN:
        return value is not None and is_own(value)
    return name in _ATTRIBUTES
