"""Texts with ``{{ }}``: checked when the form is compiled, filled when it is shown.

The syntax form-js calls feelers: ``{{expression}}``, ``{{#if e}}..{{/if}}``,
``{{#loop e}}..{{/loop}}``; a text that begins with ``=`` is one FEEL expression.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from engine.feel import string_of
from engine.forms.expressions import Expression, FormScope, compile_feel, expression_fault

_TAG = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_BLOCK = re.compile(r"#(if|loop)\s+(.+)", re.DOTALL)


def is_dynamic(source: str) -> bool:
    """True when the text is FEEL or holds a tag."""
    return source.startswith("=") or "{{" in source


@dataclass(frozen=True, slots=True)
class _Insert:
    expression: Expression


@dataclass(frozen=True, slots=True)
class _Block:
    kind: str
    expression: Expression
    body: tuple[_Part, ...]


_Part = str | _Insert | _Block


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled text."""

    parts: tuple[_Part, ...]

    def render(self, scope: FormScope, escape: Callable[[str], str] = str) -> str:
        """The text with its expressions filled in; ``escape`` treats what came from data."""
        return "".join(_render(self.parts, scope, escape))


def compile_template(source: str) -> Template:
    """``ValueError`` (in words) when a tag or its FEEL is wrong."""
    if source.startswith("="):
        return Template((_Insert(compile_feel(source)),))
    return Template(tuple(_Reader(_TAG.split(source)).parts(None)))


def template_fault(source: str) -> str | None:
    """Why the text cannot be a template, or None."""
    if source.startswith("="):
        return expression_fault(source)
    try:
        compile_template(source)
    except ValueError as error:
        return str(error)
    return None


class _Reader:
    """Walks over what ``re.split`` left: text at even places, the inside of a tag at odd ones."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self.pieces = pieces
        self.at = 0

    def parts(self, inside: str | None) -> Iterator[_Part]:
        while self.at < len(self.pieces):
            piece, is_tag = self.pieces[self.at], self.at % 2 == 1
            self.at += 1
            if not is_tag:
                if piece:
                    yield piece
                continue
            tag = piece.strip()
            if tag.startswith("/"):
                if tag[1:].strip() != inside:
                    raise ValueError(f"{{{{{tag}}}}} closes nothing that is open")
                return
            yield self.tag(tag)
        if inside is not None:
            raise ValueError(f"{{{{#{inside}}}}} is never closed")

    def tag(self, tag: str) -> _Part:
        block = _BLOCK.fullmatch(tag)
        if block:
            return _Block(block[1], compile_feel(block[2]), tuple(self.parts(block[1])))
        if tag.startswith("#"):
            raise ValueError(f"{{{{{tag}}}}} is neither #if nor #loop")
        return _Insert(compile_feel(tag))


def _render(
    parts: Sequence[_Part], scope: FormScope, escape: Callable[[str], str]
) -> Sequence[str]:
    out: list[str] = []
    for part in parts:
        if isinstance(part, str):
            out.append(part)
        elif isinstance(part, _Insert):
            value = part.expression.evaluate(scope)
            out.append("" if value is None else escape(string_of(value)))
        elif part.kind == "if":
            if part.expression.evaluate(scope) is True:
                out.extend(_render(part.body, scope, escape))
        else:
            items = part.expression.evaluate(scope)
            for index, item in enumerate(items if isinstance(items, list) else ()):
                out.extend(_render(part.body, scope.inner(item, index), escape))
    return out
