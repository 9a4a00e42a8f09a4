"""Texts of a form with their ``{{ }}`` filled in, and the little Markdown that form-js knows.

What comes from data is never markup: its characters wait behind private ones
until the markup has been made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape

from engine.feel import FeelError
from engine.forms.expressions import FormScope
from engine.forms.html import sanitise
from engine.forms.origin import is_own
from engine.forms.template import Template, compile_template

_OPEN, _CLOSE = "\ue000", "\ue001"
_SPECIAL = re.compile(r"[^\w\s]|_|\n")
_KEPT = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_HEADING = re.compile(r"(#{1,6})\s+(.+)")
_BULLET = re.compile(r"[-*+]\s+(.+)")
_NUMBERED = re.compile(r"\d+[.)]\s+(.+)")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_SIZES = {1: "m", 2: "m", 3: "s"}


def text_of(source: object, scope: FormScope) -> str:
    """A label, hint or other plain text; what cannot be evaluated is left out."""
    return _render(source, scope, keep=False)


def markdown_of(source: object, scope: FormScope) -> str:
    """A text component as safe markup."""
    return "".join(_blocks(_render(source, scope, keep=True)))


def html_of(source: object, scope: FormScope) -> str:
    """An HTML component as safe markup: sanitised once more, after the values are in it."""
    compiled = _compiled(str(source or ""))
    try:
        whole = str(source or "").startswith("=")
        filled = compiled.render(scope, str if whole else escape)
    except FeelError:
        return ""
    return sanitise(filled.replace("{{", "&#123;&#123;"))


def _render(source: object, scope: FormScope, *, keep: bool) -> str:
    if not isinstance(source, str) or not source:
        return ""
    try:
        return _compiled(source).render(scope, _hide if keep else str)
    except FeelError:
        return ""


@lru_cache(maxsize=2048)
def _compiled(source: str) -> Template:
    return compile_template(source)


def _hide(text: str) -> str:
    bare = text.replace(_OPEN, "").replace(_CLOSE, "")
    return _SPECIAL.sub(lambda match: f"{_OPEN}{ord(match[0])}{_CLOSE}", bare)


def _blocks(text: str) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", text.strip()):
        paragraph: list[str] = []
        items: list[str] = []
        for line in (each.strip() for each in block.split("\n")):
            heading, item = _HEADING.fullmatch(line), _item(line)
            if item is None and items:
                yield _list(items)
                items = []
            if heading is None and item is None:
                paragraph.append(_inline(line))
                continue
            if paragraph:
                yield _paragraph(paragraph)
                paragraph = []
            if heading is not None:
                size = _SIZES.get(len(heading[1]), "s")
                # One level below the page's own title, whatever the author chose.
                yield f'<h2 class="govuk-heading-{size}">{_inline(heading[2])}</h2>'
            elif item is not None:
                items.append(_inline(item))
        if items:
            yield _list(items)
        if any(paragraph):
            yield _paragraph(paragraph)


def _item(line: str) -> str | None:
    found = _BULLET.fullmatch(line) or _NUMBERED.fullmatch(line)
    return found[1] if found else None


def _list(items: list[str]) -> str:
    inside = "".join(f"<li>{item}</li>" for item in items)
    return f'<ul class="govuk-list govuk-list--bullet">{inside}</ul>'


def _paragraph(lines: list[str]) -> str:
    return f'<p class="govuk-body">{"<br>".join(lines)}</p>'


def _inline(text: str) -> str:
    made = escape(text)
    made = _LINK.sub(_link, made)
    made = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", made)
    made = re.sub(r"(?<!\w)[*_](?!\s)(.+?)(?<!\s)[*_](?!\w)", r"<em>\1</em>", made)
    return _KEPT.sub(lambda match: escape(chr(int(match[1]))), made)


def _link(match: re.Match[str]) -> str:
    # An address elsewhere stays text, and one put together from data too.
    if not is_own(match[2]) or _OPEN in match[2]:
        return match[1]
    return f'<a class="govuk-link" href="{match[2]}">{match[1]}</a>'
